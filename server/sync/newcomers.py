"""How many shoppers one address may become: each is a row that stays, so nobody makes a million."""

import ipaddress
from collections import OrderedDict
from collections.abc import Iterable

from catalog_sync.session.pace import Pace
from catalog_sync.wire.limits import (
    ADDRESSES_REMEMBERED_MAX,
    NEW_SHOPPERS_BURST_OF_ADDRESS,
    NEW_SHOPPERS_PER_SECOND_OF_ADDRESS,
)

THIS_MACHINE = ""
IPV6_PREFIX_BITS = 64  # what one customer is given: its addresses are one


class Newcomers:
    """A token bucket for each address that was here lately. Times are seconds, monotonic."""

    def __init__(self) -> None:
        self._paces: OrderedDict[str, Pace] = OrderedDict()

    def admit(self, address: str, now: float) -> bool:
        """Whether one more new shopper may come from `address` (see `address_of`)."""
        if address == THIS_MACHINE:
            return True
        pace = self._paces.pop(address, None)
        if pace is None:
            pace = Pace(NEW_SHOPPERS_PER_SECOND_OF_ADDRESS, NEW_SHOPPERS_BURST_OF_ADDRESS)
        self._paces[address] = pace
        if len(self._paces) > ADDRESSES_REMEMBERED_MAX:
            self._paces.popitem(last=False)
        return pace.take(now)


def address_of(peer: str, forwarded_for: Iterable[str]) -> str:
    """Who is behind a connection from `peer`, an IP address; `THIS_MACHINE` for our own programs.

    A TLS proxy stands on this machine, too, and adds the address it saw to `X-Forwarded-For`, whose
    values are `forwarded_for`: its word is the last one. From elsewhere the header says nothing.
    """
    address = _parsed(peer)
    if address is None or not address.is_loopback:
        return _counted(address, peer)
    said = [part.strip() for value in forwarded_for for part in value.split(",") if part.strip()]
    return _counted(_parsed(said[-1]), said[-1]) if said else THIS_MACHINE


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _counted(address: ipaddress.IPv4Address | ipaddress.IPv6Address | None, text: str) -> str:
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, IPV6_PREFIX_BITS), strict=False))
    return str(address) if address is not None else f"unknown {text[:64]}"
