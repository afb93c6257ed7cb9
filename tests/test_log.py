"""Loggers: levels, lines, where they were written. What goes to targets is seen from servers in tests/server/classic."""

import functools

import pytest

import tango
from tango import log


def test_a_logger_has_a_name_and_a_level():
    logger = tango.Logger("mine")
    assert logger.get_name() == "mine" and logger.get_level() == 100
    assert not logger.is_fatal_enabled() and not logger.is_level_enabled(200)
    logger.set_level(400)
    assert [logger.is_fatal_enabled(), logger.is_error_enabled(), logger.is_warn_enabled(), logger.is_info_enabled(),
            logger.is_debug_enabled()] == [True, True, True, False, False]
    assert tango.Logger("mine", 600).is_debug_enabled()
    logger.debug("not %d written", 1)
    logger.error("to nobody: %s", "no target")


def test_a_logger_is_made_once():
    logger = tango.Logger("mine")
    with pytest.raises(RuntimeError, match="already"):
        logger.__init__("again")
    with pytest.raises(RuntimeError, match="empty"):
        tango.Logger.__new__(tango.Logger).get_level()


def test_levels():
    names = ["OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG"]
    assert [tango.Level.get_name(level) for level in range(100, 601, 100)] == names
    assert [tango.Level.get_value(name) for name in names] == list(range(100, 601, 100))
    assert tango.Level.get_name(99) == tango.Level.get_name(700) == tango.Level.get_name(-5) == "UNKNOWN"
    assert tango.Level.get_name(450) == "WARN" and tango.Level.get_value("450") == 450
    with pytest.raises(ValueError, match="known are OFF, FATAL"):
        tango.Level.get_value("warn")


def test_logging_needs_a_server():
    for call in (
        tango.Logging.get_core_logger,
        tango.Logging.start_logging,
        tango.Logging.stop_logging,
        lambda: tango.Logging.add_logging_target(["a/b/c", "console::cout"]),
        lambda: tango.Logging.remove_logging_target(["a/b/c", "console::cout"]),
    ):
        with pytest.raises(tango.DevFailed):
            call()


def test_the_place_of_a_function():
    def function():
        return log.get_source_location()

    @functools.wraps(function)
    def wrapped():
        return None

    line = function.__code__.co_firstlineno
    assert function() == ("test_log.py", line + 1)
    assert log.get_source_location(function) == log.get_source_location(wrapped) == ("test_log.py", line)
    assert log.get_source_location(len) == log.get_source_location(5) == ("(unknown)", 0)
