"""Run devices for tests, or by hand, without a Tango database.

``with DeviceTestContext(PowerSupply) as proxy`` starts a device server in this process (or in one of its own) and
stops it at the end. ``python -m tango.test_context module.PowerSupply`` does it from the command line.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from tango.enums import GreenMode
from tango.errors import ConnectionFailed, DevFailed
from tango.proxy import DeviceProxy
from tango.server.addresses import get_host_ip as get_host_ip
from tango.server.addresses import get_server_host_port as get_server_host_port
from tango.server.addresses import get_server_port_via_pid as get_server_port_via_pid
from tango.server.classic import Util
from tango.server.devices_info import checked_devices_info, class_name, named_class
from tango.server.devices_info import device as device
from tango.server.devices_info import literal_dict as literal_dict
from tango.server.file_database import Property, device_lines, properties_of, put_properties
from tango.server.ior import IOR as IOR
from tango.server.ior import ascii_to_bytes as ascii_to_bytes
from tango.server.ior import parse_ior as parse_ior
from tango.server.run import run
from tango.server.startup import Startup, TellReady, process_context, start_process
from tango.trl import add_test_context_host, remove_test_context_host

__all__ = (
    "DeviceTestContext",
    "MultiDeviceTestContext",
    "get_server_port_via_pid",
    "run_device_test_context",
)

NO_DB_FRAGMENT = "#dbase=no"
#: The ORB waits no longer than a second for what does not end.
_ORB_OPTIONS = ("-ORBscanGranularity", "1")


# ---------------------------------------------------------------------------------------------- contexts


class MultiDeviceTestContext:
    """Run several devices, of one or more classes, in one server without a database.

    ::

        devices_info = (
            {"class": PowerSupply, "devices": [{"name": "test/power/1", "properties": {"host": "ps1"}}]},
            {"class": Camera, "devices": [{"name": "test/camera/1", "memorized": {"gain": 3}}]},
        )
        with MultiDeviceTestContext(devices_info) as context:
            camera = context.get_device("test/camera/1")

    Within the context, short device names mean its devices; set the attribute
    ``enable_test_context_tango_host_override`` to False to prevent that.

    Parameters
    ----------
    devices_info
        A sequence of dictionaries: ``class`` (a `Device` class, its import path, or DeviceClass and
        DeviceImpl of the older API), ``devices`` (a sequence of dictionaries with ``name`` and optionally
        ``properties``, ``memorized`` and ``root_atts``) and optionally ``class_properties``.
    server_name
        Name of the server; default: the first class's.
    instance_name
        Name of the server's instance; default: the server's in lower case.
    db
        A file that serves as database and that ``devices_info`` is added to; default: one that is deleted at the end.
    host
        Address on which the server listens; default: ``127.0.0.1``.
    port
        Port on which it listens; default: a free one.
    debug
        Level of the log: 0 (off), 1 (fatal), 2 (error), 3 (warn), 4 (info), 5 (debug).
    process
        Run the server in a process of its own, instead of a thread. This is also done if another server runs in
        this process already, since a process can have one server.
    daemon
        Whether the end of this process waits for the server.
    timeout
        Seconds that the server may take to start, and to stop.
    green_mode
        Green mode of the server; default: that of its classes.
    cleanup
        Release what the server used, so that another can run in this process.

    Raises
    ------
    ValueError
        ``devices_info`` lacks something, or a property cannot be stored in a file.
    """

    command = "{0} {1} -ORBendPoint giop:tcp:{2}:{3} -file={4}"
    enable_test_context_tango_host_override = True
    # A server asks for the name of its host, and name servers that do not answer cost 5 s or 10 s.
    thread_timeout = 15.0
    process_timeout = 15.0

    def __init__(
        self,
        devices_info: Sequence[Mapping[str, Any]],
        server_name: str | None = None,
        instance_name: str | None = None,
        db: str | None = None,
        host: str | None = None,
        port: int = 0,
        debug: int = 3,
        process: bool = False,
        daemon: bool = False,
        timeout: float | None = None,
        green_mode: GreenMode | None = None,
        cleanup: bool = True,
    ) -> None:
        infos = checked_devices_info(devices_info)
        names = [class_name(info["class"]) for info in infos]
        server = server_name or names[0]
        instance = instance_name or server.lower()
        self.host = host or "127.0.0.1"
        self.port = port
        self.timeout = timeout if timeout is not None else self.process_timeout if process else self.thread_timeout
        self.server_name = f"dserver/{server}/{instance}"
        self.server: Any = None
        self._devices: dict[str, Any] = {}
        self._short_names: str | None = None
        self._given_up = False
        self._owns_db = db is None
        self._properties: list[Property] = []
        self.db = _new_file() if db is None else db
        try:
            for info, name in zip(infos, names, strict=True):
                self.append_db_file(server, instance, name, info["devices"], info.get("class_properties"))
        except BaseException:
            self.delete_db()
            raise
        self._arguments = (server, instance, f"-v{debug}")
        self._run_options = {"classes": [info["class"] for info in infos], "green_mode": green_mode, "cleanup": cleanup}
        self._daemon = daemon
        self._prepare(process)

    def _prepare(self, process: bool) -> None:
        self._process = process
        self._startup = Startup(process)
        make = process_context().Process if process else threading.Thread
        name = f"tango server {self.server_name.split('/')[1]}"
        self.thread: Any = make(target=self.target, args=(run, process), name=name, daemon=self._daemon)

    # ------------------------------------------------------------------ in the server

    def target(self, runserver: Callable[..., Any], process: bool = False) -> None:
        """Run the server: the body of its thread or process.

        Parameters
        ----------
        runserver
            `tango.server.run`.
        process
            Whether this is a process of its own.
        """
        server, instance, level = self._arguments
        words = [word.format(server, instance, self.host, self.port, self.db) for word in self.command.split()]
        ready = TellReady(sys.stdout, self._is_ready)
        try:
            runserver(
                args=[*words, level, *_ORB_OPTIONS],
                msg_stream=ready,
                pre_init_callback=self.pre_init,
                post_init_callback=self.post_init,
                raises=True,
                **self._run_options,
            )
        except SystemExit as error:
            self._startup.tell("error", RuntimeError(f"the server stopped at start: {error}"))
        except BaseException as error:
            self._startup.tell("error", error)
        finally:
            if not process:
                Util._give_turn_back()
            if self._given_up:
                self.delete_db()

    def _is_ready(self) -> None:
        self._startup.tell("ready")
        if self._given_up:
            Util.instance()._tell_to_end()

    def pre_init(self) -> None:
        """Find the server's port, before its devices are created."""
        util = Util.instance()
        util._before_classes = lambda: put_properties(self._properties)
        if not self.port:
            self.port = int(util._get_port())
        self._startup.tell("port", self.port)
        self._override_host()

    def post_init(self) -> None:
        """Do nothing more when the devices are ready; for derived classes."""

    def _override_host(self) -> None:
        if self.enable_test_context_tango_host_override and self._short_names is None:
            self._short_names = f"tango://{self.host}:{self.port}{NO_DB_FRAGMENT}"
            add_test_context_host(self._short_names)

    # ------------------------------------------------------------------ the file that serves as database

    def append_db_file(
        self,
        server: str,
        instance: str,
        tangoclass: str,
        device_prop_info: Sequence[Mapping[str, Any]],
        class_properties: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the devices of one class to the file that serves as database, and keep their properties for it.

        Parameters
        ----------
        server, instance
            Name and instance of the server.
        tangoclass
            Name of the class.
        device_prop_info
            Dictionaries with ``name`` and optionally ``properties``, ``memorized``, ``root_atts``.
        class_properties
            Names and values.

        Raises
        ------
        ValueError
            A value cannot be stored in a file.
        """
        lines = device_lines(server, instance, tangoclass, [info["name"] for info in device_prop_info])
        with Path(self.db).open("a+", encoding="latin-1") as file:
            file.seek(0)
            if lines[0].split(":")[0] not in file.read():  # else it served as the database of such a server before
                file.write("\n".join(lines) + "\n")
        self._properties += properties_of(f"CLASS/{tangoclass}", class_properties)
        for info in device_prop_info:
            self._properties += properties_of(info["name"], info.get("properties"))
            for key, stored in (("memorized", "__value"), ("root_atts", "__root_att")):
                for name, value in (info.get(key) or {}).items():
                    self._properties += properties_of(f"{info['name']}/{name}", {stored: value})

    def delete_db(self) -> None:
        """Delete the file that serves as database, if this context made it."""
        if self._owns_db:
            Path(self.db).unlink(missing_ok=True)

    # ------------------------------------------------------------------ addresses

    def get_server_access(self) -> str:
        """Give the full name of the server's admin device.

        Returns
        -------
        str
            ``tango://host:port/dserver/Server/instance#dbase=no``.
        """
        return f"tango://{self.host}:{self.port}/{self.server_name}{NO_DB_FRAGMENT}"

    def get_device_access(self, device_name: str) -> str:
        """Give the full name of a device.

        Parameters
        ----------
        device_name
            Its short name.

        Returns
        -------
        str
            ``tango://host:port/domain/family/member#dbase=no``.
        """
        return f"tango://{self.host}:{self.port}/{device_name}{NO_DB_FRAGMENT}"

    def get_device(self, device_name: str) -> Any:
        """Give a proxy of a device, always the same one.

        Parameters
        ----------
        device_name
            Its short name.

        Returns
        -------
        DeviceProxy
            The proxy.

        Raises
        ------
        DevFailed
            The server has no such device.
        """
        if device_name not in self._devices:
            self._devices[device_name] = DeviceProxy(self.get_device_access(device_name))
        return self._devices[device_name]

    # ------------------------------------------------------------------ start and stop

    def start(self) -> None:
        """Start the server and wait until its devices are ready.

        Raises
        ------
        RuntimeError
            It did not start in time.
        DevFailed, Exception
            What kept it from starting.
        """
        if not self._process and not Util._take_turn():
            self._startup.close()
            self._prepare(process=True)
        try:
            start_process(self.thread) if self._process else self.thread.start()
            self.connect()
        except BaseException:
            self._abandon()
            raise

    def connect(self) -> None:
        """Wait for the server and connect to its admin device.

        Raises
        ------
        RuntimeError
            It did not start in time.
        DevFailed, Exception
            What kept it from starting.
        """
        deadline = time.monotonic() + self.timeout
        while True:
            told = self._startup.news(self.thread, deadline)
            if told is None:
                state = "is stuck at initialization" if self.thread.is_alive() else "stopped during initialization"
                raise RuntimeError(f"the device server {self.server_name} {state}; see what it wrote")
            what, value = told
            if what == "error":
                raise value
            if what == "port":
                self.port = value
                self._override_host()
            else:
                break
        self.server = DeviceProxy(self.get_server_access())
        self._ping_server(deadline)

    def _ping_server(self, deadline: float) -> None:
        """See that it answers; when a try has failed cppTango refuses others for a second."""
        while True:
            try:
                self.server.ping()
            except ConnectionFailed:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        """Stop the server.

        Raises
        ------
        RuntimeError
            It did not stop in time.
        """
        try:
            if self.server is not None:
                with contextlib.suppress(DevFailed):  # in a process of its own it may be gone before it answers
                    self.server.command_inout("Kill")
            self.join(self.timeout)
            if self.thread.is_alive():
                raise RuntimeError(f"the device server {self.server_name} did not stop within {self.timeout:g} s")
        finally:
            self._abandon()

    def _abandon(self) -> None:
        """Release everything but a thread that does not end, and the file that it may still read."""
        self.server = None
        self._devices.clear()
        if self._short_names is not None:
            remove_test_context_host(self._short_names)
            self._short_names = None
        if self._process and self.thread.is_alive():
            self.thread.kill()
            self.join(self.timeout)
        if self.thread.is_alive():
            self._given_up = True
            return
        self._startup.close()
        self.delete_db()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end of the server.

        Parameters
        ----------
        timeout
            Seconds; None waits for ever.
        """
        if self.thread.ident is not None:
            self.thread.join(timeout)

    def __enter__(self) -> Any:
        """Start the server.

        Returns
        -------
        MultiDeviceTestContext
            This context; `DeviceTestContext` returns the proxy of its device.
        """
        self.start()
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exception: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self.stop()


def _new_file() -> str:
    handle, path = tempfile.mkstemp(prefix="tango-test-", suffix=".db")
    os.close(handle)
    return path


class DeviceTestContext(MultiDeviceTestContext):
    """Run one device without a database.

    ::

        with DeviceTestContext(PowerSupply, properties={"host": "ps1"}) as proxy:
            assert proxy.state() == DevState.ON

    Parameters
    ----------
    device
        The device class, or its import path.
    device_cls
        Its `DeviceClass`, for the older API.
    device_name
        Default: ``test/nodb/`` and the server's name.
    properties, class_properties, memorized, root_atts
        Names and values: device properties, class properties, written values of memorized attributes, roots of
        forwarded attributes.
    server_name, instance_name, db, host, port, debug, process, daemon, timeout, green_mode, cleanup
        See `MultiDeviceTestContext`.
    """

    def __init__(
        self,
        device: Any,
        device_cls: Any = None,
        server_name: str | None = None,
        instance_name: str | None = None,
        device_name: str | None = None,
        properties: Mapping[str, Any] | None = None,
        db: str | None = None,
        host: str | None = None,
        port: int = 0,
        debug: int = 3,
        process: bool = False,
        daemon: bool = False,
        timeout: float | None = None,
        memorized: Mapping[str, Any] | None = None,
        root_atts: Mapping[str, str] | None = None,
        green_mode: GreenMode | None = None,
        class_properties: Mapping[str, Any] | None = None,
        cleanup: bool = True,
    ) -> None:
        device = named_class(device)
        server = server_name or device.__name__
        self.device_name = device_name or f"test/nodb/{server.lower()}"
        self.device: Any = None
        described = {
            "name": self.device_name,
            "properties": properties,
            "memorized": memorized,
            "root_atts": root_atts,
        }
        info = {
            "class": device if device_cls is None else (device_cls, device),
            "devices": [described],
            "class_properties": class_properties,
        }
        super().__init__(
            [info],
            server_name=server,
            instance_name=instance_name,
            db=db,
            host=host,
            port=port,
            debug=debug,
            process=process,
            daemon=daemon,
            timeout=timeout,
            green_mode=green_mode,
            cleanup=cleanup,
        )

    def get_device_access(self, device_name: str | None = None) -> str:
        """Give the full name of a device.

        Parameters
        ----------
        device_name
            Its short name; default: that of the context's device.

        Returns
        -------
        str
            ``tango://host:port/domain/family/member#dbase=no``.
        """
        return super().get_device_access(device_name or self.device_name)

    def connect(self) -> None:
        """Wait for the server and connect to its device.

        Raises
        ------
        RuntimeError
            It did not start in time.
        DevFailed, Exception
            What kept it from starting.
        """
        super().connect()
        self.device = self.get_device(self.device_name)

    def __enter__(self) -> Any:
        """Start the server.

        Returns
        -------
        DeviceProxy
            The proxy of the device.
        """
        super().__enter__()
        return self.device


# ---------------------------------------------------------------------------------------------- command line


def _device_class(path: str) -> Any:
    if "." not in path:
        raise argparse.ArgumentTypeError(f"{path!r} is no path of a class, such as {path}.PowerSupply")
    try:
        return named_class(device(path))
    except TypeError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def parse_command_line_args(args: Sequence[str] | None = None) -> tuple[Any, str, int, int, dict[Any, Any], bool]:
    """Read the command line of ``python -m tango.test_context``.

    Parameters
    ----------
    args
        The arguments; default: those of the process.

    Returns
    -------
    tuple
        Device class, host, port, debug level, properties and whether short names are left alone.

    Raises
    ------
    SystemExit
        The arguments are wrong, or only help was asked for.
    """
    parser = argparse.ArgumentParser(description="Run a given device on a given port.")
    parser.add_argument("device", metavar="DEVICE", type=_device_class, help="The device to run as a python path.")
    parser.add_argument("--host", help="The hostname to use.", default=None)
    parser.add_argument("--port", type=int, default=8888, help="The port to use.")
    parser.add_argument("--debug", type=int, default=3, help="The debug level.")
    parser.add_argument("--prop", type=literal_dict, default={}, help="The properties to set as python dict.")
    parser.add_argument(
        "--disable-short-name-lookup",
        action="store_true",
        help="Whether to disable short-name lookup for devices launched by test context",
    )
    given = parser.parse_args(args)
    host = given.host or get_host_ip()
    return given.device, host, given.port, given.debug, given.prop, given.disable_short_name_lookup


def _interrupt_once(signo: int, frame: FrameType | None) -> None:
    """End what is going on in order; the next signal ends the process as it is."""
    signal.signal(signo, signal.SIG_DFL)
    raise KeyboardInterrupt


def run_device_test_context(args: Sequence[str] | None = None) -> None:
    """Run one device until Ctrl-C: the command ``python -m tango.test_context``.

    Parameters
    ----------
    args
        The arguments; default: those of the process.

    Raises
    ------
    SystemExit
        The arguments are wrong, or only help was asked for.
    """
    device_class, host, port, debug, properties, keep_names = parse_command_line_args(args)
    context = DeviceTestContext(device_class, host=host, port=port, debug=debug, properties=properties, daemon=True)
    context.enable_test_context_tango_host_override = not keep_names
    context.start()
    # cppTango takes SIGINT for itself when a server starts; here it is to end the waiting.
    signal.signal(signal.SIGINT, _interrupt_once)
    try:
        print(f"{device_class.__name__} started on port {context.port} with properties {properties}")
        print(f"Device access: {context.get_device_access()}")
        print(f"Server access: {context.get_server_access()}", flush=True)
        context.join()
    except KeyboardInterrupt:
        context.stop()
    print("Done")


if __name__ == "__main__":
    run_device_test_context()
