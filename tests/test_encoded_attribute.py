"""Images as encoded values, and Python objects as encoded values."""

import random
from pathlib import Path

import numpy as np
import pytest

from tango import codec
from tango._core import jpeg
from tango.encoded_attribute import EncodedAttribute
from tango.enums import ExtractAs
from tango.errors import DevFailed

GRAY8 = np.arange(6, dtype=np.uint8).reshape(2, 3)
GRAY16 = (np.arange(6, dtype=np.uint16) * 1000).reshape(2, 3)
RGB = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
SMOOTH = np.add.outer(np.arange(40), np.arange(56)).astype(np.uint8)


class Read:
    """Stands in for a DeviceAttribute."""

    def __init__(self, value):
        self.value = value


def encoded(method, *arguments, **options):
    image = EncodedAttribute()
    getattr(image, f"encode_{method}")(*arguments, **options)
    return image.encoded


@pytest.mark.parametrize(
    ("method", "arguments", "name", "data"),
    [
        ("gray8", (GRAY8,), "GRAY8", "0003 0002 00 01 02 03 04 05"),
        ("gray8", ([[1, 2], [3, 4]],), "GRAY8", "0002 0002 01 02 03 04"),
        ("gray8", (b"\x01\x02\x03\x04\x05\x06", 3, 2), "GRAY8", "0003 0002 01 02 03 04 05 06"),
        ("gray8", (bytearray(b"\x01\x02"), 1, 2), "GRAY8", "0001 0002 01 02"),
        ("gray8", ([b"\x01\x02", b"\x03\x04"],), "GRAY8", "0002 0002 01 02 03 04"),
        ("gray8", ([[b"\x01", b"\x02"]],), "GRAY8", "0002 0001 01 02"),
        ("gray8", (np.arange(12, dtype=np.uint8).reshape(2, 6)[:, ::2],), "GRAY8", "0003 0002 00 02 04 06 08 0a"),
        ("gray8", (np.arange(6, dtype=np.uint8), 3, 2), "GRAY8", "0003 0002 00 01 02 03 04 05"),
        ("gray16", (GRAY16,), "GRAY16", "0003 0002 0000 03e8 07d0 0bb8 0fa0 1388"),
        ("gray16", (GRAY16.astype(">u2"),), "GRAY16", "0003 0002 0000 03e8 07d0 0bb8 0fa0 1388"),
        ("gray16", ([[1, 2], [3, 400]],), "GRAY16", "0002 0002 0001 0002 0003 0190"),
        ("gray16", (np.array([258], np.uint16).tobytes(), 1, 1), "GRAY16", "0001 0001 0102"),
        ("rgb24", (RGB[:1, :2],), "RGB24", "0002 0001 000102 030405"),
        ("rgb24", ([[0x010203, 0x040506]],), "RGB24", "0002 0001 030201 060504"),
        ("rgb24", ([[[1, 2, 3], [4, 5, 6]]],), "RGB24", "0002 0001 010203 040506"),
        ("rgb24", ([[b"abc", b"def"]],), "RGB24", "0002 0001 616263 646566"),
        ("rgb24", ([b"abcdef"],), "RGB24", "0002 0001 616263 646566"),
        ("rgb24", (b"abcdef", 2, 1), "RGB24", "0002 0001 616263 646566"),
    ],
)
def test_an_image_is_encoded_without_compression(method, arguments, name, data):
    assert encoded(method, *arguments) == (name, bytes.fromhex(data))


@pytest.mark.parametrize(
    ("method", "arguments", "kind", "message"),
    [
        ("gray8", (GRAY8.astype(float),), TypeError, "itemsize == 1, got float64"),
        ("gray16", (GRAY16.astype(int),), TypeError, "itemsize == 2, got int64"),
        ("gray8", (np.arange(6, dtype=np.uint8),), ValueError, r"not of shape \(6,\)"),
        ("gray8", (np.zeros((0, 3), np.uint8),), ValueError, r"not of shape \(0, 3\)"),
        ("gray8", ([[1, 2], [3]],), TypeError, "must have the same size"),
        ("gray8", ([[1, 300]],), ValueError, "between 0 and 255"),
        ("gray8", ([[1, 1.5]],), TypeError, "pixels of 8 bits are integers"),
        ("gray8", (b"ab", 3, 2), ValueError, "3 x 2 pixels has 6 bytes, not 2"),
        ("gray8", (b"ab",), ValueError, "need its width and height"),
        ("gray8", ("abc",), TypeError, "a sequence of rows, not str 'abc'"),
        ("gray8", (["abc"],), TypeError, "a sequence of pixels, not str 'abc'"),
        ("gray8", (5,), TypeError, "a sequence of rows, not int 5"),
        ("gray8", (np.zeros((1, 70000), np.uint8),), ValueError, "at most 65535 columns and rows, not 70000 x 1"),
        ("rgb24", (GRAY8,), ValueError, r"shape \(height, width, 3\), not \(2, 3\)"),
        ("rgb24", ([b"abcd"],), TypeError, "a row of 4 bytes is not made of them"),
        ("jpeg_gray8", (GRAY8, 0, 0, 101), ValueError, "between 0 and 100, not 101"),
    ],
)
def test_what_is_no_image(method, arguments, kind, message):
    image = EncodedAttribute()
    with pytest.raises(kind, match=message):
        getattr(image, f"encode_{method}")(*arguments)
    assert image.encoded == ("", b"")


