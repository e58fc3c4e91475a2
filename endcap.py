"""The `endcap` command: mounts the rooms' sub-commands, and runs the demo as child processes."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

import server.cli
import store_scenes.cli
import vr_client.cli
from catalog_sync.model.failure import Failure

SERVER_START_WAIT_S = 60.0
CHILD_STOP_WAIT_S = 10.0
TRIP_LINE_BYTES_MAX = 1 << 20

app = typer.Typer(
    name="endcap",
    help="A shop you walk into with a VR headset. Start with: endcap demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
server.cli.register(app)
store_scenes.cli.register(app)
vr_client.cli.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"endcap {version('endcap')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


@app.command()
def demo(
    store: Annotated[
        Path | None, typer.Option(help="A store folder of your own; else the demo's.")
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="A scripted trip to pictures and a film.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Where pictures and the working store go.")] = Path(
        "out/demo"
    ),
    buy: Annotated[str, typer.Option(help="SKU that the scripted shopper buys.")] = "",
    film: Annotated[bool, typer.Option(help="The scripted trip leaves a film as well.")] = True,
) -> None:
    """Server, a store and a shopper in one: a window, or without a display a scripted trip."""
    console = Console(stderr=True)
    folder = _working_store(store, out)
    scripted = headless or not _has_display()
    with _serving(folder, console, watch=not scripted) as url:
        if scripted:
            _headless_trip(folder, url, out, buy, console, film=film)
        else:
            console.print(f"The shop is open at {url}. Close the window to end the demo.")
            code = subprocess.call([endcap_script(), "shop", "--server", url])
            raise typer.Exit(code)


class Benchmark(StrEnum):
    """The benchmarks that `bench` runs: files of `benchmarks/`."""

    RENDER = "render"
    SYNC = "sync"
    COOK = "cook"
    LAYOUT = "layout"
    FRAME = "frame"


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(
    context: typer.Context,
    name: Annotated[Benchmark, typer.Argument(help="What to measure.")],
) -> None:
    """Measure against a baseline in the same run. --json for programs, --rounds N for patience."""
    program = Path(__file__).with_name("benchmarks") / f"{name}.py"
    if not program.is_file():
        raise Failure(
            f"{program} does not exist: benchmarks come with the source and not with the "
            "installed package, so run this in a clone of the repository"
        )
    # Software OpenGL's vertex buffers otherwise go back to the system after each frame.
    steady = {"MALLOC_MMAP_THRESHOLD_": "1000000000", "MALLOC_TRIM_THRESHOLD_": "8000000000"}
    command = [sys.executable, str(program), *context.args]
    raise typer.Exit(subprocess.call(command, env=os.environ | steady))


def endcap_script() -> str:
    """The console script of this installation: children start through it, never through `-m`.

    Raises:
        Failure: the package is not installed as a command.
    """
    beside = Path(sys.executable).with_name("endcap.exe" if os.name == "nt" else "endcap")
    found = str(beside) if beside.exists() else shutil.which("endcap")
    if found is None:
        raise Failure("the endcap command is not installed: run make setup, or pip install -e .")
    return found


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _working_store(store: Path | None, out: Path) -> Path:
    """The folder to serve: the shopkeeper's own as it is, or a fresh copy of the demo's.

    A copy, because the installed demo may be read-only and a trip must start from a full shelf.
    """
    if store is not None:
        if not (store / "store.toml").is_file():
            raise Failure(f"{store} is not a store folder: it has no store.toml")
        return store
    from store_scenes.demo import demo_store

    folder = out / "store"
    if folder.exists():
        if not (folder / "store.toml").is_file():
            raise Failure(f"{folder} exists and is not a demo store: choose another --out")
        shutil.rmtree(folder)
    shutil.copytree(demo_store(), folder, ignore=shutil.ignore_patterns("__pycache__", ".endcap"))
    return folder


@contextlib.contextmanager
def _serving(folder: Path, console: Console, *, watch: bool) -> Iterator[str]:
    """`endcap serve` as a child on a free port; its address, once it says that it is ready."""
    command = [endcap_script(), "serve", str(folder), "--port", "0"]
    command += ["--watch"] if watch else []
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        with console.status("Opening the shop"):
            line = child.stdout.readline() if child.stdout else ""
        if " at http" not in line:
            child.wait(CHILD_STOP_WAIT_S)
            raise Failure(f"the server did not start: see its own message above ({folder})")
        yield line.rsplit(" at ", 1)[1].strip()
    finally:
        child.terminate()
        try:
            child.wait(CHILD_STOP_WAIT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _headless_trip(
    folder: Path, url: str, out: Path, buy: str, console: Console, *, film: bool
) -> None:
    """Run the scripted trip in lockstep: after each station, ask the database what it holds."""
    started = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("*.png"), out / "trip.mp4", out / "trip.json"):
        old.unlink(missing_ok=True)
    command = [endcap_script(), "trip", "--server", url, "--out", str(out)]
    command += ["--buy", buy] if buy else []
    command += [] if film else ["--no-film"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        steps, outcome = _follow(child, folder / ".endcap" / "shop.sqlite", console)
    finally:
        if child.poll() is None:
            child.kill()
        code = child.wait()
    if code != 0:
        raise Failure(f"the trip broke off after {len(steps)} steps: see its message above")
    _write_json(out / "trip.json", {"steps": steps, "outcome": outcome})
    wrong = [step["step"] for step in steps if step["total_shown_minor"] != step["total_held"]]
    if wrong:
        raise Failure(f"the total shown differs from the database at: {', '.join(wrong)}")
    if outcome != "order.paid":
        raise Failure(f"the trip ended with {outcome}, not with a paid order")
    pictures = len(list(out.glob("*.png")))
    console.print(f"The order is paid. {len(steps)} steps in {time.monotonic() - started:.0f} s.")
    kept = "trip.mp4 and trip.json" if (out / "trip.mp4").exists() else "and trip.json"
    typer.echo(f"{pictures} pictures, {kept} are in {out.resolve()}")


def _follow(
    child: "subprocess.Popen[str]", database: Path, console: Console
) -> tuple[list[dict[str, Any]], str]:
    from server.storage.inspect import held_total
    from vr_client.trip.phone import pay

    steps: list[dict[str, Any]] = []
    outcome = "none"
    assert child.stdin is not None
    assert child.stdout is not None
    while line := child.stdout.readline(TRIP_LINE_BYTES_MAX):
        step = json.loads(line)
        held = held_total(database, step.pop("shopper"))
        step["total_held"] = held.total_minor
        outcome = f"order.{held.order_state}" if held.order_state else "none"
        if outcome == "order.paid":
            step["bought"] = {line.sku: line.quantity for line in held.order_lines}
        steps.append(step)
        console.print(f"  {step['step']:<14} {step['total_shown']:>12}")
        if step.get("url"):
            pay(step.pop("url"))
        child.stdin.write("go\n")
        child.stdin.flush()
    return steps, outcome


def _write_json(path: Path, value: object) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)


def _missing_library(error: ImportError) -> str:
    """Native packages import only where the system has OpenGL and X11, which a server may not."""
    reason = " ".join(str(error).split())
    return (
        f"a library does not load here ({reason}): run make setup, or on Debian and Ubuntu "
        "apt-get install libegl1 libgl1-mesa-dri libgles2 libgl1 libfontconfig1"
    )


def main() -> None:
    """Entry of the console script: a Failure becomes one line on standard error and exit 2."""
    try:
        app()
    except Failure as failure:
        sys.stderr.write(f"endcap: {failure}\n")
        raise SystemExit(2) from None
    except ImportError as error:
        sys.stderr.write(f"endcap: {_missing_library(error)}\n")
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        sys.stderr.write("endcap: stopped\n")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
