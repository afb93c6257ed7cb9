"""Find out where device servers listen."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
import time
from pathlib import Path

from tango.server.classic import Util
from tango.server.ior import parse_ior

__all__ = ("get_host_ip", "get_server_host_port", "get_server_port_via_pid", "listening_ports")

_LISTEN = "0A"


def get_host_ip() -> str:
    """Give the address under which other hosts reach this one.

    Returns
    -------
    str
        An IPv4 address; that of the loopback interface on a host without network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: only the route is looked up
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def get_server_host_port() -> tuple[str, int]:
    """Give host and port of the device server in this process.

    Returns
    -------
    tuple
        Host and port.

    Raises
    ------
    DevFailed
        No server runs in this process.
    """
    util = Util.instance()
    ior = parse_ior(util.get_dserver_ior(util.get_dserver_device()))
    return ior.host.decode(), ior.port


def get_server_port_via_pid(pid: int, host: str, retries: int = 400, delay: float = 0.03) -> int:
    """Find the port on which the device server of a process listens.

    Parameters
    ----------
    pid
        The process.
    host
        Address on which it listens.
    retries
        How often to look.
    delay
        Seconds between two looks.

    Returns
    -------
    int
        The port.

    Raises
    ------
    RuntimeError
        The process does not listen for CORBA requests (yet).
    """
    for _ in range(retries):
        for port in listening_ports(pid):
            if _speaks_giop(host, port):
                return port
        time.sleep(delay)
    raise RuntimeError(f"process {pid} does not listen for requests to a device server on {host}")


def _speaks_giop(host: str, port: int) -> bool:
    """Ask a port for a CORBA object that does not exist; only a device server can answer that."""
    request = b"GIOP\1\0\1\3" + struct.pack("<III", 9, 1, 1) + b"x"  # LocateRequest: size, number, length of the key
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=0.5) as connection:
        connection.sendall(request)
        return connection.recv(4) == b"GIOP"
    return False


def listening_ports(pid: int) -> list[int]:
    """List the TCP ports on which a process listens.

    Parameters
    ----------
    pid
        The process; it must belong to the same user.

    Returns
    -------
    list of int
        The ports, in ascending order.

    Raises
    ------
    ImportError
        Not on Linux, and psutil is not installed.
    """
    find = _from_proc if sys.platform == "linux" else _from_psutil
    return find(pid)


def _from_psutil(pid: int) -> list[int]:
    try:
        import psutil
    except ImportError:
        raise ImportError(
            "finding the port of another process needs psutil on this platform: pip install psutil"
        ) from None
    try:
        connections = psutil.Process(pid).net_connections(kind="tcp")
    except psutil.Error:
        return []
    return sorted({c.laddr.port for c in connections if c.status == psutil.CONN_LISTEN})


def _from_proc(pid: int) -> list[int]:
    folder = Path(f"/proc/{pid}/fd")
    inodes = set()
    try:
        descriptors = list(folder.iterdir())
    except OSError:
        return []
    for descriptor in descriptors:
        try:
            target = os.readlink(descriptor)
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    ports = set()
    for table in ("tcp", "tcp6"):
        try:
            lines = Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == _LISTEN and fields[9] in inodes:
                ports.add(int(fields[1].rpartition(":")[2], 16))
    return sorted(ports)
