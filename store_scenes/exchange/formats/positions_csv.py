"""Planograms as a table, one row a position: what spreadsheets and other programs can make.

Columns by their names, in any order; only `planogram`, `shelf` and `sku` (or `gtin`) are needed.
Lengths are millimetres. A shelf without goods is a row without a sku.
"""

import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar, get_args

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.exchange.bounds import bounded_block
from store_scenes.exchange.contract import (
    FINDINGS_MAX,
    PLANOGRAM_BYTES_MAX,
    PLANOGRAM_RECORDS_MAX,
    Imported,
    ImportFinding,
    Progress,
    Wrote,
)
from store_scenes.feeds.codes import read_code
from store_scenes.feeds.estimates import estimate_dimensions, guess_package
from store_scenes.feeds.table import read_table
from store_scenes.layout.bounds import CAPS_MAX, FACINGS_MAX, UNITS_MAX
from store_scenes.layout.documents import (
    Cap,
    Divider,
    MerchandisingStyle,
    Overhang,
    Pegs,
    Planogram,
    Position,
    Shelf,
    StoreLayout,
    SurfaceKind,
)
from store_scenes.layout.orientation import ORIENTATIONS, Orientation

LENGTH_MM_MAX = 20_000.0
PROGRESS_EVERY_ROWS = 2_000
WIDTH_MM_ASSUMED = 1_000.0
SHELF_MM_APART = 350.0

KINDS: tuple[SurfaceKind, ...] = get_args(SurfaceKind)
STYLES: tuple[MerchandisingStyle, ...] = get_args(MerchandisingStyle)

SHELF_NUMBERS: dict[str, tuple[float, float]] = {
    "shelf_thickness_mm": (0.0, 500.0), "shelf_z_mm": (0.0, LENGTH_MM_MAX),
    "shelf_board_mm": (0.0, LENGTH_MM_MAX), "shelf_slope_deg": (-89.0, 89.0),
    "shelf_grille_mm": (0.0, 1_000.0), "shelf_load_max_kg": (0.0, 10_000.0),
}  # fmt: skip
"""Further numbers of a shelf, each with the least and the most that it may be."""

FITTINGS: dict[str, tuple[str, ...]] = {
    "overhang": tuple(f"overhang_{side}_mm" for side in ("left", "right", "front", "back")),
    "pegs": ("peg_pitch_x_mm", "peg_pitch_y_mm", "peg_start_x_mm", "peg_start_y_mm"),
    "divider": ("divider_width_mm", "divider_height_mm"),
}
"""The columns of what is on a shelf, in the order of the values they make."""

COLUMNS = (
    "planogram", "planogram_name", "width_mm", "height_mm", "depth_mm", "shelf", "shelf_name",
    "shelf_kind", "shelf_height_mm", "shelf_depth_mm", "shelf_x_mm", "shelf_width_mm", "position",
    "sku", "gtin", "name", "x_mm", "y_mm", "z_mm", "gap_mm", "facings_wide", "facings_high",
    "facings_deep", "orientation", "style", "cap_x", "cap_x_orientation", "cap_y",
    "cap_y_orientation", "cap_z", "cap_z_orientation", "product_width_mm", "product_height_mm",
    "product_depth_mm", "segments_mm", *SHELF_NUMBERS,
    *(name for names in FITTINGS.values() for name in names), "finger_mm",
)  # fmt: skip
"""As they are written. A shelf counts from 1 at the bottom, a position from 1 at the left."""

_ALIASES = {
    "planogram": ("pog", "bay", "planogram_key", "planogram_id", "fixture"),
    "shelf": ("shelf_number", "shelf_no", "tier"),
    "sku": ("id", "product_id", "product", "item"),
    "gtin": ("upc", "ean", "barcode"),
    "position": ("position_number", "location", "rank"),
    "facings_wide": ("facings", "hfacings", "h_facings", "facings_horizontal"),
    "facings_high": ("vfacings", "v_facings", "facings_vertical", "stack"),
    "facings_deep": ("dfacings", "d_facings", "deep"),
    "x_mm": ("x",),
    "y_mm": ("y",),
    "z_mm": ("z",),
    "style": ("merchandising_style", "merch_style"),
    "name": ("product_name", "description", "item_name"),
    "width_mm": ("planogram_width_mm", "bay_width_mm"),
}

