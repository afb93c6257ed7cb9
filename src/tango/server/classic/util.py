"""The older API's device server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from tango._core.util import UtilCore

from tango.enums import SerialModel
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
    _runner: Any = None
    _before_classes: Callable[[], None] | None = None
    """Called whenever the server, which then has its database, is about to make its classes and devices."""

    def __init__(self, args: Sequence[str]) -> None:
        if Util._instance is not None and Util._instance is not self:
            raise RuntimeError("the server of this process exists already: Util.instance() is it")
        program, *rest = [str(arg) for arg in args]
        self._start([program.removesuffix(".py"), *rest])
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

    def _set_runner(self, runner: Any) -> None:
        """Say where hooks run: a Runner of `tango.green`, or None to call them at once."""
        self._runner = runner

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

    def server_init(self, with_window: bool = False) -> None:
        """Make the devices and let clients reach them.

        Parameters
        ----------
        with_window
            Whether to show a window, on Windows.
        """
        self._server_init(with_window)

    def server_run(self) -> None:
        """Serve clients until the server is ended."""
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
