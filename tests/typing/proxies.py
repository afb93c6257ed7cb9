"""What type checkers know about proxies: checked, never run."""

from collections.abc import Awaitable
from concurrent.futures import Future
from typing import Any

from typing_extensions import assert_type

import tango
import tango.asyncio
import tango.futures
import tango.gevent


def synchronous(dev: tango.DeviceProxy) -> None:
    assert_type(dev.read_attribute("voltage"), tango.DeviceAttribute)
    assert_type(dev.read_attributes(["voltage"]), list[tango.DeviceAttribute])
    assert_type(dev.state(), tango.DevState)
    assert_type(dev.ping(), int)
    assert_type(dev.command_inout("Reset"), Any)
    assert_type(dev.get_attribute_config("voltage"), tango.AttributeInfoEx)
    assert_type(dev.get_command_config(), tango.CommandInfoList)
    assert_type(dev.voltage, Any)
    assert_type(dev.read_pipe("roi"), tuple[str, list[dict[str, Any]]])
    assert_type(dev.get_pipe_config("roi"), tango.PipeInfo)
    assert_type(dev.get_pipe_config(), tango.PipeInfoList)


async def awaited(name: str) -> None:
    dev = await tango.asyncio.DeviceProxy(name)
    assert_type(dev, tango.asyncio.DeviceProxy)
    assert_type(await dev.read_attribute("voltage"), tango.DeviceAttribute)
    assert_type(dev.state(), Awaitable[tango.DevState])
    assert_type(dev.read_attribute("voltage", wait=True), tango.DeviceAttribute)
    assert_type(await dev.write_attribute("voltage", 1.0), None)
    assert_type(await dev.get_attribute_config("voltage"), tango.AttributeInfoEx)
    assert_type(await dev.read_pipe("roi"), tuple[str, list[dict[str, Any]]])
    assert_type(await tango.asyncio.get_device_proxy(name), tango.asyncio.DeviceProxy)
    attribute = await tango.asyncio.AttributeProxy(name)
    assert_type(await attribute.read(), tango.DeviceAttribute)


def futures(dev: tango.futures.DeviceProxy) -> None:
    assert_type(dev.read_attribute("voltage"), tango.DeviceAttribute)
    assert_type(dev.read_attribute("voltage", wait=False), Future[tango.DeviceAttribute])
    assert_type(dev.state(wait=False).result(timeout=1), tango.DevState)


def gevent(dev: tango.gevent.DeviceProxy) -> None:
    assert_type(dev.read_attribute("voltage", timeout=1.0), tango.DeviceAttribute)
    dev.read_attribute("voltage", wait=False)
