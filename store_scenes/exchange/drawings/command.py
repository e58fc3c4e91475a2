"""`endcap plan`: a store's drawings as SVG, PDF or PNG."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog_sync.model.failure import Failure

if TYPE_CHECKING:
    from store_scenes.exchange.drawings.sheet import Sheet  # for its type only: --help stays quick

DPI_RANGE = (20.0, 1200.0)


class SheetChoice(StrEnum):
    """What `plan` draws."""

    FLOOR = "floor"
    SCHEDULE = "schedule"
    ELEVATIONS = "elevations"
    ALL = "all"


class PaperChoice(StrEnum):
    """Lying, as ISO 216 has it."""

    A4 = "a4"
    A3 = "a3"
    A2 = "a2"
    A1 = "a1"
    A0 = "a0"


def plan_drawings(
    store: Annotated[Path, typer.Argument(help="The store folder, with its store.toml.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The drawing to write: .svg, .pdf or .png.")
    ],
    sheet: Annotated[
        SheetChoice | None,
        typer.Option(help="What to draw; unless said all in a PDF, else the floor."),
    ] = None,
    planogram: Annotated[str, typer.Option(help="The elevation of this planogram only.")] = "",
    language: Annotated[str, typer.Option(help="Such as ko or en; the store's unless said.")] = "",
    scale: Annotated[
        float, typer.Option(help="N of 1:N; the largest usual one that fits unless said.")
    ] = 0.0,
    paper: Annotated[PaperChoice, typer.Option(help="The size of the sheets.")] = PaperChoice.A3,
    dpi: Annotated[float, typer.Option(help="Of a PNG.")] = 150.0,
) -> None:
    """Draw a store: floor plan, fixture schedule and shelf elevations, with dimensions."""
    from rich.console import Console
    from rich.progress import Progress

    from store_scenes.exchange.drawings.drawing_set import draw
    from store_scenes.feeds.files import whole_file
    from store_scenes.layout.load import load_store

    kind = out.suffix.lower()
    if kind not in {".svg", ".pdf", ".png"}:
        raise Failure(f"{out}: a drawing is an .svg, a .pdf or a .png; name the file so")
    if scale < 0.0 or (scale and not 1.0 <= scale <= 10_000.0):
        raise Failure(f"--scale {scale:g}: give N of 1:N, between 1 and 10000")
    if not DPI_RANGE[0] <= dpi <= DPI_RANGE[1]:
        raise Failure(f"--dpi {dpi:g}: give between {DPI_RANGE[0]:g} and {DPI_RANGE[1]:g}")
    which = sheet or (SheetChoice.ALL if kind == ".pdf" else SheetChoice.FLOOR)
    layout = load_store(store)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("draw", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        sheets = draw(
            layout,
            which.value,
            language=language,
            paper=paper.value,
            scale=scale,
            planogram=planogram,
            progress=progress,
        )
        data = _written(kind, sheets, language or layout.store.locale, dpi, progress)
    with whole_file(out) as file:
        file.write(data)
    first = sheets[0]
    count = f"{len(sheets)} sheet{'' if len(sheets) == 1 else 's'}"
    at = f" at 1:{first.scale:g}" if first.scale else ""
    typer.echo(f"{count} of {paper.value.upper()} in {out}: {first.title.partition(': ')[2]}{at}"
               + (" and more" if len(sheets) > 1 else ""))  # fmt: skip


def _written(
    kind: str,
    sheets: "tuple[Sheet, ...]",
    language: str,
    dpi: float,
    progress: Callable[[int, int], None],
) -> bytes:
    from store_scenes.exchange.drawings.painted import pdf_of, png_of
    from store_scenes.exchange.drawings.svg import svg_of

    if kind == ".svg":
        about = "; ".join(sheet.title for sheet in sheets[:100])
        return svg_of(sheets, language.replace("_", "-"), about)
    if kind == ".pdf":
        return pdf_of(sheets, sheets[0].title, progress)
    return png_of(sheets, dpi, progress)
