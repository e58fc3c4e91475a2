"""From a store's planograms to a .psa file: what was imported is changed where the store was.

A file that was kept is read again, and its rows are written as they are except for the cells whose
meaning differs by now. Rows of what was deleted go, with the rows that follow them; what was added
comes after its neighbour.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog_sync.model.product import Product
from store_scenes.exchange.formats.psa.products import PACKS
from store_scenes.exchange.formats.psa.read import (
    KINDS,
    MM_PER_INCH,
    STYLES,
    WELLS,
    ReadFile,
    ReadPlanogram,
    ReadShelf,
    planogram_of,
    read_file,
    surface_y,
)
from store_scenes.exchange.formats.psa.rows import PsaFile, Row, decimal
from store_scenes.exchange.kept import kept_file
from store_scenes.feeds.plain_csv import plain_decimal
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import Handling, Planogram, Position, Shelf, StoreLayout
from store_scenes.layout.measures import BARS, BOARDS
from store_scenes.layout.orientation import ORIENTATIONS

SAME_MM = 0.02
"""Store files keep hundredths of a millimetre; anything nearer is the same place."""

FRESH_HEAD = ["PROSPACE SCHEMATIC FILE", "; Version 2018.1.0", "; Codepage=65001"]
THICKNESS_MM = 25.4
_TAGS = frozenset({"Project", "Product", "Planogram", "Segment", "Fixture", "Position"})


def write_psa(layout: StoreLayout, keys: tuple[str, ...], kept: Mapping[str, bytes]) -> bytes:
    """The planograms `keys` of a store as a .psa file; see `store_scenes.exchange.contract`.

    Raises:
        Failure: what was kept of an import is damaged.
    """
    sources = [layout.planograms[key].source for key in keys]
    source = next((name for name in sources if name and name in kept), "")
    writer = _Writer(layout, _base(source, kept, layout.store.currency))
    return writer.file(keys, source).encoded()


def _base(source: str, kept: Mapping[str, bytes], currency: str) -> ReadFile:
    if source:
        return read_file(kept_file(kept[source], "psa"), source, currency)
    fresh = Row("Project,Endcap", 0)
    for cell, value in ((3, "0"), (5, "7"), (12, "0")):
        fresh.put(cell, value)
    text = "\r\n".join([*FRESH_HEAD, fresh.text(), ""]).encode()
    return read_file(text, "fresh", currency)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a position's block is in the planogram's own frame, millimetres."""

    x: float
    y: float
    z: float | None


