"""Green mode Asyncio: the caller gets an awaitable of the running event loop.

What the core can run by itself goes to its engine; each loop has an inbox there, and no loop is kept anywhere. Everything else
runs in a thread of the pool.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

from tango._core.async_engine import Inbox, Operation
from tango._core.events import Notice, report
from tango._core.hook_call import name_of
from tango._inbox_watcher import new_inbox, watch
from tango._thread_pool import thread_pool
from tango.enums import GreenMode
from tango.green import Listener, ServerRunner, in_place, sleep_until_event

if TYPE_CHECKING:
    from tango._core.events import Subscription

EVENTS_IN_A_ROW = 64
"""So many events are handled at most before the loop gets its turn."""

# Set while `AsyncioRunner.at_once` waits, in its thread.
_assigning: ContextVar[bool] = ContextVar("tango_assigning", default=False)


class AsyncioRunner:
    """Work runs outside the event loop and its result is awaited in it."""

    mode = GreenMode.Asyncio
    default_wait = False
    takes_operations = True

    def call(self, work: Callable[[], Any], wait: bool, timeout: float | None) -> Any:
        """Return a Future of the running loop; where none runs, a coroutine that sends the request when it is awaited."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            if not wait:
                return Unsent(work, functools.partial(self.call, work, False, timeout))
            return work() if timeout is None else thread_pool().submit(in_place(work)).result(timeout)
        if wait:
            raise RuntimeError(
                "wait=True would stop the running event loop: await the call, or give it "
                "green_mode=GreenMode.Synchronous if that is what you want"
            )
        if isinstance(work, Operation):
            inbox = inbox_of(loop)
            future: asyncio.Future[Any] = OperationFuture(inbox, work, loop=loop)
            inbox.submit(work, future)
        else:
            future = asyncio.wrap_future(thread_pool().submit(in_place(work)), loop=loop)
        if timeout is not None and not future.done():
            timer = loop.call_later(timeout, give_up, future, timeout)
            future.add_done_callback(lambda _: timer.cancel())
        return future

    def at_once(self, method: Callable[..., Any], *args: Any) -> Any:
        """Call it in this thread, whose event loop waits: an assignment cannot be awaited."""
        token = _assigning.set(True)
        try:
            return method(*args, green_mode=GreenMode.Synchronous)
        finally:
            _assigning.reset(token)

    def server(self) -> ServerRunner:
        """Have an event loop run the hooks."""
        from tango._asyncio_server import AsyncioServer

        return AsyncioServer()

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Have each event handled in the running event loop, by a task if the callback is a coroutine function."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            if inspect.iscoroutinefunction(callback):
                raise RuntimeError(f"{callback!r} is a coroutine function, but no event loop runs in this thread") from None
            return callback
        return LoopListener(loop, callback)

    def await_event(self, subscription: Subscription, timeout: float | None) -> bool:
        """Have the thread sleep, if no event loop runs in it."""
        if asyncio._get_running_loop() is not None:
            raise RuntimeError("to wait for an event like this would stop the running event loop: use `async for`")
        return sleep_until_event(subscription, timeout)


def is_assigning() -> bool:
    """Tell whether the event loop of this thread waits for an assignment.

    Returns
    -------
    bool
        True if so.
    """
    return _assigning.get()