@pytest.mark.parametrize(
    ("kind", "image", "pixel"),
    [("gray8", GRAY8, lambda value: bytes([value])), ("gray16", GRAY16, int)],
)
def test_a_grey_image_comes_back_in_each_form(kind, image, pixel):
    read = Read(encoded(kind, image))
    decode = getattr(EncodedAttribute(), f"decode_{kind}")
    rows = [[pixel(value) for value in row] for row in image.tolist()]
    array = decode(read)
    assert array.dtype == image.dtype and array.flags.writeable and (array == image).all()
    assert decode(read, extract_as=ExtractAs.List) == rows
    assert decode(read, extract_as=ExtractAs.Tuple) == tuple(map(tuple, rows))
    assert decode(read, extract_as=ExtractAs.String) == (3, 2, image.tobytes())
    with pytest.raises(TypeError, match="extract_as must be one of Numpy, String, Tuple, List"):
        decode(read, extract_as=ExtractAs.Bytes)


def test_a_colour_image_comes_back_with_32_bits_a_pixel():
    read = Read(encoded("rgb24", RGB))
    pixels = EncodedAttribute().decode_rgb32(read)
    assert pixels.dtype == np.uint32 and pixels.tolist() == [
        [0x020100, 0x050403, 0x080706],
        [0x0B0A09, 0x0E0D0C, 0x11100F],
    ]
    width, height, data = EncodedAttribute().decode_rgb32(read, extract_as=ExtractAs.String)
    assert (width, height, data[:8]) == (3, 2, bytes((0, 1, 2, 0, 3, 4, 5, 0)))


def test_a_grey_image_through_jpeg():
    name, data = encoded("jpeg_gray8", SMOOTH, quality=95)
    assert name == "JPEG_GRAY8" and len(data) < SMOOTH.size
    decoded = EncodedAttribute().decode_gray8(Read((name, data)))
    assert decoded.shape == SMOOTH.shape and np.abs(decoded.astype(int) - SMOOTH).max() <= 4
    assert len(encoded("jpeg_gray8", SMOOTH, quality=10)[1]) < len(data)


