"""A shop in memory by the real rules of trade: what is durable survives a crash, the rest does not.

`plant` names one deliberate fault that the checks must find.
"""

from collections import Counter

from simulated_network import Link

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.codec import decode_client, encode
from catalog_sync.wire.columns import encode_cold, encode_hot
from catalog_sync.wire.messages import (
    Ack,
    CartState,
    CheckoutReady,
    Delta,
    Hello,
    Op,
    OrderChanged,
    Snapshot,
    Subscribe,
    Welcome,
)
from server.commerce.books import Basket, Books, Holding
from server.commerce.rules import decide, pay

HISTORY_MAX = 60
AISLES = {f"aisle-{a}": tuple(f"sku-{a}-{n}" for n in range(5)) for a in range(3)}
SKUS = tuple(sku for skus in AISLES.values() for sku in skus)


def won(amount):
    return Money(amount, "KRW")


class Durable:
    """What is on the disk."""

    def __init__(self):
        self.epoch = "epoch-1"
        self.holdings = {sku: Holding(sku, won(1000), 60) for sku in SKUS}
        self.baskets = {}
        self.pending = {}
        self.settled = {}
        self.acks = {}  # (shopper, op id) -> ack
        self.applied = Counter()  # op id -> how often it took effect
        self.deltas = []

    @property
    def offset(self):
        return self.deltas[-1].offset if self.deltas else 0

    def books(self, shopper):
        return Books(
            "KRW",
            self.baskets.get(shopper, Basket()),
            self.holdings,
            self.pending.get(shopper),
            frozenset({self.settled[shopper].id} if shopper in self.settled else ()),
        )

    def cart(self, shopper):
        return self.books(shopper).cart()

    def product(self, sku):
        held = self.holdings[sku]
        return Product(
            sku, {"en": sku}, "b", "c", "box", (1.0, 2.0, 3.0), held.price, held.available
        )  # fmt: skip


