"""From the rows of a .psa file to planograms, products and what a merchandiser knows of them.

A file's frame has x to the right, y up and z from the back to the front; lengths are inches or
centimetres by the project's `measurement`. A reference (`ref`) is the number of a record's line.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import get_args

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.exchange.bounds import bounded_block
from store_scenes.exchange.contract import (
    FINDINGS_MAX,
    Imported,
    ImportFinding,
    Progress,
)
from store_scenes.exchange.formats.psa.products import ReadProducts
from store_scenes.exchange.formats.psa.rows import PsaFile, Row, parse
from store_scenes.exchange.kept import keep_file
from store_scenes.layout.bounds import FACINGS_MAX, UNITS_MAX
from store_scenes.layout.documents import (
    Cap,
    Divider,
    MerchandisingStyle,
    Overhang,
    Pegs,
    Planogram,
    Position,
    Shelf,
    SurfaceKind,
)
from store_scenes.layout.measures import BARS, BOARDS
from store_scenes.layout.orientation import ORIENTATIONS, Orientation, turned

MM_PER_INCH, MM_PER_CM = 25.4, 10.0
MEASUREMENT, MOVEMENT_PERIOD, LOAD = 12, 5, 149
KG_PER_LB = 0.45359237
MM_MAX = 20_000.0
CAPS_MAX = 20
SAME_WIDTH_MM = 0.1
PROGRESS_EVERY_ROWS = 2_000

KINDS: tuple[SurfaceKind, ...] = get_args(SurfaceKind)
STYLES: tuple[MerchandisingStyle, ...] = get_args(MerchandisingStyle)[:7]
NO_SURFACE = frozenset({10, 11, 13})  # obstruction, sign, sub-planogram
WELLS = frozenset({"chest", "bin"})


@dataclass(slots=True)
class ReadShelf:
    """A fixture's row with its positions' rows, and what they became."""

    row: Row
    shelf: Shelf
    positions: list[tuple[Row, Position]] = field(default_factory=list)


@dataclass(slots=True)
class ReadPlanogram:
    """A planogram's row, its fixtures in the file's order, and its key."""

    row: Row
    key: str
    shelves: list[ReadShelf] = field(default_factory=list)
    segments: list[Row] = field(default_factory=list)
    fixtures: list[Row] = field(default_factory=list)  # also those that are no shelves


@dataclass(slots=True)
class ReadFile:
    """A whole file, its rows beside what they became."""

    file: PsaFile
    unit_mm: float
    products: ReadProducts
    planograms: list[ReadPlanogram] = field(default_factory=list)
    findings: list[ImportFinding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def say(self, rule: str, row: Row, sentence: str) -> None:
        """Keep a warning about a row."""
        self.counts[rule] += 1
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(ImportFinding(rule, "warning", row.line, sentence))


def read_psa(data: bytes, name: str, currency: str, progress: Progress | None = None) -> Imported:
    """A .psa file as a store's documents; see `store_scenes.exchange.contract`.

    Raises:
        Failure: no such file, beyond the limits, or without a single planogram.
    """
    found = read_file(data, name, currency, progress)
    if not found.planograms:
        raise Failure("the file has no Planogram row, so there is nothing to import")
    return Imported(
        planograms={one.key: planogram_of(one, found.unit_mm, name) for one in found.planograms},
        products=tuple(found.products.by_sku.values()),
        handling=found.products.handling,
        kept=keep_file(data, "psa", currency),
        findings=tuple(found.findings),
        version=found.file.version,
        encoding=found.file.codec.upper(),
        units="in" if found.unit_mm == MM_PER_INCH else "cm",
    )


def read_file(data: bytes, name: str, currency: str, progress: Progress | None = None) -> ReadFile:
    """Every row beside what it became.

    Raises:
        Failure: as `read_psa`, except that a file without planograms is one.
    """
    file = parse(data)
    project = next((row for row in file.rows if row.tag == "Project"), None)
    unit = _unit(project)
    days = project.number(MOVEMENT_PERIOD) if project is not None else 0.0
    found = ReadFile(file, unit, ReadProducts(unit, currency, days if days > 0.0 else 7.0))
    for row in file.rows:
        if row.tag == "Product":
            found.products.add(row, found.say)
    keys: set[str] = set()
    for done, row in enumerate(file.rows):
        if progress and done % PROGRESS_EVERY_ROWS == 0:
            progress(done, len(file.rows))
        if row.tag == "Planogram":
            found.planograms.append(ReadPlanogram(row, _key(row, name, keys)))
        elif row.tag in {"Segment", "Fixture", "Position"}:
            _place(found, row)
    _drop_bare(found)
    return found


def planogram_of(one: ReadPlanogram, unit_mm: float, source: str) -> Planogram:
    """The planogram with its shelves lowest first, as a store's document has them."""
    row = one.row
    width = one.row.number(3) * unit_mm
    if not width:
        width = max((s.shelf.x_mm + s.shelf.width_mm for s in one.shelves), default=0.0)
    segments = tuple(round(segment.number(4) * unit_mm, 4) for segment in one.segments)
    ordered = sorted(one.shelves, key=lambda read: (read.shelf.height_mm, read.shelf.x_mm))
    shelves = []
    for read in ordered:
        positions = [position for _, position in read.positions]
        positions.sort(key=lambda position: position.x_mm or 0.0)
        shelves.append(msgspec.structs.replace(read.shelf, positions=tuple(positions)))
    return Planogram(
        name=row.cell(1)[:200] or one.key,
        width_mm=min(max(round(width, 4), 50.0), MM_MAX),
        shelves=tuple(shelves),
        height_mm=_bounded(row.number(4) * unit_mm),
        depth_mm=_bounded(row.number(5) * unit_mm, 5_000.0),
        segments_mm=segments if len(segments) > 1 and min(segments) > 0 else (),
        ref=str(row.line),
        source=source,
    )


