"""Just enough to save an array or a curve as a PNG without a plotting package."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import numpy as np


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def save_gray(path: Path, pixels: np.ndarray) -> None:
    """Save a two-dimensional array as an 8-bit PNG, its smallest value black and its largest white."""
    low, high = float(pixels.min()), float(pixels.max())
    gray = ((pixels - low) * (255.0 / (high - low or 1.0))).astype(np.uint8)
    height, width = gray.shape
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # each row begins with its filter byte, 0
    rows[:, 1:] = gray
    body = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6))
        + _chunk(b"IEND", b"")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(body)
    partial.replace(path)


def save_curve(path: Path, values: np.ndarray, height: int = 400, margin: int = 12) -> None:
    """Save a curve over its index, dark on white in a frame."""
    width = len(values)
    low, high = float(values.min()), float(values.max())
    y = np.round((high - values) * ((height - 1) / (high - low or 1.0))).astype(int)
    pixels = np.full((height + 2 * margin, width + 2 * margin), 255, dtype=np.uint8)
    pixels[[margin // 2, -margin // 2], margin // 2 : -margin // 2] = 128
    pixels[margin // 2 : -margin // 2, [margin // 2, -margin // 2]] = 128
    previous = y[0]
    for x, here in enumerate(y):
        top, bottom = sorted((previous, here))
        pixels[margin + top : margin + bottom + 2, margin + x] = 0
        previous = here
    save_gray(path, pixels)
