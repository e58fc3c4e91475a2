"""Near art and fronts come along one line, and each gets where it was asked for."""

import numpy as np

from vr_client.art_counter import TAKEN_A_FRAME, ArtCounter
from vr_client.net.art_desk import FRONT


class Source:
    """Answers in the order of the questions, at most so many at once."""

    def __init__(self):
        self.asked = []

    def want_art(self, key, sku):
        self.asked.append((key, sku))

    def take_art(self, limit):
        taken, self.asked = self.asked[:limit], self.asked[limit:]
        return [
            (key, None if sku == "GONE" else np.full((2, 2, 4), len(key), np.uint8))
            for key, sku in taken
        ]


def test_each_kind_is_told_to_who_asked_for_it_and_nothing_twice():
    counter = ArtCounter(Source())
    counter.want_art(b"digest", "TEA")
    counter.want_front("차-1")
    counter.want_front("GONE")
    told = []
    for _ in range(3):
        counter.turn()
        told.append((counter.take_art(9), counter.take_fronts(9)))
    near = [key for taken, _ in told for key, _ in taken]
    fronts = [(sku, pixels is None) for _, taken in told for sku, pixels in taken]
    assert near == [b"digest"]
    assert fronts == [("차-1", False), ("GONE", True)]


def test_a_frame_takes_in_a_few_and_gives_out_no_more_than_is_asked():
    counter = ArtCounter(Source(), pace=2)
    for number in range(7):
        counter.want_front(f"S{number}")
    assert counter.take_fronts(9) == []
    counter.turn()
    assert [sku for sku, _ in counter.take_fronts(1)] == ["S0"]
    assert [sku for sku, _ in counter.take_fronts(9)] == [
        f"S{n}" for n in range(1, 2 * TAKEN_A_FRAME)
    ]


def test_a_front_is_asked_for_by_its_product_and_not_by_its_art():
    source = Source()
    ArtCounter(source).want_front("TEA")
    assert source.asked == [(FRONT + b"TEA", "TEA")]
