"""The token bucket and the outbox by themselves."""

import pytest

from catalog_sync.session.outbox import Outbox
from catalog_sync.session.pace import Pace
from catalog_sync.wire.limits import OPS_IN_FLIGHT_MAX, OUTBOX_OPS_MAX
from catalog_sync.wire.messages import AddItem, Op


def op(op_id):
    return Op(op_id, AddItem("tea", 1))


def test_a_burst_then_the_rate():
    pace = Pace(rate=2.0, burst=3)
    assert [pace.take(10.0) for _ in range(4)] == [True, True, True, False]
    assert pace.ready_at(10.0) == 10.5
    assert [pace.take(10.5), pace.take(10.5)] == [True, False]


def test_waiting_long_saves_up_no_more_than_a_burst():
    pace = Pace(rate=2.0, burst=3)
    assert pace.take(0.0)
    assert [pace.take(1000.0) for _ in range(4)] == [True, True, True, False]


def test_a_clock_that_steps_back_gives_nothing():
    pace = Pace(rate=1.0, burst=1)
    assert pace.take(100.0)
    assert not pace.take(50.0)
    assert pace.ready_at(50.0) == 51.0


def test_ops_keep_their_order_and_leave_when_settled():
    box = Outbox([op("a"), op("b")])
    assert box.add(op("c"))
    assert (list(box), box.revision) == ([op("a"), op("b"), op("c")], 3)
    assert box.settle("b")
    assert not box.settle("b")
    assert (list(box), box.revision) == ([op("a"), op("c")], 4)


def test_sent_ops_are_not_sent_again_until_rewound():
    box = Outbox([op("a"), op("b")])
    box.mark_sent(box.next_to_send())
    assert (box.next_to_send(), box.in_flight) == (op("b"), 1)
    box.rewind()
    assert (box.next_to_send(), box.in_flight) == (op("a"), 0)


def test_in_flight_is_bounded():
    box = Outbox(op(f"i{n}") for n in range(OPS_IN_FLIGHT_MAX + 1))
    for _ in range(OPS_IN_FLIGHT_MAX):
        box.mark_sent(box.next_to_send())
    assert box.next_to_send() is None
    box.settle("i0")
    assert box.next_to_send() == op(f"i{OPS_IN_FLIGHT_MAX}")


def test_a_full_outbox_takes_no_more_but_knows_what_it_has():
    box = Outbox(op(f"i{n}") for n in range(OUTBOX_OPS_MAX))
    assert not box.add(op("more"))
    assert box.add(op("i3"))
    assert len(box) == OUTBOX_OPS_MAX


@pytest.mark.parametrize("op_id", ["", "x" * 65])
def test_an_id_that_no_server_would_take_is_refused_at_once(op_id):
    with pytest.raises(ValueError, match="characters"):
        Outbox().add(op(op_id))
