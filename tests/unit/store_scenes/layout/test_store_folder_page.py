"""The store that docs/store-folder.md shows is a store."""

import re
from pathlib import Path

from store_scenes.layout.check import check
from store_scenes.layout.load import load_store

PAGE = Path(__file__).parents[4] / "docs" / "store-folder.md"


def test_the_store_on_the_page_checks_without_a_finding(tmp_path):
    page = PAGE.read_text(encoding="utf-8")
    store, planogram = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (catalogue,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    for folder in ("planograms", "models"):
        (tmp_path / folder).mkdir()
    (tmp_path / "store.toml").write_text(store, encoding="utf-8")
    (tmp_path / "planograms" / "chips.toml").write_text(planogram, encoding="utf-8")
    (tmp_path / "catalog.csv").write_text(catalogue, encoding="utf-8")
    (tmp_path / "models" / "mug.glb").write_bytes(b"glTF")
    (tmp_path / "models" / "LICENSE.txt").write_text("CC0")
    layout = load_store(tmp_path)
    assert check(layout, tmp_path) == []
    assert [product.sku for product in layout.products] == ["SN-1", "SN-2"]