def _unit(project: Row | None) -> float:
    """Millimetres of the project's unit: `measurement` is 1 for centimetres, else inches."""
    return MM_PER_CM if project is not None and project.code(MEASUREMENT) == 1 else MM_PER_INCH


def _key(row: Row, name: str, keys: set[str]) -> str:
    words = re.findall(r"[a-z0-9]+", row.cell(1).lower())
    base = "-".join([name, *words])[:80].strip("-")
    key, number = base, 1
    while key in keys or (not words and number == 1):
        number += 1
        key = f"{base}-{number}" if words or number > 2 else f"{base}-1"
    keys.add(key)
    return key


def _place(found: ReadFile, row: Row) -> None:
    if not found.planograms:
        found.say(
            "row-astray", row, f"a {row.tag} row before the first planogram was kept as it is"
        )
        return
    planogram = found.planograms[-1]
    if row.tag == "Segment":
        planogram.segments.append(row)
    elif row.tag == "Fixture":
        planogram.fixtures.append(row)
        planogram.shelves.append(ReadShelf(row, _shelf(found, planogram.row, row)))
    elif not planogram.shelves:
        found.say("row-astray", row, "a position before its first fixture was kept as it is")
    else:
        shelf = planogram.shelves[-1]
        position = _position(found, shelf, row)
        if position is not None:
            shelf.positions.append((row, position))


def _drop_bare(found: ReadFile) -> None:
    """Obstructions, signs and sub-planograms that carry nothing are rows and no shelves."""
    for planogram in found.planograms:
        planogram.shelves = [
            read for read in planogram.shelves
            if read.positions or read.row.code(1) not in NO_SURFACE
        ]  # fmt: skip


def _bounded(value: float, most: float = MM_MAX, least: float = 0.0) -> float:
    return round(min(max(value, least), most), 4)


def _shelf(found: ReadFile, planogram: Row, row: Row) -> Shelf:
    mm = found.unit_mm
    code = row.code(1)
    if not 0 <= code < len(KINDS):
        found.say(
            "fixture-type", row, f"fixture type {row.cell(1)!r} is unknown; taken for a shelf"
        )
        code = 0
    kind = KINDS[code]
    bottom, height = row.number(6) * mm, row.number(7) * mm
    high = kind in BOARDS or kind in WELLS or kind in BARS
    width, x = row.number(5) * mm, row.number(4) * mm
    whole = abs(width - planogram.number(3) * mm) < 0.01 and abs(x) < 0.01
    over = Overhang(*(_bounded(row.number(cell) * mm) for cell in (27, 28, 32, 31)))
    pitch = [_bounded(row.number(cell) * mm, 1_000.0) for cell in (15, 16, 17, 18)]
    divider = [_bounded(row.number(cell) * mm, 1_000.0) for cell in (34, 35)]
    surface = bottom if high else bottom + height
    if surface < 0.0:
        found.say("fixture-below", row, f"fixture {row.cell(2)!r} lies below the floor; put on it")
    return Shelf(
        height_mm=_bounded(surface),
        depth_mm=_bounded(row.number(9) * mm, 5_000.0),
        kind=kind,
        name=row.cell(2)[:200],
        x_mm=0.0 if whole else _bounded(x, MM_MAX, -MM_MAX),
        width_mm=0.0 if whole else _bounded(width),
        thickness_mm=0.0 if high else _bounded(height, 500.0),
        board_mm=_bounded(height) if high else 0.0,
        slope_deg=_bounded(row.number(10), 89.0, -89.0),
        overhang=over if over != Overhang() else None,
        pegs=Pegs(pitch[0], pitch[1], pitch[2], pitch[3]) if min(pitch[:2]) > 0.0 else None,
        divider=Divider(divider[0], divider[1] or 60.0) if divider[0] > 0.0 else None,
        grille_mm=_bounded(row.number(38) * mm, 1_000.0),
        load_max_kg=_bounded(row.number(LOAD) * (1.0 if mm == MM_PER_CM else KG_PER_LB), 10_000.0),
        ref=str(row.line),
    )


