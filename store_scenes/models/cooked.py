"""The cooked form of a model: what the client maps, never a source model.

One file a model, named by the SHA-256 of its bytes. A header, then sections at multiples of 64
bytes in the very form that the renderer takes: vertices (n,) VERTEX, indices (m,) u4 of all levels
of detail, finest first, the far picture (FAR_SIZE, FAR_SIZE, 4) u1. Last comes the near picture
(ART_SIZE, ART_SIZE, 4) u1, packed with Zstandard, for few models are ever near.
"""

import json
import math
import mmap
import re
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.models.detail import CELL_SIZES_M, Levels, levels_of
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, VERTEX, ProductMesh, shrunk

COOKED_BYTES_MAX = 512 * 1024 * 1024
VERTICES_MAX = 6_000_000
INDICES_MAX = 6_000_000
MANIFEST_BYTES_MAX = 16 * 1024 * 1024

FOLDER = Path(".endcap/cooked")
MANIFEST_NAME = "manifest.json"
SUFFIX = ".cooked"

_MAGIC = b"ENDCAPM\x02"
_LEVELS = len(CELL_SIZES_M) + 1
_HEADER = struct.Struct(f"<8sIII{2 * _LEVELS}I")
"""Magic, vertices, indices, bytes of the near picture; each level's first index, and its count."""
_ALIGN = 64
_ART_BYTES = ART_SIZE * ART_SIZE * 4
_FAR_BYTES = FAR_SIZE * FAR_SIZE * 4
_PACK_LEVEL = 9
_FLOATS = 8
"""Of a vertex, that come first: position, normal and uv."""


def cooked_name(sha256: str) -> str:
    """The file's name for its content."""
    return f"{sha256}{SUFFIX}"


def encode_cooked(mesh: ProductMesh) -> bytes:
    """The file's bytes; equal meshes give equal bytes."""
    import zstandard

    packed = zstandard.ZstdCompressor(level=_PACK_LEVEL).compress(
        np.ascontiguousarray(mesh.art).tobytes()
    )
    levels = mesh.levels or levels_of(mesh.vertices, mesh.indices)
    head = (len(mesh.vertices), len(levels.indices), len(packed))
    out = bytearray(_HEADER.pack(_MAGIC, *head, *levels.first, *levels.count))
    far = shrunk(mesh.art, ART_SIZE // FAR_SIZE)
    for section in (mesh.vertices, levels.indices.astype("<u4"), far):
        out += bytes(-len(out) % _ALIGN)
        out += np.ascontiguousarray(section).tobytes()
    out += bytes(-len(out) % _ALIGN)
    out += packed
    return bytes(out)


def load_cooked(path: Path) -> ProductMesh:
    """Map a cooked model; its arrays are read-only and read from the disk as they are used.

    Raises:
        Failure: missing, damaged, or beyond the limits above.
    """
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if not _HEADER.size <= size <= COOKED_BYTES_MAX:
                raise _damaged(path, "it has no size that a model has")
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise Failure(
            f"The cooked model {path} is missing: run endcap cook on the store."
        ) from error
    except (OSError, ValueError) as error:
        raise _damaged(path, type(error).__name__) from error
    if mapped[: len(_MAGIC)] != _MAGIC:
        raise _damaged(path, "it is of another form")
    _, vertices, indices, packed, *told = _HEADER.unpack_from(mapped, 0)
    if not 3 <= vertices <= VERTICES_MAX or not 3 <= indices <= INDICES_MAX:
        raise _damaged(path, "its counts are none")
    starts = [_HEADER.size]
    for length in (vertices * VERTEX.itemsize, indices * 4, _FAR_BYTES):
        start = starts[-1] + -starts[-1] % _ALIGN
        starts[-1] = start
        starts.append(start + length)
    starts[-1] += -starts[-1] % _ALIGN
    if starts[-1] + packed != size:
        raise _damaged(path, "it is cut short")
    first, count = tuple(told[:_LEVELS]), tuple(told[_LEVELS:])
    levels = Levels(np.frombuffer(mapped, "<u4", indices, starts[1]), first, count)
    mesh = CookedMesh(
        np.frombuffer(mapped, VERTEX, vertices, starts[0]),
        levels,
        np.frombuffer(mapped, np.uint8, _FAR_BYTES, starts[2]).reshape(FAR_SIZE, FAR_SIZE, 4),
        path,
        memoryview(mapped)[starts[3] : size],
    )
    _check(path, mesh.vertices, levels)
    return mesh


class CookedMesh(ProductMesh):
    """A mapped model; its near picture is unpacked each time somebody asks for it."""

    __slots__ = ("_packed", "_path")
    _packed: memoryview
    _path: Path

    def __init__(
        self,
        vertices: NDArray[np.void],
        levels: Levels,
        far: NDArray[np.uint8],
        path: Path,
        packed: memoryview,
    ) -> None:
        full = levels.indices[: levels.count[0]]
        for name, value in (("vertices", vertices), ("indices", full), ("far", far),
                            ("levels", levels), ("_path", path), ("_packed", packed)):  # fmt: skip
            object.__setattr__(self, name, value)

    @property
    def art(self) -> NDArray[np.uint8]:
        """The near picture.

        Raises:
            Failure: it does not unpack.
        """
        return _unpacked(self._path, self._packed)


def _unpacked(path: Path, packed: memoryview) -> NDArray[np.uint8]:
    import zstandard

    try:
        if zstandard.frame_content_size(packed) != _ART_BYTES:
            raise _damaged(path, "its picture has another size")
        raw = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_ART_BYTES)
    except zstandard.ZstdError as error:
        raise _damaged(path, "its picture does not unpack") from error
    return np.frombuffer(raw, np.uint8).reshape(ART_SIZE, ART_SIZE, 4)


