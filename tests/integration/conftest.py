"""A small store without models, and `endcap serve` on it as a real child process."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.sync.client import connect

from catalog_sync.wire.codec import decode_server, encode
from catalog_sync.wire.limits import LIVE_PATH, PROTOCOL_VERSION
from catalog_sync.wire.messages import Hello, Op, Welcome

READY_LINE_WAIT_S = 30
STORE = """
schema = 1
id = "tiny"
names = { ko = "작은 가게", en = "Tiny  Shop" }
locale = "ko-KR"
currency = "KRW"
catalog = "catalog.csv"

[floor]
width_mm = 9000
depth_mm = 6000
entrance_z_mm = 2500

[[aisles]]
id = "one"
names = { en = "One" }

[[aisles]]
id = "two"
names = { en = "Two" }

[[fixtures]]
id = "run-1"
type = "gondola"
aisle = "one"
x_mm = 0
z_mm = 0
planograms = ["bay-1"]

[[fixtures]]
id = "run-2"
type = "gondola"
aisle = "two"
x_mm = 2500
z_mm = 0
planograms = ["bay-2"]
"""
CATALOG = """\
sku,name_en,brand,category,price,stock,package,width_mm,height_mm,depth_mm
TEA,Green Tea,Hill,tea,1500,40,box,60,120,60
RICE,Rice,Field,pantry,9000,3,bag,200,300,80
SOAP,Soap,Foam,home,2500,20,box,80,60,50
VASE,Vase,Clay,home,,5,jar,120,200,120
"""
PLANOGRAM = """
name = "{name}"
width_mm = 1200

[[shelves]]
height_mm = 500
positions = [{positions}]
"""


def write_tiny_store(folder):
    (folder / "planograms").mkdir(parents=True)
    (folder / "store.toml").write_text(STORE, encoding="utf-8")
    (folder / "catalog.csv").write_text(CATALOG, encoding="utf-8")
    for name, skus in (("bay-1", ("TEA", "RICE")), ("bay-2", ("SOAP", "VASE", "TEA"))):
        positions = ", ".join(f'{{ sku = "{sku}" }}' for sku in skus)
        text = PLANOGRAM.format(name=name, positions=positions)
        (folder / "planograms" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def tiny_store(tmp_path):
    return write_tiny_store(tmp_path / "store")


@pytest.fixture(scope="module")
def module_store(tmp_path_factory):
    """The tiny store again, for tests that share one server and its client."""
    return write_tiny_store(tmp_path_factory.mktemp("shared") / "store")


def endcap():
    found = shutil.which("endcap", path=str(Path(sys.executable).parent)) or shutil.which("endcap")
    assert found, "the endcap command is not installed"
    return found


class Serving:
    """A running `endcap serve`."""

    def __init__(self, process, line):
        self.process, self.line = process, line
        self.url = line.rsplit(" at ", 1)[1].strip()

    def live(self, **options):
        url = self.url.replace("http://", "ws://") + LIVE_PATH
        return connect(url, compression=None, max_size=None, proxy=None, **options)

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        out, errors = self.process.communicate(timeout=20)
        return self.process.returncode, out, errors


@contextlib.contextmanager
def serving(folder):
    """`start(*arguments, before=(), **environment)` starts a server; all end with the context."""
    started = []

    def start(*arguments, before=(), store=folder, **environment):
        process = subprocess.Popen(
            [*before, endcap(), "serve", str(store), "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )
        started.append(process)
        line = process.stdout.readline()
        if " at http" not in line:
            raise AssertionError(f"no server: {process.communicate(timeout=10)}")
        return Serving(process, line)

    try:
        yield start
    finally:
        for process in started:
            if process.poll() is None:
                process.kill()
            with contextlib.suppress(ValueError):
                process.communicate(timeout=10)


@pytest.fixture
def serve(tiny_store):
    with serving(tiny_store) as start:
        yield start


@pytest.fixture(scope="module")
def module_serve(module_store):
    with serving(module_store) as start:
        yield start


class Talk:
    """A shopper's device speaking the wire by hand."""

    def __init__(self, socket, token="", **position):
        self.socket = socket
        self.serial = 0
        self.say(Hello(token=token, proto=PROTOCOL_VERSION, client="test", **position))
        self.welcome = self.hear(Welcome)
        self.token = self.welcome.token

    def say(self, message):
        self.socket.send(encode(message))

    def next(self, timeout=10):
        return decode_server(self.socket.recv(timeout))

    def hear(self, kind, timeout=10):
        """The next message of this kind; others are passed over."""
        while True:
            message = self.next(timeout)
            if isinstance(message, kind):
                return message

    def op(self, action, op_id=""):
        self.serial += 1
        self.say(Op(op_id or f"op-{self.serial}", action))


@pytest.fixture
def talk():
    return Talk
