"""Turns a store's models into their cooked form, on all cores, and again only when one changed."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.models.cooked import (
    FOLDER,
    MANIFEST_BYTES_MAX,
    MANIFEST_NAME,
    SUFFIX,
    cooked_name,
    encode_cooked,
    load_cooked,
)
from store_scenes.models.mesh import ProductMesh

MANIFEST_SCHEMA = 3
RECIPE = "endcap-cook-5"
"""Part of every source hash: a new recipe cooks everything anew."""

JOBS_MAX = 64
AT_HAND = 3
"""Models that wait for each worker, so that none is ever idle."""

TOLD_MAX = 5

Progress = Callable[[str, int, int], None]
Size = tuple[float, float, float]
Wanted = tuple[str, Size]
"""A model's path inside the store folder, and the size in mm that a product has it in."""


class Stamp(msgspec.Struct, frozen=True):
    """A source file as it was: enough to know that nobody touched it."""

    name: str  # relative to the model's folder
    bytes: int
    mtime_ns: int


class CookedEntry(msgspec.Struct, frozen=True):
    """One model in one size: its cooked file's hash, what it was made from, and what it is."""

    model: str  # its path inside the store folder
    size_mm: Size  # of the product
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
    """`files` by model and size; `products`: each SKU's file; `suffix` ends every file's name."""

    schema: int
    files: tuple[CookedEntry, ...]
    products: dict[str, str]
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
    from store_scenes.layout.documents import STORE_FILE
    from store_scenes.layout.load import inside, load_document, load_products

    store = load_document(folder)
    worn = {
        product.sku: (product.model, product.dimensions_mm)
        for product in load_products(folder, store)
        if product.model
    }
    models = sorted(set(worn.values()))
    target = folder / FOLDER
    before = None if force else _previous(target / MANIFEST_NAME)
    known = {(entry.model, entry.size_mm): entry for entry in before.files} if before else {}
    entries: dict[Wanted, CookedEntry] = {}
    wanted: list[tuple[Wanted, Path]] = []
    for model in models:
        source, entry = inside(folder, model[0], store.catalog or STORE_FILE), known.get(model)
        if entry is not None and _is_there(target, entry, verify) and _same(source, entry, verify):
            entries[model] = entry
        else:
            wanted.append((model, source))
    progress("cook", len(entries), len(models))
    failed = _cooked(wanted, target, jobs, entries, lambda n: progress("cook", n, len(models)))
    manifest = Manifest(
        MANIFEST_SCHEMA, tuple(entries[model] for model in models if model in entries),
        {sku: entries[model].sha256 for sku, model in sorted(worn.items()) if model in entries},
        bytes=sum({entry.sha256: entry.bytes for entry in entries.values()}.values()),
    )  # fmt: skip
    if models and (wanted or manifest != before):
        if manifest != before:
            raw = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
            _write(target / MANIFEST_NAME, raw + b"\n")
        _sweep(target, {cooked_name(entry.sha256) for entry in entries.values()})
    if failed:
        raise _refusal(failed, len(entries))
    return manifest


def unsound_models(folder: Path, products: Iterable[Product]) -> dict[str, str]:
    """Models of `products` that are there and cannot be cooked, each with its sentence.

    Those that are cooked already, from files that nobody touched since, are not read again.
    """
    from store_scenes.layout.documents import STORE_FILE
    from store_scenes.layout.load import inside
    from store_scenes.models.gltf import import_model

    before = _previous(folder / FOLDER / MANIFEST_NAME)
    known = {entry.model: entry for entry in before.files} if before else {}
    unsound: dict[str, str] = {}
    for model in sorted({product.model for product in products if product.model}):
        try:
            source = inside(folder, model, STORE_FILE)
            entry = known.get(model)
            if source.is_file() and (entry is None or not _same(source, entry, verify=False)):
                import_model(source)
        except Failure as failure:
            unsound[model] = str(failure)
        except OSError as error:
            unsound[model] = f"The model {model} cannot be read ({error.strerror or error})."
    return unsound


