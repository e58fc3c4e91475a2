"""Cooked models: made by `endcap cook` as a child, listed in a manifest, served by content."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product

COOK_WAIT_S = 1800
MANIFEST_BYTES_MAX = 16 * 1024 * 1024
MANIFEST_SCHEMA = 3
MANIFEST = Path(".endcap/cooked/manifest.json")

_SUFFIX = re.compile(r"\.[a-z]{1,16}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Manifest(msgspec.Struct, frozen=True):
    """`products`: of each SKU with a model its cooked file's SHA-256 (hex)."""

    schema: int
    products: dict[str, str]
    suffix: str  # of every cooked file's name


def cooked_products(
    store: Path, products: Sequence[Product]
) -> tuple[tuple[Product, ...], dict[str, Path]]:
    """Products whose `model` is the cooked file's hash, and those files by hash.

    Cooks first when a product has a model: `endcap cook` does nothing for what is cooked already.

    Raises:
        Failure: cooking failed, or left something else than it should.
    """
    if not any(product.model for product in products):
        return tuple(products), {}
    cook(store)
    manifest = read_manifest(store)
    served: list[Product] = []
    assets: dict[str, Path] = {}
    for product in products:
        if not product.model:
            served.append(product)
            continue
        cooked = manifest.products.get(product.sku)
        if cooked is None:
            raise Failure(
                f"{store / product.model}, the model of {product.sku}, was not cooked; "
                f"run endcap cook {store} and see why."
            )
        if cooked not in assets:
            assets[cooked] = _checked_file(store, cooked, manifest.suffix)
        served.append(msgspec.structs.replace(product, model=cooked))
    return tuple(served), assets


def cook(store: Path) -> None:
    """Run `endcap cook` on the store; its own words go to standard error.

    Raises:
        Failure: it is not installed, failed, or took longer than `COOK_WAIT_S`.
    """
    try:
        # Its output must not mix with the one line that says that the shop is open.
        child = subprocess.run(
            [endcap_script(), "cook", str(store)],
            stdout=sys.stderr.fileno(),
            timeout=COOK_WAIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(f"The models of {store} cannot be cooked: {error}.") from error
    if child.returncode != 0:
        raise Failure(f"The models of {store} cannot be cooked; the line above says why.")


def endcap_script() -> str:
    """The console script of this very installation; `-m server` could be shadowed by a folder.

    Raises:
        Failure: there is none.
    """
    beside = shutil.which("endcap", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("endcap")
    if found is None:
        raise Failure("The endcap command is not installed: run pip install -e . in the project.")
    return found


def read_manifest(store: Path) -> Manifest:
    """What was cooked.

    Raises:
        Failure: no manifest, a damaged one, or one of another schema.
    """
    path = store / MANIFEST
    try:
        with path.open("rb") as file:
            raw = file.read(MANIFEST_BYTES_MAX + 1)
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path, store, str(error)) from error
    if len(raw) > MANIFEST_BYTES_MAX:
        raise _unreadable(path, store, f"more than {MANIFEST_BYTES_MAX} bytes")
    if manifest.schema != MANIFEST_SCHEMA:
        raise _unreadable(path, store, f"schema {manifest.schema}, not {MANIFEST_SCHEMA}")
    if not all(map(_SHA256.fullmatch, manifest.products.values())):
        raise _unreadable(path, store, "a hash that is none")
    if not _SUFFIX.fullmatch(manifest.suffix):
        raise _unreadable(path, store, "names of files that are none")
    return manifest


def _unreadable(path: Path, store: Path, reason: str) -> Failure:
    return Failure(
        f"The list of cooked models {path} does not read ({reason}); delete {path.parent} and "
        f"run endcap cook {store}."
    )


def _checked_file(store: Path, sha256: str, suffix: str) -> Path:
    path = (store / MANIFEST).with_name(f"{sha256}{suffix}")
    try:
        with path.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        whole = False
    if not whole:
        raise Failure(
            f"The cooked model {path} is missing or damaged; delete {path.parent} and "
            f"run endcap cook {store}."
        )
    return path.absolute()
