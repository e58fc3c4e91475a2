"""Turns a store's models into their cooked form, once, and again only when one changed."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from catalog_sync.model.failure import Failure
from store_scenes.models.cooked import (
    FOLDER,
    MANIFEST_BYTES_MAX,
    MANIFEST_NAME,
    bounds_of,
    encode_cooked,
)
from store_scenes.models.gltf import load_model, source_sha256

MANIFEST_SCHEMA = 1
RECIPE = "endcap-cook-2"
"""Part of every source hash: a new recipe cooks everything anew."""

Progress = Callable[[str, int, int], None]


class CookedEntry(msgspec.Struct, frozen=True):
    """One model: its cooked file's hash and size, what it was made from, and what it is."""

    sha256: str
    bytes: int
    source_sha256: str
    triangles: int
    bounds_m: tuple[list[float], list[float]]


class Manifest(msgspec.Struct, frozen=True):
    """`models` by their path inside the store folder."""

    schema: int
    models: dict[str, CookedEntry]


def cook_store(folder: Path, progress: Progress) -> Manifest:
    """Cook every model that the store's catalogue names, and write the manifest.

    What is cooked already, from the same bytes, stays as it is. `progress` hears ("cook", done,
    total). Nothing is half written: files appear whole, the manifest last.

    Raises:
        Failure: the store does not load, a model cannot be taken, or the folder is not writable.
    """
    from store_scenes.layout.load import STORE_FILE, inside, load_store

    layout = load_store(folder)
    models = sorted({product.model for product in layout.products if product.model})
    target = folder / FOLDER
    before = _previous(target / MANIFEST_NAME)
    entries: dict[str, CookedEntry] = {}
    progress("cook", 0, len(models))
    for done, model in enumerate(models):
        source = inside(folder, model, layout.store.catalog or STORE_FILE)
        digest = source_sha256(source, RECIPE)
        known = before.get(model)
        if known is None or known.source_sha256 != digest or not _is_there(target, known):
            known = _cook(source, target, digest)
        entries[model] = known
        progress("cook", done + 1, len(models))
    manifest = Manifest(MANIFEST_SCHEMA, entries)
    if models:
        raw = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        _write(target / MANIFEST_NAME, raw + b"\n")
        _sweep(target, {entry.sha256 for entry in entries.values()})
    return manifest


def _previous(path: Path) -> dict[str, CookedEntry]:
    """What an earlier run wrote; anything unreadable is nothing, since cooking again mends it."""
    try:
        with path.open("rb") as file:
            manifest = msgspec.json.decode(file.read(MANIFEST_BYTES_MAX + 1), type=Manifest)
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest.models if manifest.schema == MANIFEST_SCHEMA else {}


def _is_there(target: Path, entry: CookedEntry) -> bool:
    try:
        with (target / f"{entry.sha256}.npz").open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
    except OSError:
        return False


def _cook(source: Path, target: Path, source_digest: str) -> CookedEntry:
    mesh = load_model(source)
    raw = encode_cooked(mesh)
    digest = hashlib.sha256(raw).hexdigest()
    _write(target / f"{digest}.npz", raw)
    return CookedEntry(digest, len(raw), source_digest, len(mesh.indices) // 3, bounds_of(mesh))


def _write(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all, and onto the disk."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise Failure(
            f"Cannot write {path} ({error.strerror or error}): make room or make it writable."
        ) from error


def _sweep(target: Path, kept: set[str]) -> None:
    """Delete cooked files that no model of the store has any more."""
    for path in target.glob("*.npz"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)
