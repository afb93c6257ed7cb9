"""Threads that cppTango knows."""

import threading

import pytest

from tango import is_omni_thread
from tango.utils import PyTangoThread, PyTangoThreadPoolExecutor


def test_a_thread_is_known_while_it_runs():
    seen = []
    plain = threading.Thread(target=lambda: seen.append(is_omni_thread()))
    known = PyTangoThread(
        target=lambda *args, **kwargs: seen.append((is_omni_thread(), args, kwargs)), args=(1,), kwargs={"a": 2}
    )
    for thread in (plain, known):
        thread.start()
        thread.join()
    assert seen == [False, (True, (1,), {"a": 2})]


def test_the_threads_of_a_pool_are_known():
    with PyTangoThreadPoolExecutor(max_workers=2) as pool:
        assert pool.submit(is_omni_thread).result() is True
        assert list(pool.map(lambda number: (number, is_omni_thread()), range(3))) == [(0, True), (1, True), (2, True)]
        assert pool.submit(lambda *args, **kwargs: (args, kwargs), 1, fn=2).result() == ((1,), {"fn": 2})
        with pytest.raises(ZeroDivisionError):
            pool.submit(lambda: 1 / 0).result()
