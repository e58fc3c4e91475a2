"""The columns of a store's own catalogue: those it always has, and those its products ask for."""

from collections.abc import Iterable

from catalog_sync.model.facts import NUTRIENTS
from catalog_sync.model.product import Product
from store_scenes.feeds.facts_text import DIGITS


class Headings:
    """Which columns products need; told of each before the first row is written."""

    def __init__(self, products: Iterable[Product] = ()) -> None:
        self._names: set[str] = set()
        self._descriptions: set[str] = set()
        self._nutrients: set[str] = set()
        self._declares = False
        for product in products:
            self.note(product)

    def note(self, product: Product) -> None:
        """Remember what this product says that not every product does."""
        self._names.update(product.names)
        facts = product.facts
        if facts is not None:
            self._descriptions.update(facts.descriptions)
            told = (name for name in NUTRIENTS if getattr(facts.nutrition, name) is not None)
            self._nutrients.update(told)
            self._declares |= bool(facts.contains or facts.may_contain)

    @property
    def languages(self) -> tuple[str, ...]:
        """Of names. A catalogue without products has a column, so that it can be added to."""
        return tuple(sorted(self._names)) or ("en",)

    @property
    def row(self) -> list[str]:
        """The header's cells, in the order in which `plain_csv` writes a product."""
        return [
            "sku", "gtin", *(f"name_{language}" for language in self.languages), "brand",
            "category", "package", "price", "was_price", "price_sample", "stock", "width_mm",
            "height_mm", "depth_mm", "dimensions_estimated", "size", "weight_g", "model",
            "colour", *self.nutrients, *(("allergens", "may_contain") if self._declares else ()),
            *(f"description_{language}" for language in sorted(self._descriptions)),
        ]  # fmt: skip

    @property
    def nutrients(self) -> tuple[str, ...]:
        """Those that some product tells: all seven, or none."""
        return NUTRIENTS if self._nutrients else ()

    def cells(self, product: Product) -> list[str]:
        """What the columns after `colour` have of this product."""
        facts = product.told
        amounts = [getattr(facts.nutrition, name) for name in self.nutrients]
        declared = [", ".join(codes) for codes in (facts.contains, facts.may_contain)]
        return [
            *("" if amount is None else f"{amount:.{DIGITS}f}".rstrip("0").rstrip(".")
              for amount in amounts),
            *(declared if self._declares else ()),
            *(facts.descriptions.get(language, "") for language in sorted(self._descriptions)),
        ]  # fmt: skip
