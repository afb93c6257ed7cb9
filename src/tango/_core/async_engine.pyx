"""Calls in flight without a Python thread: operations, and the inbox of an event loop (see async_engine.hpp)."""
import os

from cython.operator cimport dereference as deref
from libcpp.memory cimport make_shared, shared_ptr
from libcpp.vector cimport vector

from tango._core.gate import at_close
from tango._core.live cimport LIVE_CALL, born, gone

cdef extern from "wakeup.hpp" namespace "tangopy" nogil:
    const bint has_eventfd "tangopy::Wakeup::has_eventfd"

cdef extern from "inbox.hpp" namespace "tangopy" nogil:
    void drop_inbox "tangopy::drop"(shared_ptr[CInbox])

cdef extern from "async_engine.hpp" namespace "tangopy" nogil:
    cdef struct Limits:
        int threads
        int calls_per_server
        int eager
        int idle_ms
        int tick_ms
        int linger_us

    cdef struct Load:
        int threads
        int running
        int waiting

    cdef enum class Sent:
        refused
        on_its_way
        over

    cdef cppclass Engine:
        shared_ptr[Lane] lane(Place &) except +translate
        Sent submit(const CallPtr &, const shared_ptr[Lane] &, const shared_ptr[CInbox] &, bint linger) except +translate
        bint cancel(Call &)
        Load load()
        Limits limits()
        void set_limits(const Limits &)
        bint close(double) except +translate

    Engine &engine()
    void after_fork_in_child()


cdef size_t MOST_AT_ONCE = 500
# So many calls at most, of half `linger_us` each, keep a loop from its other tasks.
cdef int MOST_IN_PASSING = 20


cdef shared_ptr[Lane] lane_at(Place &place) except *:
    return engine().lane(place)


cdef class Operation:
    """One request that the engine can run; called like a function it runs in the thread of the caller.

    A subclass of the core fills `call` and `lane`, and makes the result.

    Attributes
    ----------
    then
        Called with the result, makes it what the user gets; or None.
    body
        What does the same in a Python thread, with all that can happen on the way; or None.
    again
        Called with an error, says whether it is one for which `body` has a remedy; or None.
    """

    def __cinit__(self):
        born(LIVE_CALL)

    def __dealloc__(self):
        gone(LIVE_CALL)

    def __call__(self) -> Any:
        if self.body is not None:
            return self.body()
        with nogil:
            deref(self.call).run()
        return self.result()

    cdef object result(self):
        raise TypeError(f"{type(self).__name__} makes no result: operations are made by the methods of a proxy")


