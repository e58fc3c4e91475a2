"""`endcap serve --watch` over real sockets: what is saved shows, what is broken is told."""

import shutil

import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange
from catalog_sync.wire.codec import decompress
from catalog_sync.wire.columns import decode_cold
from catalog_sync.wire.limits import LAYOUT_BYTES_MAX
from catalog_sync.wire.messages import (
    Ack,
    AddItem,
    CartState,
    Delta,
    Layout,
    LayoutProblem,
    Snapshot,
    Subscribe,
)
from store_scenes.layout.load import decode_layout


def skus_of(layout, bay):
    read = decode_layout(decompress(layout.document, LAYOUT_BYTES_MAX))
    return [position.sku for shelf in read.planograms[bay].shelves for position in shelf.positions]


def skus_in(talk, aisle):
    talk.say(Subscribe((aisle,)))
    cold, _ = talk.hear(Snapshot), talk.hear(Snapshot)
    return [product.sku for product in decode_cold(cold.body)]


class Shopkeeper:
    def __init__(self, folder):
        self.folder = folder

    def text(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def save(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def save_as_editors_do(self, name, text):
        """A new file beside it, renamed over it; a backup first, as vim leaves one."""
        target = self.folder / name
        shutil.copy(target, target.with_name(target.name + "~"))
        part = target.with_name("." + target.name + ".swp")
        part.write_text(text, encoding="utf-8")
        part.replace(target)

    def swap(self, name, old, new):
        self.save(name, self.text(name).replace(old, new))


@pytest.fixture
def shopkeeper(tiny_store):
    return Shopkeeper(tiny_store)


def test_an_edit_reaches_those_inside_with_their_carts(serve, talk, shopkeeper):
    server = serve("--watch")
    with server.live() as socket:
        inside = talk(socket)
        first = inside.hear(Layout)
        assert skus_in(inside, "one") == ["TEA", "RICE"]
        inside.op(AddItem("RICE", 2))
        assert inside.hear(Ack).ok
        shopkeeper.swap("planograms/bay-1.toml", '"RICE"', '"SOAP"')
        layout = inside.hear(Layout)
        assert skus_of(layout, "bay-1") == ["TEA", "SOAP"]
        assert (layout.version != first.version, layout.changed) == (True, ("one",))
        assert skus_in(inside, "one") == ["TEA", "SOAP"]
        inside.op(AddItem("RICE", 1))
        assert inside.hear(CartState).cart.quantity("RICE") == 3
        position = {"epoch": layout.epoch, "offset": 1, "cart_version": 2}
    with server.live() as socket:  # the position holds across the edit
        back = talk(socket, inside.token, **position)
        assert back.welcome.resumed
        assert back.hear(Layout).version == layout.version
    assert server.stop()[0] == 0


def test_a_broken_edit_is_told_and_the_last_good_store_stays(serve, talk, shopkeeper):
    server = serve("--watch")
    good = shopkeeper.text("planograms/bay-2.toml")
    with server.live() as socket, server.live() as other:
        inside = talk(socket)
        first = inside.hear(Layout)
        shopkeeper.save("planograms/bay-2.toml", good + "\nshelves = = 3\n")
        sentence = inside.hear(LayoutProblem).sentence
        assert sentence.startswith("planograms/bay-2.toml, line ")
        assert "not valid TOML" in sentence
        shopkeeper.save("planograms/bay-2.toml", good.replace('"VASE"', '"NOTHING"'))
        sentence = inside.hear(LayoutProblem).sentence
        assert sentence.startswith("planograms/bay-2.toml:")
        assert "NOTHING" in sentence
        newcomer = talk(other)
        assert newcomer.hear(LayoutProblem).sentence == sentence
        assert newcomer.hear(Layout).version == first.version
        shopkeeper.save("planograms/bay-2.toml", good)
        assert inside.hear(LayoutProblem) == LayoutProblem("")
        assert newcomer.hear(LayoutProblem) == LayoutProblem("")
        shopkeeper.swap("planograms/bay-2.toml", '"VASE"', '"RICE"')
        assert skus_of(inside.hear(Layout), "bay-2") == ["SOAP", "RICE", "TEA"]


def test_a_deleted_planogram_is_told_until_it_is_back(serve, talk, shopkeeper):
    server = serve("--watch")
    with server.live() as socket:
        inside = talk(socket)
        inside.hear(Layout)
        text = shopkeeper.text("planograms/bay-2.toml")
        (shopkeeper.folder / "planograms" / "bay-2.toml").unlink()
        assert "bay-2" in inside.hear(LayoutProblem).sentence
        shopkeeper.save("planograms/bay-2.toml", text)
        assert inside.hear(LayoutProblem) == LayoutProblem("")


def test_files_saved_at_once_in_the_way_of_editors_are_one_edit(serve, talk, shopkeeper):
    server = serve("--watch")
    with server.live() as socket:
        inside = talk(socket)
        inside.hear(Layout)
        row = "MILK,Milk,Cow,milk,1800,9,carton,70,190,70\n"
        shopkeeper.save_as_editors_do("catalog.csv", shopkeeper.text("catalog.csv") + row)
        for bay in ("bay-1", "bay-2"):
            text = shopkeeper.text(f"planograms/{bay}.toml").replace('"TEA"', '"MILK"')
            shopkeeper.save_as_editors_do(f"planograms/{bay}.toml", text)
        layout = inside.hear(Layout)
        while "TEA" in skus_of(layout, "bay-2"):  # a slow disk may make two of it
            layout = inside.hear(Layout)
        assert skus_of(layout, "bay-1") == ["MILK", "RICE"]
        assert skus_in(inside, "one") == ["MILK", "RICE"]
        inside.op(AddItem("MILK", 1))
        assert inside.hear(CartState).cart.total == Money(1800, "KRW")


def test_a_price_and_an_offer_in_the_catalogue_follow(serve, talk, shopkeeper):
    server = serve("--watch")
    with server.live() as socket:
        inside = talk(socket)
        inside.hear(Layout)
        lines = shopkeeper.text("catalog.csv").splitlines()
        was = [line + ("," if n else ",was_price") for n, line in enumerate(lines)]
        was[1] = lines[1].replace("1500", "1200") + ",1500"
        shopkeeper.save("catalog.csv", "\n".join(was) + "\n")
        delta = inside.hear(Delta)
        assert delta.changes == (PriceChange("TEA", Money(1200, "KRW"), 40, Money(1500, "KRW")),)


def test_another_currency_needs_another_start(serve, talk, shopkeeper):
    server = serve("--watch")
    with server.live() as socket:
        inside = talk(socket)
        inside.hear(Layout)
        shopkeeper.swap("store.toml", '"KRW"', '"JPY"')
        told = inside.hear(LayoutProblem).sentence
        assert told == "store.toml: another currency needs the server to be started again"


def test_without_watching_nothing_is_read_again(serve, talk, shopkeeper):
    server = serve()
    with server.live() as socket:
        inside = talk(socket)
        inside.hear(Layout)
        shopkeeper.swap("planograms/bay-1.toml", '"RICE"', '"SOAP"')
        inside.op(AddItem("TEA", 1))
        assert inside.hear(Ack).ok  # and nothing else came before it
