"""DbServerData: all that a database holds of a device server."""

from __future__ import annotations

from tango._core.db_server_data import DbServerDataCore

__all__ = ["DbServerData"]


class DbServerData(DbServerDataCore):
    """All that the database of TANGO_HOST holds of a device server: devices, properties of devices, classes and attributes.

    It is read once and can be put into another database.

    Parameters
    ----------
    server : str
        Name of the executable.
    instance : str
        Name of the instance.

    Raises
    ------
    DevFailed
        If the database does not know the server or cannot be reached.
    """

    def __init__(self, server: str, instance: str) -> None:
        self._read(server, instance)

    def get_name(self) -> str:
        """Return the full name of the server, ``executable/instance``."""
        return self._get_name()

    def put_in_database(self, tg_host: str) -> None:
        """Store everything in a database.

        Parameters
        ----------
        tg_host : str
            The database, as ``host:port``.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        self._put_in_database(tg_host)

    def already_exist(self, tg_host: str) -> bool:
        """Return whether a database knows one of the devices already.

        Parameters
        ----------
        tg_host : str
            The database, as ``host:port``.

        Returns
        -------
        bool
            True if it does.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        return self._already_exist(tg_host)

    def remove(self, tg_host: str | None = None) -> None:
        """Remove everything from a database.

        Parameters
        ----------
        tg_host : str, optional
            The database, as ``host:port``; without it that of TANGO_HOST.

        Raises
        ------
        DevFailed
            If the database cannot be reached.
        """
        if tg_host is None:
            self._remove()
        else:
            self._remove_from(tg_host)
