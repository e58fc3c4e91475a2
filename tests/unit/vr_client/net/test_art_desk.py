"""Pictures on request: what is on a panel comes before what is on shelves."""

import asyncio

import numpy as np

from store_scenes.models.mesh import ART_SIZE, PICTURE_SIZE
from vr_client.net.art_desk import FRONT, PLACES, ArtDesk, ArtDrawn, RingMade, WantArt, map_ring


def picture_of(sku, key):
    side = PICTURE_SIZE if key.startswith(FRONT) else ART_SIZE
    return lambda: np.full((side, side, 4), len(sku), np.uint8)


def answers(tmp_path, wants):
    told = []

    async def run():
        over = asyncio.Event()

        async def tell(event):
            told.append(event)
            if len(told) > len(wants):  # the ring's name comes first
                over.set()

        desk = ArtDesk("ring", [tmp_path], picture_of, tell)
        for want in wants:
            desk.ask(want)
        serving = asyncio.create_task(desk.run())
        await over.wait()
        serving.cancel()

    asyncio.run(run())
    return told


def test_a_panels_picture_is_drawn_before_those_of_shelves_that_were_asked_for_first(tmp_path):
    wants = [WantArt(b"near-%d" % number, "tea", number) for number in range(6)]
    wants += [WantArt(FRONT + b"coffee", "coffee", 6), WantArt(FRONT + b"milk", "milk", 7)]
    ring, *drawn = answers(tmp_path, wants)
    assert isinstance(ring, RingMade)
    assert [one.key for one in drawn[:2]] == [FRONT + b"coffee", FRONT + b"milk"]
    assert [one.key for one in drawn[2:]] == [want.key for want in wants[:6]]
    pictures = map_ring(ring.path)
    assert (pictures[6, :PICTURE_SIZE, :PICTURE_SIZE] == len("coffee")).all()
    assert (pictures[0] == len("tea")).all()


def test_a_place_that_the_ring_does_not_have_is_no_request(tmp_path):
    wants = [WantArt(b"near", "tea", 0)]
    told = answers(tmp_path, wants)
    assert [type(one) for one in told] == [RingMade, ArtDrawn]

    async def nobody(_event):
        raise AssertionError

    desk = ArtDesk("other", [tmp_path], picture_of, nobody)
    desk.ask(WantArt(b"near", "tea", PLACES))
    desk.ask(WantArt(b"near", "tea", -1))
    assert desk._asked.empty()
