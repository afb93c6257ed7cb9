"""Green modes: where a blocking call runs and what its caller gets back.

A method that waits for the network is marked with `blocking`. The mark finds the green mode of the call and hands the work to
the Runner of that mode; there is one Runner per mode, each in a file of its own.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from tango._core.shortcuts import default_mode, marked, mode_of_context, set_mode_of_all
from tango.enums import GreenMode

if TYPE_CHECKING:
    from tango._core.events import Subscription

__all__ = [
    "blocking",
    "get_executor",
    "get_green_mode",
    "get_object_executor",
    "green",
    "green_callback",
    "set_green_mode",
    "switch_existing_global_executors_to_thread",
    "use_green_mode",
]

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

SYNCHRONOUS = GreenMode.Synchronous


# --- which mode ------------------------------------------------------------------------------------------------------


def as_green_mode(value: Any) -> GreenMode:
    """Check that something names a green mode.

    Parameters
    ----------
    value
        A GreenMode or its number.

    Returns
    -------
    GreenMode
        The mode.

    Raises
    ------
    TypeError
        If it is something else.
    """
    try:
        return GreenMode(value)
    except ValueError:
        names = ", ".join(mode.name for mode in GreenMode)
        raise TypeError(f"Not a valid green mode: {value!r}. It must be a member of GreenMode: {names}") from None


def _mode_of_environment() -> GreenMode:
    text = os.environ.get("PYTANGO_GREEN_MODE", "")
    for mode in GreenMode:
        if text.lower() == mode.name.lower():
            return mode
    if text:
        names = ", ".join(mode.name.lower() for mode in GreenMode)
        warnings.warn(f"PYTANGO_GREEN_MODE={text!r} is not a green mode ({names}): synchronous is used", stacklevel=3)
    return SYNCHRONOUS


_environment_mode = _mode_of_environment()
set_mode_of_all(_environment_mode)

# Set while a Runner executes the body of a method: calls made there are part of that call and run in place.
_inside_call: ContextVar[bool] = ContextVar("tango_inside_call", default=False)


def get_green_mode() -> GreenMode:
    """Tell the green mode of calls and proxies that name no other.

    Returns
    -------
    GreenMode
        The mode of the context (`use_green_mode`), else the one set by `set_green_mode`, else that of the environment
        variable PYTANGO_GREEN_MODE, else Synchronous.
    """
    return default_mode()


def set_green_mode(green_mode: GreenMode | None = None) -> None:
    """Set the green mode of all calls and proxies that name no other, also of proxies that exist already.

    Parameters
    ----------
    green_mode
        The mode; None goes back to the one of the environment variable PYTANGO_GREEN_MODE, or Synchronous.

    Raises
    ------
    TypeError
        If it is not a green mode.
    """
    set_mode_of_all(_environment_mode if green_mode is None else as_green_mode(green_mode))


@contextlib.contextmanager
def use_green_mode(green_mode: GreenMode) -> Iterator[None]:
    """Set the green mode for the calls of a ``with`` block, in this thread or task only.

    Parameters
    ----------
    green_mode
        The mode; proxies that have a mode of their own keep it.
    """
    token = mode_of_context.set(as_green_mode(green_mode))
    try:
        yield
    finally:
        mode_of_context.reset(token)


class HasGreenMode:
    """Base of the classes whose objects may have a green mode of their own."""

    _green_mode: GreenMode | None = None
    """None follows the default."""

    _is_patient = False
    """Whether calls may last so long that Ctrl-C has to end the waiting."""

    def get_green_mode(self) -> GreenMode:
        """Tell the green mode of this object's calls.

        Returns
        -------
        GreenMode
            Its own mode, else the default (see `tango.get_green_mode`).
        """
        return get_green_mode() if self._green_mode is None else self._green_mode

    def set_green_mode(self, green_mode: GreenMode | None = None) -> None:
        """Set the green mode of this object's calls.

        Parameters
        ----------
        green_mode
            The mode; None follows the default (see `tango.get_green_mode`).

        Raises
        ------
        TypeError
            If it is not a green mode.
        """
        self._green_mode = None if green_mode is None else as_green_mode(green_mode)


# --- runners ---------------------------------------------------------------------------------------------------------


class Runner(Protocol):
    """What a green mode means: where work runs and what its caller gets."""

    mode: GreenMode
    default_wait: bool
    """What a call does that says nothing about `wait`."""
    takes_operations: bool
    """Whether `call` can do more with an operation of the core than call it."""

    def call(self, work: Callable[[], Any], wait: bool, timeout: float | None) -> Any:
        """Run what a user asked for: a plain callable, or an operation that the core can run by itself."""

    def at_once(self, method: Callable[..., Any], *args: Any) -> Any:
        """Call a `blocking` method so that it is over when this returns: an assignment gives its errors, a look at the device a name."""

    def server(self) -> ServerRunner | None:
        """Make what runs the hooks of one device server; None if cppTango's threads may call them."""

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Make a function for the thread of events, which does not wait, of a callback given now by a user: it, or a Listener."""

    def await_event(self, subscription: Subscription, timeout: float | None) -> bool:
        """Wait until a subscription has an event or has ended; False if neither came within `timeout` seconds."""


class Listener:
    """Base of what takes the events of a subscription to where its callback is to run."""

    def __call__(self, event: Any) -> None:
        """Take one there, from any thread."""
        raise NotImplementedError

    def attach(self, subscription: Subscription) -> None:
        """Take all there that come from now on, without the thread of events."""
        raise NotImplementedError


class ServerRunner(Protocol):
    """What a green mode means for one device server."""

    mode: GreenMode

    def serve(self, main: Callable[[], None], is_ending: Callable[[], bool]) -> None:
        """Call `main`, which serves clients until the server ends, and run what user code needs meanwhile."""

    def enter(self, work: Callable[[], Any]) -> Any:
        """Run a user's hook for one of cppTango's threads, which waits for the result."""

    def leave(self, work: Callable[[], Any]) -> Any:
        """Run in another thread, for a hook, what itself may call hooks; return what the hook is to use, or to await."""


class SynchronousRunner:
    """Work runs at once, in the thread that asks for it."""

    mode = SYNCHRONOUS
    default_wait = True
    takes_operations = False

    def call(self, work: Callable[[], T], wait: bool, timeout: float | None) -> T:
        """Call it."""
        if not wait or timeout is not None:
            raise ValueError("Not supported in synchronous mode: wait and timeout belong to the modes Futures, Gevent and "
                             "Asyncio (the timeout of the device itself is set by set_timeout_millis)")
        return work()

    def at_once(self, method: Callable[..., Any], *args: Any) -> Any:
        """Call it."""
        return method(*args, green_mode=self.mode)

    def server(self) -> None:
        """Have cppTango's threads call the hooks."""

    def listen(self, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return the callback: the thread of events calls it."""
        return plain_callback(callback, self.mode)

    def await_event(self, subscription: Subscription, timeout: float | None) -> bool:
        """Have the thread sleep."""
        return sleep_until_event(subscription, timeout)


def plain_callback(callback: Callable[[Any], Any], mode: GreenMode) -> Callable[[Any], Any]:
    """Check that a callback of events is not a coroutine function, which nobody would run.

    Parameters
    ----------
    callback
        The callback.
    mode
        The green mode of the subscription.

    Returns
    -------
    callable
        The callback.

    Raises
    ------
    TypeError
        If it is one.
    """
    if inspect.iscoroutinefunction(callback):
        raise TypeError(
            f"{callback!r} is a coroutine function, which a subscription in green mode {mode.name} cannot run: subscribe in mode "
            "Asyncio (with a tango.asyncio.DeviceProxy, in a coroutine), or iterate: `async for event in device.events(...)`"
        )
    return callback


SIGNALS_SECONDS = 0.1  # between two looks whether Ctrl-C was pressed


def sleep_until_event(subscription: Subscription, timeout: float | None) -> bool:
    """Have this thread sleep until a subscription has an event or has ended.

    Parameters
    ----------
    subscription
        The subscription.
    timeout
        How long at most, in seconds.

    Returns
    -------
    bool
        False if the time was over.
    """
    if timeout is None:
        while not subscription.wait(SIGNALS_SECONDS):
            pass
        return True
    end = time.monotonic() + timeout
    while (left := end - time.monotonic()) > 0:
        if subscription.wait(min(left, SIGNALS_SECONDS)):
            return True
    return bool(subscription.wait(0))


@functools.cache
def runner_of(mode: GreenMode) -> Runner:
    """Give the Runner of a mode.

    Parameters
    ----------
    mode
        The mode.

    Returns
    -------
    Runner
        Always the same object; it knows nothing about its callers, threads or event loops.
    """
    if mode == GreenMode.Futures:
        from tango._futures_runner import FuturesRunner

        return FuturesRunner()
    if mode == GreenMode.Gevent:
        from tango._gevent_runner import GeventRunner

        return GeventRunner()
    if mode == GreenMode.Asyncio:
        from tango._asyncio_runner import AsyncioRunner

        return AsyncioRunner()
    return SynchronousRunner()


def in_place(work: Callable[[], T]) -> Callable[[], T]:
    """Make work that a helper thread can run for the caller.

    Parameters
    ----------
    work
        What to call.

    Returns
    -------
    callable
        Calls `work` in a copy of the present context variables; blocking calls that `work` makes run in place.
    """
    context = copy_context()

    def run() -> T:
        _inside_call.set(True)
        return work()

    placed: Any = functools.partial(context.run, run)
    placed.body = work  # for messages
    return placed  # type: ignore[no-any-return]


# --- the mark --------------------------------------------------------------------------------------------------------


def _raise(error: BaseException) -> Any:
    raise error


@overload
def blocking(method: F) -> F: ...


@overload
def blocking(*, operation: str) -> Callable[[F], F]: ...


def blocking(method: Any = None, *, operation: str = "") -> Any:
    """Mark a method that waits for the network; it takes the keywords green_mode, wait and timeout.

    Parameters
    ----------
    method
        The method; its class has an attribute ``_green_mode`` (see `HasGreenMode`).
    operation
        Name of a method of the same class with the same parameters. It returns an operation, with which the core does the
        same without a Python thread, or None if that is not possible this time.

    Returns
    -------
    callable
        The method with three keywords more.
    """
    if method is None:
        return functools.partial(blocking, operation=operation)
    body: Callable[..., Any] = method
    call = functools.wraps(body)(marked(body, functools.partial(_call, body, operation), bool(operation)))
    extra = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
             for name, annotation in (("green_mode", "GreenMode | None"), ("wait", "bool | None"), ("timeout", "float | None"))]
    signature = inspect.signature(body)
    parameters = list(signature.parameters.values())
    at = next((i for i, p in enumerate(parameters) if p.kind is inspect.Parameter.VAR_KEYWORD), len(parameters))
    parameters[at:at] = extra
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return call


def _call(body: Callable[..., Any], operation: str, green_mode: Any, self: Any, args: tuple[Any, ...], kwargs: dict[str, Any],
          wait: bool | None, timeout: float | None) -> Any:
    """Have one call executed by the Runner of a mode."""
    mode = as_green_mode(green_mode)
    if mode is SYNCHRONOUS and wait is None and timeout is None:
        if operation and self._is_patient and threading.current_thread() is threading.main_thread():
            return _call_interruptibly(body, operation, self, args, kwargs)
        return body(self, *args, **kwargs)
    if wait is not False and _inside_call.get():
        return body(self, *args, **kwargs)
    plain = functools.partial(body, self, *args, **kwargs)
    executor = self.__dict__.get("_executors", {}).get(mode)
    if executor is not None:
        return executor.run(plain, wait=wait, timeout=timeout)
    runner = runner_of(mode)
    work: Any = None
    if operation and runner.takes_operations:
        try:
            work = getattr(self, operation)(*args, **kwargs)
        except Exception as error:
            # Bad arguments are told where the result is looked for, as all errors.
            work = functools.partial(_raise, error)
        else:
            if work is not None:
                work.body = plain if work.again is None else in_place(plain)
    return runner.call(plain if work is None else work, runner.default_wait if wait is None else wait, timeout)


def _call_interruptibly(body: Callable[..., Any], operation: str, self: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Have one call made by a thread of the engine, while this one looks for signals: inside cppTango nothing ends a call."""
    from tango._pending import ask
    from tango._thread_pool import thread_pool

    plain = functools.partial(body, self, *args, **kwargs)
    request = getattr(self, operation)(*args, **kwargs)
    if request is None:
        return thread_pool().submit(in_place(plain)).result()
    request.body = plain
    return ask(request)


# --- the older names -------------------------------------------------------------------------------------------------

from tango._executors import (
    AbstractExecutor as AbstractExecutor,
)
from tango._executors import (
    SynchronousExecutor as SynchronousExecutor,
)
from tango._executors import (
    fill_green_doc as fill_green_doc,
)
from tango._executors import (
    get_executor,
    get_object_executor,
    green,
    green_callback,
    switch_existing_global_executors_to_thread,
)
from tango._executors import (
    get_object_green_mode as get_object_green_mode,
)
from tango._executors import (
    get_synchronous_executor as get_synchronous_executor,
)
from tango._executors import (
    get_thread_pool_executor as get_thread_pool_executor,
)
