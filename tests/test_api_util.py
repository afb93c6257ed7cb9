"""ApiUtil: what belongs to the library as a whole. Its asynchronous calls are in test_asynch.py."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support import DEADLINE, TANGO_VERSION

import tango
from tango import ApiUtil


def test_there_is_one():
    assert ApiUtil.instance() is ApiUtil.instance()
    with pytest.raises(TypeError, match=r"ApiUtil.instance\(\)"):
        ApiUtil()


def test_variables_of_the_environment(monkeypatch):
    monkeypatch.setenv("TANGO_HOST", "somewhere:10000")
    monkeypatch.setenv("CYTANGO_TEST_ODD", "\xe9")
    assert ApiUtil.get_env_var("TANGO_HOST") == ApiUtil.instance().get_env_var("TANGO_HOST") == "somewhere:10000"
    assert ApiUtil.get_env_var("CYTANGO_TEST_NO_SUCH_VARIABLE") is None
    with pytest.raises(TypeError, match="a str was expected"):
        ApiUtil.get_env_var(3)


def test_what_it_knows_of_the_process():
    api = ApiUtil.instance()
    assert api.in_server() is False
    assert api.get_user_connect_timeout() == -1
    assert api.is_notifd_event_consumer_created() is False
    assert isinstance(api.is_zmq_event_consumer_created(), bool)


def test_addresses_of_this_host():
    addresses = tango.StdStringVector(["first"])
    ApiUtil.instance().get_ip_from_if(addresses)
    assert "127.0.0.1" in addresses
    with pytest.raises(TypeError):
        ApiUtil.instance().get_ip_from_if("lo")


@pytest.mark.skipif(TANGO_VERSION >= (10, 3), reason="this cppTango can do it")
def test_what_older_libraries_cannot_do():
    api = ApiUtil.instance()
    for call in (api.query_event_system, lambda: api.enable_event_system_perf_mon(True)):
        with pytest.raises(tango.NonSupportedFeature, match=r"needs cppTango 10.3"):
            call()


CLEANUP = """
import sys, tango
proxy = tango.DeviceProxy(sys.argv[1])
proxy.ping()
for _ in range(2):
    tango.ApiUtil.cleanup()
    try:
        proxy.ping()
    except tango.DevFailed:
        pass
    else:
        raise SystemExit("the old proxy still works")
    proxy = tango.DeviceProxy(sys.argv[1])
    assert proxy.ping() > 0
"""


def test_cleaning_up(tangotest):
    done = subprocess.run([sys.executable, "-c", CLEANUP, tangotest.address()], capture_output=True, text=True, timeout=DEADLINE)
    assert (done.returncode, done.stderr) == (0, "")
