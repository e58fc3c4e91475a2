"""Writes the demo store: `python -m store_scenes.demo.make_store`.

The catalogue comes from the tables in `goods/`, the layout from the planner that `endcap new`
uses, so the demo is what a merchant gets from a catalogue of this kind. The models stay.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from store_scenes.demo import demo_store
from store_scenes.demo.make_catalog import demo_products
from store_scenes.planning.plan import PlannedStore, PlanOptions, plan_store
from store_scenes.planning.write import write_store

OPTIONS = PlanOptions(
    names={"ko": "골목마트 엔드캡", "en": "Endcap Corner Market"},
    store_id="endcap-demo",
    target_facings=5200,
    aisles_min=8,
)
COMMENT = (
    "The demo store: a neighbourhood supermarket with brands of its own.\n"
    "Made by store_scenes/demo/make_store.py; edit a copy, not this."
)
MADE = ("store.toml", "catalog.csv", "planograms")


def planned_demo() -> PlannedStore:
    """The demo store's layout."""
    return plan_store(demo_products(), OPTIONS)


def make_store(folder: Path) -> None:
    """Replace what is made in `folder`, whose models stay."""
    models = {f"models/{path.name}": path for path in sorted((folder / "models").iterdir())}
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "store"
        write_store(made, planned_demo(), demo_products(), comment=COMMENT, models=models)
        for name in MADE:
            old = folder / name
            if old.is_dir():
                shutil.rmtree(old)
            shutil.move(made / name, old)


if __name__ == "__main__":
    make_store(Path(sys.argv[1]) if len(sys.argv) > 1 else demo_store())
