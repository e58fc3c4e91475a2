"""A glTF 2.0 asset as bytes: its JSON, its buffers and its images, nothing decoded yet.

Source: Khronos glTF 2.0 specification, sections 3.6 (binary data) and 4.4 (GLB layout).
"""

import base64
import binascii
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from catalog_sync.model.failure import Failure

FILE_BYTES_MAX = 64 * 1024 * 1024
"""Of the model with all its buffers and images together."""

JSON_BYTES_MAX = 16 * 1024 * 1024
PARTS_MAX = 256
WHAT_CHARS_MAX = 240

_GLB_MAGIC, _GLB_VERSION = b"glTF", 2
_CHUNK_JSON, _CHUNK_BIN = 0x4E4F534A, 0x004E4942
_OTHER_FORMATS = (".fbx", ".usdz", ".dae", ".3mf")

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Container:
    """`tree` is the JSON; `raw` the main file; `parts` every file beside it by its URI as written.

    `buffers` are the bytes of `tree["buffers"]`, in order.
    """

    path: Path
    tree: Tree
    raw: bytes
    parts: dict[str, bytes]
    buffers: tuple[bytes, ...]

    def image(self, image: Tree) -> bytes:
        """The bytes of a picture that is not in a buffer.

        Raises:
            Failure: a data URI that is no base64.
            ValueError: it says nowhere to look.
        """
        uri = image.get("uri")
        if not isinstance(uri, str):
            raise ValueError("a picture without bytes")  # noqa: TRY004 - of the file, not of ours
        return _data_uri(self.path, uri) if uri.startswith("data:") else self.parts[uri]


def refuse(path: Path, what: str, remedy: str) -> Failure:
    """The sentence for a model that cannot be taken."""
    # What a file says of itself may be of any length.
    plain = " ".join(what.split())
    told = plain if len(plain) <= WHAT_CHARS_MAX else f"{plain[:WHAT_CHARS_MAX]}…"
    return Failure(f"The model {path} {told}: {remedy}.")


def read_container(path: Path) -> Container:
    """Read a `.glb` or `.gltf` with everything it names.

    Raises:
        Failure: another format, missing, damaged, beyond the limits, or naming a file outside
            its own folder.
    """
    suffix = path.suffix.lower()
    if suffix not in (".glb", ".gltf"):
        what = "is not glTF" if suffix in _OTHER_FORMATS else "has no known format"
        raise refuse(path, what, "export it as .glb")
    raw = _read(path, FILE_BYTES_MAX)
    binary: bytes | None = None
    if raw[:4] == _GLB_MAGIC:
        text, binary = _split_glb(path, raw)
    else:
        text = raw
    tree = _parse(path, text)
    parts: dict[str, bytes] = {}
    buffers: list[bytes] = []
    spent = len(raw)
    for kind in ("buffers", "images"):
        for index, item in enumerate(_objects(path, tree, kind)):
            uri = item.get("uri")
            if uri is None:
                data = binary if kind == "buffers" and index == 0 else None
                if kind == "buffers" and data is None and "extensions" in item:
                    buffers.append(b"")  # an extension's stand-in: the guard speaks of that
                    continue
                if kind == "buffers" and data is None:
                    raise refuse(path, f"has a buffer {index} without data", "export it again")
            elif not isinstance(uri, str):
                raise refuse(path, f"has a {kind[:-1]} whose uri is no text", "export it again")
            elif uri.startswith("data:"):
                data = _data_uri(path, uri)
            else:
                data = parts.get(uri) or _read_beside(path, uri, FILE_BYTES_MAX - spent)
                spent += 0 if uri in parts else len(data)
                parts[uri] = data
                if len(parts) > PARTS_MAX:
                    raise refuse(path, f"names more than {PARTS_MAX} files", "pack it as one .glb")
            if kind == "buffers":
                assert data is not None
                buffers.append(_whole(path, index, item, data))
    return Container(path, tree, raw, parts, tuple(buffers))


