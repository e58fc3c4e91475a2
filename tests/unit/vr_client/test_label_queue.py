from dataclasses import replace

import numpy as np
import pytest

from catalog_sync.model.product import Product
from store_scenes.compile.scene import LABEL
from tests.golden.small_scene import small_scene
from vr_client.label_queue import (
    FAR_PER_FRAME,
    FAR_SIZE,
    NEAR_PER_FRAME,
    NEAR_SIZE,
    REACH_M,
    READ_M,
    LabelQueue,
)
from vr_client.state.assortment import Assortment
from vr_client.state.client_state import ClientState
from vr_client.state.events import SensesChanged
from vr_client.state.reduce import reduce
from vr_client.state.senses import Senses

EYE = np.array([0.0, 1.6, 0.0])
AHEAD = np.array([1.0, 0.0, 0.0])


def many_labels(count, spread_m=1.0):
    """Label n shows SKU n // 2, so each SKU has two, and stands n times `spread_m` away."""
    rows = np.zeros(count, LABEL)
    rows["centre"][:, 0] = np.arange(count) * spread_m
    rows["centre"][:, 1] = 1.6
    rows["product"] = np.arange(count) // 2
    skus = tuple(f"S{n:02d}" for n in range((count + 1) // 2))
    return replace(small_scene(), labels=rows, skus=skus)


def state_of(skus):
    products = {s: Product(s, {"en": s}, "", "", "box", (1, 1, 1)) for s in skus}
    return ClientState(products=Assortment(products), labels_dirty=frozenset(skus))


def queue_of(scene, slots=200):
    drawn, starks = [], []

    def draw(product, locale, language, size, *, stark):
        starks.append(stark)
        drawn.append((product.sku, locale, language, size))
        return np.zeros((size[1], size[0], 4), np.uint8)

    queue = LabelQueue(draw, slots)
    queue.load(scene)
    queue.starks = starks
    return queue, drawn


def settle(queue, state, frames=20):
    updates = []
    for _ in range(frames):
        more, done = queue.take(state, EYE, AHEAD)
        updates += more
        state = replace(state, labels_dirty=state.labels_dirty - done)
    assert queue.to_come == 0
    return updates, state


def test_nearest_labels_come_first_and_one_drawing_serves_all_of_a_product():
    scene = many_labels(100)
    queue, drawn = queue_of(scene)
    updates, done = queue.take(state_of(scene.skus), EYE, AHEAD)
    far = [update.row for update in updates if update.slot < 0]
    assert far == list(range(FAR_PER_FRAME))
    assert done == set(scene.skus)
    assert queue.to_come >= 50 - FAR_PER_FRAME
    near = [update.row for update in updates if update.slot >= 0]
    assert near == [n for n in range(NEAR_PER_FRAME) if 2 * n <= REACH_M]
    assert {size for *_, size in drawn} == {FAR_SIZE, NEAR_SIZE}


def test_every_label_is_drawn_once_and_then_none():
    scene = many_labels(100)
    queue, drawn = queue_of(scene)
    updates, state = settle(queue, state_of(scene.skus))
    assert sorted(update.row for update in updates if update.slot < 0) == list(range(50))
    assert state.labels_dirty == frozenset()
    before = len(drawn)
    settle(queue, state)
    assert len(drawn) == before


def with_other_names(state, *skus, mark="!"):
    changed = {sku: Product(sku, {"en": sku + mark}, "", "", "box", (1, 1, 1)) for sku in skus}
    products = Assortment({**state.products, **changed})
    return replace(state, products=products, labels_dirty=frozenset(changed))


def test_a_price_that_moves_is_drawn_again_in_both_sizes_where_it_is_near():
    scene = many_labels(100)
    queue, _ = queue_of(scene)
    _, state = settle(queue, state_of(scene.skus))
    state = with_other_names(state, "S01", "S03")
    updates, done = queue.take(state, EYE, AHEAD)
    assert done == {"S01", "S03"}
    assert [(u.row, u.slot >= 0) for u in updates] == [(1, True)]
    more, _ = settle(queue, replace(state, labels_dirty=frozenset()))
    assert [(u.row, u.slot >= 0) for u in more] == [(3, False)]


def test_a_price_that_moved_while_its_label_was_large_is_on_the_small_one_that_takes_its_place():
    scene = many_labels(100)
    queue, drawn = queue_of(scene, slots=1)
    _, state = settle(queue, state_of(scene.skus))
    updates, state = settle(queue, with_other_names(state, "S00"))
    assert [(u.row, u.slot) for u in updates] == [(0, 0)]  # nobody sees the small one
    there = EYE + np.array([5.0, 0.0, 0.0])
    updates = [u for _ in range(4) for u in queue.take(state, there, AHEAD)[0]]
    assert updates[0].slot == 0
    assert [(u.row, u.slot) for u in updates[1:]] == [(0, -1)]
    assert drawn[-1][0] == "S00"
    settle(queue, state)
    assert queue.to_come == 0


def test_a_large_label_has_a_frame_of_its_own():
    scene = many_labels(12)
    queue, _ = queue_of(scene, slots=1)
    _, state = settle(queue, state_of(scene.skus))
    state = with_other_names(state, *scene.skus)
    frames = []
    for _ in range(4):
        updates, _told = queue.take(state, EYE, AHEAD)
        frames.append([u.slot >= 0 for u in updates])
        state = replace(state, labels_dirty=frozenset())
    # The others are too far away to be read.
    assert frames == [[True], [False, False], [False], []]


@pytest.mark.parametrize("pace", [1, 4])
def test_large_labels_come_though_a_price_moves_in_every_frame(pace):
    scene = many_labels(80, spread_m=0.06)
    queue = LabelQueue(lambda *_, stark: np.zeros((32, 64, 4), np.uint8), 60, pace)  # noqa: ARG005
    queue.load(scene)
    away = EYE - np.array([5.0, 0.0, 0.0])
    state = state_of(scene.skus)
    for _ in range(60):
        _, told = queue.take(state, away, AHEAD)
        state = replace(state, labels_dirty=state.labels_dirty - told)
    large = 0
    for number in range(120):
        state = with_other_names(state, scene.skus[number % 40], mark="!" * (1 + number // 40))
        updates, told = queue.take(state, EYE, AHEAD)
        state = replace(state, labels_dirty=state.labels_dirty - told)
        large += sum(update.slot >= 0 for update in updates)
    assert large >= 40 + 20  # each has come, and some have changed since
    _, state = settle(queue, state)
    assert queue.to_come == 0


def test_other_words_come_as_fast_as_a_window_that_draws_few_frames_can_bring_them():
    scene = many_labels(400, spread_m=0.012)
    frames = {}
    for pace in (1, 4):
        queue = LabelQueue(lambda *_, stark: np.zeros((32, 64, 4), np.uint8), 200, pace)  # noqa: ARG005
        queue.load(scene)
        _, state = settle(queue, state_of(scene.skus), frames=400)
        state = with_other_names(state, *scene.skus)
        frames[pace] = 0
        while state.labels_dirty or queue.to_come:
            _, told = queue.take(state, EYE, AHEAD)
            state = replace(state, labels_dirty=state.labels_dirty - told)
            frames[pace] += 1
    assert frames[1] <= 200 + 40
    assert frames[4] <= frames[1] / 3


def test_a_price_too_far_away_to_read_is_drawn_once_somebody_comes():
    scene = many_labels(100)
    queue, drawn = queue_of(scene)
    _, state = settle(queue, state_of(scene.skus))
    state = with_other_names(state, "S01", "S40")
    before = len(drawn)
    updates, state = settle(queue, state)
    assert {update.row for update in updates} == {1}
    nearer = EYE + np.array([0.9, 0.0, 0.0])
    assert queue.take(state, nearer, AHEAD) == ((), frozenset())
    there = EYE + np.array([80.0 - READ_M + 0.5, 0.0, 0.0])
    updates, _ = queue.take(state, there, AHEAD)
    assert [(u.row, u.slot) for u in updates if u.slot < 0] == [(40, -1)]
    assert [sku for sku, *_ in drawn[before:]].count("S40") == 1


def test_what_changes_back_before_anybody_comes_is_not_drawn():
    scene = many_labels(100)
    queue, drawn = queue_of(scene)
    _, state = settle(queue, state_of(scene.skus))
    queue.take(with_other_names(state, "S40"), EYE, AHEAD)
    queue.take(replace(state, labels_dirty=frozenset({"S40"})), EYE, AHEAD)
    before = len(drawn)
    queue.take(state, EYE + np.array([80.0, 0.0, 0.0]), AHEAD)
    assert FAR_SIZE not in {size for *_, size in drawn[before:]}


def test_one_price_among_thousands_that_wait_comes_in_its_turn():
    scene = many_labels(400, spread_m=0.05)
    queue, drawn = queue_of(scene, slots=1)
    state = state_of(scene.skus)
    _, done = queue.take(state, EYE, AHEAD)
    state = replace(state, labels_dirty=state.labels_dirty - done)
    for _ in range(60):
        queue.take(with_other_names(state, "S100"), EYE, AHEAD)
        state = replace(state, labels_dirty=frozenset())
    far = [sku for sku, *_rest, size in drawn if size == FAR_SIZE]
    assert far == sorted(far, key=lambda sku: int(sku[1:]))
    assert set(far) == set(scene.skus)
    assert queue.to_come == 0


def test_a_moved_shelf_draws_no_label_again_but_what_comes_near():
    scene = many_labels(100, spread_m=0.5)
    queue, drawn = queue_of(scene)
    _, state = settle(queue, state_of(scene.skus))
    before = len(drawn)
    moved = scene.labels.copy()
    moved["product"] = moved["product"][::-1]
    queue.load(replace(scene, labels=moved))
    updates, _ = settle(queue, replace(state, labels_dirty=frozenset(scene.skus)))
    assert all(update.slot >= 0 for update in updates)
    assert 0 < len(drawn) - before < 50


def test_near_slots_are_never_more_than_there_are():
    scene = many_labels(100, spread_m=0.1)
    queue, _ = queue_of(scene, slots=7)
    updates, _ = settle(queue, state_of(scene.skus))
    assert {update.slot for update in updates} == {-1, *range(7)}


def test_what_is_on_no_shelf_is_up_to_date_at_once():
    queue, drawn = queue_of(many_labels(2))
    state = replace(state_of(["S00"]), labels_dirty=frozenset({"ELSEWHERE"}))
    queue.take(state, EYE, AHEAD)
    drawn.clear()
    assert queue.take(state, EYE, AHEAD) == ((), frozenset({"ELSEWHERE"}))
    assert drawn == []
    assert queue.to_come == 0


@pytest.mark.parametrize("forward", [None, AHEAD])
def test_an_empty_store_has_nothing_to_print(forward):
    queue, drawn = queue_of(many_labels(0))
    assert queue.take(ClientState(), EYE, forward) == ((), frozenset())
    assert drawn == []
    assert queue.to_come == 0


def test_high_contrast_prints_every_label_anew_and_black_on_white():
    scene = many_labels(8)  # all of them can be read
    queue, drawn = queue_of(scene)
    _, state = settle(queue, state_of(scene.skus))
    count = len(drawn)
    again = len(scene.skus)  # of the near ones the large label, for the small one is not seen
    assert set(queue.starks) == {False}
    state = reduce(state, SensesChanged(Senses(text_size="large")))
    settle(queue, state)
    assert len(drawn) == count
    _, state = settle(queue, reduce(state, SensesChanged(Senses(contrast="dark"))))
    assert len(drawn) == count + again
    assert queue.starks[count:] == [True] * again
    settle(queue, reduce(state, SensesChanged(Senses(contrast="light"))))
    assert len(drawn) == count + again  # they are the same in both


def test_a_frame_without_time_for_labels_hears_of_them_and_draws_none():
    scene = many_labels(20)
    queue, drawn = queue_of(scene)
    updates, told = queue.take(state_of(scene.skus), EYE, AHEAD, draws=False)
    assert (updates, told, drawn) == ((), frozenset(scene.skus), [])
    settle(queue, replace(state_of(scene.skus), labels_dirty=frozenset()))
    assert len(drawn) >= len(scene.skus)
