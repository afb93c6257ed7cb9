"""Time stamps of Tango."""

import time
from datetime import datetime, timedelta
from numbers import Real
from typing import Any

from tango.structs.base import INT_MAX, INT_MIN, Struct, struct_repr

__all__ = ["TimeVal"]


class TimeVal(Struct):
    """A time stamp: seconds since 1970, microseconds, nanoseconds.

    Parameters
    ----------
    tv_sec : int, float, datetime.datetime or TimeVal, optional
        Seconds. A number with a fraction, a date or another time stamp fills all three fields and must stand alone.
    tv_usec : int, optional
        Microseconds.
    tv_nsec : int, optional
        Nanoseconds beyond the microseconds.

    Raises
    ------
    TypeError
        If a value is of another type, or does not fit into 32 bits.
    """

    tv_nsec: int = 0
    tv_sec: int = 0
    tv_usec: int = 0

    def __init__(self, tv_sec: Any = None, tv_usec: int | None = None, tv_nsec: int | None = None) -> None:
        given = (tv_sec, tv_usec, tv_nsec)
        if type(tv_sec) is type(tv_usec) is type(tv_nsec) is int and INT_MIN <= min(given) <= max(given) <= INT_MAX:
            self.__dict__.update(tv_sec=tv_sec, tv_usec=tv_usec, tv_nsec=tv_nsec)
        elif tv_usec is not None or tv_nsec is not None or isinstance(tv_sec, int):
            self.tv_sec = 0 if tv_sec is None else tv_sec
            self.tv_usec = tv_usec or 0
            self.tv_nsec = tv_nsec or 0
        elif isinstance(tv_sec, TimeVal):
            self.__dict__.update(tv_sec.__dict__)
        elif isinstance(tv_sec, datetime):
            self._set_datetime(tv_sec)
        elif tv_sec is not None:
            self._set_timestamp(tv_sec)

    def _set_timestamp(self, seconds: Any) -> None:
        if not isinstance(seconds, Real):
            raise TypeError(
                f"TimeVal: expected seconds, a datetime or a TimeVal, got {type(seconds).__name__} {seconds!r:.60}"
            )
        # Truncated towards zero, so that all three parts have the sign of the whole.
        self.tv_sec = int(float(seconds))
        microseconds = (float(seconds) - self.tv_sec) * 1e6
        self.tv_usec = int(microseconds)
        self.tv_nsec = int((microseconds - self.tv_usec) * 1e3)

    def _set_datetime(self, moment: datetime) -> None:
        # Through whole seconds: a float of today's seconds is only exact to about a quarter of a microsecond.
        self.tv_sec = int(moment.replace(microsecond=0).timestamp())
        self.tv_usec = moment.microsecond
        self.tv_nsec = 0

    @staticmethod
    def now() -> "TimeVal":
        """Return the present time.

        Returns
        -------
        TimeVal
            Exact to the nanosecond, as far as the system's clock is.
        """
        result = TimeVal.__new__(TimeVal)
        seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
        result.__dict__.update(tv_sec=seconds, tv_usec=nanoseconds // 1000, tv_nsec=nanoseconds % 1000)
        return result

    @staticmethod
    def fromtimestamp(ts: float) -> "TimeVal":
        """Return the time stamp of a number of seconds.

        Parameters
        ----------
        ts : float
            Seconds since 1970, as returned by :func:`time.time`.

        Returns
        -------
        TimeVal
            The time stamp.
        """
        return TimeVal(ts)

    @staticmethod
    def fromdatetime(dt: datetime) -> "TimeVal":
        """Return the time stamp of a date.

        Parameters
        ----------
        dt : datetime.datetime
            The date; local time unless it has a time zone.

        Returns
        -------
        TimeVal
            The time stamp.
        """
        return TimeVal(dt)

    def totime(self) -> float:
        """Return the seconds since 1970.

        Returns
        -------
        float
            Seconds, as returned by :func:`time.time`.
        """
        return self.tv_sec + 1e-6 * self.tv_usec + 1e-9 * self.tv_nsec

    def todatetime(self) -> datetime:
        """Return the local date and time, without a time zone.

        Returns
        -------
        datetime.datetime
            The date, exact to the microsecond.
        """
        return datetime.fromtimestamp(self.tv_sec) + timedelta(microseconds=self.tv_usec)

    def isoformat(self, sep: str = "T") -> str:
        """Return the local date and time in ISO 8601 format.

        Parameters
        ----------
        sep : str, optional
            What stands between date and time.

        Returns
        -------
        str
            ``YYYY-MM-DDTHH:MM:SS.mmmmmm``, without the fraction if it is 0.
        """
        return self.todatetime().isoformat(sep)

    def strftime(self, format: str) -> str:
        """Return the local date and time in a format of your own.

        Parameters
        ----------
        format : str
            As for :meth:`datetime.datetime.strftime`.

        Returns
        -------
        str
            The text.
        """
        return self.todatetime().strftime(format)

    # The date is how users want to read it; inside another structure the fields are printed on one line.
    def __str__(self) -> str:
        return self.isoformat(" ")

    __repr__ = struct_repr

    def _nanoseconds(self) -> int:
        return (self.tv_sec * 1_000_000 + self.tv_usec) * 1000 + self.tv_nsec

    def __eq__(self, other: object) -> bool:
        return self._nanoseconds() == other._nanoseconds() if isinstance(other, TimeVal) else NotImplemented

    def __lt__(self, other: "TimeVal") -> bool:
        return self._nanoseconds() < other._nanoseconds() if isinstance(other, TimeVal) else NotImplemented

    def __le__(self, other: "TimeVal") -> bool:
        return self._nanoseconds() <= other._nanoseconds() if isinstance(other, TimeVal) else NotImplemented

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self._nanoseconds())
