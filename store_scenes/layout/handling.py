"""`handling.csv`: what a merchandiser knows of products beside their size.

One row a product; columns by the names of `Handling`, and for each pack style six more, such as
`tray_width_mm, tray_height_mm, tray_depth_mm, tray_wide, tray_high, tray_deep` and `tray_units`.
Only `sku` is needed.
"""

import csv
import io
import math
from collections.abc import Iterable
from typing import get_args

import msgspec

from catalog_sync.model.failure import Failure
from store_scenes.layout.documents import Handling, Pack, PackStyle

HANDLING_BYTES_MAX = 32 * 1024 * 1024
ROWS_MAX = 200_000
NUMBER_MAX = 1_000_000.0

PACK_STYLES: tuple[PackStyle, ...] = get_args(PackStyle)

_NUMBERS = {
    "nest_y_mm": float, "nest_z_mm": float, "peg_hole_x_mm": float, "peg_hole_y_mm": float,
    "facings_min": int, "facings_max": int, "units_a_day": float, "days_of_supply_min": float,
    "age_min": int,
}  # fmt: skip
_PACK_SIZES = ("width_mm", "height_mm", "depth_mm")
_PACK_COUNTS = ("wide", "high", "deep", "units")
_TRUE = {"1", "yes", "true", "ja", "oui", "예"}


def read_handling(raw: bytes, name: str) -> dict[str, Handling]:
    """Every row by its SKU.

    Raises:
        Failure: not UTF-8, no `sku` column, a column that nobody knows, a number that is none, or
            a SKU twice; `name` says which file.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Failure(f"{name}, line {line}: not UTF-8; save the file as UTF-8") from None
    try:
        return _rows(csv.DictReader(io.StringIO(text), strict=True), name)
    except csv.Error as error:
        raise Failure(f"{name}: not a CSV file ({error}); save it as CSV with commas") from None


def write_handling(rows: Iterable[Handling]) -> bytes:
    """The file for `rows`, with the columns that any of them needs; UTF-8."""
    rows = list(rows)
    columns = {"sku": None} | dict.fromkeys(
        key for row in rows for key, value in _cells(row).items() if value
    )
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = _cells(row)
        writer.writerow({key: cells.get(key, "") for key in columns})
    return out.getvalue().encode()


def _rows(reader: "csv.DictReader[str]", name: str) -> dict[str, Handling]:
    header = [(column or "").strip() for column in reader.fieldnames or ()]
    reader.fieldnames = header
    if "sku" not in header:
        raise Failure(f"{name}: its first line has no column named sku")
    known = {"sku", "hangs", *_NUMBERS}
    known |= {f"{s}_{part}" for s in PACK_STYLES for part in (*_PACK_SIZES, *_PACK_COUNTS)}
    unknown = [column for column in header if column not in known]
    if unknown:
        raise Failure(
            f"{name}: no column is named {unknown[0][:40]!r}; docs/store-folder.md has them"
        )
    found: dict[str, Handling] = {}
    for row in reader:
        if len(found) >= ROWS_MAX:
            raise Failure(f"{name}: more than {ROWS_MAX:,} rows")
        at = f"{name}, line {reader.line_num}"
        cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        sku = cells.get("sku", "")
        if sku in found:
            raise Failure(f"{at}: {sku[:40]!r} came before; keep one of the two")
        if sku:
            found[sku] = _handling(sku, cells, at)
    return found


def _handling(sku: str, cells: dict[str, str], at: str) -> Handling:
    packs = []
    for style in PACK_STYLES:
        sizes = [_number(cells.get(f"{style}_{part}", ""), at, style) for part in _PACK_SIZES]
        if not any(sizes):
            continue
        if not all(sizes):
            raise Failure(f"{at}: the {style} of {sku[:40]} needs its width, height and depth")
        counts = [
            int(_number(cells.get(f"{style}_{part}", ""), at, style)) for part in _PACK_COUNTS
        ]
        wide, high, deep = (max(count, 1) for count in counts[:3])
        packs.append(Pack(style, (sizes[0], sizes[1], sizes[2]), wide, high, deep, counts[3]))
    numbers = {
        key: kind(_number(cells[key], at, key)) for key, kind in _NUMBERS.items() if cells.get(key)
    }
    hangs = cells.get("hangs", "").lower() in _TRUE
    return msgspec.convert({"sku": sku, "packs": packs, "hangs": hangs, **numbers}, Handling)


def _number(text: str, at: str, what: str) -> float:
    if not text:
        return 0.0
    try:
        value = float(text)
    except ValueError:
        raise Failure(f"{at}: {what} is {text[:40]!r}, which is no number") from None
    if not math.isfinite(value) or not 0.0 <= value <= NUMBER_MAX:
        raise Failure(f"{at}: {what} is {text[:40]!r}; use 0 to {NUMBER_MAX:,.0f}")
    return value


def _cells(row: Handling) -> dict[str, str]:
    cells = {"sku": row.sku, "hangs": "yes" if row.hangs else ""}
    cells |= {key: _text(getattr(row, key)) for key in _NUMBERS}
    for pack in row.packs:
        for part, size in zip(_PACK_SIZES, pack.size_mm, strict=True):
            cells[f"{pack.style}_{part}"] = _text(size)
        for part in _PACK_COUNTS:
            cells[f"{pack.style}_{part}"] = _text(getattr(pack, part))
    return cells


def _text(value: float) -> str:
    return f"{value:.10g}" if value else ""
