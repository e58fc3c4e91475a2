"""Between the wire's words and the client state's: intents to ops, session events to net events."""

from collections.abc import Iterator
from typing import assert_never

from catalog_sync.session.events import (
    AisleArrived,
    CartArrived,
    CheckoutArrived,
    ConnectionLost,
    LayoutArrived,
    LayoutProblemArrived,
    OpSettled,
    OrderArrived,
    PricesMoved,
    SessionEvent,
    Welcomed,
)
from catalog_sync.wire.messages import (
    AddItem,
    BeginCheckout,
    CancelCheckout,
    CloseCode,
    Op,
    SetQuantity,
)
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    CartChanged,
    ChangeQuantity,
    CheckoutOpened,
    Connected,
    Disconnected,
    Intent,
    IntentDone,
    LayoutProblem,
    NetEvent,
    OpenCheckout,
    OrderMoved,
    PricesChanged,
    ProductsLoaded,
)

PRODUCTS_PER_EVENT = 24
"""About 8 kB: to take in more than twice that holds a frame up, and each event costs by itself."""


def op_of(intent: Intent) -> Op:
    """The op that carries `intent`; its id is the intent's."""
    match intent:
        case AddToCart(id=op_id, sku=sku, quantity=quantity):
            return Op(op_id, AddItem(sku, quantity))
        case ChangeQuantity(id=op_id, sku=sku, quantity=quantity):
            return Op(op_id, SetQuantity(sku, quantity))
        case OpenCheckout(id=op_id, cart_version=cart_version):
            return Op(op_id, BeginCheckout(cart_version))
        case AbandonCheckout(id=op_id, order_id=order_id):
            return Op(op_id, CancelCheckout(order_id))
        case _:
            assert_never(intent)


def net_events(event: SessionEvent) -> Iterator[NetEvent]:
    """What the client state is told of `event`, in pieces that the frame can read quickly."""
    match event:
        case Welcomed(store=store, currency=currency, locale=locale, resumed=resumed):
            yield Connected(store, currency, locale, resumed)
        case LayoutArrived():
            return  # the worker compiles it; the frame gets the scene
        case LayoutProblemArrived(sentence=sentence):
            yield LayoutProblem(sentence)
        case AisleArrived(aisle=aisle, products=products):
            for first in range(0, len(products), PRODUCTS_PER_EVENT):
                yield ProductsLoaded(aisle, products[first : first + PRODUCTS_PER_EVENT])
        case PricesMoved(changes=changes):
            for first in range(0, len(changes), PRODUCTS_PER_EVENT):
                yield PricesChanged(changes[first : first + PRODUCTS_PER_EVENT])
        case OpSettled(id=op_id, ok=ok, reason=reason, units=units):
            yield IntentDone(op_id, ok, reason, units)
        case CartArrived(cart=cart):
            yield CartChanged(cart)
        case CheckoutArrived(ready=ready):
            yield CheckoutOpened(ready.order_id, ready.url, ready.total, ready.expires_unix_s)
        case OrderArrived(order=order):
            yield OrderMoved(order)
        case ConnectionLost():
            yield Disconnected(_sentence(event), event.wait_s)
        case _:
            assert_never(event)


def _sentence(event: ConnectionLost) -> str:
    """What a person reads, and what they can do when the worker will not come back by itself."""
    match event.close_code:
        case CloseCode.BAD_TOKEN:
            return f"The shop takes no new shopper ({event.reason}): tell its operator."
        case CloseCode.PROTOCOL_TOO_OLD:
            return "This client is too old for the shop: update Endcap."
        case CloseCode.BAD_MESSAGE:
            return f"The shop refused what this client sent ({event.reason}): update Endcap."
        case _:
            return event.reason