Cells = dict[str, str]
Word = TypeVar("Word", bound=str)
Fitting = TypeVar("Fitting", Overhang, Pegs, Divider)

_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


def is_positions_csv(head: bytes, _name: str) -> bool:
    """Whether a file's first line names the columns that such a table needs."""
    first = head.split(b"\n")[0].decode("utf-8-sig", "replace").lower()
    words = set(re.findall(r"[a-z_]+", first.replace(" ", "_")))
    columns = {
        ours: {ours, *_ALIASES.get(ours, ())} for ours in ("planogram", "shelf", "sku", "gtin")
    }
    has_product = bool(words & (columns["sku"] | columns["gtin"]))
    return bool(words & columns["planogram"] and words & columns["shelf"] and has_product)


@dataclass(slots=True)
class _Reading:
    """What the rows have said so far."""

    source: str
    names: dict[str, Cells] = field(default_factory=dict)
    shelves: dict[str, dict[str, tuple[Cells, list[tuple[float, Position]]]]] = field(
        default_factory=dict
    )
    products: dict[str, Product] = field(default_factory=dict)
    findings: list[ImportFinding] = field(default_factory=list)

    def say(self, rule: str, line: int, sentence: str) -> None:
        """Keep a warning about a row."""
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(ImportFinding(rule, "warning", line, sentence))


def read_positions_csv(
    data: bytes, name: str, _currency: str, progress: Progress | None = None
) -> Imported:
    """A table of positions as planograms; see `store_scenes.exchange.contract`.

    Raises:
        Failure: no such table, or beyond the limits.
    """
    if len(data) > PLANOGRAM_BYTES_MAX:
        raise Failure(f"larger than {PLANOGRAM_BYTES_MAX:,} bytes; split the table")
    table = read_table(data)
    columns = {
        ours: next((n for n in (ours, *_ALIASES.get(ours, ())) if n in table.header), "")
        for ours in COLUMNS
    }
    for needed in ("planogram", "shelf"):
        if not columns[needed]:
            raise Failure(f"no column is named {needed}; it needs planogram, shelf and sku or gtin")
    if not columns["sku"] and not columns["gtin"]:
        raise Failure("no column is named sku or gtin, so no position has a product")
    reading = _Reading(name)
    for count, (line, cells) in enumerate(table.rows, 1):
        if count > PLANOGRAM_RECORDS_MAX:
            raise Failure(f"more than {PLANOGRAM_RECORDS_MAX:,} positions; split the table")
        _row(
            reading,
            line,
            {ours: cells.get(theirs, "") for ours, theirs in columns.items() if theirs},
        )
        if progress and count % PROGRESS_EVERY_ROWS == 0:
            progress(count, table.rows_at_most)
    if not reading.shelves:
        raise Failure("the table has no row with a planogram and a shelf")
    return Imported(
        planograms=_planograms(reading),
        products=tuple(reading.products.values()),
        findings=tuple(reading.findings),
        encoding=table.encoding,
    )


def write_positions_csv(
    layout: StoreLayout,
    keys: tuple[str, ...],
    _kept: Mapping[str, bytes],
    wrote: Wrote | None = None,
) -> bytes:
    """The planograms as such a table, UTF-8; see `store_scenes.exchange.contract`."""
    products = {product.sku: product for product in layout.products}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for key in keys:
        planogram = layout.planograms[key]
        if wrote is not None:
            wrote(key)
        for number, shelf in enumerate(planogram.shelves, 1):
            on = _shelf_cells(key, planogram, number, shelf)
            for place, position in enumerate(shelf.positions, 1):
                cells = _position_cells(place, position, products.get(position.sku))
                writer.writerow(on | cells)
            if not shelf.positions:
                writer.writerow(on)
    return out.getvalue().encode("utf-8-sig")


