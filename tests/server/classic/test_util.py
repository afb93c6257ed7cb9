"""The server of the older API."""

import subprocess
import sys

import pytest
from support import wait_until

import tango


def test_there_is_no_server_here():
    for arguments in ((), (False,), (True,)):
        with pytest.raises(tango.DevFailed, match="API_UtilSingletonNotCreated"):
            tango.Util.instance(*arguments)


def test_what_later_versions_bring(inside):
    if inside("device.get_dev_idl_version()") >= 6:
        assert inside("util.set_auto_alarm_on_change_event(False), util.is_auto_alarm_on_change_event()")[1] is False
        return
    assert inside("util.is_auto_alarm_on_change_event()") is False
    with pytest.raises(tango.DevFailed, match="alarm events.*needs cppTango 10.0"):
        inside("util.set_auto_alarm_on_change_event(True)")
    with pytest.raises(tango.DevFailed, match="needs cppTango 10.3"):
        inside("tango.Util.cleanup()")


def test_classes_are_checked(inside):
    for call, text in (
        ("add_class(int, int)", "derived from tango.DeviceClass"),
        ("add_TgClass(tango.DeviceClass, int)", "derived from tango.DeviceImpl"),
        ("add_class('a', 'b', language='java')", "python or c"),
        ("add_Cpp_TgClass(5, 'b')", "are text"),
    ):
        with pytest.raises(tango.DevFailed, match=text):
            inside(f"util.{call}")


def test_sub_devices(inside):
    inside("diag = util.get_sub_dev_diag(); diag.remove_sub_devices()")
    assert inside("diag.get_associated_device(), diag.get_sub_devices()") == ("test/inside/1", [])
    inside("for a, b in (('A/b/c', 'd/e/f'), ('a/b/c', 'd/e/g'), ('x/y/z', 'd/e/f')): diag.register_sub_device(a, b)")
    assert inside("diag.get_sub_devices()") == ["a/b/c d/e/f", "a/b/c d/e/g", "x/y/z d/e/f"]
    assert inside("diag.store_sub_devices(), diag.get_sub_devices_from_cache()") == (None, None)
    inside("diag.remove_sub_devices('a/b/c')")
    assert inside("diag.get_sub_devices()") == ["x/y/z d/e/f"]
    assert inside("diag.set_associated_device('x/y/z'), diag.get_associated_device()")[1] == "x/y/z"
    inside("diag.set_associated_device('test/inside/1'); diag.remove_sub_devices()")
    assert inside.proxy.adm_name() and inside("diag.get_sub_devices()") == []
    with pytest.raises(TypeError, match="get_sub_dev_diag"):
        tango.SubDevDiag()


def test_interceptors_hear_of_threads(inside):
    inside("""
        class Heard(tango.Interceptors):
            def create_thread(self): heard.append(threading.get_native_id())
        heard = []
        util.set_interceptors(Heard())
    """)

    def another_connection():
        """Another process has a connection of its own, and the server a thread for it, unless one is idle."""
        code = f"import tango; tango.DeviceProxy({inside.server.address()!r}).ping()"
        subprocess.run([sys.executable, "-c", code], check=True)
        return inside("len(heard) >= 1")

    wait_until(another_connection)
    inside("util.set_interceptors(tango.Interceptors())")
    with pytest.raises(tango.DevFailed, match=r"tango\.Interceptors were expected"):
        inside("util.set_interceptors(5)")
