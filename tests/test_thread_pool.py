"""The pool of Python threads behind calls that the core cannot run by itself."""

import os
import subprocess
import sys
import textwrap
import threading

import pytest

from tango._thread_pool import ThreadPool, thread_pool


@pytest.fixture
def pool():
    pool = ThreadPool(limit=4, idle_seconds=0.05)
    yield pool
    pool.close()


def test_threads_are_bounded_and_reused(pool):
    release = threading.Event()
    used = set()

    def work():
        used.add(threading.get_ident())
        assert release.wait(10)

    futures = [pool.submit(work) for _ in range(20)]
    release.set()
    for future in futures:
        future.result(10)
    assert 1 <= len(used) <= 4


def test_idle_threads_end(pool):
    pool.submit(lambda: None).result(10)
    [thread] = pool._threads or [None]
    if thread is not None:
        thread.join(10)
    assert not pool._threads
    assert pool.submit(lambda: 5).result(10) == 5


def test_work_that_has_not_begun_can_be_cancelled(pool):
    release = threading.Event()
    running = [pool.submit(lambda: release.wait(10)) for _ in range(4)]
    never = pool.submit(lambda: pytest.fail("it was cancelled"))
    assert never.cancel()
    release.set()
    assert all(future.result(10) for future in running)


def test_a_closed_pool_refuses_and_cancels():
    pool = ThreadPool(limit=1)
    release, begun = threading.Event(), threading.Event()
    running = pool.submit(lambda: begun.set() or release.wait(10))
    assert begun.wait(10)
    waiting = pool.submit(lambda: None)
    waiting.add_done_callback(lambda _: release.set())
    pool.close()
    assert running.result(0)
    assert waiting.cancelled()
    with pytest.raises(RuntimeError, match="Python is ending"):
        pool.submit(lambda: None)


def test_the_results_are_not_kept_alive(pool):
    class Big:
        pass

    import gc
    import weakref

    future = pool.submit(Big)
    ghost = weakref.ref(future.result(10))
    del future
    gc.collect()
    pool.submit(lambda: None).result(10)
    assert ghost() is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_has_a_pool_of_its_own():
    program = textwrap.dedent("""
        import os
        from tango._thread_pool import thread_pool
        mine = thread_pool()
        mine.submit(lambda: None).result()
        pid = os.fork()
        if pid == 0:
            os._exit(0 if thread_pool() is not mine and thread_pool().submit(lambda: 3).result(5) == 3 else 1)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    """)
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == "0", run.stderr


def test_the_interpreter_ends_at_once():
    program = "from tango._thread_pool import thread_pool; print(thread_pool().submit(lambda: 7).result())"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=4)
    assert (run.stdout, run.stderr, run.returncode) == ("7\n", "", 0)


def test_there_is_one_pool_in_a_process():
    assert thread_pool() is thread_pool()
