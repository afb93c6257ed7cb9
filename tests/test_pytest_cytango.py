"""The plugin for pytest, as pytest finds it."""

import subprocess
import sys

import pytest


@pytest.fixture
def run_pytest(tmp_path):
    """A function that runs pytest on a text, in a process that does not know this project's settings."""

    def run(text, *options):
        (tmp_path / "test_it.py").write_text(text)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", str(tmp_path)]
        done = subprocess.run([*command, *options, "test_it.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.stdout

    return run


DEVICE = """
from tango.server import Device, attribute, command, device_property

class Lamp(Device):
    level: int = device_property(default_value=1)

    def init_device(self):
        super().init_device()
        self.set_change_event("light", True, False)
        self._light = 0

    @attribute
    def light(self) -> int:
        return self._light

    @command
    def switch(self):
        self._light = self.level
        self.push_change_event("light", self._light)
"""


def test_devices_for_tests(run_pytest):
    told = run_pytest(
        DEVICE
        + """
import pytest

def test_one(tango_device):
    lamp = tango_device(Lamp, properties={"level": 3})
    lamp.switch()
    assert lamp.light == 3

@pytest.mark.parametrize("number", range(20))
def test_many(tango_device, number):
    assert tango_device(Lamp).light == 0

def test_several(tango_device):
    lamps = [tango_device(Lamp, properties={"level": level}) for level in (1, 2, 3)]
    for lamp in lamps:
        lamp.switch()
    assert [lamp.light for lamp in lamps] == [1, 2, 3]

def test_in_one_server(tango_devices):
    names = ["test/lamp/1", "test/lamp/2"]
    context = tango_devices([{"class": Lamp, "devices": [{"name": name} for name in names]}])
    assert [context.get_device(name).light for name in names] == [0, 0]

def test_wait(tango_device, tango_wait):
    lamp = tango_device(Lamp)
    lamp.switch()
    assert tango_wait(lamp, "light", 1) == 1
    assert tango_wait(lamp, "light", lambda light: light > 0) == 1
    with pytest.raises(pytest.fail.Exception, match="test/nodb/lamp/light is still 1 after 0.1 s"):
        tango_wait(lamp, "light", 2, timeout=0.1)
"""
    )
    assert "24 passed" in told, told


def test_a_device_takes_less_than_50_milliseconds(run_pytest):
    told = run_pytest(
        DEVICE
        + """
import time

def test_quick(tango_device):
    begin = time.perf_counter()
    tango_device(Lamp)
    costs.append(time.perf_counter() - begin)

costs = []
test_again, test_third, test_fourth, test_fifth = [lambda tango_device, test=test_quick: test(tango_device) for _ in range(4)]

def test_cost():
    assert len(costs) == 5 and min(costs) < 0.05, costs
"""
    )
    assert "6 passed" in told, told


def test_nothing_is_imported_without_need(run_pytest):
    told = run_pytest(
        """
import sys

def test_modules():
    assert "pytest_cytango" in sys.modules
    assert not {"tango", "numpy"} & set(sys.modules)
"""
    )
    assert "1 passed" in told, told


def test_the_fixtures_are_listed_with_their_purpose(run_pytest):
    told = run_pytest("", "--fixtures")
    for name in ("tango_device", "tango_devices", "tango_wait"):
        assert f"{name} -- " in told
