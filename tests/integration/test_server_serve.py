import json
import os
import signal
import socket
import stat
import subprocess
import sys

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange
from catalog_sync.wire.codec import decompress
from catalog_sync.wire.columns import decode_cold, decode_hot
from catalog_sync.wire.limits import LAYOUT_BYTES_MAX, NEW_SHOPPERS_BURST_OF_ADDRESS
from catalog_sync.wire.messages import (
    Ack,
    AddItem,
    BeginCheckout,
    CancelCheckout,
    CartState,
    CheckoutReady,
    CloseCode,
    Delta,
    Layout,
    OrderChanged,
    Subscribe,
)
from server.storage.inspect import HeldTotals, held_total, shopper_id_of
from store_scenes.layout.load import decode_layout, load_store


def won(amount):
    return Money(amount, "KRW")


def command(*arguments):
    from pathlib import Path

    script = Path(sys.executable).with_name("endcap")
    return subprocess.run([script, *arguments], capture_output=True, text=True, timeout=60)


def test_it_says_one_line_and_ends_cleanly_at_a_signal(serve):
    for how in (signal.SIGTERM, signal.SIGINT):
        server = serve()
        assert server.line == f"endcap: serving Tiny Shop at {server.url}\n"
        assert httpx.get(server.url + "/health").json()["status"] == "ok"
        code, rest, errors = server.stop(how)
        assert (code, rest, errors) == (0, "", "")


def test_devices_are_sent_home_when_the_shop_closes(serve, talk):
    server = serve()
    with server.live() as socket_:
        device = talk(socket_)
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            device.hear(Ack)
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4404, "the shop is closing")
    assert server.stop()[0] == 0


def test_the_store_arrives_cart_layout_then_aisles(serve, talk, tiny_store):
    with serve().live() as socket_:
        device = talk(socket_)
        assert device.welcome.resumed is False
        assert (device.welcome.store, device.welcome.currency) == ("작은 가게", "KRW")
        assert device.next() == CartState(Cart(0, "KRW"))
        layout = device.next()
        assert isinstance(layout, Layout)
        raw = decompress(layout.document, LAYOUT_BYTES_MAX)
        assert decode_layout(raw).store == load_store(tiny_store).store
        device.say(Subscribe(("two", "nowhere", "one")))
        parts = [device.next() for _ in range(4)]
        assert [(part.aisle, part.part, part.offset) for part in parts] == [
            ("two", "cold", 1),
            ("two", "hot", 1),
            ("one", "cold", 1),
            ("one", "hot", 1),
        ]
        assert [product.sku for product in decode_cold(parts[0].body)] == ["SOAP", "VASE", "TEA"]
        assert decode_hot(parts[1].body) == [
            PriceChange("SOAP", won(2500), 20),
            PriceChange("VASE", None, 5),
            PriceChange("TEA", won(1500), 40),
        ]


def test_another_layout_is_another_history(serve, talk, tiny_store):
    server = serve()
    with server.live() as socket_:
        device = talk(socket_)
    assert server.stop()[0] == 0
    bay = tiny_store / "planograms" / "bay-1.toml"
    bay.write_text(bay.read_text().replace('"RICE"', '"SOAP"'), encoding="utf-8")
    with serve().live() as socket_:
        again = talk(socket_, token=device.token, epoch=device.welcome.epoch, offset=1)
        assert (again.welcome.resumed, again.welcome.offset) == (False, 1)


def test_an_address_behind_a_proxy_becomes_no_more_shoppers_than_agreed(serve, talk):
    server = serve()

    def arrive(address):
        with server.live(additional_headers={"X-Forwarded-For": address}) as socket_:
            talk(socket_)

    for _ in range(NEW_SHOPPERS_BURST_OF_ADDRESS):
        arrive("198.51.100.7")
    with pytest.raises(ConnectionClosed) as closed:
        arrive("198.51.100.7")
    assert closed.value.rcvd.code == CloseCode.RATE_LIMITED
    arrive("198.51.100.8")


