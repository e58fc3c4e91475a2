"""From a Vazen file's tree to planograms and products.

Its frame has x to the right, y up and z away from the shopper, from the fixture's front lower left
corner; lengths are millimetres. A fixture becomes a planogram; equipment with sites, and shelves
and pegs without, become shelves. A reference (`ref`) is the way to a table: `0/1/0` and `0/1/0/3`.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, get_args

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.exchange.bounds import bounded_block
from store_scenes.exchange.contract import (
    FINDINGS_MAX,
    PLANOGRAM_RECORDS_MAX,
    Imported,
    ImportFinding,
    Progress,
)
from store_scenes.exchange.formats.vazen.tree import Table, number, parse, tables
from store_scenes.exchange.kept import keep_file
from store_scenes.feeds.codes import read_code
from store_scenes.feeds.estimates import guess_package
from store_scenes.feeds.table import tidy
from store_scenes.layout.bounds import FACINGS_MAX, UNITS_MAX
from store_scenes.layout.documents import Planogram, Position, Shelf, SurfaceKind
from store_scenes.layout.orientation import Orientation

MM_MAX = 20_000.0
SIDE_MM_ASSUMED = 100.0
CANDIDATES_MAX = 1_000
"""Products that share a selector's rarest value; a selector that leaves more chooses none."""

SURFACE_KEY = "endcap_surface"
"""How high goods stand on equipment, where no site there says so; a key of our own."""

SLOPE_KEY = "endcap_slope"
"""How far equipment leans forward, degrees; the format has no word for it."""

FACES = {"F": "front", "B": "back", "L": "left", "R": "right", "U": "top", "D": "base"}
TWISTS = {"": "", "r": "-90", "u": "-180", "l": "-270"}
CODES: dict[str, str] = {
    f"{face}{twist}": f"{name}{turn}"
    for face, name in FACES.items()
    for twist, turn in TWISTS.items()
}
"""Its 24 codes by our names: `l` turns the top of the shown face to the shopper's left."""

KINDS: tuple[SurfaceKind, ...] = get_args(SurfaceKind)
EQUIPMENT: dict[str, SurfaceKind] = {"peg": "rod", **{kind: kind for kind in KINDS}}
SURFACES = frozenset({"shelf", "peg", *KINDS})


@dataclass(slots=True)
class ReadShelf:
    """A table of equipment, and what it became."""

    table: Table
    shelf: Shelf


@dataclass(slots=True)
class ReadFixture:
    """A table of a fixture, its key, and its shelves."""

    table: Table
    key: str
    ref: str
    shelves: list[ReadShelf] = field(default_factory=list)