def _row(reading: _Reading, line: int, cells: Cells) -> None:
    def cell(key: str) -> str:
        return cells.get(key, "")

    if not cell("planogram") or not cell("shelf"):
        reading.say("row-without-shelf", line, "the row names no planogram or no shelf; left out")
        return
    reading.names.setdefault(cell("planogram"), cells)
    shelves = reading.shelves.setdefault(cell("planogram"), {})
    _, positions = shelves.setdefault(cell("shelf"), (cells, []))
    code = read_code(cell("gtin"))
    sku = (cell("sku") or code.gtin or code.text)[:64]
    if not sku:
        return
    if code.state in {"bad", "damaged"}:
        reading.say("gtin-bad", line, f"{code.text!r} is no GTIN (wrong length or check digit)")
    if sku not in reading.products:
        reading.products[sku] = _product(sku, code.gtin, cells, line, reading)
    number = _number(cell("position"), reading, line) or float(len(positions) + 1)
    x = _number(cell("x_mm"), reading, line) if cell("x_mm") else None
    z = _number(cell("z_mm"), reading, line) if cell("z_mm") else None
    wide, high, deep = _block(cells, sku, reading, line)
    position = Position(
        sku=sku,
        facings_wide=wide,
        facings_high=high,
        facings_deep=deep,
        x_mm=x,
        gap_mm=_number(cell("gap_mm"), reading, line) if cell("gap_mm") else 4.0,
        orientation=_orientation(cell("orientation"), reading, line),
        style=_one_of(cell("style"), STYLES, "style", reading, line),
        cap_x=_cap(cells, "cap_x", reading, line),
        cap_y=_cap(cells, "cap_y", reading, line),
        cap_z=_cap(cells, "cap_z", reading, line),
        y_mm=_number(cell("y_mm"), reading, line),
        z_mm=z,
    )
    positions.append((number, position))


def _product(sku: str, gtin: str, cells: Cells, line: int, reading: _Reading) -> Product:
    name = cells.get("name", "") or sku
    sides = [
        _number(cells.get(f"product_{side}_mm", ""), reading, line)
        for side in ("width", "height", "depth")
    ]
    package = guess_package("", name)
    estimated = min(sides) <= 0.0
    size = (sides[0], sides[1], sides[2])
    if estimated:
        size = estimate_dimensions(package, "", 0.0, "", name)
    language = "ko" if any("가" <= letter <= "힣" for letter in name) else "en"
    return Product(
        sku, {language: name[:200]}, "", "", package, size, stock=100, gtin=gtin,
        dimensions_estimated=estimated,
    )  # fmt: skip


def _planograms(reading: _Reading) -> dict[str, Planogram]:
    planograms: dict[str, Planogram] = {}
    for told, cells in reading.names.items():
        key = _key(told, reading.source, planograms)
        shelves = [
            _shelf(number, on, positions, reading)
            for number, (on, positions) in enumerate(_bottom_up(reading.shelves[told]), 1)
        ]
        width = _number(cells.get("width_mm", ""), reading, 0)
        planograms[key] = Planogram(
            name=(cells.get("planogram_name", "") or told)[:200],
            width_mm=max(width, 50.0) if width else WIDTH_MM_ASSUMED,
            shelves=tuple(shelves),
            height_mm=max(_number(cells.get("height_mm", ""), reading, 0), 0.0),
            depth_mm=min(max(_number(cells.get("depth_mm", ""), reading, 0), 0.0), 5_000.0),
            segments_mm=_segments(cells.get("segments_mm", ""), reading),
            source=reading.source,
        )
    return planograms


def _bottom_up(
    shelves: dict[str, tuple[Cells, list[tuple[float, Position]]]],
) -> list[tuple[Cells, list[tuple[float, Position]]]]:
    def order(name: str) -> tuple[float, str]:
        found = re.search(r"\d{1,6}", name)
        return (float(found[0]) if found else math.inf), name

    return [shelves[name] for name in sorted(shelves, key=order)]


