"""The worker process and its handle: intents out, events in, and no trace in the end."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from websockets.sync.server import serve

from catalog_sync.model.cart import Cart
from catalog_sync.model.failure import Failure
from catalog_sync.wire.codec import decode_client, encode
from catalog_sync.wire.limits import PROTOCOL_VERSION
from catalog_sync.wire.messages import Ack, AddItem, CartState, CloseCode, Hello, Op, Welcome
from vr_client.net.handle import SyncWorker
from vr_client.state.events import (
    AddToCart,
    CartChanged,
    Connected,
    Disconnected,
    IntentDone,
    Progress,
)

LIMIT_S = 20.0


class ScriptedShop:
    """A real websocket server that welcomes and acknowledges; what it heard is in `heard`."""

    def __init__(self):
        self.heard = []
        self.acknowledges = True
        self.close_code = 0
        self.known_tokens = None  # all of them
        self._server = serve(self._answer, "127.0.0.1", 0, compression=None)
        self.url = f"http://127.0.0.1:{self._server.socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()

    def _answer(self, connection):
        for data in connection:
            message = decode_client(data)
            self.heard.append(message)
            if isinstance(message, Hello):
                if self.close_code:
                    connection.close(self.close_code, "because")
                    return
                if self.known_tokens is not None and message.token not in self.known_tokens:
                    connection.close(CloseCode.BAD_TOKEN, "not a token of this shop")
                    return
                connection.send(
                    encode(Welcome(message.token or "tok", "e", 0, False, "S", "KRW", "ko_KR"))
                )
            elif self.acknowledges:
                connection.send(encode(CartState(Cart(1, "KRW"))))
                connection.send(encode(Ack(message.id, True, 1)))


@pytest.fixture
def shop():
    with ScriptedShop() as running:
        yield running


@pytest.fixture
def worker(shop, tmp_path):
    handle = SyncWorker(shop.url, tmp_path / "shopper.token", tmp_path / "cache")
    yield handle
    handle.close()


def until(condition):
    """Poll as a frame loop does."""
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        if (found := condition()) is not None:
            return found
        time.sleep(0.005)
    raise AssertionError("nothing came in time")


def collect(worker, kind, told=None):
    told = told if told is not None else []

    def look():
        told.extend(worker.poll())
        return next((event for event in told if isinstance(event, kind)), None)

    return until(look), told


def test_it_connects_sends_intents_and_tells_what_came(worker, shop, tmp_path):
    worker.start()
    worker.send(AddToCart("i1", "tea", 2))
    done, told = collect(worker, IntentDone)
    assert done == IntentDone("i1", ok=True)
    assert told == [
        Progress("connect", 0, 1),
        Connected("S", "KRW", "ko_KR"),
        CartChanged(Cart(1, "KRW")),
        IntentDone("i1", ok=True),
    ]
    assert shop.heard[1] == Op("i1", AddItem("tea", 2))
    assert (tmp_path / "shopper.token").read_text() == "tok"
    assert (tmp_path / "shopper.token").stat().st_mode & 0o777 == 0o600


def test_neither_send_nor_poll_waits(worker):
    """Nobody reads yet: a call that waited for its answer would never come back."""
    worker.start()
    for number in range(400):
        worker.send(AddToCart(f"i{number}", "tea", 1))
        worker.poll()
    assert worker.poll(0) == []


def test_too_many_intents_are_refused_in_words(worker):
    for number in range(3):
        worker.send(AddToCart(f"i{number}", "tea", 1))  # not started: nobody takes them
    assert worker.poll() == [
        IntentDone(f"i{number}", ok=False, reason="outbox_full") for number in range(3)
    ]


def test_a_killed_worker_is_told_once_and_its_ops_are_sent_by_the_next(worker, shop, tmp_path):
    shop.acknowledges = False
    worker.start()
    collect(worker, Connected)
    worker.send(AddToCart("i1", "tea", 2))  # alone: nothing else makes the worker keep its outbox
    until(lambda: Op("i1", AddItem("tea", 2)) in shop.heard or None)
    os.kill(worker._process.pid, signal.SIGKILL)
    gone, _ = collect(worker, Disconnected)
    assert gone == Disconnected(
        "The connection to the shop ended by itself (exit code -9): start again.", None
    )
    assert worker.poll() == []
    worker.close()

    shop.acknowledges = True
    shop.heard.clear()
    second = SyncWorker(shop.url, tmp_path / "shopper.token", tmp_path / "cache")
    try:
        second.start()
        done, _ = collect(second, IntentDone)
    finally:
        second.close()
    assert done == IntentDone("i1", ok=True)
    assert shop.heard == [
        Hello("tok", PROTOCOL_VERSION, "endcap-client/0.1"),
        Op("i1", AddItem("tea", 2)),
    ]


def test_a_shop_that_does_not_want_us_back_ends_the_worker_with_a_sentence(worker, shop):
    shop.close_code = CloseCode.PROTOCOL_TOO_OLD
    worker.start()
    gone, _ = collect(worker, Disconnected)
    assert gone.retry_s is None
    assert "update Endcap" in gone.reason
    until(lambda: None if worker._process.is_alive() else True)
    assert worker.poll() == []


def test_a_shop_that_lost_its_database_gets_a_new_shopper_by_itself(worker, shop, tmp_path):
    (tmp_path / "shopper.token").write_text("of the lost database")
    shop.known_tokens = {""}
    worker.start()
    worker.send(AddToCart("i1", "tea", 2))
    done, _ = collect(worker, IntentDone)
    assert done == IntentDone("i1", ok=True)
    assert shop.heard == [
        Hello("of the lost database", PROTOCOL_VERSION, "endcap-client/0.1"),
        Hello("", PROTOCOL_VERSION, "endcap-client/0.1"),
        Op("i1", AddItem("tea", 2)),
    ]
    assert (tmp_path / "shopper.token").read_text() == "tok"


def test_a_damaged_token_file_ends_in_its_sentence(worker, tmp_path):
    (tmp_path / "shopper.token").write_bytes(b"\xff")
    worker.start()
    gone, _ = collect(worker, Disconnected)
    assert "is damaged" in gone.reason


def test_closing_ends_the_process_and_may_be_repeated(worker):
    worker.start()
    collect(worker, Connected)
    process = worker._process
    pid = process.pid
    worker.close()
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_an_address_that_is_none_is_refused_before_anything_starts(tmp_path):
    with pytest.raises(Failure, match="is not a server's address"):
        SyncWorker("shop", tmp_path / "t", tmp_path)


def test_the_worker_ends_when_the_frame_s_process_is_killed(shop, tmp_path):
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from vr_client.net.handle import SyncWorker\n"
        "if __name__ == '__main__':\n"
        "    worker = SyncWorker(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))\n"
        "    worker.start()\n"
        "    print(worker._process.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    script = tmp_path / "frame.py"
    script.write_text(program)
    arguments = [sys.executable, str(script), shop.url, str(tmp_path / "t"), str(tmp_path)]
    root = Path(__file__).resolve().parents[4]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root)}
    ) as frame:
        worker_pid = int(frame.stdout.readline())
        until(lambda: shop.heard or None)
        frame.kill()
    until(lambda: None if _runs(worker_pid) else True)


def _runs(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
