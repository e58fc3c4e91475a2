"""Which sheets a store's drawings are: the floor plan, its schedule, an elevation a planogram."""

from collections.abc import Callable
from typing import Literal

from catalog_sync.model.failure import Failure
from store_scenes.exchange.drawings.elevation import elevations
from store_scenes.exchange.drawings.floor_plan import floor_plan
from store_scenes.exchange.drawings.frame import PAPERS, Draft, Paper, numbered
from store_scenes.exchange.drawings.schedule import schedules
from store_scenes.exchange.drawings.sheet import Sheet
from store_scenes.exchange.drawings.shelf_space import uses
from store_scenes.exchange.drawings.words import Words
from store_scenes.layout.documents import StoreLayout

Which = Literal["floor", "schedule", "elevations", "all"]
Progress = Callable[[int, int], None]


def draw(
    layout: StoreLayout,
    which: Which = "all",
    *,
    language: str = "",
    paper: str = "a3",
    scale: float = 0.0,
    planogram: str = "",
    progress: Progress | None = None,
) -> tuple[Sheet, ...]:
    """The sheets of a store, numbered. Equal arguments, equal sheets.

    `scale` N draws at 1:N; 0 at the largest usual scale that fits. A `planogram` asks for its
    elevation only.

    Raises:
        Failure: no fixture shows that planogram, or none shows any.
    """
    words = Words(language or layout.store.locale.replace("_", "-").partition("-")[0])
    on = Paper(paper, PAPERS[paper])
    drafts: list[Draft] = []
    if which in {"floor", "all"} and not planogram:
        drafts.append(floor_plan(layout, on, words, scale))
    if which in {"schedule", "all"} and not planogram:
        drafts += schedules(layout, on, words)
    if which in {"elevations", "all"} or planogram:
        drafts += _elevations(layout, on, words, scale, planogram, progress)
    if not drafts:
        raise Failure("no fixture of this store has anything to draw on such a sheet")
    title = words.named(layout.store.names, layout.store.id)
    return numbered(drafts, on, title, layout.version[:10], words)


def _elevations(
    layout: StoreLayout,
    paper: Paper,
    words: Words,
    scale: float,
    planogram: str,
    progress: Progress | None,
) -> list[Draft]:
    shown = uses(layout)
    if planogram:
        keys = sorted({use.key for use in shown})
        shown = [use for use in shown if use.key == planogram]
        if not shown:
            some = ", ".join(keys[:5]) + (" …" if len(keys) > 5 else "")
            raise Failure(f"no fixture shows a planogram {planogram!r}; there are {some or 'none'}")
    products = {product.sku: product for product in layout.products}
    drafts: list[Draft] = []
    for done, use in enumerate(shown):
        if progress is not None:
            progress(done, len(shown))
        drafts += elevations(layout, use, paper, words, products, scale)
    return drafts
