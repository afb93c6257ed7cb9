"""Telemetry: its value types, and that a library without it says so."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from support import TANGO_VERSION

import tango
from tango import telemetry
from tango.telemetry import TelemetryEndpoint, TelemetryExporter, endpoints_of


@pytest.fixture
def proxy(tangotest):
    """A synchronous proxy: what is tested here has its own ways of waiting."""
    return tango.DeviceProxy(tangotest.address())


def test_endpoints():
    endpoint = TelemetryEndpoint(TelemetryExporter.GRPC, "grpc://localhost:4317")
    assert repr(endpoint) == "TelemetryEndpoint(exporter=<TelemetryExporter.GRPC: 0>, endpoint='grpc://localhost:4317')"
    assert endpoint == TelemetryEndpoint("grpc", "grpc://localhost:4317") == TelemetryEndpoint(0, "grpc://localhost:4317")
    assert len({endpoint, pickle.loads(pickle.dumps(endpoint))}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        endpoint.endpoint = "x"
    for wrong in (("pigeon", "x"), (7, "x"), (None, "x"), ("grpc", 3)):
        with pytest.raises(TypeError, match="of telemetry is"):
            TelemetryEndpoint(*wrong)


def test_endpoints_as_devices_tell_them():
    pairs = ["console", "cout", "http", "http://localhost:4318"]
    endpoints = endpoints_of(pairs)
    assert [endpoint.exporter for endpoint in endpoints] == [TelemetryExporter.CONSOLE, TelemetryExporter.HTTP]
    assert [text for endpoint in endpoints for text in endpoint._pair()] == pairs
    with pytest.raises(ValueError, match="longer|shorter"):
        endpoints_of(["console"])


def test_tracers_trace_nothing_unless_a_factory_is_set():
    default = telemetry.get_telemetry_tracer_provider_factory()
    tracer = default("service", "instance").get_tracer("tracer")
    with tracer.start_as_current_span("work") as span:
        assert span.set_attribute("x", 1) is None
    assert tracer.start_span("work").end() is None
    telemetry.set_telemetry_tracer_provider_factory(print)
    try:
        assert telemetry.get_telemetry_tracer_provider_factory() is print
    finally:
        telemetry.set_telemetry_tracer_provider_factory(default)
    with pytest.raises(TypeError, match="a factory is callable"):
        telemetry.set_telemetry_tracer_provider_factory(3)


@pytest.mark.skipif(TANGO_VERSION >= (10, 3), reason="this cppTango has telemetry")
@pytest.mark.parametrize(
    "call",
    [
        lambda p: p.start_telemetry(),
        lambda p: p.stop_telemetry(),
        lambda p: p.is_telemetry_enabled(),
        lambda p: p.get_telemetry_topics(),
        lambda p: p.set_telemetry_topics(["ALL"]),
        lambda p: p.get_telemetry_tracing(),
        lambda p: p.set_telemetry_logging(True),
        lambda p: p.get_telemetry_logging_endpoints(),
        lambda p: p.set_telemetry_tracing_endpoints([TelemetryEndpoint("grpc", "x")]),
        lambda p: p.add_telemetry_logging_endpoint(TelemetryEndpoint("console", "cout")),
        lambda p: p.remove_telemetry_tracing_endpoint(TelemetryEndpoint("console", "cout")),
    ],
)
def test_a_library_without_telemetry_says_so(proxy, call):
    with pytest.raises(tango.NonSupportedFeature, match=r"Telemetry of a device needs cppTango 10.3 or newer"):
        call(proxy)
