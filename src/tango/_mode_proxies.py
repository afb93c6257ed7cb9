"""What the proxies of tango.asyncio, tango.futures and tango.gevent add to the plain ones: they connect as they call."""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from tango._core.async_engine import Operation
from tango.enums import GreenMode
from tango.green import as_green_mode, runner_of

if TYPE_CHECKING:
    from typing_extensions import Self


class Opening:
    """Base of both kinds: a proxy class whose ``_open`` connects, in another green mode.

    Its methods take the place of those of the proxy class, which comes later in the list of bases.
    """

    _mode: GreenMode

    if TYPE_CHECKING:  # the proxy class has them

        def _is_connected(self) -> bool: ...

        def _asks_nobody(self, args: tuple[Any, ...]) -> bool:
            """Return whether to connect needs no network, or fails at once."""

        def _start_open(self, args: tuple[Any, ...]) -> Operation | None:
            """Return the operation that connects, None if it takes a Python thread."""

    def _opening_work(self, args: tuple[Any, ...], plain: Callable[[tuple[Any, ...]], None]) -> Callable[[], Any]:
        """Return the work that connects this object and returns it."""
        operation = self._start_open(args)
        if operation is not None:
            return operation

        def work() -> Opening:
            plain(args)
            return self

        return work


class WaitingProxy(Opening):
    """A proxy whose constructor waits, while others run, or gives a future."""

    def __new__(cls, *args: Any, wait: bool | None = None, timeout: float | None = None, **options: Any) -> Any:
        """Make a proxy; without `wait` make something that gives one later."""
        if wait is None or wait:
            return super().__new__(cls)
        return runner_of(cls._mode).call(functools.partial(cls, *args, **options), False, timeout)

    def __init__(
        self,
        *args: Any,
        green_mode: GreenMode | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
        **options: Any,
    ) -> None:
        self.__dict__["_opening_timeout"] = timeout
        super().__init__(  # type: ignore[call-arg]
            *args, green_mode=self._mode if green_mode is None else green_mode, **options
        )

    def _open(self, args: tuple[Any, ...]) -> None:
        timeout = self.__dict__.pop("_opening_timeout", None)
        work = self._opening_work(args, super()._open)  # type: ignore[misc]
        runner_of(self._mode).call(work, True, timeout)


class AwaitedProxy(Opening):
    """A proxy that connects when it is awaited."""

    def __init__(
        self,
        *args: Any,
        green_mode: GreenMode | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
        **options: Any,
    ) -> None:
        self.__dict__["_opening"] = bool(wait), timeout
        super().__init__(  # type: ignore[call-arg]
            *args, green_mode=self._mode if green_mode is None else as_green_mode(green_mode), **options
        )

    def _open(self, args: tuple[Any, ...]) -> None:
        wait, timeout = self.__dict__.pop("_opening", (False, None))
        plain = super()._open  # type: ignore[misc]
        if self._asks_nobody(args):
            plain(args)
        elif wait:
            runner_of(self._mode).call(functools.partial(plain, args), True, timeout)
        else:
            self.__dict__["_to_open"] = args, timeout

    def __await__(self) -> Generator[Any, Any, Self]:
        """Connect, unless that has been done, and return this same object."""
        if not self._is_connected():
            args, timeout = self.__dict__["_to_open"]
            work = self._opening_work(args, super()._open)  # type: ignore[misc]
            yield from runner_of(self._mode).call(work, False, timeout)
        return self
