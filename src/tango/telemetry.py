"""Telemetry: where devices send traces and logs."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tango.enums import TangoEnum

__all__ = [
    "TelemetryEndpoint",
    "TelemetryExporter",
    "TelemetryTopic",
    "TelemetryType",
    "get_telemetry_tracer_provider_factory",
    "set_telemetry_tracer_provider_factory",
]


class TelemetryExporter(TangoEnum):
    """How telemetry is sent."""

    GRPC = 0
    HTTP = 1
    CONSOLE = 2


class TelemetryType(TangoEnum):
    """What is sent."""

    TRACING = 0
    LOGGING = 1
    NONE = 2


class TelemetryTopic(TangoEnum):
    """What it is about; cppTango 10.3 knows ALL only."""

    DATABASE = 0
    EVENTS = 1
    POLLING = 2
    USER = 3
    ALL = 4


@dataclass(frozen=True)
class TelemetryEndpoint:
    """Where telemetry is sent, and how.

    Parameters
    ----------
    exporter : TelemetryExporter
        How; also as a name or number.
    endpoint : str
        Where: a URL, or for the console ``"cout"`` or ``"cerr"``.

    Raises
    ------
    TypeError
        If the exporter is none of these or the endpoint is no str.
    """

    exporter: TelemetryExporter
    endpoint: str

    def __post_init__(self) -> None:
        exporter: Any = self.exporter
        try:
            known = TelemetryExporter[exporter.upper()] if isinstance(exporter, str) else TelemetryExporter(exporter)
        except (KeyError, ValueError):
            names = ", ".join(member.name for member in TelemetryExporter)
            raise TypeError(f"an exporter of telemetry is one of {names}, not {exporter!r:.60}") from None
        if not isinstance(self.endpoint, str):
            raise TypeError(f"an endpoint of telemetry is a str, not {type(self.endpoint).__name__} {self.endpoint!r:.60}")
        object.__setattr__(self, "exporter", known)

    def _pair(self) -> list[str]:
        """Return it as devices take it."""
        return [self.exporter.name.lower(), self.endpoint]


def endpoints_of(pairs: list[str]) -> tuple[TelemetryEndpoint, ...]:
    """Return endpoints from what a device tells.

    Parameters
    ----------
    pairs
        Exporter and endpoint in turn.

    Returns
    -------
    tuple of TelemetryEndpoint
        The endpoints.
    """
    return tuple(TelemetryEndpoint(exporter, place) for exporter, place in zip(pairs[::2], pairs[1::2], strict=True))  # type: ignore[arg-type]


# --- tracers of Python code -----------------------------------------------------------------------------------------------


class _NoSpan:
    """Stands where a trace would be."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args, **kwargs: None


class _NoTracer:
    """Traces nothing."""

    @contextlib.contextmanager
    def start_as_current_span(self, *args: Any, **kwargs: Any) -> Iterator[_NoSpan]:
        """Trace nothing while the block runs."""
        yield _NoSpan()

    def start_span(self, *args: Any, **kwargs: Any) -> _NoSpan:
        """Trace nothing."""
        return _NoSpan()


class _NoTracerProvider:
    """Makes tracers that trace nothing."""

    def get_tracer(self, *args: Any, **kwargs: Any) -> _NoTracer:
        """Return a tracer that traces nothing."""
        return _NoTracer()


def _no_tracer_provider(
    service_name: str,
    service_instance_id: str | None = None,
    extra_resource_attributes: dict[str, str] | None = None,
    endpoints: tuple[TelemetryEndpoint, ...] | None = None,
) -> Any:
    return _NoTracerProvider()


_factory: Callable[..., Any] = _no_tracer_provider


def get_telemetry_tracer_provider_factory() -> Callable[..., Any]:
    """Return what makes tracer providers.

    Returns
    -------
    callable
        Its arguments are `service_name`, `service_instance_id`, `extra_resource_attributes` and `endpoints`. Unless another
        one has been set its tracers trace nothing.
    """
    return _factory


def set_telemetry_tracer_provider_factory(provider_factory: Callable[..., Any]) -> None:
    """Set what makes tracer providers.

    Parameters
    ----------
    provider_factory : callable
        Has the arguments `service_name`, `service_instance_id`, `extra_resource_attributes` and `endpoints`, and returns an
        `opentelemetry.trace.TracerProvider`.

    Raises
    ------
    TypeError
        If it cannot be called.
    """
    global _factory
    if not callable(provider_factory):
        raise TypeError(f"a factory is callable, not {type(provider_factory).__name__} {provider_factory!r:.60}")
    _factory = provider_factory
