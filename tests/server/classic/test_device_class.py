"""What a device class of the older API tells, and the devices that it makes while the server runs."""

import pytest

import tango


def test_what_a_class_tells(inside):
    inside("klass = device.get_device_class()")
    assert inside("klass.get_name(), klass.get_type(), klass.get_cvs_tag(), klass.get_cvs_location()") == (
        "Inside",
        "Uninitialised",
        "",
        "",
    )
    assert inside("klass.set_type('sort'), klass.get_type()")[1] == "sort"
    assert inside("klass.set_type('Uninitialised'), klass.get_doc_url()")[1].startswith("http")
    assert inside("str(klass), [d.get_name() for d in klass.get_device_list()]") == (
        "InsideClass(Inside)",
        ["test/inside/1", "test/inside/2"],
    )


def test_the_commands_of_a_class(inside):
    inside("klass = device.get_device_class()")
    assert inside("sorted(c.get_name() for c in klass.get_command_list())") == ["C", "In", "Init", "Run", "State", "Status"]
    inside("command = klass.get_cmd_by_name('c')")
    assert inside(
        "command.get_name(), command.get_in_type().name, command.get_out_type().name, command.get_in_type_desc(), "
        "command.get_out_type_desc(), command.get_disp_level().name, command.get_polling_period(), repr(command)"
    ) == ("C", "DevVoid", "DevLong", "nothing", "five", "EXPERT", 0, "Command(C)")
    with pytest.raises(tango.DevFailed, match="API_CommandNotFound"):
        inside("klass.get_cmd_by_name('nope')")


def test_the_wizard_is_told_of_properties(inside):
    inside("dserver = util.get_dserver_device()")
    assert inside("dserver.query_class_prop('Inside')") == [
        *("shared", "of the class", "default of the class"),
        *("shared_numbers", "of the class", "1\n2"),
        *("both", "of class and device", "3"),
    ]
    assert inside("dserver.query_dev_prop('Inside')") == [
        *("number", "of the device", "5"),
        *("numbers", "of the device", ""),
        *("text", "of the device", ""),
        *("flag", "of the device", "True"),
        *("both", "of class and device", "4"),
    ]
    inside("klass = device.get_device_class(); klass.add_wiz_dev_prop('more', 'added'); klass.add_wiz_class_prop('x', 'y', 'z')")
    assert inside("dserver.query_dev_prop('Inside')[-3:]") == ["more", "added", "Not specified"]
    assert inside("dserver.query_class_prop('Inside')[-3:]") == ["x", "y", "z"]


def test_devices_cannot_be_created_without_a_database(inside):
    for call in ("klass.create_device('a/b/c')", "util.create_device('Inside', 'a/b/c')", "util.delete_device('Inside', 'a/b/c')"):
        with pytest.raises(tango.DevFailed, match="PyAPI_NoDatabase"):
            inside(f"klass = device.get_device_class(); {call}")
    with pytest.raises(tango.DevFailed, match="PyAPI_InvalidParameter"):
        inside("device.get_device_class().create_device('a/b/c', None, 5)")
    with pytest.raises(tango.DevFailed, match="PyAPI_UnknownDeviceClass"):
        inside("util.create_device('Nope', 'a/b/c')")
    with pytest.raises(tango.DevFailed, match="PyAPI_DeviceNotDefinedInServer"):
        inside("util.delete_device('Nope', 'a/b/c')")


def test_a_device_is_made_and_destroyed_while_the_server_runs(inside, inside_of):
    for _ in range(3):
        inside("klass = device.get_device_class(); klass.device_factory(['test/inside/9'])")
        other = inside_of(inside.server, "test/inside/9")
        assert other("device.get_name()") == "test/inside/9"
        inside("klass.device_destroyer('test/inside/9')")
        assert inside("[d.get_name() for d in klass.get_device_list()]") == ["test/inside/1", "test/inside/2"]
    with pytest.raises(tango.DevFailed, match="PyAPI_CantDestroyDevice"):
        inside("klass.device_destroyer('test/inside/9')")
