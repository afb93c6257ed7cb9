"""Telemetry of a device: what a proxy can ask and set."""

from __future__ import annotations

from collections.abc import Sequence

from tango._core.telemetry import DeviceTelemetryCore
from tango.green import HasGreenMode, blocking
from tango.telemetry import TelemetryEndpoint, TelemetryType, endpoints_of

__all__ = ["DeviceTelemetry"]

TRACING, LOGGING = TelemetryType.TRACING, TelemetryType.LOGGING


class DeviceTelemetry(HasGreenMode, DeviceTelemetryCore):
    """Telemetry of a device."""

    @blocking
    def start_telemetry(self) -> None:
        """Have the device send telemetry: traces and logs.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._start_telemetry()

    @blocking
    def stop_telemetry(self) -> None:
        """End the telemetry of the device.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._stop_telemetry()

    @blocking
    def is_telemetry_enabled(self) -> bool:
        """Return whether the device sends telemetry.

        Returns
        -------
        bool
            True if it does.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        return self._is_telemetry_enabled()

    @blocking
    def get_telemetry_topics(self) -> tuple[str, ...]:
        """Return what the telemetry is about.

        Returns
        -------
        tuple of str
            Names of :class:`tango.telemetry.TelemetryTopic`.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        return tuple(self._get_telemetry_topics())

    @blocking
    def set_telemetry_topics(self, topics: Sequence[str]) -> None:
        """Set what the telemetry is about.

        Parameters
        ----------
        topics : sequence of str
            Names of :class:`tango.telemetry.TelemetryTopic`.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._set_telemetry_topics([getattr(topic, "name", topic) for topic in topics])

    @blocking
    def get_telemetry_tracing(self) -> bool:
        """Return whether traces are sent.

        Returns
        -------
        bool
            True if they are.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        return self._has_telemetry(TRACING)

    @blocking
    def set_telemetry_tracing(self, enabled: bool) -> None:
        """Set whether traces are sent.

        Parameters
        ----------
        enabled : bool
            True to send them.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._switch_telemetry(TRACING, enabled)

    @blocking
    def get_telemetry_tracing_endpoints(self) -> tuple[TelemetryEndpoint, ...]:
        """Return where traces are sent.

        Returns
        -------
        tuple of TelemetryEndpoint
            The endpoints.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        return endpoints_of(self._get_telemetry_endpoints(TRACING))

    @blocking
    def set_telemetry_tracing_endpoints(self, endpoints: Sequence[TelemetryEndpoint]) -> None:
        """Set where traces are sent.

        Parameters
        ----------
        endpoints : sequence of TelemetryEndpoint
            These and no others.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._set_telemetry_endpoints(TRACING, [text for endpoint in endpoints for text in endpoint._pair()])

    @blocking
    def add_telemetry_tracing_endpoint(self, endpoint: TelemetryEndpoint) -> None:
        """Add a place where traces are sent.

        Parameters
        ----------
        endpoint : TelemetryEndpoint
            The place.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._add_telemetry_endpoint(TRACING, endpoint._pair())

    @blocking
    def remove_telemetry_tracing_endpoint(self, endpoint: TelemetryEndpoint) -> None:
        """Remove a place where traces are sent.

        Parameters
        ----------
        endpoint : TelemetryEndpoint
            The place.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._remove_telemetry_endpoint(TRACING, endpoint._pair())

    @blocking
    def get_telemetry_logging(self) -> bool:
        """Return whether logs are sent.

        Returns
        -------
        bool
            True if they are.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        return self._has_telemetry(LOGGING)

    @blocking
    def set_telemetry_logging(self, enabled: bool) -> None:
        """Set whether logs are sent.

        Parameters
        ----------
        enabled : bool
            True to send them.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._switch_telemetry(LOGGING, enabled)

    @blocking
    def get_telemetry_logging_endpoints(self) -> tuple[TelemetryEndpoint, ...]:
        """Return where logs are sent.

        Returns
        -------
        tuple of TelemetryEndpoint
            The endpoints.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        return endpoints_of(self._get_telemetry_endpoints(LOGGING))

    @blocking
    def set_telemetry_logging_endpoints(self, endpoints: Sequence[TelemetryEndpoint]) -> None:
        """Set where logs are sent.

        Parameters
        ----------
        endpoints : sequence of TelemetryEndpoint
            These and no others.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._set_telemetry_endpoints(LOGGING, [text for endpoint in endpoints for text in endpoint._pair()])

    @blocking
    def add_telemetry_logging_endpoint(self, endpoint: TelemetryEndpoint) -> None:
        """Add a place where logs are sent.

        Parameters
        ----------
        endpoint : TelemetryEndpoint
            The place.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._add_telemetry_endpoint(LOGGING, endpoint._pair())

    @blocking
    def remove_telemetry_logging_endpoint(self, endpoint: TelemetryEndpoint) -> None:
        """Remove a place where logs are sent.

        Parameters
        ----------
        endpoint : TelemetryEndpoint
            The place.

        Raises
        ------
        NonSupportedFeature
            If cppTango is older than 10.3.
        DevFailed
            If the device cannot be reached.
        """
        self._remove_telemetry_endpoint(LOGGING, endpoint._pair())
