"""Imported planograms into a store that is there already: nothing of it is overwritten."""

from pathlib import Path

from catalog_sync.model.failure import Failure
from store_scenes.exchange.contract import Imported
from store_scenes.exchange.into_store import kept_path
from store_scenes.feeds.files import whole_file
from store_scenes.feeds.plain_csv import CATALOG_BYTES_MAX, read_own_catalogue, write_plain_csv
from store_scenes.layout.documents import planogram_path
from store_scenes.layout.handling import HANDLING_BYTES_MAX, read_handling, write_handling
from store_scenes.layout.load import load_document, read_bounded
from store_scenes.layout.write_toml import planogram_toml


def add_to_store(folder: Path, imported: Imported) -> None:
    """Write the planograms, and the products and their handling that the store lacks.

    What the store knows of a product stays. The planograms stand on no fixture yet.

    Raises:
        Failure: a planogram of that name is there, the store's catalogue has rows that cannot be
            read, or the folder cannot be written; nothing was written then, except in the last
            case perhaps some of the new files.
    """
    store = load_document(folder)
    for key in imported.planograms:
        if (folder / planogram_path(key)).exists():
            raise Failure(
                f"{folder / planogram_path(key)} is there already; rename it, or import into "
                "another folder"
            )
    raw = read_bounded(folder, store.catalog, CATALOG_BYTES_MAX)
    catalogue = read_own_catalogue(raw, store.currency)
    known = {product.sku: product for product in catalogue.products}
    fresh = [product for product in imported.products if product.sku not in known]
    if fresh and any(one.severity == "error" for one in catalogue.findings):
        raise Failure(
            f"{folder / store.catalog} has rows that cannot be read; mend them first "
            f"(endcap check {folder}), so that nothing is lost"
        )
    language = store.locale.replace("_", "-").partition("-")[0]
    products = known | {product.sku: product for product in fresh}
    files = {
        planogram_path(key): planogram_toml(planogram, products, language).encode()
        for key, planogram in imported.planograms.items()
    }
    source = next((one.source for one in imported.planograms.values()), "")
    if imported.kept and source:
        files[kept_path(source)] = imported.kept
    if imported.handling and store.handling:
        told = read_handling(
            read_bounded(folder, store.handling, HANDLING_BYTES_MAX), str(folder / store.handling)
        )
        files[store.handling] = write_handling((imported.handling | told).values())
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / name) as file:
            file.write(data)
    if fresh:
        with whole_file(folder / store.catalog) as file:
            file.write(write_plain_csv(tuple(products.values())))
