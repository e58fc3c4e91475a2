"""Write a planned store as a folder that people edit: readable TOML, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.plain_csv import write_plain_csv
from store_scenes.layout.documents import STORE_FILE, planogram_path
from store_scenes.layout.write_toml import planogram_toml, store_toml
from store_scenes.planning.plan import PlannedStore


def write_store(
    folder: Path,
    planned: PlannedStore,
    products: Iterable[Product],
    *,
    comment: str = "",
    models: Mapping[str, Path] | None = None,
    files: Mapping[str, bytes] | None = None,
    proof: Callable[[Path], None] | None = None,
) -> None:
    """Write the store to `folder`, which must not exist or be empty.

    `models` are files to copy in, by their path in the store, and `files` further ones to write.
    `proof` is called with the finished
    folder before it gets its name; where it raises, nothing is left.

    Raises:
        Failure: the folder is not empty or cannot be written.
    """
    known = {product.sku: product for product in products}
    language = planned.store.locale.replace("_", "-").partition("-")[0]
    check_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}-", dir=folder.parent))
    except OSError as error:
        raise Failure(f"{folder} cannot be made: {error.strerror or error}") from None
    try:
        made.chmod(0o755)  # mkdtemp makes it private; a store is as readable as its neighbours
        (made / "planograms").mkdir()
        _put(made / STORE_FILE, store_toml(planned.store, comment).encode())
        for key, planogram in planned.planograms.items():
            text = planogram_toml(planogram, known, language)
            _put(made / planogram_path(key), text.encode())
        _put(made / planned.store.catalog, write_plain_csv(tuple(known.values())))
        for name, source in (models or {}).items():
            target = made / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        for name, data in (files or {}).items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            _put(made / name, data)
        if proof is not None:
            proof(made)
        if folder.exists():
            folder.rmdir()
        made.replace(folder)
    except OSError as error:
        raise Failure(f"{folder} cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def check_free(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        Failure: it is a file, holds files, or cannot be looked into.
    """
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise Failure(f"{folder} is a file; name a folder that does not exist yet")
        if any(folder.iterdir()):
            raise Failure(f"{folder} is not empty; name a folder that does not exist yet")
    except OSError as error:
        raise Failure(f"{folder} cannot be read: {error.strerror or error}") from None


def _put(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        if path.name == STORE_FILE:
            os.fsync(file.fileno())
