import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import typer

from catalog_sync.model.failure import Failure
from vr_client import cli


def test_no_server_is_one_sentence_within_five_seconds():
    started = time.monotonic()
    with pytest.raises(Failure, match=r"No shop answers at http://127.0.0.1:9 ") as caught:
        cli.require_server("http://127.0.0.1:9")
    assert time.monotonic() - started < 5.0
    assert "endcap serve" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["nonsense", "http://", "ftp://127.0.0.1", "http://[::"])
def test_what_is_no_address_is_told(url):
    with pytest.raises(Failure, match="No shop answers"):
        cli.require_server(url)


def test_another_kind_of_server_is_not_taken_for_a_shop():
    class Other(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(404)

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Other)
    thread = Thread(target=server.handle_request)
    thread.start()
    with pytest.raises(Failure, match=r"not a shop \(404\)"):
        cli.require_server(f"http://127.0.0.1:{server.server_port}")
    thread.join()
    server.server_close()


@pytest.mark.parametrize("size", ["12", "0x5", "axb", "99999x10", "1x2x3"])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(Failure, match="--size"):
        cli._render(Path("store"), Path("out.png"), size=size)


@pytest.mark.parametrize("at", ["1,2", "a,b,c", "1;2;3", "nan,0,0", "0,1e30,0"])
def test_a_place_that_is_none_is_refused(at):
    with pytest.raises(Failure, match="--at"):
        cli._render(Path("store"), Path("out.png"), at=at)


@pytest.mark.parametrize("angle", [float("nan"), float("inf"), 1e9])
def test_an_angle_that_is_none_is_refused(angle):
    with pytest.raises(Failure, match=r"--yaw .* is no angle"):
        cli._render(Path("store"), Path("out.png"), yaw=angle)


def test_a_picture_is_a_png():
    with pytest.raises(Failure, match=r"out\.jpg: the picture is written as PNG"):
        cli._render(Path("store"), Path("out.jpg"))


def test_the_commands_are_mounted_and_the_trip_is_hidden():
    app = typer.Typer()
    cli.register(app)
    assert [(c.name, c.hidden) for c in app.registered_commands] == [
        ("shop", False), ("doctor", False), ("render", False), ("replay", False), ("trip", True),
    ]  # fmt: skip
