"""New shoppers are counted by where they come from, also behind a proxy on this machine."""

import pytest

from catalog_sync.wire.limits import (
    ADDRESSES_REMEMBERED_MAX,
    NEW_SHOPPERS_BURST_OF_ADDRESS,
    NEW_SHOPPERS_PER_SECOND_OF_ADDRESS,
)
from server.sync.newcomers import THIS_MACHINE, Newcomers, address_of


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        ("127.0.0.1", (), THIS_MACHINE),
        ("::1", (), THIS_MACHINE),
        ("::ffff:127.0.0.1", (), THIS_MACHINE),
        ("127.0.0.1", ("", " ,"), THIS_MACHINE),
        ("192.0.2.7", (), "192.0.2.7"),
        ("192.0.2.7", ("127.0.0.1",), "192.0.2.7"),
        ("::ffff:192.0.2.7", (), "192.0.2.7"),
        ("127.0.0.1", ("203.0.113.9, 192.0.2.7",), "192.0.2.7"),
        ("127.0.0.1", ("203.0.113.9", "192.0.2.7"), "192.0.2.7"),
        ("127.0.0.1", ("127.0.0.1",), "127.0.0.1"),
        ("127.0.0.1", ("2001:db8:1:2:3:4:5:6",), "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", (), "2001:db8:1:2::/64"),
        ("fe80::1%eth0", (), "fe80::/64"),
        ("127.0.0.1", ("no address",), "unknown no address"),
    ],
)
def test_the_address_is_the_one_that_the_nearest_proxy_saw(peer, forwarded_for, address):
    assert address_of(peer, forwarded_for) == address


def test_a_burst_then_one_at_a_time():
    newcomers = Newcomers()
    admitted = [newcomers.admit("192.0.2.1", 5.0) for _ in range(NEW_SHOPPERS_BURST_OF_ADDRESS + 1)]
    assert admitted == [True] * NEW_SHOPPERS_BURST_OF_ADDRESS + [False]
    assert newcomers.admit("192.0.2.2", 5.0)
    later = 5.0 + 1 / NEW_SHOPPERS_PER_SECOND_OF_ADDRESS
    assert [newcomers.admit("192.0.2.1", later) for _ in range(2)] == [True, False]


def test_programs_of_this_machine_are_not_counted():
    newcomers = Newcomers()
    assert all(newcomers.admit(THIS_MACHINE, 0.0) for _ in range(3 * NEW_SHOPPERS_BURST_OF_ADDRESS))


def test_no_more_addresses_are_remembered_than_agreed():
    newcomers = Newcomers()
    for number in range(ADDRESSES_REMEMBERED_MAX + 5):
        newcomers.admit(str(number), 0.0)
    assert len(newcomers._paces) == ADDRESSES_REMEMBERED_MAX
    assert next(iter(newcomers._paces)) == "5"  # the one unheard of for longest goes first
