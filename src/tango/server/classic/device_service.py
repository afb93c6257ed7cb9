"""What a server knows of its devices and does for them: properties, versions, configuration, signals."""

from __future__ import annotations

import copy
import platform
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tango import constants
from tango._core import device_config as core
from tango.enums import DevState
from tango.release import Release
from tango.server.classic.device_log import DeviceLog
from tango.structs import AttributeConfig, AttributeConfig_2, AttributeConfig_3

if TYPE_CHECKING:
    from tango.server.classic.device_class import DeviceClass

__all__ = ["DeviceService"]


def _versions() -> dict[str, str]:
    """Tell the versions of what a device stands on."""
    return {
        "PyTango": Release.version,
        "cytango": Release.cytango_version,
        "Python": platform.python_version(),
        "NumPy": np.__version__,
        "cppTango": constants.TgLibVers,
        "Build.PyTango.Python": constants.Compile.PY_VERSION,
        "Build.PyTango.NumPy": constants.Compile.NUMPY_VERSION,
        "Build.PyTango.Cython": constants.Compile.CYTHON_VERSION,
        "Build.PyTango.cppTango": constants.Compile.TANGO_VERSION,
    }


def _as_list(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _checked(configs: Sequence[Any], kind: type) -> list[Any]:
    if isinstance(configs, str) or not isinstance(configs, Iterable):
        raise TypeError(f"a list of {kind.__name__} was expected, not {type(configs).__name__} {configs!r:.60}")
    for config in configs:
        if not isinstance(config, kind):
            raise TypeError(f"a list of {kind.__name__} was expected, it holds {type(config).__name__} {config!r:.60}")
    return list(configs)


class DeviceService(DeviceLog):
    """A device for which its server does something."""

    # --- its place in the server ---

    def get_exported_flag(self) -> bool:
        """Tell whether clients can reach the device.

        Returns
        -------
        bool
            Whether they can.
        """
        return self._get_exported_flag()

    def get_dev_idl_version(self) -> int:
        """Tell the interface version of the device.

        Returns
        -------
        int
            5 with cppTango 9.3, 6 with cppTango 10.
        """
        return self._get_dev_idl_version()

    def get_prev_state(self) -> DevState:
        """Tell the state before the present one.

        Returns
        -------
        DevState
            The state.
        """
        return self._get_prev_state()

    def append_status(self, status: str, new_line: bool = False) -> None:
        """Add something to the status that was set.

        Parameters
        ----------
        status
            The text.
        new_line
            Whether it begins in a new line.
        """
        self._append_status(status, new_line)

    def check_command_exists(self, cmd_name: str) -> None:
        """Check that the device has a command that wants no argument.

        Parameters
        ----------
        cmd_name
            Name of the command.

        Raises
        ------
        DevFailed
            It has not: ``API_CommandNotFound``, or ``API_IncompatibleCmdArgumentType`` if the command wants an argument.
        """
        self._check_command_exists(cmd_name)

    # --- properties ---

    def get_device_properties(self, ds_class: DeviceClass | None = None) -> None:
        """Make the properties of the device, and those of its class, attributes of this object.

        Parameters
        ----------
        ds_class
            The device class; by default the one that made the device.

        Raises
        ------
        ValueError
            A value in the database is not of the declared type, or a mandatory one is missing.
        DevFailed
            The database does not answer.
        """
        device_class = self._get_device_class() if ds_class is None else ds_class
        self.prop_util = util = device_class.prop_util
        self.device_property_list = copy.deepcopy(device_class.device_property_list)
        util._get_device_properties(self, device_class.class_property_list, self.device_property_list)
        for rows in (device_class.class_property_list, self.device_property_list):
            for name in rows:
                setattr(self, name, util.get_property_values(name, rows))

    # --- versions ---

    def add_version_info(self, key: str, value: str) -> None:
        """Tell the version of a part of the device.

        Clients find it in :attr:`tango.DeviceInfo.version_info` from cppTango 10 on; before, only `get_version_info` tells of it.

        Parameters
        ----------
        key
            What it is the version of.
        value
            The version.
        """
        if not core.add_version_info(self, key, value):
            self.__dict__.setdefault("_version_info", {})[key] = value

    def get_version_info(self) -> dict[str, str]:
        """Tell the versions of the parts of the device.

        Returns
        -------
        dict
            Those of Python and the libraries, and what `add_version_info` has added.
        """
        own: dict[str, str] = self.__dict__.get("_version_info", {})
        return {**_versions(), **own, **core.get_version_info(self)}

    # --- configuration of attributes, as the older interface versions have it ---

    def get_attribute_config(self, attr_names: str | Sequence[str]) -> list[AttributeConfig]:
        """Tell the configuration of attributes.

        Parameters
        ----------
        attr_names
            The attributes.

        Returns
        -------
        list of AttributeConfig
            Their configurations.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        return core.get_attribute_config(self, _as_list(attr_names))

    def get_attribute_config_2(self, attr_names: str | Sequence[str]) -> list[AttributeConfig_2]:
        """Tell the configuration of attributes, with their display levels.

        Parameters
        ----------
        attr_names
            The attributes.

        Returns
        -------
        list of AttributeConfig_2
            Their configurations.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        return core.get_attribute_config_2(self, _as_list(attr_names))

    def get_attribute_config_3(self, attr_names: str | Sequence[str]) -> list[AttributeConfig_3]:
        """Tell the configuration of attributes, with their alarms and events.

        Parameters
        ----------
        attr_names
            The attributes.

        Returns
        -------
        list of AttributeConfig_3
            Their configurations.

        Raises
        ------
        DevFailed
            There is no such attribute.
        """
        return core.get_attribute_config_3(self, _as_list(attr_names))

    def set_attribute_config(self, new_conf: list[AttributeConfig]) -> None:
        """Change the configuration of attributes.

        Parameters
        ----------
        new_conf
            The configurations, as `get_attribute_config` gives them.

        Raises
        ------
        DevFailed
            There is no such attribute, or a value in the configuration is wrong.
        """
        core.set_attribute_config(self, _checked(new_conf, AttributeConfig))

    def set_attribute_config_3(self, new_conf: list[AttributeConfig_3]) -> None:
        """Change the configuration of attributes, with their alarms and events.

        Parameters
        ----------
        new_conf
            The configurations, as `get_attribute_config_3` gives them.

        Raises
        ------
        DevFailed
            There is no such attribute, or a value in the configuration is wrong.
        """
        core.set_attribute_config_3(self, _checked(new_conf, AttributeConfig_3))

    # --- signals ---

    def register_signal(self, signo: int, own_handler: bool = False) -> None:
        """Have `signal_handler` called when the process gets a signal.

        Parameters
        ----------
        signo
            Number of the signal.
        own_handler
            Kept for older programs: Python code always runs in the thread for signals, never inside of a signal handler.

        Raises
        ------
        DevFailed
            There is no such signal, or it cannot be caught.
        """
        self._register_signal(signo, own_handler)

    def unregister_signal(self, signo: int) -> None:
        """Have `signal_handler` called for a signal no longer.

        Parameters
        ----------
        signo
            Number of the signal.

        Raises
        ------
        DevFailed
            There is no such signal.
        """
        self._unregister_signal(signo)
