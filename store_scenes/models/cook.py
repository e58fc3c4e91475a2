"""Turns a store's models into their cooked form, on all cores, and again only when one changed."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

import msgspec

from catalog_sync.model.failure import Failure
from store_scenes.models.cooked import (
    FOLDER,
    MANIFEST_BYTES_MAX,
    MANIFEST_NAME,
    SUFFIX,
    bounds_of,
    cooked_name,
    encode_cooked,
)

MANIFEST_SCHEMA = 2
RECIPE = "endcap-cook-4"
"""Part of every source hash: a new recipe cooks everything anew."""

JOBS_MAX = 64
AT_HAND = 3
"""Models that wait for each worker, so that none is ever idle."""

TOLD_MAX = 5

Progress = Callable[[str, int, int], None]


class Stamp(msgspec.Struct, frozen=True):
    """A source file as it was: enough to know that nobody touched it."""

    name: str  # relative to the model's folder
    bytes: int
    mtime_ns: int


class CookedEntry(msgspec.Struct, frozen=True):
    """One model: its cooked file's hash and size, what it was made from, and what it is."""

    sha256: str
    bytes: int
    source_sha256: str
    sources: tuple[Stamp, ...]
    triangles: int
    level_triangles: tuple[int, ...]  # of each coarser level of detail
    vertices: int
    bounds_m: tuple[list[float], list[float]]
    warnings: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True):
    """`models` by their path inside the store folder; `suffix` ends every cooked file's name."""

    schema: int
    models: dict[str, CookedEntry]
    recipe: str = RECIPE
    suffix: str = SUFFIX
    bytes: int = 0


def cook_store(
    folder: Path,
    progress: Progress,
    jobs: int = 0,
    *,
    force: bool = False,
    verify: bool = False,
) -> Manifest:
    """Cook every model that the store's catalogue names, and write the manifest.

    What is cooked already, from files that nobody touched since, stays as it is; with `verify` the
    bytes are hashed to know. `jobs` processes work at once (0: one for each core). `progress` hears
    ("cook", done, total). Nothing is half written: files appear whole, the manifest last.

    Raises:
        Failure: the store does not load, the folder is not writable, or models cannot be taken:
            the others are cooked all the same.
    """
    from store_scenes.layout.load import STORE_FILE, inside, load_document, load_products

    store = load_document(folder)
    products = load_products(folder, store)
    models = sorted({product.model for product in products if product.model})
    target = folder / FOLDER
    before = {} if force else _previous(target / MANIFEST_NAME)
    entries: dict[str, CookedEntry] = {}
    wanted: list[tuple[str, Path]] = []
    for model in models:
        source = inside(folder, model, store.catalog or STORE_FILE)
        known = before.get(model)
        if known is not None and _is_there(target, known, verify) and _same(source, known, verify):
            entries[model] = known
        else:
            wanted.append((model, source))
    progress("cook", len(entries), len(models))
    failed = _cooked(wanted, target, jobs, entries, lambda n: progress("cook", n, len(models)))
    manifest = Manifest(
        MANIFEST_SCHEMA, {model: entries[model] for model in models if model in entries},
        bytes=sum(entry.bytes for entry in entries.values()),
    )  # fmt: skip
    if models and (wanted or entries.keys() != before.keys()):
        raw = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        _write(target / MANIFEST_NAME, raw + b"\n")
        _sweep(target, {cooked_name(entry.sha256) for entry in entries.values()})
    if failed:
        raise _refusal(failed)
    return manifest


def _refusal(failed: Mapping[str, str]) -> Failure:
    first = next(iter(failed.values()))
    if len(failed) == 1:
        return Failure(first)
    others = ", ".join(list(failed)[1 : TOLD_MAX + 1])
    more = f" and {len(failed) - TOLD_MAX - 1} more" if len(failed) > TOLD_MAX + 1 else ""
    return Failure(f"{first} {len(failed) - 1} other models cannot be taken: {others}{more}")