cdef class Inbox:
    """Where the calls of one event loop go when they are over.

    The loop watches `fileno` and calls `drain` when it is readable. Everything here belongs to the thread of that loop. An inbox
    that is not `watched` has no descriptor: threads `wait` for it.

    Parameters
    ----------
    redo
        Called with the `body` of an operation that needs a Python thread after all, and with its target.
    reader, writer
        The descriptors of two connected, non-blocking sockets, which the inbox takes over; for platforms without eventfd.
    watched
        Whether there is an event loop.
    """

    def __cinit__(self, redo: Callable[..., Any], long long reader=-1, long long writer=-1, bint watched=True):
        cdef Wakeup *wakeup
        if not watched:
            wakeup = NULL
        elif reader >= 0:
            wakeup = new Wakeup(reader, writer)
        elif has_eventfd:
            wakeup = new Wakeup()
        else:
            raise TypeError("this platform has no eventfd: a pair of sockets is needed")
        self.redo = redo
        self.inbox = make_shared[CInbox](wakeup)
        if watched and deref(self.inbox).fd() < 0:
            raise OSError("no eventfd could be made: too many files are open")
        self.waiting = {}

    def __dealloc__(self):
        if self.inbox:
            with nogil:
                drop_inbox(self.inbox)

    def fileno(self) -> int:
        """The descriptor to watch for reading."""
        return deref(self.inbox).fd()

    def __len__(self) -> int:
        """How many calls are waited for."""
        return len(self.waiting)

    def wait(self, double seconds) -> bool:
        """Sleep until there is something to `drain`.

        Parameters
        ----------
        seconds
            How long at most; signals are not noticed meanwhile.

        Returns
        -------
        bool
            Whether there is.

        Raises
        ------
        RuntimeError
            If the process has been forked since: the answers go to its parent.
        """
        cdef bint arrived
        if deref(self.inbox).lost():
            raise RuntimeError("this request was made before the process was forked: its answer goes to the parent process")
        with nogil:
            arrived = deref(self.inbox).wait(seconds)
        return arrived

    def submit(self, Operation operation not None, target: object, bint in_passing=True) -> None:
        """Send a request.

        Parameters
        ----------
        operation
            The request; it can be sent once.
        target
            Gets the outcome in `drain`, by its `set_result` or `set_exception`, unless it is `done` by then.
        in_passing
            Whether the outcome of a quick device may be there when this returns.
        """
        cdef Sent sent
        # Others want to run too: now and then the loop gets its turn.
        cdef bint linger = in_passing and not self.waiting and self.lingered < MOST_IN_PASSING
        # Where threads wait, one may drain the answer before this one goes on.
        self.expect(operation, target)
        try:
            with nogil:
                sent = engine().submit(operation.call, operation.lane, self.inbox, linger)
        except BaseException:
            del self.waiting[deref(operation.call).id]
            raise
        if sent == Sent.on_its_way:
            return
        del self.waiting[deref(operation.call).id]
        if sent == Sent.refused:
            raise RuntimeError("Python is ending: no more calls can be made")
        self.lingered += 1
        self.settle(operation, target)

    cdef int expect(self, Operation operation, target) except -1:
        """Note who gets the outcome of a call that will be put here."""
        if deref(operation.call).id:
            raise RuntimeError("this operation has been sent already")
        self.last += 1
        deref(operation.call).id = self.last
        self.waiting[deref(operation.call).id] = (operation, target)
        return 0

    def cancel(self, Operation operation not None) -> bool:
        """Wait no longer for a request.

        Parameters
        ----------
        operation
            The request.

        Returns
        -------
        bool
            True if it has not been sent and will not be; False if it is on its way (its result is dropped) or over.
        """
        cdef bint never
        self.waiting.pop(deref(operation.call).id, None)
        with nogil:
            never = engine().cancel(deref(operation.call))
        return never

    def drain(self) -> None:
        """Hand out results that have come; if there are very many, the loop gets its turn in between."""
        cdef vector[CallPtr] calls
        cdef Operation operation
        cdef size_t i
        self.lingered = 0
        with nogil:
            deref(self.inbox).take(calls, MOST_AT_ONCE)
        for i in range(calls.size()):
            found = self.waiting.pop(deref(calls[i]).id, None)
            if found is None:
                continue
            operation, target = found
            if not target.done():
                self.settle(operation, target)

    cdef int settle(self, Operation operation, target) except -1:
        try:
            with nogil:
                deref(operation.call).rethrow()
            value = operation.result()
            if operation.then is not None:
                value = operation.then(value)
        except BaseException as error:
            if operation.again is not None and operation.again(error):
                self.redo(operation.body, target)
            else:
                target.set_exception(error)
        else:
            target.set_result(value)
        return 0


def engine_load() -> dict[str, int]:
    """What the engine is doing.

    Returns
    -------
    dict
        Number of ``threads``, of calls ``running`` in them and of calls ``waiting`` for one.
    """
    cdef Load load
    with nogil:
        load = engine().load()
    return {"threads": load.threads, "running": load.running, "waiting": load.waiting}


def engine_limits(**changes: int) -> dict[str, int]:
    """Look at or change the limits of the engine.

    Parameters
    ----------
    changes
        New values: ``threads`` at most, ``calls_per_server`` on their way at most, ``eager`` (threads used for quick
        calls), ``idle_ms`` after which a thread ends, ``tick_ms`` between two looks whether more threads
        are needed, ``linger_us`` for which a caller stays awake for the answer of a quick device (0: never).

    Returns
    -------
    dict
        The limits before the change.
    """
    cdef Limits limits = engine().limits()
    before = {"threads": limits.threads, "calls_per_server": limits.calls_per_server, "eager": limits.eager,
              "idle_ms": limits.idle_ms, "tick_ms": limits.tick_ms,
              "linger_us": limits.linger_us}
    unknown = changes.keys() - before.keys()
    if unknown:
        raise TypeError(f"no such limit: {', '.join(sorted(unknown))}; there are {', '.join(before)}")
    wanted = {**before, **changes}
    if any(value < (name != "linger_us") for name, value in wanted.items()):
        raise ValueError(f"a limit must be at least 1 (linger_us: 0): {changes}")
    limits.threads = wanted["threads"]
    limits.calls_per_server = wanted["calls_per_server"]
    limits.eager = wanted["eager"]
    limits.idle_ms = wanted["idle_ms"]
    limits.tick_ms = wanted["tick_ms"]
    limits.linger_us = wanted["linger_us"]
    engine().set_limits(limits)
    return before


def _close_engine(double seconds=3.0) -> bool:
    cdef bint over
    with nogil:
        over = engine().close(seconds)
    return over


at_close(_close_engine)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork_in_child)
