"""The tables that the demo store's catalogue is made from."""

from pathlib import Path

import pytest
from biip.gtin import Gtin

from store_scenes.demo.make_catalog import demo_products


def test_a_family_lends_what_a_line_leaves_out_and_a_change_wins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "@ AB | 가 Ga | milk | carton | 74 235 74 | 1 L | 2980 | 1050 g\n"
        "우유 / Milk | #4aa3df\n"
        "작은 우유 / Small Milk | 1500 was=1900 d=60x150x60 size=300_ml stock=7\n",
        encoding="utf-8",
    )
    large, small = demo_products(tmp_path)
    assert (large.sku, large.names, large.weight_g) == (
        "AB-001",
        {"ko": "우유", "en": "Milk"},
        1050.0,
    )
    assert (large.colour, large.package, large.dimensions_mm) == (
        "#4aa3df",
        "carton",
        (74.0, 235.0, 74.0),
    )
    assert (small.sku, small.size_text, small.weight_g, small.stock) == (
        "AB-002",
        "300 ml",
        315,
        7,
    )
    assert small.price is not None
    assert small.was_price is not None
    assert (small.price.amount_minor, small.was_price.amount_minor) == (1500, 1900)


def test_a_line_that_does_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(
        "@ AB | 가 | milk | carton | 74 235 74 | 1 L | 2980 | 1050 g\n우유 / Milk | nonsense\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"b\.txt, line 2: 'nonsense' is no change"):
        demo_products(tmp_path)


def test_the_tables_are_a_supermarket() -> None:
    products = demo_products()
    assert len({product.sku for product in products}) == len(products) >= 400
    assert len({product.package for product in products}) == 13
    assert all(Gtin.parse(product.gtin) for product in products)
    assert all({"ko", "en"} <= product.names.keys() for product in products)
    offers = [p for p in products if p.was_price is not None]
    assert len(offers) > 30
    assert all(p.price is not None and p.price < p.was_price for p in offers if p.was_price)
