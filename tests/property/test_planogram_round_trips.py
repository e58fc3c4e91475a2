"""Any store's planograms through each format and back: nothing that the format can say is lost.

Three ways: a store of one's own written fresh and read; what was read written again unedited; and
what was read, edited anywhere, written into the file it came from and read once more.
"""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_sync.model.product import Product
from store_scenes.exchange.registry import FORMATS
from store_scenes.layout.documents import (
    Cap,
    Floor,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    StoreLayout,
)
from store_scenes.layout.orientation import ORIENTATIONS

SKUS = ("00012", "tea", "감자칩", 'a, "b"')
STYLES = ("unit", "tray", "case", "loose", "log-stack")
SAYS_MORE = {"psa", "csv"}
"""These say a position's style and caps as well."""

sizes = st.integers(20, 400).map(float)
caps = st.none() | st.builds(Cap, st.integers(1, 3), st.sampled_from(ORIENTATIONS))
positions = st.builds(
    Position,
    sku=st.sampled_from(SKUS),
    facings_wide=st.integers(1, 9),
    facings_high=st.integers(1, 5),
    facings_deep=st.integers(1, 5),
    orientation=st.sampled_from(ORIENTATIONS),
    style=st.sampled_from(STYLES),
    cap_y=caps,
    gap_mm=st.just(0.0),
)


@st.composite
def shelves(draw, height_mm):
    """A shelf whose positions stand one after another, each with a place of its own."""
    left, placed = 0.0, []
    for position in draw(st.lists(positions, max_size=4)):
        left += draw(st.integers(1, 60))
        placed.append(msgspec.structs.replace(position, x_mm=float(left)))
    kind = draw(st.sampled_from(["shelf", "chest", "rod", "bar"]))
    depth = draw(st.sampled_from([300.0, 400.0]))
    return Shelf(height_mm, tuple(placed), depth, kind, name=draw(st.sampled_from(["", "Top"])))


@st.composite
def planograms(draw):
    heights = draw(st.lists(st.integers(2, 9), min_size=1, max_size=4, unique=True).map(sorted))
    name = draw(st.sampled_from(["Bay", "라면", "Tea, black"]))
    found = [draw(shelves(height * 200.0)) for height in heights]
    return Planogram(name, 4000.0, tuple(found), height_mm=2200.0, depth_mm=500.0)


products = st.tuples(*(st.tuples(sizes, sizes, sizes) for _ in SKUS)).map(
    lambda all_sizes: tuple(
        Product(sku, {"en": sku}, "A", "C", "box", size, stock=1)
        for sku, size in zip(SKUS, all_sizes, strict=True)
    )
)
stores = st.builds(
    lambda found, known: layout_of({f"p{n}": one for n, one in enumerate(found)}, known),
    st.lists(planograms(), min_size=1, max_size=3),
    products,
)


def layout_of(found, known, handling=None):
    floor = Floor(9000, 9000)
    store = StoreDocument(1, "s", {"en": "S"}, "en-US", "USD", "c.csv", floor, (), ())
    return StoreLayout("v", store, found, known, handling or {})


def essence(found, form, skus=None):
    """What a format says of planograms: skus by name, lengths to the tenth of a millimetre."""
    names = skus or {}
    return [
        (one.name, round(one.width_mm, 1), [
            (round(shelf.height_mm, 1), shelf.kind, [
                (names.get(p.sku, p.sku), p.facings_wide, p.facings_high, p.facings_deep,
                 p.orientation, round(p.x_mm, 1),
                 *((p.style, p.cap_y) if form in SAYS_MORE else ()))
                for p in shelf.positions
            ]) for shelf in one.shelves
        ]) for one in found.values()
    ]  # fmt: skip


def reading(form, data):
    return FORMATS[form].read(data, "x", "USD", None)


def writing(form, layout, kept=None):
    return FORMATS[form].write(layout, tuple(layout.planograms), kept or {})


def known_as(imported):
    """Our sku of each product that was read: formats rename what is no code of theirs."""
    return {one.sku: next(iter(one.names.values())) for one in imported.products}


each_format = pytest.mark.parametrize("form", sorted(FORMATS))
patient = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@each_format
@given(store=stores)
@patient
def test_a_store_of_ones_own_comes_back(form, store):
    back = reading(form, writing(form, store))
    assert essence(back.planograms, form, known_as(back)) == essence(store.planograms, form)


@each_format
@given(store=stores)
@patient
def test_what_was_read_is_written_byte_for_byte(form, store):
    data = writing(form, store)
    back = reading(form, data)
    again = layout_of(back.planograms, back.products, back.handling)
    assert writing(form, again, {"x": back.kept} if back.kept else None) == data


@each_format
@given(store=stores, data=st.data())
@patient
def test_an_edit_anywhere_comes_back_with_all_the_rest(form, store, data):
    back = reading(form, writing(form, store))
    skus = [product.sku for product in back.products]
    edited = {}
    for key, planogram in back.planograms.items():
        rows = []
        for shelf in planogram.shelves:
            stay = [p for p in shelf.positions if data.draw(st.integers(0, 4))]
            if skus and data.draw(st.booleans()):
                new = data.draw(positions)
                left = data.draw(st.integers(900, 1200)) * 1.0
                new = msgspec.structs.replace(new, sku=data.draw(st.sampled_from(skus)), x_mm=left)
                stay.append(new)
            stay = [
                msgspec.structs.replace(p, facings_wide=p.facings_wide % 9 + 1)
                if data.draw(st.booleans()) else p
                for p in stay
            ]  # fmt: skip
            stay.sort(key=lambda p: p.x_mm or 0.0)
            rows.append(msgspec.structs.replace(shelf, positions=tuple(stay)))
        edited[key] = msgspec.structs.replace(planogram, shelves=tuple(rows))
    layout = layout_of(edited, back.products, back.handling)
    again = reading(form, writing(form, layout, {"x": back.kept} if back.kept else None))
    assert ordered(essence(again.planograms, form)) == ordered(essence(edited, form))


def ordered(found):
    """Positions that begin at the same place may come in either order."""
    return [
        (
            name,
            width,
            [(height, kind, sorted(rows, key=repr)) for height, kind, rows in all_shelves],
        )
        for name, width, all_shelves in found
    ]
