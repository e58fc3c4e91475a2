"""Imported planograms into a store that is there already: nothing of it is overwritten."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import tomli

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.exchange.contract import Imported, ImportFinding
from store_scenes.exchange.into_store import kept_path
from store_scenes.exchange.same_record import renamed
from store_scenes.feeds.added_rows import with_products
from store_scenes.feeds.files import whole_file
from store_scenes.feeds.plain_csv import CATALOG_BYTES_MAX, read_own_catalogue
from store_scenes.layout.bounds import check_planograms
from store_scenes.layout.documents import (
    STORE_FILE,
    Handling,
    Planogram,
    StoreDocument,
    planogram_path,
)
from store_scenes.layout.handling import HANDLING_BYTES_MAX, read_handling, write_handling
from store_scenes.layout.load import TOML_BYTES_MAX, load_document, read_bounded
from store_scenes.layout.write_toml import planogram_toml

HANDLING_FILE = "handling.csv"
_CATALOG_LINE = re.compile(r"^catalog\s*=[^\n\r]*(\r?\n|$)", re.MULTILINE)


def add_to_store(folder: Path, imported: Imported) -> Imported:
    """Write the planograms, and the products and their handling that the store lacks.

    Products are the store's own by their SKU or their GTIN, and what it knows of them stays. The
    planograms stand on no fixture yet. The answer is the import as the store has it: with its
    SKUs, and with what else is to be said about it.

    Raises:
        Failure: a planogram of that name is there, the store's catalogue has rows that cannot be
            read, a store cannot have what was imported, or the folder cannot be written; nothing
            was written then, except in the last case perhaps some of the new files.
    """
    store = load_document(folder)
    for key in imported.planograms:
        if (folder / planogram_path(key)).exists():
            raise Failure(
                f"{folder / planogram_path(key)} is there already; rename it, or import into "
                "another folder"
            )
    raw = read_bounded(folder, store.catalog, CATALOG_BYTES_MAX)
    try:
        catalogue = read_own_catalogue(raw, store.currency)
    except Failure as failure:
        raise Failure(f"{folder / store.catalog}: {failure}") from None
    imported = _in_the_stores_words(imported, catalogue.products, store.currency)
    imported = _beside_others(folder, imported)
    known = {product.sku: product for product in catalogue.products}
    fresh = [product for product in imported.products if product.sku not in known]
    if fresh and any(one.severity == "error" for one in catalogue.findings):
        raise Failure(
            f"{folder / store.catalog} has rows that cannot be read; mend them first "
            f"(endcap check {folder}), so that nothing is lost"
        )
    files = _planogram_files(store, imported, known)
    source = next((one.source for one in imported.planograms.values()), "")
    if imported.kept and source:
        files[kept_path(source)] = imported.kept
    files |= _handling_files(folder, store, imported.handling)
    if fresh:
        files[store.catalog] = with_products(raw, fresh)
        _check_catalogue(folder / store.catalog, files[store.catalog], store.currency, fresh)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / name) as file:
            file.write(data)
    return imported


def _in_the_stores_words(
    imported: Imported, products: tuple[Product, ...], currency: str
) -> Imported:
    """The import with the store's SKUs, and without prices in another currency than the store's."""
    replace = msgspec.structs.replace
    skus = {product.sku for product in products}
    by_gtin = {product.gtin: product.sku for product in products if product.gtin}
    names = {
        one.sku: by_gtin[one.gtin]
        for one in imported.products
        if one.sku not in skus and one.gtin in by_gtin
    }
    foreign = sum(one.price is not None and one.price.currency != currency
                  for one in imported.products)  # fmt: skip
    findings = imported.findings
    if foreign:
        told = f"the store's prices are in {currency}; {foreign:,} in another currency are left out"
        findings += (ImportFinding("price-currency", "warning", 0, told),)
    return replace(
        imported,
        planograms={key: renamed(one, names) for key, one in imported.planograms.items()},
        products=tuple(
            replace(
                one,
                sku=names.get(one.sku, one.sku),
                price=one.price if one.price and one.price.currency == currency else None,
                was_price=None,
            )
            for one in imported.products
        ),
        handling={
            names.get(sku, sku): replace(one, sku=names.get(sku, sku))
            for sku, one in imported.handling.items()
        },
        findings=findings,
    )


def _beside_others(folder: Path, imported: Imported) -> Imported:
    """The import under a source of its own: what was kept of another one stays."""
    source = next((one.source for one in imported.planograms.values()), "")
    free = _free(source, lambda name: (folder / kept_path(name)).exists())
    if not source or free == source:
        return imported
    planograms = {
        key: msgspec.structs.replace(one, source=free) for key, one in imported.planograms.items()
    }
    return msgspec.structs.replace(imported, planograms=planograms)


def _free(name: str, taken: Callable[[str], bool]) -> str:
    number, free = 1, name
    while taken(free):
        number += 1
        free = f"{name}-{number}"
    return free


def _planogram_files(
    store: StoreDocument, imported: Imported, known: dict[str, Product]
) -> dict[str, bytes]:
    """Each planogram's file; whoever reads the store must be able to read them."""
    language = store.locale.replace("_", "-").partition("-")[0]
    products = known | {one.sku: one for one in imported.products if one.sku not in known}
    files = {}
    read: dict[str, Planogram] = {}
    for key, planogram in imported.planograms.items():
        text = planogram_toml(planogram, products, language)
        files[planogram_path(key)] = text.encode()
        if len(files[planogram_path(key)]) > TOML_BYTES_MAX:
            raise Failure(
                f"planogram {planogram.name[:60]!r} makes a file of more than "
                f"{TOML_BYTES_MAX:,} bytes; nothing was written; split it"
            )
        read[key] = msgspec.convert(tomli.loads(text), Planogram)
    try:
        check_planograms(read)
    except Failure as failure:
        raise Failure(f"a store cannot have this: {failure}; nothing was written") from None
    return files