def _shelf(
    number: int, cells: Cells, positions: list[tuple[float, Position]], reading: _Reading
) -> Shelf:
    stated = cells.get("shelf_height_mm", "")
    height = _number(stated, reading, 0) if stated else 100.0 + (number - 1) * SHELF_MM_APART
    ordered = sorted(positions, key=lambda item: (item[0], item[1].x_mm or 0.0))
    numbers = {
        column.removeprefix("shelf_"): _bounded(cells.get(column, ""), reading, *bounds)
        for column, bounds in SHELF_NUMBERS.items()
    }
    shelf = Shelf(
        height_mm=max(height, 0.0),
        positions=tuple(position for _, position in ordered),
        depth_mm=min(max(_number(cells.get("shelf_depth_mm", ""), reading, 0), 0.0), 5_000.0),
        kind=_one_of(cells.get("shelf_kind", ""), KINDS, "shelf_kind", reading, 0),
        name=cells.get("shelf_name", "")[:200],
        x_mm=_number(cells.get("shelf_x_mm", ""), reading, 0),
        width_mm=max(_number(cells.get("shelf_width_mm", ""), reading, 0), 0.0),
        overhang=_fitting(cells, Overhang, "overhang", reading),
        pegs=_fitting(cells, Pegs, "pegs", reading),
        divider=_fitting(cells, Divider, "divider", reading),
        finger_mm=_bounded(cells["finger_mm"], reading) if cells.get("finger_mm") else None,
    )
    return msgspec.structs.replace(shelf, **numbers)


def _bounded(
    text: str, reading: _Reading, least: float = 0.0, most: float = LENGTH_MM_MAX
) -> float:  # fmt: skip
    return min(max(_number(text, reading, 0), least), most)


def _fitting(cells: Cells, kind: type[Fitting], name: str, reading: _Reading) -> Fitting | None:
    """What is on a shelf, where any of its columns says so; the first two of pegs are needed."""
    columns = FITTINGS[name]
    if not any(cells.get(column) for column in columns):
        return None
    fields = zip(kind.__struct_fields__, columns, strict=True)
    told = {
        field: _bounded(cells[column], reading, 0.0, 1_000.0)
        for field, column in fields if cells.get(column)
    }  # fmt: skip
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError:
        reading.say(f"{name}-bad", 0, f"{', '.join(columns)} go together; left out")
        return None


def _segments(text: str, reading: _Reading) -> tuple[float, ...]:
    widths = tuple(_bounded(part, reading) for part in text.split()[:100])
    return widths if len(widths) > 1 and min(widths) > 0.0 else ()


def _key(told: str, source: str, taken: Mapping[str, Planogram]) -> str:
    words = re.findall(r"[a-z0-9]+", told.lower())
    base = "-".join(words)[:80] or source
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _number(text: str, reading: _Reading, line: int) -> float:
    """A length; a comma is a decimal point, except where it can only part thousands."""
    if not text:
        return 0.0
    plain = text.replace(",", ".")
    if _THOUSANDS.fullmatch(text):
        plain = text.replace(",", "")
        reading.say("number-thousands", line, f"{text[:40]!r} is read as {plain[:40]}")
    try:
        value = float(plain)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > LENGTH_MM_MAX:
        reading.say("number-bad", line, f"{text[:40]!r} is no number of a planogram; 0 is taken")
        return 0.0
    return value


def _count(text: str, reading: _Reading, line: int, least: int, most: int = FACINGS_MAX) -> int:
    """A whole number of facings or caps."""
    if not text:
        return least
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    count = int(min(max(value, least), most)) if math.isfinite(value) else least
    if count != value:
        rule = "count-bad" if math.isfinite(value) else "number-bad"
        told = f"{text[:40]!r} is no count from {least} to {most}; {count} is taken"
        reading.say(rule, line, told)
    return count


