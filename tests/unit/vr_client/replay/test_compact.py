"""What is packed comes back to the last bit, smaller than zstd alone leaves it, and bounded."""

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from store_scenes.compile.scene import ARRAYS
from tests.golden.small_scene import small_scene
from vr_client.replay import compact
from vr_client.replay.compact import pack_array, pack_picture, unpack_array, unpack_picture
from vr_client.replay.container import DamagedError
from vr_client.replay.scenes import FORMS


@pytest.mark.parametrize("name", ARRAYS)
@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(0, 5))
def test_any_bytes_of_any_array_come_back(name, seed, rows):
    dtype, sides = FORMS[name]
    shape = tuple(rows if side == -1 else side for side in sides)
    if name == "signs":
        shape = (min(rows, 1), *shape[1:])
    size = dtype.itemsize * int(np.prod(shape))
    chance = np.random.default_rng(seed)
    array = chance.integers(0, 256, size, dtype=np.uint8).view(dtype).reshape(shape)
    back = unpack_array(name, pack_array(name, array), dtype, shape)
    assert (back.dtype, back.shape, back.tobytes()) == (dtype, shape, array.tobytes())
    assert back.flags.c_contiguous


def smooth_light():
    """Light as it falls off from a lamp in a corner, with a wall across it."""
    y, z, x = np.indices((30, 40, 50)).astype(float)
    mean = 60_000.0 / (1.0 + 0.02 * (x**2 + z**2 + (y - 30.0) ** 2))
    mean[:, 20:] *= 0.5
    lean = [32768.0 + 30.0 * side for side in (x, y, z)]
    return np.stack([*lean, mean], axis=-1).astype(np.uint16)


def test_light_and_boxes_take_far_less_than_packed_as_they_lie():
    light = smooth_light()
    plain = len(zstandard.ZstdCompressor(compact.LEVEL).compress(light.tobytes()))
    assert len(pack_array("light", light)) < 0.5 * plain
    low = np.cumsum(np.full((2000, 3), 0.0625, np.float32), axis=0)
    boxes = np.ascontiguousarray(np.stack([low, low + np.float32(0.25)], axis=1))
    plain = len(zstandard.ZstdCompressor(compact.LEVEL).compress(boxes.tobytes()))
    assert len(pack_array("bounds", boxes)) < 0.5 * plain


def test_large_arrays_are_packed_quickly(monkeypatch):
    levels = []
    packer = zstandard.ZstdCompressor
    monkeypatch.setattr(
        compact.zstandard, "ZstdCompressor",
        lambda level, **how: levels.append(level) or packer(level, **how),
    )  # fmt: skip
    monkeypatch.setattr(compact, "LARGE_BYTES", 3000)
    scene = small_scene()
    for name in ("signs", "draws"):
        pack_array(name, getattr(scene, name))
    assert scene.signs.nbytes > 3000 >= scene.draws.nbytes
    assert levels == [compact.QUICK_LEVEL, compact.LEVEL]


def test_a_picture_comes_back():
    picture = np.random.default_rng(1).integers(0, 256, (16, 8, 4), dtype=np.uint8)
    for quickly in (False, True):
        packed = pack_picture(picture, quickly=quickly)
        assert (unpack_picture(packed, (16, 8)) == picture).all()


@pytest.mark.parametrize("size", [(16, 7), (16, 9), (0, 0)])
def test_another_size_than_it_says_is_damage(size):
    picture = np.ones((16, 8, 4), np.uint8)
    with pytest.raises(DamagedError, match="another size than it says"):
        unpack_picture(pack_picture(picture), size)
    with pytest.raises(DamagedError, match="bounds of a store in it are not as many"):
        unpack_array("bounds", pack_picture(picture), *FORMS["bounds"][:1], (2, 2, 3))


def test_what_unpacks_to_more_than_it_may_is_not_unpacked_whole():
    bomb = zstandard.ZstdCompressor(19).compress(bytes(64 * 1024**2))
    assert len(bomb) < 16_384
    with pytest.raises(DamagedError, match="another size"):
        unpack_picture(bomb, (2, 2))


@pytest.mark.parametrize("data", [b"", b"no zstd", pack_picture(np.ones((4, 4, 4), np.uint8))[:-2]])
def test_no_zstd_at_all_is_damage(data):
    with pytest.raises(DamagedError):
        unpack_picture(data, (4, 4))
