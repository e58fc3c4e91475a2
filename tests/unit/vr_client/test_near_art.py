from dataclasses import replace

import numpy as np

from tests.golden.small_scene import small_scene
from vr_client.near_art import ASKED_AT_ONCE, UPLOADS_A_FRAME, NearArt, seen_places

EYE, AHEAD = np.array([0.0, 1.5, 1.0]), np.array([0.0, 0.0, -1.0])


class Desk:
    """Answers in the next frame; knows no art of the keys in `missing`."""

    def __init__(self, missing=()):
        self.asked, self.ready, self.missing = [], [], set(missing)

    def want_art(self, key, sku):
        self.asked.append(sku)
        self.ready.append((key, None if sku in self.missing else np.zeros((512, 512, 4), np.uint8)))

    def take_art(self, limit):
        taken, self.ready = self.ready[:limit], self.ready[limit:]
        return taken


def scene_of(skus, places):
    """Unit n is of product n % products, at places[n]."""
    scene = small_scene()
    bounds = np.array([[np.subtract(at, 0.05), np.add(at, 0.05)] for at in places], np.float32)
    keys = np.zeros((len(skus), 16), np.uint8)
    keys[:, 0] = np.arange(len(skus))
    return replace(
        scene, skus=tuple(skus), bounds=bounds, art_keys=keys,
        product_of=np.arange(len(places), dtype=np.int32) % len(skus),
        art_far=np.zeros((len(skus), 128, 128, 4), np.uint8),
    )  # fmt: skip


def frames(art, count):
    return [art.take(EYE, AHEAD) for _ in range(count)]


def test_the_nearest_are_asked_for_first_and_a_few_at_a_time():
    skus = [f"S{n:02d}" for n in range(20)]
    desk = Desk()
    art = NearArt(desk, 16)
    art.load(scene_of(skus, [(0.0, 1.5, -n / 5) for n in range(20)]))
    assert frames(art, 1) == [()]
    assert desk.asked == skus[:ASKED_AT_ONCE]
    assert art.to_come == 16
    told = frames(art, 30)
    assert max(len(updates) for updates in told) == UPLOADS_A_FRAME
    rows = [update.row for updates in told for update in updates]
    assert rows == list(range(16))
    assert len({update.slot for updates in told for update in updates}) == 16
    assert art.to_come == 0
    assert desk.asked == skus[:16]


def test_art_that_there_is_not_is_asked_for_once_and_not_waited_for():
    desk = Desk(missing={"B"})
    art = NearArt(desk, 4)
    art.load(scene_of(["A", "B"], [(0.0, 1.5, 0.0), (0.2, 1.5, 0.0)]))
    frames(art, 5)
    assert art.to_come == 0
    assert desk.asked == ["A", "B"]


def test_after_a_moved_shelf_nothing_is_asked_for_again():
    desk = Desk()
    art = NearArt(desk, 4)
    art.load(scene_of(["A", "B"], [(0.0, 1.5, 0.0), (0.2, 1.5, 0.0)]))
    frames(art, 5)
    art.load(scene_of(["A", "B"], [(0.4, 1.5, 0.0), (0.2, 1.5, -1.0)]))
    assert frames(art, 3) == [(), (), ()]
    assert art.to_come == 0
    assert desk.asked == ["A", "B"]


def test_products_with_one_picture_share_one_slot():
    scene = scene_of(["A", "B"], [(0.0, 1.5, 0.0), (0.2, 1.5, 0.0)])
    scene.art_keys[:] = 7
    desk = Desk()
    art = NearArt(desk, 4)
    art.load(scene)
    updates = [update for updates in frames(art, 5) for update in updates]
    assert [(update.row, update.slot) for update in updates] == [(0, 0)]
    assert art.to_come == 0


def test_a_product_is_seen_once_per_half_metre():
    scene = scene_of(["A"], [(0.1, 1.1, 0.1), (0.2, 1.2, 0.2), (0.6, 1.1, 0.1), (0.1, 1.6, 0.1)])
    owner, place = seen_places(scene)
    assert owner.tolist() == [0, 0, 0]
    assert sorted(np.floor(place * 2).astype(int).tolist()) == [[0, 2, 0], [0, 3, 0], [1, 2, 0]]


def test_what_is_held_is_asked_for_first_wherever_its_shelf_is_and_keeps_its_place():
    skus = [f"S{n:02d}" for n in range(20)]
    desk = Desk()
    art = NearArt(desk, 4)
    art.load(scene_of(skus, [(0.0, 1.5, -n / 3) for n in range(20)]))
    frames(art, 10)
    assert sorted(desk.asked) == skus[:4]
    told = [art.take(EYE, AHEAD, {19}) for _ in range(3)]
    assert desk.asked[4:] == ["S19"]
    assert [update.row for updates in told for update in updates] == [19]
    assert art.to_come == 0
    art.take(EYE, AHEAD, frozenset())
    frames(art, 5)
    assert desk.asked[5:] == ["S03"]
