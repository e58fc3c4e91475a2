from dataclasses import replace
from types import MappingProxyType

import numpy as np

from catalog_sync.model.product import Product
from store_scenes.compile.scene import LABEL
from tests.golden.small_scene import small_scene
from vr_client.label_queue import LABELS_PER_FRAME, LabelQueue
from vr_client.state.client_state import ClientState

EYE = np.array([0.0, 1.6, 0.0])


def many_labels(count):
    """Label n shows SKU n // 2, so each SKU has two, and stands n metres away."""
    rows = np.zeros(count, LABEL)
    rows["centre"][:, 0] = np.arange(count)
    rows["product"] = np.arange(count) // 2
    skus = tuple(f"S{n:02d}" for n in range((count + 1) // 2))
    return replace(small_scene(), labels=rows, skus=skus)


def state_of(skus):
    products = {s: Product(s, {"en": s}, "", "", "box", (1, 1, 1)) for s in skus}
    return ClientState(products=MappingProxyType(products), labels_dirty=frozenset(skus))


def queue_of(scene):
    drawn = []

    def draw(product, locale, language):
        drawn.append((product.sku, locale, language))
        return np.zeros((128, 256, 4), np.uint8)

    queue = LabelQueue(draw)
    queue.load(scene)
    return queue, drawn


def test_nearest_labels_come_first_and_one_drawing_serves_all_of_a_product():
    scene = many_labels(60)
    queue, drawn = queue_of(scene)
    updates, done = queue.take(state_of(scene.skus), EYE)
    assert [update.layer for update in updates] == list(range(LABELS_PER_FRAME))
    assert [sku for sku, _, _ in drawn] == [f"S{n:02d}" for n in range(LABELS_PER_FRAME // 2)]
    assert done == {sku for sku, _, _ in drawn}


def test_every_label_is_drawn_once_and_then_none():
    scene = many_labels(60)
    queue, _ = queue_of(scene)
    state, layers = state_of(scene.skus), []
    for _ in range(6):
        updates, done = queue.take(state, EYE)
        layers += [update.layer for update in updates]
        state = replace(state, labels_dirty=state.labels_dirty - done)
    assert sorted(layers) == list(range(60))
    assert state.labels_dirty == frozenset()


def test_a_price_that_moves_is_drawn_again():
    scene = many_labels(4)
    queue, drawn = queue_of(scene)
    state = state_of(scene.skus)
    _, done = queue.take(state, EYE)
    assert done == {"S00", "S01"}
    updates, done = queue.take(replace(state, labels_dirty=frozenset({"S01"})), EYE)
    assert ([u.layer for u in updates], done) == ([2, 3], {"S01"})
    assert len(drawn) == 3


def test_what_is_on_no_shelf_is_up_to_date_at_once():
    queue, drawn = queue_of(many_labels(2))
    state = replace(state_of(["S00"]), labels_dirty=frozenset({"ELSEWHERE"}))
    assert queue.take(state, EYE) == ((), frozenset({"ELSEWHERE"}))
    assert drawn == []
