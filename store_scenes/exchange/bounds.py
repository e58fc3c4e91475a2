"""How much of one position a store takes; what a file says beyond that is read as that much."""

from store_scenes.layout.bounds import FACINGS_MAX, UNITS_MAX


def bounded_block(wide: int, high: int, deep: int) -> tuple[int, int, int]:
    """Facings within each direction's bound and the block's; a depth of 0 stays as many as fit."""
    wide = min(max(wide, 1), FACINGS_MAX)
    high = min(max(high, 1), FACINGS_MAX, UNITS_MAX // wide)
    deep = min(max(deep, 0), FACINGS_MAX, max(UNITS_MAX // (wide * high), 1))
    return wide, high, deep
