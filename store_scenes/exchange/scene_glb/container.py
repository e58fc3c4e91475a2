"""The GLB container: binary data and nodes go to scratch files as they come, then to one file.

Source: Khronos, glTF 2.0 specification, chapter 4 (GLB file format) and 5 (properties).
"""

import contextlib
import json
import shutil
import struct
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure

ARRAY_BUFFER, ELEMENT_ARRAY_BUFFER = 34962, 34963

COMPONENTS = {"f4": 5126, "u4": 5125, "u2": 5123, "u1": 5121}
TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}

GLB_BYTES_MAX = 2**32 - 1
"""Lengths in the file's header have 32 bits."""

_HEADER = struct.Struct("<4sII")
_CHUNK = struct.Struct("<I4s")

Json = dict[str, Any]


class GlbWriter:
    """Collects a file's parts; `finish` writes it. Properties but nodes are kept in memory."""

    def __init__(self, scratch: Path) -> None:
        """`scratch` is the folder for what is written on the way; it is gone afterwards."""
        self._files = contextlib.ExitStack()
        self._binary = self._scratch(scratch)
        self._nodes = self._scratch(scratch)
        self._offset = 0
        self.node_count = 0
        self._lists: dict[str, list[Json]] = {}
        self._used: set[str] = set()
        self._required: set[str] = set()

    def _scratch(self, folder: Path) -> BinaryIO:
        return self._files.enter_context(tempfile.TemporaryFile(dir=folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.close()

    def add(self, kind: str, value: Json) -> int:
        """A property such as a material; its index among its kind."""
        rows = self._lists.setdefault(kind, [])
        rows.append(value)
        return len(rows) - 1

    def use(self, extension: str, *, required: bool = False) -> None:
        """Declare an extension."""
        self._used.add(extension)
        if required:
            self._required.add(extension)

    def view(self, data: bytes, target: int = 0, stride: int = 0) -> int:
        """Put bytes into the buffer, at a multiple of four; the index of their view."""
        view: Json = {"buffer": 0, "byteOffset": self._offset, "byteLength": len(data)}
        if stride:
            view["byteStride"] = stride
        if target:
            view["target"] = target
        self._binary.write(data)
        pad = -len(data) % 4
        self._binary.write(b"\0" * pad)
        self._offset += len(data) + pad
        return self.add("bufferViews", view)

    def accessor(
        self,
        view: int,
        array: NDArray[Any],
        first: int = 0,
        *,
        normalized: bool = False,
        bounds: bool = False,
    ) -> int:
        """An accessor of the rows `array` that begin `first` rows into a view."""
        wide = 1 if array.ndim == 1 else array.shape[1]
        row: Json = {
            "bufferView": view,
            "byteOffset": first * array.dtype.itemsize * wide,
            "componentType": COMPONENTS[array.dtype.str[1:]],
            "count": len(array),
            "type": TYPES[wide],
        }
        if normalized:
            row["normalized"] = True
        if bounds:
            row["min"] = np.atleast_1d(array.min(axis=0)).tolist()
            row["max"] = np.atleast_1d(array.max(axis=0)).tolist()
        return self.add("accessors", row)

    def node(self, value: Json) -> int:
        """A node; its children have been added before it."""
        if self.node_count:
            self._nodes.write(b",\n")
        self._nodes.write(_compact(value))
        self.node_count += 1
        return self.node_count - 1

    def finish(self, out: BinaryIO, root: int, asset: Json, extensions: Json) -> int:
        """Write the file; how many bytes it has.

        Raises:
            Failure: it would be larger than a GLB file can be.
        """
        head: Json = {"asset": asset, "scene": 0, "scenes": [{"nodes": [root]}]}
        if self._used:
            head["extensionsUsed"] = sorted(self._used)
        if self._required:
            head["extensionsRequired"] = sorted(self._required)
        if extensions:
            head["extensions"] = extensions
        head |= {kind: rows for kind, rows in sorted(self._lists.items()) if rows}
        if self._offset:
            head["buffers"] = [{"byteLength": self._offset}]
        before = _compact(head)[:-1] + b',"nodes":[\n'
        after = b"\n]}"
        nodes = self._nodes.tell()
        long = len(before) + nodes + len(after)
        pad = -long % 4
        total = _HEADER.size + _CHUNK.size + long + pad
        total += _CHUNK.size + self._offset if self._offset else 0
        if total > GLB_BYTES_MAX:
            raise Failure(
                f"the store would become a GLB file of {total / 2**30:.1f} GiB, and 4 GiB is all "
                "that such a file can be; give --units front, --detail light or --instancing gpu"
            )
        out.write(_HEADER.pack(b"glTF", 2, total))
        out.write(_CHUNK.pack(long + pad, b"JSON"))
        out.write(before)
        self._nodes.seek(0)
        shutil.copyfileobj(self._nodes, out)
        out.write(after + b" " * pad)
        if self._offset:
            out.write(_CHUNK.pack(self._offset, b"BIN\0"))
            self._binary.seek(0)
            shutil.copyfileobj(self._binary, out)
        return total


def _compact(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
