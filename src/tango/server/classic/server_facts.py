"""What a device server knows of itself."""

from __future__ import annotations

from tango._core.util import UtilCore

__all__ = ["ServerFacts"]


class ServerFacts(UtilCore):
    """A server that tells its name, its versions, its settings and what it is doing."""

    def get_ds_name(self) -> str:
        """Tell the full name of the server.

        Returns
        -------
        str
            ``executable/instance``.
        """
        return self._get_ds_name()

    def get_ds_inst_name(self) -> str:
        """Tell the name of the instance.

        Returns
        -------
        str
            The instance.
        """
        return self._get_ds_inst_name()

    def get_ds_exec_name(self) -> str:
        """Tell the name of the executable.

        Returns
        -------
        str
            The executable.
        """
        return self._get_ds_exec_name()

    def get_host_name(self) -> str:
        """Tell the host of the server.

        Returns
        -------
        str
            Its name.
        """
        return self._get_host_name()

    def get_pid_str(self) -> str:
        """Tell the process number as text.

        Returns
        -------
        str
            The number.
        """
        return self._get_pid_str()

    def get_version_str(self) -> str:
        """Tell the version of the Tango protocol.

        Returns
        -------
        str
            For example ``"5"``.
        """
        return self._get_version_str()

    def get_server_version(self) -> str:
        """Tell the version that the server gave itself.

        Returns
        -------
        str
            The version.
        """
        return self._get_server_version()

    def set_server_version(self, vers: str) -> None:
        """Give the server a version, which clients see in its information.

        Parameters
        ----------
        vers
            The version.
        """
        self._set_server_version(vers)

    def get_pid(self) -> int:
        """Tell the process number.

        Returns
        -------
        int
            The number.
        """
        return self._get_pid()

    def get_tango_lib_release(self) -> int:
        """Tell the version of the library.

        Returns
        -------
        int
            For example 934 for 9.3.4.
        """
        return self._get_tango_lib_release()

    def get_trace_level(self) -> int:
        """Tell how much the server logs.

        Returns
        -------
        int
            0 to 5.
        """
        return self._get_trace_level()

    def set_trace_level(self, level: int) -> None:
        """Say how much the server logs.

        Parameters
        ----------
        level
            0 to 5.
        """
        self._set_trace_level(level)

    def is_svr_starting(self) -> bool:
        """Tell whether the server is still making its devices.

        Returns
        -------
        bool
            Whether it is.
        """
        return self._is_svr_starting()

    def is_svr_shutting_down(self) -> bool:
        """Tell whether the server is ending.

        Returns
        -------
        bool
            Whether it is.
        """
        return self._is_svr_shutting_down()

    def is_device_restarting(self, dev_name: str) -> bool:
        """Tell whether a device is being restarted.

        Parameters
        ----------
        dev_name
            Its name.

        Returns
        -------
        bool
            Whether it is.
        """
        return self._is_device_restarting(dev_name)
