"""Attributes, pipes and commands of a device as attributes of its proxy: ``dev.attr``, ``dev["attr"]``, ``dev.Command()``."""

from __future__ import annotations

import difflib
import enum
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from tango._core.attribute_data import DeviceAttribute
from tango._core.shortcuts import look_up_quietly
from tango._operations import NAMED_VALUES
from tango.administration import DeviceAdministration
from tango.enums import AttrDataFormat, CmdArgType, DevState, GreenMode
from tango.errors import DevFailed, PyTangoUserWarning, make_error
from tango.green import HasGreenMode, blocking, runner_of

if TYPE_CHECKING:
    from tango.structs import AttributeInfoEx, CommandInfo, StdStringVector

__all__ = ["DynamicInterface"]

FROZEN = (
    "The DeviceProxy object interface is frozen and cannot be modified - "
    "see tango.DeviceProxy.freeze_dynamic_interface for details."
)


# Why a device has no pipes: it, or the library here, does not know what they are.
NO_PIPES = ("API_NotSupportedFeature", "API_UnsupportedFeature")


class PipeName(str):
    """The name of a pipe; that of an attribute is a plain str."""

    __slots__ = ()


class Interface:
    """What a proxy remembers of its device; a part that is None has not been asked for yet."""

    def __init__(self) -> None:
        self.frozen = True
        self.caching_configs = True
        self.commands: dict[str, CommandInfo] | None = None
        self.attributes: dict[str, str] | None = None
        self.pipes: dict[str, PipeName] | None = None
        self.configs: dict[str, Config] = {}
        self.descriptions: dict[str, str] = {}
        self.spelled: dict[str, CommandInfo | str] = {}
        """What names mean as the user spells them; a PipeName is a pipe."""

    def learn(self, **parts: dict[str, Any] | None) -> None:
        """Remember `commands`, `attributes` or `pipes` by their names in lower case; None is to ask again."""
        for part, known in parts.items():
            setattr(self, part, known)
        self.spelled = {}  # another thread may be adding to the former

    def find(self, name: str) -> CommandInfo | str | None:
        """Return the command, or the name of the attribute or pipe, that `name` stands for in any case; None if nobody was asked yet."""
        spelled = self.spelled
        if (found := spelled.get(name)) is None:
            key = name.lower()
            for part in (self.commands, self.attributes, self.pipes):
                if part is not None and (found := part.get(key)) is not None:
                    spelled[name] = found
                    break
        return found


class Config:
    """What is needed to write an attribute and to name the values of an enumeration."""

    __slots__ = ("_labels", "format", "labels", "name", "type")

    def __init__(self, info: AttributeInfoEx) -> None:
        self.name: str = info.name
        self.type = int(info.data_type)
        self.format: int = int(info.data_format)
        self.labels: tuple[str, ...] = tuple(info.enum_labels)
        self._labels: type[enum.IntEnum] | None = None

    @property
    def members(self) -> type[enum.IntEnum]:
        """The labels as a Python enumeration."""
        if self._labels is None:
            members = [(label, value) for value, label in enumerate(self.labels)]
            self._labels = enum.IntEnum(self.name, members)  # type: ignore[misc]
        return self._labels


@cache
def _combined(kind: type[DevFailed]) -> type[DevFailed]:
    def reduce(self: DevFailed) -> Any:
        return unreachable, (kind(*self.args),)

    names = {"__module__": kind.__module__, "__doc__": kind.__doc__, "__reduce__": reduce}
    return type(kind.__name__, (kind, AttributeError), names)


def unreachable(error: DevFailed) -> DevFailed:
    """Return the error of a device that could not be asked for its attributes and commands.

    Parameters
    ----------
    error : DevFailed
        Why it could not be asked.

    Returns
    -------
    DevFailed
        Of the same class, and an AttributeError too, so that ``hasattr`` and ``getattr`` with a default work.
    """
    return _combined(type(error))(*error.args)  # type: ignore[arg-type] # a class is hashable


def describe(info: CommandInfo) -> str:
    """Return the documentation of a command for Python's help.

    Parameters
    ----------
    info : CommandInfo
        What the device says about the command.

    Returns
    -------
    str
        Its types and what they mean.
    """
    return (
        f"{info.cmd_name}({info.in_type}) -> {info.out_type}\n\n"
        f" -  in ({info.in_type}): {info.in_type_desc}\n"
        f" - out ({info.out_type}): {info.out_type_desc}\n"
    )


