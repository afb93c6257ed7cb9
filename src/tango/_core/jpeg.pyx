"""JPEG images."""
from libcpp.string cimport string

from tango._core.errors cimport translate


cdef extern from "jpeg.hpp" namespace "tangopy" nogil:
    cdef enum class Pixels(int):
        gray8
        rgb24
        rgb32
    string jpeg_encode(Pixels, const unsigned char *, int width, int height, double quality) except +translate
    string jpeg_decode(Pixels, const unsigned char *, size_t, int &width, int &height) except +translate

cdef dict PIXELS = {"gray8": <int>Pixels.gray8, "rgb24": <int>Pixels.rgb24, "rgb32": <int>Pixels.rgb32}


def encode(pixels: str, const unsigned char[::1] data, int width, int height, double quality) -> bytes:
    """Compress an image.

    Parameters
    ----------
    pixels
        ``"gray8"``, ``"rgb24"`` or ``"rgb32"``: 1, 3 or 4 bytes a pixel.
    data
        The pixels, row after row.
    width, height
        Size of the image.
    quality
        From 0, bad and small, to 100, good and large.

    Returns
    -------
    bytes
        The JPEG file.
    """
    cdef Pixels kind = <Pixels><int>PIXELS[pixels]
    cdef string encoded
    cdef Py_ssize_t size = <Py_ssize_t>width * height * {"gray8": 1, "rgb24": 3, "rgb32": 4}[pixels]
    if width <= 0 or height <= 0 or data.shape[0] != size:
        raise ValueError(f"{width} x {height} pixels of {pixels} are {size} bytes, not {data.shape[0]}")
    with nogil:
        encoded = jpeg_encode(kind, &data[0], width, height, quality)
    return encoded


def decode(pixels: str, const unsigned char[::1] data) -> tuple[int, int, bytes]:
    """Decompress an image.

    Parameters
    ----------
    pixels
        ``"gray8"`` or ``"rgb32"``: what is wanted, 1 or 4 bytes a pixel.
    data
        The JPEG file.

    Returns
    -------
    int, int, bytes
        Width, height, and the pixels, row after row.
    """
    cdef Pixels kind = <Pixels><int>PIXELS[pixels]
    cdef string decoded
    cdef int width = 0, height = 0
    if data.shape[0] == 0:
        raise ValueError("no JPEG image in 0 bytes")
    with nogil:
        decoded = jpeg_decode(kind, &data[0], data.shape[0], width, height)
    return width, height, decoded