@pytest.mark.parametrize("kind", ["rgb24", "rgb32"])
def test_a_colour_image_through_jpeg(kind):
    colours = np.zeros((*SMOOTH.shape, int(kind[-2:]) // 8), np.uint8)
    colours[:, :, 0], colours[:, :, 1] = SMOOTH, 255 - SMOOTH
    name, data = encoded(f"jpeg_{kind}", colours)
    assert name == "JPEG_RGB"
    decoded = EncodedAttribute().decode_rgb32(Read((name, data)))
    channels = decoded.view(np.uint8).reshape(*SMOOTH.shape, 4)
    assert np.abs(channels[:, :, :3].astype(int) - colours[:, :, :3]).max() <= 12 and (channels[:, :, 3] == 255).all()
    if kind == "rgb32":
        assert encoded("jpeg_rgb32", colours.view("<u4")[:, :, 0]) == (name, data)


@pytest.mark.parametrize(
    ("value", "reason", "message"),
    [
        (("GRAY16", b""), "API_WrongFormat", "Not a grayscale 8bit format: 'GRAY16'"),
        (("GRAY8", b"\x00\x02\x00\x02abc"), "API_WrongFormat", "2 x 2 pixels have 8 bytes, not 7"),
        (("GRAY8", b""), "API_WrongFormat", "0 x 0 pixels have 4 bytes, not 0"),
        (
            ("JPEG_GRAY8", b"junk"),
            "API_DecodeErr",
            "Not a JPEG image that can be decoded: it does not begin as a JPEG image",
        ),
        (1.5, "API_IncompatibleAttrArgumentType", "expected a DevEncoded attribute with a value, got 1.5"),
        (None, "API_IncompatibleAttrArgumentType", "expected a DevEncoded attribute with a value, got None"),
    ],
)
def test_what_is_no_encoded_image(value, reason, message):
    with pytest.raises(DevFailed) as failure:
        EncodedAttribute().decode_gray8(Read(value))
    assert failure.value.args[0].reason == reason and message in failure.value.args[0].desc


def test_a_damaged_jpeg_image_is_refused_or_decoded_but_never_crashes():
    data = encoded("jpeg_rgb24", np.repeat(SMOOTH[:, :, None], 3, axis=2))[1]
    chance = random.Random(1)
    refused = decoded = 0
    for _ in range(300):
        damaged = bytearray(data)
        if chance.random() < 0.3:
            del damaged[chance.randrange(1, len(damaged)) :]
        for _ in range(chance.randrange(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            EncodedAttribute().decode_rgb32(Read(("JPEG_RGB", bytes(damaged))))
        except DevFailed as failure:
            refused += failure.args[0].reason == "API_DecodeErr"
        else:
            decoded += 1
    assert refused + decoded == 300 and refused > 50 and decoded > 5


RAMPS = np.stack(np.broadcast_arrays(np.arange(24) * 10, np.arange(20)[:, None] * 12, 0), 2)
RAMPS[:, :, 2] = 255 - np.arange(24) * 5 - np.arange(20)[:, None] * 5


@pytest.mark.parametrize(("name", "tolerance"), [("444", 8), ("422", 14), ("420-restart", 20)])
def test_colours_sampled_in_different_ways(name, tolerance):
    data = (Path(__file__).parent / "data" / f"ramps-{name}.jpg").read_bytes()
    decoded = EncodedAttribute().decode_rgb32(Read(("JPEG_RGB", data)))
    channels = decoded.view(np.uint8).reshape(20, 24, 4)[:, :, :3].astype(int)
    assert np.abs(channels - RAMPS).max() <= tolerance


def test_a_grey_image_with_restart_markers():
    data = (Path(__file__).parent / "data" / "ramps-gray-restart.jpg").read_bytes()
    assert np.abs(EncodedAttribute().decode_gray8(Read(("JPEG_GRAY8", data))).astype(int) - RAMPS[:, :, 0]).max() <= 4
    decoded = EncodedAttribute().decode_rgb32(Read(("JPEG_RGB", data)))
    assert ((decoded & 0xFF) == (decoded >> 16 & 0xFF)).all() and (decoded >> 24 == 255).all()


def test_a_progressive_image_is_refused():
    data = (Path(__file__).parent / "data" / "ramps-progressive.jpg").read_bytes()
    with pytest.raises(DevFailed) as failure:
        EncodedAttribute().decode_rgb32(Read(("JPEG_RGB", data)))
    assert failure.value.args[0].desc.endswith("it is progressive, lossless or arithmetically coded")


def with_bytes(data, position, new):
    return data[:position] + new + data[position + len(new) :]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data, frame: data[:30], "it is cut off"),
        (lambda data, frame: data[:-40], "it is cut off"),
        (lambda data, frame: data[:20] + b"\x00" * 400, "there is something between its segments"),
        (lambda data, frame: data[:2] + b"\xff\xd9", "it has no pixels"),
        (lambda data, frame: with_bytes(data, frame + 4, b"\x0c"), "its pixels do not have 8 bits"),
        (lambda data, frame: with_bytes(data, frame + 5, b"\x00\x00"), "its width or height is 0"),
        (
            lambda data, frame: with_bytes(data, frame + 5, b"\xff\xff\xff\xff"),
            "it is too short for its width and height",
        ),
        (lambda data, frame: with_bytes(data, frame + 9, b"\x04"), "it has neither one nor three colours"),
        (lambda data, frame: with_bytes(data, frame + 12, b"\x03"), "a scan uses a table that is missing"),
        (lambda data, frame: with_bytes(data, frame + 10, b"\x09"), "a scan names an unknown colour or table"),
    ],
)
def test_a_malformed_jpeg_image_is_refused_with_a_reason(damage, message):
    data = encoded("jpeg_gray8", SMOOTH)[1]
    frame = max(data.find(b"\xff\xc0\x00\x0b"), data.find(b"\xff\xc1\x00\x0b"))
    with pytest.raises(DevFailed) as failure:
        jpeg.decode("gray8", damage(data, frame))
    assert failure.value.args[0].desc == f"Not a JPEG image that can be decoded: {message}"


def test_sizes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="4 x 4 pixels of gray8 are 16 bytes, not 6"):
        jpeg.encode("gray8", GRAY8.reshape(-1), 4, 4, 90.0)
    with pytest.raises(ValueError, match="no JPEG image in 0 bytes"):
        jpeg.decode("gray8", b"")


# --- codec -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", ["json", "pickle", "pickle_5"])
def test_an_object_is_encoded_and_decoded(fmt):
    value = {"a": [1, 2.5, "x"]}
    name, data = codec.dumps(fmt, value)
    assert name == fmt and codec.loads(fmt, data) == value


def test_other_formats_are_refused():
    for call in (lambda: codec.dumps("yaml", 1), lambda: codec.loads("yaml", b"1")):
        with pytest.raises(TypeError, match="Format 'yaml' not supported"):
            call()
