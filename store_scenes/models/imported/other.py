"""OBJ with its MTL and pictures, STL and PLY: guarded, then read by trimesh."""

import io
import logging
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from catalog_sync.model.failure import Failure
from store_scenes.models.imported.container import read_beside, read_file, refuse
from store_scenes.models.imported.pictures import Pixels, picture

SUFFIXES = (".obj", ".stl", ".ply")
TEXT_BYTES_MAX = 24 * 1024 * 1024
"""Of a file that is text: reading it takes many times its size."""

FILES_MAX = 64
PLY_HEADER_BYTES_MAX = 64 * 1024
TRIANGLES_MAX = 2_000_000
_MTL = re.compile(rb"^\s*mtllib\s+(.+?)\s*$", re.MULTILINE)
_MAP = re.compile(rb"^\s*map_Kd\s+(?:-\S+\s+\S+\s+)*(.+?)\s*$", re.MULTILINE)
_ELEMENT = re.compile(rb"^element\s+(\S+)\s+(\S+)\s*$", re.MULTILINE)


def read_other(path: Path) -> tuple[Any, dict[str, bytes]]:
    """A trimesh scene, and every file that was read, by its name; the file itself is named "".

    Raises:
        Failure: missing, damaged, too large, or naming a file outside its own folder.
    """
    suffix = path.suffix.lower()
    raw = read_file(path)
    is_text = suffix == ".obj" or (suffix == ".ply" and b"format ascii" in raw[:200]) or (
        suffix == ".stl" and _is_text_stl(raw)
    )  # fmt: skip
    if is_text and len(raw) > TEXT_BYTES_MAX:
        raise refuse(path, f"is more than {TEXT_BYTES_MAX >> 20} MiB of text", "export it as .glb")
    files = {"": raw}
    if suffix == ".obj":
        files |= _beside(path, raw)
    elif suffix == ".ply":
        _check_ply(path, raw)
    elif not is_text and (len(raw) < 84 or (len(raw) - 84) // 50 > TRIANGLES_MAX):
        raise refuse(path, "is no STL that can be taken", "export it again, or simplify it")
    return _load(path, suffix, files), files


def _load(path: Path, suffix: str, files: dict[str, bytes]) -> Any:
    import trimesh

    # What it logs of a damaged file, tracebacks included, is no news beside the sentence.
    logging.getLogger("trimesh").addHandler(logging.NullHandler())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scene = trimesh.load_scene(
                io.BytesIO(files[""]), file_type=suffix[1:], resolver=files, process=False
            )
    except Failure:
        raise
    # trimesh documents no errors; whatever it raises on a damaged file is the same to a person.
    except Exception as error:
        raise refuse(
            path, f"cannot be loaded ({type(error).__name__})", "export it again"
        ) from error
    meshes = [mesh for mesh in scene.geometry.values() if hasattr(mesh, "faces")]
    if sum(len(mesh.faces) for mesh in meshes) > TRIANGLES_MAX:
        raise refuse(path, f"has more than {TRIANGLES_MAX:,} triangles", "simplify it")
    if not any(len(mesh.faces) for mesh in meshes):
        raise refuse(path, "shows no triangles", "export it again")
    for name, mesh in list(scene.geometry.items()):
        if not hasattr(mesh, "faces"):
            scene.delete_geometry(name)
        elif np.shape(mesh.vertices)[1:] != (3,) or np.shape(mesh.faces)[1:] != (3,):
            raise refuse(path, "has corners that are no three numbers", "export it again")
        elif not np.isfinite(np.asarray(mesh.vertices)).all():
            raise refuse(path, "has positions that are not numbers", "export it again")
    return scene


def _beside(path: Path, raw: bytes) -> dict[str, bytes]:
    """The materials of an OBJ and their pictures, by the names that it calls them."""
    files: dict[str, bytes] = {}
    pixels = Pixels()
    for name in _names(_MTL, raw):
        data = read_beside(path, name)
        files[name] = data
        for image in _names(_MAP, data):
            if image not in files:
                files[image] = picture(path, read_beside(path, image), pixels)
        if len(files) > FILES_MAX:
            raise refuse(path, f"names more than {FILES_MAX} files", "export it as .glb")
    return files


def _names(pattern: re.Pattern[bytes], raw: bytes) -> list[str]:
    found = [name.decode("utf-8", "replace") for name in pattern.findall(raw)]
    return [name.replace("\\", "/").removeprefix("./") for name in dict.fromkeys(found)][:FILES_MAX]


def _check_ply(path: Path, raw: bytes) -> None:
    """Whether the header claims what the file can hold: trimesh believes it."""
    end = raw.find(b"end_header", 0, PLY_HEADER_BYTES_MAX)
    if raw[:3] != b"ply" or end < 0:
        raise refuse(path, "is no PLY", "export it again")
    for name, count in _ELEMENT.findall(raw[:end].replace(b"\r", b"")):
        if not count.isdigit() or len(count) > 12 or int(count) > len(raw):
            told = name.decode("ascii", "replace")[:20]
            raise refuse(path, f"claims more {told} than it holds", "export it again")


def _is_text_stl(raw: bytes) -> bool:
    """A binary STL says in its header how long it is; some begin with the word solid, too."""
    binary = 84 + 50 * int.from_bytes(raw[80:84], "little") if len(raw) >= 84 else 0
    return raw[:5].lower() == b"solid" and binary != len(raw)
