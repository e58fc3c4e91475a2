"""A shopper's device: the real session, the real translation and reduce, a disk that survives."""

from simulated_disk import AISLES, SKUS

from catalog_sync.session.client import ClientSession, Phase
from catalog_sync.session.events import ConnectionLost, OpSettled
from vr_client.net.translate import net_events, op_of
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    ChangeQuantity,
    IntentSent,
    OpenCheckout,
)
from vr_client.state.reduce import reduce


class SimulatedClient:
    """One device of `shopper`. `submitted` and `settled` are its history, over all its lives."""

    def __init__(self, world, shop, name, shopper, plant=""):
        self.world, self.shop, self.name, self.shopper = world, shop, name, shopper
        self.submitted = []
        self.settled = {}
        self._plant = plant
        self._disk = (shop.token(shopper), ())
        self._count = 0
        self._life = 0
        self.start()

    # ------------------------------------------------------------ life
    def start(self):
        token, ops = self._disk
        self._life += 1
        self.link = None
        self.state = ClientState()
        self.session = ClientSession(client=self.name, token=token, outbox=ops)
        self.session.subscribe(AISLES)
        self._connect(self._life)

    def kill(self):
        """As by `kill -9`: only the disk is left."""
        self._life += 1
        if self.link is not None:
            self.link.leave("client")
            self.link = None
        if self._plant == "forgets its outbox":
            self._disk = (self._disk[0], ())
        self.session = None

    def act(self):
        """Something a shopper does."""
        if self.session is None:
            return
        self._count += 1
        op_id, dice, sku = f"{self.name}-{self._count}", self.world.dice, None
        sku = dice.choice(SKUS)
        roll = dice.random()
        if roll < 0.6:
            intent = AddToCart(op_id, sku, dice.choice((1, 1, 2, 3, -1)))
        elif roll < 0.8:
            intent = ChangeQuantity(op_id, sku, dice.randrange(4))
        elif roll < 0.95 or self.state.checkout is None:
            intent = OpenCheckout(op_id, self.state.cart.version)
        else:
            intent = AbandonCheckout(op_id, self.state.checkout.order_id)
        self.submitted.append(op_id)
        self.state = reduce(self.state, IntentSent(intent))
        self.session.submit(op_of(intent), self.world.now)
        self._pump()

    # ------------------------------------------------------------ what the network does
    def receive(self, link, data):
        if link is self.link:
            self.session.receive(data, self.world.now)
            self._pump()

    def lost(self, link, code, reason):
        if link is self.link:
            self.link = None
            self.session.lost(self.world.now, code, reason, self.world.dice.random())
            self._pump()

    # ------------------------------------------------------------ inside
    def _connect(self, life):
        if life != self._life or self.link is not None:
            return
        if self.shop.up:
            self.link = self.shop.accept(self)
            self.session.connected(self.world.now)
        else:
            self.session.lost(self.world.now, None, "refused", self.world.dice.random())
        self._pump()

    def _tick(self, life):
        if life == self._life:
            self.session.tick(self.world.now)
            self._pump()

    def _pump(self):
        """The driver's order: keep, tell, send."""
        self._disk = (self.session.token, tuple(self.session.outbox))
        for event in self.session.take_events():
            if isinstance(event, OpSettled):
                self.settled[event.id] = (event.ok, event.reason)
            if isinstance(event, ConnectionLost):
                assert event.wait_s is not None, event
                self.world.after(event.wait_s, self._connect, self._life)
            for told in net_events(event):
                self.state = reduce(self.state, told)
        for data in self.session.take_outgoing():
            if self.link is not None:
                self.link.send("server", data)
        if self.session.hang_up and self.link is not None:
            link, self.link = self.link, None
            link.leave("client")
            self.session.lost(self.world.now, None, "", self.world.dice.random())
            self._pump()
            return
        due = self.session.next_wake(self.world.now)
        if due is not None and self.session.phase is not Phase.OFFLINE:
            self.world.after(max(0.0, due - self.world.now), self._tick, self._life)
