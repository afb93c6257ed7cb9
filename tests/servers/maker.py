"""A device that makes and deletes others of its class."""

import tango
from tango.server import Device, attribute, command, device_property


class Maker(Device):
    """Makes others of its kind."""

    its_factor = device_property(dtype=int, default_value=1)

    @attribute
    def factor(self) -> int:
        return self.its_factor

    @command
    def create(self, name_and_alias: list[str]) -> None:
        name, alias = name_and_alias

        def write_properties(device):
            if device.endswith("bad"):
                raise ValueError("the callback fails")
            tango.Util.instance().get_database().put_device_property(device, {"its_factor": 7})

        tango.Util.instance().create_device("Maker", name, alias or None, write_properties)

    @command
    def delete(self, name: str) -> None:
        tango.Util.instance().delete_device("Maker", name)

    @command
    def poll(self, name_and_period: list[str]) -> None:
        name, period = name_and_period
        if period:
            self.poll_attribute(name, int(period))
        else:
            self.stop_poll_attribute(name)

    @command
    def use(self, name: str) -> None:
        tango.DeviceProxy(name).ping()
        tango.Util.instance().get_sub_dev_diag().store_sub_devices()


if __name__ == "__main__":
    Maker.run_server()
