"""From a store's planograms to a .psa file: what was imported is changed where the store was.

A file that was kept is read again, and its rows are written as they are except for the cells whose
meaning differs by now. Rows of what was deleted go, with the rows that follow them; what was added
comes after its neighbour.
"""

from collections.abc import Iterator, Mapping

from store_scenes.exchange.contract import Wrote
from store_scenes.exchange.formats.psa.read import (
    ReadFile,
    ReadPlanogram,
    ReadShelf,
    planogram_of,
    read_file,
)
from store_scenes.exchange.formats.psa.rows import PsaFile, Row, decimal
from store_scenes.exchange.formats.psa.write_fixtures import (
    change_fixture,
    change_segments,
    new_fixture,
)
from store_scenes.exchange.formats.psa.write_positions import (
    Stand,
    change_position,
    new_position,
    origin,
    position_row,
)
from store_scenes.exchange.formats.psa.write_products import ProductRows
from store_scenes.exchange.kept import kept_currency, kept_file
from store_scenes.exchange.same_record import in_the_files_words, own_records
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import Planogram, Position, Shelf, StoreLayout

FRESH_HEAD = ["PROSPACE SCHEMATIC FILE", "; Version 2018.1.0", "; Codepage=65001"]
_TAGS = frozenset({"Project", "Product", "Planogram", "Segment", "Fixture", "Position"})


def write_psa(
    layout: StoreLayout,
    keys: tuple[str, ...],
    kept: Mapping[str, bytes],
    wrote: Wrote | None = None,
) -> bytes:
    """The planograms `keys` of a store as a .psa file; see `store_scenes.exchange.contract`.

    Raises:
        Failure: what was kept of an import is damaged.
    """
    sources = [layout.planograms[key].source for key in keys]
    source = next((name for name in sources if name and name in kept), "")
    currency = layout.store.currency
    if source:
        currency = kept_currency(kept[source]) or currency
    base = _base(source, kept, currency)
    homes = {
        position.ref: str(read.row.line)
        for one in base.planograms
        for read in one.shelves
        for _, position in read.positions
    }
    layout = in_the_files_words(layout, base.products.by_sku.values())
    layout = own_records(layout, keys, source, homes)
    return _Writer(layout, base, currency).file(keys, source, wrote).encoded()


def _base(source: str, kept: Mapping[str, bytes], currency: str) -> ReadFile:
    if source:
        return read_file(kept_file(kept[source], "psa"), source, currency)
    fresh = Row("Project,Endcap", 0)
    for cell, value in ((3, "0"), (5, "7"), (12, "0")):
        fresh.put(cell, value)
    text = "\r\n".join([*FRESH_HEAD, fresh.text(), ""]).encode()
    return read_file(text, "fresh", currency)