def _damaged(path: Path, reason: str) -> Failure:
    return Failure(
        f"The cooked model {path} is damaged ({reason}): delete it and run endcap cook again."
    )


def _check(path: Path, vertices: NDArray[Any], levels: Levels) -> None:
    if int(levels.indices.max()) >= len(vertices):
        raise _damaged(path, "its indices are out of range")
    whole = len(levels.indices)
    for first, count in zip(levels.first, levels.count, strict=True):
        if first % 3 or count % 3 or count < 3 or first + count > whole:
            raise _damaged(path, "its levels of detail are out of range")
    if levels.first[0]:
        raise _damaged(path, "its levels of detail are out of range")
    # One sum finds what is no number as surely as looking at each, and in a tenth of the time.
    columns = vertices.view("<f4").reshape(len(vertices), -1)[:, :_FLOATS]
    with np.errstate(invalid="ignore", over="ignore"):
        total = float(np.add.reduce(columns, axis=None))
    if not math.isfinite(total):
        raise _damaged(path, "it holds numbers that are none")


def bounds_of(mesh: ProductMesh) -> tuple[list[float], list[float]]:
    """Lowest and highest corner of a mesh, metres."""
    position = mesh.vertices["position"]
    low = [float(value) for value in position.min(axis=0)]
    return low, [float(value) for value in position.max(axis=0)]


def cooked_bounds(path: Path) -> tuple[list[float], list[float]]:
    """Lowest and highest corner of a cooked model, metres.

    Raises:
        Failure: as `load_cooked`.
    """
    return bounds_of(load_cooked(path))


def cooked_file(store: Path, model: str) -> Path:
    """The cooked file of `model`, a path inside the store folder as its catalogue says it.

    Raises:
        Failure: the store was not cooked, or not since this model joined it.
    """
    manifest = store / FOLDER / MANIFEST_NAME
    try:
        with manifest.open("rb") as file:
            raw = file.read(MANIFEST_BYTES_MAX + 1)
        digest = json.loads(raw)["models"][model]["sha256"]
    except FileNotFoundError as error:
        raise Failure(f"The store {store} was not cooked: run endcap cook {store}.") from error
    except KeyError as error:
        raise Failure(f"{store / model} is not cooked: run endcap cook {store}.") from error
    except (OSError, ValueError, TypeError) as error:
        raise Failure(
            f"The list of cooked models {manifest} does not read: delete {manifest.parent} "
            f"and run endcap cook {store}."
        ) from error
    if not isinstance(digest, str) or not re.fullmatch(r"[0-9a-f]{64}", digest, re.ASCII):
        raise Failure(
            f"The list of cooked models {manifest} names no hash for {model}: delete "
            f"{manifest.parent} and run endcap cook {store}."
        )
    return store / FOLDER / cooked_name(digest)
