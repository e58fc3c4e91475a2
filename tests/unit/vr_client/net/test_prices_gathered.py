"""Prices that come while others are being sent are sent as well, without anything after them."""

import asyncio
import time
from multiprocessing import Pipe

import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange
from vr_client.net.letter import unseal
from vr_client.net.worker import PRICES_GATHERED_MAX, PRICES_GATHERED_S, WorkerSettings, _Worker
from vr_client.state.events import PricesChanged


class SlowPipe:
    """A frame that takes its time to read."""

    def __init__(self):
        self.sent = []

    def send_bytes(self, data):
        time.sleep(0.05)
        self.sent.append(unseal(data))


@pytest.fixture
def slow(tmp_path):
    intents, theirs = Pipe()
    pipe = SlowPipe()
    settings = WorkerSettings("http://127.0.0.1:9", tmp_path / "token", tmp_path, "endcap-test")

    async def made():
        return _Worker(theirs, pipe, settings)

    yield made, pipe
    intents.close()
    theirs.close()


def price(sku, cents=1):
    return PricesChanged((PriceChange(sku, Money(cents, "USD"), 1),))


def test_none_waits_for_what_comes_after_it(slow):
    made, pipe = slow

    async def told():
        worker = await made()
        await worker._gather(price("A"))
        await asyncio.sleep(PRICES_GATHERED_S + 0.02)  # A is on its way now
        await worker._gather(price("B"))
        await asyncio.sleep(0.3)

    asyncio.run(told())
    assert [[change.sku for change in event.changes] for event in pipe.sent] == [["A"], ["B"]]


def test_more_than_are_gathered_hold_up_who_brings_them(slow):
    made, pipe = slow

    async def told():
        worker = await made()
        for number in range(2 * PRICES_GATHERED_MAX):
            await worker._gather(price(f"S{number}"))
        assert len(worker._prices) < PRICES_GATHERED_MAX
        await asyncio.sleep(0.3)

    asyncio.run(told())
    assert sum(len(event.changes) for event in pipe.sent) == 2 * PRICES_GATHERED_MAX
