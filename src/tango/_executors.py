"""Executors, the older form of what a Runner does; programs make and ask for them by their names in tango.green.

An executor belongs to the thread that made it. Called from that thread it runs functions elsewhere; called from another one it
runs them in its own.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import os
import threading
from collections.abc import Callable
from typing import Any

from tango._thread_pool import ThreadPool, thread_pool
from tango.enums import GreenMode
from tango.green import as_green_mode, get_green_mode, in_place

_NOT_SYNCHRONOUS = "Not supported in synchronous mode"


class AbstractExecutor:
    """Base of the executors."""

    asynchronous: Any = NotImplemented
    default_wait: Any = NotImplemented

    def __init__(self) -> None:
        self.ident = self.get_ident()

    def get_ident(self) -> tuple[int, int]:
        """Return what names the present thread: its number and that of the process."""
        return threading.get_ident(), os.getpid()

    def in_executor_context(self) -> bool:
        """Return whether this is the thread to which the executor belongs."""
        return self.ident == self.get_ident()

    def delegate(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a function elsewhere.

        Parameters
        ----------
        fn, *args, **kwargs
            What to call.

        Returns
        -------
        object
            What gives the result later: a Future, an AsyncResult or an awaitable.
        """
        raise NotImplementedError

    def access(self, accessor: Any, timeout: float | None = None) -> Any:
        """Wait for a result.

        Parameters
        ----------
        accessor
            What `delegate` returned.
        timeout
            How long, in seconds.

        Returns
        -------
        object
            The result.
        """
        raise NotImplementedError

    def submit(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Have a function called by the thread of the executor, without waiting where it has a loop.

        Parameters
        ----------
        fn, *args, **kwargs
            What to call.

        Returns
        -------
        object
            The result, or what gives it later.
        """
        raise NotImplementedError

    def execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Have a function called by the thread of the executor and wait for it.

        Parameters
        ----------
        fn, *args, **kwargs
            What to call.

        Returns
        -------
        object
            The result.
        """
        raise NotImplementedError

    def run(
        self,
        fn: Callable[..., Any],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
        wait: bool | None = None,
        timeout: float | None = None,
    ) -> Any:
        """Run a function as the calls of a proxy run.

        Parameters
        ----------
        fn, args, kwargs
            What to call.
        wait
            Whether to wait for its result; without it as is usual in this mode.
        timeout
            How long, in seconds.

        Returns
        -------
        object
            The result, or what gives it later. From another thread than its own: the result.
        """
        wait = self.default_wait if wait is None else wait
        if not self.asynchronous and (not wait or timeout is not None):
            raise ValueError(_NOT_SYNCHRONOUS)
        if not self.asynchronous or not self.in_executor_context():
            return fn(*args, **(kwargs or {}))
        accessor = self.delegate(fn, *args, **(kwargs or {}))
        return self.access(accessor, timeout=timeout) if wait else accessor


class SynchronousExecutor(AbstractExecutor):
    """Functions are called at once."""

    asynchronous = False
    default_wait = True

    def delegate(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """There is no elsewhere."""
        raise ValueError(_NOT_SYNCHRONOUS)

    def access(self, accessor: Any, timeout: float | None = None) -> Any:
        """There is nothing to wait for."""
        raise ValueError(_NOT_SYNCHRONOUS)

    def submit(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call it."""
        return fn(*args, **kwargs)

    execute = submit


class FuturesExecutor(AbstractExecutor):
    """Functions run in a pool of threads or processes.

    Parameters
    ----------
    process
        Whether it is a pool of processes.
    max_workers
        How many there are at most.
    """

    asynchronous = True
    default_wait = True

    def __init__(self, process: bool = False, max_workers: int = 20) -> None:
        super().__init__()
        self.subexecutor: Any
        if process:
            from concurrent.futures import ProcessPoolExecutor

            self.subexecutor = ProcessPoolExecutor(max_workers)
        else:
            self.subexecutor = ThreadPool(max_workers)

    def delegate(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Return a Future."""
        if isinstance(self.subexecutor, ThreadPool):
            return self.subexecutor.submit(in_place(functools.partial(fn, *args, **kwargs)))
        return self.subexecutor.submit(fn, *args, **kwargs)

    def access(self, accessor: Any, timeout: float | None = None) -> Any:
        """Return the result of a Future."""
        return accessor.result(timeout=timeout)

    def submit(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call it."""
        return fn(*args, **kwargs)

    execute = submit


# --- finding them ----------------------------------------------------------------------------------------------------


def get_synchronous_executor() -> SynchronousExecutor:
    """Give the executor that calls at once.

    Returns
    -------
    SynchronousExecutor
        It has no state.
    """
    return SynchronousExecutor()


def get_thread_pool_executor(max_workers: int = 20) -> ThreadPool:
    """Give a pool of threads.

    Parameters
    ----------
    max_workers
        How many there are at most.

    Returns
    -------
    ThreadPool
        The one of the process if it is large enough.
    """
    return thread_pool() if max_workers <= thread_pool().limit else ThreadPool(max_workers)


def get_executor(green_mode: GreenMode | None = None) -> Any:
    """Give the executor of a green mode.

    Parameters
    ----------
    green_mode
        The mode; without it the default.

    Returns
    -------
    AbstractExecutor
        What `set_global_executor` of that mode's module set for the present thread, else a new one.

    Raises
    ------
    TypeError
        If it is not a green mode.
    """
    mode = get_green_mode() if green_mode is None else as_green_mode(green_mode)
    if mode == GreenMode.Synchronous:
        return get_synchronous_executor()
    module = importlib.import_module(f"tango.{mode.name.lower()}_executor")
    return module.get_global_executor()


def get_object_green_mode(obj: Any) -> GreenMode:
    """Tell the green mode of an object.

    Parameters
    ----------
    obj
        Anything; what has a method ``get_green_mode`` is asked.

    Returns
    -------
    GreenMode
        Its mode, or the default.
    """
    return obj.get_green_mode() if hasattr(obj, "get_green_mode") else get_green_mode()


def get_object_executor(obj: Any, green_mode: GreenMode | None = None) -> Any:
    """Give the executor that runs the calls of an object.

    Parameters
    ----------
    obj
        Such as a proxy.
    green_mode
        Another mode than that of the object.

    Returns
    -------
    AbstractExecutor
        The one that the object was made with, or that of the mode.
    """
    mode = get_object_green_mode(obj) if green_mode is None else as_green_mode(green_mode)
    return getattr(obj, "_executors", {}).get(mode) or get_executor(mode)


def switch_existing_global_executors_to_thread() -> None:
    """Do nothing: an executor that was set belongs to the thread that made it."""


# --- using them ------------------------------------------------------------------------------------------------------


def fill_green_doc(method: Any) -> str:
    """Return the documentation of a method with what green modes add to it.

    Parameters
    ----------
    method
        The method, or its documentation.

    Returns
    -------
    str
        The documentation.
    """
    text = method if isinstance(method, str) else inspect.getdoc(method) or ""
    return (
        f"{text}\n\ngreen_mode, wait, timeout : optional\n"
        "    How to wait for the result: see :func:`tango.get_green_mode`.\n"
    )


def green(
    fn: Any = None, consume_green_mode: bool = True, update_signature_and_docstring: bool = False
) -> Callable[..., Any]:
    """Make a function or method run as its green mode says; it takes the keywords green_mode, wait and timeout.

    Parameters
    ----------
    fn
        The function; its first argument is asked for the mode.
    consume_green_mode
        False to pass the keyword green_mode on to the function.
    update_signature_and_docstring
        Whether the three keywords show in the signature and the documentation.

    Returns
    -------
    callable
        The function with three keywords more.
    """
    if fn is None:
        return functools.partial(
            green,
            consume_green_mode=consume_green_mode,
            update_signature_and_docstring=update_signature_and_docstring,
        )

    @functools.wraps(fn)
    def run(obj: Any, *args: Any, **kwargs: Any) -> Any:
        wait, timeout = kwargs.pop("wait", None), kwargs.pop("timeout", None)
        access = kwargs.pop if consume_green_mode else kwargs.get
        executor = get_object_executor(obj, access("green_mode", None))
        return executor.run(fn, (obj, *args), kwargs, wait=wait, timeout=timeout)

    if update_signature_and_docstring:
        signature = inspect.signature(fn)
        extra = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None)
            for name in ("green_mode", "wait", "timeout")
            if name not in signature.parameters
        ]
        run.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[*signature.parameters.values(), *extra]
        )
        run.__doc__ = fill_green_doc(fn)
    return run


def green_callback(fn: Callable[..., Any], obj: Any = None, green_mode: GreenMode | None = None) -> Callable[..., Any]:
    """Make a function that any thread may call and that runs where the calls of an object run.

    Parameters
    ----------
    fn
        The function.
    obj
        Such as a proxy.
    green_mode
        Another mode than that of the object.

    Returns
    -------
    callable
        It does not wait for the function where the mode has a loop.
    """
    return functools.partial(get_object_executor(obj, green_mode).submit, fn)
