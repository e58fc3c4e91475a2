"""What survives a crash, and the storage contract over it by the real rules of trade.

`plant` names one deliberate fault that the checks must find.
"""

from collections import Counter

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from catalog_sync.wire.messages import Ack, Delta
from server.commerce.books import Basket, Books, Holding
from server.commerce.rules import decide, pay
from server.storage.contract import Checkout, Committed, OpOutcome, ShopperView

AISLES = {f"aisle-{a}": tuple(f"sku-{a}-{n}" for n in range(5)) for a in range(3)}
SKUS = tuple(sku for skus in AISLES.values() for sku in skus)
UNITS = 60


def won(amount):
    return Money(amount, "KRW")


class Durable:
    """What is on the disk."""

    def __init__(self):
        self.epoch = "epoch-1"
        self.holdings = {sku: Holding(sku, won(1000), UNITS) for sku in SKUS}
        self.baskets = {}
        self.pending = {}
        self.settled = {}  # shopper -> the latest order that ended, and the cart's version then
        self.acks = {}  # (shopper, op id) -> ack
        self.applied = Counter()  # op id -> how often it took effect
        self.deltas = []

    @property
    def offset(self):
        return len(self.deltas)

    def books(self, shopper):
        ended = {self.settled[shopper][0].id} if shopper in self.settled else ()
        return Books(
            "KRW",
            self.baskets.get(shopper, Basket()),
            self.holdings,
            self.pending.get(shopper),
            frozenset(ended),
        )

    def cart(self, shopper):
        return self.books(shopper).cart()

    def product(self, sku):
        held = self.holdings[sku]
        size = (1.0, 2.0, 3.0)
        return Product(sku, {"en": sku}, "b", "c", "box", size, held.price, held.available)


class DiskStorage:
    """One life of the storage: after `dead` is set, whoever waits for it waits for ever."""

    def __init__(self, world, disk, plant=""):
        self._world, self._disk, self._plant = world, disk, plant
        self._listeners = []
        self._last_at = 0.0
        self.dead = False

    def listen(self, listener):
        self._listeners.append(listener)

    async def shopper(self, shopper_id):
        await self._turn()
        disk = self._disk
        order, version = disk.settled.get(shopper_id, (None, 0))
        pending = disk.pending.get(shopper_id)
        return ShopperView(
            disk.cart(shopper_id), pending and checkout_of(pending), order, version
        )  # fmt: skip

    async def deltas_after(self, offset, limit):
        await self._turn()
        return tuple(self._disk.deltas[offset : offset + limit])

    async def apply_op(self, shopper_id, op, seed, now_unix_s):
        stored = self._disk.acks.get((shopper_id, op.id))
        if self._plant == "acks before the commit" and stored is None:
            self._world.after(0.2, self._commit_late, shopper_id, op, seed, now_unix_s)
            return OpOutcome(Ack(op.id, True, 0), repeated=False)
        await self._turn()
        return self._apply(shopper_id, op, seed, now_unix_s)

    async def hand_off(self, shopper_id, handoff_sha256, now_unix_s):
        await self._turn()
        pending = self._disk.pending.get(shopper_id)
        if pending is None or pending.expires_unix_s <= now_unix_s:
            return None
        checkout = checkout_of(pending, handoff_sha256)
        self._tell(Committed(shopper_id, checkout=checkout))
        return checkout

    async def pay(self, shopper_id, now_unix_s):
        """The phone pays the shopper's open order, if there is one."""
        await self._turn()
        before = self._disk.books(shopper_id)
        if before.pending is not None:
            verdict = pay(before, before.pending.id, now_unix_s)
            self._tell(self._keep(shopper_id, before, verdict))

    async def set_price(self, sku, price):
        await self._turn()
        held = self._disk.holdings[sku]
        changed = Holding(sku, price, held.available, held.reserved, held.sold)
        self._disk.holdings = {**self._disk.holdings, sku: changed}
        self._tell(Committed(delta=self._delta([sku])))

    # ------------------------------------------------------------ inside
    async def _turn(self):
        """The writer's queue: first come, first served, and never after a crash."""
        self._last_at = max(self._last_at, self._world.now + self._world.dice.uniform(0.001, 0.01))
        done = self._world.create_future()
        self._world.after(self._last_at - self._world.now, self._my_turn, done)
        await done

    def _my_turn(self, done):
        if not self.dead and not done.done():
            done.set_result(None)

    def _commit_late(self, *op):
        if not self.dead:
            self._apply(*op)

    def _apply(self, shopper_id, op, seed, now_unix_s):
        disk = self._disk
        stored = disk.acks.get((shopper_id, op.id))
        if stored is not None:
            return OpOutcome(stored, repeated=True)
        before = disk.books(shopper_id)
        verdict = decide(before, op.action, seed.order_id, seed.number, now_unix_s)
        sku = getattr(op.action, "sku", "")
        basket = verdict.books.basket
        units = basket.quantity(sku) - before.basket.quantity(sku)
        ack = Ack(op.id, not verdict.refusal, basket.version, verdict.refusal, units)
        disk.acks[shopper_id, op.id] = ack
        disk.applied[op.id] += 1
        committed = self._keep(shopper_id, before, verdict, seed.handoff_sha256)
        self._tell(committed)
        return OpOutcome(ack, repeated=False, checkout=committed.checkout)

    def _keep(self, shopper_id, before, verdict, handoff_sha256=""):
        """The transaction, and the news it makes."""
        disk, after = self._disk, verdict.books
        disk.baskets[shopper_id] = after.basket
        disk.holdings = after.holdings
        disk.pending.pop(shopper_id, None)
        if after.pending is not None:
            disk.pending[shopper_id] = after.pending
        for order in verdict.orders:
            if order.state != "pending":
                disk.settled[shopper_id] = (order, after.basket.version)
        moved = [sku for sku in SKUS if after.holdings[sku] != before.holdings[sku]]
        opened = verdict.checkout
        return Committed(
            shopper_id,
            disk.cart(shopper_id) if after.basket != before.basket else None,
            verdict.orders,
            checkout_of(opened, handoff_sha256) if opened is not None else None,
            self._delta(moved) if moved else None,
        )

    def _delta(self, skus):
        disk = self._disk
        changes = tuple(
            PriceChange(sku, disk.holdings[sku].price, disk.holdings[sku].available) for sku in skus
        )
        disk.deltas.append(Delta(disk.offset + 1, changes))
        return disk.deltas[-1]

    def _tell(self, committed):
        for listener in self._listeners:
            listener(committed)


def checkout_of(order, handoff_sha256=""):
    return Checkout(order.id, order.total, order.expires_unix_s, order.id, handoff_sha256)
