"""What a store's documents may say at all: sizes, places and counts that a shop can have.

Single numbers have their range in their type (`store_scenes.layout.documents`); here is what
needs a sentence of its own. What is merely wrong in a shop is for the rules.
"""

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency

from catalog_sync.model.failure import Failure
from store_scenes.layout.documents import (
    SCHEMA_VERSION,
    STORE_FILE,
    Planogram,
    StoreDocument,
    planogram_path,
)

FIXTURES_MAX = 2_000
ZONES_MAX = 100
POSITIONS_MAX = 200_000
FACINGS_MAX = 200  # in any one direction of a position
CAPS_MAX = 20
UNITS_MAX = 20_000  # facings of one position
SHOWN_CHARS_MAX = 60  # of what a sentence quotes


def shown(value: object) -> str:
    """A value as a sentence quotes it, however long somebody made it."""
    return repr(str(value)[:SHOWN_CHARS_MAX])


def check_store(store: StoreDocument) -> None:
    """Raises Failure: a version, a size, a place or a name that no store has."""
    if store.schema != SCHEMA_VERSION:
        raise Failure(
            f"{STORE_FILE} says schema = {store.schema}; this Endcap reads {SCHEMA_VERSION}"
        )
    if len(store.fixtures) > FIXTURES_MAX:
        raise Failure(f"{STORE_FILE} has {len(store.fixtures)} fixtures; at most {FIXTURES_MAX}")
    named = [store.names, *(aisle.names for aisle in store.aisles)]
    if not all(names and all(map(str.strip, names.values())) for names in named):
        raise Failure(f"{STORE_FILE}: the store and every aisle need a name, as in names.ko")
    _check_money(store)
    floor = store.floor
    numbers = [floor.width_mm, floor.depth_mm, floor.height_mm]
    if not all(1_000.0 <= number <= 500_000.0 for number in numbers):
        raise Failure(f"{STORE_FILE}: the floor and its height must be from 1,000 to 500,000 mm")
    _check_zones(store)
    for fixture in store.fixtures:
        sizes = (fixture.height_mm, fixture.depth_mm)
        places = (fixture.x_mm, fixture.z_mm, fixture.yaw_deg)
        sound = all(50.0 <= size <= 20_000.0 for size in sizes)
        if not (sound and 0.0 <= fixture.width_mm <= 20_000.0) or not all(
            -500_000.0 <= place <= 500_000.0 for place in places
        ):
            raise Failure(
                f"{STORE_FILE}: fixture {shown(fixture.id)} has a size or place that no shop has"
            )


def _check_money(store: StoreDocument) -> None:
    """The locale and the currency are ones that prices can be written in."""
    try:
        Locale.parse(store.locale.replace("-", "_"))
    except (ValueError, TypeError, UnknownLocaleError):
        raise Failure(
            f"{STORE_FILE}: locale = {shown(store.locale)} is not known; write language and "
            "country, as in ko-KR"
        ) from None
    if not is_currency(store.currency):
        raise Failure(
            f"{STORE_FILE}: currency = {shown(store.currency)} is no ISO 4217 code, as KRW is"
        )


def _check_zones(store: StoreDocument) -> None:
    if len(store.zones) > ZONES_MAX:
        raise Failure(f"{STORE_FILE} has {len(store.zones)} zones; at most {ZONES_MAX}")
    for zone in store.zones:
        numbers = (zone.x_mm, zone.z_mm, zone.width_mm, zone.depth_mm)
        sizes = (zone.width_mm, zone.depth_mm)
        if not all(abs(number) <= 500_000.0 for number in numbers) or min(sizes) < 100.0:
            raise Failure(
                f"{STORE_FILE}: zone {shown(zone.id)} has a size or place that no shop has"
            )
    for aisle in store.aisles:
        if not all(abs(number) <= 500_000.0 for number in aisle.line_mm or ()):
            raise Failure(
                f"{STORE_FILE}: the line of aisle {shown(aisle.id)} leads out of any shop"
            )


def check_planograms(planograms: Mapping[str, Planogram]) -> None:
    """Raises Failure: a size, a place or a count that no planogram has."""
    positions = 0
    for key, planogram in planograms.items():
        path = planogram_path(key)
        if not 50.0 <= planogram.width_mm <= 20_000.0:
            raise Failure(f"{path}: width_mm must be from 50 to 20,000")
        for number, shelf in enumerate(planogram.shelves, start=1):
            if not 0.0 <= shelf.height_mm <= 20_000.0 or not 0.0 <= shelf.depth_mm <= 5_000.0:
                raise Failure(f"{path}: shelf {number} has a height or depth that no shelf has")
            positions += len(shelf.positions)
            for position in shelf.positions:
                facings = (position.facings_wide, position.facings_high)
                in_range = all(1 <= count <= FACINGS_MAX for count in facings)
                if not in_range or not 0 <= position.facings_deep <= FACINGS_MAX:
                    raise Failure(
                        f"{path}: {shown(position.sku)} on shelf {number} has facings out of "
                        f"1 to {FACINGS_MAX}"
                    )
                caps = (position.cap_x, position.cap_y, position.cap_z)
                if not all(cap is None or 0 <= cap.count <= CAPS_MAX for cap in caps):
                    raise Failure(
                        f"{path}: {shown(position.sku)} on shelf {number} has more than "
                        f"{CAPS_MAX} caps"
                    )
                block = position.facings_wide * position.facings_high
                if block * max(position.facings_deep, 1) > UNITS_MAX:
                    raise Failure(
                        f"{path}: {shown(position.sku)} on shelf {number} is a block of more than "
                        f"{UNITS_MAX:,} facings"
                    )
                places = (
                    position.gap_mm, position.x_mm or 0.0, position.y_mm, position.z_mm or 0.0
                )  # fmt: skip
                if not all(-20_000.0 <= place <= 20_000.0 for place in places):
                    raise Failure(
                        f"{path}: {shown(position.sku)} on shelf {number} is out of reach"
                    )
    if positions > POSITIONS_MAX:
        raise Failure(f"the planograms hold {positions:,} positions; at most {POSITIONS_MAX:,}")
