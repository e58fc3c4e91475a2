"""An order: what was bought, for how much, and how far it has come."""

from typing import Literal

import msgspec

from catalog_sync.model.cart import CartLine
from catalog_sync.model.money import Money

OrderState = Literal["pending", "paid", "cancelled", "expired"]
"""pending: its checkout is open and its stock reserved; the other three are final."""


class Order(msgspec.Struct, frozen=True):
    """One checkout of one cart. `number` is the short code people read to each other."""

    id: str
    number: str
    state: OrderState
    lines: tuple[CartLine, ...]
    total: Money
