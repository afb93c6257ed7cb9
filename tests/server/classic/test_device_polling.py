"""What a device knows of its polling, of locks and of its clients."""

import os

import pytest
from support import wait_until

import tango


def test_a_device_has_itself_polled(inside):
    assert inside("(device.is_polled(), device.is_attribute_polled('A'), device.get_attribute_poll_period('A'))") == (
        False,
        False,
        0,
    )
    inside("device.poll_attribute('A', 500); device.poll_attribute('b', 0); device.poll_command('C', 400)")
    try:
        assert inside("(device.is_polled(), device.is_attribute_polled('a'), device.is_command_polled('C'))") == (
            True,
            True,
            True,
        )
        assert inside("device.get_attribute_poll_period('A'), device.get_command_poll_period('C')") == (500, 400)
        assert inside("list(device.get_polled_attr()), list(device.get_polled_cmd())") == (
            ["a", "500", "b", "0"],
            ["c", "400"],
        )
        assert inside("type(device.get_polled_attr()).__name__") == "StdStringVector"
        assert inside.proxy.get_attribute_poll_period("A") == 500
        inside("device.poll_attribute('A', 600)")
        assert inside("device.get_attribute_poll_period('A')") == 600
        inside("device.stop_poll_attribute('A'); device.stop_poll_command('C')")
        assert inside("device.is_attribute_polled('A'), device.is_command_polled('C')") == (False, False)
        assert inside("device.get_attribute_poll_period('A')") == 0
    finally:
        inside("device.stop_polling()")
    assert inside("device.is_polled(), device.is_attribute_polled('B')") == (False, False)
    assert not inside.proxy.is_attribute_polled("B")
    inside("device.poll_attribute('B', 700)")
    assert inside("device.get_attribute_poll_period('B')") == 700
    inside("device.stop_polling()")


@pytest.mark.parametrize("stop", ["device.stop_polling()", "device.stop_poll_attribute('A'); device.stop_poll_command('C')"])
def test_polling_is_stopped_while_a_poll_waits_for_the_device(inside, stop):
    """The thread that polls has been waiting for longer than its period when a command of the device stops the polling."""
    inside("device.poll_attribute('A', 30); device.poll_command('C', 30)")
    seconds = inside(f"import time; threading.Event().wait(0.2); start = time.monotonic(); {stop}; time.monotonic() - start")
    assert seconds < 3, "the poll had to give up first"
    assert inside("device.is_polled()") is False
    inside("device.poll_attribute('A', 30)")
    inside("threading.Event().wait(0.1); device.poll_attribute('B', 30); device.stop_polling()")
    assert inside("device.is_polled()") is False


def test_polling_of_what_does_not_exist(inside):
    for call, reason in (
        ("poll_attribute('nope', 500)", "API_AttrNotFound"),
        ("poll_command('nope', 500)", "API_CommandNotFound"),
        ("get_attribute_poll_period('nope')", "API_AttrNotFound"),
        ("get_command_poll_period('nope')", "API_CommandNotFound"),
        ("stop_poll_attribute('A')", "API_"),
        ("poll_attribute('A', 1)", "API_"),
    ):
        with pytest.raises(tango.DevFailed) as error:
            inside(f"device.{call}")
        assert error.value.args[0].reason.startswith(reason), call
    assert inside("device.is_attribute_polled('nope'), device.is_command_polled('nope')") == (False, False)


def test_the_polling_of_a_device_in_numbers(inside):
    assert inside("device.get_poll_ring_depth(), device.get_min_poll_period()") == (0, 0)
    assert inside("device.get_attr_poll_ring_depth('A'), device.get_cmd_poll_ring_depth('C')") == (10, 10)
    assert inside("device.get_poll_old_factor()") == 4
    assert inside(
        "[list(getattr(device, 'get_' + n)()) for n in "
        "('non_auto_polled_attr', 'non_auto_polled_cmd', 'attr_min_poll_period', 'cmd_min_poll_period')]"
    ) == [[], [], [], []]


def history_length(proxy):
    try:
        return len(proxy.attribute_history("A", 10))
    except tango.DevFailed:
        return 0


def test_polling_goes_on_while_the_device_changes_it_from_a_thread(inside):
    inside("""
        def change():
            for period in (300, 200, 100):
                device.poll_attribute('A', period)
            done.set()
        done = threading.Event()
        thread = threading.Thread(target=change)
        thread.start()
    """)
    try:
        wait_until(lambda: inside("done.is_set()"))
        wait_until(lambda: history_length(inside.proxy) >= 3)
        assert inside("thread.join(), device.get_attribute_poll_period('A')")[1] == 100
    finally:
        inside("device.stop_polling(with_db_upd=False)")


def test_a_device_knows_whose_request_it_serves(inside):
    client = inside("client = device.get_client_ident(); (client.client_ident, client.client_pid, int(client.client_lang))")
    assert client[:2] == (True, os.getpid()) and tango.LockerLanguage(client[2]) in (
        tango.LockerLanguage.CPP,
        tango.LockerLanguage.CPP_6,
    )
    assert inside("device.get_client_ident().client_ip").startswith("giop:tcp:127.0.0.1:")
    assert inside("str(device.get_client_ident())").startswith(f"CPP or Python client with PID {os.getpid()}")
    inside("""
        found = []
        thread = threading.Thread(target=lambda: found.append(device.get_client_ident()))
        thread.start()
        thread.join()
    """)
    assert inside("found") == [None]


def test_a_device_knows_that_it_is_locked(inside):
    dserver = tango.DeviceProxy(inside.server.address("dserver/inside/test"))
    assert inside("device.is_device_locked()") is False
    dserver.command_inout("LockDevice", ([10], ["test/inside/1"]))
    try:
        assert inside("device.is_device_locked()") is True
        assert inside("util.get_dserver_device().dev_lock_status('test/inside/1')[0]")[:2] == [1, os.getpid()]
    finally:
        dserver.command_inout("UnLockDevice", ([0], ["test/inside/1"]))
    assert inside("device.is_device_locked()") is False
