"""The administration device, as its server sees it."""

import pytest
from support import wait_until

import tango


@pytest.fixture(autouse=True)
def dserver(inside):
    inside("ds = util.get_dserver_device()")


def test_names(inside):
    assert inside("type(ds).__name__, str(ds), util.get_dserver_device() is ds") == ("DServer", "DServer(dserver/inside/test)", True)
    assert inside("util.get_device_by_name('dserver/inside/test') is ds, ds in util.get_device_list('*')") == (True, True)
    assert inside("ds.get_process_name(), ds.get_personal_name(), ds.get_instance_name(), ds.get_full_name()") == (
        "inside",
        "test",
        "test",
        "inside/test",
    )
    assert inside("ds.get_fqdn()").endswith("dserver/inside/test")
    assert inside("isinstance(ds, tango.Device_6Impl), ds.get_state().name") == (True, "ON")
    with pytest.raises(TypeError, match=r"Util\.get_dserver_device"):
        tango.DServer()


def test_lists(inside):
    assert inside("ds.query_class(), ds.query_device(), ds.query_sub_device()") == (
        ["Inside"],
        ["Inside::test/inside/1", "Inside::test/inside/2"],
        [],
    )
    with pytest.raises(tango.DevFailed, match="API_ClassNotFound"):
        inside("ds.query_dev_prop('Nope')")


def test_polling_threads(inside):
    assert inside("ds.get_poll_th_pool_size(), ds.get_opt_pool_usage(), list(ds.get_poll_th_conf())") == (1, True, [])


def test_polling(inside):
    inside("ds.add_obj_polling(([500], ['test/inside/1', 'attribute', 'A']))")
    try:
        assert inside("ds.polled_device()") == ["test/inside/1"]
        assert "Polled attribute name = A" in inside("ds.dev_poll_status('test/inside/1')[0]")
        inside("ds.upd_obj_polling_period(([600], ['test/inside/1', 'attribute', 'A']), with_db_upd=False)")
        assert "period (mS) = 600" in inside("ds.dev_poll_status('test/inside/1')[0]")
        inside("ds.stop_polling(); ds.start_polling()")
    finally:
        inside("ds.rem_obj_polling(['test/inside/1', 'attribute', 'A'])")
    assert inside("ds.polled_device()") == []
    with pytest.raises(tango.DevFailed, match="API_DeviceNotPolled"):
        inside("ds.rem_obj_polling(['test/inside/1', 'attribute', 'A'])")
    with pytest.raises(tango.DevFailed, match="two sequences"):
        inside("ds.add_obj_polling(5)")


def test_locks_belong_to_the_client_that_is_served(inside):
    assert inside("ds.dev_lock_status('test/inside/2')[0][0]") == 0
    inside("ds.lock_device(([10], ['test/inside/2']))")
    assert inside("ds.dev_lock_status('test/inside/2')[0][0]") == 1
    inside("ds.re_lock_devices(['test/inside/2'])")
    assert inside("ds.un_lock_device(([0], ['test/inside/2']))") == 0
    inside("""
        def lock():
            try:
                ds.lock_device(([10], ['test/inside/2']))
            except tango.DevFailed as error:
                found.append(error.args[0].desc)
        found = []
        thread = threading.Thread(target=lock)
        thread.start()
        thread.join()
    """)
    assert "only within a request of a client" in inside("found[0]")


def test_logging_and_heartbeat(inside):
    assert inside("ds.start_logging(), ds.stop_logging(), ds.start_logging()") == (None, None, None)
    assert inside("ds.add_event_heartbeat(), ds.rem_event_heartbeat(), ds.add_event_heartbeat()") == (None, None, None)


def test_a_device_has_another_one_restarted(inside, inside_of):
    other = inside_of(inside.server, "test/inside/2")
    other("device.mark = 1")
    inside("ds.restart('test/inside/2')")
    assert other("hasattr(device, 'mark')") is False
    with pytest.raises(tango.DevFailed):
        inside("ds.restart('test/inside/none')")


def test_a_device_has_the_server_restarted(inside):
    def restarted() -> bool:
        """A new device answers."""
        try:
            return inside("hasattr(device, 'mark')") is False
        except tango.DevFailed:
            return False

    inside("device.mark = 1; ds.restart_server()")
    wait_until(restarted)