def test_a_whole_trip_on_two_devices(serve, talk, tiny_store):
    server = serve()
    with server.live() as first, server.live() as second:
        headset = talk(first)
        desktop = talk(second, token=headset.token)
        headset.op(AddItem("TEA", 2), "a")
        headset.op(AddItem("TEA", -1), "b")
        assert headset.hear(Ack) == Ack("a", True, 1, units=2)
        assert headset.hear(Ack) == Ack("b", True, 2, units=-1)
        cart = Cart(2, "KRW", (CartLine("TEA", 1, won(1500)),))
        assert [desktop.hear(CartState).cart.version for _ in range(3)] == [0, 1, 2]
        headset.op(BeginCheckout(2), "c")
        ready = headset.hear(CheckoutReady)
        assert ready.url.startswith(f"{server.url}/pay/")
        assert desktop.hear(Delta).changes == (PriceChange("TEA", won(1500), 39),)
        assert desktop.hear(OrderChanged).order.state == "pending"
        assert desktop.hear(CheckoutReady) == ready
        assert ready.total == cart.total
        assert headset.hear(Ack) == Ack("c", True, 2)

        with httpx.Client(follow_redirects=True) as phone:
            page = phone.get(ready.url)
            assert page.status_code == 200
            assert page.url == f"{server.url}/checkout/{ready.order_id}"
        with httpx.Client() as stranger:
            assert stranger.get(str(page.url)).status_code == 404

        desktop.op(CancelCheckout(ready.order_id), "d")
        assert headset.hear(Delta).changes == (PriceChange("TEA", won(1500), 40),)
        assert headset.hear(OrderChanged).order.state == "cancelled"
    database = tiny_store / ".endcap" / "shop.sqlite"
    held = held_total(database, shopper_id_of(headset.token))
    assert held == HeldTotals(1500, 1, "cancelled", 1500, 0, cart.lines)


def test_one_shopper_can_neither_read_nor_change_anothers(serve, talk, tiny_store):
    server = serve()
    with server.live() as first, server.live() as second:
        mia, ben = talk(first), talk(second)
        mia.op(AddItem("TEA", 2))
        mia.op(BeginCheckout(1))
        order = mia.hear(CheckoutReady)
        assert ben.hear(CartState).cart == Cart(0, "KRW")
        ben.op(CancelCheckout(order.order_id), "x")
        assert ben.hear(Ack) == Ack("x", False, 0, "unknown_order")
        version, who, issued, mark = mia.token.split(".")
        forged = [
            ben.token.replace(shopper_id_of(ben.token), who),
            f"{version}.{who}.{int(issued) + 1}.{mark}",
            f"{version}.{who}.{issued}.",
            mia.token[:-1] + ("A" if mia.token[-1] != "A" else "E"),
        ]
        for token in forged:
            with server.live() as third, pytest.raises(ConnectionClosed) as closed:
                talk(third, token=token)
            assert closed.value.rcvd.code == 4501
        assert ben.token != mia.token
    held = held_total(tiny_store / ".endcap" / "shop.sqlite", shopper_id_of(mia.token))
    assert (held.unit_count, held.order_state) == (2, "pending")


def test_a_price_from_a_client_is_refused_and_nothing_changes(serve, talk, tiny_store):
    import msgspec

    server = serve()
    with server.live() as socket_:
        device = talk(socket_)
        device.op(AddItem("TEA", 1), "a")
        device.hear(Ack)
        forged = {"t": "op", "id": "b", "action": {"k": "add", "sku": "TEA", "quantity": 1}}
        forged["action"]["price"] = 1
        socket_.send(msgspec.msgpack.encode(forged))
        with pytest.raises(ConnectionClosed) as closed:
            device.hear(Ack)
        assert closed.value.rcvd.code == 4500
    held = held_total(tiny_store / ".endcap" / "shop.sqlite", shopper_id_of(device.token))
    assert held == HeldTotals(1500, 1)


