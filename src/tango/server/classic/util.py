"""The older API's device server."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from tango._core import util as core
from tango._core.sub_devices import SubDevDiag, sub_dev_diag
from tango.database import Database
from tango.enums import SerialModel
from tango.errors import Except
from tango.green import ServerRunner
from tango.server.classic import created_devices, registry
from tango.server.classic.device import DeviceImpl
from tango.server.classic.device_class import DeviceClass
from tango.server.classic.dserver import DServer
from tango.server.classic.interceptors import Interceptors
from tango.server.classic.server_polling import ServerPolling

__all__ = ["Util"]


class Util(ServerPolling):
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
    _dserver: DServer | None = None
    _database: Database | None = None
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
            Kept for older programs: a server that does not exist is an error in any case, and does not end the process.

        Returns
        -------
        Util
            The server.

        Raises
        ------
        DevFailed
            There is none.
        """
        if Util._instance is None:
            text = "the server does not exist yet: call Util.init(args) first"
            Except.throw_exception("API_UtilSingletonNotCreated", text, "Util.instance")
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

    def add_class(self, device_class: Any, device: Any, name: str | None = None, language: str = "python") -> None:
        """Have the server serve a device class.

        Parameters
        ----------
        device_class
            The DeviceClass class; or the name of a class written in C++, which is that of its shared library too.
        device
            The class of the devices; or the name under which the C++ class is served.
        name
            Name of the class; that of ``device`` if none is given.
        language
            ``"python"`` or ``"c++"``.

        Raises
        ------
        ValueError
            There is no such language.
        TypeError
            The classes are no device classes.
        """
        if language.lower() in ("c++", "cpp"):
            self.add_Cpp_TgClass(device_class, device)
        elif language.lower() == "python":
            self.add_TgClass(device_class, device, name)
        else:
            raise ValueError(f"a device class is written in python or c++, not in {language!r}")

    def add_TgClass(  # noqa: N802 (the public name)
        self,
        klass_device_class: type[DeviceClass],
        klass_device: type[DeviceImpl],
        device_class_name: str | None = None,
    ) -> None:
        """Have the server serve a device class written in Python.

        Parameters
        ----------
        klass_device_class
            The DeviceClass class.
        klass_device
            The class of the devices.
        device_class_name
            Name of the class; that of ``klass_device`` if none is given.

        Raises
        ------
        TypeError
            They are no device classes.
        """
        for given, base in ((klass_device_class, DeviceClass), (klass_device, DeviceImpl)):
            if not (isinstance(given, type) and issubclass(given, base)):
                raise TypeError(f"a class derived from tango.{base.__name__} was expected, not {given!r}")
        registry.class_list.append((klass_device_class, klass_device, device_class_name or klass_device.__name__))

    def add_Cpp_TgClass(self, device_class_name: str, tango_device_class_name: str) -> None:  # noqa: N802 (the public name)
        """Have the server serve a device class written in C++.

        Its shared library, ``<device_class_name>.so``, is looked for where the system looks for libraries, and has a function
        ``_create_<device_class_name>_class``.

        Parameters
        ----------
        device_class_name
            Name of the class.
        tango_device_class_name
            The name under which it is served.
        """
        for given in (device_class_name, tango_device_class_name):
            if not isinstance(given, str):
                raise TypeError(f"the names of a C++ class are text, not {given!r}")
        registry.cpp_class_list.append((device_class_name, tango_device_class_name))

    def _cpp_classes(self) -> list[tuple[str, str]]:
        return registry.cpp_class_list


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
            registry.cleanup_classes()
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
        return self._known(self._get_device_by_name(dev_name, DeviceImpl))

    def _known(self, device: Any) -> Any:
        """Give the same object for the administration device each time."""
        return self.get_dserver_device() if device.get_name().lower().startswith("dserver/") else device

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
        return [self._known(device) for device in self._get_device_list(pattern, DeviceImpl)]

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

    def get_dserver_device(self) -> DServer:
        """Give the administration device of the server.

        Returns
        -------
        DServer
            The device ``dserver/...``; always the same object.
        """
        if self._dserver is None:
            self._dserver = self._get_dserver_device(DServer)
        return self._dserver

    def get_database(self) -> Database | None:
        """Give the connection of the server to its database.

        Returns
        -------
        Database or None
            The database; None if the server runs without. Always the same object.
        """
        if self._database is None:
            self._database = created_devices.database()
        return self._database

    def get_sub_dev_diag(self) -> SubDevDiag:
        """Give the list of the devices that the devices of this server use.

        Returns
        -------
        SubDevDiag
            The list.
        """
        return sub_dev_diag()

    def create_device(
        self, klass_name: str, device_name: str, alias: str | None = None, cb: Callable[[str], Any] | None = None
    ) -> None:
        """Create a device in the database and in the running server.

        Parameters
        ----------
        klass_name
            Name of its class.
        device_name
            Its name.
        alias
            An alias for it.
        cb
            Called with the name when the device is in the database and not yet made: time to write its properties.

        Raises
        ------
        DevFailed
            The server has no such class, there is such a device already, ``cb`` cannot be called, or the server has no
            database.
        """
        device_class = registry.get_constructed_class(klass_name)
        if device_class is None:
            text = f"The device class {klass_name} could not be found in this server"
            Except.throw_exception("PyAPI_UnknownDeviceClass", text, "Util.create_device")
        device_class.create_device(device_name, alias, cb)

    def delete_device(self, klass_name: str, device_name: str) -> None:
        """Delete a device from the database and from the running server.

        Parameters
        ----------
        klass_name
            Name of its class.
        device_name
            Its name.

        Raises
        ------
        DevFailed
            The server has no such class or device, or has no database.
        """
        device_class = registry.get_constructed_class(klass_name)
        if device_class is None:
            text = f"The device {klass_name}::{device_name} is not defined in this server"
            Except.throw_exception("PyAPI_DeviceNotDefinedInServer", text, "Util.delete_device")
        device_class.delete_device(device_name)

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

    @staticmethod
    def set_use_db(use_db: bool) -> None:
        """Say whether the server uses a database; for those who know what they do.

        Parameters
        ----------
        use_db
            Whether it does.
        """
        core.set_use_db(use_db)

    @staticmethod
    def cleanup() -> None:
        """Forget the server of this process, so that another can be made.

        Raises
        ------
        NonSupportedFeature
            cppTango is older than 10.3.
        """
        core.cleanup()
        registry.cleanup_classes()
        Util._instance = None

    def orb_run(self) -> None:
        """Wait for requests without the rest of what `server_run` does; for those who know what they do."""
        self._orb_run()

    def set_interceptors(self, interceptors: Interceptors) -> None:
        """Have something told when threads that serve requests begin and end.

        Parameters
        ----------
        interceptors
            What is told.

        Raises
        ------
        TypeError
            It is no `Interceptors`.
        """
        if not isinstance(interceptors, Interceptors):
            raise TypeError(f"tango.Interceptors were expected, not {type(interceptors).__name__}")
        self._set_interceptors(interceptors)

    def is_auto_alarm_on_change_event(self) -> bool:
        """Tell whether a change event that changes the alarm state is sent as an alarm event too.

        Returns
        -------
        bool
            Whether it is; always False before cppTango 10, which brought alarm events.
        """
        return self._is_auto_alarm_on_change_event()

    def set_auto_alarm_on_change_event(self, value: bool) -> None:
        """Say whether a change event that changes the alarm state is sent as an alarm event too.

        Parameters
        ----------
        value
            Whether it is.

        Raises
        ------
        NonSupportedFeature
            cppTango is older than 10.0.
        """
        self._set_auto_alarm_on_change_event(value)


def _forget_parent() -> None:
    """Forget the server of the parent process, which does not run in a forked child."""
    Util._instance = None
    Util._turn = threading.Lock()
    Util._change = threading.Lock()
    registry.cleanup_classes()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_parent)
