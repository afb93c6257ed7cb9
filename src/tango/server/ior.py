"""Read where a CORBA object listens from its stringified reference."""

from __future__ import annotations

import struct
from typing import NamedTuple

__all__ = ("IOR", "ascii_to_bytes", "parse_ior")


class IOR(NamedTuple):
    """The parts of a reference with one IIOP profile; ``host`` and ``port`` are what one wants to know.

    ``major``, ``minor`` and ``wtf`` are the first four bytes of the profile: byte order and protocol version.
    """

    first: int
    dtype_length: int
    dtype: bytes
    nb_profile: int
    tag: int
    length: int
    major: int
    minor: int
    wtf: int
    host_length: int
    host: bytes
    port: int
    body: bytes


def ascii_to_bytes(s: str) -> bytes:
    """Convert pairs of hexadecimal digits to bytes.

    Parameters
    ----------
    s
        The digits.

    Returns
    -------
    bytes
        The bytes.

    Raises
    ------
    ValueError
        The text holds something else.
    """
    return bytes.fromhex(s)


def parse_ior(encoded_ior: str) -> IOR:
    """Take a stringified object reference apart.

    Parameters
    ----------
    encoded_ior
        The reference, ``IOR:010000...``.

    Returns
    -------
    IOR
        Its parts, of the first profile.

    Raises
    ------
    ValueError
        It is no such reference.
    """
    if encoded_ior[:4].upper() != "IOR:":
        raise ValueError(f"no object reference: {encoded_ior[:40]!r} does not begin with 'IOR:'")
    data = ascii_to_bytes(encoded_ior[4:])
    try:
        order = "<" if data[0] else ">"
        first, dtype_length = struct.unpack_from(f"{order}II", data)
        dtype = data[8 : 8 + dtype_length - 1]
        offset = 8 + -(-dtype_length // 4) * 4
        nb_profile, tag, length = struct.unpack_from(f"{order}III", data, offset)
        offset += 12
        major, minor, wtf, host_length = struct.unpack_from(f"{order}BBHI", data, offset)
        host_at = offset + 8
        host = data[host_at : host_at + host_length - 1]
        port_at = host_at + host_length + host_length % 2
        (port,) = struct.unpack_from(f"{order}H", data, port_at)
    except (IndexError, struct.error) as error:
        raise ValueError(f"incomplete object reference: {error}") from None
    body = data[port_at + 2 :]
    return IOR(first, dtype_length, dtype, nb_profile, tag, length, major, minor, wtf, host_length, host, port, body)