def cooked_products(
    folder: Path, products: Sequence[Product], progress: Progress
) -> tuple[tuple[Product, ...], Callable[[str], ProductMesh]]:
    """The store's `products` as a server hands them out, and what loads a model of theirs.

    Their `model` is their cooked file's hash. Cooks first what is not cooked.

    Raises:
        Failure: as `cook_store`.
    """

    def load(digest: str) -> ProductMesh:
        return load_cooked(folder / FOLDER / cooked_name(digest))

    if not any(product.model for product in products):
        return tuple(products), load
    files = cook_store(folder, progress).products
    served = [
        msgspec.structs.replace(product, model=files[product.sku]) if product.model else product
        for product in products
    ]
    return tuple(served), load


def _refusal(failed: Mapping[str, str], cooked: int) -> Failure:
    first = next(iter(failed.values()))
    kept = f" All others, {cooked:,}, are cooked." if cooked else ""
    if len(failed) == 1:
        return Failure(f"{first}{kept}")
    others = ", ".join(list(failed)[1 : TOLD_MAX + 1])
    more = f" and {len(failed) - TOLD_MAX - 1} more" if len(failed) > TOLD_MAX + 1 else ""
    return Failure(f"{first} {len(failed) - 1} other models cannot be taken: {others}{more}.{kept}")


def _cooked(
    wanted: Iterable[tuple[Wanted, Path]],
    target: Path,
    jobs: int,
    entries: dict[Wanted, CookedEntry],
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
    running: dict[Future[CookedEntry | str], Wanted] = {}
    # Fresh processes everywhere, as Windows and macOS have them: no lock is copied half-held.
    with ProcessPoolExecutor(workers, get_context("spawn"), _alone) as pool:
        waiting = iter(order)
        while True:
            while len(running) < workers * AT_HAND and (one := next(waiting, None)):
                running[pool.submit(cook_one, one[1], target, *one[0])] = one[0]
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for job in done:
                model, outcome = running.pop(job), job.result()
                if isinstance(outcome, str):
                    failed[model[0]] = outcome
                else:
                    entries[model] = outcome
            tell(len(entries) + len(failed))
    return dict(sorted(failed.items()))


def _alone() -> None:
    """One process, one core: numpy's own threads would only get into each other's way."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def cook_one(source: Path, target: Path, name: str, size_mm: Size) -> CookedEntry | str:
    """Cook the model `name` into `target`, as large as its product.

    The sentence of a failure instead, where it cannot be taken.
    """
    from store_scenes.models.detail import detailed
    from store_scenes.models.fit import fitted
    from store_scenes.models.gltf import import_model, model_files
    from store_scenes.models.occlusion import openness

    try:
        files = model_files(source)
        stamps = tuple(_stamp(source, name) for name in sorted(files))
        digest = _digest(files)
        model = import_model(source)
        vertices, _ = fitted(model.mesh.vertices, size_mm)
        vertices["surface"][:, 3] = openness(vertices, model.mesh.indices)
        mesh = detailed(vertices, model.mesh.indices)
        raw = encode_cooked(mesh, model.mesh.art, size_mm)
        sha256 = hashlib.sha256(raw).hexdigest()
        _write(target / cooked_name(sha256), raw)
    except Failure as failure:
        return str(failure)
    except OSError as error:
        return f"The model {source} cannot be read ({error.strerror or error}): put the file there."
    counts = [count // 3 for count in mesh.count]
    return CookedEntry(
        name, size_mm, sha256, len(raw), digest, stamps, counts[0], tuple(counts[1:]),
        len(vertices), (mesh.low.tolist(), mesh.high.tolist()), model.warnings,
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


def _previous(path: Path) -> Manifest | None:
    """What an earlier run wrote; anything unreadable is nothing, since cooking again mends it."""
    try:
        with path.open("rb") as file:
            manifest = msgspec.json.decode(file.read(MANIFEST_BYTES_MAX + 1), type=Manifest)
    except (OSError, ValueError, RecursionError):
        return None
    current = manifest.schema == MANIFEST_SCHEMA and manifest.recipe == RECIPE
    return manifest if current else None


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
            Path(temporary).chmod(0o644)  # a server of another user reads it
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
