"""Pipes, as clients see them (cppTango up to 10.0)."""

from typing import Any

from tango.enums import CmdArgType, DispLevel, ExtractAs, PipeWriteType
from tango.structs.base import Struct, TypedList, each_instance
from tango.structs.vectors import StdStringVector

__all__ = ["DevicePipe", "PipeConfig", "PipeInfo", "PipeInfoList", "UserDefaultPipeProp"]


class PipeInfo(Struct):
    """Description of a pipe.

    Attributes
    ----------
    name : str
        Name of the pipe.
    description, label : str
        What it is for, and what generic user interfaces call it.
    disp_level : DispLevel
        For whom generic user interfaces show it.
    writable : PipeWriteType
        Whether clients may write it.
    extensions : StdStringVector
        Reserved by Tango.
    """

    description: str = ""
    disp_level: DispLevel = DispLevel.OPERATOR
    extensions: StdStringVector = each_instance(StdStringVector)
    label: str = ""
    name: str = ""
    writable: PipeWriteType = PipeWriteType.PIPE_READ


class PipeInfoList(TypedList[PipeInfo], item_type=PipeInfo):
    """A list of :class:`PipeInfo`."""


class PipeConfig(Struct):
    """The configuration of a pipe as it travels.

    Attributes
    ----------
    name : str
        Name of the pipe.
    description, label : str
        What it is for, and what generic user interfaces call it.
    level : DispLevel
        For whom generic user interfaces show it.
    writable : PipeWriteType
        Whether clients may write it.
    extensions : StdStringVector
        Reserved by Tango.
    """

    description: str = ""
    extensions: StdStringVector = each_instance(StdStringVector)
    label: str = ""
    level: DispLevel = DispLevel.OPERATOR
    name: str = ""
    writable: PipeWriteType = PipeWriteType.PIPE_READ


class UserDefaultPipeProp(Struct):
    """The properties that a pipe has if the database holds no others.

    Attributes
    ----------
    label, description : str
        What generic user interfaces call the pipe, and what it is for.
    """

    description: str = ""
    label: str = ""

    def set_label(self, def_label: str) -> None:
        """Set the label.

        Parameters
        ----------
        def_label
            The text.
        """
        self.label = def_label

    def set_description(self, def_description: str) -> None:
        """Set the description.

        Parameters
        ----------
        def_description
            The text.
        """
        self.description = def_description


class DevicePipe(Struct):
    """The value of a pipe that came with an event.

    Parameters
    ----------
    name : str, optional
        Name of the pipe.
    root_blob_name : str, optional
        Name of the blob.
    elements : list of dict, optional
        The elements of the blob: dictionaries with ``name``, ``dtype`` and ``value``.
    """

    name: str = ""
    root_blob_name: str = ""
    elements: list[Any] = each_instance(list)

    def __init__(self, name: str = "", root_blob_name: str = "", elements: list[dict[str, Any]] | None = None) -> None:
        self.name = name
        self.root_blob_name = root_blob_name
        self.elements = [] if elements is None else elements

    @property
    def data_elt_nb(self) -> int:
        """How many elements the blob has."""
        return len(self.elements)

    @property
    def data_elt_names(self) -> StdStringVector:
        """The names of the elements."""
        return StdStringVector(element["name"] for element in self.elements)

    def get_data_elt_name(self, ind: int) -> str:
        """Return the name of an element.

        Parameters
        ----------
        ind : int
            Its place.

        Returns
        -------
        str
            Its name.

        Raises
        ------
        IndexError
            If there is no such place.
        """
        name: str = self.elements[ind]["name"]
        return name

    def get_data_elt_type(self, ind: int) -> CmdArgType:
        """Return the type of an element.

        Parameters
        ----------
        ind : int
            Its place.

        Returns
        -------
        CmdArgType
            The type of a scalar, of an array, or DevPipeBlob.

        Raises
        ------
        IndexError
            If there is no such place.
        """
        dtype: CmdArgType = self.elements[ind]["dtype"]
        return dtype

    def extract(self, extract_as: ExtractAs = ExtractAs.Numpy) -> tuple[str, list[dict[str, Any]]]:
        """Return the value in the form of :meth:`tango.DeviceProxy.read_pipe`.

        Parameters
        ----------
        extract_as : ExtractAs, optional
            ``Numpy`` for arrays as they came, ``List`` or ``Tuple`` for arrays as such.

        Returns
        -------
        tuple
            The name of the blob and its elements.

        Raises
        ------
        ValueError
            If another form of arrays is asked for.
        """
        if extract_as not in (ExtractAs.Numpy, ExtractAs.List, ExtractAs.Tuple):
            raise ValueError(f"the value of a pipe event can be had with arrays as Numpy, List or Tuple, not as {extract_as!r}")
        return self.root_blob_name, _in_form(self.elements, extract_as)


def _in_form(elements: list[dict[str, Any]], extract_as: ExtractAs) -> list[dict[str, Any]]:
    if extract_as == ExtractAs.Numpy:
        return elements
    form = list if extract_as == ExtractAs.List else tuple
    result = []
    for element in elements:
        value = element["value"]
        if element["dtype"] == CmdArgType.DevPipeBlob:
            value = value[0], _in_form(value[1], extract_as)
        elif hasattr(value, "tolist"):
            value = form(value.tolist())
        elif isinstance(value, list):
            value = form(value)
        result.append({**element, "value": value})
    return result
