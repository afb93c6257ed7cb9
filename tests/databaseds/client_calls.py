"""What the clients in the tests of the database server do, each call in a process that knows its database only."""

import threading

import pytest

import tango


def calls_since_reset(device="sys/database/2"):
    proxy = tango.DeviceProxy(device)
    return {name: int(calls) for name, calls in zip(proxy.Timing_index, proxy.Timing_calls, strict=True) if calls}


def failure(function, *args):
    """Return reason and description of the first error of a call."""
    try:
        function(*args)
    except tango.DevFailed as error:
        return error.args[0].reason, error.args[0].desc
    raise AssertionError("this should have failed")


def look_around():
    database = tango.Database()
    device = tango.DeviceProxy("sys/database/2")
    return {
        "info": database.get_info().splitlines()[0],
        "exported": list(database.get_device_exported("*")),
        "state": device.state().name,
        "class": device.info().dev_class,
        "release": device.StoredProcedureRelease,
        "servers": list(device.DbGetCSDbServerList()),
        "address": (database.get_db_host(), database.get_db_port()),
    }


def put_something():
    tango.Database().put_device_property("test/foo/1", {"p": ["x", "y"]})


def get_something():
    return list(tango.Database().get_device_property("test/foo/1", "p")["p"])


def get_something_soon():
    """The library waits a second between two attempts to connect, so ask until it tries again."""
    attempts = threading.Event()
    for _ in range(100):
        try:
            return get_something()
        except tango.DevFailed:
            attempts.wait(0.1)
    return None


def restart():
    put_something()
    administrator = tango.DeviceProxy("dserver/DataBaseds/2")
    administrator.RestartServer()
    for _ in range(300):  # the command answers before the server has restarted
        try:
            proxy = tango.DeviceProxy("sys/database/2")
            proxy.Init()
            return get_something(), proxy.state().name
        except tango.DevFailed:
            threading.Event().wait(0.1)
    return None


def use_all_kinds_of_properties():
    database = tango.Database()
    found = []
    database.put_device_property("test/foo/1", {"a": ["1", "2"], "b": ["x"]})
    found.append(
        {name: list(values) for name, values in database.get_device_property("test/foo/1", ["a", "b", "c"]).items()}
    )
    found.append(list(database.get_device_property_list("test/foo/1", "*")))
    database.delete_device_property("test/foo/1", "a")
    history = database.get_device_property_history("test/foo/1", "a")
    found.append([(entry.get_name(), list(entry.get_value()), entry.is_deleted()) for entry in history])
    database.put_class_property("Foo", {"cp": ["v"]})
    found.append(list(database.get_class_property("Foo", "cp")["cp"]))
    database.put_device_attribute_property("test/foo/1", {"att": {"label": ["L"], "rel_change": ["1", "2"]}})
    attributes = database.get_device_attribute_property("test/foo/1", "att")
    found.append({name: list(values) for name, values in attributes["att"].items()})
    database.put_class_attribute_property("Foo", {"att": {"unit": ["m"]}})
    found.append(list(database.get_class_attribute_property("Foo", "att")["att"]["unit"]))
    database.put_property("Object", {"p": ["q"]})
    found.append(list(database.get_property("Object", "p")["p"]))
    return found


def use_devices_and_servers():
    database = tango.Database()
    info = tango.DbDevInfo()
    info.name, info._class, info.server = "test/foo/1", "Foo", "Foo/1"
    database.add_device(info)
    database.put_device_alias("test/foo/1", "foo-one")
    database.put_attribute_alias("test/foo/1/att", "the-att")
    database.register_service("AccessControl", "tango", "sys/access_control/1")
    return [
        list(database.get_device_name("Foo/1", "Foo")),
        list(database.get_device_class_list("Foo/1")),
        database.get_device_from_alias("foo-one"),
        database.get_alias_from_device("test/foo/1"),
        database.get_attribute_from_alias("the-att"),
        database.get_alias_from_attribute("test/foo/1/att"),
        list(database.get_services("AccessControl", "tango")),
        list(database.get_server_list("Foo/*")),
        list(database.get_instance_name_list("Foo")),
        list(database.get_device_domain("test/*")),
        bool(database.get_device_info("test/foo/1").exported),
        database.get_class_for_device("test/foo/1"),
    ]


def provoke_errors():
    database = tango.Database()
    device = tango.DeviceProxy("sys/database/2")
    return [
        failure(tango.DeviceProxy, "foo/bar/1"),
        failure(tango.DeviceProxy, "no-such-alias"),
        failure(database.get_alias_from_device, "sys/tg_test/1"),
        failure(device.DbPutDeviceProperty, ["test/foo/1", "1", "p", "2", "x"]),
        failure(device.DbExportDevice, ["test/foo/1"]),
    ]


