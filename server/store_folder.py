"""The store folder as it is served: read, checked and cooked, at first and after each edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from server.cooking import cooked_products
from store_scenes.layout.check import check
from store_scenes.layout.documents import Finding, StoreLayout
from store_scenes.layout.load import load_store

MODEL_FILES_MAX = 20_000

Stamp = tuple[tuple[str, int, int], ...]
"""Files by path inside the folder, with modification time (ns) and size."""


class UnsoundError(Failure):
    """The store can be read and has errors; `told` is the first of them for those inside."""

    def __init__(self, store: Path, errors: Sequence[Finding]) -> None:
        first = errors[0]
        at = f"{first.path}:{first.line}" if first.line else first.path
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        self.told = f"{at}: {first.sentence}{more}"
        if first.fix and not more:
            self.told += f"; {first.fix}"
        super().__init__(
            f"{store} has errors and is not served: {at}: {first.sentence}{more}; "
            f"endcap check {store} lists them with fixes."
        )


@dataclass(frozen=True, slots=True)
class Served:
    """A sound store. `products` are as clients see them: a model is its cooked content's hash."""

    layout: StoreLayout
    products: tuple[Product, ...]
    assets: dict[str, Path]


class StoreFolder:
    """Reads one folder, again and again; used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: Stamp = ()
        self._digests: dict[str, str] = {}
        self._assets: dict[str, Path] = {}

    def layout(self) -> StoreLayout:
        """The folder's layout and products.

        Raises:
            Failure: it cannot be read, or has errors: shoppers would find the broken shelf.
        """
        layout = load_store(self.path)
        errors = [found for found in check(layout, self.path) if found.severity == "error"]
        if errors:
            raise UnsoundError(self.path, errors)
        return layout

    def served(self, layout: StoreLayout) -> Served:
        """The store with its models cooked; they are cooked again only when a file changed.

        Raises:
            Failure: cooking failed.
        """
        stamp = self._models(layout.products)
        if stamp != self._stamp:
            cooked, self._assets = cooked_products(self.path, layout.products)
            self._digests = {product.sku: product.model for product in cooked if product.model}
            self._stamp = stamp
        products = tuple(
            structs.replace(product, model=self._digests[product.sku]) if product.model else product
            for product in layout.products
        )
        return Served(layout, products, self._assets)

    def sentence(self, failure: Failure) -> str:
        """What is wrong, for those inside: paths as they are in the folder."""
        if isinstance(failure, UnsoundError):
            return failure.told
        text = str(failure)
        for folder in (self.path.absolute(), self.path):
            text = text.replace(str(folder / "x")[:-1], "")
        return text

    def _models(self, products: Sequence[Product]) -> Stamp:
        """The models' own files and those beside them: a glTF's buffers and textures lie there.

        With who wears them, in which size: that is what they are cooked for.
        """
        names = {product.model for product in products if product.model}
        stamps = [
            (f"{product.sku} {product.model} {product.dimensions_mm}", 0, 0)
            for product in products
            if product.model
        ]
        for folder in {(self.path / name).parent for name in names}:
            try:
                files = [path for path in folder.iterdir() if path.is_file()][:MODEL_FILES_MAX]
                stamps += [
                    (str(path), status.st_mtime_ns, status.st_size)
                    for path in files
                    for status in (path.stat(),)
                ]
            except OSError:
                continue  # it vanished just now; cooking says what is missing
        return tuple(sorted(stamps))
