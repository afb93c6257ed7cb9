"""The telemetry of a device, which its server is asked for."""
from cython.operator cimport dereference as deref
from libcpp cimport bool as cbool
from libcpp.memory cimport shared_ptr
from libcpp.string cimport string
from libcpp.vector cimport vector

from tango._core.errors cimport translate
from tango._core.lib.client cimport CDeviceProxy
from tango._core.proxy cimport DeviceProxyCore
from tango._core.structs cimport to_cpp_strings, to_py_strings

cdef extern from "compat_client.hpp" namespace "tangopy" nogil:
    cppclass Signals:
        pass

    void start_telemetry(CDeviceProxy &) except +translate
    void stop_telemetry(CDeviceProxy &) except +translate
    cbool is_telemetry_enabled(CDeviceProxy &) except +translate
    void set_telemetry_topics(CDeviceProxy &, const vector[string] &) except +translate
    vector[string] get_telemetry_topics(CDeviceProxy &) except +translate
    void switch_telemetry(CDeviceProxy &, Signals, cbool) except +translate
    cbool has_telemetry(CDeviceProxy &, Signals) except +translate
    void set_telemetry_endpoints(CDeviceProxy &, Signals, const vector[string] &) except +translate
    vector[string] get_telemetry_endpoints(CDeviceProxy &, Signals) except +translate
    void add_telemetry_endpoint(CDeviceProxy &, Signals, const vector[string] &) except +translate
    void remove_telemetry_endpoint(CDeviceProxy &, Signals, const vector[string] &) except +translate


cdef class DeviceTelemetryCore(DeviceProxyCore):
    """Which signals are traced and logged, where they go, and about what; `kind` is a TelemetryType."""

    def _start_telemetry(self) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        with nogil:
            start_telemetry(deref(ptr))

    def _stop_telemetry(self) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        with nogil:
            stop_telemetry(deref(ptr))

    def _is_telemetry_enabled(self) -> bool:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef cbool result
        with nogil:
            result = is_telemetry_enabled(deref(ptr))
        return result

    def _set_telemetry_topics(self, topics: Iterable[str]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] texts
        to_cpp_strings(topics, texts, "topics")
        with nogil:
            set_telemetry_topics(deref(ptr), texts)

    def _get_telemetry_topics(self) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] texts
        with nogil:
            texts = get_telemetry_topics(deref(ptr))
        return to_py_strings(texts)

    def _switch_telemetry(self, int kind, cbool on) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        with nogil:
            switch_telemetry(deref(ptr), <Signals>kind, on)

    def _has_telemetry(self, int kind) -> bool:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef cbool result
        with nogil:
            result = has_telemetry(deref(ptr), <Signals>kind)
        return result

    def _set_telemetry_endpoints(self, int kind, pairs: Iterable[str]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] texts
        to_cpp_strings(pairs, texts, "exporters and endpoints")
        with nogil:
            set_telemetry_endpoints(deref(ptr), <Signals>kind, texts)

    def _get_telemetry_endpoints(self, int kind) -> StdStringVector:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] texts
        with nogil:
            texts = get_telemetry_endpoints(deref(ptr), <Signals>kind)
        return to_py_strings(texts)

    def _add_telemetry_endpoint(self, int kind, pair: Iterable[str]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] texts
        to_cpp_strings(pair, texts, "an exporter and an endpoint")
        with nogil:
            add_telemetry_endpoint(deref(ptr), <Signals>kind, texts)

    def _remove_telemetry_endpoint(self, int kind, pair: Iterable[str]) -> None:
        cdef shared_ptr[CDeviceProxy] ptr = self.proxy()
        cdef vector[string] texts
        to_cpp_strings(pair, texts, "an exporter and an endpoint")
        with nogil:
            remove_telemetry_endpoint(deref(ptr), <Signals>kind, texts)
