"""The ``pipe`` declaration of the high-level API."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tango.enums import PipeWriteType
from tango.pipe_data import PipeData
from tango.server.declaration import DECLARATION_ERRORS, current_declaration, explain

if TYPE_CHECKING:
    from typing_extensions import Self

    from tango.pipe import Pipe

__all__ = ("pipe",)

Method = Callable[..., Any] | str


class pipe(PipeData):  # noqa: N801 (the public name)
    """Declare a Tango pipe in a `Device` class (cppTango up to 10.0).

    It is used as a decorator of the read method, or as a value whose methods are found by their names (``read_<name>``,
    ``write_<name>``, ``is_<name>_allowed``)::

        class Camera(Device):
            @pipe(label="Region of interest")
            def roi(self):
                "What the camera looks at."
                return "roi", {"x": 10, "y": 20, "rows": [1, 2, 3]}

            @roi.write
            def roi(self, value):
                name, elements = value
                for element in elements:
                    self.change(element["name"], element["value"])

    A read method returns the name of a blob and its elements, in the forms of :meth:`tango.DeviceProxy.write_pipe`. A write
    method gets them as :meth:`tango.DeviceProxy.read_pipe` gives them. Within the device ``self.roi`` is the pipe as cppTango
    knows it (a :class:`tango.Pipe`).

    Parameters
    ----------
    fget
        The read method, or its name.
    name : str
        Name of the pipe. Default: the variable's or the decorated method's name.
    label : str
        How clients call it.
    doc, description : str
        Description; default: the docstring of the decorated read method.
    display_level : DispLevel
        For operators or experts.
    access : PipeWriteType
        Default: what the given methods allow.
    fset, fisallowed
        Methods or their names.
    green_mode, read_green_mode, write_green_mode, isallowed_green_mode : bool
        False: call the methods directly on cppTango's thread, whatever the server's green mode.

    Raises
    ------
    DevFailed
        ``PyDs_WrongPipeDefinition``: a keyword does not exist.
    NonSupportedFeature
        The library is newer than 10.0.
    TypeError
        The value of a keyword has the wrong type.
    """

    def __init__(self, fget: Method | None = None, **kwargs: Any) -> None:
        self._kwargs = dict(kwargs)
        keywords = dict(kwargs)
        green_mode = keywords.pop("green_mode", True)
        self.read_green_mode = bool(keywords.pop("read_green_mode", green_mode))
        self.write_green_mode = bool(keywords.pop("write_green_mode", green_mode))
        self.isallowed_green_mode = bool(keywords.pop("isallowed_green_mode", green_mode))
        self.fget: Callable[..., Any] | None = None
        self.fset: Callable[..., Any] | None = None
        self.fisallowed: Callable[..., Any] | None = None
        self._owner: type | None = None
        if fget is not None:
            keywords["fget"] = fget
        for own in ("fget", "fset", "fisallowed"):
            method = keywords.get(own)
            if method is not None and not isinstance(method, str):
                setattr(self, own, method)
        try:
            super().__init__(keywords.pop("name", None), keywords.pop("class_name", None))
            text = keywords.get("doc") or keywords.get("description") or getattr(self.fget, "__doc__", None)
            if text:
                keywords["doc"] = text
            self.__doc__ = text or "TANGO pipe"
            self.build_from_dict(keywords)
        except DECLARATION_ERRORS as error:
            raise explain(error, current_declaration("pipe")) from None

    # ------------------------------------------------------------------ decorators

    def __call__(self, fget: Callable[..., Any]) -> pipe:
        """Make a pipe with the same keywords that is read by a method.

        Parameters
        ----------
        fget
            The read method.

        Returns
        -------
        pipe
            The new pipe.
        """
        return type(self)(fget=fget, **self._kwargs)

    def write(self, fset: Method) -> Self:
        """Set the write method; used as a decorator.

        Parameters
        ----------
        fset
            Method, function, or name of a method; it takes the value.

        Returns
        -------
        pipe
            The pipe; a copy of it in the body of a class that inherits it.
        """
        new = self._for_this_class()
        new.fset = None if isinstance(fset, str) else fset
        new.write_method_name = fset if isinstance(fset, str) else fset.__name__
        new.pipe_write = PipeWriteType.PIPE_READ_WRITE
        return new

    setter = write

    def is_allowed(self, fisallowed: Method) -> Self:
        """Set the method that says whether reading or writing is allowed now; used as a decorator.

        Parameters
        ----------
        fisallowed
            Method, function, or name of a method; it takes an `AttReqType` and returns a bool.

        Returns
        -------
        pipe
            The pipe; a copy of it in the body of a class that inherits it.
        """
        new = self._for_this_class()
        new.fisallowed = None if isinstance(fisallowed, str) else fisallowed
        new.is_allowed_name = fisallowed if isinstance(fisallowed, str) else fisallowed.__name__
        return new

    def _for_this_class(self) -> Self:
        """Give the pipe to change: a copy, once the class it was declared in is complete."""
        if self._owner is None:
            return self
        new = copy.copy(self)
        new._owner = None
        return new

    # ------------------------------------------------------------------ descriptor

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        if self.pipe_name is None:
            self._set_name(name)

    def __get__(self, obj: Any, objtype: type | None = None) -> Any:
        if obj is None:
            return self
        return self.get_pipe(obj)

    def __set__(self, obj: Any, value: Any) -> None:
        self.get_pipe(obj).set_value(value)

    def get_pipe(self, obj: Any) -> Pipe:
        """Give the pipe of one device.

        Parameters
        ----------
        obj
            The device.

        Returns
        -------
        Pipe
            Its pipe of this name.

        Raises
        ------
        DevFailed
            ``API_PipeNotFound``: the device has no such pipe.
        """
        found: Pipe = obj.get_device_class().get_pipe_by_name(self.pipe_name, obj.get_name())
        return found
