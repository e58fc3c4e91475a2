"""`endcap shop --autostart`: into SteamVR's list and out of it, by the real command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vr_client.headset.backends.openvr import autostart
from vr_client.headset.registry import create
from vr_client.headset.steamvr.application import APP_KEY, STARTER_KEY

ENDCAP = Path(sys.executable).with_name("endcap")
ON, OFF = "The shop starts with SteamVR.\n", "The shop does not start with SteamVR.\n"


def shop(*options):
    """(exit code, what was said, what was said of trouble)."""
    done = subprocess.run(
        [ENDCAP, "shop", *options], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


def entries(headset):
    return [one for one in headset.registered if one.key]


def test_on_and_off_and_each_of_them_twice(headset, tmp_path):
    headset.no_headset = 1  # it is asked for beforehand, by somebody who wears none
    assert shop("--autostart", "status") == (0, OFF, "")
    for _ in range(2):
        assert shop("--autostart", "on", "--server", "http://shop:9000", "--seated") == (0, ON, "")
        (entry,) = entries(headset)
        assert (entry.key.decode(), entry.temporary, entry.starts) == (STARTER_KEY, 0, 1)
    assert shop("--autostart", "status") == (0, ON, "")
    path = Path(entry.path.decode())
    assert path.is_relative_to(tmp_path)
    (application,) = json.loads(path.read_text(encoding="utf-8"))["applications"]
    assert application["arguments"] == "shop --server http://shop:9000 --seated"
    assert application["is_dashboard_overlay"] is True
    assert os.access(application["binary_path_linux"], os.X_OK)
    for _ in range(2):
        assert shop("--autostart", "off") == (0, OFF, "")
        assert entries(headset) == []
        assert not path.exists()
    assert headset.inits == headset.cleanups > 0
    assert (headset.faults, headset.fault) == (0, b"")


def test_a_shop_that_runs_is_a_scene_under_its_own_name_and_leaves_the_starter(headset):
    assert autostart("on") is True
    backend = create("openvr")
    backend.open()
    assert headset.app_key.decode() == APP_KEY
    kinds = {one.key.decode(): (one.temporary, one.overlay) for one in entries(headset)}
    assert kinds == {APP_KEY: (1, 0), STARTER_KEY: (0, 1)}
    backend.close()
    assert [one.key.decode() for one in entries(headset)] == [STARTER_KEY]
    assert autostart("status") is True


def test_switched_off_in_steamvr_is_off(headset):
    assert autostart("on") is True
    (entry,) = entries(headset)
    entry.starts = 0
    assert autostart("status") is False


@pytest.mark.parametrize(("code", "name"), [(105, "IPCFailed"), (4711, "KeyError")])
def test_what_steamvr_refuses_is_one_sentence(headset, code, name):
    headset.application_error = code
    exit_code, said, trouble = shop("--autostart", "on")
    assert (exit_code, said, trouble.count("\n")) == (2, "", 1)
    assert "SteamVR does not take the shop into its list" in trouble
    assert name in trouble
    assert entries(headset) == []
    assert headset.inits == headset.cleanups == 1


def test_without_steamvr_it_is_one_sentence(headset, monkeypatch, tmp_path):
    monkeypatch.setenv("VR_PATHREG_OVERRIDE", str(tmp_path / "none.vrpath"))
    exit_code, said, trouble = shop("--autostart", "on")
    assert (exit_code, said) == (2, "")
    assert trouble.endswith("SteamVR is not installed here: install it.\n")
    # Whether it starts by itself is a question that has an answer all the same.
    told = "The shop does not start with SteamVR: SteamVR is not installed here.\n"
    assert shop("--autostart", "status") == (0, told, "")
    (tmp_path / "none.vrpath").write_text("{")
    exit_code, said, trouble = shop("--autostart", "status")
    assert (exit_code, said) == (2, "")  # damaged, it may start the shop or not
    assert "is damaged" in trouble


def test_a_folder_that_cannot_be_written_is_one_sentence(headset, monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "taken"))
    exit_code, _, trouble = shop("--autostart", "on")
    assert (exit_code, trouble.count("\n")) == (2, 1)
    assert "cannot be written" in trouble
    assert headset.inits == headset.cleanups == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--autostart", "maybe"), "write on, off or status"),
        (("--autostart", "on", "--server", "http://a b"), "neither blanks nor quotation marks"),
    ],
)
def test_nonsense_is_one_sentence_and_changes_nothing(headset, options, said):
    exit_code, _, trouble = shop(*options)
    assert (exit_code, trouble.count("\n")) == (2, 1)
    assert said in trouble
    assert headset.inits == 0
