"""From a row of the dictionary of commands to a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tango._core.server_command import CommandCore
from tango.enums import CmdArgType, DispLevel

if TYPE_CHECKING:
    from tango.server.classic.device_class import DeviceClass

__all__ = ["Command", "command_of"]


class Command:
    """What a device class knows of one of its commands; :meth:`DeviceClass.get_cmd_by_name` gives it."""

    def __init__(self, facts: tuple[str, int, int, str, str, int, int]) -> None:
        self._name, in_type, out_type, self._in_type_desc, self._out_type_desc, level, self._polling_period = facts
        self._in_type = CmdArgType(in_type)
        self._out_type = CmdArgType(out_type)
        self._disp_level = DispLevel(level)

    def get_name(self) -> str:
        """Tell the name of the command.

        Returns
        -------
        str
            The name.
        """
        return self._name

    def get_in_type(self) -> CmdArgType:
        """Tell the type of the argument.

        Returns
        -------
        CmdArgType
            The type.
        """
        return self._in_type

    def get_out_type(self) -> CmdArgType:
        """Tell the type of the result.

        Returns
        -------
        CmdArgType
            The type.
        """
        return self._out_type

    def get_in_type_desc(self) -> str:
        """Tell the description of the argument.

        Returns
        -------
        str
            The description.
        """
        return self._in_type_desc

    def get_out_type_desc(self) -> str:
        """Tell the description of the result.

        Returns
        -------
        str
            The description.
        """
        return self._out_type_desc

    def get_disp_level(self) -> DispLevel:
        """Tell to whom the command is shown.

        Returns
        -------
        DispLevel
            Operators or experts.
        """
        return self._disp_level

    def get_polling_period(self) -> int:
        """Tell how often the command is polled by its declaration.

        Returns
        -------
        int
            The period in milliseconds; 0 if it is not polled.
        """
        return self._polling_period

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._name})"


def command_of(device_class: DeviceClass, name: str, row: list[Any]) -> CommandCore:
    """Make a command from its row.

    Parameters
    ----------
    device_class
        The class that has the command.
    name
        Name of the command.
    row
        ``[[in type, description], [out type, description], {option: value}]``.

    Returns
    -------
    CommandCore
        The command.
    """
    in_type, in_description = _argument(row[0])
    out_type, out_description = _argument(row[1])
    options = {key.lower(): value for key, value in row[2].items()} if len(row) > 2 else {}
    is_allowed = options.get("_is_allowed")
    if is_allowed is None and hasattr(device_class.device_impl_class, f"is_{name}_allowed"):
        is_allowed = f"is_{name}_allowed"
    command = CommandCore(name, in_type, in_description, out_type, out_description,
                          options.get("display level", DispLevel.OPERATOR), options.get("_func") or name, is_allowed)
    command._set_direct(not options.get("_green_mode", True), not options.get("is allowed green_mode", True))
    if "polling period" in options:
        command._set_polling_period(int(options["polling period"]))
    return command


def _argument(row: Any) -> tuple[CmdArgType, str]:
    return CmdArgType(row[0]), row[1] if len(row) > 1 else ""