def read_file(path: Path) -> bytes:
    """A model's own bytes.

    Raises:
        Failure: it cannot be read, or is too large.
    """
    return _read(path, FILE_BYTES_MAX)


def read_beside(path: Path, name: str) -> bytes:
    """A file that a model names, inside the model's own folder.

    Raises:
        Failure: it leads elsewhere, is missing, or is too large.
    """
    return _read_beside(path, name, FILE_BYTES_MAX)


def _objects(path: Path, tree: Tree, kind: str) -> list[Tree]:
    items = tree.get(kind, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise refuse(path, f'has a "{kind}" that is no list of objects', "export it again")
    return items


def _whole(path: Path, index: int, item: Tree, data: bytes) -> bytes:
    length = item.get("byteLength")
    if not isinstance(length, int) or not 0 < length <= len(data):
        raise refuse(
            path, f"says {length} bytes for buffer {index} and has {len(data)}", "export it again"
        )
    return data[:length]


def _read(path: Path, bytes_max: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(bytes_max + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise refuse(path, f"cannot be read ({reason})", "put the file there") from error
    if len(data) > bytes_max:
        raise refuse(
            path, f"is larger than {FILE_BYTES_MAX // 2**20} MiB with its parts", "make it smaller"
        )
    return data


def _read_beside(path: Path, uri: str, bytes_max: int) -> bytes:
    name = unquote(uri)
    folder = path.parent.resolve()
    if "\\" in name or ":" in name or "\0" in name:
        raise refuse(path, f"names {uri!r}, which is no file beside it", "pack it as one .glb")
    target = (folder / name).resolve()
    if not target.is_relative_to(folder):
        raise refuse(path, f"names {uri!r} outside of its own folder", "pack it as one .glb")
    try:
        is_there = target.is_file()
    except OSError:  # no file has such a name: it is too long, or of another system
        is_there = False
    if not is_there:
        raise refuse(path, f"needs {name!r} beside it, which is missing", "copy that file as well")
    return _read(target, max(0, bytes_max))


def _split_glb(path: Path, raw: bytes) -> tuple[bytes, bytes | None]:
    if len(raw) < 20:
        raise refuse(path, "is cut short", "copy it again")
    version, length = struct.unpack_from("<II", raw, 4)
    if version != _GLB_VERSION:
        raise refuse(path, f"is glTF {version}, not 2.0", "export it as glTF 2.0")
    if length > len(raw):
        raise refuse(path, "is cut short", "copy it again")
    chunks: list[tuple[int, bytes]] = []
    at = 12
    while at + 8 <= length and len(chunks) < 16:
        size, kind = struct.unpack_from("<II", raw, at)
        if at + 8 + size > length:
            raise refuse(path, "is cut short", "copy it again")
        chunks.append((kind, raw[at + 8 : at + 8 + size]))
        at += 8 + size
    if not chunks or chunks[0][0] != _CHUNK_JSON:
        raise refuse(path, "has no JSON chunk", "export it again")
    binary = next((data for kind, data in chunks[1:2] if kind == _CHUNK_BIN), None)
    return chunks[0][1], binary


def _parse(path: Path, text: bytes) -> Tree:
    if len(text) > JSON_BYTES_MAX:
        raise refuse(path, "has more JSON than 16 MiB", "make it smaller")
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(path, "holds no readable JSON", "export it again") from error
    asset = tree.get("asset") if isinstance(tree, dict) else None
    version = asset.get("version") if isinstance(asset, dict) else None
    if not isinstance(version, str) or not version.startswith("2."):
        raise refuse(path, f"is glTF {version}, not 2.0", "export it as glTF 2.0")
    return dict(tree)


def _data_uri(path: Path, uri: str) -> bytes:
    head, _, body = uri.partition(",")
    try:
        return base64.b64decode(body, validate=True) if head.endswith(";base64") else b""
    except (binascii.Error, ValueError) as error:
        raise refuse(path, "has a data URI that is no base64", "export it again") from error