def test_only_our_own_pages_may_open_the_connection(serve, talk):
    server = serve("--public-url", "https://shop.example/")
    port = int(server.url.rsplit(":", 1)[1])
    for origin in (
        "https://evil.example",
        "http://shop.example",
        f"http://127.0.0.1:{port + 1}",
        "null",
    ):
        with pytest.raises(InvalidStatus) as refused, server.live(origin=origin):
            pass
        assert refused.value.response.status_code == 403
    for origin in ("https://shop.example", f"http://localhost:{port}", None):
        with server.live(origin=origin) as socket_:
            assert talk(socket_).welcome.currency == "KRW"
    with (
        pytest.raises(InvalidStatus) as refused,
        server.live(
            additional_headers=[("Origin", f"http://localhost:{port}"), ("Origin", "https://evil")]
        ),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_live_reprice_reaches_shelves_and_carts_and_survives_a_restart(serve, talk, tiny_store):
    server = serve()
    token_file = tiny_store / ".endcap" / "operator.token"
    if os.name == "posix":
        assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
    with server.live() as socket_:
        device = talk(socket_)
        device.op(AddItem("TEA", 2), "a")
        device.hear(Ack)
        told = command("reprice", "TEA", "1200", "--server", server.url, "--store", tiny_store)
        assert (told.returncode, told.stdout) == (0, "TEA: ₩1,200\n")
        assert device.hear(Delta) == Delta(2, (PriceChange("TEA", won(1200), 40),))
        assert device.hear(CartState).cart == Cart(1, "KRW", (CartLine("TEA", 2, won(1200)),))
        withdrawn = command("reprice", "TEA", "none", "--server", server.url, "--store", tiny_store)
        assert withdrawn.stdout == "TEA: none\n"
        assert device.hear(Delta).changes == (PriceChange("TEA", None, 40),)
        device.op(BeginCheckout(1), "b")
        assert device.hear(Ack) == Ack("b", False, 1, "unpriced")
        command("reprice", "TEA", "1300", "--server", server.url, "--store", tiny_store)
        position = {"epoch": device.welcome.epoch, "offset": 2, "cart_version": 1}
    server.stop()
    again = serve()
    with again.live() as socket_:
        device = talk(socket_, token=device.token, **position)
        assert (device.welcome.resumed, device.welcome.offset) == (True, 4)
        missed = device.hear(Delta)
        assert missed == Delta(4, (PriceChange("TEA", won(1300), 40),), since=2)
        assert device.hear(CartState).cart == Cart(1, "KRW", (CartLine("TEA", 2, won(1300)),))


def test_a_reprice_without_the_right_token_or_sense_changes_nothing(serve, talk, tiny_store):
    server = serve()
    url = server.url + "/api/shop/price"
    token = (tiny_store / ".endcap" / "operator.token").read_text().strip()
    body = {"sku": "TEA", "amount": "1"}
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": token}):
        assert httpx.post(url, json=body, headers=headers).status_code == 401
    right = {"Authorization": f"Bearer {token}"}
    for content in (
        b"",
        b"[]",
        b"[" * 4000,
        b"x" * 5000,
        json.dumps({**body, "extra": 1}).encode(),
        json.dumps({"sku": "TEA", "amount": "-1"}).encode(),
        json.dumps({"sku": "TEA", "amount": "1.5"}).encode(),
        json.dumps({"sku": "TEA", "amount": True}).encode(),
        json.dumps({"sku": 7, "amount": "1"}).encode(),
    ):
        answer = httpx.post(url, content=content, headers=right)
        assert answer.status_code == 400, content
        assert set(answer.json()) == {"error"}
    unknown = httpx.post(url, json={"sku": "NOPE", "amount": "1"}, headers=right)
    assert unknown.status_code == 404
    with server.live() as socket_:
        assert talk(socket_).welcome.offset == 1


def test_what_a_person_can_mend_is_one_sentence_and_exit_2(serve, tiny_store, tmp_path):
    server = serve()
    port = server.url.rsplit(":", 1)[1]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = str(taken.getsockname()[1])
        cases = [
            (("serve", tiny_store, "--port", busy), f"Port {busy} on 127.0.0.1 cannot be used"),
            (("serve", tiny_store, "--port", "0"), "Another endcap serve is using"),
            (("serve", tiny_store, "--host", "0.0.0.0"), "add --insecure-lan"),
            (("serve", tiny_store, "--public-url", "shop"), "not a server's address"),
            (("serve", tmp_path / "none"), "none"),
            (
                ("serve", tiny_store, "--port", "0", "--database", tiny_store / "store.toml"),
                "cannot be opened",
            ),
            (("reprice", "TEA", "1", "--store", tmp_path), "operator.token does not read"),
            (
                ("reprice", "NO", "1", "--store", tiny_store, "--server", server.url),
                "no product 'NO' in this shop",
            ),
            (
                ("reprice", "TEA", "1", "--store", tiny_store, "--server", f"http://[::1]:{port}"),
                "No shop answers",
            ),
        ]
        for arguments, sentence in cases:
            ended = command(*map(str, arguments))
            assert ended.returncode == 2, ended
            assert sentence in ended.stderr
            assert ended.stderr.count("\n") == 1, ended.stderr
            assert ended.stdout == ""
