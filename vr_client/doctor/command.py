"""`endcap doctor`: every probe in a process of its own, and a table of what they say."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer

from catalog_sync.model.failure import Failure
from vr_client.doctor.probes import PROBES, Answer
from vr_client.net.health import DEFAULT_SERVER

WAIT_S: Final = 20.0
ANSWER_BYTES_MAX: Final = 64 * 1024
REPORT_SCHEMA: Final = 1
MARKS: Final = {"ok": "✓", "lacking": "–", "broken": "✗"}
NEEDED: Final = frozenset({"Endcap", "OpenGL", "Font"})
"""Without one of these nobody shops here, with a headset or without."""

VIEWS: Final = (("SteamVR", "the headset"), ("Window", "a window"))
"""What one may look at a shop in."""


def doctor(
    server: Annotated[str, typer.Option(help="Address of the shop.")] = DEFAULT_SERVER,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    probe: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Say what works here (runtime, headset, OpenGL, fonts, server) and what to do about the rest.

    Exit 1 when nobody could shop on this computer.
    """
    if probe:
        _answer_alone(probe, server)
        return
    with ThreadPoolExecutor(len(PROBES)) as pool:
        answers = list(pool.map(lambda name: asked(name, server), PROBES))
    well = _is_well(answers)
    if as_json:
        tree = {
            "schema": REPORT_SCHEMA, "well": well, "verdict": verdict(answers), "answers": answers,
        }  # fmt: skip
        typer.echo(msgspec.json.format(msgspec.json.encode(tree)).decode())
    else:
        _print_table(answers)
    if not well:
        raise typer.Exit(1)


def verdict(answers: Sequence[Answer]) -> str:
    """In one sentence whether one can shop here and now, and in what; else what is in the way."""
    fine = {one.what for one in answers if one.state == "ok"}
    if not _is_well(answers):
        return "Nobody can shop here yet: mend what has ✗."
    views = [name for what, name in VIEWS if what in fine]
    if not views:
        return "Nobody can look at a shop here: there is neither a headset nor a display."
    if "Shop" not in fine:
        return f"One can shop here in {' or '.join(views)} once a shop is open: none answers now."
    return f"You can shop here, in {' or '.join(views)}."


def _is_well(answers: Sequence[Answer]) -> bool:
    return not any(one.what in NEEDED and one.state == "broken" for one in answers)


def asked(name: str, server: str) -> Answer:
    """What the probe says, or how its process ended: a driver or a library may crash it."""
    command = [_script(), "doctor", "--probe", name, "--server", server]
    what = name.capitalize()
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=WAIT_S, check=False, stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONFAULTHANDLER": ""},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Answer(what, "broken", f"no answer within {WAIT_S:.0f} s", "try again")
    except OSError as error:
        raise Failure(f"{command[0]} cannot be started: {error.strerror or error}.") from None
    last = done.stdout[-ANSWER_BYTES_MAX:].splitlines()
    try:
        return msgspec.json.decode(last[-1], type=Answer)
    except (IndexError, msgspec.DecodeError):
        return Answer(what, "broken", f"asking about it crashed ({_end(done.returncode)})",
                      "what it loads is damaged: install it anew")  # fmt: skip


def _answer_alone(name: str, server: str) -> None:
    """One probe, its answer as the last line of standard output."""
    ask = PROBES.get(name)
    if ask is None:
        raise Failure(f"There is no probe {name!r}: use one of {', '.join(PROBES)}.")
    try:
        answer = ask(server)
    except Exception as error:
        told = f"{type(error).__name__}: {' '.join(str(error).split())}"[:200]
        answer = Answer(name.capitalize(), "broken", told, "install it anew")
    sys.stdout.write("\n" + msgspec.json.encode(answer).decode() + "\n")


def _end(code: int) -> str:
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


def _script() -> str:
    """The console script of this very installation; `-m` could be shadowed by a folder."""
    beside = shutil.which("endcap", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("endcap")
    if found is None:
        raise Failure("The endcap command is not installed: run pip install -e . in the project.")
    return found


def _print_table(answers: list[Answer]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("", "", "how it is", "what to do"):
        table.add_column(title, overflow="fold")
    for one in answers:
        style = {"ok": "green", "lacking": "yellow", "broken": "red"}[one.state]
        table.add_row(f"[{style}]{MARKS[one.state]}[/]", one.what, one.told, one.advice)
    console = Console()
    console.print(table)
    console.print(f"\n{verdict(answers)}")