def surface_y(row: Row, unit_mm: float) -> float:
    """The height of a fixture row's surface above the planogram's floor, millimetres, as stated."""
    kind = KINDS[row.code(1)] if 0 <= row.code(1) < len(KINDS) else "shelf"
    high = kind in BOARDS or kind in WELLS or kind in BARS
    return (row.number(6) + (0.0 if high else row.number(7))) * unit_mm


def _position(found: ReadFile, shelf: ReadShelf, row: Row) -> Position | None:
    mm = found.unit_mm
    product = found.products.of(row.cell(1), row.cell(2))
    if product is None:
        product = found.products.stand_in(row, found.say)
    if product is None:
        return None
    told = tuple(max(row.code(cell), low) for cell, low in ((14, 1), (15, 1), (16, 0)))
    wide, high, deep = bounded_block(*told)
    if told != (wide, high, deep):
        found.say(
            "facings", row,
            f"{product.sku} has more than {FACINGS_MAX} facings in a row or {UNITS_MAX:,} in all; "
            f"{wide} × {high} × {max(deep, 1)} are taken",
        )  # fmt: skip
    orientation = _orientation(found, row, 29)
    style = row.code(13)
    if style == -1:
        style = max(shelf.row.code(33), 0)
    if not 0 <= style < len(STYLES):
        found.say("style", row, f"merchandising style {row.cell(13)!r} is unknown; taken for units")
        style = 0
    return Position(
        sku=product.sku,
        facings_wide=wide,
        facings_high=high,
        facings_deep=deep,
        x_mm=_bounded(row.number(4) * mm - shelf.row.number(4) * mm, MM_MAX, -MM_MAX),
        gap_mm=_gap(found, product, row, wide, _across(found, product, style, orientation)),
        orientation=orientation,
        style=STYLES[style],
        cap_x=_cap(found, row, 17, 20),
        cap_y=_cap(found, row, 21, 24),
        cap_z=_cap(found, row, 25, 28),
        y_mm=_offset(row.number(6) * mm - surface_y(shelf.row, mm)),
        z_mm=_setback(shelf.row, row, mm),
        ref=str(row.line),
    )


def _orientation(found: ReadFile, row: Row, cell: int) -> Orientation:
    code = row.code(cell)
    if not 0 <= code < len(ORIENTATIONS):
        found.say("orientation", row, f"orientation {row.cell(cell)!r} is unknown; taken for front")
        code = 0
    return ORIENTATIONS[code]


def _cap(found: ReadFile, row: Row, number: int, orientation: int) -> Cap | None:
    count = min(max(row.code(number), 0), CAPS_MAX)
    return Cap(count, _orientation(found, row, orientation)) if count else None


def _across(found: ReadFile, product: Product, style: int, orientation: Orientation) -> float:
    """The width of one facing, millimetres."""
    from store_scenes.layout.arrange import facing_size

    position = Position(product.sku, orientation=orientation, style=STYLES[style])
    return facing_size(position, product, found.products.handling.get(product.sku))[0][0]


def _gap(found: ReadFile, product: Product, row: Row, wide: int, each: float) -> float:
    """What the stated width leaves between facings; nothing where it is less than they need.

    Caps at the right of a block are part of its width, with a gap of their own before them. Caps
    on top or in front that are wider than what carries them may be all of it.
    """
    stated = row.number(5) * found.unit_mm
    for count, turn in ((21, 24), (25, 28)):
        if row.code(count) > 0 and 0 <= row.code(turn) < len(ORIENTATIONS):
            cap = turned(product.dimensions_mm, ORIENTATIONS[row.code(turn)])[0]
            across = max(1, round(stated / cap)) * cap
            if across > wide * each and abs(stated - across) < SAME_WIDTH_MM:
                return 0.0
    room, gaps = stated - wide * each, wide - 1
    caps = min(max(row.code(17), 0), CAPS_MAX)
    if caps:
        turn = row.code(20) if 0 <= row.code(20) < len(ORIENTATIONS) else 0
        room -= caps * turned(product.dimensions_mm, ORIENTATIONS[turn])[0]
        gaps += 1
    gap = room / gaps if gaps else 0.0
    return round(gap, 4) if 0.01 < gap < 1_000.0 else 0.0


def _offset(value: float) -> float:
    return _bounded(value, MM_MAX, -MM_MAX) if abs(value) >= 0.01 else 0.0


def _setback(fixture: Row, row: Row, mm: float) -> float | None:
    """How far behind its fixture's front a position stands, where the file says where it stands.

    At the back (z 0, or no z at all) means that nobody said: planning programs face goods up.
    """
    z = (row.number(8) - fixture.number(8)) * mm
    if abs(z) < 0.01:
        return None
    return _bounded(fixture.number(9) * mm - z - row.number(9) * mm, MM_MAX, -MM_MAX)
