"""Pipes of a device server, as cppTango knows them (up to 10.0)."""

from __future__ import annotations

from typing import Any

from tango._core.server_pipe import PipeCore
from tango.enums import DispLevel, ExtractAs, PipeSerialModel, PipeWriteType
from tango.pipe_values import normalized
from tango.structs import PipeConfig, UserDefaultPipeProp

__all__ = ["Pipe", "PipeConfig", "WPipe"]


class Pipe(PipeCore):
    """A pipe of one device, which clients read.

    Parameters
    ----------
    name : str
        Name of the pipe.
    level : DispLevel, optional
        For whom generic user interfaces show it.
    writable : PipeWriteType, optional
        Whether clients may write it; such a pipe is a :class:`WPipe`.

    Raises
    ------
    NonSupportedFeature
        The library is newer than 10.0.
    """

    def __init__(
        self, name: str, level: DispLevel = DispLevel.OPERATOR, writable: PipeWriteType = PipeWriteType.PIPE_READ
    ) -> None:
        wanted = isinstance(self, WPipe)
        if (writable == PipeWriteType.PIPE_READ_WRITE) != wanted:
            raise TypeError(f"pipe {name}: one that clients write is a WPipe, one that they only read is a Pipe")
        self._make(name, level, wanted, "", "")

    def set_value(self, value: Any) -> None:
        """Set the value that the client gets, in the read method of the pipe.

        Parameters
        ----------
        value : tuple
            The name of the blob and its elements, in the forms of :meth:`tango.DeviceProxy.write_pipe`.

        Raises
        ------
        TypeError, ValueError, OverflowError
            The value has another form, its types are not clear, or it does not fit a type that was given.
        DevFailed
            A name is there twice.
        RuntimeError
            No client waits for the value.
        """
        self._set_value(*normalized(value, f"pipe {self._get_name()}"))

    def get_name(self) -> str:
        """Return the name of the pipe."""
        return self._get_name()

    def set_name(self, new_name: str) -> None:
        """Set the name that the pipe gives; clients go on finding it by the old one.

        Parameters
        ----------
        new_name
            The name.
        """
        self._set_name(new_name)

    def get_label(self) -> str:
        """Return what generic user interfaces call the pipe."""
        return self._get_label()

    def get_desc(self) -> str:
        """Return what the pipe is for."""
        return self._get_desc()

    def get_disp_level(self) -> DispLevel:
        """Return for whom generic user interfaces show the pipe."""
        return self._get_disp_level()

    def get_writable(self) -> PipeWriteType:
        """Return whether clients may write the pipe."""
        return self._get_writable()

    def get_root_blob_name(self) -> str:
        """Return the name of the blob that was read or written last."""
        return self._get_root_blob_name()

    def set_root_blob_name(self, name: str) -> None:
        """Set the name of the blob; `set_value` does it, too.

        Parameters
        ----------
        name
            The name.
        """
        self._set_root_blob_name(name)

    def get_pipe_serial_model(self) -> PipeSerialModel:
        """Return who protects the value while it is sent to a client."""
        return self._get_serial_model()

    def set_pipe_serial_model(self, ser_model: PipeSerialModel) -> None:
        """Set who protects the value while it is sent to a client.

        Parameters
        ----------
        ser_model
            The kernel, or nobody.

        Raises
        ------
        DevFailed
            The server has no such model.
        """
        self._set_serial_model(ser_model)

    def set_default_properties(self, prop: UserDefaultPipeProp) -> None:
        """Set label and description that hold if the database has no others.

        Parameters
        ----------
        prop
            The properties; what is empty stays as it is.
        """
        self._set_defaults(prop.label, prop.description)

    def has_failed(self) -> bool:
        """Return whether the last extraction by cppTango's own means has failed."""
        return self._has_failed()


class WPipe(Pipe):
    """A pipe of one device, which clients read and write.

    Parameters
    ----------
    name : str
        Name of the pipe.
    level : DispLevel, optional
        For whom generic user interfaces show it.

    Raises
    ------
    NonSupportedFeature
        The library is newer than 10.0.
    """

    def __init__(
        self, name: str, level: DispLevel = DispLevel.OPERATOR, writable: PipeWriteType = PipeWriteType.PIPE_READ_WRITE
    ) -> None:
        super().__init__(name, level, writable)

    def get_value(self, extract_as: ExtractAs = ExtractAs.Numpy) -> tuple[str, list[dict[str, Any]]]:
        """Return what a client writes, in the write method of the pipe.

        Parameters
        ----------
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        tuple
            The name of the blob and the list of its elements, as of :meth:`tango.DeviceProxy.read_pipe`.

        Raises
        ------
        RuntimeError
            No client is writing.
        """
        return self._get_value(extract_as)
