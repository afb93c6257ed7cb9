"""Arguments of the wrong kind: the error names the argument, what it is and what was given; the proxy can be used on."""

from __future__ import annotations

import functools

import numpy as np
import pytest

import tango
from tango import DevFailed, EventType, ExtractAs
from tango.server import Device, attribute, command
from tango.test_context import DeviceTestContext

CHANGE = EventType.CHANGE_EVENT


class Plain(Device):
    """Has one of each."""

    @attribute(dtype=float)
    def level(self):
        return 1.0

    @level.write
    def level(self, value):
        pass

    @attribute(dtype=(int,), max_dim_x=4)
    def several(self):
        return [1]

    @several.write
    def several(self, value):
        pass

    @attribute(dtype=float, change_event_implemented=True, change_event_detect=False)
    def pushed(self):
        return 1.0

    @attribute(dtype=float)
    def only_read(self):
        return 1.0

    @command(dtype_in=int, dtype_out=int)
    def double(self, value):
        return 2 * value

    @command
    def nothing(self):
        pass


@pytest.fixture(scope="module")
def device():
    with DeviceTestContext(Plain, process=True) as device:
        yield device


def none():
    pass


def two(one, other):
    pass


class Listener:
    """Its method takes nothing."""

    def push_event(self):
        pass


