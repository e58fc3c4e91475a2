"""What `endcap replay` says: on which stream, with which exit code."""

import json

import pytest
import typer
from typer.testing import CliRunner

from tests.unit.vr_client.replay.recorded_visit import record_visit
from vr_client.app import App
from vr_client.replay.command import DIFFERS, STOPPED, replay
from vr_client.replay.table import decode_frame

FRAMES = 40


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    path = tmp_path_factory.mktemp("visit") / "visit.rec"
    record_visit(path, FRAMES)
    return path


def run(*arguments):
    app = typer.Typer()
    app.command()(replay)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_outcome_is_one_sentence(visit):
    done = run(visit)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "40 of 40 frames, 1.3 s: the same\n"


def test_for_programs_it_is_json_and_nothing_else(visit, monkeypatch):
    monkeypatch.setattr("vr_client.replay.progress.LINE_S", 0.0)
    done = run(visit, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout)["frames"] == FRAMES
    done = run(visit)
    assert "replaying: 39 of 40 frames" in done.stderr
    assert done.stdout == "40 of 40 frames, 1.3 s: the same\n"


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_ctrl_c_ends_it_in_one_sentence(visit, monkeypatch, options):
    before = App.draw_panels

    def interrupted(self, info, aims):
        if self.frame == 7:
            raise KeyboardInterrupt
        return before(self, info, aims)

    monkeypatch.setattr(App, "draw_panels", interrupted)
    done = run(visit, *options)
    assert (done.exit_code, done.stdout) == (STOPPED, "")
    assert done.stderr == f"endcap: {visit}: stopped after 7 of 40 frames, the same so far\n"


@pytest.mark.parametrize("whole", [0, 20])
def test_ctrl_c_while_the_file_is_read(visit, monkeypatch, whole):
    read = []

    def interrupted(*record):
        read.append(record)
        if len(read) > whole:
            raise KeyboardInterrupt
        return decode_frame(*record)

    monkeypatch.setattr("vr_client.replay.recording.decode_frame", interrupted)
    done = run(visit)
    assert (done.exit_code, done.stdout) == (STOPPED, "")
    assert done.stderr == f"endcap: {visit}: stopped while the file was read\n"


def test_ctrl_c_between_reading_and_the_first_frame(visit, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("vr_client.replay.player.Player.play", interrupted)
    done = run(visit)
    assert (done.exit_code, done.stdout) == (STOPPED, "")
    assert done.stderr == f"endcap: {visit}: stopped before any frame\n"


def test_a_difference_is_told_on_standard_error(visit, monkeypatch):
    monkeypatch.setattr("vr_client.state.reduce.CARD_QUANTITY_MAX", 1)
    done = run(visit)
    assert done.exit_code == DIFFERS
    assert done.stdout.endswith(": not the same\n")
    assert done.stderr.startswith(f"endcap: {visit}: frame ")
    assert done.stderr.endswith(" differs in card_quantity\n")
