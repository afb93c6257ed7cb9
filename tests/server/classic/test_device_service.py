"""What a server does for a device: properties, versions, configuration, signals."""

import os
import signal

import pytest
from support import start_python_server

import tango

FILE = '''
inside/test/DEVICE/Inside: "test/inside/1"
CLASS/Inside->shared: "of the file"
CLASS/Inside->both: "33"
test/inside/1->number: "7"
test/inside/1->numbers: "1.5",\\
                        "2.5"
test/inside/1->flag: "false"
'''


@pytest.fixture(scope="module")
def with_file(tmp_path_factory):
    """A server that takes properties from a file."""
    path = tmp_path_factory.mktemp("properties") / "devices.txt"
    path.write_text(FILE)
    with start_python_server("inside.py", "test/inside/1", database=str(path)) as started:
        yield started


def test_properties_without_a_database_are_the_defaults(inside):
    assert inside("device.number, device.numbers, device.text, device.flag, device.shared, device.shared_numbers, device.both") == (
        5,
        [],
        "",
        True,
        "default of the class",
        [1, 2],
        3,
    )


def test_properties_come_from_the_file(with_file, inside_of):
    inside = inside_of(with_file)
    assert inside("device.number, device.numbers, device.text, device.flag, device.shared, device.shared_numbers, device.both") == (
        7,
        [1.5, 2.5],
        "",
        False,
        "of the file",
        [1, 2],
        33,
    )
    assert inside("klass = device.get_device_class(); (klass.shared, klass.both)") == ("of the file", 33)
    assert inside("device.device_property_list['number'][1:], type(device).__name__") == (["of the device", 7], "Inside")
    assert inside("klass.device_property_list['number'][2]") == [5]
    assert inside("device.get_device_properties(), device.number")[1] == 7


def test_the_database_of_the_server(with_file, inside, inside_of):
    assert inside("util.get_database()") is None
    filed = inside_of(with_file)
    assert filed("list(util.get_database().get_device_property('test/inside/1', 'number')['number'])") == ["7"]
    assert filed("util.get_database() is util.get_database()") is True
    assert filed("tango.Util.set_use_db(False); found = util.get_database(); tango.Util.set_use_db(True); found is not None")


def test_what_a_device_says_of_itself(inside):
    assert inside("device.get_exported_flag(), device.get_prev_state() in list(tango.DevState)") == (True, True)
    assert inside("device.get_dev_idl_version()") in (5, 6)
    inside("device.set_status('one'); device.append_status('two'); device.append_status('three', True)")
    assert inside("device.get_status()") == "onetwo\nthree"


def test_a_command_is_checked(inside):
    assert inside("device.check_command_exists('c')") is None
    with pytest.raises(tango.DevFailed, match="API_CommandNotFound"):
        inside("device.check_command_exists('nope')")


def test_versions(inside):
    versions = inside("device.get_version_info()")
    assert versions["PyTango"] == tango.__version__ and versions["cppTango"] == tango.constants.TgLibVers
    inside("device.add_version_info('firmware', '1.2')")
    assert inside("device.get_version_info()['firmware']") == "1.2"
    assert "firmware" not in inside("util.get_device_by_name('test/inside/2').get_version_info()")


def test_configuration_in_the_form_of_each_version(inside):
    for version in ("", "_2", "_3"):
        inside(f"config = device.get_attribute_config{version}(['A', 'b'])")
        assert inside("[type(c).__name__ for c in config], config[1].name") == ([f"AttributeConfig{version}"] * 2, "B")
        assert inside("config[0].data_type == tango.DevDouble, config[0].writable == tango.READ") == (True, True)
        with pytest.raises(tango.DevFailed, match="API_AttrNotFound"):
            inside(f"device.get_attribute_config{version}('nope')")
    assert inside("config[1].att_alarm.min_alarm, config[1].event_prop.ch_event.rel_change") == ("-5", "Not specified")


def test_configuration_is_changed_in_the_form_of_versions_1_and_3(inside):
    inside("""
        config = device.get_attribute_config('A')
        config[0].unit = 'mV'
        device.set_attribute_config(config)
    """)
    assert inside.proxy.get_attribute_config("A").unit == "mV"
    inside("""
        config = device.get_attribute_config_3('A')
        config[0].att_alarm.max_alarm = '9'
        config[0].unit = 'V'
        device.set_attribute_config_3(config)
    """)
    assert inside.proxy.get_attribute_config("A").alarms.max_alarm == "9"
    assert inside.proxy.get_attribute_config("A").unit == "V"
    with pytest.raises(tango.DevFailed, match="TypeError"):
        inside("device.set_attribute_config([5])")
    with pytest.raises(tango.DevFailed):
        inside("config[0].att_alarm.max_alarm = 'abc'; device.set_attribute_config_3(config)")


@pytest.mark.skipif(os.name == "nt", reason="no signals")
@pytest.mark.parametrize("own_handler", [False, True])
@pytest.mark.parametrize("number", [signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGCHLD], ids=lambda n: n.name)
def test_a_registered_signal_reaches_device_and_class(inside, number, own_handler):
    prepare = "device.arrived.clear(); device.signals.clear(); device.get_device_class().%s(number%s)"
    pid = inside("import os; os.getpid()")
    inside(prepare % ("register_signal", ", own_handler"), number=int(number), own_handler=own_handler)
    inside("device.register_signal(number, own_handler)", number=int(number), own_handler=own_handler)
    for _ in range(5):
        inside("device.arrived.clear(); device.signals.clear()")
        os.kill(pid, number)
        assert inside("import time; device.arrived.wait(10); deadline = time.monotonic() + 10\n"
                      "while len(device.signals) < 2 and time.monotonic() < deadline: time.sleep(.001)\n"
                      "device.signals") == [-number, number]
    inside(prepare % ("unregister_signal", ""), number=int(number))
    inside("device.unregister_signal(number)", number=int(number))


def test_signals_that_cannot_be_registered(inside):
    for owner in ("device", "device.get_device_class()"):
        with pytest.raises(tango.DevFailed, match="API_SignalOutOfRange"):
            inside(f"{owner}.register_signal(1000)")
        with pytest.raises(tango.DevFailed, match="API_SignalOutOfRange"):
            inside(f"{owner}.unregister_signal(1000)")
        with pytest.raises(tango.DevFailed, match="API_CantInstallSignal"):
            inside(f"{owner}.register_signal(9)")
        with pytest.raises(tango.DevFailed, match="API_SignalOutOfRange"):
            inside(f"{owner}.register_signal(15, True)")


def test_alarms_are_looked_for_by_name_and_number(inside):
    inside("device.value = -10.0; attrs = device.get_device_attr(); number = attrs.get_attr_ind_by_name('B')")
    try:
        calls = "attrs.check_alarm", "attrs.check_alarm('b')", "attrs.check_alarm(attr_name='B')", "attrs.check_alarm(ind=number)"
        inside.proxy.read_attribute("B")
        assert [inside(call if call.endswith(")") else f"{call}()") for call in calls] == [True] * 4
        for call, error in (("attrs.check_alarm('nope')", "API_AttrNotFound"),
                            ("attrs.check_alarm(999)", "PyDs_PythonError"), ("attrs.check_alarm(1, 'B')", "PyDs_PythonError")):
            with pytest.raises(tango.DevFailed) as caught:
                inside(call)
            assert caught.value.args[0].reason.startswith(error)
    finally:
        inside("device.value = 1.0")
