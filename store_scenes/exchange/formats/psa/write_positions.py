"""The Position rows of a .psa file that is written: edits, and positions new to it."""

from dataclasses import dataclass

from store_scenes.exchange.formats.psa.read import STYLES, ReadShelf, surface_y
from store_scenes.exchange.formats.psa.rows import SAME_MM, Row, decimal
from store_scenes.exchange.formats.psa.write_products import ProductRows, sizes_differ
from store_scenes.layout.arrange import Arranged, facing_size
from store_scenes.layout.documents import Position, Shelf
from store_scenes.layout.orientation import ORIENTATIONS


@dataclass(frozen=True, slots=True)
class Stand:
    """What a position stands on: a shelf, its row as it is by now, and where that row was.

    `was` is where the row was (`origin`) before it was changed; empty for a row that is new.
    """

    shelf: Shelf
    row: Row
    was: tuple[float, ...] = ()

    def moved(self, axis: int) -> bool:
        """Whether its row lies elsewhere by now, along x, y or z."""
        return not self.was or origin(self.row)[axis] != self.was[axis]


def origin(row: Row) -> tuple[float, float, float]:
    """A fixture row's x, surface and front edge, in the file's unit."""
    return row.number(4), surface_y(row, 1.0), row.number(8) + row.number(9)


def change_position(
    row: Row, was: Position, after: Position, stand: Stand, block: Arranged | None,
    products: ProductRows, mm: float, *, stays: bool,
) -> None:  # fmt: skip
    """Write what differs; `stays` is False where the position came from another shelf.

    What is out of any shop's reach was read as the nearest place in it, and stays in its row as
    long as neither the position nor its shelf moves.
    """
    if was.sku != after.sku:
        products.name(row, after.sku)
    shaped = _shape(was) != _shape(after) or abs(_gap(was) - _gap(after)) > SAME_MM
    if shaped or (block is not None and _resized(was, after, block, products)):
        shaped = True
        _put_shape(row, was, after, block, mm)
    left = after.x_mm if after.x_mm is not None else (block.left_mm if block else 0.0)
    if not stays or stand.moved(0) or was.x_mm is None or abs(was.x_mm - left) > SAME_MM:
        row.put_mm(4, row.number(4) * mm, stand.row.number(4) * mm + left, mm)
    if not stays or stand.moved(1) or abs(was.y_mm - after.y_mm) > SAME_MM:
        row.put_mm(6, row.number(6) * mm, surface_y(stand.row, mm) + after.y_mm, mm)
    _put_z(row, was, after, stand, mm, same=stays and not shaped and not stand.moved(2))


def new_position(
    position: Position, stand: Stand, block: Arranged | None, products: ProductRows, key: str,
    mm: float,
) -> Row:  # fmt: skip
    """A row for a position that the file does not have."""
    row = Row("Position", 0)
    products.name(row, position.sku)
    row.put(3, key)
    left = position.x_mm if position.x_mm is not None else (block.left_mm if block else 0.0)
    row.put(4, decimal(stand.row.number(4) + left / mm))
    row.put(6, decimal(surface_y(stand.row, 1.0) + position.y_mm / mm))
    row.put(8, decimal(stand.row.number(8)))
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
        _put_extent(row, block, mm)
    _put_z(row, Position(""), position, stand, mm, same=True)
    return row


def position_row(read: ReadShelf, row: Row) -> Position:
    """What a row of a shelf became."""
    return next(position for one, position in read.positions if one is row)


def _put_z(
    row: Row, was: Position, after: Position, stand: Stand, mm: float, *, same: bool
) -> None:
    """At the fixture's back means faced up; anything else is measured from there.

    `same` is True where neither the shelf nor how deep the block is has changed.
    """
    if after.z_mm is None:
        if was.z_mm is not None:
            row.put(8, decimal(stand.row.number(8)))
        elif not same:
            row.put_mm(8, row.number(8) * mm, stand.row.number(8) * mm, mm)
        return
    if same and was.z_mm is not None and abs(was.z_mm - after.z_mm) <= SAME_MM:
        return
    z = (stand.row.number(9) + stand.row.number(8) - row.number(9)) * mm - after.z_mm
    row.put_mm(8, row.number(8) * mm, z, mm)


def _resized(was: Position, after: Position, block: Arranged, products: ProductRows) -> bool:
    """Whether a facing is of another size than the file's own product makes it."""
    product, handling = products.before(after.sku)
    if product is None or was.sku != after.sku:
        return False  # a position of another product has another shape
    return sizes_differ(facing_size(was, product, handling)[0], block.size_mm)


def _put_shape(row: Row, was: Position, after: Position, block: Arranged | None, mm: float) -> None:
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
        _put_extent(row, block, mm)


def _put_extent(row: Row, block: Arranged, mm: float) -> None:
    row.put(5, decimal((block.right_mm - block.left_mm) / mm))
    row.put(7, decimal((block.height_mm - block.bottom_mm) / mm))
    row.put(9, decimal((block.depth_mm - block.front_mm) / mm))


def _shape(position: Position) -> tuple[object, ...]:
    return (
        position.sku, position.facings_wide, position.facings_high, position.facings_deep,
        position.orientation, position.style, position.cap_x, position.cap_y, position.cap_z,
    )  # fmt: skip


def _gap(position: Position) -> float:
    """The gap between facings; 0 where it parts nothing."""
    return position.gap_mm if position.facings_wide > 1 or position.cap_x else 0.0


def _style(position: Position) -> int:
    return STYLES.index(position.style) if position.style in STYLES else 0
