"""An event callback that prints each event on one line."""

from __future__ import annotations

import sys
from collections import deque
from datetime import datetime
from typing import Any, TextIO

from tango.structs import AttrConfEventData, DataReadyEventData, DevIntrChangeEventData, EventData, PipeEventData

__all__ = ["AsyncEventCallback", "EventCallback"]


class EventCallback:
    """An event callback that prints each event on one line, and keeps the last ones.

    Parameters
    ----------
    format : str, optional
        The line, with the fields ``date``, ``reception_date``, ``dev_name``, ``name``, ``type``, ``reason`` and
        ``value``.
    fd : file, optional
        Where it is printed; the standard output by default.
    max_buf : int, optional
        How many events are kept.

    Examples
    --------
    >>> callback = EventCallback()
    >>> proxy.subscribe_event("voltage", EventType.CHANGE_EVENT, callback)  # doctest: +SKIP
    2026-01-31 11:35:17.456138 TEST/NODB/POWERSUPPLY VOLTAGE CHANGE SUBSUCCESS [ATTR_VALID] 1.23
    """

    def __init__(
        self,
        format: str = "{date} {dev_name} {name} {type} {reason} {value}",
        fd: TextIO | None = None,
        max_buf: int = 100,
    ) -> None:
        self._format = format
        self._file = fd
        self._events: deque[Any] = deque(maxlen=max_buf)

    def get_events(self) -> list[Any]:
        """Return the events kept.

        Returns
        -------
        list
            The last events, oldest first.
        """
        return list(self._events)

    def push_event(self, evt: Any) -> None:
        """Print an event and keep it.

        Parameters
        ----------
        evt : EventData, AttrConfEventData, DataReadyEventData, DevIntrChangeEventData or PipeEventData
            The event.
        """
        self._events.append(evt)
        file = sys.stdout if self._file is None else self._file
        try:
            line = self._format.format(
                date=_date(evt),
                reception_date=_reception_date(evt),
                dev_name=_device_name(evt),
                name=_attribute_name(evt),
                type=_upper(evt, "event"),
                reason=_upper(evt, "event_reason"),
                value=_value(evt),
            )
        except Exception as error:
            line = f"Unexpected error in callback for {evt}: {error}"
        print(line, file=file, flush=True)

    # A callback may be the callable itself or an object with push_event; this one is both.
    __call__ = push_event


class AsyncEventCallback(EventCallback):
    """An :class:`EventCallback` for subscriptions in asyncio mode."""

    async def push_event(self, evt: Any) -> None:  # type: ignore[override]
        """Print an event and keep it.

        Parameters
        ----------
        evt : EventData, AttrConfEventData, DataReadyEventData, DevIntrChangeEventData or PipeEventData
            The event.
        """
        super().push_event(evt)

    __call__ = push_event  # type: ignore[assignment]


def _reception_date(evt: Any) -> datetime:
    received = getattr(evt, "reception_date", None)
    return datetime.now() if received is None else received.todatetime()


def _date(evt: Any) -> datetime:
    """When the value was read; if there is none, when the event arrived."""
    if isinstance(evt, EventData) and not evt.err and evt.attr_value is not None:
        return evt.attr_value.time.todatetime()  # type: ignore[no-any-return]
    return _reception_date(evt)


def _device_name(evt: Any) -> str:
    try:
        return str(evt.device.dev_name()).upper()
    except Exception:  # the device may be missing, or the proxy half made
        return "<UNKNOWN>"


def _attribute_name(evt: Any) -> str:
    name = getattr(evt, "pipe_name" if isinstance(evt, PipeEventData) else "attr_name", None)
    if name is None:
        return "<N/A>"
    return str(name).partition("#")[0].rpartition("/")[2].upper()


def _upper(evt: Any, field: str) -> str:
    return str(getattr(evt, field, "<UNKNOWN>")).upper()


def _value(evt: Any) -> str:
    try:
        if evt.err:
            error = evt.errors[0]
            return f"[{error.reason}] {error.desc}"
        if isinstance(evt, EventData):
            return f"[{evt.attr_value.quality}] {evt.attr_value.value}"
        if isinstance(evt, AttrConfEventData):
            conf = evt.attr_conf
            return f"label={conf.label!r}; unit={conf.unit!r}"  # type: ignore[union-attr]
        if isinstance(evt, PipeEventData):
            name, elements = evt.pipe_value.extract()  # type: ignore[union-attr]
            return f"[{name}] {({element['name']: element['value'] for element in elements})}"
        if isinstance(evt, DataReadyEventData):
            return f"ctr={evt.ctr}"
        if isinstance(evt, DevIntrChangeEventData):
            return f"dev_started={evt.dev_started}; {len(evt.cmd_list)} commands; {len(evt.att_list)} attrs"
    except Exception as error:
        return f"Unexpected exception in getting event value: {error}"
    return str(None)
