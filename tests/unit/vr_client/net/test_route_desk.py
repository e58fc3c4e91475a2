"""Routes in a real store: everything on the list is walked to, and no order would be shorter."""

import asyncio
from itertools import pairwise, permutations

import numpy as np
import pytest

from tests.golden.small_scene import small_scene
from vr_client.interact.picking import PickIndex
from vr_client.interact.walk import obstacles
from vr_client.net.route_desk import RouteDesk
from vr_client.state.events import PlanRoute


async def hear(_answer):
    raise AssertionError("nobody asked")


@pytest.fixture
def desk():
    scene = small_scene()
    return RouteDesk(lambda: scene, hear), scene


def test_each_product_is_walked_to_or_missed(desk):
    routes, scene = desk
    answer = routes.answer(PlanRoute((*scene.skus, "nowhere"), (0.0, 1.0)), scene)
    assert sorted((*answer.skus, *answer.missed)) == sorted((*scene.skus, "nowhere"))
    assert "nowhere" in answer.missed
    assert answer.skus
    assert answer.path[0] == (0.0, 1.0)
    lengths = [np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(answer.path)]
    assert sum(lengths) == pytest.approx(answer.length_m, abs=0.5 * len(answer.skus) + 0.5)


def test_the_order_is_the_shortest_there_is(desk):
    routes, scene = desk
    start = (0.0, 1.0)
    planned = routes.answer(PlanRoute(scene.skus, start), scene)
    known = routes._known

    def walked(order):
        spots = [start, *(known.stop(sku) for sku in order)]
        legs = []
        for one, other in pairwise(spots):
            far, _ = known.ground.reach(known.ground.cell(one))
            row, column = known.ground.cell(other)
            legs.append(far[row * known.ground.free.shape[1] + column])
        return sum(legs)

    every = [walked(order) for order in permutations(planned.skus)]
    assert planned.length_m <= min(every) * 1.001 + 1e-6


def test_stops_are_where_one_can_stand(desk):
    routes, scene = desk
    routes.answer(PlanRoute(scene.skus, (0.0, 1.0)), scene)
    footprints = obstacles(PickIndex(scene).solids)
    stops = [spot for spot in routes._known.stops.values() if spot is not None]
    assert len(stops) > 1
    for spot in stops:
        inside = (footprints[:, 0] < spot) & (spot < footprints[:, 1])
        assert not inside.all(axis=1).any()


def test_only_the_newest_question_is_answered():
    scene, heard = small_scene(), []

    async def ask():
        answered = asyncio.Event()

        async def hear(answer):
            heard.append(answer)
            answered.set()

        desk = RouteDesk(lambda: scene, hear)
        task = asyncio.create_task(desk.run())
        desk.ask(PlanRoute(scene.skus[:1], (0.0, 1.0)))
        desk.ask(PlanRoute(scene.skus[:2], (0.0, 1.0)))
        await answered.wait()
        await asyncio.sleep(0.05)
        task.cancel()

    asyncio.run(asyncio.wait_for(ask(), 30.0))
    assert [set(answer.skus) | set(answer.missed) for answer in heard] == [set(scene.skus[:2])]


def test_without_a_store_nothing_is_answered():
    async def ask():
        desk = RouteDesk(lambda: None, hear)
        task = asyncio.create_task(desk.run())
        desk.ask(PlanRoute(("A",), (0.0, 0.0)))
        await asyncio.sleep(0.05)
        assert not task.done()
        task.cancel()

    asyncio.run(ask())
