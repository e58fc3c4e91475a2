"""The Fixture and Segment rows of a .psa file that is written: edits, and shelves new to it."""

from store_scenes.exchange.formats.psa.read import (
    KG_PER_LB,
    KINDS,
    LOAD,
    MM_PER_INCH,
    WELLS,
)
from store_scenes.exchange.formats.psa.rows import SAME_MM, Row, decimal
from store_scenes.layout.documents import Divider, Overhang, Pegs, Planogram, Shelf
from store_scenes.layout.measures import BARS, BOARDS

THICKNESS_MM = 25.4
_HIGH = BOARDS | WELLS | BARS
_NO_PEGS = Pegs(0.0, 0.0)
_NO_DIVIDER = Divider(0.0, 0.0)


def change_fixture(
    row: Row, before: Shelf, after: Shelf, widths: tuple[float, float], mm: float
) -> None:
    """Write what differs; `widths` are the planogram's, as the file says it and by now."""
    if before.kind != after.kind:
        row.put(1, str(KINDS.index(after.kind)))
    if before.name != after.name:
        row.put(2, after.name)
    row.put_mm(4, before.x_mm, after.x_mm, mm)
    _put_width(row, before, after, widths, mm)
    (old_y, old_high), (new_y, new_high) = _stands(before), _stands(after)
    row.put_mm(6, old_y, new_y, mm)
    row.put_mm(7, old_high, new_high, mm)
    row.put_mm(9, before.depth_mm, after.depth_mm, mm)
    row.put_mm(38, before.grille_mm, after.grille_mm, mm)
    if abs(before.slope_deg - after.slope_deg) > SAME_MM:
        row.put(10, decimal(after.slope_deg))
    _put_fittings(row, before, after, mm)
    if abs(before.load_max_kg - after.load_max_kg) > SAME_MM:
        _put_load(row, after, mm)


def new_fixture(shelf: Shelf, planogram: Planogram, key: str, mm: float) -> Row:
    """A row for a shelf that the file does not have."""
    row = Row("Fixture", 0)
    high = shelf.kind in _HIGH
    thick = 0.0 if high else min(shelf.thickness_mm or THICKNESS_MM, shelf.height_mm)
    row.put(1, str(KINDS.index(shelf.kind)))
    row.put(2, shelf.name)
    row.put(3, key)
    for cell, value in (
        (4, shelf.x_mm), (5, shelf.width_mm or planogram.width_mm),
        (6, shelf.height_mm - thick), (7, shelf.board_mm if high else thick), (8, 0.0),
        (9, shelf.depth_mm or planogram.depth_mm or 500.0),
    ):  # fmt: skip
        row.put(cell, decimal(value / mm))
    row.put_mm(38, 0.0, shelf.grille_mm, mm)
    _put_fittings(row, Shelf(0.0), shelf, mm)
    if shelf.slope_deg:
        row.put(10, decimal(shelf.slope_deg))
    if shelf.load_max_kg:
        _put_load(row, shelf, mm)
    return row


def change_segments(rows: list[Row], before: Planogram, after: Planogram, mm: float) -> list[Row]:
    """Write the widths between uprights into the rows there are; those that lack a row get one.

    Rows beyond the last part are left to whoever called to take away.
    """
    old = before.segments_mm or (before.width_mm,)
    new = after.segments_mm or (after.width_mm,)
    same = len(old) == len(new) and all(
        abs(was - now) <= SAME_MM for was, now in zip(old, new, strict=True)
    )
    if same or (not rows and not after.segments_mm):
        return []
    if len(old) == len(rows) == len(new) == 1:  # one part, which need not be what the file says
        if abs(rows[0].number(4) * mm - before.width_mm) <= SAME_MM:
            rows[0].put(4, decimal(new[0] / mm))
        return []
    added = []
    offset = 0.0
    for number, width in enumerate(new):
        row = rows[number] if number < len(rows) else Row("Segment", 0)
        if number >= len(rows):
            added.append(row)
        row.put_mm(4, row.number(4) * mm, width, mm)
        row.put_mm(10, row.number(10) * mm, offset, mm)
        offset += width
    return added


def _stands(shelf: Shelf) -> tuple[float, float]:
    """A fixture's y and height: of its board's underside, or of the lower end of what is high."""
    if shelf.kind in _HIGH:
        return shelf.height_mm, shelf.board_mm
    return shelf.height_mm - shelf.thickness_mm, shelf.thickness_mm


def _put_width(
    row: Row, before: Shelf, after: Shelf, widths: tuple[float, float], mm: float
) -> None:
    """A shelf that says no width runs the whole planogram; a row that says none stays so."""
    was, now = before.width_mm, after.width_mm
    if was == now == 0.0:
        runs_whole = abs(row.number(5) * mm - widths[0]) <= SAME_MM
        was, now = widths if runs_whole else (0.0, 0.0)
    row.put_mm(5, was, now or widths[1] if now or was else 0.0, mm)


def _put_fittings(row: Row, before: Shelf, after: Shelf, mm: float) -> None:
    old, new = before.overhang or Overhang(), after.overhang or Overhang()
    pegs, other = before.pegs or _NO_PEGS, after.pegs or _NO_PEGS
    plates, now = before.divider or _NO_DIVIDER, after.divider or _NO_DIVIDER
    for cell, was, then in (
        (27, old.left_mm, new.left_mm), (28, old.right_mm, new.right_mm),
        (31, old.back_mm, new.back_mm), (32, old.front_mm, new.front_mm),
        (15, pegs.pitch_x_mm, other.pitch_x_mm), (16, pegs.pitch_y_mm, other.pitch_y_mm),
        (17, pegs.start_x_mm, other.start_x_mm), (18, pegs.start_y_mm, other.start_y_mm),
        (34, plates.width_mm, now.width_mm), (35, plates.height_mm, now.height_mm),
    ):  # fmt: skip
        row.put_mm(cell, was, then, mm)


def _put_load(row: Row, shelf: Shelf, mm: float) -> None:
    row.put(LOAD, decimal(shelf.load_max_kg / (KG_PER_LB if mm == MM_PER_INCH else 1.0)))