OVERFLOW = 2**40
WRONG = [
    ("read_attribute", (5,), TypeError, "the name of an attribute is a str, not int 5"),
    ("read_attribute", ("level", "list"), TypeError, "extract_as is a tango.ExtractAs, not str 'list'"),
    ("read_attribute", ("level", None), TypeError, "extract_as is a tango.ExtractAs, not NoneType None"),
    ("read_attribute", ("nope",), DevFailed, "Failed to read_attribute on device test/nodb/plain, attribute nope"),
    ("read_attributes", ("level",), TypeError, "names of attributes: a sequence of str was expected, not str 'level'"),
    ("read_attributes", ([5],), TypeError, "names of attributes: a str was expected, not int 5"),
    ("read_attributes", (None,), TypeError, "names of attributes: a sequence of str was expected, not NoneType None"),
    ("write_attribute", (5, 1), TypeError, "an attribute to write is a str or AttributeInfoEx, not int 5"),
    ("write_attribute", ("level", "x"), TypeError, "numeric type for DevDouble, but it is not: 'x' is of type str.*attribute level"),
    ("write_attribute", ("several", 1), DevFailed, "attribute several takes elements of DevLong64 and cannot take int 1"),
    ("write_attribute", ("several", [0] * 5), DevFailed, "greater than the max defined for attribute several"),
    ("write_attribute", ("only_read", 1), DevFailed, "Attribute only_read is not writable"),
    ("write_attribute", ("nope", 1), DevFailed, "the configuration of attribute nope of device test/nodb/plain"),
    ("write_attributes", (None,), TypeError, r"pairs \(attribute, value\) were expected, not NoneType None"),
    ("write_attributes", ({"level": 1},), TypeError, r"pairs \(attribute, value\) were expected, not dict"),
    ("write_attributes", ([("level",)],), TypeError, r"a pair \(attribute, value\) was expected, not \('level',\)"),
    ("write_attributes", ([("nope", 1)],), DevFailed, "of attribute nope of device test/nodb/plain"),
    ("write_read_attribute", ("level", None), TypeError, "None is of type NoneType"),
    ("write_read_attributes", ([("level", 1)], "level"), TypeError, "a sequence of str was expected, not str 'level'"),
    ("command_inout", (5,), TypeError, "the name of a command is a str, not int 5"),
    ("command_inout", ("double", "x"), TypeError, "argument for command double: 'x' cannot be converted to type DevLong64"),
    ("command_inout", ("double",), DevFailed, "expected type is : Tango::DevLong64"),
    ("command_inout", ("nothing", 1), TypeError, r"argument for command nothing: 1 .* type DevVoid \(it takes no argument\)"),
    ("command_inout", ("nope",), DevFailed, "on device test/nodb/plain, command nope"),
    ("set_timeout_millis", ("x",), TypeError, "a timeout is an int, not str 'x'"),
    ("set_timeout_millis", (1.5,), TypeError, "a timeout is an int, not float 1.5"),
    ("set_timeout_millis", (OVERFLOW,), OverflowError, "a timeout is an int of 32 bits, not 1099511627776"),
    ("poll_attribute", (5, 100), TypeError, "the name of an attribute is a str, not int 5"),
    ("poll_attribute", ("level", "often"), TypeError, "a period is an int, not str 'often'"),
    ("poll_attribute", ("level", -5), DevFailed, "-5 is below the min authorized period"),
    ("poll_attribute", ("nope", 100), DevFailed, "nope attribute not found"),
    ("poll_command", ("double", 100), DevFailed, "Command double cannot be polled because it needs input value"),
    ("poll_command", ("nothing", None), TypeError, "a period is an int, not NoneType None"),
    ("stop_poll_attribute", ("level",), DevFailed, "(?:Device test/nodb/plain is not polled|level not found in list of polled object)"),
    ("attribute_history", ("level", "x"), TypeError, "a depth is an int, not str 'x'"),
    ("command_history", ("nothing", 1.5), TypeError, "a depth is an int, not float 1.5"),
    ("lock", ("x",), TypeError, "a validity is an int, not str 'x'"),
    ("set_logging_level", ("x",), TypeError, "a logging level is an int, not str 'x'"),
    ("set_logging_level", (99,), DevFailed, "logging level out of range"),
    ("add_logging_target", (5,), TypeError, "a logging target is a str, not int 5"),
    ("add_logging_target", ("nope",), DevFailed, "Invalid logging target type specified"),
    ("set_source", ("x",), ValueError, "'x' is not a valid DevSource; these are: DEV, CACHE, CACHE_DEV"),
    ("set_access_control", (9,), ValueError, "9 is not a valid AccessControlType; these are: ACCESS_READ"),
    ("black_box", ("x",), TypeError, "a number of entries is an int, not str 'x'"),
    ("get_attribute_config", (5,), TypeError, "value must be a string or a sequence<string>, not int 5"),
    ("set_attribute_config", (5,), TypeError, "Value must be a AttributeInfo, .* not int 5"),
    ("get_property", (5,), TypeError, "propname must be a str, .* not int 5"),
    ("put_property", (5,), TypeError, "value must be a str, .* not int 5"),
    ("delete_property", (5,), TypeError, "value must be a str, .* not int 5"),
    ("subscribe_event", ("pushed", "change", print), TypeError, "'event_type' must be an EventType"),
    ("subscribe_event", ("pushed", 99, print), TypeError, "'event_type' must be an EventType"),
    ("subscribe_event", ("pushed", CHANGE, none), TypeError, r"callback none\(\) cannot be called with one argument, the event"),
    ("subscribe_event", ("pushed", CHANGE, two), TypeError, r"callback two\(one, other\) cannot be called with one argument"),
    ("subscribe_event", ("pushed", CHANGE, Listener()), TypeError, r"callback Listener.push_event\(\) cannot be called"),
    ("subscribe_event", ("pushed", CHANGE, object()), TypeError, "'cb' must be callable object or an object with a 'push_event'"),
    ("subscribe_event", ("pushed", CHANGE, -1), DevFailed, "the size of an event queue must be positive, not -1"),
    ("subscribe_event", ("level", CHANGE, print), DevFailed, "(necessary to send events) for the attribute level is not started"),
    ("subscribe_event", ("nope", CHANGE, print), DevFailed, "nope attribute not found"),
    ("subscribe_event", ("pushed", EventType.DATA_READY_EVENT, print), DevFailed, "pushed is not data ready event enabled"),
    ("unsubscribe_event", (12345,), KeyError, "does not own this subscription 12345"),
    ("unsubscribe_event", ("x",), KeyError, "does not own this subscription x"),
    ("get_events", (12345,), ValueError, "You are not subscribed to event 12345"),
    ("event_queue_size", ("x",), TypeError, "a subscription has a number, not str 'x'"),
    ("event_queue_size", (12345,), DevFailed, "there is no subscription with the number 12345"),
    ("command_inout_asynch", (5,), TypeError, "the name of a command is a str, not int 5"),
    ("command_inout_asynch", ("nothing", two), TypeError, "cannot be called with one argument, the reply"),
    ("read_attribute_asynch", (5,), TypeError, "the name of an attribute is a str, not int 5"),
    ("command_inout_reply", (12345,), DevFailed, "Failed to find a asynchronous polling request with id = 12345"),
    ("command_inout_reply", ("x",), TypeError, "an asynchronous request has a number, not str 'x'"),
    ("get_asynch_replies", ("x",), TypeError, "a timeout is a number of milliseconds, not str 'x'"),
    ("pending_asynch_call", ("x",), ValueError, "'x' is not a valid asyn_req_type; these are: POLLING, CALLBACK, ALL_ASYNCH"),
    ("set_green_mode", ("x",), TypeError, "Not a valid green mode: 'x'.*Synchronous, Futures, Gevent, Asyncio"),
    ("connect", (5,), TypeError, "an address is a str, not int 5"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "arguments", "error", "text"), WRONG, ids=lambda value: str(value)[:40])
def test_the_error_names_the_argument(device, method, arguments, error, text):
    with pytest.raises(error, match=text.replace("(necessary to send events)", r"\(necessary to send events\)")):
        getattr(device, method)(*arguments)
    assert device.level == 1.0


@pytest.mark.parametrize(
    "callback",
    [
        print,
        lambda *events: None,
        lambda event, other=5: None,
        functools.partial(two, 1),
        tango.utils.EventCallback(),
    ],
)
def test_callbacks_that_take_an_event(device, callback):
    number = device.subscribe_event("pushed", CHANGE, callback)
    device.unsubscribe_event(number)
    with pytest.raises(KeyError, match="does not own this subscription"):
        device.unsubscribe_event(number)


def test_numbers_of_numpy_are_numbers(device):
    device.set_timeout_millis(np.int32(4000))
    assert device.get_timeout_millis() == 4000
    assert device.read_attribute("several", extract_as=ExtractAs.List.value).value == [1]
