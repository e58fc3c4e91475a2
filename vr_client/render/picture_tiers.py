"""Pictures of many products in one texture array: a small one of each, a large one of the nearest.

Layers of the array, in order: fixed pictures (the first is what is shown where there is none),
then slots for near pictures, then layers that each hold sixteen far ones side by side. What a
product's key keeps it keeps from store to store: a moved shelf uploads no picture.
"""

from collections.abc import Hashable, Sequence
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from vr_client.render.context import GraphicsContext
from vr_client.render.raw_gl import Area

TILES_ACROSS: Final = 4
TILES: Final = TILES_ACROSS * TILES_ACROSS
ANISOTROPY_MAX: Final = 8.0
ART_LEVELS: Final = 8
"""Mip levels of 512 px: the last is one texel a far tile. The same in shaders/opaque.frag."""

LABEL_LEVELS: Final = 6
_TABLE_WIDTH: Final = 256
_SPARE: Final = 1.25


class PictureTiers:
    """One texture array and the table of what is near, for pictures of one size.

    `size` is width and height of a whole picture; a far one is a quarter as wide and high.
    """

    def __init__(
        self,
        graphics: GraphicsContext,
        size: tuple[int, int],
        levels: int,
        *,
        slots: int,
        anisotropy: float = ANISOTROPY_MAX,
    ) -> None:
        self._graphics = graphics
        self.size, self._levels, self.slots = size, levels, slots
        self.far_size = (size[0] // TILES_ACROSS, size[1] // TILES_ACROSS)
        self._anisotropy = graphics.anisotropy(anisotropy)
        self._tile_of: dict[Hashable, int] = {}
        self._rows: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._fixed_room = self._far_room = 0
        self._fixed: NDArray[np.uint8] = np.zeros((0, size[1], size[0], 4), dtype=np.uint8)
        self._near: dict[int, int] = {}  # tile by slot
        self._array: moderngl.TextureArray | None = None
        self._table: moderngl.Texture | None = None
        self._dirty: set[Area] = set()

    @property
    def tiles(self) -> NDArray[np.intp]:
        """The far tile of each row."""
        return self._rows

    @property
    def far_first(self) -> int:
        """The first layer of far pictures."""
        return self._fixed_room + self.slots

    def load(self, keys: Sequence[Hashable], fixed: NDArray[np.uint8]) -> list[int]:
        """Rows with these keys and these fixed pictures from now on, and no others.

        Returns the rows whose far pictures have to be written, because their keys are new.
        Near pictures stay with the keys that stay. Raises Failure beyond the GPU's limits.
        """
        gone = self._tile_of.keys() - set(keys)
        free = [self._tile_of.pop(key) for key in gone]
        lost = set(free)
        self._near = {slot: tile for slot, tile in self._near.items() if tile not in lost}
        count = len(set(keys))
        self._make_room(len(fixed), -(-count // TILES))
        used = set(self._tile_of.values())
        unused = iter(sorted(set(range(self._far_room * TILES)) - used))
        new: list[int] = []
        for row, key in enumerate(keys):
            if key not in self._tile_of:
                self._tile_of[key] = next(unused)
                new.append(row)
        self._rows = np.array([self._tile_of[key] for key in keys], dtype=np.intp)
        self._write_fixed(fixed)
        self._write_table()
        return new

    def write_far(self, rows: Sequence[int], pictures: NDArray[np.uint8]) -> None:
        """Far pictures (n, h, w, 4) of these rows; `flush` makes them whole."""
        assert self._array is not None
        width, height = self.far_size
        for row, picture in zip(rows, pictures, strict=True):
            layer, tile = divmod(int(self._rows[row]), TILES)
            down, across = divmod(tile, TILES_ACROSS)
            at = (across * width, down * height, self.far_first + layer, width, height, 1)
            self._array.write(np.ascontiguousarray(picture), viewport=at)
            self._dirty.add((self.far_first + layer, at[0], at[1], width, height))

    def fill_far(self, pictures: NDArray[np.uint8]) -> None:
        """Far pictures (rows, h, w, 4) of all rows at once, whole layers at a time."""
        assert self._array is not None
        width, height = self.far_size
        order = np.argsort(self._rows, kind="stable")
        for layer in range(-(-len(order) // TILES)):
            sheet = np.zeros((TILES, height, width, 4), dtype=np.uint8)
            inside = order[np.isin(self._rows[order] // TILES, layer)]
            sheet[self._rows[inside] % TILES] = pictures[inside]
            rows = sheet.reshape(TILES_ACROSS, TILES_ACROSS, height, width, 4).swapaxes(1, 2)
            self._write_layer(self.far_first + layer, rows)

    def write_near(self, slot: int, row: int, picture: NDArray[np.uint8]) -> None:
        """The near picture (h, w, 4) of a row, in place of what the slot had."""
        if not (0 <= slot < self.slots and 0 <= row < len(self._rows)):
            return
        self._write_layer(self._fixed_room + slot, picture)
        tile = int(self._rows[row])
        if self._near.get(slot) == tile:
            return  # another print of what was there
        self._near = {s: t for s, t in self._near.items() if t != tile}
        self._near[slot] = tile
        self._write_table()

    def flush(self) -> None:
        """Makes the mip-maps of what was written."""
        assert self._array is not None
        areas = sorted(self._dirty)
        self._dirty.clear()
        if not areas:
            return
        bound = self._graphics.bound_target
        if not self._graphics.raw.mip_areas(self._array.glo, areas, self._levels, bound):
            self._array.build_mipmaps(0, self._levels - 1)

    def use(self, unit: int, table_unit: int) -> None:
        """Binds array and table."""
        assert self._array is not None
        assert self._table is not None
        self._array.use(unit)
        self._table.use(table_unit)

    def release(self) -> None:
        """Gives everything back."""
        for thing in (self._array, self._table):
            if thing is not None:
                thing.release()
        self._array = self._table = None
        self._tile_of, self._near = {}, {}
        self._fixed_room = self._far_room = 0

    # ------------------------------------------------------------ inside

    def _write_layer(self, layer: int, picture: NDArray[np.uint8]) -> None:
        assert self._array is not None
        at = (0, 0, layer, *self.size, 1)
        self._array.write(np.ascontiguousarray(picture), viewport=at)
        self._dirty.add((layer, 0, 0, *self.size))

    def _write_fixed(self, fixed: NDArray[np.uint8]) -> None:
        for layer, picture in enumerate(fixed):
            same = layer < len(self._fixed) and np.array_equal(self._fixed[layer], picture)
            if not same:
                self._write_layer(layer, picture)
        self._fixed = fixed

    def _write_table(self) -> None:
        """By tile, the layer of its near picture."""
        rows = max(1, -(-self._far_room * TILES // _TABLE_WIDTH))
        layers = np.zeros(rows * _TABLE_WIDTH, dtype=np.uint16)
        slots = np.fromiter(self._near, dtype=np.uint16, count=len(self._near))
        tiles = np.fromiter(self._near.values(), dtype=np.intp, count=len(self._near))
        layers[tiles] = slots + self._fixed_room
        if self._table is None or self._table.height != rows:
            if self._table is not None:
                self._table.release()
            self._table = self._graphics.gl.texture((_TABLE_WIDTH, rows), 1, dtype="u2")
            self._table.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._table.write(layers.tobytes())

    def _make_room(self, fixed: int, far: int) -> None:
        """An array with at least so many layers; what it had it keeps."""
        if self._array is not None and fixed <= self._fixed_room and far <= self._far_room:
            return
        most = int(self._graphics.gl.info["GL_MAX_ARRAY_TEXTURE_LAYERS"])
        least = max(fixed, self._fixed_room) + self.slots + max(far, self._far_room, 1)
        if least > most:
            raise Failure(
                f"{self._graphics.device} holds {most} picture layers and this store needs "
                f"{least}: show fewer products in one store, or use another graphics card"
            )
        fixed_room = max(fixed, self._fixed_room)
        far_room = max(far, self._far_room, 1)
        if self._array is not None:  # it grew once, so it may again
            far_room = min(int(far_room * _SPARE), most - fixed_room - self.slots)
        old, old_fixed, old_far = self._array, self._fixed_room, self._far_room
        self._array = self._make_array(fixed_room + self.slots + far_room)
        self._fixed_room, self._far_room = fixed_room, far_room
        if old is not None:
            for source, target, layers in (
                (0, 0, old_fixed),
                (old_fixed, fixed_room, self.slots),
                (old_fixed + self.slots, self.far_first, old_far),
            ):
                self._graphics.raw.copy_layers(
                    old.glo, source, self._array.glo, target, (*self.size, layers), self._levels
                )
            old.release()

    def _make_array(self, layers: int) -> moderngl.TextureArray:
        graphics = self._graphics
        array = graphics.gl.texture_array((*self.size, 1), 4)
        if not graphics.raw.srgb_array_storage(array.glo, (*self.size, layers), self._levels):
            array.release()
            raise Failure(
                f"{graphics.device} has no room for {layers} pictures of "
                f"{self.size[0]}x{self.size[1]}: show fewer products in one store, or use a "
                "graphics card with more memory"
            )
        array.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        array.repeat_x = array.repeat_y = False
        array.anisotropy = self._anisotropy
        return array
