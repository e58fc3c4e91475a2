"""Another layout while devices are connected, and what is told when it is broken."""

import asyncio
from functools import partial

import pytest
from msgspec.structs import replace

from catalog_sync.wire.codec import encode
from catalog_sync.wire.columns import decode_cold
from catalog_sync.wire.limits import (
    LAYOUT_PROBLEM_CHARS_MAX,
    PROTOCOL_VERSION,
)
from catalog_sync.wire.messages import (
    AddItem,
    Delta,
    Hello,
    Layout,
    LayoutProblem,
    Snapshot,
    Subscribe,
    Welcome,
)
from server.sync.live_catalogue import LiveCatalogue
from tests.unit.server.sync.hub_house import AISLES, Device, run_story, won


@pytest.fixture
def at_house(tmp_path):
    return partial(run_story, tmp_path)


def other_layout(house, aisles=AISLES):
    async def remade():
        catalogue = await house.storage.catalogue()
        return LiveCatalogue(replace(catalogue, epoch="epoch.2"), (), aisles, "KRW")

    return remade, lambda epoch, changed: encode(Layout("v2", b"other", epoch, changed))


def test_another_layout_reaches_those_inside_and_newcomers_and_no_delta_is_lost(at_house):
    async def story(house, hub):
        inside = await house.arrive(hub)
        await inside.op("a", AddItem("tea", 1))
        remade, message = other_layout(house, {"one": ("tea",), "two": ("soap", "tea")})
        assert await hub.relay(remade, message) == ("one",)
        assert await inside.heard(1) == [Layout("v2", b"other", "epoch.2", ("one",))]
        await house.storage.set_price("tea", won(1000))
        assert (await inside.hear(Delta)).offset == 2
        inside.say(Subscribe(("one",)))
        cold = await inside.hear(Snapshot)
        assert [p.sku for p in decode_cold(cold.body)] == ["tea"]
        newcomer = Device(hub)
        house.devices.append(newcomer)
        newcomer.say(Hello("", PROTOCOL_VERSION, "test"))
        welcome, _, layout = await newcomer.heard(3)
        assert (welcome.epoch, layout) == ("epoch.2", Layout("v2", b"other", "epoch.2"))
        back = Device(hub)
        house.devices.append(back)
        back.say(Hello(inside.welcome.token, PROTOCOL_VERSION, "test", "epoch.2", 1, 1))
        assert (await back.hear(Welcome)).resumed
        assert (await back.hear(Delta)).since == 1

    at_house(story)


def test_a_commit_that_was_read_before_it_was_told_is_told_to_all(at_house):
    async def story(house, hub):
        inside = await house.arrive(hub)
        remade, message = other_layout(house)
        reads = []

        async def ahead():
            live = await remade()
            reads.append(live.offset)
            if len(reads) == 1:  # as if news of commits were still on their way to the hub
                live.offset += 2  # one more than there will be, so that it cannot catch up here
            return live

        relaid = asyncio.ensure_future(hub.relay(ahead, message))
        await house.storage.set_price("tea", won(1000))
        assert await relaid == ()
        assert len(reads) >= 2
        assert (await inside.hear(Delta)).offset == 2
        assert hub.catalogue.offset == 2

    at_house(story)


def test_a_problem_is_told_once_to_those_inside_and_to_newcomers_until_it_is_mended(at_house):
    async def story(house, hub):
        inside = await house.arrive(hub)
        hub.tell_layout_problem("bay-1.toml,\n line 3: no")
        hub.tell_layout_problem("bay-1.toml, line 3: no")
        assert await inside.heard(1) == [LayoutProblem("bay-1.toml, line 3: no")]
        newcomer = Device(hub)
        house.devices.append(newcomer)
        newcomer.say(Hello("", PROTOCOL_VERSION, "test"))
        _, _, problem, layout = await newcomer.heard(4)
        assert (problem, layout.version) == (LayoutProblem("bay-1.toml, line 3: no"), "v")
        await hub.relay(*other_layout(house))
        assert [type(m) for m in await inside.heard(2)] == [LayoutProblem, Layout]
        hub.tell_layout_problem("x" * 5000)
        assert len((await inside.heard(1))[0].sentence) == LAYOUT_PROBLEM_CHARS_MAX

    at_house(story)
