"""What a food's label says, on its whole way: a feed, the catalogue, the server, a client's card.

And an undo through a real server, while another device of the same shopper is at it.
"""

import subprocess

from conftest import endcap

from catalog_sync.model.facts import Facts, Nutrition
from catalog_sync.session.client import ClientSession
from catalog_sync.session.events import AisleArrived
from catalog_sync.wire.messages import Ack, AddItem, CartState
from vr_client.net.translate import net_events
from vr_client.state.client_state import ClientState
from vr_client.state.reduce import reduce

FEED = (
    "code\tproduct_name\tgeneric_name\tlang\tcategories_tags\tenergy-kcal_100g\tsugars_100g\t"
    "salt_100g\tallergens_tags\ttraces_tags\tcountries\n"
    "3017620422003\tGranola\tAvoine et miel\tfr\ten:granolas\t412\t14.2\t0.45\t"
    "en:nuts,en:gluten\ten:sesame-seeds\tFrance\n"
    "3274080005003\tSel\t\tfr\ten:salts\t\t\t\t\t\tFrance\n"
)
TOLD = Facts(
    Nutrition(energy_kcal=412.0, sugars_g=14.2, salt_g=0.45),
    ("gluten", "nuts"),
    ("sesame",),
    {"fr": "Avoine et miel"},
)
BAY = 'name = "bay"\nwidth_mm = 1200\n[[shelves]]\nheight_mm = 500\npositions = [{positions}]\n'


def stock(store, *skus):
    positions = ", ".join(f'{{ sku = "{sku}" }}' for sku in skus)
    for name in ("bay-1", "bay-2"):
        text = BAY.format(positions=positions)
        (store / "planograms" / f"{name}.toml").write_text(text, encoding="utf-8")


def imported(store, feed):
    prices = store.parent / "prices.csv"
    prices.write_text("sku,price\n3017620422003,1500\n3274080005003,700\n", encoding="utf-8")
    done = subprocess.run(
        [endcap(), "catalog", "import", str(feed), "--out", str(store / "catalog.csv"),
         "--currency", "KRW", "--prices", str(prices)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def shopping(server, aisles):
    """A client's state once all aisles are there: its own session over a real connection."""
    session, state, waiting = ClientSession(client="test"), ClientState(), set(aisles)
    with server.live() as socket:
        session.connected(0.0)
        session.subscribe(aisles)
        while waiting:
            for data in session.take_outgoing():
                socket.send(data)
            session.receive(socket.recv(10), 0.0)
            assert session.hang_up == ""
            for event in session.take_events():
                waiting -= {event.aisle} if isinstance(event, AisleArrived) else set()
                for told in net_events(event):
                    state = reduce(state, told)
    return state


def test_a_label_comes_from_the_feed_to_the_client_whole(tiny_store, serve, tmp_path):
    feed = tmp_path / "export.tsv"
    feed.write_text(FEED, encoding="utf-8")
    imported(tiny_store, feed)
    stock(tiny_store, "3017620422003", "3274080005003")
    state = shopping(serve(), ("one",))
    granola, salt = (state.products[sku] for sku in ("3017620422003", "3274080005003"))
    assert granola.facts == TOLD
    assert granola.price is not None
    assert salt.facts is None


def test_a_shop_that_was_open_before_tells_the_labels_that_are_new(tiny_store, serve, talk):
    first = serve()
    with first.live() as socket:
        talk(socket).op(AddItem("TEA", 2), "a")
    assert first.stop()[0] == 0
    catalog = tiny_store / "catalog.csv"
    head, *rows = catalog.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},{'9.5,milk' if row.startswith('TEA') else ','}" for row in rows]
    lines = "\n".join([f"{head},protein_g,allergens", *rows, ""])
    catalog.write_text(lines, encoding="utf-8")
    state = shopping(serve(), ("one",))
    assert state.products["TEA"].facts == Facts(Nutrition(protein_g=9.5), ("milk",))


def test_what_took_effect_is_told_and_told_again_to_one_that_asks_again(serve, talk):
    server = serve()
    with server.live() as one, server.live() as two:
        mine = talk(one)
        other = talk(two, token=mine.token)
        mine.op(AddItem("TEA", 3), "a")
        assert mine.hear(Ack) == Ack("a", True, 1, units=3)
        other.op(AddItem("TEA", -2), "b")
        assert other.hear(Ack).units == -2
        mine.op(AddItem("TEA", -3), "undo")  # of its own three only one is left
        assert mine.hear(Ack) == Ack("undo", True, 3, units=-1)
        mine.op(AddItem("TEA", -3), "undo")
        assert mine.hear(Ack) == Ack("undo", True, 3, units=-1)
        assert other.hear(CartState).cart.unit_count == 0
