"""Stand units on surfaces and hang labels on rails, one numpy step a fixture."""

import math
import struct
import zlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.fittings import Fitting
from store_scenes.compile.leaning import Leaning, leaning_on
from store_scenes.compile.rails import Hung, Shelves, hang_labels, hung_from
from store_scenes.fixtures.fixture import Fixture
from store_scenes.layout.arrange import Arranged, arrange_shelf
from store_scenes.layout.documents import FixturePlacement, Handling, Pack, Planogram
from store_scenes.layout.orientation import AXES, ORIENTATIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ASIDE_MM, FORWARD_MM, TURN_DEG = 0.8, 0.5, 1.5
"""How exactly staff face goods up."""

BESIDE_MM_MAX = 4.0

GROW_MM = 0.9
"""What a turn may add to each side of a unit's box: fixtures keep 3 mm between rows."""

CARTONS: Final = frozenset({"tray", "case", "display"})
"""The packs that are cardboard around their units."""

PACK_UNITS_MAX = 500
"""Of one pack, that are drawn."""

MATRICES: Final = np.array([AXES[name] for name in ORIENTATIONS], dtype=np.float64)
"""(24, 3, 3): shelf axes = MATRICES[code] @ product axes."""

_CODE: Final = {name: code for code, name in enumerate(ORIENTATIONS)}


@dataclass(frozen=True, slots=True)
class Stock:
    """What a fixture carries.

    Runs of units that are equal but for their places, r of them: many (r,) i8, how many; sku (r,)
    i4 index into `skus`; orientation (r,) u1 code of ORIENTATIONS; flat (r,) i1, the product's own
    axis along which a picture of it is pressed flat, -1 for none; fitting (r,) i4: index into
    `fittings` where it is the tray around units or a hook and no unit itself, else -1.

    Units, n of them, run by run: position (n, 3) f8 scene metres of the mesh's origin, a column
    after another in memory; yaw_deg (n,) f8 of the shelf and of a careless hand; occlusion (n,) f8.

    Labels, m of them: label_sku (m,) i4; label_centre, label_right and label_up (m, 3) f8;
    label_width (m,) f8. `leaning` are the units on shelves that lean.
    """

    skus: tuple[str, ...]
    many: Ints
    sku: NDArray[np.int32]
    orientation: NDArray[np.uint8]
    flat: NDArray[np.int8]
    fitting: NDArray[np.int32]
    fittings: tuple[Fitting, ...]
    position: Floats
    yaw_deg: Floats
    occlusion: Floats
    label_sku: NDArray[np.int32]
    label_centre: Floats
    label_right: Floats
    label_up: Floats
    label_width: Floats
    leaning: Leaning


def stock_fixture(
    fixture: Fixture,
    placement: FixturePlacement,
    planograms: Mapping[str, Planogram],
    products: Mapping[str, Product],
    handling: Mapping[str, Handling],
    loose: AbstractSet[str] = frozenset(),
) -> Stock:
    """Every unit of a fixture and its labels; positions of unknown products stay empty.

    Units of the SKUs in `loose` are as round as their boxes are wide and lie any way round.
    """
    blocks: list[Arranged] = []
    counts: list[int] = []
    seeds: list[int] = []
    hooks: dict[int, Hung] = {}
    for surface in fixture.surfaces:
        shelf = planograms[surface.planogram].shelves[surface.shelf]
        divider = shelf.divider.width_mm if shelf.divider else 0.0
        depth_mm = surface.depth * 1000.0
        found = arrange_shelf(shelf.positions, depth_mm, products, handling, divider)
        start = zlib.crc32(f"{placement.id}/{surface.planogram}/{surface.shelf}/".encode())
        if surface.hangs:
            hung = [hung_from(block, handling, depth_mm) for block in found]
            hooks |= {len(blocks) + number: hook for number, hook in enumerate(hung)}
        counts.append(len(found))
        blocks += found
        numbers = _numbers(len(shelf.positions))
        seeds += [zlib.crc32(numbers[block.index], start) for block in found]
    on = np.repeat(np.arange(len(counts)), counts)
    return _stock(blocks, on, Shelves(placement, fixture.surfaces), seeds, hooks, loose)