def _cooked(
    wanted: Iterable[tuple[str, Path]],
    target: Path,
    jobs: int,
    entries: dict[str, CookedEntry],
    tell: Callable[[int], None],
) -> dict[str, str]:
    """Cook in processes of their own; gives the sentences of those that cannot be taken.

    The largest go first, so that no long one is left at the end.
    """
    order = sorted(wanted, key=lambda one: -_size(one[1]))
    if not order:
        return {}
    _ready(target)
    workers = min(jobs or os.cpu_count() or 1, len(order), JOBS_MAX)
    failed: dict[str, str] = {}
    running: dict[Future[CookedEntry | str], str] = {}
    # Fresh processes everywhere, as Windows and macOS have them: no lock is copied half-held.
    with ProcessPoolExecutor(workers, get_context("spawn"), _alone) as pool:
        waiting = iter(order)
        while True:
            while len(running) < workers * AT_HAND and (one := next(waiting, None)):
                running[pool.submit(cook_one, one[1], target)] = one[0]
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for job in done:
                model, outcome = running.pop(job), job.result()
                if isinstance(outcome, str):
                    failed[model] = outcome
                else:
                    entries[model] = outcome
            tell(len(entries) + len(failed))
    return dict(sorted(failed.items()))


def _alone() -> None:
    """One process, one core: numpy's own threads would only get into each other's way."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def cook_one(source: Path, target: Path) -> CookedEntry | str:
    """Cook one model into `target`; the sentence of a failure instead, where it cannot be taken."""
    from dataclasses import replace

    from store_scenes.models.detail import levels_of
    from store_scenes.models.gltf import import_model, model_files
    from store_scenes.models.occlusion import openness

    try:
        files = model_files(source)
        stamps = tuple(_stamp(source, name) for name in sorted(files))
        digest = _digest(files)
        model = import_model(source)
        vertices = model.mesh.vertices.copy()
        vertices["surface"][:, 3] = openness(vertices, model.mesh.indices)
        levels = levels_of(vertices, model.mesh.indices)
        mesh = replace(model.mesh, vertices=vertices, levels=levels)
        raw = encode_cooked(mesh)
        name = hashlib.sha256(raw).hexdigest()
        _write(target / cooked_name(name), raw)
    except Failure as failure:
        return str(failure)
    except OSError as error:
        return f"The model {source} cannot be read ({error.strerror or error}): put the file there."
    return CookedEntry(
        name, len(raw), digest, stamps, len(mesh.indices) // 3,
        tuple(count // 3 for count in levels.count[1:]), len(vertices), bounds_of(mesh),
        model.warnings,
    )  # fmt: skip


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(RECIPE.encode())
    for name, data in sorted(files.items()):
        digest.update(f"\0{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _stamp(source: Path, name: str) -> Stamp:
    told = (source.parent / name if name else source).stat()
    return Stamp(name, told.st_size, told.st_mtime_ns)


def _same(source: Path, known: CookedEntry, verify: bool) -> bool:
    """Whether a model's files are those that it was cooked from."""
    try:
        if verify:
            from store_scenes.models.gltf import model_files

            return _digest(model_files(source)) == known.source_sha256
        return all(_stamp(source, stamp.name) == stamp for stamp in known.sources)
    except (OSError, ValueError, Failure):
        return False


def _is_there(target: Path, entry: CookedEntry, verify: bool) -> bool:
    path = target / cooked_name(entry.sha256)
    try:
        if not verify:
            return path.stat().st_size == entry.bytes
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
    except OSError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _previous(path: Path) -> dict[str, CookedEntry]:
    """What an earlier run wrote; anything unreadable is nothing, since cooking again mends it."""
    try:
        with path.open("rb") as file:
            manifest = msgspec.json.decode(file.read(MANIFEST_BYTES_MAX + 1), type=Manifest)
    except (OSError, ValueError, RecursionError):
        return {}
    current = manifest.schema == MANIFEST_SCHEMA and manifest.recipe == RECIPE
    return manifest.models if current else {}


def _ready(target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(target, error) from error


def _write(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all, and onto the disk."""
    _ready(path.parent)
    try:
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
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> Failure:
    return Failure(
        f"Cannot write {path} ({error.strerror or error}): make room or make it writable."
    )


def _sweep(target: Path, kept: set[str]) -> None:
    """Delete cooked files that no model of the store has any more, and those of older recipes."""
    for pattern in (f"*{SUFFIX}", "*.npz", ".part-*"):
        for path in target.glob(pattern):
            if path.name not in kept:
                path.unlink(missing_ok=True)
