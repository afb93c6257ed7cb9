"""Run a device server: ``run``, its older name ``server_run``, and what they need."""

from __future__ import annotations

import contextlib
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from tango._core.hook_call import refuse_coroutine
from tango.enums import GreenMode, SerialModel
from tango.errors import DevFailed
from tango.green import get_green_mode, runner_of
from tango.server.arguments import parse_args
from tango.server.classic import DeviceClass, DeviceImpl, Util

__all__ = ("run", "server_run")

Callback = Callable[..., Any] | Sequence[Any]
#: Tango class, device class, name of the Tango class.
ClassEntry = tuple[type, type, str]

def run(
    classes: Any,
    args: Sequence[str] | None = None,
    msg_stream: TextIO | None = sys.stdout,
    verbose: bool = False,
    util: Util | None = None,
    event_loop: Callable[[], Any] | None = None,
    pre_init_callback: Callback | None = None,
    post_init_callback: Callback | None = None,
    green_mode: GreenMode | None = None,
    raises: bool = False,
    err_stream: TextIO | None = sys.stderr,
    cleanup: bool = False,
) -> None:
    """Run a device server until it is told to stop.

    ::

        run((PowerSupply, Camera))

    Parameters
    ----------
    classes
        The device classes: a `Device` class or a sequence of them; for the older API a sequence whose items
        are ``(DeviceClass, DeviceImpl)`` or ``(DeviceClass, DeviceImpl, name)``; or a dictionary, Tango class
        name to one of these. Devices are created in this order.
    args
        Command line: name of the server, instance, options. Default: that of the process.
    msg_stream
        Where ``Ready to accept request`` is written; None for nowhere.
    verbose
        Write the traceback of an error, too.
    util
        An already made `Util`.
    event_loop
        Called again and again by the server's main thread, until it returns True; then the server stops.
    pre_init_callback
        Called before the devices are created: a callable, or a sequence of callable, arguments and keyword
        arguments.
    post_init_callback
        Called when the devices are ready, in the same forms.
    green_mode
        How user code runs; default: what the classes say, else the default mode.
    raises
        Let errors out, instead of writing them to ``err_stream``.
    err_stream
        Where errors are written.
    cleanup
        Release what the server used when it has stopped, so that another can run in the same process (as far
        as cppTango can).

    Raises
    ------
    SystemExit
        The command line is wrong, or only its help was asked for.
    DevFailed, Exception
        With ``raises``: what kept the server from running.
    """

    def serve() -> None:
        _serve(
            classes,
            args=args,
            msg_stream=msg_stream,
            util=util,
            event_loop=event_loop,
            pre_init_callback=_as_callback(pre_init_callback, "pre_init_callback"),
            post_init_callback=_as_callback(post_init_callback, "post_init_callback"),
            green_mode=green_mode,
            cleanup=cleanup,
        )

    if raises:
        serve()
        return
    try:
        serve()
    except SystemExit:
        raise
    except KeyboardInterrupt:
        _tell(err_stream, "Exiting: Keyboard interrupt\n")
    except DevFailed as error:
        _tell(err_stream, f"Exiting: Server exited with tango.DevFailed:\n{error}\n{_traceback(error, verbose)}")
    except Exception as error:
        _tell(err_stream, f"Exiting: Server exited with unforseen exception:\n{error}\n{_traceback(error, verbose)}")
    else:
        return
    _tell(err_stream, "\nExited\n")


def server_run(
    classes: Any,
    args: Sequence[str] | None = None,
    msg_stream: TextIO | None = sys.stdout,
    verbose: bool = False,
    util: Util | None = None,
    event_loop: Callable[[], Any] | None = None,
    pre_init_callback: Callback | None = None,
    post_init_callback: Callback | None = None,
    green_mode: GreenMode | None = None,
    err_stream: TextIO | None = sys.stderr,
    cleanup: bool = False,
) -> None:
    """Run a device server: the older name of `run`.

    Parameters
    ----------
    classes, args, msg_stream, verbose, util, event_loop, pre_init_callback, post_init_callback
        See `run`.
    green_mode, err_stream, cleanup
        See `run`.
    """
    run(
        classes,
        args=args,
        msg_stream=msg_stream,
        verbose=verbose,
        util=util,
        event_loop=event_loop,
        pre_init_callback=pre_init_callback,
        post_init_callback=post_init_callback,
        green_mode=green_mode,
        err_stream=err_stream,
        cleanup=cleanup,
    )


def _tell(stream: TextIO | None, text: str) -> None:
    if stream is not None:
        stream.write(text)
        stream.flush()


def _traceback(error: BaseException, verbose: bool) -> str:
    return "".join(traceback.format_exception(error)) if verbose else ""


# ---------------------------------------------------------------------------------------------- arguments of run


def _as_callback(callback: Callback | None, name: str) -> Callable[[], Any] | None:
    """Make one callable without arguments of a callable or of callable, arguments and keyword arguments."""
    if callback is None:
        return None
    if callable(callback):
        return callback
    text = f"{name} must be a callable or sequence <callable [, args, [, kwargs]]>"
    if isinstance(callback, str) or not isinstance(callback, Sequence) or not 1 <= len(callback) <= 3:
        raise TypeError(text)
    function, args, kwargs = (*callback, (), {})[:3] if len(callback) == 1 else (*callback, {})[:3]
    if not callable(function) or not isinstance(args, Iterable) or not isinstance(kwargs, Mapping):
        raise TypeError(text)
    return lambda: function(*args, **kwargs)