@lru_cache(maxsize=64)
def _numbers(count: int) -> tuple[bytes, ...]:
    """The numbers below `count` as text, written once and not for each position of a store."""
    return tuple([b"%d" % number for number in range(count)])


@dataclass(slots=True)
class _Runs:
    """Regular grids of equal units, r of them: where each begins, and its steps and counts.

    `start` and `step` (r, 3) f8 millimetres and `count` (r, 3) are along x, y and depth.
    """

    block: Ints
    start: Floats
    step: Floats
    count: Ints
    orientation: Ints
    seed: NDArray[np.uint64]
    packed: NDArray[np.bool_]
    fitting: NDArray[np.int32]
    fittings: tuple[Fitting, ...]


@dataclass(slots=True)
class _Blocks:
    """Arranged positions as columns, b rows each; millimetres."""

    left: Floats
    right: Floats
    height: Floats
    pitch: Floats
    wide: Floats
    layers: Floats
    size: Floats
    start: Floats
    step: Floats
    count: Ints
    orientation: Ints
    origin: Floats = field(init=False)
    """(b, 3) from the middle of a facing to the origin of its unit's mesh, x, y and depth."""

    upright: Floats
    """(b,) the product's own height."""

    def __post_init__(self) -> None:
        up = MATRICES[self.orientation][:, :, 1] * (-self.upright / 2.0)[:, None]
        self.origin = up * (1.0, 1.0, -1.0)


_ROW: Final = struct.Struct("15d")


def _of_blocks(blocks: list[Arranged]) -> _Blocks:
    # Packed, for numpy takes four times as long over Python's numbers one by one.
    pack = _ROW.pack
    packed = b"".join(
        [
            pack(b.left_mm, b.right_mm, b.height_mm, b.bottom_mm, b.front_mm, b.pitch_mm,
                 b.layer_mm, b.apart_mm, b.wide, b.layers, b.deep, b.product.dimensions_mm[1],
                 *b.size_mm)
            for b in blocks
        ]
    )  # fmt: skip
    table = np.ascontiguousarray(np.frombuffer(packed).reshape(-1, 15).T)
    size, step = table[12:].T, table[5:8].T
    return _Blocks(
        left=table[0],
        right=table[1],
        height=table[2],
        pitch=table[5],
        wide=table[8],
        layers=table[9],
        size=size,
        start=table[[0, 3, 4]].T + size / 2.0,
        step=step,
        count=table[8:11].T.astype(np.int64),
        orientation=np.array([_CODE[block.orientation] for block in blocks], dtype=np.int64),
        upright=table[11],
    )


def _stock(
    blocks: list[Arranged],
    on: Ints,
    shelves: Shelves,
    seeds: list[int],
    hooks: Mapping[int, Hung],
    loose: AbstractSet[str],
) -> Stock:
    number: dict[str, int] = {}
    sku = np.array([number.setdefault(b.product.sku, len(number)) for b in blocks], dtype=np.int32)
    skus = tuple(number)
    lying = np.array([name in loose for name in skus], dtype=bool)[sku]
    of = _of_blocks(blocks)
    free = _beside(of, on, shelves.width_mm)
    labels, hooks = hang_labels(shelves, on, of.left, of.pitch, sku, hooks)
    runs = _runs(blocks, of, seeds, hooks)
    block, surface = runs.block, on[runs.block]
    many = runs.count.prod(axis=1)
    run = np.repeat(np.arange(len(many)), many)
    nth = np.arange(len(run)) - np.repeat(np.cumsum(many) - many, many)
    # Front row first, bottom layer first, left to right.
    rest, column = np.divmod(nth, runs.count[:, 0].take(run))
    row, layer = np.divmod(rest, runs.count[:, 1].take(run))
    x, y, depth = (
        runs.start[:, axis].take(run) + runs.step[:, axis].take(run) * step
        for axis, step in enumerate((column, layer, row))
    )
    occlusion = _openness(
        depth / shelves.depth_mm[surface].take(run),
        shelves.clearance[surface],
        of.height[block] / 1000.0,
        of.layers[block],
        layer,
        run,
    )
    spare = np.where(runs.packed, 0.0, free[block])
    hand = _by_hand(spare, of.size[block], lying[block], runs.seed, run, nth, many)
    # A turn in depth is forward in the shelf's own frame.
    leaning = leaning_on(surface, run, shelves.slope_deg, shelves.yaw_deg)
    if len(leaning.row):
        _true_on_slopes(hand, leaning.row, lying[block[run[leaning.row]]])
    local = ((x + hand.aside) / 1000.0, y / 1000.0, (hand.forward - depth) / 1000.0)
    return Stock(
        skus=skus,
        many=many,
        sku=sku[block],
        orientation=runs.orientation.astype(np.uint8),
        flat=_flat(blocks, of)[block],
        fitting=runs.fitting,
        fittings=runs.fittings,
        position=_in_scene(shelves, surface, run, local, leaning.row).T,
        yaw_deg=shelves.yaw_deg[surface].take(run) + hand.turn,
        occlusion=occlusion,
        label_sku=sku[labels.block],
        label_centre=labels.centre,
        label_right=labels.right,
        label_up=labels.up,
        label_width=labels.wide,
        leaning=leaning,
    )