class _Writer:
    """Carries one file's rows over: which of them go, and what comes after which."""

    def __init__(self, layout: StoreLayout, base: ReadFile, currency: str) -> None:
        self._layout = layout
        self._base = base
        self._mm = base.unit_mm
        self._products = {product.sku: product for product in layout.products}
        self._rows = ProductRows(layout, base, currency)
        self._followers = _followers(base.file.rows)
        self._place = {row: number for number, row in enumerate(base.file.rows)}
        self._gone: set[Row] = set()
        self._after: dict[Row, list[Row]] = {}
        self._next_key = 1 + max(
            (row.code(3) for row in base.file.rows if row.tag in {"Fixture", "Position"}), default=0
        )

    def file(self, keys: tuple[str, ...], source: str, wrote: Wrote | None) -> PsaFile:
        """The file of these planograms: those of the source in its order, then the others."""
        refs = {str(one.row.line): one for one in self._base.planograms}
        wanted: dict[str, str] = {}
        fresh: list[str] = []
        for key in keys:
            planogram = self._layout.planograms[key]
            if planogram.source == source and source and planogram.ref in refs:
                wanted[planogram.ref] = key
            else:
                fresh.append(key)
        self._change_products(keys)
        order: list[str] = []
        for ref, one in refs.items():
            if ref in wanted:
                order.append(wanted[ref])
                self._planogram(self._layout.planograms[wanted[ref]], one, source)
            else:
                self._drop(one)
        rows: list[Row] = []
        for row in self._base.file.rows:
            if row not in self._gone:
                rows += [row, *self._after.get(row, ())]
        for key in fresh:
            rows += self._new_planogram(self._layout.planograms[key])
        for key in (*order, *fresh):
            if wrote is not None:
                wrote(key)
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
        used = {
            position.sku: None
            for key in keys
            for shelf in self._layout.planograms[key].shelves
            for position in shelf.positions
        }
        fresh = self._rows.change(used)
        heads = [row for row in self._base.file.rows if row.tag in {"Product", "Project"}]
        if fresh and heads:
            self._put_after(heads[-1], fresh)

    # ------------------------------------------------------------ planograms

    def _planogram(self, planogram: Planogram, one: ReadPlanogram, source: str) -> None:
        before = planogram_of(one, self._mm, source)
        if before.name != planogram.name:
            one.row.put(1, planogram.name)
        one.row.put_mm(3, before.width_mm, planogram.width_mm, self._mm)
        one.row.put_mm(4, before.height_mm, planogram.height_mm, self._mm)
        one.row.put_mm(5, before.depth_mm, planogram.depth_mm, self._mm)
        self._segments(one, before, planogram)
        by_ref = {shelf.ref: shelf for shelf in planogram.shelves if shelf.ref}
        known = {str(read.row.line): read for read in one.shelves}
        old = {
            position.ref: (read, row) for read in one.shelves for row, position in read.positions
        }
        stays = {p.ref for shelf in planogram.shelves for p in shelf.positions if p.ref}
        end = one.row
        widths = (before.width_mm, planogram.width_mm)
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
                was = origin(read.row)
                change_fixture(read.row, read.shelf, shelf, widths, self._mm)
                self._goods(planogram, Stand(shelf, read.row, was), read, old)
        added = [row for shelf in planogram.shelves if shelf.ref not in known
                 for row in self._new_shelf(planogram, shelf, old)]  # fmt: skip
        if added:
            # Behind everything of this planogram, whatever of it is left.
            last = [end, *self._followers.get(end, ())][-1]
            self._after.setdefault(self._left(last), []).extend(added)

    def _segments(self, one: ReadPlanogram, before: Planogram, planogram: Planogram) -> None:
        said = list(one.segments)
        added = change_segments(said, before, planogram, self._mm)
        parts = len(planogram.segments_mm) or 1
        if (before.segments_mm != planogram.segments_mm) and len(said) > parts:
            for row in said[parts:]:
                self._take(row)
        for row in added:
            row.put(2, self._key())
        if added:
            self._put_after(said[-1] if said else one.row, added)

    def _left(self, row: Row) -> Row:
        """The nearest row before that is still written; a file's first row always is."""
        rows = self._base.file.rows
        place = self._place[row]
        while place > 0 and rows[place] in self._gone:
            place -= 1
        return rows[place]

    def _goods(
        self,
        planogram: Planogram,
        stand: Stand,
        read: ReadShelf,
        old: Mapping[str, tuple[ReadShelf, Row]],
    ) -> None:
        blocks = self._arranged(planogram, stand.shelf)
        before = {position.ref: position for _, position in read.positions}
        arrived: list[Row] = []
        for index, position in enumerate(stand.shelf.positions):
            block = blocks.get(index)
            found = old.get(position.ref) if position.ref else None
            if found is None:
                arrived.append(self._new_position(position, stand, block))
                continue
            stays = position.ref in before
            self._moved(found, position, stand, block, stays=stays)
            if not stays:
                arrived += self._take(found[1])
        if arrived:
            last = read.positions[-1][0] if read.positions else read.row
            last = [last, *self._followers.get(last, ())][-1]
            self._after.setdefault(self._left(last), []).extend(arrived)

    def _moved(
        self, found: tuple[ReadShelf, Row], position: Position, stand: Stand,
        block: Arranged | None, *, stays: bool,
    ) -> None:  # fmt: skip
        was = position_row(*found)
        change_position(
            found[1], was, position, stand, block, self._rows, self._mm, stays=stays
        )  # fmt: skip

    def _arranged(self, planogram: Planogram, shelf: Shelf) -> dict[int, Arranged]:
        depth = shelf.depth_mm or planogram.depth_mm or 500.0
        divider = shelf.divider.width_mm if shelf.divider else 0.0
        blocks = arrange_shelf(
            shelf.positions, depth, self._products, self._layout.handling, divider
        )
        return {block.index: block for block in blocks}

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
        row = new_fixture(shelf, planogram, self._key(), self._mm)
        yield row
        stand = Stand(shelf, row)
        blocks = self._arranged(planogram, shelf)
        for index, position in enumerate(shelf.positions):
            found = old.get(position.ref) if position.ref else None
            if found is None:
                yield self._new_position(position, stand, blocks.get(index))
            else:
                self._moved(found, position, stand, blocks.get(index), stays=False)
                yield from self._take(found[1])

    def _new_position(self, position: Position, stand: Stand, block: Arranged | None) -> Row:
        return new_position(position, stand, block, self._rows, self._key(), self._mm)

    def _key(self) -> str:
        self._next_key += 1
        return str(self._next_key - 1)


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
