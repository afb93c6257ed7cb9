"""What the clients in the tests of pipes with a database do, each call in a process that knows its database only."""

import tango


def register_reporter():
    info = tango.DbDevInfo()
    info.name, info._class, info.server = "test/reporter/1", "Reporter", "Reporter/1"
    tango.Database().add_device(info)


def change_the_label():
    device = tango.DeviceProxy("test/reporter/1")
    info = device.get_pipe_config("report")
    info.label = "From the client"
    device.set_pipe_config(info)


def look_at_the_pipe():
    device = tango.DeviceProxy("test/reporter/1")
    info = device.get_pipe_config("report")
    return info.label, info.description, device.read_pipe("report")[0]


def use_all_kinds_of_pipe_properties():
    database = tango.Database()
    found = []
    database.put_device_pipe_property("test/reporter/1", {"other": {"label": ["L"], "x": ["1", "2"]}})
    properties = database.get_device_pipe_property("test/reporter/1", ["other", "none"])
    found.append({pipe: {name: list(values) for name, values in both.items()} for pipe, both in properties.items()})
    names = []
    database.get_device_pipe_list("test/reporter/1", names)
    found.append(sorted(names))
    database.delete_device_pipe_property("test/reporter/1", {"other": ["x"]})
    found.append(list(database.get_device_pipe_property("test/reporter/1", "other")["other"]))
    history = database.get_device_pipe_property_history("test/reporter/1", "other", "x")
    found.append([(entry.get_name(), list(entry.get_value()), entry.is_deleted()) for entry in history])
    database.put_class_pipe_property("Reporter", {"report": {"description": "of the class"}})
    found.append(list(database.get_class_pipe_property("Reporter", "report")["report"]["description"]))
    found.append(list(database.get_class_pipe_list("Reporter", "*").value_string))
    history = database.get_class_pipe_property_history("Reporter", "report", "description")
    found.append([list(entry.get_value()) for entry in history])
    database.delete_class_pipe_property("Reporter", ["report", "description"])
    found.append(dict(database.get_class_pipe_property("Reporter", "report")["report"]))
    return found
