"""Inboxes for event loops of all kinds."""

from __future__ import annotations

import asyncio
import select
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any
from weakref import ref

from tango._core.async_engine import Inbox

CHECK_SECONDS = 1.0


def new_inbox(redo: Callable[[Callable[[], Any], Any], None], eventfd: bool = sys.platform == "linux") -> Inbox:
    """Make an inbox with a descriptor that suits the platform.

    Parameters
    ----------
    redo
        See `tango._core.async_engine.Inbox`.
    eventfd
        Whether the platform has eventfd.

    Returns
    -------
    Inbox
        It owns its descriptors.
    """
    if eventfd:
        return Inbox(redo)
    pair = socket.socketpair()
    for end in pair:
        end.setblocking(False)
    return Inbox(redo, pair[0].detach(), pair[1].detach())


def watch(loop: asyncio.AbstractEventLoop, inbox: Inbox) -> None:
    """Have a thread watch an inbox for a loop that cannot.

    Parameters
    ----------
    loop
        The loop; the thread ends some time after it.
    inbox
        Its inbox.
    """
    threading.Thread(
        target=_watch, args=(ref(loop), ref(inbox), inbox.fileno()), name="tango-inbox", daemon=True
    ).start()


def _watch(loop_ref: ref[asyncio.AbstractEventLoop], inbox_ref: ref[Inbox], fd: int) -> None:
    drained = threading.Event()
    drained.set()
    while True:
        drained.wait()
        try:
            readable, _, _ = select.select([fd], [], [], CHECK_SECONDS)
        except (OSError, ValueError):
            return
        loop, inbox = loop_ref(), inbox_ref()
        if loop is None or inbox is None or loop.is_closed():
            return
        if readable:
            drained.clear()
            try:
                loop.call_soon_threadsafe(_drain, inbox, drained)
            except RuntimeError:
                return
        del loop, inbox


def _drain(inbox: Inbox, drained: threading.Event) -> None:
    try:
        inbox.drain()
    finally:
        drained.set()
