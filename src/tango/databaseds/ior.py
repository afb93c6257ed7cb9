"""Reading of stringified object references, as far as the database needs it."""

from __future__ import annotations

import struct

__all__ = ["host_and_port"]

_TAG_INTERNET_IOP = 0


class _Decoder:
    """Takes values out of a CDR encapsulation, which begins with its byte order."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = "<" if data[0] else ">"
        self._at = 1

    def number(self, code: str) -> int:
        size = struct.calcsize(code)
        self._at += -self._at % size
        (value,) = struct.unpack_from(self._order + code, self._data, self._at)
        self._at += size
        return value

    def octets(self) -> bytes:
        size = self.number("I")
        value = self._data[self._at : self._at + size]
        if len(value) < size:
            raise ValueError("it ends too early")
        self._at += size
        return value


def host_and_port(ior: str) -> tuple[str, int]:
    """Return where the server of an object listens.

    Parameters
    ----------
    ior : str
        Object reference: ``IOR:`` and hexadecimal digits.

    Raises
    ------
    ValueError
        If it is not an object reference with an internet address.
    """
    try:
        if ior[:4].upper() != "IOR:":
            raise ValueError("it does not begin with 'IOR:'")
        reference = _Decoder(bytes.fromhex(ior[4:]))
        reference.octets()  # the type of the object
        for _ in range(reference.number("I")):
            tag, profile = reference.number("I"), reference.octets()
            if tag == _TAG_INTERNET_IOP:
                address = _Decoder(profile)
                address.number("B"), address.number("B")  # version of the protocol
                return address.octets().rstrip(b"\0").decode("latin-1"), address.number("H")
        raise ValueError("it has no internet address")
    except (ValueError, IndexError, struct.error) as error:
        raise ValueError(f"not a usable object reference: {error}: {ior[:60]}") from None