def _in_scene(
    shelves: Shelves, surface: Ints, run: Ints, local: tuple[Floats, Floats, Floats], leaning: Ints
) -> Floats:
    """(3, n) of points given in the frames of the surfaces that their runs stand on.

    `leaning` are those whose surfaces lean.
    """
    x, y, z = local
    turn, corner = shelves.turn, shelves.corner
    place = np.empty((3, len(run)))
    for axis in (0, 2):
        from_x, from_z = (turn[surface, axis, way].take(run) for way in (0, 2))
        np.add(from_x * x, from_z * z, out=place[axis])
        place[axis] += corner[surface, axis].take(run)
    np.add(y, corner[surface, 1].take(run), out=place[1])
    if len(leaning):
        on = surface[run[leaning]]
        points = np.stack([x[leaning], y[leaning], z[leaning]], axis=1)
        place[:, leaning] = (corner[on] + np.einsum("nij,nj->ni", turn[on], points)).T
    return place


def _flat(blocks: list[Arranged], of: _Blocks) -> NDArray[np.int8]:
    """Which of its own axes a product is pressed along, for those that hang as pictures."""
    flat = np.full(len(blocks), -1, dtype=np.int8)
    for number, block in enumerate(blocks):
        if block.style == "poster":
            flat[number] = int(np.abs(MATRICES[of.orientation[number]][2]).argmax())
    return flat


