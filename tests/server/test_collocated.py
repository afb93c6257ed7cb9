"""Clients in the server's own process, to whom omniORB hands replies without a message."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import numpy as np
import pytest

import tango
from tango.server import Device, attribute
from tango.test_context import DeviceTestContext

pytestmark = pytest.mark.usefixtures("server_mode")


class Counter(Device):
    """Each read returns a new array, filled with the number of the read."""

    def init_device(self) -> None:
        super().init_device()
        self.numbers = itertools.count()

    @attribute(dtype=float)
    def number(self) -> float:
        return float(next(self.numbers))

    @attribute(dtype=(float,), max_dim_x=5000)
    def spectrum(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        return np.full(5000, next(self.numbers), float)

    @attribute(dtype=(str,), max_dim_x=50)
    def texts(self) -> list[str]:
        return [str(next(self.numbers))] * 50


def test_values_belong_to_the_client() -> None:
    wrong: list[Any] = []

    def read(device: tango.DeviceProxy) -> None:
        for _ in range(150):
            number, spectrum, texts = (reading.value for reading in device.read_attributes(["number", "spectrum", "texts"]))
            if not number.is_integer() or np.ptp(spectrum) != 0 or len(set(texts)) != 1:
                wrong.append((number, spectrum, texts))
            spectrum = device.read_attribute("spectrum").value
            if np.ptp(spectrum) != 0:
                wrong.append(spectrum)

    with DeviceTestContext(Counter) as device:
        first = device.spectrum
        threads = [threading.Thread(target=read, args=(device,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        last = device.spectrum
    assert not wrong
    # also after the device has been deleted
    assert np.all(first == 0)
    assert np.ptp(last) == 0
