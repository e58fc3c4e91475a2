"""From a store's planograms to a Vazen file: what was imported is changed where the store was.

A file of which nothing was edited is written byte for byte. After an edit its tree is written anew,
with every key that it had; comments are lost then.
"""

import copy
from collections.abc import Mapping
from typing import Any

from store_scenes.exchange.contract import Wrote
from store_scenes.exchange.formats.vazen.read import (
    CODES,
    SLOPE_KEY,
    SURFACE_KEY,
    ReadFixture,
    ReadShelf,
    ReadVazen,
    planogram_of,
    read_tree,
)
from store_scenes.exchange.formats.vazen.tree import (
    Table,
    as_json,
    as_toml,
    number,
    parse,
    tables,
)
from store_scenes.exchange.formats.vazen.write_products import change_products, new_product
from store_scenes.exchange.kept import kept_file
from store_scenes.exchange.same_record import in_the_files_words, own_records
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import Planogram, Position, Shelf, StoreLayout

SAME_MM = 0.02
THICKNESS_MM = 40.0
DEPTH_MM = 500.0
_CODE_OF = {name: code for code, name in CODES.items()}
_TYPE_OF = {"rod": "peg"}


def write_vazen(
    layout: StoreLayout,
    keys: tuple[str, ...],
    kept: Mapping[str, bytes],
    wrote: Wrote | None = None,
) -> bytes:
    """The planograms `keys` as a Vazen layout; see `store_scenes.exchange.contract`.

    Raises:
        Failure: what was kept of an import is damaged.
    """
    sources = [layout.planograms[key].source for key in keys]
    source = next((name for name in sources if name and name in kept), "")
    raw = kept_file(kept[source], "vazen") if source else b""
    fresh: Table = {
        "schema": "vazen/layout", "schema_version": "0.3.0",
        "name": next(iter(layout.store.names.values())), "products": [], "fixtures": [],
    }  # fmt: skip
    tree = copy.deepcopy(parse(raw)) if source else fresh
    base = read_tree(tree, source or "fresh")
    homes = {
        position.ref: read.shelf.ref
        for fixture in base.fixtures
        for read in fixture.shelves
        for position in read.shelf.positions
    }
    layout = in_the_files_words(layout, base.products.values())
    layout = own_records(layout, keys, source, homes)
    if not _Writer(layout, base).change(keys, source, wrote) and source:
        return raw
    return as_json(tree) if raw.lstrip()[:1] == b"{" else as_toml(tree)