def _runs(
    blocks: list[Arranged], of: _Blocks, seeds: list[int], hooks: Mapping[int, Hung]
) -> _Runs:
    """One run a position, its facings; where these are packs, one for each unit of a pack."""
    crc = np.array(seeds, dtype=np.uint64)
    plain = np.array([block.pack is None for block in blocks], dtype=bool)
    whole = np.flatnonzero(plain)
    more = _More()
    for number, hook in hooks.items():
        step, count = of.step[number].copy(), of.count[number].copy()
        step[2], count[2] = 0.0, 1
        more.add(number, np.array((hook.x_mm, hook.y_mm, 0.0)), step, count, 0, 0, hook.hook)
    for number, block in enumerate(blocks):
        if block.pack is None and not block.caps:
            continue
        code = int(of.orientation[number])
        if block.pack is not None:
            start, step, count = of.start[number], of.step[number], of.count[number]
            for nth, offset in enumerate(_inside(block.pack, block, MATRICES[code])):
                more.add(number, start + offset, step, count, code, nth)
            if block.pack.style in CARTONS:
                up = MATRICES[code][:, 1] * (1.0, 1.0, -1.0) * -block.pack.size_mm[1] / 2.0
                more.add(number, start + up, step, count, code, 0, block.pack)
        for cap in block.caps:
            code = _CODE[cap.orientation]
            up = MATRICES[code][:, 1] * -block.product.dimensions_mm[1] / 2.0
            up[1] += cap.size_mm[1] / 2.0
            for nth, (x, y, depth) in enumerate(cap.places):
                start = np.array((x + up[0], y + up[1], depth - up[2]))
                more.add(number, start, np.zeros(3), np.ones(3, dtype=np.int64), code, 1_000 + nth)
    extra = np.array(more.block, dtype=np.int64)
    return _Runs(
        block=np.concatenate([whole, extra]),
        start=np.concatenate(
            [of.start[whole] + of.origin[whole], np.array(more.start).reshape(-1, 3)]
        ),
        step=np.concatenate([of.step[whole], np.array(more.step).reshape(-1, 3)]),
        count=np.concatenate(
            [of.count[whole], np.array(more.count, dtype=np.int64).reshape(-1, 3)]
        ),
        orientation=np.concatenate(
            [of.orientation[whole], np.array(more.orientation, dtype=np.int64)]
        ),
        seed=np.concatenate(
            [crc[whole], crc[extra] ^ (np.array(more.nth, dtype=np.uint64) + np.uint64(1))]
        ),
        packed=np.arange(len(whole) + len(extra)) >= len(whole),
        fitting=np.concatenate(
            [np.full(len(whole), -1, dtype=np.int32), np.array(more.fitting, dtype=np.int32)]
        ),
        fittings=tuple(more.fittings),
    )


@dataclass(slots=True)
class _More:
    """Runs that are no position's plain facings, as they are found."""

    block: list[int] = field(default_factory=list)
    start: list[Floats] = field(default_factory=list)
    step: list[Floats] = field(default_factory=list)
    count: list[Ints] = field(default_factory=list)
    orientation: list[int] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)
    fitting: list[int] = field(default_factory=list)
    fittings: dict[Fitting, int] = field(default_factory=dict)

    def add(
        self, block: int, start: Floats, step: Floats, count: Ints, orientation: int, nth: int,
        fitting: Fitting | None = None,
    ) -> None:  # fmt: skip
        self.block.append(block)
        self.start.append(start)
        self.step.append(step)
        self.count.append(count)
        self.orientation.append(orientation)
        self.nth.append(nth)
        known = -1 if fitting is None else self.fittings.setdefault(fitting, len(self.fittings))
        self.fitting.append(known)