def _block(cells: Cells, sku: str, reading: _Reading, line: int) -> tuple[int, int, int]:
    told = (
        _count(cells.get("facings_wide", ""), reading, line, 1),
        _count(cells.get("facings_high", ""), reading, line, 1),
        _count(cells.get("facings_deep", ""), reading, line, 0),
    )
    block = bounded_block(*told)
    if block != told:
        sentence = f"{sku[:40]} has more than {UNITS_MAX:,} facings; {block[0]} × {block[1]} taken"
        reading.say("count-bad", line, sentence)
    return block


def _orientation(text: str, reading: _Reading, line: int) -> Orientation:
    if text.isascii() and text.isdecimal() and int(text[:4]) < len(ORIENTATIONS):
        return ORIENTATIONS[int(text)]
    return _one_of(text, ORIENTATIONS, "orientation", reading, line)


def _one_of(text: str, known: tuple[Word, ...], what: str, reading: _Reading, line: int) -> Word:
    """The word itself where it is known, else the first and a warning."""
    told = text.strip().lower().replace("_", "-").replace(" ", "-")
    if told and told not in known:
        reading.say(f"{what}-unknown", line, f"{text[:40]!r} is none of {', '.join(known[:8])}, …")
    return next((word for word in known if word == told), known[0])


def _cap(cells: Cells, key: str, reading: _Reading, line: int) -> Cap | None:
    count = _count(cells.get(key, ""), reading, line, 0, CAPS_MAX)
    if not count:
        return None
    return Cap(count, _orientation(cells.get(f"{key}_orientation", ""), reading, line))


def _shelf_cells(key: str, planogram: Planogram, number: int, shelf: Shelf) -> Cells:
    return {
        "planogram": key,
        "planogram_name": planogram.name,
        "width_mm": _text(planogram.width_mm),
        "height_mm": _text(planogram.height_mm),
        "depth_mm": _text(planogram.depth_mm),
        "segments_mm": " ".join(map(_text, planogram.segments_mm)),
        "shelf": str(number),
        "shelf_name": shelf.name,
        "shelf_kind": shelf.kind,
        "shelf_height_mm": _text(shelf.height_mm) or "0",
        "shelf_depth_mm": _text(shelf.depth_mm),
        "shelf_x_mm": _text(shelf.x_mm),
        "shelf_width_mm": _text(shelf.width_mm),
        **{
            column: _text(getattr(shelf, column.removeprefix("shelf_"))) for column in SHELF_NUMBERS
        },
        **{
            column: _text(getattr(part, field)) or "0"
            for name, columns in FITTINGS.items()
            if (part := getattr(shelf, name)) is not None
            for field, column in zip(part.__struct_fields__, columns, strict=True)
        },
        "finger_mm": "" if shelf.finger_mm is None else _text(shelf.finger_mm) or "0",
    }


def _position_cells(place: int, position: Position, product: Product | None) -> Cells:
    cells = {
        "position": str(place),
        "sku": position.sku,
        "x_mm": "" if position.x_mm is None else _text(position.x_mm) or "0",
        "y_mm": _text(position.y_mm),
        "z_mm": "" if position.z_mm is None else _text(position.z_mm) or "0",
        "gap_mm": _text(position.gap_mm) or "0",
        "facings_wide": str(position.facings_wide),
        "facings_high": str(position.facings_high),
        "facings_deep": str(position.facings_deep),
        "orientation": position.orientation,
        "style": position.style,
    }
    for key in ("cap_x", "cap_y", "cap_z"):
        cap: Cap | None = getattr(position, key)
        if cap is not None:
            cells |= {key: str(cap.count), f"{key}_orientation": cap.orientation}
    if product is not None:
        width, height, depth = product.dimensions_mm
        cells |= {
            "gtin": product.gtin,
            "name": next(iter(product.names.values())),
            "product_width_mm": _text(width),
            "product_height_mm": _text(height),
            "product_depth_mm": _text(depth),
        }
    return cells


def _text(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if value else ""