def to_classes(classes: Any) -> list[ClassEntry]:
    """Bring the classes given to `run` into one form.

    Parameters
    ----------
    classes
        See `run`.

    Returns
    -------
    list of tuple
        Tango class, device class and name of each.

    Raises
    ------
    TypeError
        Something in it is no device class.
    ValueError
        There is no class.
    """
    if isinstance(classes, type):
        classes = (classes,)
    if isinstance(classes, Mapping):
        items = [(value, name) for name, value in classes.items()]
    elif isinstance(classes, Iterable) and not isinstance(classes, (str, bytes)):
        items = [(value, None) for value in classes]
    else:
        raise TypeError(f"classes must be device classes, not {classes!r}")
    if not items:
        raise ValueError("No device classes specified - cannot run device server process with no classes.")
    return [_to_entry(value, name) for value, name in items]


def _to_entry(value: Any, name: str | None) -> ClassEntry:
    if isinstance(value, (tuple, list)):
        if not 2 <= len(value) <= 3:
            raise TypeError(f"a class must be given as (DeviceClass, DeviceImpl [, name]), not {value!r}")
        tango_class, device_class, *rest = value
        if not _is_class(tango_class, DeviceClass) or not _is_class(device_class, DeviceImpl):
            raise TypeError(
                f"a class must be given as (DeviceClass, DeviceImpl [, name]): {value!r} does not hold a class "
                "derived from tango.DeviceClass and one derived from tango.DeviceImpl"
            )
        return tango_class, device_class, rest[0] if rest else name or device_class.__name__
    if not hasattr(value, "TangoClassClass"):
        raise TypeError(
            f"When giving a single class, it must implement HLAPI (see tango.server): {value!r} is not derived "
            "from tango.server.Device"
        )
    return value.TangoClassClass, value, value.TangoClassName


def _is_class(value: Any, base: type) -> bool:
    return isinstance(value, type) and issubclass(value, base)


def choose_green_mode(entries: Sequence[ClassEntry], green_mode: GreenMode | None) -> GreenMode:
    """Find the one green mode of a server.

    Parameters
    ----------
    entries
        The classes.
    green_mode
        What was asked for; None leaves it to the classes.

    Returns
    -------
    GreenMode
        The mode.

    Raises
    ------
    ValueError
        The classes do not agree.
    TypeError
        It is no green mode.
    """
    if green_mode is not None:
        try:
            return GreenMode(green_mode)
        except ValueError:
            raise TypeError(f"Not a valid green mode: {green_mode!r}") from None
    default = get_green_mode()
    modes = {device.__name__: getattr(device, "green_mode", None) for _, device, _ in entries}
    chosen = {name: default if mode is None else GreenMode(mode) for name, mode in modes.items()}
    if len(set(chosen.values())) > 1:
        told = ", ".join(f"{name}: {mode}" for name, mode in chosen.items())
        raise ValueError(
            f"Devices with mixed green modes cannot be run in the same device server process, but they are: {told}"
        )
    return next(iter(chosen.values()))


# ---------------------------------------------------------------------------------------------- the server


def _serve(
    classes: Any,
    *,
    args: Sequence[str] | None,
    msg_stream: TextIO | None,
    util: Util | None,
    event_loop: Callable[[], Any] | None,
    pre_init_callback: Callable[[], Any] | None,
    post_init_callback: Callable[[], Any] | None,
    green_mode: GreenMode | None,
    cleanup: bool,
) -> None:
    entries = to_classes(classes)
    if event_loop is not None and not callable(event_loop):
        raise TypeError(f"event_loop must be a callable, not {event_loop!r}")
    mode = choose_green_mode(entries, green_mode)
    runner = runner_of(mode).server()
    if util is None:
        util = Util.init(parse_args(sys.argv if args is None else args))
    util._runner = runner
    util._owns_process = threading.current_thread() is threading.main_thread()
    if runner is not None:
        util.set_serial_model(SerialModel.NO_SYNC)
    for tango_class, device_class, name in entries:
        util.add_class(tango_class, device_class, name)

    def call(function: Callable[[], Any]) -> Any:
        return refuse_coroutine(function(), function) if runner is None else runner.enter(function)

    def tango_loop() -> None:
        if cleanup:
            with _guest(util):
                serve()
        else:
            serve()

    def serve() -> None:
        if pre_init_callback is not None:
            call(pre_init_callback)
        util.server_init()
        if event_loop is not None:
            util.server_set_event_loop(lambda: call(event_loop))
        if post_init_callback is not None:
            call(post_init_callback)
        _tell(msg_stream, "Ready to accept request\n")
        util.server_run()

    try:
        if runner is None:
            tango_loop()
        else:
            runner.serve(tango_loop, util.is_svr_shutting_down)
    finally:
        # The next server of this process has its own.
        util._runner = util._before_classes = None


@contextlib.contextmanager
def _guest(util: Util) -> Iterator[None]:
    """Have a server end without its process."""
    util._come_as_guest()
    try:
        yield
    finally:
        util._leave()
