"""What the sync worker writes to the frame's process, and how it is read there.

Both run the same code, and one started the other, so anything may be pickled. Products and prices
come by the thousand while somebody walks: those are MessagePack, which is read in a fraction of the
time.
"""

import pickle
from typing import TYPE_CHECKING, Any, Final

import msgspec

from catalog_sync.model.product import PriceChange, Product
from vr_client.state.events import NetEvent, PricesChanged, ProductsLoaded

if TYPE_CHECKING:
    from vr_client.net.art_desk import DeskEvent
    from vr_client.net.shared import StoredScene

PRODUCTS, PRICES = b"P", b"C"
"""No pickle of ours begins with these."""

_write: Final = msgspec.msgpack.Encoder().encode
_read_products: Final = msgspec.msgpack.Decoder(tuple[str, tuple[Product, ...]]).decode
_read_prices: Final = msgspec.msgpack.Decoder(tuple[PriceChange, ...]).decode


def seal(event: "NetEvent | StoredScene | DeskEvent") -> bytes:
    """`event` as one message."""
    if isinstance(event, ProductsLoaded):
        return PRODUCTS + _write((event.aisle, event.products))
    if isinstance(event, PricesChanged):
        return PRICES + _write(event.changes)
    return pickle.dumps(event, protocol=pickle.HIGHEST_PROTOCOL)


def weight(message: bytes) -> int:
    """How long it takes to read and take in, as in bytes of products: prices say more in fewer."""
    return len(message) * (2 if message[:1] == PRICES else 1)


def unseal(message: bytes) -> Any:
    """The event of a message of our own child's; nobody else may have written it."""
    kind = message[:1]
    if kind == PRODUCTS:
        aisle, products = _read_products(memoryview(message)[1:])
        return ProductsLoaded(aisle, products)
    if kind == PRICES:
        return PricesChanged(_read_prices(memoryview(message)[1:]))
    return pickle.loads(message)  # noqa: S301 - our own child wrote it
