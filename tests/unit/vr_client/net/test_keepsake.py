"""The token and the outbox outlive a killed client, whole and private."""

import os

import pytest

from catalog_sync.model.failure import Failure
from catalog_sync.session.outbox import Outbox
from catalog_sync.wire.messages import AddItem, BeginCheckout, Op
from vr_client.net.keepsake import Keepsake

OPS = [Op("a", AddItem("tea", 2)), Op("b", BeginCheckout(3))]


def test_a_new_shopper_has_nothing(tmp_path):
    assert Keepsake(tmp_path / "none" / "t.token").load() == ("", [])


def test_what_is_kept_is_loaded_by_the_next_run(tmp_path):
    keepsake = Keepsake(tmp_path / "deep" / "t.token")
    keepsake.load()
    keepsake.keep("v1.x", Outbox(OPS))
    assert Keepsake(tmp_path / "deep" / "t.token").load() == ("v1.x", OPS)
    assert sorted(p.name for p in (tmp_path / "deep").iterdir()) == ["t.token", "t.token.outbox"]
    for path in (tmp_path / "deep").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_kept_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    synced, fsync = [], os.fsync

    def record(descriptor):
        fsync(descriptor)
        size_bytes = os.fstat(descriptor).st_size
        synced.append((size_bytes, sorted(p.name for p in tmp_path.glob("t.token*"))))

    monkeypatch.setattr(os, "fsync", record)
    keepsake = Keepsake(tmp_path / "t.token")
    keepsake.keep("v1.x", Outbox(OPS))
    outbox_bytes = keepsake.outbox_file.stat().st_size
    assert synced == [(4, []), (outbox_bytes, ["t.token"])]


def test_only_what_changed_is_written(tmp_path):
    keepsake = Keepsake(tmp_path / "t.token")
    keepsake.load()
    outbox = Outbox(OPS)
    keepsake.keep("v1.x", outbox)
    before = keepsake.outbox_file.stat().st_ino, keepsake.token_file.stat().st_ino
    keepsake.keep("v1.x", outbox)
    assert (keepsake.outbox_file.stat().st_ino, keepsake.token_file.stat().st_ino) == before
    outbox.settle("a")
    keepsake.keep("v1.x", outbox)
    assert keepsake.token_file.stat().st_ino == before[1]
    assert Keepsake(tmp_path / "t.token").load() == ("v1.x", OPS[1:])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.token", "열쇠".encode()),
        ("t.token", b"x" * 600),
        ("t.token.outbox", b"\x91\x01"),
        ("t.token.outbox", b"\x91" * 5000),
        ("t.token.outbox", bytes(300_000)),
    ],
)
def test_a_damaged_file_is_one_sentence_that_names_it(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Failure, match=r"is damaged .*: remove both"):
        Keepsake(tmp_path / "t.token").load()


def test_a_folder_in_the_way_is_one_sentence(tmp_path):
    (tmp_path / "t.token").mkdir()
    with pytest.raises(Failure, match="Cannot read"):
        Keepsake(tmp_path / "t.token").load()
    (tmp_path / "file").write_text("")
    with pytest.raises(Failure, match="Cannot keep the shopper's token"):
        Keepsake(tmp_path / "file" / "t.token").keep("v1.x", Outbox())
