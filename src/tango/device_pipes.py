"""Pipes of a device: what a proxy reads, writes and asks (cppTango up to 10.0)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, overload

from tango._core.pipes import DevicePipesCore
from tango.constants import AllPipe
from tango.enums import ExtractAs
from tango.green import HasGreenMode, blocking
from tango.pipe_values import normalized
from tango.structs import PipeInfo, PipeInfoList, StdStringVector

__all__ = ["DevicePipes"]


class DevicePipes(HasGreenMode, DevicePipesCore):
    """Pipes of a device."""

    @blocking
    def get_pipe_list(self) -> StdStringVector:
        """Return the names of the pipes of the device.

        Returns
        -------
        StdStringVector
            Their names.

        Raises
        ------
        NonSupportedFeature
            If cppTango is newer than 10.0.
        DevFailed
            If the device cannot be reached, or is older than pipes.
        """
        return self._get_pipe_list()

    @overload
    def get_pipe_config(self, value: str) -> PipeInfo: ...  # type: ignore[overload-overlap] # one str is a sequence of str, too
    @overload
    def get_pipe_config(self, value: Sequence[str] | None = None) -> PipeInfoList: ...
    @blocking
    def get_pipe_config(self, value: str | Sequence[str] | None = None) -> PipeInfo | PipeInfoList:
        """Return the configuration of one pipe, of several, or of all.

        Parameters
        ----------
        value : str or sequence of str, optional
            One name, or several; without it all pipes are meant.

        Returns
        -------
        PipeInfo or PipeInfoList
            For one name its configuration, otherwise a list.

        Raises
        ------
        NonSupportedFeature
            If cppTango is newer than 10.0.
        DevFailed
            If there is no such pipe, or the device cannot be reached.
        TypeError
            If the names are no text.
        """
        if isinstance(value, (str, bytes)):
            return self._get_pipe_config([value])[0]
        return self._get_pipe_config([AllPipe] if value is None else value)

    @blocking
    def set_pipe_config(self, value: PipeInfo | Sequence[PipeInfo]) -> None:
        """Change the configuration of one pipe or of several: label and description.

        Parameters
        ----------
        value : PipeInfo or sequence of PipeInfo
            The new configuration.

        Raises
        ------
        NonSupportedFeature
            If cppTango is newer than 10.0.
        DevFailed
            If the device refuses it or cannot be reached.
        TypeError
            If the value is something else.
        """
        infos: Any = [value] if isinstance(value, PipeInfo) else value
        if not isinstance(infos, Iterable) or isinstance(infos, (str, bytes)):
            raise TypeError(f"a PipeInfo or a sequence of PipeInfo was expected, not {type(value).__name__} {value!r:.60}")
        infos = list(infos)
        for info in infos:
            if not isinstance(info, PipeInfo):
                raise TypeError(f"a PipeInfo was expected, not {type(info).__name__} {info!r:.60}")
        self._set_pipe_config(infos)

    @blocking
    def read_pipe(self, pipe_name: str, extract_as: ExtractAs = ExtractAs.Numpy) -> tuple[str, list[dict[str, Any]]]:
        """Read a pipe.

        Parameters
        ----------
        pipe_name : str
            Name of the pipe.
        extract_as : ExtractAs, optional
            The form of arrays.

        Returns
        -------
        tuple
            The name of the blob and the list of its elements: dictionaries with ``name``, ``dtype`` (a `CmdArgType`) and
            ``value``. Arrays look at the memory of the reply; the value of a blob inside is such a tuple again.

        Raises
        ------
        NonSupportedFeature
            If cppTango is newer than 10.0.
        DevFailed
            If the read failed or the device cannot be reached.
        """
        return self._read_pipe(pipe_name, extract_as)

    @blocking
    def write_pipe(self, pipe_name: str, value: Any) -> None:
        """Write a pipe.

        Parameters
        ----------
        pipe_name : str
            Name of the pipe.
        value : tuple
            The name of the blob and its elements, which are a dictionary, or a sequence of pairs (name, value) or of
            dictionaries with ``name``, ``value`` and perhaps ``dtype``. Types that are not given follow from the values; the
            value of a blob inside is such a tuple again.

        Raises
        ------
        NonSupportedFeature
            If cppTango is newer than 10.0.
        TypeError, ValueError, OverflowError
            If the value has another form, its types are not clear, or it does not fit a type that was given.
        DevFailed
            If the write failed, or the device cannot be reached; ``API_PipeDuplicateDEName`` if a name is there twice.
        """
        self._write_pipe(pipe_name, *normalized(value, f"pipe {pipe_name}"))
