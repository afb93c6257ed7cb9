"""ApiUtil: what belongs to the library as a whole."""

from __future__ import annotations

from functools import cache

from tango._asynch_requests import callbacks, pending_requests
from tango._core.api_util import ApiUtilCore
from tango.enums import asyn_req_type, cb_sub_model

__all__ = ["ApiUtil"]


class ApiUtil(ApiUtilCore):
    """What belongs to the library as a whole; there is one, which :meth:`instance` returns."""

    def __new__(cls) -> ApiUtil:
        """Refuse: there is one already."""
        raise TypeError("there is one ApiUtil, which ApiUtil.instance() returns; it cannot be made")

    @staticmethod
    def instance() -> ApiUtil:
        """Return the one object of this class."""
        return _instance()

    @staticmethod
    def cleanup() -> None:
        """Give back what the library holds: its connections and subscriptions.

        Proxies that exist do not work any more; new ones do.
        """
        ApiUtilCore._cleanup()

    @staticmethod
    def get_env_var(name: str) -> str | None:
        """Return a variable of the environment, or of the files ``.tangorc`` and ``/etc/tangorc``.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        str or None
            Its value; None if it is defined nowhere.
        """
        return ApiUtilCore._get_env_var(name)

    # --- asynchronous calls ---------------------------------------------------------------------------------------------

    def pending_asynch_call(self, req: asyn_req_type) -> int:
        """Return how many asynchronous requests have not been asked for, or given to a callback, yet.

        Parameters
        ----------
        req : asyn_req_type
            Which to count: ``POLLING`` (without a callback), ``CALLBACK`` or ``ALL_ASYNCH``.

        Returns
        -------
        int
            Their number, of all proxies together.
        """
        return pending_requests(req)

    def get_asynch_replies(self, timeout: int | None = None) -> None:
        """Run the callbacks of all asynchronous calls whose answers have arrived.

        Parameters
        ----------
        timeout : int, optional
            How long to wait for the others, in milliseconds; 0 for as long as it takes. Without it they are not waited for.

        Raises
        ------
        AsynReplyNotArrived
            If answers are still missing after that time.
        """
        if timeout is None:
            callbacks.fire()
        else:
            callbacks.fire_all(timeout)

    def set_asynch_cb_sub_model(self, model: cb_sub_model) -> None:
        """Set who runs callbacks of asynchronous calls.

        Parameters
        ----------
        model : cb_sub_model
            ``PULL_CALLBACK``, the default: they run inside :meth:`get_asynch_replies`; ``PUSH_CALLBACK``: a thread runs them
            as answers arrive.

        Raises
        ------
        TypeError
            If it is something else.
        """
        if not isinstance(model, cb_sub_model):
            raise TypeError(f"a member of cb_sub_model was expected, not {type(model).__name__} {model!r:.60}")
        callbacks.model = model

    def get_asynch_cb_sub_model(self) -> cb_sub_model:
        """Return who runs callbacks of asynchronous calls."""
        return callbacks.model

    # --- the library ----------------------------------------------------------------------------------------------------

    def in_server(self) -> bool:
        """Return whether this process is a device server."""
        return self._in_server()

    def get_user_connect_timeout(self) -> int:
        """Return the time allowed for connecting, in milliseconds; -1 if it is not set by TANGOconnectTimeout."""
        return self._get_user_connect_timeout()

    def get_ip_from_if(self, interface_name: list[str]) -> None:
        """Find the addresses of this host.

        Parameters
        ----------
        interface_name : StdStringVector
            Is filled with the addresses of all interfaces.
        """
        interface_name[:] = self._get_ip_from_if(interface_name)

    def is_notifd_event_consumer_created(self) -> bool:
        """Return whether there are subscriptions of the kind of Tango 7."""
        return self._is_notifd_event_consumer_created()

    def is_zmq_event_consumer_created(self) -> bool:
        """Return whether there have been subscriptions to events."""
        return self._is_zmq_event_consumer_created()

    def query_event_system(self) -> str:
        """Return what the library tells about its events.

        Returns
        -------
        str
            JSON, for both sides: as a client and as a server.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        """
        return self._query_event_system()

    def enable_event_system_perf_mon(self, flag: bool) -> None:
        """Set whether :meth:`query_event_system` tells how long things take; that costs a little time.

        Parameters
        ----------
        flag : bool
            True to measure.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        """
        self._enable_event_system_perf_mon(flag)


@cache
def _instance() -> ApiUtil:
    return ApiUtilCore.__new__(ApiUtil)