def _inside(pack: Pack, block: Arranged, matrix: Floats) -> Floats:
    """(u, 3) from a pack's middle to the origin of each unit in it: x, y and depth, millimetres."""
    grid = (pack.wide, pack.high, pack.deep)
    units = block.product.dimensions_mm
    if math.prod(grid) < pack.holds:  # loose ones say how many they are, not how they lie
        fits = [
            max(int((side + 0.5) // one), 1) for side, one in zip(pack.size_mm, units, strict=True)
        ]
        grid = (fits[0], fits[1], fits[2])
    cell = np.array(pack.size_mm) / grid
    numbers = np.arange(min(math.prod(grid), pack.holds, PACK_UNITS_MAX))
    rest, column = np.divmod(numbers, grid[0])
    layer, row = np.divmod(rest, grid[2])
    inside = (
        np.stack([column + 0.5, layer, grid[2] - row - 0.5], axis=1) * cell
        - np.array(pack.size_mm) / 2.0
    )
    turned = inside @ matrix.T
    return np.asarray(turned * (1.0, 1.0, -1.0))


def _openness(
    into: Floats, clearance: Floats, height: Floats, layers: Floats, layer: Ints, run: Ints
) -> Floats:
    """How open each unit's place is: darker to the back, under a shelf, and under other units.

    An estimate by eye, not a measurement: the front row of an open shelf is 1. `into` (n,) and
    `layer` (n,) are of units, the others of the runs that `run` (n,) names.
    """
    cover = np.where(clearance < 0.8, 1.0, 0.35)
    lid = np.exp(-np.maximum(clearance - height, 0.0) / 0.25)
    under = np.maximum((layers - 1.0).take(run) - layer, 0.0) / np.maximum(layers, 1.0).take(run)
    deep = np.minimum(np.maximum(into, 0.0), 1.0) ** 0.7
    dark = (cover * (0.35 + 0.30 * lid)).take(run) * deep
    dark += 0.06 * under
    dark += (0.08 * cover).take(run)
    return np.minimum(np.maximum(1.0 - dark, 0.25), 1.0)


def _beside(of: _Blocks, on: Ints, width_mm: Floats) -> Floats:
    """Free millimetres beside each block's units: to its like, its neighbours or the shelf's end.

    `on` (b,) says which surface each stands on.
    """
    free = np.minimum(np.minimum(of.left, width_mm[on] - of.right), BESIDE_MM_MAX)
    free = np.where(of.wide > 1.0, np.minimum(free, of.pitch - of.size[:, 0]), free)
    order = np.lexsort((of.left, on))
    left, right, surface = of.left[order], of.right[order], on[order]
    same = surface[1:] == surface[:-1]
    # Far enough apart that a running maximum starts anew on each surface.
    far = surface * (2.0 * max(float(right.max(initial=0.0)), 1.0) + 1.0)
    reached = np.maximum.accumulate(right + far) - far
    gap = np.where(same, left[1:] - reached[:-1], BESIDE_MM_MAX)
    ahead = np.where(same, left[1:] - right[:-1], BESIDE_MM_MAX)
    room = np.full(len(order), BESIDE_MM_MAX)
    room[1:] = gap
    room[:-1] = np.minimum(room[:-1], ahead)
    free[order] = np.minimum(free[order], room)
    return np.asarray(np.maximum(free, 0.0))


class _Hand(NamedTuple):
    """How each unit stands aside from where a machine would put it, (n,) each."""

    aside: Floats
    forward: Floats
    turn: Floats


def _by_hand(
    beside_mm: Floats, size_mm: Floats, lying: NDArray[np.bool_], seed: NDArray[np.uint64],
    run: Ints, nth: Ints, many: Ints,
) -> _Hand:  # fmt: skip
    """Millimetres aside and forward, and degrees, as staff leave goods.

    What is `lying` lies any way round. Never so far that a unit touches its neighbour: fronts stay
    in line to half a millimetre, and nothing goes further back. Equal seed, equal answer.
    """
    grow_mm = np.minimum(GROW_MM, beside_mm * 0.22)
    most = np.maximum(size_mm[:, 0], size_mm[:, 2])
    turn_deg = np.minimum(TURN_DEG, np.degrees(2.0 * grow_mm / np.maximum(most, 1e-6)))
    turn_deg = np.where(lying, 180.0, turn_deg)
    aside_mm = np.minimum(ASIDE_MM, beside_mm * 0.2)
    state = (seed << np.uint64(20)).take(run) + nth.astype(np.uint64)
    several = many.astype(np.uint64).take(run)
    aside = _share(state)
    state += several
    forward = _share(state)
    state += several
    turn = _share(state)
    aside *= aside_mm.take(run)
    # Forward by what a turn may add behind.
    forward += 1.0
    forward *= 0.5 * FORWARD_MM
    forward += grow_mm.take(run)
    turn *= turn_deg.take(run)
    return _Hand(aside, forward, turn)


def _true_on_slopes(hand: _Hand, leaning: Ints, lying: NDArray[np.bool_]) -> None:
    """Goods on a slope lean on one another and stand true, those that lie (t,) but for a turn."""
    hand.aside[leaning] = hand.forward[leaning] = 0.0
    hand.turn[leaning] *= lying


def _share(state: NDArray[np.uint64]) -> Floats:
    """(n,) numbers -1..1 that look like chance and depend on `state` alone."""
    # The finaliser of SplitMix64 (Steele, Lea and Flood, 2014); it is meant to overflow.
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = state ^ (state >> np.uint64(shift))
        state *= np.uint64(factor)
    state ^= state >> np.uint64(31)
    state >>= np.uint64(11)
    share = state.astype(np.float64)
    share /= 2.0**52
    share -= 1.0
    return share
