"""What stands where: prices, models, weight, facings, supply, pegs, goods for adults."""

import json
import struct
from collections.abc import Iterator
from pathlib import Path

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.layout.arrange import Arranged
from store_scenes.layout.documents import STORE_FILE, Zone
from store_scenes.layout.findings import TOLERANCE_MM, Said
from store_scenes.layout.load import inside
from store_scenes.layout.measures import BOARDS, HANGING, free_heights
from store_scenes.layout.rules.rule import Checked, Stocked

PEG_TOLERANCE_MM = 2.0
MODEL_JSON_BYTES_MAX = 1 << 20
ADULT_AGE = 16
PACKED = frozenset({"tray", "case", "display", "alternate"})


def check_prices(checked: Checked) -> Iterator[Said]:
    """Goods on a shelf that nobody can buy."""
    for sku in checked.placed:
        product = checked.products.get(sku)
        if product is not None and product.price is None:
            yield Said(
                "product-unpriced", checked.layout.store.catalog, f"sku={sku}",
                f"{sku} stands on a shelf and has no price, so nobody can buy it",
                "give it a price in the catalogue",
            )  # fmt: skip


def check_models(checked: Checked) -> Iterator[Said]:
    """Model files that are not there, cannot be shown, or that nobody says one may use."""
    layout = checked.layout
    for product in layout.products:
        if not product.model or product.sku not in checked.placed:
            continue
        at = (layout.store.catalog, f"sku={product.sku}")
        path = _model_file(checked, product)
        if path is None:
            yield Said(
                "model-missing", *at,
                f"{product.sku}: there is no model file {product.model!r} in the store folder",
                "add the file or correct the model column",
            )  # fmt: skip
            continue
        if product.model in checked.unsound:
            yield Said(
                "model-unsound", *at, f"{product.sku}: {checked.unsound[product.model]}",
                "export it again, as GLB, or take it out of the model column",
            )  # fmt: skip
        if not _says_its_licence(path):
            yield Said(
                "model-unlicensed", *at,
                f"{product.sku}: nothing says who made {product.model} and whether it may be used",
                "put a LICENSE.txt beside it, or let the model's asset.copyright say so",
            )  # fmt: skip


def _model_file(checked: Checked, product: Product) -> Path | None:
    try:
        path = inside(checked.folder, product.model, checked.layout.store.catalog)
    except Failure:
        return None
    return path if path.is_file() else None


