"""The log of a device: levels, targets, lines and where they were written."""

import re
import subprocess
import sys

import pytest
from support import free_port, start_python_server, wait_until

import tango

LINE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d{4} %s \(%s\) test/inside/1 %s"


@pytest.fixture(scope="module")
def verbose():
    """A server that logs to the console."""
    with start_python_server("inside.py", "test/inside/1", arguments=("-v4",)) as started:
        yield started


@pytest.fixture
def logged(verbose, inside_of):
    """Run lines and return the lines of the log that they wrote."""
    device = inside_of(verbose)

    def run(source):
        device(source + "\ndevice.info_stream('the end')")
        length = len(run.before)
        wait_until(lambda: "the end" in verbose.output()[length:])
        text = verbose.output()
        lines = text[length:].splitlines()
        run.before = text
        return [line for line in lines if " the end" not in line]

    run.before = ""
    run("None")
    return run


def test_lines_of_all_levels_with_their_places(logged):
    names = ("debug", "info", "warn", "error", "fatal")
    lines = logged("\n".join(f"device.{name}_stream('number %d', {i})" for i, name in enumerate(names)))
    for i, (line, name) in enumerate(zip(lines, names, strict=True)):
        assert re.fullmatch(LINE % (name.upper(), f"<test>:{i + 1}", f"number {i}"), line), line


def test_text_without_arguments_is_left_as_it_is(logged):
    lines = logged("device.debug_stream('100% done'); device.debug_stream('%s%%', 5)")
    assert [line.split("test/inside/1 ")[1] for line in lines] == ["100% done", "5%"]


def test_any_text_is_written(logged):
    lines = logged(r"device.info_stream('\u00e9 \u20ac \x00 \ud800 end')")
    assert lines[0].endswith("\u00e9 \u20ac \\0 \\ud800 end")


def test_the_place_may_be_that_of_a_function(logged):
    source = """
def helper():
    pass

device.debug_stream('about a function', source=helper)
device.debug_stream('about no function', source=5)
"""
    first, second = logged(source)
    assert "(<test>:2)" in first and "((unknown):0)" in second


def test_streams_and_decorators_give_the_place_of_their_user(logged):
    source = """
print('printed', file=device.log_warn)
device.log_error.write('not yet')
device.log_error.flush()
@tango.InfoIt(show_args=True)
def move(self, x):
    return x
move(device, 5)
"""
    lines = logged(source)
    assert [re.search(r" (\w+) (\(.*?\)) \S+ (.*)", line).groups() for line in lines] == [
        ("WARN", "(<test>:2)", "printed"),
        ("ERROR", "(<test>:4)", "not yet"),
        ("INFO", "(<test>:5)", "-> Inside.move(5)"),
        ("INFO", "(<test>:5)", "<- Inside.move()"),
    ]


def test_the_logger_of_a_device(logged):
    source = """
logger = device.get_logger()
logger.debug('d%d', 1); logger.info('i'); logger.warn('w'); logger.warning('v'); logger.error('e'); logger.fatal('f')
logger.log(400, 'l%d', 2)
logger.set_level(300)
logger.info('no'); logger.log(400, 'no'); device.debug_stream('no %d', 'not even formatted')
logger.log_unconditionally(600, 'yes %d', 3)
logger.set_level(600)
"""
    found = [re.search(r" (\w+) \((.*?)\) \S+ (.*)", line).groups() for line in logged(source)]
    assert [(level, text) for level, _, text in found] == [
        *(("DEBUG", "d1"), ("INFO", "i"), ("WARN", "w"), ("WARN", "v"), ("ERROR", "e"), ("FATAL", "f")),
        *(("WARN", "l2"), ("DEBUG", "yes 3")),
    ]
    assert [place for _, place, _ in found] == ["<test>:3"] * 6 + ["<test>:4", "<test>:7"]


def test_the_same_logger_each_time(logged, verbose, inside_of):
    inside = inside_of(verbose)
    assert inside("device.get_logger() is device.get_logger(), device.get_logger().get_name()") == (True, "test/inside/1")
    assert inside("tango.Logging.get_core_logger().get_name()") == "dserver/inside/test"


def test_wrong_arguments_of_the_text(inside):
    inside("device.get_logger().set_level(600)")
    try:
        for call in ("device.error_stream('%d', 'a')", "device.error_stream(5)", "device.error_stream('%(a)s', {'a': 5})"):
            with pytest.raises(tango.DevFailed, match="TypeError"):
                inside(call)
    finally:
        inside("device.get_logger().set_level(100)")


def test_a_file_as_target(inside, tmp_path):
    path = tmp_path / "device.log"
    inside("device.get_logger().set_level(500); tango.Logging.add_logging_target([device.get_name(), 'file::' + path])", path=str(path))
    inside("device.info_stream('into a <file>'); device.debug_stream('not this')")
    inside("tango.Logging.remove_logging_target([device.get_name(), 'file::' + path])", path=str(path))
    inside("device.info_stream('nor this'); device.get_logger().set_level(100)")
    text = path.read_text()
    assert 'logger="test/inside/1"' in text and 'level="INFO"' in text and "into a <file>" in text and "this" not in text


def test_wrong_targets(inside):
    for targets, reason in (
        (["test/inside/1"], "API_MethodArgument"),
        (["test/none/1", "console::cout"], "API_DeviceNotFound"),
        (["test/inside/1", "nowhere::x"], "API_MethodArgument"),
        (["test/inside/1", "file::/no/such/folder/x.log"], "API_CannotOpenFile"),
    ):
        with pytest.raises(tango.DevFailed) as error:
            inside("tango.Logging.add_logging_target(targets)", targets=targets)
        assert error.value.args[0].reason == reason


