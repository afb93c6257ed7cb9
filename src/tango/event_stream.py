"""Streams of events: subscriptions that are iterated over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, get_args

from tango._core.events import Subscription, subscribe
from tango.enums import ErrSeverity, EventSubMode, EventType, ExtractAs, GreenMode
from tango.errors import DevError, DevFailed, EventSystemFailed
from tango.green import runner_of

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from tango.events import EventMethods

__all__ = ["EventStream"]

Overflow = Literal["drop_oldest", "drop_newest", "latest_only", "fail"]
Errors = Literal["deliver", "raise", "skip"]

EVENTS_IN_A_ROW = 64
"""So many events are handed out at most before an event loop gets its turn."""


class EventStream:
    """The events of one subscription, one after the other: what :meth:`tango.DeviceProxy.events` returns.

    In a coroutine, with a proxy of any green mode::

        async with device.events("voltage", EventType.CHANGE_EVENT) as stream:
            async for event in stream:
                print(event.attr_value.value)

    and elsewhere::

        with device.events("voltage", EventType.CHANGE_EVENT) as stream:
            for event in stream:
                print(event.attr_value.value)

    The subscription begins with the ``with`` block, or with the first event that is asked for, and ends with the block, with
    :meth:`close` or :meth:`aclose`, or when nobody knows the stream any more. What arrives meanwhile waits in a queue of its own,
    so that a slow consumer delays nobody else.

    Parameters
    ----------
    proxy
        The device.
    attribute
        The name of the attribute; empty for the interface of the device.
    event_type, queue_size, overflow, errors, sub_mode, extract_as
        See :meth:`tango.DeviceProxy.events`.
    """

    def __init__(
        self,
        proxy: EventMethods,
        attribute: str,
        event_type: EventType,
        queue_size: int,
        overflow: Overflow,
        errors: Errors,
        sub_mode: EventSubMode,
        extract_as: ExtractAs,
    ) -> None:
        _check("overflow", overflow, Overflow)
        _check("errors", errors, Errors)
        if queue_size < 0:
            raise ValueError(f"queue_size must be the number of events to keep, or 0 for all, not {queue_size}")
        self._proxy = proxy
        self._request = attribute, event_type, None, 1 if overflow == "latest_only" else queue_size, sub_mode, extract_as
        self._overflow = overflow
        self._errors = errors
        self._subscription: Subscription | None = None
        self._over = False
        self._after_gap: Any = None
        self._in_a_row = 0
        self._is_awaited = False

    def __repr__(self) -> str:
        attribute, event_type = self._request[:2]
        state = "closed" if self._over else "open" if self._subscription is not None else "not open yet"
        return f"<EventStream of {attribute or 'the interface'}, {event_type.name}, {state}>"

    @property
    def lost(self) -> int:
        """How many events had to be given up so far because the queue was full (`int`)."""
        return 0 if self._subscription is None else self._subscription.lost

    @property
    def waiting(self) -> int:
        """How many events wait in the queue (`int`)."""
        return 0 if self._subscription is None else self._subscription.size()

    @property
    def closed(self) -> bool:
        """Whether the subscription has ended (`bool`)."""
        return self._over

    # --- begin and end ---

    def _start(self) -> None:
        """Subscribe, in any thread."""
        subscription = subscribe(self._proxy, *self._request, None, self._overflow in ("drop_newest", "fail"))
        self._subscription = subscription
        if self._over:  # by another thread, or because nobody waits any more
            subscription.close()

    def _end(self) -> None:
        if self._subscription is not None:
            self._subscription.close()

    def _wait_for(self, work: Callable[[], None]) -> None:
        """Have something done in the way of the proxy's green mode."""
        runner = runner_of(self._proxy.get_green_mode())
        if runner.mode == GreenMode.Synchronous:
            work()
            return
        runner.call(work, True, None)

    def __enter__(self) -> Self:
        """Subscribe."""
        if self._subscription is None and not self._over:
            self._wait_for(self._start)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the subscription."""
        self.close()

    def close(self) -> None:
        """End the subscription; who waits for an event, in whatever thread, comes to the end of the iteration.

        Raises
        ------
        RuntimeError
            In mode Asyncio, if an event loop runs in this thread: await :meth:`aclose`.
        """
        if not self._over:
            self._wait_for(self._end)
            self._over = True

    async def __aenter__(self) -> Self:
        """Subscribe; the event loop goes on meanwhile."""
        if self._subscription is None and not self._over:
            opening = runner_of(GreenMode.Asyncio).call(self._start, False, None)
            try:
                await opening
            finally:
                if opening.cancelled():
                    self._over = True  # the thread that subscribes ends the subscription again
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the subscription."""
        await self.aclose()

    async def aclose(self) -> None:
        """End the subscription; who waits for an event comes to the end of the iteration.

        If the waiting is cancelled, the subscription ends all the same.
        """
        if not self._over:
            self._over = True
            if self._subscription is not None:
                await runner_of(GreenMode.Asyncio).call(self._end, False, None)

    # --- events ---

    def _take(self) -> Any:
        """Return the next event if there is one, else None; raise what takes its place."""
        subscription = self._subscription
        if subscription is None or self._over:
            return None
        while True:
            if self._after_gap is not None:
                event, self._after_gap = self._after_gap, None
            else:
                event = subscription.pop(self._proxy)
                if event is None:
                    return None
                if self._overflow == "fail" and subscription.gap:
                    self._after_gap = event
                    raise self._too_slow(subscription.gap)
            if not event.err or self._errors == "deliver":
                return event
            if self._errors == "raise":
                raise DevFailed(*event.errors)

    def _too_slow(self, lost: int) -> EventSystemFailed:
        error = DevError()
        error.reason, error.severity, error.origin = "API_MissedEvents", ErrSeverity.ERR, "EventStream"
        error.desc = (
            f"{lost} events of {self._request[0] or 'the device'} were given up: they arrive faster than they are taken out of "
            "the stream"
        )
        return EventSystemFailed(error)

    def _is_over(self) -> bool:
        return self._over or (self._subscription is not None and self._subscription.closed)

    def get(self, timeout: float | None = None) -> Any:
        """Wait for the next event, in the way of the proxy's green mode.

        Parameters
        ----------
        timeout : float, optional
            How long at most, in seconds.

        Returns
        -------
        EventData, AttrConfEventData, DataReadyEventData, DevIntrChangeEventData or PipeEventData
            The event.

        Raises
        ------
        TimeoutError
            If none arrived in that time.
        EOFError
            If the stream was closed.
        DevFailed
            If the subscription does not work; with ``errors="raise"`` what an event tells.
        EventSystemFailed
            With ``overflow="fail"``, where events are missing.
        RuntimeError
            In mode Asyncio, if an event loop runs in this thread.
        """
        self.__enter__()
        runner = runner_of(self._proxy.get_green_mode())
        while (event := self._take()) is None:
            if self._is_over():
                raise EOFError("the stream of events was closed")
            assert self._subscription is not None, "entered"
            if not runner.await_event(self._subscription, timeout):
                raise TimeoutError(f"no event within {timeout} s")
        return event

    def __iter__(self) -> Self:
        """Return the stream itself."""
        return self

    def __next__(self) -> Any:
        """Return the next event, as soon as there is one."""
        try:
            return self.get()
        except EOFError:
            raise StopIteration from None

    def __aiter__(self) -> Self:
        """Return the stream itself."""
        return self

    async def __anext__(self) -> Any:
        """Return the next event, as soon as there is one."""
        if self._in_a_row >= EVENTS_IN_A_ROW:
            await self._pause()
        self._in_a_row += 1
        while (event := self._take()) is None:
            if self._is_over():
                raise StopAsyncIteration
            if self._is_awaited:
                raise RuntimeError("another task waits for the next event of this stream: give each task a stream of its own")
            self._is_awaited = True
            try:
                await (self._arrival() if self._subscription is not None else self.__aenter__())
            finally:
                self._is_awaited = False
        return event

    async def _arrival(self) -> None:
        from tango._asyncio_runner import event_arrival

        self._in_a_row = 0
        assert self._subscription is not None, "entered"
        await event_arrival(self._subscription)

    async def _pause(self) -> None:
        import asyncio  # programs without event loops do without it

        self._in_a_row = 0
        await asyncio.sleep(0)


def _check(name: str, value: str, choices: Any) -> None:
    names = get_args(choices)
    if value not in names:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, names))}, not {value!r}")
