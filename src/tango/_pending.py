"""Requests that are on their way while their sender does something else, and waits for them later in a thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tango._core.async_engine import Inbox, Operation

SLICE_SECONDS = 0.1
"""A thread that waits looks so often whether a signal has come."""


class Answer:
    """What one request brings; filled in when somebody waits for it."""

    __slots__ = ("_arrived", "_error", "_value", "operation")

    def __init__(self, operation: Operation | None) -> None:
        self.operation = operation
        self._arrived = False
        self._value: Any = None
        self._error: BaseException | None = None

    def done(self) -> bool:
        """Tell whether it is there."""
        return self._arrived

    def set_result(self, value: Any) -> None:
        """Fill in what the request gave."""
        self._value = value
        self._arrived = True

    def set_exception(self, error: BaseException) -> None:
        """Fill in what the request failed with."""
        self._error = error
        self._arrived = True

    def get(self) -> Any:
        """Return what the request gave, or raise what it failed with."""
        if self._error is not None:
            raise self._error
        return self._value


def do_again(body: Callable[[], Any], target: Any) -> None:
    """Have the thread that waits do what a request alone could not (see `tango._core.async_engine.Inbox`).

    Parameters
    ----------
    body
        What to call.
    target
        Where its outcome goes.
    """
    try:
        value = body()
    except Exception as error:
        target.set_exception(error)
    else:
        target.set_result(value)


class Requests:
    """Requests that are waited for together."""

    def __init__(self) -> None:
        self._inbox = Inbox(do_again, watched=False)
        self._answers: list[Answer] = []

    def send(self, operation: Operation | None) -> Answer:
        """Send a request on its way.

        Parameters
        ----------
        operation
            The request; None if there is nothing to ask for, then the answer is an empty list.

        Returns
        -------
        Answer
            What `wait` is for.
        """
        answer = Answer(operation)
        if operation is None:
            answer.set_result([])
        else:
            self._answers.append(answer)
            self._inbox.submit(operation, answer)
        return answer

    def wait(self, answer: Answer, seconds: float | None) -> bool:
        """Wait for one answer.

        Parameters
        ----------
        answer
            What `send` returned.
        seconds
            How long at most, None for as long as it takes.

        Returns
        -------
        bool
            Whether it is there.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            self._inbox.drain()
            if answer.done():
                return True
            left = SLICE_SECONDS if deadline is None else min(SLICE_SECONDS, deadline - time.monotonic())
            if left <= 0:
                return False
            self._inbox.wait(left)

    def cancel(self) -> None:
        """Wait for none of them any more; what has not been sent yet never will be."""
        for answer in self._answers:
            if not answer.done():
                assert answer.operation is not None, "without one it is done"
                self._inbox.cancel(answer.operation)


def ask(operation: Operation) -> Any:
    """Send a request and wait for its answer, and for signals.

    Parameters
    ----------
    operation
        The request.

    Returns
    -------
    object
        What it gave.

    Raises
    ------
    BaseException
        What it failed with, or what the handler of a signal raised, for example KeyboardInterrupt: the answer is dropped then.
    """
    requests = Requests()
    answer = requests.send(operation)
    try:
        requests.wait(answer, None)
    except BaseException:
        requests.cancel()
        raise
    return answer.get()
