"""A real `endcap serve` on a small store of its own, and shoppers who talk the wire to it."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from catalog_sync.model.order import Order
from catalog_sync.transport.client import live_url
from catalog_sync.wire.codec import decode_server, encode
from catalog_sync.wire.limits import MESSAGE_BYTES_MAX_TO_CLIENT, PROTOCOL_VERSION
from catalog_sync.wire.messages import (
    Ack,
    AddItem,
    BeginCheckout,
    CartState,
    CheckoutReady,
    Hello,
    Op,
    OrderChanged,
    Welcome,
)
from server.storage.inspect import shopper_id_of

WAIT_S = 20.0
READY = "endcap: serving "

STORE = """
schema = 1
id = "corner"
locale = "ko_KR"
currency = "KRW"
catalog = "catalog.csv"
names = { ko = "모퉁이 상점", en = "The Corner Shop" }
floor = { width_mm = 6000, depth_mm = 6000, entrance_z_mm = 2500 }

[[aisles]]
id = "table"
names = { ko = "진열대", en = "Table" }

[[fixtures]]
id = "table"
type = "table"
aisle = "table"
x_mm = 0
z_mm = -1000
height_mm = 800
depth_mm = 700
planograms = ["table"]
"""

PLANOGRAM = """
name = "Table"
width_mm = 1200

[[shelves]]
height_mm = 800
positions = [ { sku = "A1" }, { sku = "A2" } ]
"""

CATALOG = """\
sku,name_ko,name_en,brand,category,package,width_mm,height_mm,depth_mm,size,price,stock
A1,유기농 현미 그래놀라 허니 아몬드,Organic Granola,그린밸리,food,box,160,220,60,500 g,8900,900
A2,서울 신선우유,Seoul Fresh Milk,새벽목장,food,carton,70,200,70,1 L,2980,900
"""


@dataclass
class Checkout:
    """One shopper with two units of A1 and one of A2, and the address in the QR code."""

    url: str
    order_id: str
    shopper_id: str
    database: Path
    connection: ClientConnection

    def held(self) -> tuple[list[str], list[int]]:
        """States of all the shopper's orders, amounts of all charges, read afresh from the file."""
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as database:
            orders = database.execute(
                "SELECT id, state FROM orders WHERE shopper_id = ? ORDER BY rowid",
                (self.shopper_id,),
            ).fetchall()
            charges = database.execute(
                "SELECT amount_minor FROM charges JOIN orders ON orders.id = order_id"
                " WHERE shopper_id = ?",
                (self.shopper_id,),
            ).fetchall()
        assert [order[0] for order in orders] == [self.order_id]
        return [state for _, state in orders], [amount for (amount,) in charges]

    def hears_paid(self) -> Order:
        """Listen on the shopper's device until its order is paid and its cart is empty."""
        order, units = None, None
        while order is None or units != 0:
            message = decode_server(self.connection.recv(timeout=WAIT_S))
            if isinstance(message, OrderChanged) and message.order.state == "paid":
                order = message.order
            elif isinstance(message, CartState):
                units = message.cart.unit_count
        return order


@dataclass
class Served:
    """A running server."""

    url: str
    database: Path
    numbers: Any = field(default_factory=lambda: count(1))
    devices: ExitStack = field(default_factory=ExitStack)

    @property
    def websocket_url(self) -> str:
        return live_url(self.url)

    def begin(self) -> Checkout:
        """A new shopper fills a cart and begins a checkout, over the wire."""
        opening = connect(
            self.websocket_url,
            max_size=MESSAGE_BYTES_MAX_TO_CLIENT,
            compression=None,
            max_queue=None,  # deltas pile up here while the browser is what we look at
            proxy=None,
        )
        connection = self.devices.enter_context(opening)
        connection.send(encode(Hello(token="", proto=PROTOCOL_VERSION, client="browser-test")))
        shopper_id = shopper_id_of(heard(connection, Welcome).token)
        for action in (AddItem("A1", 2), AddItem("A2", 1)):
            version = ask(connection, f"op-{next(self.numbers)}", action).cart_version
        connection.send(encode(Op(f"op-{next(self.numbers)}", BeginCheckout(version))))
        ready = heard(connection, CheckoutReady)
        return Checkout(ready.url, ready.order_id, shopper_id, self.database, connection)


def ask(connection: ClientConnection, op_id: str, action: Any) -> Ack:
    connection.send(encode(Op(op_id, action)))
    ack = heard(connection, Ack)
    assert (ack.id, ack.ok, ack.reason) == (op_id, True, "")
    return ack


def heard(connection: ClientConnection, kind: type) -> Any:
    while True:
        message = decode_server(connection.recv(timeout=WAIT_S))
        if isinstance(message, kind):
            return message


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    (store / "planograms").mkdir()
    (store / "store.toml").write_text(STORE, encoding="utf-8")
    (store / "planograms" / "table.toml").write_text(PLANOGRAM, encoding="utf-8")
    (store / "catalog.csv").write_text(CATALOG, encoding="utf-8")
    command = shutil.which("endcap", path=str(Path(sys.executable).parent))
    assert command is not None
    process = subprocess.Popen(
        [command, "serve", str(store), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    patience = threading.Timer(WAIT_S, process.kill)  # a server that says nothing ends the wait
    patience.start()
    line = process.stdout.readline()
    patience.cancel()
    assert line.startswith(READY)
    running = Served(line.rpartition(" ")[2].strip(), store / ".endcap" / "shop.sqlite")
    yield running
    running.devices.close()
    process.terminate()
    process.wait(WAIT_S)
    process.stdout.close()
