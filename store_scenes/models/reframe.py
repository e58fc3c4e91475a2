"""A model with its scale and its up mended: a glTF's own file with a node on top, nothing lost."""

import io
import json
import math
import struct
from pathlib import Path
from typing import Any

import numpy as np

from catalog_sync.model.failure import Failure
from store_scenes.models.imported.accessors import Floats
from store_scenes.models.imported.container import Container, read_container, refuse
from store_scenes.models.imported.other import SUFFIXES, read_other
from store_scenes.models.inspect import UNITS

FACTOR_MIN, FACTOR_MAX = 1e-6, 1e6


def frame(scale: str, up: str) -> Floats:
    """The matrix for `--scale` (a unit or a factor) and `--up` (x, y or z).

    Raises:
        Failure: neither a unit nor a factor; no such direction.
    """
    if scale in UNITS:
        factor = UNITS[scale]
    else:
        try:
            factor = float(scale)
        except ValueError:
            factor = math.nan
    if not FACTOR_MIN <= factor <= FACTOR_MAX:
        raise Failure(f"--scale: {scale!r} is none of mm, cm, in, m, nor a factor")
    turn = np.eye(4)
    if up == "z":
        turn[1:3, 1:3] = [[0.0, 1.0], [-1.0, 0.0]]
    elif up == "x":
        turn[:2, :2] = [[0.0, -1.0], [1.0, 0.0]]
    elif up != "y":
        raise Failure(f"--up: {up!r} is none of x, y, z")
    turn[:3, :3] *= factor
    return turn


def reframed(path: Path, matrix: Floats) -> bytes:
    """The model as a GLB, under a node with `matrix`.

    Raises:
        Failure: the model cannot be read.
    """
    if path.suffix.lower() in SUFFIXES:
        scene, _ = read_other(path)
        scene.apply_transform(matrix)
        out: Any = scene.export(file_type="glb")
        return bytes(out)
    return _wrapped(read_container(path), matrix)


def _wrapped(container: Container, matrix: Floats) -> bytes:
    """The container as one GLB; every scene's roots go under a node of their own."""
    tree = json.loads(json.dumps(container.tree))
    try:
        nodes = tree.setdefault("nodes", [])
        for scene in tree["scenes"]:
            nodes.append({"matrix": matrix.T.ravel().tolist(), "children": scene["nodes"]})
            scene["nodes"] = [len(nodes) - 1]
        blob = io.BytesIO()
        starts = []
        for buffer in container.buffers:
            blob.write(bytes(-blob.tell() % 4))
            starts.append(blob.tell())
            blob.write(buffer)
        views = tree.setdefault("bufferViews", [])
        for view in views:
            _move(view, starts)
            for extension in (view.get("extensions") or {}).values():
                if isinstance(extension, dict) and "buffer" in extension:
                    _move(extension, starts)
        for image in tree.get("images", []):
            if "uri" in image:
                data = container.image(image)
                blob.write(bytes(-blob.tell() % 4))
                views.append({"buffer": 0, "byteOffset": blob.tell(), "byteLength": len(data)})
                blob.write(data)
                del image["uri"]
                image["bufferView"] = len(views) - 1
                image.setdefault("mimeType", _mime(data))
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as error:
        raise refuse(container.path, f"is not valid glTF ({type(error).__name__})",
                     "export it again") from error  # fmt: skip
    blob.write(bytes(-blob.tell() % 4))
    tree["buffers"] = [{"byteLength": blob.tell()}]
    text = json.dumps(tree).encode()
    text += b" " * (-len(text) % 4)
    size = 12 + 8 + len(text) + 8 + blob.tell()
    head = struct.pack("<4sII", b"glTF", 2, size) + struct.pack("<I4s", len(text), b"JSON")
    return head + text + struct.pack("<I4s", blob.tell(), b"BIN\0") + blob.getvalue()


def _move(view: dict[str, Any], starts: list[int]) -> None:
    view["byteOffset"] = view.get("byteOffset", 0) + starts[view["buffer"]]
    view["buffer"] = 0


def _mime(data: bytes) -> str:
    if data[:4] == b"\x89PNG":
        return "image/png"
    return "image/webp" if data[:4] == b"RIFF" else "image/jpeg"
