"""The description of one pipe of a device class (cppTango up to 10.0).

`PipeData` is what both ways of writing a server end in: the dictionaries of the older API and the ``pipe`` declarations of
`tango.server`. From it the compiled layer makes the pipe of each device.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from tango._core.server_pipe import require_pipes
from tango._keywords import callable_name, enum_member, take
from tango.enums import DispLevel, PipeWriteType
from tango.errors import Except
from tango.pipe import Pipe, WPipe
from tango.structs import UserDefaultPipeProp

__all__ = ["PipeData"]


class PipeData:
    """Everything that a device class has to know of one of its pipes.

    Parameters
    ----------
    name
        Name of the pipe.
    class_name
        Name of the device class, for error texts.
    pipe_info
        The older API's description: ``[access, {option: value}]``; the options may be missing.

    Raises
    ------
    DevFailed
        ``PyDs_WrongPipeDefinition``: ``pipe_info`` has not this form; the text says what is wrong.
    NonSupportedFeature
        The library is newer than 10.0.
    """

    # How the server core calls user code without asking for a method by name; see `tango.server.describe`.
    read_green_mode = write_green_mode = isallowed_green_mode = True
    """False: called by cppTango's thread, whatever the green mode of the server."""

    _reader: Callable[..., Any] | None = None
    _writer: Callable[..., Any] | None = None
    _is_allowed: Callable[..., Any] | None = None
    _by_value = False

    def __init__(self, name: str | None, class_name: str | None, pipe_info: Sequence[Any] | None = None) -> None:
        require_pipes()
        self.class_name = class_name
        self.pipe_name = name
        self.pipe_write = PipeWriteType.PIPE_READ
        self.display_level = DispLevel.OPERATOR
        self.read_method_name: str | None = None
        self.write_method_name: str | None = None
        self.is_allowed_name: str | None = None
        self.pipe_prop: UserDefaultPipeProp | None = None
        if name is not None:
            self._set_name(name)
        if pipe_info is not None:
            self.from_pipe_info(pipe_info)

    def _set_name(self, name: str) -> None:
        self.pipe_name = name
        self.read_method_name = self.read_method_name or f"read_{name}"
        self.write_method_name = self.write_method_name or f"write_{name}"
        self.is_allowed_name = self.is_allowed_name or f"is_{name}_allowed"

    @property
    def pipe_class(self) -> type[Pipe]:
        """The class of which each device gets an object."""
        return WPipe if self.pipe_write == PipeWriteType.PIPE_READ_WRITE else Pipe

    @property
    def pipe_args(self) -> list[Any]:
        """What the object is made with."""
        return [self.pipe_name, self.display_level, self.pipe_write]

    @classmethod
    def from_dict(cls, pipe_dict: Mapping[str, Any]) -> PipeData:
        """Make the description from the keywords of `tango.server.pipe`.

        Parameters
        ----------
        pipe_dict
            Keywords and values.

        Returns
        -------
        PipeData
            The description.

        Raises
        ------
        DevFailed
            ``PyDs_WrongPipeDefinition``: a keyword does not exist.
        TypeError
            The value of a keyword has the wrong type.
        """
        keywords = dict(pipe_dict)
        data = PipeData(keywords.pop("name", None), keywords.pop("class_name", None))
        data.build_from_dict(keywords)
        return data

    def build_from_dict(self, pipe_dict: Mapping[str, Any]) -> None:
        """Take over the keywords of `tango.server.pipe`.

        Parameters
        ----------
        pipe_dict
            Keywords and values.

        Raises
        ------
        DevFailed
            ``PyDs_WrongPipeDefinition``: a keyword does not exist.
        TypeError
            The value of a keyword has the wrong type.
        """
        keywords = {key.lower().replace(" ", "_"): value for key, value in pipe_dict.items()}
        methods = (("fget", "read_method_name"), ("fset", "write_method_name"), ("fisallowed", "is_allowed_name"))
        written = keywords.get("fset") is not None
        for keyword, own in methods:
            method = keywords.pop(keyword, None)
            if method is not None:
                setattr(self, own, callable_name(method, keyword))
        default = PipeWriteType.PIPE_READ_WRITE if written else self.pipe_write
        self.pipe_write = take(keywords, "access", default, enum_member, PipeWriteType)
        self.display_level = take(keywords, "display_level", self.display_level, enum_member, DispLevel)
        label, doc, description = (keywords.pop(name, None) for name in ("label", "doc", "description"))
        for unknown in keywords:
            self._throw(f"Wrong definition of pipe. The object extra information '{unknown}' is not recognized!")
        for name, text in (("label", label), ("doc", doc), ("description", description)):
            if text is not None and not isinstance(text, str):
                raise TypeError(f"{name}: a str was expected, not {type(text).__name__} {text!r:.60}")
        if label or doc or description:
            self.pipe_prop = UserDefaultPipeProp()
            self.pipe_prop.set_label(label or "")
            self.pipe_prop.set_description(doc or description or "")

    def from_pipe_info(self, pipe_info: Sequence[Any]) -> None:
        """Take over the older API's description of a pipe.

        Parameters
        ----------
        pipe_info
            ``[access, {option: value}]``; options are ``label``, ``description`` and ``display level``, and may be missing.

        Raises
        ------
        DevFailed
            ``PyDs_WrongPipeDefinition``: something is wrong, and the text says what.
        """
        where = f"pipe {self.pipe_name} in class {self.class_name}"
        if isinstance(pipe_info, (str, bytes)) or not isinstance(pipe_info, Sequence):
            self._throw(f"Wrong data type for value for describing {where}\nMust be a sequence with 1 or 2 elements")
        if len(pipe_info) not in (1, 2):
            self._throw(f"Wrong number of argument for describing {where}\nMust be a sequence with 1 or 2 elements")
        try:
            self.pipe_write = PipeWriteType(pipe_info[0])
        except (TypeError, ValueError):
            self._throw(f"Wrong data write type in pipe argument for {where}\nPipe write type must be a tango.PipeWriteType")
        if len(pipe_info) == 2:
            if not isinstance(pipe_info[1], Mapping):
                self._throw(f"Wrong data type for options of {where}\nMust be a dictionary, not {pipe_info[1]!r:.60}")
            try:
                self.build_from_dict(pipe_info[1])
            except TypeError as error:
                self._throw(f"Wrong definition of {where}: {error}")

    def _throw(self, text: str) -> NoReturn:
        Except.throw_exception("PyDs_WrongPipeDefinition", text, "PipeData")

    def to_pipe(self) -> Pipe:
        """Make the pipe for one device.

        Returns
        -------
        Pipe
            A new one; a :class:`tango.pipe.WPipe` if clients may write it.
        """
        pipe = self.pipe_class(*self.pipe_args)
        if self.pipe_prop is not None:
            pipe.set_default_properties(self.pipe_prop)
        return pipe

    def _bind(self, pipe: Pipe, device: type | None) -> None:
        """Tell a pipe how it is read, written and asked; methods are looked up by name in the class of the device."""
        is_allowed: Callable[..., Any] | str | None = self._is_allowed
        if is_allowed is None and self.is_allowed_name and hasattr(device, self.is_allowed_name):
            is_allowed = self.is_allowed_name
        pipe._set_reader(self._reader or self.read_method_name, not self.read_green_mode)
        pipe._set_writer(self._writer or self.write_method_name, not self.write_green_mode)
        pipe._set_is_allowed(is_allowed, not self.isallowed_green_mode)
        pipe._set_by_value(self._by_value)
