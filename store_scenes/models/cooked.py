"""The cooked form of a model: what the client reads, never a source model.

A NumPy `.npz` without compression, named by the SHA-256 of its bytes, with three arrays: vertices
(n,) VERTEX, indices (m,) u4, art (ART_SIZE, ART_SIZE, 4) u1.
"""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.models.mesh import ART_SIZE, VERTEX, ProductMesh

COOKED_BYTES_MAX = 512 * 1024 * 1024
VERTICES_MAX = 6_000_000
INDICES_MAX = 6_000_000
MANIFEST_BYTES_MAX = 16 * 1024 * 1024

FOLDER = Path(".endcap/cooked")
MANIFEST_NAME = "manifest.json"

_MEMBERS = {"vertices.npy", "indices.npy", "art.npy"}


def encode_cooked(mesh: ProductMesh) -> bytes:
    """The file's bytes; equal meshes give equal bytes."""
    out = io.BytesIO()
    np.savez(
        out,
        vertices=np.ascontiguousarray(mesh.vertices),
        indices=np.ascontiguousarray(mesh.indices),
        art=np.ascontiguousarray(mesh.art),
    )
    return out.getvalue()


def load_cooked(path: Path) -> ProductMesh:
    """Read a cooked model.

    Raises:
        Failure: missing, damaged, or beyond the limits above.
    """
    try:
        if path.stat().st_size > COOKED_BYTES_MAX:
            raise _damaged(path, "it is too large")
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if {member.filename for member in members} != _MEMBERS:
                raise _damaged(path, "its arrays are not those of a model")
            # Stored, not packed: a member cannot unfold into more than the file itself.
            if any(member.compress_type != zipfile.ZIP_STORED for member in members):
                raise _damaged(path, "it is compressed")
        with np.load(path, allow_pickle=False) as arrays:
            vertices, indices, art = arrays["vertices"], arrays["indices"], arrays["art"]
    except FileNotFoundError as error:
        raise Failure(
            f"The cooked model {path} is missing: run endcap cook on the store."
        ) from error
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile, MemoryError) as error:
        raise _damaged(path, f"{type(error).__name__}") from error
    _check(path, vertices, indices, art)
    return ProductMesh(vertices, indices, art)


def _damaged(path: Path, reason: str) -> Failure:
    return Failure(
        f"The cooked model {path} is damaged ({reason}): delete it and run endcap cook again."
    )


def _check(path: Path, vertices: NDArray[Any], indices: NDArray[Any], art: NDArray[Any]) -> None:
    if vertices.dtype != VERTEX or vertices.ndim != 1 or not 3 <= len(vertices) <= VERTICES_MAX:
        raise _damaged(path, "its vertices have another form")
    if indices.dtype != np.uint32 or indices.ndim != 1 or not 3 <= len(indices) <= INDICES_MAX:
        raise _damaged(path, "its indices have another form")
    if len(indices) % 3 or int(indices.max()) >= len(vertices):
        raise _damaged(path, "its indices are out of range")
    if art.dtype != np.uint8 or art.shape != (ART_SIZE, ART_SIZE, 4):
        raise _damaged(path, "its art has another form")
    if not all(np.isfinite(vertices[field]).all() for field in ("position", "normal", "uv")):
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
    return store / FOLDER / f"{digest}.npz"