@dataclass(slots=True)
class ReadVazen:
    """A whole file beside what it became. `skus` has the sku of each product's table, in order."""

    tree: Table
    skus: list[str] = field(default_factory=list)
    products: dict[str, Product] = field(default_factory=dict)
    fixtures: list[ReadFixture] = field(default_factory=list)
    findings: list[ImportFinding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    sites: int = 0
    _by_value: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def say(self, rule: str, sentence: str) -> None:
        """Keep a warning."""
        self.counts[rule] += 1
        if len(self.findings) < FINDINGS_MAX:
            self.findings.append(ImportFinding(rule, "warning", 0, sentence))

    def learn(self, sku: str, table: Table) -> None:
        """Know a product's table by each of its plain values."""
        for key, value in table.items():
            if not isinstance(value, dict | list):
                self._by_value.setdefault((key, repr(value)), []).append(len(self.skus))
        self.skus.append(sku)

    def matching(self, selector: Table) -> list[str]:
        """The skus of the products that have every value of a selector."""
        lists = [self._by_value.get((key, repr(value)), []) for key, value in selector.items()]
        rarest = min(lists, key=len)
        if len(rarest) > CANDIDATES_MAX:
            return [self.skus[index] for index in rarest[:CANDIDATES_MAX]]
        shared = set(rarest).intersection(*(one for one in lists if one is not rarest))
        return [self.skus[index] for index in sorted(shared)]


def read_vazen(
    data: bytes, name: str, _currency: str, progress: Progress | None = None
) -> Imported:
    """A Vazen file as a store's documents; see `store_scenes.exchange.contract`.

    Raises:
        Failure: no such file, beyond the limits, or without a single fixture.
    """
    found = read_tree(parse(data), name)
    if not found.fixtures:
        raise Failure("the file has no fixture, so there is nothing to import")
    if progress:
        progress(found.sites, found.sites)
    return Imported(
        planograms={one.key: planogram_of(one, name) for one in found.fixtures},
        products=tuple(found.products.values()),
        kept=keep_file(data, "vazen"),
        findings=tuple(found.findings),
        version=str(found.tree.get("schema_version", ""))[:30],
    )


def read_tree(tree: Table, name: str) -> ReadVazen:
    """Every table beside what it became.

    Raises:
        Failure: more than `PLANOGRAM_RECORDS_MAX` sites.
    """
    found = ReadVazen(tree)
    for one in tables(tree.get("products")):
        _product(found, one)
    taken: set[str] = set()
    for index, one in enumerate(tables(tree.get("fixtures"))):
        told = str(one.get("name") or one.get("id") or f"fixture {index + 1}")
        words = re.findall(r"[a-z0-9]+", told.lower())
        base = "-".join([name, *words])[:80].strip("-")
        key, count = base, 1
        while key in taken:
            count += 1
            key = f"{base}-{count}"
        taken.add(key)
        fixture = ReadFixture(one, key, str(index))
        _equipment(found, fixture, one, str(index))
        found.fixtures.append(fixture)
    return found


def planogram_of(fixture: ReadFixture, source: str) -> Planogram:
    """The planogram of a fixture, its shelves lowest first."""
    table = fixture.table
    size = _box(table.get("dimensions"), ("width", "height", "depth"))
    shelves = sorted((read.shelf for read in fixture.shelves),
                     key=lambda shelf: (shelf.height_mm, shelf.x_mm))  # fmt: skip
    reach = max((shelf.x_mm + shelf.width_mm for shelf in shelves), default=1_000.0)
    bays = [one for one in tables(table.get("equipment")) if one.get("type") == "bay"]
    widths = [_box(bay.get("dimensions"), ("width", "height", "depth"))[0] for bay in bays]
    width = min(max(size[0] or reach, 50.0), MM_MAX)
    whole = tuple(
        msgspec.structs.replace(shelf, x_mm=0.0, width_mm=0.0)
        if abs(shelf.width_mm - width) < 0.01 and abs(shelf.x_mm) < 0.01
        else shelf
        for shelf in shelves
    )
    return Planogram(
        name=str(table.get("name") or table.get("id") or fixture.key)[:200],
        width_mm=width,
        shelves=whole,
        height_mm=size[1],
        depth_mm=min(size[2], 5_000.0),
        segments_mm=tuple(widths) if len(widths) > 1 and min(widths) > 0.0 else (),
        ref=fixture.ref,
        source=source,
    )


def _box(value: Any, keys: tuple[str, str, str]) -> tuple[float, float, float]:
    table = value if isinstance(value, dict) else {}
    found = [number(table.get(key)) or 0.0 for key in keys]
    low, high = (0.0, MM_MAX) if keys[0] == "width" else (-MM_MAX, MM_MAX)
    x, y, z = (round(min(max(one, low), high), 4) for one in found)
    return x, y, z


def _product(found: ReadVazen, table: Table) -> None:
    gtin = table.get("gtin") if isinstance(table.get("gtin"), str) else ""
    code = read_code(gtin or "")
    ref = str(table.get("ref") or "")
    name = tidy(str(table.get("name") or ref or "product"))[:200]
    sku = tidy((code.gtin or code.text or ref or name)[:64]) or "product"
    if sku in found.products:
        sku = tidy((ref or f"{sku}-{len(found.products)}")[:64])
    while sku in found.products:
        sku = f"{sku[:56]}-{len(found.products)}"
    if code.state in {"bad", "damaged"}:
        found.say("gtin-bad", f"{code.text!r} is no GTIN (wrong length or check digit)")
    sides = _box(table.get("dimensions"), ("width", "height", "depth"))
    if min(sides) <= 0.0:
        sides = (
            sides[0] or SIDE_MM_ASSUMED,
            sides[1] or SIDE_MM_ASSUMED,
            sides[2] or SIDE_MM_ASSUMED,
        )
        found.say("size-missing", f"{sku} has a side without length; {SIDE_MM_ASSUMED:g} mm")
    size = (min(sides[0], 5_000.0), min(sides[1], 5_000.0), min(sides[2], 5_000.0))
    form = str(table.get("form") or "")
    category = table.get("category")
    language = "ko" if any("가" <= letter <= "힣" for letter in name) else "en"
    found.learn(sku, table)
    found.products[sku] = Product(
        sku=sku, names={language: name}, brand=tidy(str(table.get("brand") or ""))[:120],
        category=tidy(category)[:120] if isinstance(category, str) else "",
        package=guess_package("", name, "", form), dimensions_mm=size, stock=100, gtin=code.gtin,
        dimensions_estimated=min(_box(table.get("dimensions"), ("width", "height", "depth"))) <= 0,
    )  # fmt: skip


def _equipment(found: ReadVazen, fixture: ReadFixture, table: Table, way: str) -> None:
    for index, one in enumerate(tables(table.get("equipment"))):
        ref = f"{way}/{index}"
        kind = str(one.get("type") or "shelf")
        if one.get("sites") or kind in SURFACES:
            fixture.shelves.append(ReadShelf(one, _shelf(found, one, kind, ref)))
        _equipment(found, fixture, one, ref)


def _shelf(found: ReadVazen, table: Table, kind: str, ref: str) -> Shelf:
    x, y, z = _box(table.get("position"), ("x", "y", "z"))
    width, _height, depth = _box(table.get("dimensions"), ("width", "height", "depth"))
    sites = tables(table.get("sites"))
    heights = [_box(site.get("position"), ("x", "y", "z"))[1] for site in sites
               if isinstance(site.get("position"), dict)]  # fmt: skip
    told = number(table.get(SURFACE_KEY))
    surface = max(told if told is not None else min(heights, default=y), 0.0)
    surface = round(min(surface, MM_MAX), 4)
    positions = []
    for index, site in enumerate(sites):
        found.sites += 1
        if found.sites > PLANOGRAM_RECORDS_MAX:
            raise Failure(f"more than {PLANOGRAM_RECORDS_MAX:,} sites; split the file")
        position = _site(found, site, (x, surface, z), f"{ref}/{index}")
        if position is not None:
            positions.append(position)
    positions.sort(key=lambda one: -math.inf if one.x_mm is None else one.x_mm)
    return Shelf(
        height_mm=surface,
        positions=tuple(positions),
        depth_mm=min(depth, 5_000.0),
        kind=EQUIPMENT.get(kind, "shelf"),
        name=str(table.get("name") or "")[:200],
        x_mm=x,
        width_mm=width,
        thickness_mm=round(min(max(surface - y, 0.0), 500.0), 4),
        z_mm=min(max(z, 0.0), MM_MAX),
        slope_deg=round(min(max(number(table.get(SLOPE_KEY)) or 0.0, -89.0), 89.0), 4),
        ref=ref,
    )


def _site(
    found: ReadVazen, site: Table, corner: tuple[float, float, float], ref: str
) -> Position | None:
    sku = _selected(found, site.get("product"))
    if sku is None:
        return None
    said = site.get("facings")
    facings: Table = said if isinstance(said, dict) else {}
    told = (
        _count(found, facings, "wide"),
        _count(found, facings, "high"),
        _count(found, facings, "deep"),
    )
    wide, high, deep = bounded_block(*told)
    if told != (wide, high, deep):
        found.say(
            "facings", f"{sku} has more than {UNITS_MAX:,} facings; {wide} × {high} × {deep} taken"
        )
    code = site.get("orientation", "F")
    name = CODES.get(code) if isinstance(code, str) else None
    if name is None:
        found.say("orientation", f"{str(code)[:20]!r} is no orientation; taken for F")
    orientation: Orientation = name or "front"  # type: ignore[assignment]  # CODES has only those
    stated = isinstance(site.get("position"), dict)
    x, y, z = _box(site.get("position"), ("x", "y", "z"))
    back = round(z - corner[2], 4)
    return Position(
        sku=sku,
        facings_wide=wide,
        facings_high=high,
        facings_deep=deep,
        x_mm=round(x - corner[0], 4) if stated else None,
        gap_mm=0.0,
        orientation=orientation,
        y_mm=round(y - corner[1], 4) if stated else 0.0,
        z_mm=back if stated and abs(back) > 0.01 else None,
        ref=ref,
    )


def _selected(found: ReadVazen, selector: Any) -> str | None:
    """The one product that every key of a selector matches."""
    if not isinstance(selector, dict) or not selector:
        found.say("product-missing", "a site names no product and was kept as it is")
        return None
    matches = found.matching(selector)
    if len(matches) != 1:
        shown = ", ".join(f"{key} = {value!r}" for key, value in list(selector.items())[:3])[:80]
        count = "no product" if not matches else f"{len(matches)} products"
        found.say("product-selector", f"{{ {shown} }} matches {count}; the site was kept as it is")
        return None
    return matches[0]


def _count(found: ReadVazen, facings: Table, key: str) -> int:
    value = number(facings.get(key, 1))
    if value is None or value <= 0.0:
        found.say(
            "facings", f"facings.{key} {str(facings.get(key))[:20]!r} is no count; 1 is taken"
        )
        return 1
    if value > FACINGS_MAX or value != int(value):
        found.say("facings", f"facings.{key} {value:g} is taken as a whole number to {FACINGS_MAX}")
    return min(math.ceil(value), FACINGS_MAX)
