"""How far a replay is: rewritten on a terminal, a line now and then elsewhere."""

import io

import pytest

from vr_client.replay.progress import LINE_S, Lines, duration, how_far, progress_on


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    now_s = 100.0

    def __call__(self):
        return self.now_s


def test_a_line_now_and_then_says_how_many_frames_and_how_long_still():
    file, clock = io.StringIO(), Clock()
    lines = Lines(file, clock)
    for done in range(1, 1001):
        clock.now_s += 0.0625
        lines.tell("replay", done, 1000)
    said = file.getvalue().splitlines()
    assert len(said) == 1000 // (LINE_S / 0.0625)
    assert said[0] == "replaying: 161 of 1,000 frames, 52 s left"
    assert said[-1] == "replaying: 961 of 1,000 frames, 2 s left"


def test_how_long_it_takes_goes_by_how_it_went_last():
    """Before the store is there a frame takes no time; afterwards it does."""
    file, clock = io.StringIO(), Clock()
    lines = Lines(file, clock)
    lines.tell("replay", 1, 1000)
    for done in (501, 601, 601):
        clock.now_s += 20.0
        lines.tell("replay", done, 1000)
    assert file.getvalue().splitlines() == [
        "replaying: 501 of 1,000 frames, 20 s left",
        "replaying: 601 of 1,000 frames, 1 min 20 s left",
        "replaying: 601 of 1,000 frames",
    ]


def test_each_stage_begins_anew_and_a_short_one_says_nothing():
    file, clock = io.StringIO(), Clock()
    lines = Lines(file, clock)
    lines.tell("read", 1, 100)
    clock.now_s += LINE_S
    lines.tell("read", 50, 100)
    lines.tell("replay", 1, 1000)
    clock.now_s += LINE_S - 0.1
    lines.tell("replay", 900, 1000)
    clock.now_s += 0.1
    lines.tell("replay", 10, 1000)
    assert file.getvalue().splitlines() == [
        "reading: 50 %, 10 s left",
        "replaying: 10 of 1,000 frames",  # too early to say how long
    ]


def test_what_is_no_terminal_gets_lines_or_nothing():
    for lines in (True, False):
        file = io.StringIO()
        with progress_on(file, lines=lines) as progress:
            for done in range(100):
                progress("replay", done, 100)
        assert file.getvalue() == ""  # it took no ten seconds


@pytest.mark.parametrize("lines", [True, False])
def test_a_terminal_s_line_is_rewritten_and_gone_at_the_end(lines, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    file = Terminal()
    with progress_on(file, lines=lines) as progress:
        progress("read", 10, 40)
        progress("replay", 1234, 5678)
    shown = file.getvalue()
    assert "replaying" in shown
    assert "1,234 of 5,678 frames" in shown
    assert shown.endswith("\x1b[2K")  # the line is erased


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (59.4, "59 s"), (60.0, "1 min 0 s"), (200.0, "3 min 20 s"),
     (3900.0, "1 h 5 min")],
)  # fmt: skip
def test_durations_as_people_say_them(seconds, said):
    assert duration(seconds) == said


def test_bytes_go_by_their_share():
    assert how_far("read", 1, 3) == "33 %"
    assert how_far("replay", 0, 1200) == "0 of 1,200 frames"
