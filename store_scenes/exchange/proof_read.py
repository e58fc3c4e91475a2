"""What an exported file does not say of the planograms that were written: found by reading it.

Formats differ in what they have words for. So that nothing is lost in silence, the file is read
like anyone else's, and whatever of a planogram, a product or its handling comes out as something
else is a finding, by the name that the store's files have for it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from catalog_sync.model.product import Product
from store_scenes.exchange.contract import FINDINGS_MAX, Imported, ImportFinding
from store_scenes.feeds.plain_csv import read_plain_csv, write_plain_csv
from store_scenes.layout.documents import (
    Divider,
    Handling,
    Overhang,
    Pegs,
    Planogram,
    Position,
    Shelf,
    StoreLayout,
)

SAME_MM = 0.1
NEIGHBOURS = 6
"""How far apart in two lists the same record may come, where several begin at one place."""

One = TypeVar("One")
Lost = list[tuple[str, Any]]
"""Names of fields and what the store says there."""

_OPEN = frozenset({"height_mm", "depth_mm", "thickness_mm", "board_mm", "facings_deep"})
"""Zeros here mean whatever the fixture has or whatever fits; a file says what that was."""

_PLACES = frozenset({"shelves", "positions", "ref", "source", "width_mm", "segments_mm", "x_mm",
                     "gap_mm", "sku", "height_mm"})  # fmt: skip
_NOTHING = {"overhang": Overhang(), "pegs": Pegs(0.0, 0.0), "divider": Divider(0.0, 0.0)}


def lost_in(
    layout: StoreLayout, keys: Sequence[str], back: Imported, currency: str
) -> tuple[ImportFinding, ...]:
    """Everything of the planograms `keys` that the file read as `back`, in its order, lacks.

    Rules are `lost-` and the field's name; `currency` is that of the file's prices.
    """
    found: list[ImportFinding] = []

    def say(field: str, sentence: str) -> None:
        if len(found) < FINDINGS_MAX:
            rule = f"lost-{field.replace('_', '-')}"
            found.append(ImportFinding(rule, "warning", 0, sentence))

    names = _ours(layout, back)
    if len(keys) != len(back.planograms):
        say("planograms", f"{len(keys):,} were written and {len(back.planograms):,} read back")
    for key, read in zip(keys, back.planograms.values(), strict=False):
        _planogram(layout.planograms[key], read, names, say)
    used = {
        position.sku: None
        for key in keys
        for shelf in layout.planograms[key].shelves
        for position in shelf.positions
    }
    _products(layout, used, back, names, say, currency)
    return tuple(found)


Say = Callable[[str, str], None]


def _ours(layout: StoreLayout, back: Imported) -> dict[str, str]:
    """The store's SKU of each product that was read: formats rename what is no code of theirs."""
    known = {product.sku for product in layout.products}
    by_gtin = {product.gtin: product.sku for product in layout.products if product.gtin}
    return {
        product.sku: product.sku if product.sku in known else by_gtin.get(product.gtin, product.sku)
        for product in back.products
    }


def _planogram(told: Planogram, read: Planogram, names: Mapping[str, str], say: Say) -> None:
    at = f"planogram {told.name[:60]!r}"
    lost = _differing(told, read)
    if abs(told.width_mm - read.width_mm) > SAME_MM:
        lost.append(("width_mm", told.width_mm))
    if told.height_mm and abs(told.height_mm - read.height_mm) > SAME_MM:
        lost.append(("height_mm", told.height_mm))
    parts, others = (one.segments_mm or (one.width_mm,) for one in (told, read))
    if _unlike(parts, others):
        lost.append(("segments_mm", list(told.segments_mm)))
    for field, value in lost:
        say(field, f"{at}: {field} {_shown(value)} is not in the file")
    if len(told.shelves) != len(read.shelves):
        say("shelves", f"{at}: {len(told.shelves)} shelves, and {len(read.shelves)} in the file")

    def compared(shelf: Shelf, other: Shelf) -> Lost:
        return _shelf(shelf, other, (told.width_mm, read.width_mm))

    mine = sorted(told.shelves, key=_shelf_place)
    for shelf, other in _paired(mine, sorted(read.shelves, key=_shelf_place), compared):
        there = f"{at}, shelf {told.shelves.index(shelf) + 1}"
        for field, value in compared(shelf, other):
            say(field, f"{there}: {field} {_shown(value)} is not in the file")
        _positions(shelf, other, names, there, say)


def _positions(
    shelf: Shelf, other: Shelf, names: Mapping[str, str], at: str, say: Say
) -> None:  # fmt: skip
    if len(shelf.positions) != len(other.positions):
        say("positions", f"{at}: {len(shelf.positions)} positions, and {len(other.positions)} in "
            "the file")  # fmt: skip

    def compared(position: Position, read: Position) -> Lost:
        lost = _differing(position, read)
        if names.get(read.sku, read.sku) != position.sku:
            lost.append(("sku", position.sku))
        if position.x_mm is not None and _unlike(position.x_mm, read.x_mm or 0.0):
            lost.append(("x_mm", position.x_mm))
        parts = position.facings_wide > 1 or position.cap_x is not None
        if parts and _unlike(position.gap_mm, read.gap_mm):
            lost.append(("gap_mm", position.gap_mm))
        return lost

    mine = list(shelf.positions)
    if all(position.x_mm is not None for position in mine):
        mine.sort(key=lambda position: position.x_mm or 0.0)
    theirs = sorted(other.positions, key=lambda position: position.x_mm or 0.0)
    for position, read in _paired(mine, theirs, compared):
        for field, value in compared(position, read):
            say(field, f"{at}, {position.sku[:40]}: {field} {_shown(value)} is not in the file")


