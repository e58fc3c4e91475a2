import pytest

from server.fanout.contract import CatalogueMoved, ShopperMoved
from server.fanout.registry import FANOUTS


@pytest.fixture(params=sorted(FANOUTS))
def fanout(request):
    return FANOUTS[request.param]()


def test_every_subscriber_hears_every_notice_its_own_too(fanout):
    first, second = [], []
    fanout.subscribe(first.append)
    fanout.subscribe(second.append)
    notices = [CatalogueMoved(1), ShopperMoved("mia", "hub-1"), CatalogueMoved(2)]
    for notice in notices:
        fanout.publish(notice)
    assert first == second == notices


def test_who_left_hears_nothing_and_may_leave_twice(fanout):
    gone, here = [], []
    end = fanout.subscribe(gone.append)
    fanout.subscribe(here.append)
    end()
    end()
    fanout.publish(CatalogueMoved(1))
    assert (gone, here) == ([], [CatalogueMoved(1)])


def test_a_subscriber_may_leave_while_it_hears(fanout):
    heard = []
    ends = []

    def hear(notice):
        heard.append(notice)
        ends[0]()

    ends.append(fanout.subscribe(hear))
    fanout.publish(CatalogueMoved(1))
    fanout.publish(CatalogueMoved(2))
    assert heard == [CatalogueMoved(1)]