class _Writer:
    """Carries one file's rows over: which of them go, and what comes after which."""

    def __init__(self, layout: StoreLayout, base: ReadFile) -> None:
        self._layout = layout
        self._base = base
        self._mm = base.unit_mm
        self._products = {product.sku: product for product in layout.products}
        self._followers = _followers(base.file.rows)
        self._place = {row: number for number, row in enumerate(base.file.rows)}
        self._gone: set[Row] = set()
        self._after: dict[Row, list[Row]] = {}
        self._next_key = 1 + max(
            (row.code(3) for row in base.file.rows if row.tag in {"Fixture", "Position"}), default=0
        )

    def file(self, keys: tuple[str, ...], source: str) -> PsaFile:
        """The file of these planograms: those of the source in its order, then the others."""
        planograms = [self._layout.planograms[key] for key in keys]
        wanted = {one.ref: one for one in planograms if one.source == source and source}
        refs = {str(one.row.line) for one in self._base.planograms}
        self._change_products(keys)
        for one in self._base.planograms:
            planogram = wanted.get(str(one.row.line))
            if planogram is None:
                self._drop(one)
            else:
                self._planogram(planogram, one, source)
        rows: list[Row] = []
        for row in self._base.file.rows:
            if row not in self._gone:
                rows += [row, *self._after.get(row, ())]
        for planogram in planograms:
            if not source or planogram.source != source or planogram.ref not in refs:
                rows += self._new_planogram(planogram)
        old = self._base.file
        return PsaFile(
            old.head, rows, old.codec, old.newline, old.ends_with_newline, old.version, old.marked
        )

    def _take(self, row: Row) -> list[Row]:
        """Take a row out of its place, with those that follow it."""
        taken = [row, *self._followers.get(row, ())]
        self._gone.update(taken)
        return taken

    def _put_after(self, row: Row, rows: list[Row]) -> None:
        """Put rows behind a row and those that follow it."""
        last = [row, *self._followers.get(row, ())][-1]
        self._after.setdefault(last, []).extend(rows)

    def _drop(self, one: ReadPlanogram) -> None:
        for row in (one.row, *one.segments, *one.fixtures):
            self._take(row)
        for read in one.shelves:
            for row, _position in read.positions:
                self._take(row)

    def _change_products(self, keys: tuple[str, ...]) -> None:
        made = self._base.products
        for sku, row in made.rows.items():
            product = self._products.get(sku)
            if product is not None:
                self._change_product(row, made.by_sku[sku], product)
        used = {
            position.sku: None
            for key in keys
            for shelf in self._layout.planograms[key].shelves
            for position in shelf.positions
        }
        fresh = [
            self._new_product(self._products[sku], self._layout.handling.get(sku))
            for sku in used
            if sku in self._products and sku not in made.by_sku
        ]
        heads = [row for row in self._base.file.rows if row.tag in {"Product", "Project"}]
        if fresh and heads:
            self._put_after(heads[-1], fresh)

    def _change_product(self, row: Row, before: Product, after: Product) -> None:
        if before.names != after.names:
            row.put(3, next(iter(after.names.values())))
        if before.brand != after.brand:
            row.put(232 if row.cell(232) else 12, after.brand)
        if before.category != after.category:
            row.put(13, after.category)
        if not before.dimensions_estimated:
            for cell, old, new in zip(
                (5, 6, 7), before.dimensions_mm, after.dimensions_mm, strict=True
            ):
                self._put_mm(row, cell, old, new)
        if before.price != after.price and after.price is not None and before.price is not None:
            row.put(33, plain_decimal(after.price))

    def _new_product(self, product: Product, handling: Handling | None) -> Row:
        row = Row("Product", 0)
        row.put(1, product.gtin or product.sku)
        row.put(2, product.sku)
        row.put(3, next(iter(product.names.values())))
        for cell, side in zip((5, 6, 7), product.dimensions_mm, strict=True):
            row.put(cell, decimal(side / self._mm))
        row.put(13, product.category)
        if product.price is not None:
            row.put(33, plain_decimal(product.price))
        if handling is not None:
            self._packs(row, handling)
        if product.brand:
            row.put(232, product.brand)
        return row

    def _packs(self, row: Row, handling: Handling) -> None:
        for style, first in PACKS:
            pack = handling.pack(style)
            if pack is None:
                continue
            for n, side in enumerate(pack.size_mm):
                row.put(first + n, decimal(side / self._mm))
            for n, count in enumerate((pack.wide, pack.high, pack.deep, pack.units)):
                row.put(first + 3 + n, str(count))

    # ------------------------------------------------------------ planograms

    def _planogram(self, planogram: Planogram, one: ReadPlanogram, source: str) -> None:
        before = planogram_of(one, self._mm, source)
        if before.name != planogram.name:
            one.row.put(1, planogram.name)
        self._put_mm(one.row, 3, before.width_mm, planogram.width_mm)
        self._put_mm(one.row, 4, before.height_mm, planogram.height_mm)
        self._put_mm(one.row, 5, before.depth_mm, planogram.depth_mm)
        by_ref = {shelf.ref: shelf for shelf in planogram.shelves if shelf.ref}
        known = {str(read.row.line): read for read in one.shelves}
        old = {
            position.ref: (read, row) for read in one.shelves for row, position in read.positions
        }
        stays = {p.ref for shelf in planogram.shelves for p in shelf.positions if p.ref}
        end = one.row
        for read in one.shelves:
            rows = [read.row, *(row for row, _ in read.positions)]
            end = rows[-1]
            for row, position in read.positions:
                if position.ref not in stays:
                    self._take(row)
            shelf = by_ref.get(str(read.row.line))
            if shelf is None:
                self._take(read.row)
            else:
                self._shelf(planogram, shelf, read, old)
        added = [row for shelf in planogram.shelves if shelf.ref not in known
                 for row in self._new_shelf(planogram, shelf, old)]  # fmt: skip
        if added:
            # Behind everything of this planogram, whatever of it is left.
            last = [end, *self._followers.get(end, ())][-1]
            self._after.setdefault(self._left(last), []).extend(added)

    def _left(self, row: Row) -> Row:
        """The nearest row before that is still written; a file's first row always is."""
        rows = self._base.file.rows
        place = self._place[row]
        while place > 0 and rows[place] in self._gone:
            place -= 1
        return rows[place]

    def _shelf(
        self,
        planogram: Planogram,
        shelf: Shelf,
        read: ReadShelf,
        old: Mapping[str, tuple[ReadShelf, Row]],
    ) -> None:
        row = read.row
        self._change_shelf(row, read.shelf, shelf, planogram)
        blocks = self._arranged(planogram, shelf)
        before = {position.ref: position for _, position in read.positions}
        arrived: list[Row] = []
        for index, position in enumerate(shelf.positions):
            found = old.get(position.ref) if position.ref else None
            if found is None:
                arrived.append(self._new_position(shelf, position, blocks.get(index)))
                continue
            known = before.get(position.ref)
            self._change_position(found, (shelf, row), known, position, blocks.get(index))
            if known is None:
                arrived += self._take(found[1])
        if arrived:
            last = read.positions[-1][0] if read.positions else row
            last = [last, *self._followers.get(last, ())][-1]
            self._after.setdefault(self._left(last), []).extend(arrived)

    def _arranged(self, planogram: Planogram, shelf: Shelf) -> dict[int, Arranged]:
        depth = shelf.depth_mm or planogram.depth_mm or 500.0
        divider = shelf.divider.width_mm if shelf.divider else 0.0
        blocks = arrange_shelf(
            shelf.positions, depth, self._products, self._layout.handling, divider
        )
        return {block.index: block for block in blocks}

    def _change_shelf(self, row: Row, before: Shelf, after: Shelf, planogram: Planogram) -> None:
        if before.kind != after.kind:
            row.put(1, str(KINDS.index(after.kind)))
        if before.name != after.name:
            row.put(2, after.name)
        self._put_mm(row, 4, before.x_mm, after.x_mm)
        width = after.width_mm or planogram.width_mm
        self._put_mm(row, 5, before.width_mm or row.number(5) * self._mm, width)
        self._put_mm(row, 7, before.thickness_mm, after.thickness_mm)
        self._put_mm(row, 7, before.board_mm, after.board_mm)
        high = after.kind in BOARDS | WELLS | BARS
        bottom = after.height_mm - (0.0 if high else after.thickness_mm)
        was = before.height_mm - (0.0 if high else before.thickness_mm)
        self._put_mm(row, 6, was, bottom)
        self._put_mm(row, 9, before.depth_mm, after.depth_mm)
        self._put_mm(row, 38, before.grille_mm, after.grille_mm)
        if abs(before.slope_deg - after.slope_deg) > SAME_MM:
            row.put(10, decimal(after.slope_deg))

    def _change_position(
        self,
        found: tuple[ReadShelf, Row],
        stands: tuple[Shelf, Row],
        before: Position | None,
        after: Position,
        block: Arranged | None,
    ) -> None:
        """Write what differs; `before` is None where the position came from another shelf."""
        read, row = found
        was = before or next(p for r, p in read.positions if r is row)
        shelf, fixture = stands
        mm = self._mm
        if was.sku != after.sku:
            self._name(row, after.sku)
        here = _Place(row.number(4) * mm, row.number(6) * mm, was.z_mm)
        left = after.x_mm if after.x_mm is not None else (block.left_mm if block else 0.0)
        there = _Place(shelf.x_mm + left, shelf.height_mm + after.y_mm, after.z_mm)
        if shelf.x_mm == 0.0 and shelf.width_mm == 0.0:
            there = _Place(fixture.number(4) * mm + left, there.y, there.z)
        clipped = surface_y(fixture, mm) - shelf.height_mm
        if abs(clipped) > SAME_MM and before is not None and clipped < 0.0:
            there = _Place(there.x, there.y + clipped, there.z)
        self._put_mm(row, 4, here.x, there.x)
        self._put_mm(row, 6, here.y, there.y)
        if there.z is not None and (here.z is None or abs(there.z - here.z) > SAME_MM):
            deep = row.number(9) * mm
            row.put(8, decimal((fixture.number(9) * mm - there.z - deep) / mm + fixture.number(8)))
        shaped = _shape(was) != _shape(after)
        if shaped:
            self._put_shape(row, was, after, block)

    def _put_shape(self, row: Row, was: Position, after: Position, block: Arranged | None) -> None:
        facings = (
            (14, was.facings_wide, after.facings_wide),
            (15, was.facings_high, after.facings_high),
            (16, was.facings_deep, after.facings_deep),
            (29, ORIENTATIONS.index(was.orientation), ORIENTATIONS.index(after.orientation)),
            (13, _style(was), _style(after)),
        )
        for cell, old, new in facings:
            if old != new:
                row.put(cell, str(new))
        for first, turn, one, other in (
            (17, 20, was.cap_x, after.cap_x),
            (21, 24, was.cap_y, after.cap_y),
            (25, 28, was.cap_z, after.cap_z),
        ):
            if one != other:
                row.put(first, str(other.count if other else 0))
                if other is not None:
                    row.put(turn, str(ORIENTATIONS.index(other.orientation)))
        if block is not None:
            self._put_extent(row, block)

    def _put_extent(self, row: Row, block: Arranged) -> None:
        row.put(5, decimal((block.right_mm - block.left_mm) / self._mm))
        row.put(7, decimal((block.height_mm - block.bottom_mm) / self._mm))
        front = block.front_mm
        row.put(9, decimal((block.depth_mm - front) / self._mm))

    # ------------------------------------------------------------ what is new

    def _new_planogram(self, planogram: Planogram) -> Iterator[Row]:
        row = Row("Planogram", 0)
        top = max((shelf.height_mm for shelf in planogram.shelves), default=0.0) + 300.0
        deep = max((shelf.depth_mm for shelf in planogram.shelves), default=0.0) or 500.0
        row.put(1, planogram.name)
        row.put(2, self._key())
        for cell, value in (
            (3, planogram.width_mm),
            (4, planogram.height_mm or top),
            (5, planogram.depth_mm or deep),
        ):
            row.put(cell, decimal(value / self._mm))
        yield row
        offset = 0.0
        for width in planogram.segments_mm or (planogram.width_mm,):
            segment = Row("Segment", 0)
            segment.put(2, self._key())
            segment.put(4, decimal(width / self._mm))
            segment.put(10, decimal(offset / self._mm))
            offset += width
            yield segment
        for shelf in planogram.shelves:
            yield from self._new_shelf(planogram, shelf, {})

    def _new_shelf(
        self, planogram: Planogram, shelf: Shelf, old: Mapping[str, tuple[ReadShelf, Row]]
    ) -> Iterator[Row]:
        row = Row("Fixture", 0)
        high = shelf.kind in BOARDS | WELLS | BARS
        thick = 0.0 if high else min(shelf.thickness_mm or THICKNESS_MM, shelf.height_mm)
        row.put(1, str(KINDS.index(shelf.kind)))
        row.put(2, shelf.name)
        row.put(3, self._key())
        numbers = [
            (4, shelf.x_mm), (5, shelf.width_mm or planogram.width_mm),
            (6, shelf.height_mm - thick), (7, shelf.board_mm if high else thick), (8, 0.0),
            (9, shelf.depth_mm or planogram.depth_mm or 500.0), (38, shelf.grille_mm),
        ]  # fmt: skip
        if shelf.pegs is not None:
            pegs = shelf.pegs
            numbers += zip(
                (15, 16, 17, 18),
                (pegs.pitch_x_mm, pegs.pitch_y_mm, pegs.start_x_mm, pegs.start_y_mm),
                strict=True,
            )
        if shelf.overhang is not None:
            over = shelf.overhang
            numbers += [
                (27, over.left_mm), (28, over.right_mm), (31, over.back_mm), (32, over.front_mm)
            ]  # fmt: skip
        if shelf.divider is not None:
            numbers += [(34, shelf.divider.width_mm), (35, shelf.divider.height_mm)]
        for cell, value in numbers:
            if value or cell < 10:
                row.put(cell, decimal(value / self._mm))
        if shelf.slope_deg:
            row.put(10, decimal(shelf.slope_deg))
        if shelf.load_max_kg:
            per = 0.45359237 if self._mm == MM_PER_INCH else 1.0
            row.put(149, decimal(shelf.load_max_kg / per))
        yield row
        blocks = self._arranged(planogram, shelf)
        for index, position in enumerate(shelf.positions):
            found = old.get(position.ref) if position.ref else None
            if found is None:
                yield self._new_position(shelf, position, blocks.get(index))
            else:
                self._change_position(found, (shelf, row), None, position, blocks.get(index))
                yield from self._take(found[1])

    def _new_position(self, shelf: Shelf, position: Position, block: Arranged | None) -> Row:
        row = Row("Position", 0)
        self._name(row, position.sku)
        row.put(3, self._key())
        left = position.x_mm if position.x_mm is not None else (block.left_mm if block else 0.0)
        row.put(4, decimal((shelf.x_mm + left) / self._mm))
        row.put(6, decimal((shelf.height_mm + position.y_mm) / self._mm))
        row.put(8, "0")
        row.put(13, str(_style(position)))
        for cell, count in (
            (14, position.facings_wide),
            (15, position.facings_high),
            (16, block.deep if block else max(position.facings_deep, 1)),
            (29, ORIENTATIONS.index(position.orientation)),
        ):
            row.put(cell, str(count))
        for first, turn, cap in (
            (17, 20, position.cap_x),
            (21, 24, position.cap_y),
            (25, 28, position.cap_z),
        ):
            if cap is not None:
                row.put(first, str(cap.count))
                row.put(turn, str(ORIENTATIONS.index(cap.orientation)))
        if block is not None:
            self._put_extent(row, block)
        if position.z_mm is not None and block is not None:
            depth = (shelf.depth_mm or 500.0) - position.z_mm
            deep = block.depth_mm - block.front_mm
            row.put(8, decimal((depth - deep) / self._mm))
        return row

    def _name(self, row: Row, sku: str) -> None:
        known = self._base.products.rows.get(sku)
        product = self._products.get(sku)
        if known is not None:
            row.put(1, known.cell(1))
            row.put(2, known.cell(2))
        else:
            row.put(1, (product.gtin if product else "") or sku)
            row.put(2, sku)

    def _key(self) -> str:
        self._next_key += 1
        return str(self._next_key - 1)

    def _put_mm(self, row: Row, cell: int, before: float, after: float) -> None:
        if abs(before - after) > SAME_MM:
            row.put(cell, decimal(after / self._mm))


def _shape(position: Position) -> tuple[object, ...]:
    return (
        position.sku, position.facings_wide, position.facings_high, position.facings_deep,
        position.orientation, position.style, position.cap_x, position.cap_y, position.cap_z,
    )  # fmt: skip


def _style(position: Position) -> int:
    return STYLES.index(position.style) if position.style in STYLES else 0


def _followers(rows: list[Row]) -> dict[Row, list[Row]]:
    """Rows that nobody here knows, by the row before them: they stay with it."""
    found: dict[Row, list[Row]] = {}
    head: Row | None = None
    for row in rows:
        if row.tag in _TAGS:
            head = row
        elif head is not None:
            found.setdefault(head, []).append(row)
    return found
