"""Object references."""

import pytest

from tango.server.ior import parse_ior

REFERENCE = (
    "IOR:010000001700000049444c3a54616e676f2f4465766963655f363a312e30000001000000000000009c000000010102000a000000"
    "3132372e302e302e310051e20d000000647365727665722f70732f7073000000"
)


def test_host_and_port():
    ior = parse_ior(REFERENCE)
    assert (ior.dtype, ior.host, ior.port) == (b"IDL:Tango/Device_6:1.0", b"127.0.0.1", 57937)


@pytest.mark.parametrize("length", range(4, len(REFERENCE) - 60, 8))
def test_an_incomplete_reference_is_no_reference(length):
    with pytest.raises(ValueError, match="reference"):
        parse_ior(REFERENCE[:length])


def test_something_else_is_no_reference():
    with pytest.raises(ValueError, match="does not begin with 'IOR:'"):
        parse_ior("corbaloc::host/x")
