"""Cooked models come over HTTP once, are believed by their hash only, and survive a bad server."""

import asyncio
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from catalog_sync.model.failure import Failure
from vr_client.net import assets
from vr_client.net.assets import AssetCache

BODY = b"a cooked model" * 1000
DIGEST = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def server():
    """A real HTTP server; `answers` are (status, body) in turn, the last one for ever."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answers = self.server.answers
            status, body = answers.pop(0) if len(answers) > 1 else answers[0]
            if status == 0:
                self.connection.close()
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.answers = [(200, BODY)]
    httpd.asked = asked
    httpd.url = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    yield httpd
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch):
    monkeypatch.setattr(assets, "RECONNECT_WAIT_FIRST_S", 0.01)


def fetch(cache, *digests):
    seen = []
    asyncio.run(cache.fetch_all(digests, lambda done, total: seen.append((done, total))))
    return seen


def test_a_model_is_fetched_once_and_kept(server, tmp_path):
    cache = AssetCache(tmp_path / "deep" / "assets", server.url + "/")
    assert fetch(cache, DIGEST, DIGEST) == [(1, 1)]
    assert cache.path(DIGEST).read_bytes() == BODY
    assert fetch(AssetCache(tmp_path / "deep" / "assets", server.url), DIGEST) == [(1, 1)]
    assert server.asked == [f"/assets/{DIGEST}"]
    names = sorted(path.name for path in (tmp_path / "deep" / "assets").iterdir())
    assert names == [f"{DIGEST}.cooked", "whole.json"]


@pytest.fixture
def hashed(monkeypatch):
    """The names of the files that were hashed."""
    names, real = [], assets._is_whole

    def counted(path, digest):
        if path.exists():
            names.append(path.name)
        return real(path, digest)

    monkeypatch.setattr(assets, "_is_whole", counted)
    return names


def test_what_was_found_whole_is_hashed_again_only_when_it_changed(server, tmp_path, hashed):
    for expected in (0, 1, 1, 1):  # downloaded, read back once, then known by size and time
        assert fetch(AssetCache(tmp_path, server.url), DIGEST) == [(1, 1)]
        assert len(hashed) == expected
    path = AssetCache(tmp_path, server.url).path(DIGEST)
    path.write_bytes(BODY[:-1] + b"?")
    fetch(AssetCache(tmp_path, server.url), DIGEST)
    assert (path.read_bytes(), len(hashed), len(server.asked)) == (BODY, 2, 2)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"x": 1}', '{"x": ["a", 1]}'])
def test_a_damaged_list_of_whole_files_costs_one_more_hash(server, tmp_path, hashed, text):
    for _ in range(2):
        fetch(AssetCache(tmp_path, server.url), DIGEST)
    (tmp_path / "whole.json").write_text(text)
    for expected in (2, 2):
        fetch(AssetCache(tmp_path, server.url), DIGEST)
        assert len(hashed) == expected
    assert len(server.asked) == 1


def test_what_lies_there_for_a_day_is_hashed_once_more(server, tmp_path, hashed):
    for _ in range(2):
        fetch(AssetCache(tmp_path, server.url), DIGEST)
    path = AssetCache(tmp_path, server.url).path(DIGEST)
    long_ago = path.stat().st_mtime - 2 * assets.USED_EVERY_S
    assets.os.utime(path, (long_ago, long_ago))
    whole = assets.msgspec.json.encode({path.name: assets._stamp(path)})
    (tmp_path / "whole.json").write_bytes(whole)
    fetch(AssetCache(tmp_path, server.url), DIGEST)
    assert len(hashed) == 2
    assert path.stat().st_mtime > long_ago + assets.USED_EVERY_S  # used today, says the pruner


def test_a_torn_file_in_the_cache_is_fetched_anew(server, tmp_path):
    cache = AssetCache(tmp_path, server.url)
    cache.path(DIGEST).write_bytes(BODY[:-1])
    fetch(cache, DIGEST)
    assert cache.path(DIGEST).read_bytes() == BODY
    assert len(server.asked) == 1


def test_a_server_that_stumbles_is_asked_again(server, tmp_path):
    server.answers = [(503, b""), (0, b""), (200, BODY[:-2]), (200, BODY)]
    cache = AssetCache(tmp_path, server.url)
    fetch(cache, DIGEST)
    assert cache.path(DIGEST).read_bytes() == BODY
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("answer", "words"),
    [((404, b""), "does not have the model"), ((200, b"other"), "sends a damaged model")],
)
def test_what_cannot_be_had_is_one_sentence_and_leaves_nothing(server, tmp_path, answer, words):
    server.answers = [answer]
    with pytest.raises(Failure, match=words):
        fetch(AssetCache(tmp_path, server.url), DIGEST)
    assert list(tmp_path.iterdir()) == []


def test_a_model_without_end_is_cut_off(server, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "ASSET_BYTES_MAX", 1000)
    with pytest.raises(Failure, match="sends a damaged model"):
        fetch(AssetCache(tmp_path, server.url), DIGEST)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", DIGEST.upper(), DIGEST + "0"])
def test_only_a_digest_becomes_a_path(server, tmp_path, digest):
    with pytest.raises(Failure, match="not a SHA-256"):
        fetch(AssetCache(tmp_path, server.url), digest)
    assert server.asked == []


def test_the_longest_unused_goes_first_when_the_cache_is_full(server, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "CACHE_BYTES_MAX", len(BODY) + 150)
    for age, name in ((3, "old"), (2, "newer")):
        path = tmp_path / f"{name}.cooked"
        path.write_bytes(bytes(100))
        assets.os.utime(path, (1000 - age, 1000 - age))
    cache = AssetCache(tmp_path, server.url)
    fetch(cache, DIGEST)
    assert {path.name for path in tmp_path.iterdir()} == {"newer.cooked", f"{DIGEST}.cooked"}


def test_a_folder_that_cannot_be_made_is_one_sentence(server, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure, match="Cannot make the cache folder"):
        fetch(AssetCache(tmp_path / "file" / "assets", server.url), DIGEST)
