import os
import socket
import stat

import pytest

from catalog_sync.model.failure import Failure
from server.cli import checked_url, require_private_or_said
from server.serving import listen, url_of, write_token


def test_a_listener_is_one_that_asyncio_turns_nagle_off_for():
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
        port = listener.getsockname()[1]
        assert url_of(listener) == f"http://127.0.0.1:{port}"
        with pytest.raises(Failure, match=f"Port {port} on 127.0.0.1 cannot be used"):
            listen("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_a_sentence():
    with pytest.raises(Failure, match=r"Port 0 on 192\.0\.2\.1 cannot be used"):
        listen("192.0.2.1", 0)


def test_other_machines_are_served_only_when_that_was_said():
    for host in ("127.0.0.1", "localhost", "::1"):
        require_private_or_said(host, insecure_lan=False)
    require_private_or_said("0.0.0.0", insecure_lan=True)
    for host in ("0.0.0.0", "192.168.0.5", "::", ""):
        with pytest.raises(Failure, match="without TLS"):
            require_private_or_said(host, insecure_lan=False)


def test_an_address_is_taken_without_its_last_slash():
    assert checked_url("https://shop.example/", "--public-url") == "https://shop.example"
    for text in (
        "shop.example",
        "ftp://shop.example",
        "http://",
        "http://shop.example:port",
        "http://shop.example/path",
        "http://shop.example?x=1",
        "http://me@shop.example",
    ):
        with pytest.raises(Failure, match=r"--public-url .* is not a server's address"):
            checked_url(text, "--public-url")


def test_the_operators_token_is_for_its_owner_only_and_replaces_the_old(tmp_path):
    path = tmp_path / ".endcap" / "operator.token"
    write_token(path, "first")
    path.chmod(0o644)
    write_token(path, "second")
    assert path.read_text() == "second\n"
    assert [p.name for p in path.parent.iterdir()] == ["operator.token"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
