"""What is large in a recording made small, and back to the last bit: scenes' arrays and pictures.

Each is packed by itself; what lies around it has a checksum. Of an array that packs badly as it
lies (`_TURNS`) the bytes are put in another order first: neighbours in a store differ by little,
and little packs well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import zstandard
from numpy.typing import NDArray

from vr_client.replay.container import DamagedError, read_up_to
from vr_client.replay.digest import bytes_of
from vr_client.replay.limits import WINDOW_BYTES_MAX

Bytes = NDArray[np.uint8]

LEVEL: Final = 9
LARGE_BYTES: Final = 96 * 1024**2
QUICK_LEVEL: Final = 3
"""The pictures of ten thousand products are to be packed while few frames wait."""


def pack_array(name: str, array: NDArray[Any]) -> bytes:
    """One array of a scene, `name` its field; called by a thread, so numpy and zstd do it all."""
    turn = _TURNS.get(name)
    turned = bytes_of(turn.there(array) if turn is not None and array.size else array)
    level = LEVEL if array.nbytes <= LARGE_BYTES else QUICK_LEVEL
    return zstandard.ZstdCompressor(level).compress(turned)


def unpack_array(
    name: str, data: bytes | bytearray, dtype: np.dtype[Any], shape: tuple[int, ...]
) -> NDArray[Any]:
    """The array again; the caller has found its size to be no larger than any.

    Raises:
        DamagedError: it has another size.
    """
    size = dtype.itemsize * int(np.prod(shape, dtype=object))
    raw = _unpacked(data, size, f"the {name} of a store in it are not as many as it says")
    turn = _TURNS.get(name)
    flat = np.frombuffer(raw, np.uint8)
    if turn is not None and size:
        return turn.back(flat, shape).reshape(-1).view(dtype).reshape(shape)
    return flat.view(dtype).reshape(shape) if size else np.zeros(shape, dtype)


def pack_picture(picture: NDArray[np.uint8], *, quickly: bool = False) -> bytes:
    """A near picture, (h, w, 4); `quickly` a tenth larger, in a quarter of the time."""
    return zstandard.ZstdCompressor(QUICK_LEVEL if quickly else LEVEL).compress(bytes_of(picture))


def unpack_picture(data: bytes | bytearray, size: tuple[int, int]) -> NDArray[np.uint8]:
    """The picture again; the caller has found `size`, (h, w), to be no larger than any.

    Raises:
        DamagedError: it has another size.
    """
    height, width = size
    raw = _unpacked(data, height * width * 4, "a picture in it has another size than it says")
    return np.frombuffer(raw, np.uint8).reshape(height, width, 4)


def _unpacked(data: bytes | bytearray, size: int, wrong: str) -> bytearray:
    """Memory grows with what comes, and by one byte over `size` at most."""
    unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES_MAX)
    try:
        with unpacker.stream_reader(bytes(data)) as stream:
            raw = read_up_to(stream, size + 1)
    except zstandard.ZstdError as error:
        raise DamagedError(f"its data cannot be unpacked ({error})") from error
    if len(raw) != size:
        raise DamagedError(wrong)
    return raw


# ---------------------------------------------------------------- other orders of bytes


@dataclass(frozen=True, slots=True)
class _Turn:
    """`there` gives bytes in another order; `back` takes those, flat, and the array's shape."""

    there: Callable[[NDArray[Any]], Bytes]
    back: Callable[[Bytes, tuple[int, ...]], NDArray[Any]]


def _planes(rows: NDArray[Any]) -> Bytes:
    """(n, size of a row) bytes as columns: all first bytes, then all second ones."""
    return np.ascontiguousarray(rows.view(np.uint8).reshape(len(rows), -1).T)


def _rows(planes: Bytes, count: int) -> Bytes:
    return np.ascontiguousarray(planes.reshape(-1, count).T)


def _steps(values: NDArray[Any], axis: int) -> NDArray[Any]:
    """What each is more than the one before it, modulo the type."""
    first = np.zeros_like(values.take([0], axis=axis))
    return np.diff(values, axis=axis, prepend=first)


def _sums(steps: NDArray[Any], axis: int) -> NDArray[Any]:
    return np.cumsum(steps, axis=axis, dtype=steps.dtype)


def _light_there(light: NDArray[Any]) -> Bytes:
    """(layers, rows, columns, 4) u2: each channel by itself, steps along all three axes.

    Small steps down are small numbers too: 0, -1, 1, -2, ... are 0, 1, 2, 3, ...
    """
    steps: NDArray[Any] = np.ascontiguousarray(np.moveaxis(light, -1, 0))
    for axis in (3, 2, 1):
        steps = _steps(steps, axis)
    signed = steps.view(np.int16)
    return _planes(((signed << 1) ^ (signed >> 15)).reshape(-1, 1))


def _light_back(planes: Bytes, shape: tuple[int, ...]) -> NDArray[Any]:
    folded = _rows(planes, len(planes) // 2).view("<u2").reshape(shape[3], *shape[:3])
    steps: NDArray[Any] = (folded >> 1) ^ (0 - (folded & 1))
    for axis in (1, 2, 3):
        steps = _sums(steps, axis)
    return np.ascontiguousarray(np.moveaxis(steps, 0, -1))


def _bounds_there(bounds: NDArray[Any]) -> Bytes:
    """(k, 2, 3) f4: the floats' bits as numbers, steps from row to row."""
    return _planes(_steps(bounds.view("<u4").reshape(len(bounds), 6), 0))


def _bounds_back(planes: Bytes, shape: tuple[int, ...]) -> NDArray[Any]:
    return _sums(_rows(planes, shape[0]).view("<u4"), 0)


def _rows_back(planes: Bytes, shape: tuple[int, ...]) -> NDArray[Any]:
    return _rows(planes, shape[0])


_TURNS: Final[dict[str, _Turn]] = {
    "light": _Turn(_light_there, _light_back),
    "bounds": _Turn(_bounds_there, _bounds_back),
    "instances": _Turn(_planes, _rows_back),
}
"""Part of the file's format: another entry is another schema."""