def answer_during_a_long_query():
    """Read while a query counts to a very high number."""
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT max(i) FROM n"
    device = tango.DeviceProxy("sys/database/2")
    device.set_timeout_millis(500)
    with pytest.raises(tango.DevFailed) as caught:  # the client gives up, the server goes on counting
        device.DbMySqlSelect(slow)
    return [error.reason for error in caught.value.args], tango.DeviceProxy("sys/database/2").DbMySqlSelect("SELECT 1")[
        1
    ]


def prepare_tango_test():
    database = tango.Database()
    database.put_device_property("sys/tg_test/1", {"Sleep_period": ["500"], "UShort_image_ro_max_dim_x": ["300"]})
    database.put_device_property("sys/tg_test/1", {"polled_attr": ["ampli", "1000"]})
    database.put_device_attribute_property(
        "sys/tg_test/1", {"ampli": {"label": ["Mine"]}, "double_scalar": {"rel_change": ["1", "2"]}}
    )
    database.put_class_attribute_property("TangoTest", {"ampli": {"unit": ["V"]}})
    tango.DeviceProxy("sys/database/2").ResetTimingValues()


def look_at_tango_test():
    device = tango.DeviceProxy("sys/tg_test/1")
    ampli = device.get_attribute_config("ampli")
    device.ampli = 3.5
    return {
        "state": device.state().name,
        "label and unit": (ampli.label, ampli.unit),
        "rel_change": device.get_attribute_config("double_scalar").events.ch_event.rel_change,
        "poll period": device.get_attribute_poll_period("ampli"),
        "echo": device.DevDouble(2.5),
        "info": tango.Database().get_device_info("sys/tg_test/1").ds_full_name,
    }


def is_exported(device):
    return bool(tango.Database().import_device(device).exported)


def register_valves():
    database = tango.Database()
    for name in ("test/valve/1", "test/valve/2"):
        info = tango.DbDevInfo()
        info.name, info._class, info.server = name, "Valve", "Valve/1"
        database.add_device(info)
        database.put_device_property(name, {"names": [name, "x"]})
    database.put_device_property("test/valve/2", {"limit": ["2.5"]})
    database.put_class_property("Valve", {"vendor": ["somebody"]})


def look_at_valves():
    first, second = (tango.DeviceProxy(f"test/valve/{number}") for number in (1, 2))
    second.position = 7.25
    first.poll_attribute("position", 700)
    return list(first.properties()), list(second.properties()), first.position


def look_at_valves_again():
    first, second = (tango.DeviceProxy(f"test/valve/{number}") for number in (1, 2))
    return second.position, first.get_attribute_poll_period("position")


def register_starter():
    info = tango.DbDevInfo()
    info.name, info._class, info.server = "tango/admin/thishost", "Starter", "Starter/thishost"
    tango.Database().add_device(info)


def tell_starter():
    """Wait for the event by which the Starter shows that it was told."""
    told = threading.Event()
    starter = tango.DeviceProxy("tango/admin/thishost")
    starter.subscribe_event(
        "Updates", tango.EventType.CHANGE_EVENT, lambda event: event.attr_value.value > 0 and told.set()
    )
    database = tango.DeviceProxy("sys/database/2")
    # An event may be sent before the Starter's server knows its first subscriber.
    for _ in range(30):
        database.DbPutServerInfo(["Foo/1", "thishost", "1", "2"])
        if told.wait(1):
            return True
    return False


def look_for_nothing():
    """Ask for what no name matches."""
    database = tango.Database()
    group = tango.Group("nothing")
    group.add("no/such/*")
    lists = [
        database.get_device_exported("no/*"),
        database.get_device_domain("no*"),
        database.get_device_name("No/1", "No"),
        database.get_server_list("no*"),
        database.get_class_list("no*"),
        database.get_device_alias_list("no*"),
        database.get_device_property_list("no/such/1", "*"),
        group.read_attribute("x"),
        group.command_inout("x"),
    ]
    return group.get_size(), [list(names) for names in lists]


def use_an_undefined_device():
    """Say how it fails, each way."""
    group = tango.Group("undefined")
    group.add("no/such/1")
    (reply,) = group.read_attribute("x")
    return [
        failure(tango.DeviceProxy, "no/such/1"),
        failure(tango.AttributeProxy, "no/such/1/x"),
        failure(tango.Database().import_device, "no/such/1"),
        (reply.get_err_stack()[0].reason, reply.get_err_stack()[0].desc),
    ]


def use_a_device_that_does_not_run():
    """Say how it fails, each way; the proxies can be made."""
    tango.Database().add_device(tango.DbDevInfo(name="test/idle/1", _class="Idle", server="Idle/1"))
    device, attribute = tango.DeviceProxy("test/idle/1"), tango.AttributeProxy("test/idle/1/x")
    first = failure(device.state)
    return first[0], failure(attribute.read)[1].splitlines()[0], str(device), str(attribute)