class SimulatedShop:
    """The server's end of every link. All of its state but `disk` dies in `crash`."""

    def __init__(self, world, plant=""):
        self.world = world
        self.disk = Durable()
        self.up = True
        self.loses_deltas = True
        self._plant = plant
        self._life = 0
        self._guests = {}  # link -> shopper
        self._told = {}  # link -> offset of the last delta sent to it

    # ------------------------------------------------------------ faults
    def crash(self):
        self.up = False
        self._life += 1
        for link in list(self._guests):
            link.leave("server")
        self._guests.clear()
        self._told.clear()
        if self._plant == "forgets op ids":
            self.disk.acks.clear()

    def restart(self):
        self.up = True

    # ------------------------------------------------------------ links
    def accept(self, client):
        return Link(self.world, client, self)

    def lost(self, link, *_):
        self._guests.pop(link, None)
        self._told.pop(link, None)

    def receive(self, link, data):
        if not self.up:
            return
        match decode_client(data):
            case Hello() as hello:
                self._welcome(link, hello)
            case Subscribe(aisles=aisles):
                for aisle in aisles:
                    products = [self.disk.product(sku) for sku in AISLES[aisle]]
                    offset = self.disk.offset
                    self._send(link, Snapshot(aisle, offset, "cold", encode_cold(products)))
                    self._send(link, Snapshot(aisle, offset, "hot", encode_hot(products, "KRW")))
            case Op() as op:
                self._later(self._take_op, link, self._guests[link], op)

    def _welcome(self, link, hello):
        disk, shopper = self.disk, hello.token
        oldest = disk.deltas[0].since if disk.deltas else 0
        resumed = hello.epoch == disk.epoch and oldest <= hello.offset <= disk.offset
        offset = disk.offset
        self._guests[link] = shopper
        self._send(link, Welcome(shopper, disk.epoch, offset, resumed, "S", "KRW", "ko_KR"))
        if resumed:
            for delta in disk.deltas:
                if delta.offset > hello.offset:
                    self._send(link, delta)
        self._told[link] = offset
        self._send(link, CartState(disk.cart(shopper)))
        if shopper in disk.settled:
            self._send(link, OrderChanged(disk.settled[shopper]))
        if shopper in disk.pending:
            self._send(link, self._checkout(shopper))

    # ------------------------------------------------------------ trade
    def _take_op(self, link, shopper, op):
        """In the writer: decide, commit, and only then tell."""
        disk = self.disk
        if self._plant == "acks before the commit" and (shopper, op.id) not in disk.acks:
            self._send(link, Ack(op.id, True, 0))
            self.world.after(0.2, self._if_alive, self._life, self._commit, link, shopper, op)
            return
        self._commit(link, shopper, op)

    def _commit(self, link, shopper, op):
        disk = self.disk
        before = disk.books(shopper)
        known = disk.acks.get((shopper, op.id))
        if known is not None:
            self._later(self._send, link, known)
            return
        verdict = decide(
            before, op.action, f"order-{op.id}", op.id[:8], int(self.world.now)
        )  # fmt: skip
        ack = Ack(op.id, not verdict.refusal, verdict.books.basket.version, verdict.refusal)
        disk.acks[shopper, op.id] = ack
        disk.applied[op.id] += 1
        self._keep(shopper, before, verdict)
        if verdict.checkout is not None and verdict.checkout == before.pending:
            self._later(self._to_all, shopper, self._checkout(shopper))
        self._later(self._send, link, ack)

    def pay(self, shopper):
        """The phone: pays the open order, if there is one."""
        before = self.disk.books(shopper)
        if self.up and before.pending is not None:
            self._keep(shopper, before, pay(before, before.pending.id, int(self.world.now)))

    def reprice(self, sku, amount):
        if self.up:
            held = self.disk.holdings[sku]
            changed = Holding(sku, won(amount), held.available, held.reserved, held.sold)
            self.disk.holdings = {**self.disk.holdings, sku: changed}
            self._move([sku])
            for shopper in self.disk.baskets:  # worth something else now, same version
                self._later(self._to_all_cart, shopper)

    def _to_all_cart(self, shopper):
        self._to_all(shopper, CartState(self.disk.cart(shopper)))

    def _keep(self, shopper, before, verdict):
        """The transaction, and the news it makes."""
        disk, after = self.disk, verdict.books
        disk.baskets[shopper] = after.basket
        disk.holdings = after.holdings
        disk.pending.pop(shopper, None)
        if after.pending is not None:
            disk.pending[shopper] = after.pending
        moved = [s for s in SKUS if after.holdings[s] != before.holdings[s]]
        if moved:
            self._move(moved)
        if after.basket != before.basket:
            self._later(self._to_all_cart, shopper)
        for order in verdict.orders:
            if order.state != "pending":
                disk.settled[shopper] = order
            self._later(self._to_all, shopper, OrderChanged(order))
        if after.pending is not None and after.pending != before.pending:
            self._later(self._to_all, shopper, self._checkout(shopper))

    def _move(self, skus):
        disk = self.disk
        offset = disk.offset + 1
        changes = tuple(
            PriceChange(sku, disk.holdings[sku].price, disk.holdings[sku].available) for sku in skus
        )
        disk.deltas = [*disk.deltas, Delta(offset, changes, offset - 1)][-HISTORY_MAX:]
        self._later(self._tell_delta, disk.deltas[-1])

    def _tell_delta(self, delta):
        for link, told in list(self._told.items()):
            if delta.offset <= told:
                continue
            dice = self.world.dice.random()
            if self._plant == "hides a delta" and dice < 0.05:
                continue
            if dice < 0.01 and self.loses_deltas:
                continue  # lost on the way to this device: the next one says so
            since = told if self._plant == "hides a delta" else delta.since
            self._send(link, Delta(delta.offset, delta.changes, since))
            self._told[link] = delta.offset

    def _checkout(self, shopper):
        order = self.disk.pending[shopper]
        return CheckoutReady(order.id, f"http://x/pay/{order.id}", order.total, 9)

    # ------------------------------------------------------------ telling
    def _to_all(self, shopper, message):
        for link, guest in list(self._guests.items()):
            if guest == shopper:
                self._send(link, message)

    def _send(self, link, message):
        if link in self._guests:
            link.send("client", encode(message))

    def _later(self, call, *arguments):
        """In order, a moment later, and never after a crash."""
        self.world.after(0.002, self._if_alive, self._life, call, *arguments)

    def _if_alive(self, life, call, *arguments):
        if life == self._life:
            call(*arguments)
