"""From a row of the dictionary of commands to a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tango._core.server_command import CommandCore
from tango.enums import CmdArgType, DispLevel

if TYPE_CHECKING:
    from tango.server.classic.device_class import DeviceClass

__all__ = ["command_of"]


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