def _says_its_licence(path: Path) -> bool:
    """A licence text beside the model, or a copyright inside it."""
    beside = [path.with_suffix(".license"), path.with_name(f"{path.name}.license")]
    folder = [
        path.parent / name for name in ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE.txt")
    ]
    if any(one.is_file() for one in (*beside, *folder)):
        return True
    try:
        with path.open("rb") as file:
            head = file.read(20)
            size = struct.unpack_from("<I", head, 12)[0] if head[:4] == b"glTF" else 0
            file.seek(20 if size else 0)
            text = file.read(min(size or MODEL_JSON_BYTES_MAX, MODEL_JSON_BYTES_MAX))
        asset = json.loads(text)["asset"]
        return bool(asset.get("copyright"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error, RecursionError):
        return False


def check_weight(checked: Checked) -> Iterator[Said]:
    """Shelves that carry more than they may, and heavy goods that stand high."""
    settings = checked.settings
    for shelf in checked.stocked:
        load = sum(block.units * block.product.weight_g for block in shelf.blocks) / 1000.0
        most = shelf.shelf.load_max_kg or settings.shelf_load_max_kg * shelf.width_mm / 1000.0
        if not shelf.number and not shelf.shelf.load_max_kg:
            most = load  # the lowest one stands on the floor
        if load > most + TOLERANCE_MM:
            yield Said(
                "shelf-overloaded", shelf.path, shelf.where,
                f"shelf {shelf.number + 1} carries {load:.1f} kg and may carry {most:g} kg",
                "move heavy goods to a lower shelf or take facings away",
            )  # fmt: skip
        for block in shelf.blocks:
            height = shelf.shelf.height_mm + block.bottom_mm
            heavy = block.product.weight_g >= settings.heavy_g > 0.0
            if heavy and height > settings.heavy_height_max_mm:
                yield Said(
                    "heavy-high", shelf.path, f"{shelf.where}.positions[{block.index}]",
                    f"{block.product.sku} weighs {block.product.weight_g / 1000.0:g} kg and stands "
                    f"{height:g} mm high",
                    f"put it on a shelf of {settings.heavy_height_max_mm:g} mm or lower",
                )  # fmt: skip


def check_fingers(checked: Checked) -> Iterator[Said]:
    """Goods that leave no room for the fingers that take them out."""
    clear: dict[tuple[str, str], tuple[float, ...]] = {}
    ceiling = checked.layout.store.floor.height_mm
    for shelf in checked.stocked:
        wanted = shelf.shelf.finger_mm
        if wanted is None:
            wanted = checked.settings.finger_mm
        if shelf.shelf.kind in HANGING or not shelf.blocks or wanted <= 0.0:
            continue
        at = (shelf.placement.id, shelf.key)
        if at not in clear:
            clear[at] = free_heights(shelf.placement, shelf.planogram, shelf.measures, ceiling)
        room = clear[at][shelf.number]
        for block in shelf.blocks:
            left = room - block.height_mm
            if -TOLERANCE_MM <= left < wanted - TOLERANCE_MM and block.style != "poster":
                yield Said(
                    "finger-space", shelf.path, f"{shelf.where}.positions[{block.index}]",
                    f"{left:g} mm are free above {block.product.sku}; fingers need {wanted:g} mm",
                    "stack fewer or move the shelf above",
                )  # fmt: skip


def check_facings(checked: Checked) -> Iterator[Said]:
    """More or fewer facings, or less supply, than what is agreed for a product."""
    handling = checked.layout.handling
    if not handling:
        return
    facings: dict[str, int] = {}
    units: dict[str, int] = {}
    first: dict[str, tuple[str, str]] = {}
    for shelf in checked.stocked:
        for block in shelf.blocks:
            sku = block.product.sku
            if sku not in handling:
                continue
            facings[sku] = facings.get(sku, 0) + block.wide * block.layers
            units[sku] = units.get(sku, 0) + block.units
            first.setdefault(sku, (shelf.path, f"{shelf.where}.positions[{block.index}]"))
    for sku, told in handling.items():
        if told.facings_min and sku not in facings and sku in checked.products:
            yield Said(
                "facings-few", checked.layout.store.catalog, f"sku={sku}",
                f"{sku} stands nowhere in the store; at least {told.facings_min} facings are "
                "agreed", "put it on a shelf",
            )  # fmt: skip
    for sku, count in facings.items():
        told = handling[sku]
        if told.facings_min and count < told.facings_min:
            yield Said(
                "facings-few", *first[sku],
                f"{sku} has {count} facings in the store; at least {told.facings_min} are agreed",
                "give it more facings",
            )  # fmt: skip
        if told.facings_max and count > told.facings_max:
            yield Said(
                "facings-many", *first[sku],
                f"{sku} has {count} facings in the store; at most {told.facings_max} are agreed",
                "take facings away",
            )  # fmt: skip
        wanted = told.days_of_supply_min or checked.settings.days_of_supply_min
        if told.units_a_day > 0.0 and units[sku] < wanted * told.units_a_day - TOLERANCE_MM:
            yield Said(
                "days-of-supply", *first[sku],
                f"{units[sku]} units of {sku} last {units[sku] / told.units_a_day:.1f} days at "
                f"{told.units_a_day:g} a day; {wanted:g} are wanted",
                "give it more facings, or a deeper shelf",
            )  # fmt: skip


def check_packs(checked: Checked) -> Iterator[Said]:
    """Positions of packs that nobody described: they are filled with single units."""
    for shelf in checked.stocked:
        for index, position in enumerate(shelf.shelf.positions):
            if position.style not in PACKED or position.sku not in checked.products:
                continue
            told = checked.layout.handling.get(position.sku)
            if told is None or told.pack(position.style) is None:
                yield Said(
                    "pack-missing", shelf.path, f"{shelf.where}.positions[{index}]",
                    f"{position.sku} is put there by the {position.style}, and nothing says what a "
                    f"{position.style} of it is",
                    'describe the pack in handling.csv, or say style = "unit"',
                )  # fmt: skip


def check_pegs(checked: Checked) -> Iterator[Said]:
    """Goods on pegs that do not hang, and pegs beside the board's holes."""
    for shelf in checked.stocked:
        if shelf.shelf.kind not in HANGING:
            continue
        for block in shelf.blocks:
            where = f"{shelf.where}.positions[{block.index}]"
            told = checked.layout.handling.get(block.product.sku)
            if told is None or not told.hangs:
                yield Said(
                    "peg-without-hole", shelf.path, where,
                    f"{block.product.sku} hangs on a {shelf.shelf.kind} and has no hole to hang by",
                    "say hangs = yes in handling.csv, or put it on a shelf",
                )  # fmt: skip
            elif shelf.shelf.pegs is not None and shelf.shelf.kind in BOARDS:
                yield from _pegs(shelf, block, where, told.peg_hole_x_mm, told.peg_hole_y_mm)


def _pegs(
    shelf: Stocked, block: Arranged, where: str, hole_x: float, hole_y: float
) -> Iterator[Said]:
    pegs = shelf.shelf.pegs
    assert pegs is not None
    width, height, _ = block.size_mm
    across = hole_x or width / 2.0
    for column in block.columns:
        x = column - width / 2.0 + across
        y = block.bottom_mm + height - hole_y
        off_x = _off(x - pegs.start_x_mm, pegs.pitch_x_mm)
        off_y = _off(y - pegs.start_y_mm, pegs.pitch_y_mm)
        if max(off_x, off_y) > PEG_TOLERANCE_MM:
            yield Said(
                "peg-spacing", shelf.path, where,
                f"{block.product.sku} hangs at x {x:g}, y {y:g} mm; the board's nearest hole is "
                f"{off_x:g} mm beside and {off_y:g} mm above or below",
                f"move it onto the holes, {pegs.pitch_x_mm:g} by {pegs.pitch_y_mm:g} mm apart",
            )  # fmt: skip
            return


def _off(value: float, pitch: float) -> float:
    """How far a place is from the nearest multiple of `pitch`."""
    if pitch <= 0.0:
        return 0.0
    return round(abs(value - round(value / pitch) * pitch), 2)


def check_age(checked: Checked) -> Iterator[Said]:
    """Goods for adults in reach of children, or outside of where they may stand."""
    settings = checked.settings
    adult = {sku for sku, told in checked.layout.handling.items() if told.age_min >= ADULT_AGE}
    zones = {zone.id: zone for zone in checked.layout.store.zones}
    for name in settings.age_zones:
        if name not in zones:
            yield Said(
                "age-placement", STORE_FILE, "check.age_zones",
                f"check.age_zones names {name!r}, and there is no such zone",
                "name a zone of the store",
            )  # fmt: skip
    allowed = [zones[name] for name in settings.age_zones if name in zones]
    if not adult:
        return
    for shelf in checked.stocked:
        for block in shelf.blocks:
            if block.product.sku not in adult:
                continue
            where = f"{shelf.where}.positions[{block.index}]"
            height = shelf.shelf.height_mm + block.bottom_mm
            if height < settings.age_height_min_mm:
                yield Said(
                    "age-placement", shelf.path, where,
                    f"{block.product.sku} is for adults and stands {height:g} mm high",
                    f"put it at {settings.age_height_min_mm:g} mm or higher",
                )  # fmt: skip
            if settings.age_zones and not any(_holds(zone, shelf) for zone in allowed):
                yield Said(
                    "age-placement", shelf.path, where,
                    f"{block.product.sku} is for adults and stands on {shelf.placement.id}, "
                    f"outside of {', '.join(settings.age_zones)}",
                    "move it there",
                )  # fmt: skip


def _holds(zone: Zone, shelf: Stocked) -> bool:
    place = shelf.placement
    return (
        abs(place.x_mm - zone.x_mm) <= zone.width_mm / 2.0
        and abs(place.z_mm - zone.z_mm) <= zone.depth_mm / 2.0
    )
