"""The numbers of a glTF file: packed buffers unpacked, accessors as arrays, all within bounds.

Source: Khronos glTF 2.0, 3.6.2 (accessors, sparse storage) and 3.11 (normalised integers);
EXT_meshopt_compression, KHR_meshopt_compression, KHR_draco_mesh_compression.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.models.imported.container import Container, Tree, refuse

DECODED_BYTES_MAX = 256 * 1024 * 1024
ELEMENTS_MAX = 8_000_000
DRACO_EACH_MAX = 2_000_000
"""Faces, and vertices, that a Draco mesh may claim: its decoder believes the claim."""
COOK = "install the packages that cooking needs: pip install endcap[cook]"

_TYPES = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
_MESHOPT = ("EXT_meshopt_compression", "KHR_meshopt_compression")

Floats = NDArray[np.float64]


def entry(tree: Tree, kind: str, index: Any) -> Tree:
    """An entry of one of the file's lists.

    Raises:
        ValueError: there is no such entry.
    """
    items = tree.get(kind, [])
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(items):
        raise ValueError(f"{index!r:.40} is none of its {len(items)} {kind}")
    found = items[index]
    if not isinstance(found, dict):
        raise TypeError(f"{kind}[{index}] is no object")
    return found


def _packed(view: Tree) -> Tree | None:
    """What says how a buffer view is packed, if it is."""
    extensions = view.get("extensions") or {}
    return next((extensions[name] for name in _MESHOPT if name in extensions), None)


class Accessors:
    """A container's accessors as arrays; what was unpacked once is kept."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._views: dict[int, bytes | memoryview] = {}
        self._draco: dict[int, Any] = {}
        self._spent = 0

    def numbers(self, index: Any, width: int) -> Floats:
        """An accessor as (n, width) floats, normalised where it says so.

        Raises:
            Failure: it reaches beyond its buffer, claims too much, or holds what is no number.
            ValueError, TypeError, KeyError: it is no accessor of that width.
        """
        accessor = entry(self._container.tree, "accessors", index)
        rows = self._rows(accessor, index)
        if rows.shape[1] != width:
            raise ValueError(f"accessor {index} has {rows.shape[1]} parts, not {width}")
        return self.as_floats(rows, normalised=bool(accessor.get("normalized")))

    def as_floats(self, rows: NDArray[Any], *, normalised: bool) -> Floats:
        """Rows as floats, which are numbers.

        Raises:
            Failure: they are not.
        """
        with np.errstate(invalid="ignore"):  # what is no number is said below
            values = rows.astype(np.float64)
        if normalised and rows.dtype.kind in "iu":
            values = np.maximum(values / np.iinfo(rows.dtype).max, -1.0)
        if not np.isfinite(values).all():
            raise refuse(
                self._container.path,
                "has positions or other values that are not numbers",
                "export it again",
            )
        return values

    def indices(self, index: Any) -> NDArray[np.int64]:
        """An accessor of vertex numbers.

        Raises:
            Failure, ValueError, TypeError, KeyError: as `numbers`.
        """
        accessor = entry(self._container.tree, "accessors", index)
        rows = self._rows(accessor, index)
        if rows.shape[1] != 1 or rows.dtype.kind != "u":
            raise ValueError(f"accessor {index} holds no vertex numbers")
        return rows[:, 0].astype(np.int64)

    def draco(self, view: Any) -> Any:
        """A Draco mesh: `points`, `faces`, and its attributes by their unique ids.

        Raises:
            Failure: it does not unpack.
        """
        if view not in self._draco:
            import DracoPy

            data = bytes(self.view(view))
            if max(_draco_claims(data)) > DRACO_EACH_MAX:
                raise refuse(self._container.path, "has Draco data that claims too much",
                             "simplify it, or export it without metadata")  # fmt: skip
            try:
                self._draco[view] = DracoPy.decode(data)
            # DracoPy documents no errors; whatever it raises is a damaged file to a person.
            except Exception as error:
                raise refuse(
                    self._container.path, "has Draco data that does not unpack", "export it again"
                ) from error
            self._spend(self._draco[view].points.size * 8)
        return self._draco[view]

    def view(self, index: Any) -> bytes | memoryview:
        """The bytes of a buffer view, unpacked where they are packed; else without a copy.

        Raises:
            Failure: beyond its buffer, or damaged.
        """
        if index not in self._views:
            view = entry(self._container.tree, "bufferViews", index)
            packed = _packed(view)
            if packed is not None:
                self._views[index] = self._meshopt(packed)
            else:
                self._views[index] = self._slice(view)
        return self._views[index]

    def _slice(self, view: Tree) -> memoryview:
        buffers = self._container.buffers
        number, start = view["buffer"], view.get("byteOffset", 0)
        length = view["byteLength"]
        if not all(isinstance(one, int) for one in (number, start, length)):
            raise TypeError("a buffer view whose place is no whole number")
        if not 0 <= number < len(buffers):
            raise ValueError(f"{number} is none of its buffers")
        if min(start, length) < 0 or start + length > len(buffers[number]):
            raise self._beyond("a buffer view")
        return memoryview(buffers[number])[start : start + length]

    def _meshopt(self, packed: Tree) -> bytes:
        count, size = packed["count"], packed["byteStride"]
        if not isinstance(count, int) or not isinstance(size, int) or not 0 < size <= 256:
            raise ValueError("a packed buffer view that says no size")
        if not 0 < count <= ELEMENTS_MAX:
            raise self._beyond("a packed buffer view")
        self._spend(count * size)
        try:
            import meshopt
        except ImportError:
            raise refuse(self._container.path, "is packed with meshopt", COOK) from None
        data = bytes(self._slice(packed))
        wanted = packed.get("filter", "NONE")
        try:
            rows = meshopt.decode_gltf_buffer(
                data, count, size, packed["mode"], None if wanted == "NONE" else wanted
            )
        except Exception as error:  # of a native decoder: damaged, whatever it is called
            raise refuse(
                self._container.path, "has packed data that does not unpack", "export it again"
            ) from error
        return np.ascontiguousarray(rows).tobytes()

    def _rows(self, accessor: Tree, index: Any) -> NDArray[Any]:
        """(count, width) in the file's own number type."""
        kind = np.dtype(_TYPES[accessor["componentType"]])
        width, count = _WIDTH[accessor["type"]], accessor["count"]
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise ValueError(f"accessor {index} says {count!r:.40} elements")
        if count > ELEMENTS_MAX:
            raise self._beyond(f"an accessor {index} of {count} elements")
        self._spend(count * width * 8)
        if "bufferView" in accessor:
            offset = accessor.get("byteOffset", 0)
            rows = self._strided(accessor["bufferView"], offset, kind, width, count, index)
        else:
            rows = np.zeros((count, width), kind)
        sparse = accessor.get("sparse")
        return rows if sparse is None else self._patched(rows, sparse, index)

    def _strided(
        self, view_index: Any, offset: Any, kind: np.dtype[Any], width: int, count: int, index: Any
    ) -> NDArray[Any]:
        data = self.view(view_index)
        view = entry(self._container.tree, "bufferViews", view_index)
        size = kind.itemsize * width
        packed: Tree = _packed(view) or {}
        stride = packed.get("byteStride") or view.get("byteStride") or size
        if not isinstance(stride, int) or not isinstance(offset, int):
            raise TypeError(f"accessor {index} whose place is no whole number")
        if stride < size or offset < 0 or offset + (count - 1) * stride + size > len(data):
            raise self._beyond(f"an accessor {index} of {count} elements")
        return np.ndarray((count, width), kind, data, offset, (stride, kind.itemsize)).copy()

    def _patched(self, rows: NDArray[Any], sparse: Tree, index: Any) -> NDArray[Any]:
        """Sparse storage: some rows are replaced."""
        count = sparse["count"]
        if not isinstance(count, int) or not 0 < count <= len(rows):
            raise ValueError(f"accessor {index} says {count!r:.40} sparse elements")
        places, values = sparse["indices"], sparse["values"]
        kind = np.dtype(_TYPES[places["componentType"]])
        where = self._strided(
            places["bufferView"], places.get("byteOffset", 0), kind, 1, count, index
        )[:, 0].astype(np.int64)
        if kind.kind != "u" or where.max() >= len(rows):
            raise self._beyond(f"a sparse accessor {index}")
        rows[where] = self._strided(
            values["bufferView"], values.get("byteOffset", 0), rows.dtype, rows.shape[1], count,
            index,
        )  # fmt: skip
        return rows

    def _spend(self, size: int) -> None:
        self._spent += size
        if self._spent > DECODED_BYTES_MAX:
            raise refuse(
                self._container.path,
                f"unpacks into more than {DECODED_BYTES_MAX >> 20} MiB", "simplify it",
            )  # fmt: skip

    def _beyond(self, what: str) -> Failure:
        return refuse(self._container.path, f"has {what} beyond its buffer", "export it again")


def _draco_claims(data: bytes) -> tuple[int, int]:
    """The counts in the head of a Draco mesh, before anything is unpacked.

    What is no Draco claims nothing, since the decoder refuses it; metadata, which would stand
    before the counts and no exporter of glTF writes, claims all. Source: the Draco bitstream
    specification 2.2, 5.1 (header), 5.3 and 5.4 (connectivity).
    """
    if data[:5] != b"DRACO" or len(data) < 13:
        return 0, 0
    if data[10] & 0x80:
        return ELEMENTS_MAX, ELEMENTS_MAX
    at = 12 if data[8] == 1 else 11
    first, at = _varint(data, at)
    return first, _varint(data, at)[0]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        value |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:
            break
    return value, at
