"""SteamVR's own files, whole and damaged, and a library that a child process tries first."""

import json
from pathlib import Path

import pytest

from vr_client.headset.steamvr import installation
from vr_client.headset.steamvr.installation import (
    ask_in_a_child,
    fault_of,
    is_damaged,
    path_registry,
)


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        (json.dumps({"runtime": ["/somewhere"], "version": 1}), False),
        ("", True),
        ("{nope", True),
        ("[1, 2]", True),
        ('{"version": 1}', True),
        ('{"runtime": 5}', True),
        ('{"runtime": []}', True),
        ('{"runtime": [7]}', True),
    ],
)
def test_a_path_registry_says_where_or_is_damaged(tmp_path, text, damaged):
    path = tmp_path / "openvrpaths.vrpath"
    path.write_text(text)
    assert is_damaged(path) is damaged


def test_bytes_that_are_no_text_are_damage_and_no_file_is_none(tmp_path):
    path = tmp_path / "openvrpaths.vrpath"
    assert not is_damaged(path)
    path.write_bytes(b"\xff\xfe\x00")
    assert is_damaged(path)
    assert is_damaged(tmp_path)  # a folder


def test_the_registry_is_where_the_library_looks_for_it(monkeypatch, tmp_path):
    monkeypatch.setenv("VR_PATHREG_OVERRIDE", str(tmp_path / "other"))
    assert path_registry() == tmp_path / "other"
    monkeypatch.delenv("VR_PATHREG_OVERRIDE")
    for system, variable in (("linux", "XDG_CONFIG_HOME"), ("win32", "LOCALAPPDATA")):
        monkeypatch.setattr(installation.sys, "platform", system)
        monkeypatch.setenv(variable, str(tmp_path))
        assert path_registry() == tmp_path / "openvr" / "openvrpaths.vrpath"
    monkeypatch.setattr(installation.sys, "platform", "darwin")
    assert path_registry().parts[-2:] == (".openvr", "openvrpaths.vrpath")
    assert Path.home() in path_registry().parents


def test_a_child_answers_crashes_or_is_not_waited_for(monkeypatch):
    assert ask_in_a_child("print('present')") == ("", "present")
    assert ask_in_a_child("print('Error|its words')") == ("", "Error|its words")
    assert ask_in_a_child("import os; os.abort()") == ("crashes", "")
    assert ask_in_a_child("raise SystemExit(3)") == ("crashes", "")
    monkeypatch.setattr(installation, "PROBE_WAIT_S", 0.2)
    assert ask_in_a_child("import time; time.sleep(60)") == ("does not answer", "")


@pytest.mark.parametrize(
    ("manner", "answer", "fault"),
    [
        ("", "present", ""),
        ("", "", ""),
        ("", "InitError_Init_HmdNotFound|Hmd Not Found (108)", ""),
        ("", "InitError_Init_FactoryNotFound|Not Found\n(104)", "cannot be used (Not Found (104))"),
        ("crashes", "", "crashes"),
        ("does not answer", "", "does not answer"),
    ],
)
def test_only_the_library_s_own_faults_are_told_of_it(manner, answer, fault):
    assert fault_of(manner, answer) == (f"SteamVR's library {fault}" if fault else "")
