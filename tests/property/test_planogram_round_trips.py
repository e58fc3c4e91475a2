"""Any store's planograms through each format and back: nothing that the format can say is lost.

Four ways: a store of one's own written fresh and read; what was read written again unedited; what
was read, edited anywhere, written into the file it came from and read once more; and the same with
one field edited, which must come back or be told as what the format has no word for.
"""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.exchange.proof_read import lost_in
from store_scenes.exchange.registry import FORMATS
from store_scenes.layout.documents import (
    Cap,
    Divider,
    Floor,
    Handling,
    Overhang,
    Pack,
    Pegs,
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


EDITS = {
    "planogram": {
        "name": "Edited", "width_mm": 4100.0, "height_mm": 2345.0, "depth_mm": 620.0,
        "segments_mm": (1500.0, 2500.0),
    },
    "shelf": {
        "height_mm": 1955.0, "depth_mm": 333.0, "kind": "bin", "name": "Edited", "x_mm": 77.0,
        "width_mm": 555.0, "z_mm": 11.0, "thickness_mm": 33.0, "board_mm": 444.0,
        "slope_deg": 6.5, "overhang": Overhang(1.0, 2.0, 3.0, 4.0), "grille_mm": 22.0,
        "pegs": Pegs(25.0, 30.0, 5.0, 6.0), "divider": Divider(4.0, 70.0), "finger_mm": 17.0,
        "load_max_kg": 55.0,
    },
    "position": {
        "facings_wide": 13, "facings_high": 11, "facings_deep": 12, "x_mm": 1777.0, "gap_mm": 3.5,
        "orientation": "left-90", "style": "display", "cap_x": Cap(4, "top"),
        "cap_y": Cap(5, "left"), "cap_z": Cap(6, "right"), "y_mm": 25.0, "z_mm": 44.0,
    },
    "product": {
        "names": {"en": "Edited"}, "brand": "Edited", "category": "Edited", "package": "can",
        "dimensions_mm": (111.0, 122.0, 133.0), "price": Money(1234, "USD"), "stock": 77,
        "gtin": "06291041500213", "size_text": "330 ml", "weight_g": 345.0, "colour": "#102030",
        "model": "models/a.glb",
    },
    "handling": {
        "packs": (Pack("case", (210.0, 220.0, 230.0), 3, 2, 2, 11),), "nest_y_mm": 7.0,
        "nest_z_mm": 8.0, "peg_hole_x_mm": 9.0, "peg_hole_y_mm": 10.0, "hangs": True,
        "facings_min": 2, "facings_max": 9, "units_a_day": 3.5, "days_of_supply_min": 4.0,
        "age_min": 19,
    },
}  # fmt: skip
UNSAID = {
    "psa": {
        "shelf": {"z_mm", "finger_mm"},
        "product": {"stock", "weight_g", "model"},
        "handling": {"nest_y_mm", "facings_min", "facings_max", "days_of_supply_min", "age_min"},
    },
    "vazen": {
        "planogram": {"segments_mm"},
        "shelf": {
            "board_mm",
            "overhang",
            "grille_mm",
            "pegs",
            "divider",
            "finger_mm",
            "load_max_kg",
        },
        "position": {"gap_mm", "style", "cap_x", "cap_y", "cap_z"},
        "product": {"price", "stock", "size_text", "weight_g", "colour", "model"},
        "handling": EDITS["handling"].keys(),
    },
    "csv": {
        "product": EDITS["product"].keys() - {"names", "dimensions_mm", "gtin"},
        "handling": EDITS["handling"].keys(),
    },
}
"""What each format has no word for."""

GOES_WITH = {
    "kind": {"thickness_mm", "board_mm"},
    "names": {"package"}, "category": {"package"}, "size_text": {"package"},
}  # fmt: skip
"""What an edit takes along: a bin has no board of a thickness, and packages are guessed by words.
"""

edits = st.sampled_from([(of, field) for of, fields in EDITS.items() for field in fields])


def changed_once(data, found, known, handling, of, field):
    """The documents with one field of one record edited; None where there is no such record."""
    replace, value = msgspec.structs.replace, EDITS[of][field]
    if of in {"product", "handling"}:
        if not known:
            return None
        index = data.draw(st.integers(0, len(known) - 1))
        sku = known[index].sku
        if of == "handling":
            old = handling.get(sku) or Handling(sku)
            return found, known, handling | {sku: replace(old, **{field: value})}
        more = {"dimensions_estimated": False} if field == "dimensions_mm" else {}
        new = replace(known[index], **{field: value}, **more)
        return found, (*known[:index], new, *known[index + 1 :]), handling
    key = data.draw(st.sampled_from(sorted(found)))
    planogram = found[key]
    if of == "planogram":
        return found | {key: replace(planogram, **{field: value})}, known, handling
    filled = [n for n, shelf in enumerate(planogram.shelves)
              if of == "shelf" or shelf.positions]  # fmt: skip
    if not filled:
        return None
    number = data.draw(st.sampled_from(filled))
    shelf = planogram.shelves[number]
    if of == "shelf":
        new = replace(shelf, **{field: value})
    else:
        place = data.draw(st.integers(0, len(shelf.positions) - 1))
        position = replace(shelf.positions[place], **{field: value})
        if field == "gap_mm":
            position = replace(position, facings_wide=max(position.facings_wide, 2))
        new = replace(
            shelf, positions=(*shelf.positions[:place], position, *shelf.positions[place + 1 :])
        )
    shelves = (*planogram.shelves[:number], new, *planogram.shelves[number + 1 :])
    return found | {key: replace(planogram, shelves=shelves)}, known, handling


def has(imported, of, field):
    """Whether any such record has the edited value; lengths to the tenth of a millimetre."""
    shelves = [shelf for one in imported.planograms.values() for shelf in one.shelves]
    records = {
        "planogram": imported.planograms.values(), "shelf": shelves,
        "position": [position for shelf in shelves for position in shelf.positions],
        "product": imported.products, "handling": imported.handling.values(),
    }[of]  # fmt: skip
    return any(near(getattr(one, field), EDITS[of][field]) for one in records)


def near(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, abs=0.1)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(near, one, other))
    if isinstance(one, msgspec.Struct) and isinstance(other, msgspec.Struct):
        return near(msgspec.structs.astuple(one), msgspec.structs.astuple(other))
    return one == other


@each_format
@given(store=stores, edit=edits, data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_single_edit_of_anything_comes_back_or_is_told(form, store, edit, data):
    back = reading(form, writing(form, store))
    of, field = edit
    changed = changed_once(data, back.planograms, back.products, back.handling, of, field)
    if changed is None:
        return
    layout = layout_of(*changed)
    kept, order = {"x": back.kept} if back.kept else {}, []
    raw = FORMATS[form].write(layout, tuple(layout.planograms), kept, order.append)
    again = reading(form, raw)
    lost = {one.rule for one in lost_in(layout, order, again, "USD")}
    unsaid = field in UNSAID[form].get(of, ())
    told = f"lost-{field.replace('_', '-')}"
    assert (told in lost) or has(again, of, field)
    if not unsaid and field not in {"z_mm", "package", "thickness_mm", "board_mm"}:
        assert told not in lost
    # Nothing else is lost on the way.
    others = {f"lost-{one.replace('_', '-')}" for one in {field, *GOES_WITH.get(field, ())}}
    before = lost_in(
        layout_of(back.planograms, back.products, back.handling), order, back, "USD"
    )  # fmt: skip
    assert lost <= others | {one.rule for one in before}