class LoopListener(Listener):
    """Takes the events of one subscription into an event loop.

    Parameters
    ----------
    loop
        The running loop.
    callback
        What is called there; what it returns is awaited by a task if it can be.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, callback: Callable[[Any], Any]) -> None:
        self._loop = ref(loop)  # a subscription does not keep a loop that is over
        self._callback = callback
        self._context = copy_context()  # that of the subscription, whatever thread brings the event
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself keeps no task alive
        self._subscription: ref[Any] = ref(self)

    def __call__(self, event: Any) -> None:
        """Take one event there, from any thread; after the end of the loop there is nobody to tell."""
        self._in_loop(self.handle, event)

    def attach(self, subscription: Subscription) -> None:
        """Take all further events there."""
        self._subscription = ref(subscription)
        self._in_loop(self._ask)

    def _in_loop(self, function: Callable[..., object], *args: Any) -> None:
        loop = self._loop()
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(function, *args, context=self._context.copy())

    def handle(self, event: Any) -> None:
        """Call the callback, in the loop."""
        try:
            result = self._callback(event)
        except Exception as error:
            report(error, self._callback)
            return
        if inspect.isawaitable(result):
            task = asyncio.get_running_loop().create_task(self._wait_for(result))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _wait_for(self, result: Awaitable[Any]) -> None:
        try:
            await result
        except Exception as error:
            report(error, self._callback)

    # --- what an inbox wants of a target ---

    def done(self) -> bool:
        """Tell whether nobody listens any more."""
        return self._subscription() is None

    def set_result(self, _: None) -> None:
        """Handle what has come, but let the loop do other things too."""
        subscription = self._subscription()
        if subscription is not None:
            self._context.copy().run(subscription.call_back, self.handle, EVENTS_IN_A_ROW)
            del subscription
            self._ask()

    def _ask(self) -> None:
        subscription = self._subscription()
        if subscription is not None and not subscription.closed:
            subscription.tell(inbox_of(asyncio.get_running_loop()), Notice(), self)


def event_arrival(subscription: Subscription) -> asyncio.Future[None]:
    """Ask to be told of the next event.

    Parameters
    ----------
    subscription
        Whose.

    Returns
    -------
    Future
        Of the running loop; it is done when there is an event to take or the subscription has ended.
    """
    loop = asyncio.get_running_loop()
    inbox, notice = inbox_of(loop), Notice()
    future = OperationFuture(inbox, notice, loop=loop)
    subscription.tell(inbox, notice, future)
    return future


class OperationFuture(asyncio.Future[Any]):
    """The result of a request in the engine; without somebody to await it the request need not be sent."""

    def __init__(self, inbox: Inbox, operation: Operation, *, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self._tango_call = inbox, operation

    def cancel(self, msg: Any | None = None) -> bool:
        """Drop the result; a request that has not been sent yet never will be."""
        cancelled = super().cancel(msg)
        if cancelled:
            self.forget()
        return cancelled

    def forget(self) -> None:
        """Tell the engine that nobody waits."""
        inbox, operation = self._tango_call
        inbox.cancel(operation)


def give_up(future: asyncio.Future[Any], timeout: float) -> None:
    """End the wait for a result.

    Parameters
    ----------
    future
        Where it was expected.
    timeout
        How long it was waited for, in seconds.
    """
    if not future.done():
        future.set_exception(asyncio.TimeoutError(f"no result after {timeout} s"))
        if isinstance(future, OperationFuture):
            future.forget()


class Unsent(Coroutine[Any, Any, Any]):
    """A call made where no event loop runs: its request is sent by the loop in which it is awaited.

    Parameters
    ----------
    work
        What is asked for.
    call
        Sends the request and returns what to await.
    """

    def __init__(self, work: Any, call: Callable[[], asyncio.Future[Any]]) -> None:
        self._work = work
        self._call = call
        self._steps: Generator[Any, Any, Any] | None = None

    def __repr__(self) -> str:
        return f"<{describe(self._work)}, {'awaited' if self._steps is not None else 'not sent: await it in a coroutine'}>"

    def _run(self) -> Generator[Any, Any, Any]:
        return (yield from self._call())

    def _begun(self) -> Generator[Any, Any, Any]:
        if self._steps is None:
            self._steps = self._run()
        return self._steps

    def __await__(self) -> Generator[Any, Any, Any]:
        if self._steps is not None:
            raise RuntimeError(f"the call of {describe(self._work)} has been awaited already")
        return self._begun()

    def send(self, value: Any) -> Any:
        """Go on, as coroutines do."""
        return self._begun().send(value)

    def throw(self, *error: Any) -> Any:
        """Raise an error where it waits, as coroutines do."""
        return self._begun().throw(*error)

    def close(self) -> None:
        """Give up, as coroutines do."""
        self._begun().close()

    def __del__(self) -> None:
        if self._steps is None:
            warnings.warn(
                f"{describe(self._work)} was called in asyncio mode where no event loop runs, and never awaited: nothing was "
                "sent. Await it in a coroutine, or give it wait=True or green_mode=GreenMode.Synchronous",
                RuntimeWarning,
                source=self,
                stacklevel=2,
            )


def describe(work: Any) -> str:
    """Name the method behind some work.

    Parameters
    ----------
    work
        A callable, or an operation.

    Returns
    -------
    str
        Such as ``DeviceProxy.state``.
    """
    name: str = name_of(getattr(work, "body", None) or work)
    return name


# --- inboxes ---------------------------------------------------------------------------------------------------------

# For loops that take no attributes.
_inboxes: WeakKeyDictionary[asyncio.AbstractEventLoop, Inbox] = WeakKeyDictionary()


def inbox_of(loop: asyncio.AbstractEventLoop) -> Inbox:
    """Give the inbox of a running loop.

    Parameters
    ----------
    loop
        The loop of this thread.

    Returns
    -------
    Inbox
        Made when the loop makes its first call. It hangs on the loop and ends with it, also if somebody waits for ever: what
        waits knows the loop, so that a table here would keep both.
    """
    inbox: Inbox | None = getattr(loop, "_tango_inbox", None)
    if inbox is None:
        inbox = _inboxes.get(loop)
    if inbox is None:
        inbox = new_inbox(redo)
        try:
            loop._tango_inbox = inbox  # type: ignore[attr-defined]
        except AttributeError:
            _inboxes[loop] = inbox
        try:
            loop.add_reader(inbox.fileno(), inbox.drain)
        except NotImplementedError:  # Windows: this kind of loop watches no descriptors
            watch(loop, inbox)
    return inbox


def redo(body: Callable[[], Any], target: asyncio.Future[Any]) -> None:
    """Do in a thread what could not be done without.

    Parameters
    ----------
    body
        What to call.
    target
        Gets its outcome.
    """

    def over(second: asyncio.Future[Any]) -> None:
        if target.done():
            second.cancelled() or second.exception()
        elif second.cancelled():
            target.cancel()
        elif (error := second.exception()) is not None:
            target.set_exception(error)
        else:
            target.set_result(second.result())

    asyncio.wrap_future(thread_pool().submit(body), loop=target.get_loop()).add_done_callback(over)
