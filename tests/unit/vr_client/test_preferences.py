import json

import pytest

from vr_client.interact.comfort import Comfort
from vr_client.preferences import Preferences, Settings
from vr_client.state.senses import Senses


def test_what_was_set_is_there_the_next_time(tmp_path):
    path = tmp_path / "deep" / "settings.json"
    first = Preferences(path)
    assert first.settings == Settings()
    kept = Settings(Comfort(turn="smooth", seated=True), "en", Senses("largest", "dark"))
    first.keep(kept)
    first.finish()
    assert Preferences(path).settings == kept
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


def test_nothing_is_written_before_something_is_set(tmp_path):
    preferences = Preferences(tmp_path / "settings.json", Comfort(vignette=False))
    assert preferences.settings.comfort.vignette is False
    preferences.keep(preferences.settings)
    preferences.finish()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'{"comfort": {"turn": "spin"}}', b'{"language": 3}', b"[" * 100_000,
     b'{"comfort": {"seated": "yes"}}', b"\xff\xfe"],
)  # fmt: skip
def test_what_does_not_read_is_as_usual(tmp_path, raw):
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    assert Preferences(path).settings == Settings()


def test_a_version_that_knows_less_leaves_out_what_it_does_not_know(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"comfort": {"hop": "long", "wings": True}, "more": 1}))
    assert Preferences(path).settings == Settings(Comfort(hop="long"))


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "file").write_text("")
    preferences = Preferences(tmp_path / "file" / "settings.json")
    preferences.keep(Settings(Comfort(hop="long")))
    preferences.finish()
    assert preferences.settings.comfort.hop == "long"
