"""Decorators that log calls, and the stream that logs lines."""

import asyncio
import inspect

import pytest

from tango import log4tango
from tango.log4tango import DebugIt, ErrorIt, FatalIt, InfoIt, LogIt, TangoStream, WarnIt

LEVELS = [
    (LogIt, "debug"),
    (DebugIt, "debug"),
    (InfoIt, "info"),
    (WarnIt, "warn"),
    (ErrorIt, "error"),
    (FatalIt, "fatal"),
]


class Recorder:
    """Stands in for a device and its logger: which level is on, and what was written."""

    def __init__(self, enabled):
        self.enabled = enabled
        self.lines = []

    def get_logger(self):
        return self

    def __getattr__(self, name):
        if name.endswith("_enabled"):
            return lambda: name == f"is_{self.enabled}_enabled"
        if name.endswith("_stream"):
            return lambda text, source: self.lines.append((name.removesuffix("_stream"), text, source.__name__))
        raise AttributeError(name)


@pytest.mark.parametrize(("decorator", "level"), LEVELS)
def test_a_call_is_logged_at_its_level(decorator, level):
    @decorator()
    def move(self, position):
        """Move there."""
        return position

    device = Recorder(level)
    assert move(device, 5) == 5
    assert device.lines == [(level, "-> Recorder.move()", "move"), (level, "<- Recorder.move()", "move")]
    assert move.__doc__ == "Move there." and list(inspect.signature(move).parameters) == ["self", "position"]
    silent = Recorder("none")
    assert move(silent, 6) == 6 and silent.lines == []


def test_arguments_and_result_are_shown_shortened():
    @DebugIt(show_args=True, show_kwargs=True, show_ret=True)
    def move(self, *args, **kwargs):
        return args

    device = Recorder("debug")
    move(device, 1, "y" * 50, z=[1] * 50, q="s")
    assert [line for _, line, _ in device.lines] == [
        "-> Recorder.move(1, 'yyyyyyyyyyyyyyyyyyy[...], z=[1, 1, 1, 1, 1, 1, 1[...], q='s')",
        "(1, 'yyyyyyyyyyyyyyy[...] <- Recorder.move()",
    ]
    assert log4tango.MAX_ARG_LEN == 25


def test_an_exception_is_logged_and_raised():
    @WarnIt()
    def fail(self):
        raise ValueError("no")

    device = Recorder("warn")
    with pytest.raises(ValueError, match="no"):
        fail(device)
    assert [line for _, line, _ in device.lines] == ["-> Recorder.fail()", "<- Recorder.fail() raised exception!"]


def test_a_coroutine_is_logged_when_it_ends():
    @InfoIt(show_args=True, show_ret=True)
    async def move(self, position):
        await asyncio.sleep(0)
        self.lines.append("moving")
        if position < 0:
            raise ValueError("no")
        return position

    device = Recorder("info")
    assert inspect.iscoroutinefunction(move) and asyncio.run(move(device, 5)) == 5
    with pytest.raises(ValueError, match="no"):
        asyncio.run(move(device, -1))
    assert asyncio.run(move(Recorder("none"), 7)) == 7
    assert [line if line == "moving" else line[1] for line in device.lines] == [
        "-> Recorder.move(5)",
        "moving",
        "5 <- Recorder.move()",
        "-> Recorder.move(-1)",
        "moving",
        "<- Recorder.move() raised exception!",
    ]


def test_an_argument_that_cannot_be_printed_does_no_harm():
    class Mute:
        def __repr__(self):
            raise RuntimeError("no")

    @DebugIt(show_args=True)
    def move(self, position):
        return 1

    device = Recorder("debug")
    assert move(device, Mute()) == 1 and device.lines[0][1].startswith("-> Recorder.move(<Mute, not printable")


def test_the_parentheses_are_missed():
    with pytest.raises(TypeError, match=r"written with parentheses: @InfoIt\(\)"):

        @InfoIt
        def move(self):
            pass


def test_a_stream_hands_over_complete_lines():
    lines = []
    stream = TangoStream(lines.append)
    assert [stream.write(text) for text in ("abc", "def\n", "x\ny\nz", "", "\n", "end")] == [3, 4, 5, 0, 1, 3]
    assert lines == ["abcdef", "x\ny", "z"]
    stream.flush()
    stream.flush()
    print("hello", file=stream)
    assert lines[3:] == ["end", "hello"]
