"""`endcap model inspect` and `endcap model fix`."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from catalog_sync.model.failure import Failure
from store_scenes.feeds.counted import counted

if TYPE_CHECKING:
    from store_scenes.models.inspect import ModelReport  # for its type only: --help stays quick


def inspect_file(
    file: Annotated[Path, typer.Argument(help="A .glb, .gltf, .obj, .stl or .ply.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    size: Annotated[
        str, typer.Option(help="The product's width, height and depth, such as 80x120x80 (mm).")
    ] = "",
    scene: Annotated[
        int | None, typer.Option(help="Another scene than the one that the file shows.")
    ] = None,
) -> None:
    """Say what is in a model, what is left out of it, and whether its size is right."""
    from store_scenes.models.inspect import inspect_model

    report = inspect_model(file, _size(size) if size else None, scene)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(report)).decode())
        return
    for line in _lines(file, report):
        typer.echo(line)


def fix_file(
    file: Annotated[Path, typer.Argument(help="A .glb, .gltf, .obj, .stl or .ply.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The .glb to write.")],
    scale: Annotated[str, typer.Option(help="The model's unit: mm, cm, in, m; or a factor.")] = "m",
    up: Annotated[str, typer.Option(help="The model's direction up: x, y or z.")] = "y",
) -> None:
    """Write a model with its scale and its direction up mended; nothing else of it changes."""
    from store_scenes.feeds.files import whole_file
    from store_scenes.models.reframe import frame, reframed

    if out.suffix.lower() != ".glb":
        raise Failure(f"{out}: a mended model is written as .glb; name the file so")
    data = reframed(file, frame(scale, up))
    report = _looked_at(data, out)
    with whole_file(out) as target:
        target.write(data)
    typer.echo(f"{out}: {_sides(report)}")


def _looked_at(data: bytes, out: Path) -> "ModelReport":
    """What the model will be, before anything is written over.

    Raises:
        Failure: it would be one that nobody can show.
    """
    import tempfile

    from store_scenes.models.inspect import inspect_model

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / out.name
        path.write_bytes(data)
        try:
            return inspect_model(path)
        except Failure as failure:
            raise Failure(str(failure).replace(str(path), str(out))) from None


def cook(
    store: Annotated[Path, typer.Argument(help="The store folder, with its store.toml.")],
    jobs: Annotated[int, typer.Option(min=0, help="Processes at once; 0: one a core.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Cook what is cooked, too.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read every file to know whether it changed.")
    ] = False,
) -> None:
    """Turn the store's models into the cooked form that clients load."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from store_scenes.models.cook import cook_store

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    already: list[int] = []
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("cook", total=None)

        def progress(stage: str, done: int, total: int) -> None:
            already.append(done)  # the first is told before anything is done
            bar.update(task, description=stage, completed=done, total=total)

        manifest = cook_store(store, progress, jobs, force=force, verify=verify)
    count = len(manifest.files)
    noun = "model" if count == 1 else "models"
    told = f"{store}: {count:,} {noun}, {manifest.bytes / 1e6:,.1f} MB"
    typer.echo(f"{told}; {count - already[0]:,} cooked now, {already[0]:,} before")
    for path, warnings in {entry.model: entry.warnings for entry in manifest.files}.items():
        for sentence in warnings:
            typer.echo(f"  warning: {path} {sentence}", err=True)


def _size(text: str) -> tuple[float, float, float]:
    found = re.fullmatch(
        r"\s*" + r"\s*[x×,]\s*".join([r"(\d{1,5}(?:\.\d{1,3})?)"] * 3) + r"\s*", text
    )
    if not found or min(float(side) for side in found.groups()) <= 0.0:
        raise Failure(f"--size: {text!r} is not width, height and depth in mm, such as 80x120x80")
    return float(found[1]), float(found[2]), float(found[3])


def _sides(report: "ModelReport") -> str:
    return " × ".join(f"{side * 1000:,.1f}" for side in report.size_m) + " mm"


def _lines(file: Path, report: "ModelReport") -> list[str]:
    stored = report.triangles_stored
    drawn = f" ({stored:,} stored)" if stored != report.triangles else ""
    low, high = (" ".join(f"{value:.4f}" for value in corner) for corner in report.bounds_m)
    points = counted(report.vertices, "vertex", "vertices")
    counts = f"{counted(report.triangles, 'triangle')}{drawn}, {points}"
    lines = [
        f"{file.name}: {report.bytes:,} bytes, {counts}",
        f"  size {_sides(report)}, from {low} to {high} m",
        f"  {counted(report.materials, 'material')}, {counted(report.textures, 'texture')}",
    ]
    lines += [f"  animation {one.name!r}: {one.duration_s:.2f} s" for one in report.animations]
    if report.extensions:
        lines.append(f"  uses {', '.join(report.extensions)}")
    lines.append(f"  made by {report.generator or 'nobody says what'}; "
                 f"{report.copyright or 'nobody says whose it is'}")  # fmt: skip
    lines += [f"  warning: {sentence}" for sentence in report.warnings]
    if report.fix:
        lines.append(f"  mend it: endcap model fix {file} -o {file.stem}-fixed.glb {report.fix}")
    return lines
