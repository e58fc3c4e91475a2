"""The cooked form of a model: what the client maps, never a source model.

One file a model and size, named by the SHA-256 of its bytes. A header, then sections at multiples
of 64 bytes in the very form that the renderer takes: vertices (n,) VERTEX, fitted to the product's
box; indices (m,) u4 of all levels of detail, finest first; the far picture (FAR_SIZE, FAR_SIZE, 4)
u1. Last comes the near picture, ART_SIZE square, as lossless WebP, for few models are ever near.
"""

import io
import math
import mmap
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.models.detail import CELL_SIZES_M, DetailedMesh, Levels
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, VERTEX, ProductMesh, shrunk

COOKED_BYTES_MAX = 512 * 1024 * 1024
VERTICES_MAX = 6_000_000
INDICES_MAX = 6_000_000
MANIFEST_BYTES_MAX = 16 * 1024 * 1024

FOLDER = Path(".endcap/cooked")
MANIFEST_NAME = "manifest.json"
SUFFIX = ".cooked"

_MAGIC = b"ENDCAPM\x03"
_LEVELS = len(CELL_SIZES_M) + 1
_HEADER = struct.Struct(f"<8sIII{2 * _LEVELS}I6f4d16s")
"""Magic, vertices, indices, bytes of the near picture; each level's first index, and its count;
lowest and highest corner, metres; radius, metres; the size it was fitted to, mm; its digest."""
_ALIGN = 64
_FAR_BYTES = FAR_SIZE * FAR_SIZE * 4
_FAR_FACTOR = ART_SIZE // FAR_SIZE
_FLOATS = 8
"""Of a vertex, that come first: position, normal and uv."""


def cooked_name(sha256: str) -> str:
    """The file's name for its content."""
    return f"{sha256}{SUFFIX}"


def encode_cooked(
    mesh: DetailedMesh, art: NDArray[np.uint8], size_mm: tuple[float, float, float]
) -> bytes:
    """The file's bytes; equal meshes and pictures give equal bytes.

    `mesh` is fitted to `size_mm`; `art` (ART_SIZE, ART_SIZE, 4) u1 sRGB, top row first.
    """
    packed = _packed(art)
    head = (len(mesh.vertices), len(mesh.indices), len(packed))
    low, high = mesh.low.tolist(), mesh.high.tolist()
    out = bytearray(
        _HEADER.pack(
            _MAGIC, *head, *mesh.first, *mesh.count, *low, *high, mesh.radius, *size_mm, mesh.digest
        )
    )
    for section in (mesh.vertices, mesh.indices.astype("<u4"), shrunk(art, _FAR_FACTOR)):
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
    _, vertices, indices, packed, *told, digest = _HEADER.unpack_from(mapped, 0)
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
    numbers = told[2 * _LEVELS :]
    if not all(map(math.isfinite, numbers)) or min(numbers[6:]) <= 0.0:
        raise _damaged(path, "its size is none")
    mesh = DetailedMesh(
        vertices=np.frombuffer(mapped, VERTEX, vertices, starts[0]),
        indices=np.frombuffer(mapped, "<u4", indices, starts[1]),
        first=tuple(told[:_LEVELS]),
        count=tuple(told[_LEVELS : 2 * _LEVELS]),
        low=np.array(numbers[:3], np.float32),
        high=np.array(numbers[3:6], np.float32),
        radius=numbers[6],
        digest=digest,
    )
    _check(path, mesh)
    far = np.frombuffer(mapped, np.uint8, _FAR_BYTES, starts[2]).reshape(FAR_SIZE, FAR_SIZE, 4)
    size_mm = (numbers[7], numbers[8], numbers[9])
    return CookedMesh(mesh, size_mm, far, path, memoryview(mapped)[starts[3] : size])


class CookedMesh(ProductMesh):
    """A mapped model; its near picture is unpacked each time somebody asks for it."""

    __slots__ = ("_packed", "_path")
    _packed: memoryview
    _path: Path

    def __init__(
        self,
        mesh: DetailedMesh,
        size_mm: tuple[float, float, float],
        far: NDArray[np.uint8],
        path: Path,
        packed: memoryview,
    ) -> None:
        """`mesh` is fitted to `size_mm`."""
        levels = Levels(mesh.indices, mesh.first, mesh.count)
        for name, value in (
            ("vertices", mesh.vertices), ("indices", mesh.indices[: mesh.count[0]]), ("far", far),
            ("levels", levels), ("fitted", mesh), ("fitted_mm", size_mm),
            ("_path", path), ("_packed", packed),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    @property
    def art(self) -> NDArray[np.uint8]:
        """The near picture.

        Raises:
            Failure: it does not unpack.
        """
        return _unpacked(self._path, self._packed)


def _packed(art: NDArray[np.uint8]) -> bytes:
    """The least effort: a third of what Zstandard leaves, and as quick to make."""
    from PIL import Image

    out = io.BytesIO()
    picture = Image.fromarray(np.ascontiguousarray(art), "RGBA")
    picture.save(out, "WEBP", lossless=True, method=0, quality=0, exact=True)
    return out.getvalue()


def _unpacked(path: Path, packed: memoryview) -> NDArray[np.uint8]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(packed), formats=("WEBP",)) as picture:
            if picture.size != (ART_SIZE, ART_SIZE):
                raise _damaged(path, "its picture has another size")
            return np.array(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError) as error:
        raise _damaged(path, "its picture does not unpack") from error


def _damaged(path: Path, reason: str) -> Failure:
    return Failure(
        f"The cooked model {path} is damaged ({reason}): delete it and run endcap cook again."
    )


def _check(path: Path, mesh: DetailedMesh) -> None:
    if int(mesh.indices.max()) >= len(mesh.vertices):
        raise _damaged(path, "its indices are out of range")
    whole = len(mesh.indices)
    for first, count in zip(mesh.first, mesh.count, strict=True):
        if first % 3 or count % 3 or count < 3 or first + count > whole:
            raise _damaged(path, "its levels of detail are out of range")
    if mesh.first[0]:
        raise _damaged(path, "its levels of detail are out of range")
    # One sum finds what is no number as surely as looking at each, and in a tenth of the time.
    columns = mesh.vertices.view("<f4").reshape(len(mesh.vertices), -1)[:, :_FLOATS]
    with np.errstate(invalid="ignore", over="ignore"):
        total = float(np.add.reduce(columns, axis=None))
    if not math.isfinite(total):
        raise _damaged(path, "it holds numbers that are none")
