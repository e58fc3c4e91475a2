"""Any catalogue becomes a store without an error; each product is placed or listed."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_sync.model.product import Product
from store_scenes.layout.documents import StoreLayout
from store_scenes.layout.rules.registry import CHECKS, RULES
from store_scenes.layout.rules.rule import Checked
from store_scenes.planning.plan import PlanOptions, plan_store

CATEGORIES = (
    "", "Cheese", "Frozen Vegetables", "fresh fruit", "snacks", "Zzz", "Bread", "주스", "Vinyl",
    "Ice cream", "Soap", "Milk", "T-Shirts", "en:beers",
)  # fmt: skip
PACKAGES = (
    "box", "can", "bottle", "jar", "carton", "bag", "pouch", "tray", "tube", "tub", "produce",
    "multipack",
)  # fmt: skip

sides = st.floats(0.0, 2500.0, allow_nan=False) | st.floats(20.0, 400.0)
rows = st.lists(
    st.tuples(
        st.sampled_from(CATEGORIES),
        st.sampled_from(PACKAGES),
        st.tuples(sides, sides, sides),
        st.floats(0.0, 80_000.0),
        st.sampled_from(("A", "B", "")),
    ),
    min_size=1,
    max_size=120,
)


def product(number, row):
    category, package, dimensions, weight, brand = row
    return Product(
        sku=f"s{number}",
        names={"en": f"thing {number}"},
        brand=brand,
        category=category,
        package=package,
        dimensions_mm=dimensions,
        weight_g=weight,
    )


@settings(max_examples=150)
@given(rows=rows, target=st.sampled_from((0, 0, 0, 1500)))
def test_the_plan_is_sound_and_complete(rows, target):
    products = tuple(product(number, row) for number, row in enumerate(rows))
    options = PlanOptions(names={"en": "Any"}, target_facings=target)
    try:
        planned = plan_store(products, options)
    except ValueError:
        assert not any(_ordinary(one) for one in products)
        return
    layout = StoreLayout("", planned.store, planned.planograms, products)
    known = {one.sku: one for one in products}
    checked = Checked(layout, Path(), {})
    said = [one for checks in CHECKS for one in checks(checked)]
    assert [one.sentence for one in said if RULES[one.rule].severity == "error"] == []
    placed = {
        position.sku
        for planogram in planned.planograms.values()
        for shelf in planogram.shelves
        for position in shelf.positions
    }
    unplaced = [one.sku for one in planned.unplaced]
    assert sorted((*placed, *unplaced)) == sorted(known)
    assert all(one.reason for one in planned.unplaced)
    assert not [sku for sku in unplaced if _ordinary(known[sku])]
    assert plan_store(products, options) == planned


def _ordinary(one):
    return all(20.0 <= side <= 400.0 for side in one.dimensions_mm) and one.weight_g <= 50_000.0