def _handling_files(
    folder: Path, store: StoreDocument, handling: dict[str, Handling]
) -> dict[str, bytes]:
    """The handling of products that the store says none of; its file and key where it has none."""
    if not handling:
        return {}
    if store.handling:
        raw = read_bounded(folder, store.handling, HANDLING_BYTES_MAX)
        told = read_handling(raw, str(folder / store.handling))
        if handling.keys() <= told.keys():
            return {}
        return {store.handling: write_handling((handling | told).values())}
    stem = HANDLING_FILE.removesuffix(".csv")
    name = f"{_free(stem, lambda one: (folder / f'{one}.csv').exists())}.csv"
    text = read_bounded(folder, STORE_FILE, TOML_BYTES_MAX).decode("utf-8-sig")
    line = f'handling = "{name}"'
    tree = tomli.loads(text) | {"handling": name}
    found = _CATALOG_LINE.search(text)
    ways = [f"{line}\n{text}"]
    if found is not None:
        end = found[1] or "\n"
        after = text[found.end() :]
        ways.insert(0, f"{text[: found.end()]}{'' if found[1] else end}{line}{end}{after}")
    for way in ways:
        try:
            if tomli.loads(way) == tree:
                return {name: write_handling(handling.values()), STORE_FILE: way.encode()}
        except tomli.TOMLDecodeError:
            continue
    raise Failure(f"{folder / STORE_FILE}: add the line {line} under catalog, and import again")


def _check_catalogue(path: Path, raw: bytes, currency: str, fresh: list[Product]) -> None:
    """Whether the catalogue with its new rows reads, and has the new products."""
    found = {product.sku for product in read_own_catalogue(raw, currency).products}
    lost = [product.sku for product in fresh if product.sku not in found]
    if lost:
        raise Failure(
            f"{path}: {lost[0]!r} cannot be added to it (is its GTIN another product's?); "
            "nothing was written"
        )
