"""Writes the demo store's catalogue from the tables in `goods/`. Run it as a module of its package.

A line that begins with `@` opens a family of products and says what they share:
`@ SKU prefix | brand | category | package | width height depth | size | price | weight`, in
millimetres, won and grams. Each line below it is one product: `Korean / English | changes`, where
a change is `#rrggbb` (what leads its label), a bare price, or `was=` (price before the offer),
`d=` (dimensions), `p=` (package), `size=`, `w=` (weight), `m=` (model), `sku=` and `stock=`. What
the labels of foods say comes from `foods.txt`.
"""

import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.demo import demo_store
from store_scenes.demo.foods import demo_facts, facts_of
from store_scenes.feeds.estimates import amount_of
from store_scenes.feeds.plain_csv import write_plain_csv

GOODS = Path(__file__).with_name("goods")
CURRENCY = "KRW"
IN_STORE_GTIN = "200000"
"""GS1 keeps prefix 2 for numbers that mean something inside one shop only."""

_PRICE = re.compile(r"\d+")


def demo_products(folder: Path = GOODS) -> tuple[Product, ...]:
    """Every product of the tables, in their order.

    Raises:
        ValueError: a line that does not read, with its file and number.
    """
    products: list[Product] = []
    foods = demo_facts()
    for path in sorted(folder.glob("*.txt")):
        family: list[str] = []
        count = 0
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.startswith("@"):
                family, count = [part.strip() for part in line[1:].split("|")], 0
            elif line.strip():
                count += 1
                try:
                    made = _product(line, family, count, len(products) + 1)
                except (ValueError, IndexError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from error
                products.append(replace(made, facts=facts_of(made.sku, foods)))
    return tuple(products)


def _product(line: str, family: list[str], count: int, number: int) -> Product:
    prefix, brand, category, package, sides, size, price, weight = family
    names, _, rest = line.partition("|")
    korean, english = (name.strip() for name in names.split(" / "))
    changes = dict(_changes(rest))
    size_text = changes.get("size", size.strip()).replace("_", " ")
    amount, usual = amount_of(size_text), amount_of(size)
    weight_g = float(changes.get("w", weight.removesuffix("g")))
    if "w" not in changes and amount > 0.0 < usual:
        weight_g = round(weight_g * amount / usual)
    sku = changes.get("sku", f"{prefix}-{count:03d}")
    width, height, depth = (
        float(side) for side in changes.get("d", sides.replace(" ", "x")).split("x")
    )
    was = changes.get("was")
    return Product(
        sku=sku,
        names={"ko": korean, "en": english},
        brand=brand,
        category=category,
        package=changes.get("p", package),  # type: ignore[arg-type]  # read back by load_store's own check
        dimensions_mm=(width, height, depth),
        price=Money(int(changes.get("price", price)), CURRENCY),
        stock=int(changes.get("stock", 24 + zlib.crc32(sku.encode()) % 60)),
        gtin=_gtin(number),
        size_text=size_text,
        weight_g=weight_g,
        model=changes.get("m", ""),
        colour=changes.get("colour", ""),
        was_price=Money(int(was), CURRENCY) if was else None,
    )


def _changes(text: str) -> Iterator[tuple[str, str]]:
    for word in text.split():
        if word.startswith("#"):
            yield "colour", word
        elif _PRICE.fullmatch(word):
            yield "price", word
        else:
            key, _, value = word.partition("=")
            if not value:
                raise ValueError(f"{word!r} is no change")
            yield key, value


def _gtin(number: int) -> str:
    body = f"{IN_STORE_GTIN}{number:06d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body[::-1]))
    return f"{body}{-total % 10}"


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else demo_store() / "catalog.csv"
    out.write_bytes(write_plain_csv(demo_products()))
