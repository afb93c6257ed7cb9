"""Images as encoded values, for attributes of type DevEncoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tango._core import jpeg
from tango.enums import ExtractAs
from tango.errors import DevFailed, make_error

__all__ = ["EncodedAttribute"]

# Uncompressed formats begin with width and height, two bytes each, most significant first.
_HEADER = 4
_LARGEST = 0xFFFF


class EncodedAttribute:
    """Encodes an image for a DevEncoded attribute of a device, or decodes one that a client has read.

    A device encodes an image and returns this object as the value of the attribute.

    Parameters
    ----------
    buf_pool_size : int, optional
        Accepted for programs that give it; each encoded image has memory of its own.
    serialization : bool, optional
        Accepted likewise.

    Notes
    -----
    An image is a numpy array with the shape ``(height, width)``, a sequence of rows, or the bytes of all pixels
    together with `width` and `height`. A row is a sequence of pixels, or their bytes. Wherever a width and a height
    may be given, they are only needed for bytes.
    """

    def __init__(self, buf_pool_size: int = 1, serialization: bool = False) -> None:
        self._format = ""
        self._data = b""

    @property
    def encoded(self) -> tuple[str, bytes]:
        """The format and the data of the image encoded last; both empty if there is none."""
        return self._format, self._data

    def _keep(self, name: str, pixels: np.ndarray[Any, Any], data: bytes | None = None) -> None:
        height, width = pixels.shape[:2]
        if data is None:
            if max(width, height) > _LARGEST:
                raise ValueError(f"{name} images have at most {_LARGEST} columns and rows, not {width} x {height}")
            data = width.to_bytes(2, "big") + height.to_bytes(2, "big") + pixels.tobytes()
        self._format, self._data = name, data

    def encode_gray8(self, gray8: Any, width: int = 0, height: int = 0) -> None:
        """Encode a grey image with 8 bits a pixel, without compression.

        Parameters
        ----------
        gray8 : array, sequence or bytes
            The image.
        width, height : int, optional
            Its size.

        Raises
        ------
        TypeError, ValueError
            If it is no such image.
        """
        self._keep("GRAY8", _gray(gray8, np.dtype(np.uint8), width, height))

    def encode_gray16(self, gray16: Any, width: int = 0, height: int = 0) -> None:
        """Encode a grey image with 16 bits a pixel, without compression.

        Parameters
        ----------
        gray16 : array, sequence or bytes
            The image.
        width, height : int, optional
            Its size.

        Raises
        ------
        TypeError, ValueError
            If it is no such image.
        """
        self._keep("GRAY16", _gray(gray16, np.dtype(np.uint16), width, height).astype(">u2"))

    def encode_rgb24(self, rgb24: Any, width: int = 0, height: int = 0) -> None:
        """Encode a colour image with 3 bytes a pixel, without compression.

        Parameters
        ----------
        rgb24 : array, sequence or bytes
            The image; an array has the shape ``(height, width, 3)``. A pixel may also be an integer, red in its lowest
            byte.
        width, height : int, optional
            Its size.

        Raises
        ------
        TypeError, ValueError
            If it is no such image.
        """
        self._keep("RGB24", _colour(rgb24, 3, width, height))

    def encode_jpeg_gray8(self, gray8: Any, width: int = 0, height: int = 0, quality: float = 100.0) -> None:
        """Encode a grey image with 8 bits a pixel as JPEG.

        Parameters
        ----------
        gray8 : array, sequence or bytes
            The image.
        width, height : int, optional
            Its size.
        quality : float, optional
            From 0, bad and small, to 100, good and large.

        Raises
        ------
        TypeError, ValueError
            If it is no such image.
        DevFailed
            If cppTango was built without JPEG.
        """
        self._encode_jpeg("JPEG_GRAY8", "gray8", _gray(gray8, np.dtype(np.uint8), width, height), quality)

    def encode_jpeg_rgb24(self, rgb24: Any, width: int = 0, height: int = 0, quality: float = 100.0) -> None:
        """Encode a colour image with 3 bytes a pixel as JPEG.

        Parameters
        ----------
        rgb24 : array, sequence or bytes
            The image, as for :meth:`encode_rgb24`.
        width, height : int, optional
            Its size.
        quality : float, optional
            From 0, bad and small, to 100, good and large.

        Raises
        ------
        TypeError, ValueError
            If it is no such image.
        DevFailed
            If cppTango was built without JPEG.
        """
        self._encode_jpeg("JPEG_RGB", "rgb24", _colour(rgb24, 3, width, height), quality)

    def encode_jpeg_rgb32(self, rgb32: Any, width: int = 0, height: int = 0, quality: float = 100.0) -> None:
        """Encode a colour image with 4 bytes a pixel, of which the last does not count, as JPEG.

        Parameters
        ----------
        rgb32 : array, sequence or bytes
            The image; an array has the shape ``(height, width, 4)``, or ``(height, width)`` with 32 bits a pixel. A
            pixel may also be an integer, red in its lowest byte.
        width, height : int, optional
            Its size.
        quality : float, optional
            From 0, bad and small, to 100, good and large.

        Raises
        ------
        TypeError, ValueError
            If it is no such image.
        DevFailed
            If cppTango was built without JPEG.
        """
        self._encode_jpeg("JPEG_RGB", "rgb32", _colour(rgb32, 4, width, height), quality)

    def _encode_jpeg(self, name: str, kind: str, pixels: np.ndarray[Any, Any], quality: float) -> None:
        if not 0 <= quality <= 100:
            raise ValueError(f"the quality of a JPEG image is between 0 and 100, not {quality}")
        height, width = pixels.shape[:2]
        self._keep(name, pixels, jpeg.encode(kind, pixels.reshape(-1).data, width, height, quality))

    def decode_gray8(self, da: Any, extract_as: ExtractAs = ExtractAs.Numpy) -> Any:
        """Decode a grey image with 8 bits a pixel, compressed or not.

        Parameters
        ----------
        da : DeviceAttribute
            What was read.
        extract_as : ExtractAs, optional
            What is wanted.

        Returns
        -------
        object
            An array with the shape ``(height, width)``; a list or tuple of rows, whose pixels are bytes of length 1;
            or for ``ExtractAs.String`` width, height and the bytes of all pixels.

        Raises
        ------
        DevFailed
            If it is no such image.
        TypeError
            If `extract_as` is something else.
        """
        pixels = _decoded(da, {"GRAY8": _raw_gray8, "JPEG_GRAY8": _jpeg_gray8}, "Not a grayscale 8bit format")
        return _extracted(pixels, extract_as, lambda row: [bytes((pixel,)) for pixel in row.tolist()])

    def decode_gray16(self, da: Any, extract_as: ExtractAs = ExtractAs.Numpy) -> Any:
        """Decode a grey image with 16 bits a pixel.

        Parameters
        ----------
        da : DeviceAttribute
            What was read.
        extract_as : ExtractAs, optional
            What is wanted.

        Returns
        -------
        object
            An array with the shape ``(height, width)``; a list or tuple of rows; or for ``ExtractAs.String`` width,
            height and the bytes of all pixels.

        Raises
        ------
        DevFailed
            If it is no such image.
        TypeError
            If `extract_as` is something else.
        """
        pixels = _decoded(da, {"GRAY16": _raw_gray16}, "Not a grayscale 16 bits format")
        return _extracted(pixels, extract_as, lambda row: row.tolist())

    def decode_rgb32(self, da: Any, extract_as: ExtractAs = ExtractAs.Numpy) -> Any:
        """Decode a colour image, compressed or not.

        Parameters
        ----------
        da : DeviceAttribute
            What was read.
        extract_as : ExtractAs, optional
            What is wanted.

        Returns
        -------
        object
            An array of 32-bit integers with the shape ``(height, width)``, red in the lowest byte; a list or tuple of
            rows; or for ``ExtractAs.String`` width, height and the bytes of all pixels.

        Raises
        ------
        DevFailed
            If it is no such image.
        TypeError
            If `extract_as` is something else.
        """
        pixels = _decoded(da, {"RGB24": _raw_rgb24, "JPEG_RGB": _jpeg_rgb}, "Not a color format")
        return _extracted(pixels, extract_as, lambda row: row.tolist())


# --- Python values to pixels -----------------------------------------------------------------------------------------


def _from_bytes(data: Any, dtype: np.dtype[Any], per_pixel: int, width: int, height: int) -> np.ndarray[Any, Any]:
    size = width * height * per_pixel * dtype.itemsize
    if width <= 0 or height <= 0:
        raise ValueError("the bytes of an image need its width and height")
    if len(data) != size:
        raise ValueError(f"an image of {width} x {height} pixels has {size} bytes, not {len(data)}")
    pixels = np.frombuffer(data, dtype)
    return pixels.reshape((height, width) if per_pixel == 1 else (height, width, per_pixel))


def _rows(image: Any, row: Callable[[Any], np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    if not isinstance(image, Sequence) or isinstance(image, str) or len(image) == 0:
        raise TypeError(f"an image is an array, bytes, or a sequence of rows, not {type(image).__name__} {image!r:.60}")
    rows = [row(item) for item in image]
    if len({len(item) for item in rows}) != 1:
        raise TypeError("All sequences inside a sequence must have the same size")
    return np.stack(rows)


def _numbers(row: Any, dtype: np.dtype[Any]) -> np.ndarray[Any, Any]:
    """Return the pixels of one row, given as bytes, as integers or as bytes of length 1."""
    if isinstance(row, (bytes, bytearray, memoryview)):
        return np.frombuffer(row, dtype)
    if isinstance(row, str) or not isinstance(row, (Sequence, np.ndarray)):
        raise TypeError(f"a row of an image is bytes or a sequence of pixels, not {type(row).__name__} {row!r:.60}")
    values = [item[0] if isinstance(item, bytes) and len(item) == 1 else item for item in row]
    numbers = np.asarray(values)
    if numbers.dtype.kind not in "iub" or numbers.ndim != 1:
        raise TypeError(f"pixels of {dtype.itemsize * 8} bits are integers, not {row!r:.60}")
    if len(numbers) and not 0 <= numbers.min() <= numbers.max() <= np.iinfo(dtype).max:
        raise ValueError(f"pixels of {dtype.itemsize * 8} bits are between 0 and {np.iinfo(dtype).max}: {row!r:.60}")
    return numbers.astype(dtype)


def _gray(image: Any, dtype: np.dtype[Any], width: int, height: int) -> np.ndarray[Any, Any]:
    if isinstance(image, np.ndarray):
        if image.dtype.itemsize != dtype.itemsize or image.dtype.kind not in "iub":
            raise TypeError(f"Expected numpy array with itemsize == {dtype.itemsize}, got {image.dtype}")
        if image.ndim == 1 and width > 0 and height > 0 and image.size == width * height:
            image = image.reshape(height, width)
        if image.ndim != 2 or image.size == 0:
            raise ValueError(
                f"a grey image is an array of 2 dimensions, or of 1 with width and height, not of shape {image.shape}"
            )
        return np.ascontiguousarray(image if image.dtype.isnative else image.astype(dtype)).view(dtype)
    if isinstance(image, (bytes, bytearray, memoryview)):
        return _from_bytes(image, dtype, 1, width, height)
    return _rows(image, lambda row: _numbers(row, dtype))


def _colour(image: Any, channels: int, width: int, height: int) -> np.ndarray[Any, Any]:
    byte = np.dtype(np.uint8)
    if isinstance(image, np.ndarray):
        if image.ndim == 2 and image.dtype.itemsize == 4 and image.dtype.kind in "iu":
            return _split(np.ascontiguousarray(image), channels)
        if image.dtype.itemsize != 1:
            raise TypeError(f"Expected numpy array with itemsize == 1, got {image.dtype}")
        if image.ndim != 3 and image.size == width * height * channels > 0:
            image = image.reshape(height, width, channels)
        if image.ndim != 3 or image.shape[2] != channels or image.size == 0:
            raise ValueError(
                f"a colour image of {channels} bytes a pixel is an array of shape (height, width, {channels}), "
                f"not {image.shape}"
            )
        return np.ascontiguousarray(image).view(byte)
    if isinstance(image, (bytes, bytearray, memoryview)):
        return _from_bytes(image, byte, channels, width, height)

    def row(item: Any) -> np.ndarray[Any, Any]:
        data: np.ndarray[Any, Any]
        if isinstance(item, (bytes, bytearray, memoryview)):
            data = np.frombuffer(item, byte)
        elif isinstance(item, Sequence) and item and all(isinstance(pixel, bytes) for pixel in item):
            data = np.frombuffer(b"".join(item), byte)
        elif isinstance(item, (Sequence, np.ndarray)) and len(item) and isinstance(item[0], (Sequence, np.ndarray)):
            data = np.concatenate([_numbers(pixel, byte) for pixel in item])
        else:
            words = _numbers(item, np.dtype(np.uint32)).reshape(1, -1)
            return _split(words, channels).reshape(-1, channels)
        if len(data) % channels:
            raise TypeError(f"pixels have {channels} bytes; a row of {len(data)} bytes is not made of them")
        return data.reshape(-1, channels)

    return _rows(image, row)


def _split(pixels: np.ndarray[Any, Any], channels: int) -> np.ndarray[Any, Any]:
    """Return the bytes of 32-bit pixels, the lowest first."""
    little = pixels.astype("<u4", copy=False)
    return np.ascontiguousarray(little.view(np.uint8).reshape(*pixels.shape, 4)[:, :, :channels])


# --- pixels to Python values -----------------------------------------------------------------------------------------


def _failed(reason: str, what: str) -> DevFailed:
    return DevFailed(make_error(reason, what, "EncodedAttribute"))


def _decoded(
    da: Any, formats: dict[str, Callable[[bytes], np.ndarray[Any, Any]]], otherwise: str
) -> np.ndarray[Any, Any]:
    # Read with ExtractAs.Nothing, an attribute keeps its encoded value aside.
    value = getattr(da, "encoded_value", None) or getattr(da, "value", None)
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise _failed(
            "API_IncompatibleAttrArgumentType", f"expected a DevEncoded attribute with a value, got {value!r:.60}"
        )
    name, data = value
    name = name.decode("latin-1") if isinstance(name, bytes) else name
    try:
        decode = formats[name]
    except KeyError:
        raise _failed("API_WrongFormat", f"{otherwise}: {name!r}") from None
    return decode(data.encode("latin-1") if isinstance(data, str) else bytes(data))


def _raw(data: bytes, dtype: str, channels: int) -> np.ndarray[Any, Any]:
    width, height = int.from_bytes(data[0:2], "big"), int.from_bytes(data[2:4], "big")
    size = width * height * channels * np.dtype(dtype).itemsize
    if len(data) != _HEADER + size:
        raise _failed("API_WrongFormat", f"{width} x {height} pixels have {_HEADER + size} bytes, not {len(data)}")
    return np.frombuffer(data, dtype, offset=_HEADER).reshape(
        (height, width, channels) if channels > 1 else (height, width)
    )


def _raw_gray8(data: bytes) -> Any:
    return _raw(data, "u1", 1).copy()


def _raw_gray16(data: bytes) -> np.ndarray[Any, Any]:
    return _raw(data, ">u2", 1).astype(np.uint16)


def _raw_rgb24(data: bytes) -> np.ndarray[Any, Any]:
    pixels = _raw(data, "u1", 3)
    padded = np.zeros((*pixels.shape[:2], 4), np.uint8)
    padded[:, :, :3] = pixels
    return _joined(padded)


def _jpeg_gray8(data: bytes) -> np.ndarray[Any, Any]:
    width, height, pixels = jpeg.decode("gray8", data)
    return np.array(np.frombuffer(pixels, np.uint8).reshape(height, width))


def _jpeg_rgb(data: bytes) -> np.ndarray[Any, Any]:
    width, height, pixels = jpeg.decode("rgb32", data)
    return _joined(np.frombuffer(pixels, np.uint8).reshape(height, width, 4))


def _joined(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return 32-bit pixels made from four bytes each, the first the lowest."""
    joined: np.ndarray[Any, Any] = np.ascontiguousarray(pixels).view("<u4").reshape(pixels.shape[:2])
    return joined.astype(np.uint32, copy=True)


def _extracted(
    pixels: np.ndarray[Any, Any], extract_as: ExtractAs, items: Callable[[np.ndarray[Any, Any]], list[Any]]
) -> Any:
    if extract_as == ExtractAs.Numpy:
        return pixels
    if extract_as == ExtractAs.String:
        return pixels.shape[1], pixels.shape[0], pixels.tobytes()
    if extract_as == ExtractAs.List:
        return [items(row) for row in pixels]
    if extract_as == ExtractAs.Tuple:
        return tuple(tuple(items(row)) for row in pixels)
    raise TypeError("extract_as must be one of Numpy, String, Tuple, List")
