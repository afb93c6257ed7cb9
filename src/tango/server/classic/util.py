"""The older API's device server."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from tango._core.util import UtilCore
from tango.enums import SerialModel
from tango.green import ServerRunner
from tango.server.classic import registry
from tango.server.classic.device import DeviceImpl
from tango.server.classic.device_class import DeviceClass

__all__ = ["Util"]


class Util(UtilCore):
    """The device server of this process.

    Parameters
    ----------
    args
        The command line: name of the program, instance, options.
    """

    _instance: ClassVar[Util | None] = None
    _turn: ClassVar[threading.Lock] = threading.Lock()
    """Held by the thread that has a server in this process, or will have one."""
    _change: ClassVar[threading.Lock] = threading.Lock()
    """Held while a server of this process starts or ends, when the process should not be forked."""
    _is_changing = False
    _runner: ServerRunner | None = None
    _owns_process: bool | None = None
    """Whether signals to the process are meant for the server; None: if it is made by the main thread."""
    _is_guest = False
    _before_classes: Callable[[], None] | None = None
    """Called whenever the server, which then has its database, is about to make its classes and devices."""

    def __init__(self, args: Sequence[str]) -> None:
        if Util._instance is not None and Util._instance is not self:
            raise RuntimeError("the server of this process exists already: Util.instance() is it")
        program, *rest = [str(arg) for arg in args]
        self._begin_change()
        try:
            self._start([program.removesuffix(".py"), *rest])
        except BaseException:
            self._end_change()
            raise
        Util._instance = self

    @staticmethod
    def init(args: Sequence[str]) -> Util:
        """Make the server of this process.

        Parameters
        ----------
        args
            The command line: name of the program, instance, options.

        Returns
        -------
        Util
            The server; the one that exists, if it has been made before.
        """
        return Util(args) if Util._instance is None else Util._instance

    @staticmethod
    def instance(exit: bool = True) -> Util:
        """Give the server of this process.

        Parameters
        ----------
        exit
            Kept for older programs; a server that does not exist is an error in any case.

        Returns
        -------
        Util
            The server.

        Raises
        ------
        RuntimeError
            There is none.
        """
        if Util._instance is None:
            raise RuntimeError("the server does not exist yet: call Util.init(args) first")
        return Util._instance

    def _begin_change(self) -> None:
        Util._change.acquire()
        self._is_changing = True

    def _end_change(self) -> None:
        if self._is_changing:
            self._is_changing = False
            Util._change.release()

    @staticmethod
    def _take_turn() -> bool:
        """Reserve the one server that this process can have, until the turn is given back; False if it is taken."""
        return Util._instance is None and Util._turn.acquire(blocking=False)

    @staticmethod
    def _give_turn_back() -> None:
        Util._turn.release()

    def _make_classes(self) -> list[DeviceClass]:
        if self._before_classes is not None:
            self._before_classes()
        made = registry.class_factory()
        for device_class in made:
            device_class._runner = self._runner
        return made

    def add_class(self, device_class: type[DeviceClass], device: type[DeviceImpl], name: str | None = None) -> None:
        """Have the server serve a device class.

        Parameters
        ----------
        device_class
            The DeviceClass class.
        device
            The class of its devices.
        name
            Its name; that of ``device`` if none is given.
        """
        registry.class_list.append((device_class, device, name or device.__name__))


    def _come_as_guest(self) -> None:
        """Prepare for an end that leaves the process ready for another server."""
        self._is_guest = True
        super()._come_as_guest()

    def _leave(self) -> None:
        """End the server of a process that goes on, in the thread that ran it."""
        if not self._is_changing:
            self._begin_change()
        try:
            if self._is_guest:
                self._end_as_guest()
        finally:
            Util._instance = None
            registry.forget()
            self._end_change()

    def server_init(self, with_window: bool = False) -> None:
        """Make the devices and let clients reach them.

        Parameters
        ----------
        with_window
            Whether to show a window, on Windows.
        """
        # A server in a thread is a part of a program that has signals of its own.
        owns_process = self._owns_process
        if owns_process is None:
            owns_process = threading.current_thread() is threading.main_thread()
        self._server_init(with_window, owns_process)

    def server_run(self) -> None:
        """Serve clients until the server is ended."""
        self._end_change()
        if self._is_guest:
            self._is_guest = self._serve_as_guest()  # else a signal has ended it, and ends the process as well
        else:
            self._server_run()

    def server_set_event_loop(self, event_loop: Callable[[], bool] | None) -> None:
        """Have the main thread call a function all the time instead of waiting.

        Parameters
        ----------
        event_loop
            Returns True to end the server.
        """
        self._server_set_event_loop(event_loop)

    def get_serial_model(self) -> SerialModel:
        """Tell which requests wait for each other.

        Returns
        -------
        SerialModel
            Those to one device, to one class, to the process, or none.
        """
        return self._get_serial_model()

    def set_serial_model(self, ser: SerialModel) -> None:
        """Say which requests wait for each other.

        Parameters
        ----------
        ser
            Those to one device, to one class, to the process, or none.
        """
        self._set_serial_model(ser)

    def get_device_by_name(self, dev_name: str) -> Any:
        """Give a device of the server.

        Parameters
        ----------
        dev_name
            Its name.

        Returns
        -------
        DeviceImpl
            The device.

        Raises
        ------
        DevFailed
            The server has no such device.
        """
        return self._get_device_by_name(dev_name, DeviceImpl)

    def get_device_list(self, pattern: str) -> list[Any]:
        """Give the devices whose names fit a pattern.

        Parameters
        ----------
        pattern
            A device name, in which ``*`` stands for anything; ``"*"`` alone means all.

        Returns
        -------
        list of DeviceImpl
            The devices.
        """
        return self._get_device_list(pattern, DeviceImpl)

    def get_device_list_by_class(self, class_name: str) -> list[Any]:
        """Give the devices of one class.

        Parameters
        ----------
        class_name
            Name of the class.

        Returns
        -------
        list of DeviceImpl
            The devices.

        Raises
        ------
        DevFailed
            The server has no such class.
        """
        return self._get_device_list_by_class(class_name, DeviceImpl)

    def get_class_list(self) -> list[Any]:
        """Give the device classes of the server.

        Returns
        -------
        list of DeviceClass
            The classes.
        """
        return self._get_class_list(DeviceClass)

    def get_dserver_device(self) -> Any:
        """Give the administration device of the server.

        Returns
        -------
        DeviceImpl
            The device ``dserver/...``.
        """
        return self._get_dserver_device(DeviceImpl)

    def get_device_ior(self, device: Any) -> str:
        """Tell the CORBA object reference of a device.

        Parameters
        ----------
        device
            The device.

        Returns
        -------
        str
            ``IOR:...``; empty as long as the device is not exported.

        Raises
        ------
        DevFailed
            The server has no such device.
        """
        return self._get_device_ior(device.get_name())

    def get_dserver_ior(self, device_server: Any = None) -> str:
        """Tell the CORBA object reference of the administration device.

        Parameters
        ----------
        device_server
            The administration device; there is only one, so it need not be given.

        Returns
        -------
        str
            ``IOR:...``.
        """
        return self._get_dserver_ior()

    def trigger_attr_polling(self, dev: Any, name: str) -> None:
        """Have an attribute polled now that is polled only when triggered.

        Parameters
        ----------
        dev
            The device.
        name
            Name of the attribute.

        Raises
        ------
        DevFailed
            It is not polled, or polled periodically.
        """
        self._trigger_polling(dev.get_name(), name, False)

    def trigger_cmd_polling(self, dev: Any, name: str) -> None:
        """Have a command polled now that is polled only when triggered.

        Parameters
        ----------
        dev
            The device.
        name
            Name of the command.

        Raises
        ------
        DevFailed
            It is not polled, or polled periodically.
        """
        self._trigger_polling(dev.get_name(), name, True)

    def get_ds_name(self) -> str:
        """Tell the full name of the server.

        Returns
        -------
        str
            ``executable/instance``.
        """
        return self._get_ds_name()

    def get_ds_inst_name(self) -> str:
        """Tell the name of the instance.

        Returns
        -------
        str
            The instance.
        """
        return self._get_ds_inst_name()

    def get_ds_exec_name(self) -> str:
        """Tell the name of the executable.

        Returns
        -------
        str
            The executable.
        """
        return self._get_ds_exec_name()

    def get_host_name(self) -> str:
        """Tell the host of the server.

        Returns
        -------
        str
            Its name.
        """
        return self._get_host_name()

    def get_pid_str(self) -> str:
        """Tell the process number as text.

        Returns
        -------
        str
            The number.
        """
        return self._get_pid_str()

    def get_version_str(self) -> str:
        """Tell the version of the Tango protocol.

        Returns
        -------
        str
            For example ``"5"``.
        """
        return self._get_version_str()

    def get_server_version(self) -> str:
        """Tell the version that the server gave itself.

        Returns
        -------
        str
            The version.
        """
        return self._get_server_version()

    def set_server_version(self, vers: str) -> None:
        """Give the server a version, which clients see in its information.

        Parameters
        ----------
        vers
            The version.
        """
        self._set_server_version(vers)

    def get_pid(self) -> int:
        """Tell the process number.

        Returns
        -------
        int
            The number.
        """
        return self._get_pid()

    def get_tango_lib_release(self) -> int:
        """Tell the version of the library.

        Returns
        -------
        int
            For example 934 for 9.3.4.
        """
        return self._get_tango_lib_release()

    def get_trace_level(self) -> int:
        """Tell how much the server logs.

        Returns
        -------
        int
            0 to 5.
        """
        return self._get_trace_level()

    def get_polling_threads_pool_size(self) -> int:
        """Tell how many threads may poll.

        Returns
        -------
        int
            The number.
        """
        return self._get_polling_threads_pool_size()

    def set_trace_level(self, level: int) -> None:
        """Say how much the server logs.

        Parameters
        ----------
        level
            0 to 5.
        """
        self._set_trace_level(level)

    def set_polling_threads_pool_size(self, thread_nb: int) -> None:
        """Say how many threads may poll.

        Parameters
        ----------
        thread_nb
            The number.
        """
        self._set_polling_threads_pool_size(thread_nb)

    def is_svr_starting(self) -> bool:
        """Tell whether the server is still making its devices.

        Returns
        -------
        bool
            Whether it is.
        """
        return self._is_svr_starting()

    def is_svr_shutting_down(self) -> bool:
        """Tell whether the server is ending.

        Returns
        -------
        bool
            Whether it is.
        """
        return self._is_svr_shutting_down()

    def is_device_restarting(self, dev_name: str) -> bool:
        """Tell whether a device is being restarted.

        Parameters
        ----------
        dev_name
            Its name.

        Returns
        -------
        bool
            Whether it is.
        """
        return self._is_device_restarting(dev_name)

    def server_cleanup(self) -> None:
        """End the ORB of the server."""
        self._server_cleanup()

    def connect_db(self) -> None:
        """Connect to the database of TANGO_HOST.

        Raises
        ------
        DevFailed
            It cannot be reached.
        """
        self._connect_db()

    def reset_filedatabase(self) -> None:
        """Read the file that stands for the database again."""
        self._reset_filedatabase()

    def unregister_server(self) -> None:
        """Tell the database that the server is gone.

        Raises
        ------
        DevFailed
            The database cannot be reached.
        """
        self._unregister_server()


def _forget_parent() -> None:
    """Forget the server of the parent process, which does not run in a forked child."""
    Util._instance = None
    Util._turn = threading.Lock()
    Util._change = threading.Lock()
    registry.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_parent)
