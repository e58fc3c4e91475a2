"""Many devices, one shop, every fault: then the faults stop, and all must agree on everything.

A failure prints its seed; the seed alone repeats it.
"""

import pytest
from simulated_client import SimulatedClient
from simulated_disk import SKUS, UNITS
from simulated_network import World
from simulated_shop import SimulatedShop

SHOPPERS = 4
DEVICES = 2
TROUBLE_S = 60.0
CALM_S = 120.0
SEEDS = range(30)


class Trip:
    """One run: trouble, calm, and what is wrong in the end."""

    def __init__(self, seed, plant=""):
        self.seed = seed
        self.world = World(seed)
        self.shop = SimulatedShop(self.world, plant)
        self.clients = [
            SimulatedClient(self.world, self.shop, f"s{s}d{d}", f"shopper-{s}", plant)
            for s in range(SHOPPERS)
            for d in range(DEVICES)
        ]
        self.faults = 0

    def run(self):
        for client in self.clients:
            self.world.after(self.world.dice.uniform(0.0, 1.0), self._shop_on, client)
        self.world.after(1.0, self._trouble)
        self.world.run_until(TROUBLE_S)
        # A lost delta shows at the next one, so there must be a next one.
        self.world.after(CALM_S / 2, self.shop.reprice, SKUS[0], 1)
        self.world.run_until(TROUBLE_S + CALM_S)
        self.found = self.wrongs()
        self.world.end_tasks()
        self.world.run_until(TROUBLE_S + CALM_S + 1.0)
        return self

    def _shop_on(self, client):
        if self.world.now < TROUBLE_S:
            client.act()
            self.world.after(self.world.dice.uniform(0.05, 1.5), self._shop_on, client)

    def _trouble(self):
        if self.world.now >= TROUBLE_S:
            self.shop.trouble = False
            return
        dice = self.world.dice
        self.faults += 1
        client = dice.choice(self.clients)
        match dice.choice(["cut", "cut", "stall", "half", "crash", "kill", "reprice", "pay"]):
            case "cut" if client.link:
                client.link.cut()
            case "stall" if client.link:
                client.link.stall(dice.choice(["client", "server"]), dice.uniform(0.5, 8.0))
            case "half" if client.link:
                client.link.half_close(dice.choice(["client", "server"]))
            case "crash" if self.shop.up:
                self.shop.crash()
                self.world.after(dice.uniform(0.1, 3.0), self.shop.restart)
            case "kill" if client.session:
                client.kill()
                self.world.after(dice.uniform(0.1, 2.0), client.start)
            case "reprice":
                self.shop.reprice(dice.choice(SKUS), dice.randrange(100, 9000))
            case "pay":
                self.shop.pay(f"shopper-{dice.randrange(SHOPPERS)}")
        self.world.after(dice.uniform(0.1, 1.5), self._trouble)

    def wrongs(self):
        """Every broken promise, in words."""
        disk, wrongs = self.shop.disk, [repr(failure) for failure in self.world.failures]
        for client in self.clients:
            name, state = client.name, client.state
            shopper = client.shopper
            if len(client.session.outbox):
                wrongs.append(f"{name}: {len(client.session.outbox)} ops were never answered")
            if not state.connected:
                wrongs.append(f"{name} is not connected")
            if state.cart != disk.cart(shopper):
                wrongs.append(f"{name} shows {state.cart}, held is {disk.cart(shopper)}")
            if dict(state.products) != {sku: disk.product(sku) for sku in SKUS}:
                wrongs.append(f"{name} shows other prices or stock than the shop's")
            if state.pending:
                wrongs.append(f"{name} waits for {[intent.id for intent in state.pending]}")
            open_order = disk.pending.get(shopper)
            if (state.checkout and state.checkout.order_id) != (open_order and open_order.id):
                wrongs.append(f"{name} shows checkout {state.checkout}, open is {open_order}")
            wrongs += [
                f"{op_id} took effect {disk.applied[op_id]} times"
                for op_id in client.submitted
                if disk.applied[op_id] != 1
            ]
            for op_id, told in client.settled.items():
                ack = disk.acks.get((shopper, op_id))
                if ack is None or told != (ack.ok, ack.reason):
                    wrongs.append(f"{op_id} was told {told}, kept is {ack}")
        for sku, held in disk.holdings.items():
            if held.available + held.reserved + held.sold != UNITS or held.available < 0:
                wrongs.append(f"{sku}: units came or went: {held}")
        return wrongs


@pytest.mark.parametrize("seed", SEEDS)
def test_all_agree_when_the_faults_stop(seed):
    trip = Trip(seed).run()
    assert not trip.found, f"seed {seed}:\n" + "\n".join(trip.found)
    # A run in which nothing happened would prove nothing.
    assert trip.faults > 40
    assert sum(len(client.submitted) for client in trip.clients) > 300
    assert trip.shop.disk.offset > 20


def test_a_seed_repeats_itself():
    one, other = Trip(3).run(), Trip(3).run()
    assert one.shop.disk.acks == other.shop.disk.acks
    # Order ids and hand-off tokens are the hub's own and truly random.
    for mine, theirs in zip(one.clients, other.clients, strict=True):
        assert (mine.state.cart, mine.settled) == (theirs.state.cart, theirs.settled)
        assert dict(mine.state.products) == dict(theirs.state.products)


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        ("forgets op ids", "took effect 2 times"),
        ("acks before the commit", "took effect 0 times"),
        ("hides a delta", "other prices or stock"),
        ("forgets its outbox", "took effect 0 times"),
    ],
)
def test_a_planted_fault_is_found(plant, found):
    for seed in SEEDS:
        if any(found in wrong for wrong in Trip(seed, plant).run().found):
            return
    pytest.fail(f"no seed of {SEEDS} found the server that {plant}")
