"""What a device proxy tells about its device: name, class, attributes and commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, overload

from tango._core.proxy_admin import DeviceAdminCore
from tango.connection import Connection
from tango.green import blocking
from tango.structs import (
    AttributeInfo,
    AttributeInfoEx,
    AttributeInfoList,
    AttributeInfoListEx,
    CommandInfo,
    CommandInfoList,
    DbDevImportInfo,
    DeviceInfo,
    StdStringVector,
)

__all__ = ["DeviceDescription"]

ALL_COMMANDS = "All commands"


class DeviceDescription(DeviceAdminCore, Connection):
    """What a device proxy tells about its device: name, class, attributes and commands."""

    # --- the device ---------------------------------------------------------------------------------------------------

    def name(self) -> str:
        """Return the name that the device itself gives.

        Returns
        -------
        str
            Its name, without the host of the database.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._name()

    def alias(self) -> str:
        """Return the alias of the device.

        Returns
        -------
        str
            The alias.

        Raises
        ------
        DevFailed
            If it has none.
        """
        return self._alias()

    def adm_name(self) -> str:
        """Return the name of the server's administration device.

        Returns
        -------
        str
            Its name; for a device without database the whole address.
        """
        return self._adm_name()

    def description(self) -> str:
        """Return what the device says about itself.

        Returns
        -------
        str
            A text for people.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._description()

    def info(self) -> DeviceInfo:
        """Return class, server and versions of the device.

        Returns
        -------
        DeviceInfo
            All that the device tells.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._info()

    def import_info(self) -> DbDevImportInfo:
        """Return how the database reaches the device.

        Returns
        -------
        DbDevImportInfo
            What the database knows.

        Raises
        ------
        NonDbDevice
            If the device has no database.
        """
        return self._import_info()

    def get_tango_lib_version(self) -> int:
        """Return the version of Tango that the device's server uses.

        Returns
        -------
        int
            For example 902 for 9.2 and later 9.x; as exact as the interface of the device tells.
        """
        return self._get_tango_lib_version()

    def black_box(self, n: int) -> StdStringVector:
        """Return the last requests that the device has got.

        Parameters
        ----------
        n : int
            How many at most.

        Returns
        -------
        StdStringVector
            One line each, the latest first.

        Raises
        ------
        DevFailed
            If there are none, or the device cannot be reached.
        """
        return self._black_box(n)

    # --- attributes ---------------------------------------------------------------------------------------------------

    def get_attribute_list(self) -> StdStringVector:
        """Return the names of all attributes.

        Returns
        -------
        StdStringVector
            The names.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._get_attribute_list()

    def attribute_list_query(self) -> AttributeInfoList:
        """Return the configurations of all attributes, without alarms and events.

        Returns
        -------
        AttributeInfoList
            The configurations.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._attribute_list_query()

    def attribute_list_query_ex(self) -> AttributeInfoListEx:
        """Return the whole configurations of all attributes.

        Returns
        -------
        AttributeInfoListEx
            The configurations.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._attribute_list_query_ex()

    def attribute_query(self, attr_name: str) -> AttributeInfoEx:
        """Return the whole configuration of one attribute.

        Parameters
        ----------
        attr_name : str
            Name of the attribute.

        Returns
        -------
        AttributeInfoEx
            The configuration.

        Raises
        ------
        DevFailed
            If there is no such attribute, or the device cannot be reached.
        """
        return self._get_attribute_config_ex([attr_name])[0]

    @overload
    def get_attribute_config(self, names: str) -> AttributeInfoEx: ...  # type: ignore[overload-overlap] # one str is a sequence of str, too
    @overload
    def get_attribute_config(self, *, name: str) -> AttributeInfoEx: ...
    @overload
    def get_attribute_config(self, names: Sequence[str]) -> AttributeInfoList: ...
    @blocking
    def get_attribute_config(
        self, names: str | Sequence[str] | None = None, *, name: str | None = None
    ) -> AttributeInfoEx | AttributeInfoList:
        """Return the configuration of one attribute or of several.

        Parameters
        ----------
        names : str or sequence of str
            One name, or several.
        name : str, optional
            The same, for one name.

        Returns
        -------
        AttributeInfoEx or AttributeInfoList
            For one name its whole configuration; for a sequence the configurations without alarms and events.

        Raises
        ------
        DevFailed
            If there is no such attribute, or the device cannot be reached.
        TypeError
            If the names are no text.
        """
        wanted = _one_of("get_attribute_config", names=names, name=name)
        if isinstance(wanted, str):
            return self._get_attribute_config_ex([wanted])[0]
        return self._get_attribute_config(_names(wanted))

    @blocking
    def get_attribute_config_ex(self, names: str | Sequence[str]) -> AttributeInfoListEx:
        """Return the whole configuration of one attribute or of several.

        Parameters
        ----------
        names : str or sequence of str
            One name, or several.

        Returns
        -------
        AttributeInfoListEx
            The configurations.

        Raises
        ------
        DevFailed
            If there is no such attribute, or the device cannot be reached.
        TypeError
            If the names are no text.
        """
        return self._get_attribute_config_ex(_names(names))

    @blocking
    def set_attribute_config(
        self,
        value: AttributeInfo | AttributeInfoEx | Sequence[AttributeInfo] | Sequence[AttributeInfoEx] | None = None,
        *,
        attr_info: AttributeInfo | Sequence[AttributeInfo] | None = None,
        attr_info_ex: AttributeInfoEx | Sequence[AttributeInfoEx] | None = None,
    ) -> None:
        """Change the configuration of one attribute or of several.

        Parameters
        ----------
        value : AttributeInfo, AttributeInfoEx or sequence of them
            The new configuration.
        attr_info, attr_info_ex : optional
            The same.

        Raises
        ------
        DevFailed
            If the device refuses it or cannot be reached.
        TypeError
            If the value is something else.
        """
        value = _one_of("set_attribute_config", value=value, attr_info=attr_info, attr_info_ex=attr_info_ex)
        infos: Any = [value] if isinstance(value, AttributeInfo) else value
        if isinstance(infos, (str, bytes)) or not isinstance(infos, Iterable):
            raise _no_info(value)
        infos = list(infos)
        if not all(isinstance(info, AttributeInfo) for info in infos):
            raise _no_info(value)
        if not infos:
            return
        if all(isinstance(info, AttributeInfoEx) for info in infos):
            self._set_attribute_config_ex(infos)
        else:
            self._set_attribute_config(infos)

    # --- commands -----------------------------------------------------------------------------------------------------

    def get_command_list(self) -> StdStringVector:
        """Return the names of all commands.

        Returns
        -------
        StdStringVector
            The names.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._get_command_list()

    def command_list_query(self) -> CommandInfoList:
        """Return the descriptions of all commands.

        Returns
        -------
        CommandInfoList
            The descriptions.

        Raises
        ------
        DevFailed
            If the device cannot be reached.
        """
        return self._command_list_query()

    def command_query(self, command: str) -> CommandInfo:
        """Return the description of one command.

        Parameters
        ----------
        command : str
            Name of the command.

        Returns
        -------
        CommandInfo
            The description.

        Raises
        ------
        DevFailed
            If there is no such command, or the device cannot be reached.
        """
        return self._command_query(command)

    @overload
    def get_command_config(self, value: str) -> CommandInfo: ...  # type: ignore[overload-overlap]
    @overload
    def get_command_config(self, *, name: str) -> CommandInfo: ...
    @overload
    def get_command_config(self, value: Sequence[str] | None = None) -> CommandInfoList: ...
    @overload
    def get_command_config(self, *, names: Sequence[str]) -> CommandInfoList: ...
    @blocking
    def get_command_config(
        self,
        value: str | Sequence[str] | None = None,
        *,
        name: str | None = None,
        names: Sequence[str] | None = None,
    ) -> CommandInfo | CommandInfoList:
        """Return the description of one command or of several.

        Parameters
        ----------
        value : str or sequence of str, optional
            One name, or several; without it all commands.
        name, names : optional
            The same.

        Returns
        -------
        CommandInfo or CommandInfoList
            A list for a sequence.

        Raises
        ------
        DevFailed
            If there is no such command, or the device cannot be reached.
        TypeError
            If the names are no text.
        """
        wanted = _one_of("get_command_config", (ALL_COMMANDS,), value=value, name=name, names=names)
        if isinstance(wanted, str):
            return self._command_query(wanted)
        return self._get_command_config(_names(wanted))


def _one_of(method: str, default: Any = None, **given: Any) -> Any:
    """Return the one argument of a method that may be given under several names."""
    values = [value for value in given.values() if value is not None]
    if len(values) > 1 or (not values and default is None):
        raise TypeError(f"{method}() takes one of {', '.join(given)}, not {len(values)} of them")
    return values[0] if values else default


def _names(names: Any) -> list[str]:
    if isinstance(names, str):
        return [names]
    if isinstance(names, bytes) or not isinstance(names, Iterable):
        raise TypeError(f"value must be a string or a sequence<string>, not {type(names).__name__} {names!r:.60}")
    return list(names)


def _no_info(value: Any) -> TypeError:
    return TypeError(
        "Value must be a AttributeInfo, AttributeInfoEx, sequence<AttributeInfo> or sequence<AttributeInfoEx>; "
        f"not {type(value).__name__} {value!r:.60}"
    )