def _shelf_place(shelf: Shelf) -> tuple[float, float]:
    return shelf.height_mm, shelf.x_mm


def _shelf(told: Shelf, read: Shelf, widths: tuple[float, float]) -> Lost:
    lost = _differing(told, read)
    if _unlike(told.height_mm, read.height_mm):
        lost.append(("height_mm", told.height_mm))
    if _unlike(told.x_mm, read.x_mm):
        lost.append(("x_mm", told.x_mm))
    if _unlike(told.width_mm or widths[0], read.width_mm or widths[1]):
        lost.append(("width_mm", told.width_mm))
    return lost


def _paired(
    mine: Sequence[One], theirs: Sequence[One], compared: Callable[[One, One], Lost]
) -> list[tuple[One, One]]:
    """Records of two ordered lists, each with the one of its neighbours that is most like it."""
    left = list(theirs)
    pairs = []
    for one in mine:
        if not left:
            break
        near = left[:NEIGHBOURS]
        best = min(range(len(near)), key=lambda index: len(compared(one, near[index])))
        pairs.append((one, left.pop(best)))
    return pairs


def _differing(told: msgspec.Struct, read: msgspec.Struct) -> Lost:
    """The plain fields of two equal kinds of records that differ."""
    lost: Lost = []
    for field in told.__struct_fields__:
        if field in _PLACES:
            continue
        mine, theirs = getattr(told, field), getattr(read, field)
        if field in _OPEN and not mine:
            continue
        if _unlike(mine or _NOTHING.get(field, mine), theirs or _NOTHING.get(field, theirs)):
            lost.append((field, mine))
    return lost


def _unlike(mine: Any, theirs: Any) -> bool:
    """Whether two values differ by more than what formats round."""
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return bool(mine != theirs)
    if isinstance(mine, float | int) and isinstance(theirs, float | int):
        return abs(mine - theirs) > SAME_MM
    if isinstance(mine, str) and isinstance(theirs, str):
        return " ".join(mine.split()) != " ".join(theirs.split())
    if isinstance(mine, msgspec.Struct) and isinstance(theirs, type(mine)):
        fields = mine.__struct_fields__
        return any(_unlike(getattr(mine, one), getattr(theirs, one)) for one in fields)
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return len(mine) != len(theirs) or any(map(_unlike, mine, theirs))
    return bool(mine != theirs)


def _shown(value: Any) -> str:
    if isinstance(value, msgspec.Struct):
        return str(msgspec.to_builtins(value))[:80]
    return f"{value:g}" if isinstance(value, float) else str(value)[:80]


# ---------------------------------------------------------------- products


def _products(
    layout: StoreLayout, used: Mapping[str, None], back: Imported, names: Mapping[str, str],
    say: Say, currency: str,
) -> None:  # fmt: skip
    """A product counts as said where the file, or a catalogue made of it, has the same words."""
    listed = {one.sku: one for one in _listed(back.products, currency)}
    read = {names[one.sku]: one for one in back.products}
    products = {product.sku: product for product in layout.products}
    for sku in dict.fromkeys((*used, *read)):
        product, other = products.get(sku), read.get(sku)
        if product is None:
            continue
        if other is None:
            say("product", f"product {sku[:40]} is not in the file")
            continue
        for field, value in _product(product, other, listed.get(other.sku, other)):
            say(field, f"product {sku[:40]}: {field} {_shown(value)} is not in the file")
        handling = layout.handling.get(sku) or Handling(sku)
        for field, value in _handling(handling, back.handling.get(other.sku) or Handling(sku)):
            say(field, f"product {sku[:40]}: {field} {_shown(value)} is not in the file")


def _listed(products: tuple[Product, ...], currency: str) -> tuple[Product, ...]:
    return read_plain_csv(write_plain_csv(products), currency).products


def _product(told: Product, read: Product, listed: Product) -> Lost:
    lost: Lost = []
    for field in told.__struct_fields__:
        if field in {"sku", "names"}:
            continue
        mine = getattr(told, field)
        others = (getattr(read, field), getattr(listed, field))
        if field == "size_text":
            mine, others = _close(mine), (_close(others[0]), _close(others[1]))
        if all(_unlike(mine, theirs) for theirs in others):
            lost.append((field, getattr(told, field)))
    said = set(read.names.values()) | set(listed.names.values())
    missing = [name for name in told.names.values() if name not in said]
    return lost + ([("names", missing[0])] if missing else [])


def _close(text: str) -> str:
    return "".join(text.split())


def _handling(told: Handling, read: Handling) -> Lost:
    lost: Lost = []
    for field in told.__struct_fields__:
        if field in {"sku", "packs"}:
            continue
        mine, theirs = getattr(told, field), getattr(read, field)
        close = field == "units_a_day" and abs(mine - theirs) <= 0.001 * max(mine, 1.0)
        if not close and (mine != theirs if field == "units_a_day" else _unlike(mine, theirs)):
            lost.append((field, mine))
    for style in dict.fromkeys(pack.style for pack in (*told.packs, *read.packs)):
        if _unlike(_pack(told, style), _pack(read, style)):
            lost.append(("packs", style))
    return lost


def _pack(handling: Handling, style: str) -> tuple[float, ...]:
    """A pack's size and what is in it, as numbers."""
    pack = handling.pack(style)
    return (*pack.size_mm, pack.wide, pack.high, pack.deep, pack.holds) if pack else ()
