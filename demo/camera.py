"""A camera: a 2048 x 2048 image and its profile, sent without a copy, and change events pushed from code."""

import numpy as np

from tango import AttrWriteType, DevState
from tango.server import Device, attribute, command

SIZE = 2048


class Camera(Device):
    """A simulated camera that looks at a beam spot."""

    def init_device(self):
        super().init_device()
        self._exposure = 0.1
        self._frames = 0
        self._image = np.zeros((SIZE, SIZE), dtype=np.uint16)
        self.set_change_event("frames", True, False)
        self.set_state(DevState.ON)

    exposure = attribute(dtype=float, access=AttrWriteType.READ_WRITE, unit="s", min_value=0.0, max_value=1.0)

    def read_exposure(self):
        return self._exposure

    def write_exposure(self, value):
        self._exposure = value

    @attribute(dtype=int, doc="The number of frames taken")
    def frames(self):
        return self._frames

    @attribute(dtype=((np.uint16,),), max_dim_x=SIZE, max_dim_y=SIZE, doc="The last frame")
    def image(self):
        return self._image

    @attribute(dtype=(float,), max_dim_x=SIZE, doc="The mean of the last frame's rows")
    def profile(self):
        return self._image.mean(axis=0)

    @command(doc_in="How many frames to take")
    def snap(self, count: int) -> None:
        if count < 1:
            raise ValueError(f"a camera takes at least one frame, not {count}")
        for _ in range(count):
            # Each frame is a new array: the one that a client is just being sent is never written into.
            self._image = self._expose()
            self._frames += 1
            self.push_change_event("frames", self._frames)

    def _expose(self):
        line = np.arange(SIZE)
        turn = 0.3 * self._frames
        x = np.exp(-(((line - SIZE * (0.5 + 0.2 * np.cos(turn))) / 220) ** 2))
        y = np.exp(-(((line - SIZE * (0.5 + 0.2 * np.sin(turn))) / 160) ** 2))
        light = 4e5 * self._exposure * np.outer(y, x)
        return np.clip(light + 600 * (1 + np.sin(line / 40)), 0, 65535).astype(np.uint16)


if __name__ == "__main__":
    Camera.run_server()
