"""The devices that the devices of this server use."""
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport to_cpp_str, to_py_str, translate

cdef extern from "sub_devices.hpp" namespace "tangopy" nogil:
    cdef cppclass CSubDevDiag "Tango::SubDevDiag":
        void set_associated_device(string) except +translate
        string get_associated_device() except +translate
        void register_sub_device(string, string) except +translate
        void remove_sub_devices() except +translate
        void remove_sub_devices(string) except +translate
        void store_sub_devices() except +translate
        void get_sub_devices_from_cache() except +translate

    CSubDevDiag *sub_devices() except +translate
    vector[string] list_sub_devices(CSubDevDiag &) except +translate


cdef class SubDevDiag:
    """The list of the devices that the devices of this server use; :meth:`tango.Util.get_sub_dev_diag` gives it.

    cppTango adds to it whenever a device makes a proxy of another one.
    """

    cdef object __weakref__

    def __init__(self):
        raise TypeError("SubDevDiag is not made: Util.get_sub_dev_diag() gives the one of the server")

    def set_associated_device(self, dev_name: str) -> None:
        """Say for which device this thread works.

        Parameters
        ----------
        dev_name
            Name of the device.
        """
        cdef string name = to_cpp_str(dev_name)
        with nogil:
            sub_devices().set_associated_device(name)

    def get_associated_device(self) -> str:
        """Tell for which device this thread works.

        Returns
        -------
        str
            Its name; empty if the thread belongs to none.
        """
        cdef string name
        with nogil:
            name = sub_devices().get_associated_device()
        return to_py_str(name)

    def register_sub_device(self, dev_name: str, sub_dev_name: str) -> None:
        """Add a device to those that a device uses.

        Parameters
        ----------
        dev_name
            The device of this server.
        sub_dev_name
            The device that it uses.
        """
        cdef string name = to_cpp_str(dev_name)
        cdef string sub_name = to_cpp_str(sub_dev_name)
        with nogil:
            sub_devices().register_sub_device(name, sub_name)

    def remove_sub_devices(self, dev_name: str | None = None) -> None:
        """Forget the devices that a device uses.

        Parameters
        ----------
        dev_name
            The device of this server; None means all.
        """
        cdef string name
        if dev_name is None:
            with nogil:
                sub_devices().remove_sub_devices()
            return
        name = to_cpp_str(dev_name)
        with nogil:
            sub_devices().remove_sub_devices(name)

    def get_sub_devices(self) -> list[str]:
        """List the devices that are used.

        Returns
        -------
        list of str
            ``"device sub_device"``, or ``"sub_device"`` for one that is used by no device in particular.
        """
        cdef vector[string] names
        with nogil:
            names = list_sub_devices(sub_devices()[0])
        return [to_py_str(name) for name in names]

    def store_sub_devices(self) -> None:
        """Write the list to the database, as the property ``__SubDevices`` of each device, if it has changed.

        Raises
        ------
        DevFailed
            The database does not answer.
        """
        with nogil:
            sub_devices().store_sub_devices()

    def get_sub_devices_from_cache(self) -> None:
        """Read the list that the database had when the server started."""
        with nogil:
            sub_devices().get_sub_devices_from_cache()


def sub_dev_diag() -> SubDevDiag:
    """Give the list of the server of this process."""
    with nogil:
        sub_devices()
    return SubDevDiag.__new__(SubDevDiag)