def test_logging_pauses(inside):
    inside("logger = device.get_logger(); logger.set_level(600)")
    assert inside("device.stop_logging(), logger.is_fatal_enabled()")[1] is False
    assert inside("device.start_logging(), logger.is_debug_enabled()")[1] is True
    assert inside("tango.Logging.stop_logging(), logger.is_fatal_enabled()")[1] is False
    assert inside("tango.Logging.start_logging(), logger.is_debug_enabled()")[1] is True
    inside("logger.set_level(100); device.init_logger()")
    assert inside("logger.get_level()") == 100


def test_the_commands_of_the_administration_device(inside, tmp_path):
    dserver = tango.DeviceProxy(inside.server.address("dserver/inside/test"))
    path = tmp_path / "admin.log"
    target = ["test/inside/1", f"file::{path}"]
    dserver.SetLoggingLevel(([5], ["test/inside/1"]))
    try:
        assert dserver.GetLoggingLevel(["test/inside/1"])[0].tolist() == [5]
        assert inside("device.get_logger().get_level()") == 600
        dserver.AddLoggingTarget(target)
        assert f"file::{path}" in dserver.GetLoggingTarget("test/inside/1")
        inside("device.debug_stream('asked for by %s', 'the administrator')")
        dserver.StopLogging()
        inside("device.fatal_stream('not now')")
        dserver.StartLogging()
        dserver.RemoveLoggingTarget(target)
    finally:
        dserver.SetLoggingLevel(([0], ["test/inside/1"]))
    assert "asked for by the administrator" in path.read_text() and "not now" not in path.read_text()


def test_another_device_as_target(inside, tmp_path):
    with start_python_server("log_consumer.py", "test/consumer/1") as consumer:
        proxy = tango.DeviceProxy(consumer.address())
        inside("device.get_logger().set_level(600)")
        target = ["test/inside/1", f"device::{consumer.address()}"]
        inside("tango.Logging.add_logging_target(targets)", targets=target)
        try:
            inside("device.warn_stream('for a device, %d', 5)")
            wait_until(lambda: proxy.received)
            time, level, source, message, _context, _thread = proxy.received
            assert (level, source, message) == ("WARN", "test/inside/1", "for a device, 5") and float(time) > 1e12
        finally:
            inside("tango.Logging.remove_logging_target(targets); device.get_logger().set_level(100)", targets=target)


def test_many_threads_log_while_targets_come_and_go(inside, tmp_path):
    inside(
        """
        device.get_logger().set_level(600)
        def write():
            while not over.is_set():
                device.debug_stream('line %s', 'x' * 50)
        over = threading.Event()
        writers = [threading.Thread(target=write) for _ in range(4)]
        for writer in writers: writer.start()
        for i in range(40):
            targets = [device.get_name(), f'file::{path}/{i % 4}.log', device.get_name(), 'console::cout']
            tango.Logging.add_logging_target(targets)
            tango.Logging.remove_logging_target(targets)
        over.set()
        for writer in writers: writer.join()
        device.get_logger().set_level(100)
        """,
        path=str(tmp_path),
    )
    assert inside("device.C()") == 5


def test_a_thread_that_outlives_its_device(inside):
    inside("stream = device.info_stream; logger = device.get_logger(); util.get_dserver_device().restart('test/inside/2')")
    assert inside("logger.get_name()") == "test/inside/1"
    inside("late = util.get_device_by_name('test/inside/2').get_logger(); util.get_dserver_device().restart('test/inside/2')")
    with pytest.raises(tango.DevFailed, match="has been deleted"):
        inside("late.info('x')")


def test_the_handler_for_python_logging(logged):
    source = """
handler = tango.log4tango.DeviceHandler(device)
logger = logging.getLogger('some.module')
logger.propagate = False
logger.addHandler(handler)
logger.setLevel(logging.DEBUG)
logger.warning('from %s', 'Python')
logger.debug('debug'); logger.info('info'); logger.critical('critical')
try:
    1 / 0
except ZeroDivisionError:
    logger.exception('failed')
logger.removeHandler(handler)
"""
    lines = logged(source)
    found = [re.search(r" (\w+) (\(.*?\)) \S+ (.*)", line).groups() for line in lines[:5]]
    assert found == [
        ("WARN", "(<test>:7)", "from Python"),
        ("DEBUG", "(<test>:8)", "debug"),
        ("INFO", "(<test>:8)", "info"),
        ("FATAL", "(<test>:8)", "critical"),
        ("ERROR", "(<test>:12)", "failed"),
    ]
    assert lines[5].startswith("Traceback") and lines[-1] == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize(("option", "levels"), [("-v1", "INFO"), ("-v3", "DEBUG"), ("-v4", "DEBUG"), ("-v 2", "INFO"), ("", "")])
def test_the_verbosity_of_the_command_line(option, levels):
    code = """
import sys, tango
from tango.server import Device, run
class Chatty(Device):
    def init_device(self):
        super().init_device()
        self.debug_stream("about DEBUG"); self.info_stream("about INFO"); self.error_stream("about ERROR")
run(Chatty, event_loop=lambda: True)
"""
    arguments = ["test", "-nodb", "-dlist", "test/chatty/1", "-ORBendPoint", f"giop:tcp:127.0.0.1:{free_port()}", *option.split()]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60, check=True)
    assert [name for name in ("DEBUG", "INFO", "ERROR") if f"about {name}" in done.stdout] == {
        "": [],
        "INFO": ["INFO", "ERROR"],
        "DEBUG": ["DEBUG", "INFO", "ERROR"],
    }[levels]