class DynamicInterface(HasGreenMode, DeviceAdministration):
    """Attributes and commands of a device as attributes of its proxy.

    Notes
    -----
    Names are those of the device in any case. What the device has is asked once, and again when a name is not found.
    Names that start with an underscore are never asked from the device.
    """

    if TYPE_CHECKING:  # DeviceProxy has them

        def _read_value(self, name: str) -> Any: ...

        @blocking
        def read_attribute(self, attr_name: str) -> DeviceAttribute:
            """Read one attribute."""

        @blocking
        def write_attribute(self, attr: str | AttributeInfoEx, value: Any) -> None:
            """Write one attribute."""

        def _get_pipe_list(self) -> StdStringVector: ...

        def _read_pipe(self, name: str, extract_as: int) -> tuple[str, list[dict[str, Any]]]: ...

        @blocking
        def write_pipe(self, pipe_name: str, value: Any) -> None:
            """Write a pipe."""

    _interface: Interface | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        look_up_quietly(cls)

    def _own_interface(self) -> Interface:
        """Return this proxy's memory; an object that was never connected has none."""
        interface = self._interface
        if interface is None:
            if not self._is_connected():
                raise RuntimeError(
                    f"this {type(self).__name__} is not connected: its __init__ has not run or has failed"
                )
            interface = self.__dict__["_interface"] = Interface()
        return interface

    # --- what the device has ------------------------------------------------------------------------------------------

    def _commands(self, refresh: bool = False) -> dict[str, CommandInfo]:
        """Return the commands of the device by their names in lower case."""
        interface = self._own_interface()
        if interface.commands is None or refresh:
            commands = {info.cmd_name.lower(): info for info in self._command_list_query()}
            interface.learn(commands=commands)
            self._argument_types.clear()
            self._argument_types.update({name: int(info.in_type) for name, info in commands.items()})
            interface.descriptions = {}
            return commands
        return interface.commands

    def _attributes(self, refresh: bool = False) -> dict[str, str]:
        """Return the names of the device's attributes by their names in lower case."""
        interface = self._own_interface()
        if interface.attributes is None or refresh:
            attributes = {name.lower(): name for name in self._get_attribute_list()}
            interface.learn(attributes=attributes)
            return attributes
        return interface.attributes

    def _pipes(self, refresh: bool = False) -> dict[str, PipeName]:
        """Return the names of the device's pipes by their names in lower case."""
        interface = self._own_interface()
        if interface.pipes is None or refresh:
            try:
                pipes = {name.lower(): PipeName(name) for name in self._get_pipe_list()}
            except DevFailed as error:
                if error.args[0].reason not in NO_PIPES:
                    raise
                pipes = {}
            interface.learn(pipes=pipes)
            return pipes
        return interface.pipes

    @blocking
    def _look_up(self, name: str) -> CommandInfo | str:
        """Ask the device for what `Interface.find` returns.

        Raises AttributeError, with the DevFailed of a device that could not be asked.
        """
        key = name.lower()
        try:
            if (command := self._commands(refresh=True).get(key)) is not None:
                return command
            if (attribute := self._attributes(refresh=True).get(key)) is not None:
                return attribute
            if (pipe := self._pipes(refresh=True).get(key)) is not None:
                return pipe
        except DevFailed as error:
            raise unreachable(error) from error
        raise AttributeError(self._unknown(name), name=name)

    def _unknown(self, name: str) -> str:
        known = [*self._attributes().values(), *self._pipes().values(), *(info.cmd_name for info in self._commands().values())]
        by_key = {other.lower(): other for other in (*known, *(n for n in dir(type(self)) if not n.startswith("_")))}
        near = [by_key[key] for key in difflib.get_close_matches(name.lower(), by_key, n=3) if by_key[key] != name]
        return f"{name}; did you mean {' or '.join(near)}?" if near else name

    def _argument_type(self, name: str, refresh: bool = False) -> int:
        """Return the type of a command's argument; `refresh` asks the device again."""
        if not isinstance(name, (str, bytes)):
            raise TypeError(f"the name of a command is a str, not {type(name).__name__} {name!r:.60}")
        types: dict[str, int] = self._argument_types
        if not refresh and (known := types.get(name)) is not None:
            return known
        key = name.lower()
        known = None if refresh else types.get(key)
        if known is None:
            known = int(self._command_query(name).in_type)
            for spelled in [other for other in list(types) if other.lower() == key]:
                types[spelled] = known
        types[key] = types[name] = known
        return known

    def _config(self, name: str, refresh: bool = False) -> Config:
        """Return type, format and labels of an attribute."""
        interface = self._own_interface()
        key = name.lower()
        if interface.caching_configs and not refresh and (known := interface.configs.get(key)) is not None:
            return known
        try:
            config = Config(self._get_attribute_config_ex([name])[0])
        except DevFailed as error:
            text = f"Failed to get the configuration of attribute {name} of device {self._dev_name()}"
            raise type(error)(*error.args, make_error("API_AttributeFailed", text, "DeviceProxy")) from None
        if interface.caching_configs:
            interface.configs[key] = config
        return config

    # --- dev.attr -----------------------------------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        interface = self._interface
        found = None if interface is None else interface.spelled.get(name)
        if type(found) is str:  # the usual case, without detours
            return self._get_value(found)
        if name.startswith("_") or name == "trait_names":  # IPython asks for the latter
            raise AttributeError(name, name=name)
        if found is None:
            found = self._own_interface().find(name) or self._at_once(self._look_up, name)
        if isinstance(found, PipeName):
            return self._get_pipe_value(found)
        if isinstance(found, str):
            return self._get_value(found)
        return self._command_function(found)

    def _command_function(self, info: CommandInfo) -> Callable[..., Any]:
        name = info.cmd_name

        def run(*args: Any, **kwargs: Any) -> Any:
            return self.command_inout(name, *args, **kwargs)

        descriptions = self._own_interface().descriptions
        run.__name__ = run.__qualname__ = name
        run.__doc__ = descriptions.get(name) or descriptions.setdefault(name, describe(info))
        return run

    @blocking(operation="_start_get_value")
    def _get_value(self, name: str) -> Any:
        """Read an attribute; the value of an enumeration is a member of a class made from its labels."""
        try:
            reply = self._read_value(name)
        except DevFailed as error:
            if error.args and error.args[0].reason == "API_AttrNotFound":
                self._own_interface().learn(attributes=None)
            raise
        if not isinstance(reply, DeviceAttribute):
            return reply
        if reply.type in NAMED_VALUES and reply.value is not None:
            return self._with_names(reply)
        return reply.value

    @blocking
    def _get_pipe_value(self, name: str) -> tuple[str, list[dict[str, Any]]]:
        try:
            return self._read_pipe(name, 0)
        except DevFailed as error:
            if error.args and error.args[0].reason == "API_PipeNotFound":
                self._own_interface().learn(pipes=None)
            raise

    def _with_names(self, reply: DeviceAttribute) -> Any:
        """Return states, or the value of an enumeration, as members; a number without a label stays a number."""
        if reply.type == CmdArgType.DevState:
            return _as_members(reply.value, DevState)
        config = self._config(reply.name)
        values = [reply.value] if reply.data_format == AttrDataFormat.SCALAR else _flat(reply.value)
        if max(map(int, values), default=0) >= len(config.labels):
            config = self._config(reply.name, refresh=True)
        try:
            members = config.members
        except (TypeError, ValueError):  # labels that Python's enumerations cannot have
            return reply.value
        return _as_members(reply.value, members)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.__dict__ or _is_settable(getattr(type(self), name, None)):
            object.__setattr__(self, name, value)
            return
        if not name.startswith("_"):
            try:
                found = self._own_interface().find(name) or self._at_once(self._look_up, name)
            except AttributeError as error:
                if self._own_interface().frozen:
                    if isinstance(error, DevFailed):
                        raise
                    raise AttributeError(
                        f"Tried to set non-existent attr {name!r} to {value!r:.80}.\n{FROZEN}", name=name
                    ) from None
            else:
                if not isinstance(found, str):
                    raise TypeError("Cannot set the value of a command")
                if isinstance(found, PipeName):
                    self._at_once(self.write_pipe, found, value)
                else:
                    self._set_value(found, value)
                return
        elif self._own_interface().frozen:
            raise AttributeError(f"Tried to set non-existent attr {name!r} to {value!r:.80}.\n{FROZEN}", name=name)
        object.__setattr__(self, name, value)

    def _set_value(self, name: str, value: Any) -> None:
        """Write an attribute; the value of an enumeration may be a label."""
        if isinstance(value, str):
            self._at_once(self._write_text, name, value)
        else:
            self._at_once(self.write_attribute, name, value)

    def _at_once(self, method: Callable[..., Any], *args: Any) -> Any:
        return runner_of(self.get_green_mode()).at_once(method, *args)

    @blocking
    def _write_text(self, name: str, value: str) -> None:
        config = self._config(name)
        written = self._label_value(config, value) if config.type == CmdArgType.DevEnum else value
        self.write_attribute(name, written, green_mode=GreenMode.Synchronous)  # type: ignore[call-arg]

    def _label_value(self, config: Config, label: str) -> int:
        if label not in config.labels:
            config = self._config(config.name, refresh=True)
        try:
            return config.labels.index(label)
        except ValueError:
            raise AttributeError(
                f"Invalid enum value {label!r} for attribute {config.name}; its labels are {', '.join(config.labels)}"
            ) from None

    # --- dev["attr"] --------------------------------------------------------------------------------------------------

    def __getitem__(self, key: str) -> DeviceAttribute:
        return self.read_attribute(key)

    def __setitem__(self, key: str, value: Any) -> None:
        self._at_once(self.write_attribute, key, value)

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            raise TypeError(f"the name of an attribute or command is a str, not {type(key).__name__}")
        name = key.lower()
        if name in self._attributes() or name in self._commands():
            return True
        return name in self._attributes(refresh=True) or name in self._commands(refresh=True)

    def __dir__(self) -> Iterable[str]:
        names = set(object.__dir__(self))
        try:
            for name in (*self._attributes().values(), *self._pipes().values(), *(info.cmd_name for info in self._commands().values())):
                names.update((name, name.lower()))
        except (DevFailed, RuntimeError):
            pass  # completion must not fail because the device is off
        return sorted(names)

    # --- what it may become -------------------------------------------------------------------------------------------

    def freeze_dynamic_interface(self) -> None:
        """Refuse to set Python attributes that the device does not have; so it is from the start.

        A misspelt name in an assignment then raises AttributeError instead of doing nothing.
        """
        self._own_interface().frozen = True

    def unfreeze_dynamic_interface(self) -> None:
        """Allow to set any Python attribute on this proxy; a warning says that misspelt names go unnoticed.

        Warns
        -----
        PyTangoUserWarning
            Always.
        """
        warnings.warn(
            f"Dynamic interface unfrozen on DeviceProxy instance {self} id={id(self):#x} - "
            "arbitrary Python attributes can be set without raising an exception.",
            PyTangoUserWarning,
            stacklevel=2,
        )
        self._own_interface().frozen = False

    def is_dynamic_interface_frozen(self) -> bool:
        """Return whether setting a Python attribute that the device does not have is refused."""
        return self._own_interface().frozen

    def set_attribute_config_cache(self, enabled: bool) -> None:
        """Set whether types and formats of attributes are remembered for writing.

        Parameters
        ----------
        enabled : bool
            False to ask the device before each write.
        """
        interface = self._own_interface()
        interface.caching_configs = bool(enabled)
        interface.configs.clear()

    def is_attribute_config_cache_enabled(self) -> bool:
        """Return whether types and formats of attributes are remembered for writing."""
        return self._own_interface().caching_configs

    def invalidate_attribute_config_cache(self) -> None:
        """Forget the types and formats of attributes; the device is asked again when they are needed."""
        self._own_interface().configs.clear()


def _is_settable(descriptor: Any) -> bool:
    """Tell whether a class says itself what setting an attribute means."""
    return hasattr(descriptor, "__set__") and getattr(descriptor, "fset", True) is not None


def _flat(value: Any) -> Iterable[Any]:
    for item in value:
        if isinstance(item, (int, float)) or not hasattr(item, "__iter__"):
            yield item
        else:
            yield from _flat(item)


def _as_members(value: Any, members: type[enum.IntEnum]) -> Any:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return tuple(_as_members(item, members) for item in value)
    try:
        return members(value)
    except ValueError:
        return value