class _Writer:
    def __init__(self, layout: StoreLayout, base: ReadVazen) -> None:
        self._layout = layout
        self._base = base
        self._products = {product.sku: product for product in layout.products}
        self._listed = dict(zip(base.skus, tables(base.tree.get("products")), strict=True))
        self._changed = False

    def change(self, keys: tuple[str, ...], source: str, wrote: Wrote | None) -> bool:
        """Make the tree say what the store says; whether anything differed."""
        refs = {fixture.ref for fixture in self._base.fixtures}
        wanted: dict[str, str] = {}
        fresh: list[str] = []
        for key in keys:
            planogram = self._layout.planograms[key]
            if source and planogram.source == source and planogram.ref in refs:
                wanted[planogram.ref] = key
            else:
                fresh.append(key)
        order, gone = [], []
        if change_products(self._base, self._products):
            self._changed = True
        for fixture in self._base.fixtures:
            if fixture.ref in wanted:
                order.append(wanted[fixture.ref])
                planogram = self._layout.planograms[wanted[fixture.ref]]
                self._fixture(planogram, fixture, source)
            else:
                gone.append(fixture.table)
        self._drop(self._base.tree, "fixtures", gone)
        for key in fresh:
            made = self._new_fixture(key, self._layout.planograms[key])
            self._base.tree.setdefault("fixtures", []).append(made)
            self._changed = True
        for key in (*order, *fresh):
            if wrote is not None:
                wrote(key)
        return self._changed

    def _drop(self, table: Table, key: str, gone: list[Table]) -> None:
        if gone:
            self._changed = True
            leaving = {id(one) for one in gone}
            table[key] = [one for one in table[key] if id(one) not in leaving]

    def _fixture(self, planogram: Planogram, fixture: ReadFixture, source: str) -> None:
        before = planogram_of(fixture, source)
        if before.name != planogram.name:
            self._set(fixture.table, "name", planogram.name)
        self._size(fixture.table, before, planogram)
        by_ref = {shelf.ref: shelf for shelf in planogram.shelves if shelf.ref}
        old = {position.ref: (read, position) for read in fixture.shelves
               for position in read.shelf.positions}  # fmt: skip
        sites = {
            ref: site
            for read in fixture.shelves
            for ref, site in zip(_refs(read), tables(read.table.get("sites")), strict=True)
        }
        stays = {p.ref: shelf.ref for shelf in planogram.shelves for p in shelf.positions if p.ref}
        known = {read.shelf.ref for read in fixture.shelves}
        gone_shelves = [read.table for read in fixture.shelves if read.shelf.ref not in by_ref]
        for read in fixture.shelves:
            shelf = by_ref.get(read.shelf.ref)
            left = [
                sites[position.ref]
                for position in read.shelf.positions
                if stays.get(position.ref) != read.shelf.ref
            ]
            self._drop(read.table, "sites", left)
            if shelf is not None:
                self._shelf(planogram, shelf, read, old, sites)
                self._span(read, shelf, (before.width_mm, planogram.width_mm))
        for shelf in planogram.shelves:
            if shelf.ref not in known:
                made = self._new_shelf(planogram, shelf)
                fixture.table.setdefault("equipment", []).append(made)
                self._changed = True
        if gone_shelves:
            self._remove_equipment(fixture.table, gone_shelves)

    def _remove_equipment(self, table: Table, gone: list[Table]) -> None:
        inner = tables(table.get("equipment"))
        leaving = {id(one) for one in gone}
        self._drop(table, "equipment", [one for one in inner if id(one) in leaving])
        for one in inner:
            self._remove_equipment(one, gone)

    def _shelf(
        self,
        planogram: Planogram,
        shelf: Shelf,
        read: ReadShelf,
        old: Mapping[str, tuple[ReadShelf, Position]],
        sites: Mapping[str, Table],
    ) -> None:
        before = read.shelf
        blocks = self._arranged(planogram, shelf)
        lifted = shelf.height_mm - before.height_mm
        if shelf.thickness_mm > 0.0:  # what stands on it stays: the board's underside moves
            lifted -= shelf.thickness_mm - before.thickness_mm
        if abs(shelf.slope_deg - before.slope_deg) > SAME_MM:
            self._set(read.table, SLOPE_KEY, _plain(shelf.slope_deg))
        if abs(lifted) > SAME_MM:
            box = read.table.setdefault("position", {"x": 0, "y": 0, "z": 0})
            self._set(box, "y", _plain((box.get("y") or 0) + lifted))
        if abs(shelf.x_mm - before.x_mm) > SAME_MM:
            box = read.table.setdefault("position", {"x": 0, "y": 0, "z": 0})
            self._set(box, "x", _plain(shelf.x_mm))
        if abs(shelf.depth_mm - before.depth_mm) > SAME_MM:
            self._set(read.table.setdefault("dimensions", {}), "depth", _plain(shelf.depth_mm))
        if abs(shelf.z_mm - before.z_mm) > SAME_MM:
            box = read.table.setdefault("position", {"x": 0, "y": 0, "z": 0})
            self._set(box, "z", _plain(shelf.z_mm))
        left = shelf.x_mm
        for index, position in enumerate(shelf.positions):
            found = old.get(position.ref) if position.ref else None
            if found is None:
                made = self._new_site(shelf, left, position, blocks.get(index))
                read.table.setdefault("sites", []).append(made)
                self._changed = True
                continue
            site = sites[position.ref]
            if found[0] is not read:
                read.table.setdefault("sites", []).append(site)
                self._changed = True
            self._site(site, found[1], position, shelf, left, found[0].shelf, blocks.get(index))
        self._surface(read.table, shelf)

    def _size(self, table: Table, before: Planogram, after: Planogram) -> None:
        """The planogram's own size, and the widths of its bays."""
        for key, old, new in (
            ("width", before.width_mm, after.width_mm),
            ("height", before.height_mm, after.height_mm),
            ("depth", before.depth_mm, after.depth_mm),
        ):
            if abs(old - new) > SAME_MM:
                self._set(_inner(table, "dimensions"), key, _plain(new))
        bays = [one for one in tables(table.get("equipment")) if one.get("type") == "bay"]
        old_widths = before.segments_mm or (before.width_mm,)
        new_widths = after.segments_mm or (after.width_mm,)
        if len(bays) == len(old_widths) == len(new_widths):
            for bay, old, new in zip(bays, old_widths, new_widths, strict=True):
                box = bay.get("dimensions")
                said = number(box.get("width")) if isinstance(box, dict) else None
                if abs(old - new) > SAME_MM and said is not None and abs(said - old) <= SAME_MM:
                    self._set(_inner(bay, "dimensions"), "width", _plain(new))

    def _span(self, read: ReadShelf, shelf: Shelf, widths: tuple[float, float]) -> None:
        """A shelf's name, kind and width; one that says no width runs the whole planogram."""
        before, table = read.shelf, read.table
        if shelf.name != before.name:
            self._set(table, "name", shelf.name)
        if shelf.kind != before.kind:
            self._set(table, "type", _TYPE_OF.get(shelf.kind, shelf.kind))
        was, now = before.width_mm, shelf.width_mm or widths[1]
        if not shelf.width_mm and (was == 0.0 or abs(was - widths[0]) < SAME_MM):
            was, now = widths if was else (0.0, 0.0)
        if abs(was - now) > SAME_MM:
            self._set(_inner(table, "dimensions"), "width", _plain(now))

    def _surface(self, table: Table, shelf: Shelf) -> None:
        """Say how high goods stand where the sites would say something else."""
        places = [site.get("position") for site in tables(table.get("sites"))]
        boxes = [place for place in places if isinstance(place, dict)]
        own = table.get("position")
        boxes = boxes or [own if isinstance(own, dict) else {}]
        told = min((number(box.get("y")) or 0.0) for box in boxes)
        said = number(table.get(SURFACE_KEY))
        if abs((told if said is None else said) - shelf.height_mm) > SAME_MM:
            self._set(table, SURFACE_KEY, _plain(shelf.height_mm))

    def _site(
        self, site: Table, before: Position, after: Position, shelf: Shelf, left: float,
        was_on: Shelf, block: Arranged | None,
    ) -> None:  # fmt: skip
        if before.sku != after.sku:
            self._set(site, "product", self._selector(after.sku))
        for key, old, new in (
            ("wide", before.facings_wide, after.facings_wide),
            ("high", before.facings_high, after.facings_high),
            ("deep", before.facings_deep, after.facings_deep),
        ):
            if old != new:
                count = new or (block.deep if block else 1)
                self._set(_inner(site, "facings"), key, count)
        if before.orientation != after.orientation:
            self._set(site, "orientation", _CODE_OF[after.orientation])
        x = after.x_mm if after.x_mm is not None else (block.left_mm if block else 0.0)
        places = (
            ("x", was_on.x_mm + (before.x_mm or 0.0), left + x),
            ("y", was_on.height_mm + before.y_mm, shelf.height_mm + after.y_mm),
            ("z", was_on.z_mm + (before.z_mm or 0.0), shelf.z_mm + (after.z_mm or 0.0)),
        )
        intent = before.x_mm is None  # an intent says no place, unless somebody gave it one
        if not intent or (after.x_mm, after.y_mm, after.z_mm) != (None, 0.0, None):
            for key, was, now in places:
                if intent or abs(was - now) > SAME_MM:
                    self._set(_inner(site, "position"), key, _plain(now))
        if _shape(before) != _shape(after) and block is not None and "dimensions" in site:
            self._set(site, "dimensions", _extent(block))

    def _arranged(self, planogram: Planogram, shelf: Shelf) -> dict[int, Arranged]:
        depth = shelf.depth_mm or planogram.depth_mm or DEPTH_MM
        blocks = arrange_shelf(shelf.positions, depth, self._products, self._layout.handling)
        return {block.index: block for block in blocks}

    def _selector(self, sku: str) -> Table:
        """What names a product; it joins the file's products where it is not among them."""
        table = self._listed.get(sku)
        if table is not None:
            if "ref" not in table:
                table["ref"] = sku
            return {"ref": table["ref"]}
        made = new_product(sku, self._products.get(sku))
        self._base.tree.setdefault("products", []).append(made)
        self._listed[sku] = made
        return {"ref": sku}

    def _new_fixture(self, key: str, planogram: Planogram) -> Table:
        top = max((shelf.height_mm for shelf in planogram.shelves), default=0.0) + 300.0
        deep = max((shelf.depth_mm for shelf in planogram.shelves), default=0.0) or DEPTH_MM
        size = {
            "width": _plain(planogram.width_mm), "height": _plain(planogram.height_mm or top),
            "depth": _plain(planogram.depth_mm or deep),
        }  # fmt: skip
        shelves = [self._new_shelf(planogram, shelf) for shelf in planogram.shelves]
        return {"id": key, "name": planogram.name, "dimensions": size, "equipment": shelves}

    def _new_shelf(self, planogram: Planogram, shelf: Shelf) -> Table:
        thick = min(shelf.thickness_mm or THICKNESS_MM, shelf.height_mm)
        numbers = [one.height_mm for one in planogram.shelves if one.height_mm > shelf.height_mm]
        top = min(numbers, default=max(planogram.height_mm, shelf.height_mm + 300.0))
        made: Table = {
            "type": _TYPE_OF.get(shelf.kind, shelf.kind),
            "position": {
                "x": _plain(shelf.x_mm), "y": _plain(shelf.height_mm - thick),
                "z": _plain(shelf.z_mm),
            },
            "dimensions": {
                "width": _plain(shelf.width_mm or planogram.width_mm),
                "height": _plain(max(top - shelf.height_mm, 10.0)),
                "depth": _plain(shelf.depth_mm or planogram.depth_mm or DEPTH_MM),
            },
        }  # fmt: skip
        if shelf.name:
            made["name"] = shelf.name
        if shelf.slope_deg:
            made[SLOPE_KEY] = _plain(shelf.slope_deg)
        blocks = self._arranged(planogram, shelf)
        made["sites"] = [
            self._new_site(shelf, shelf.x_mm, position, blocks.get(index))
            for index, position in enumerate(shelf.positions)
        ]
        self._surface(made, shelf)
        return made

    def _new_site(
        self, shelf: Shelf, left: float, position: Position, block: Arranged | None
    ) -> Table:
        x = position.x_mm if position.x_mm is not None else (block.left_mm if block else 0.0)
        deep = block.deep if block else max(position.facings_deep, 1)
        made: Table = {
            "product": self._selector(position.sku),
            "orientation": _CODE_OF[position.orientation],
            "facings": {"wide": position.facings_wide, "high": position.facings_high, "deep": deep},
            "position": {
                "x": _plain(left + x), "y": _plain(shelf.height_mm + position.y_mm),
                "z": _plain(shelf.z_mm + (position.z_mm or 0.0)),
            },
        }  # fmt: skip
        if block is not None:
            made["dimensions"] = _extent(block)
        return made

    def _set(self, table: Table, key: str, value: Any) -> None:
        table[key] = value
        self._changed = True


def _refs(read: ReadShelf) -> list[str]:
    """What its sites are referred to by, those included that became no position."""
    count = len(tables(read.table.get("sites")))
    return [f"{read.shelf.ref}/{index}" for index in range(count)]


def _extent(block: Arranged) -> Table:
    front = block.front_mm
    return {
        "width": _plain(block.right_mm - block.left_mm),
        "height": _plain(block.height_mm - block.bottom_mm),
        "depth": _plain(block.depth_mm - front),
    }


def _shape(position: Position) -> tuple[object, ...]:
    return (
        position.sku, position.facings_wide, position.facings_high, position.facings_deep,
        position.orientation, position.style,
    )  # fmt: skip


def _inner(table: Table, key: str) -> Table:
    """A table's inner one, made where it has none."""
    found = table.get(key)
    if not isinstance(found, dict):
        found = table[key] = {}
    return found


def _plain(value: float) -> float | int:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
