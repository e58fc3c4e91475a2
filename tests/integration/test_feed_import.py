"""`endcap catalog import` as people run it: memory, and models behind links, over real HTTP."""

import csv
import http.server
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store_scenes.demo import demo_store

ENDCAP = str(Path(sys.executable).with_name("endcap"))
ROWS = 100_000
PEAK_MB_MAX = 200

MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
sys.stderr.write(done.stderr)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def feed_of(rows, path):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow([
            "id", "title", "description", "price", "availability", "gtin", "brand", "product_type",
        ])  # fmt: skip
        for number in range(rows):
            # Every row has something to be said about it, and words that are not kept.
            writer.writerow([
                f"SKU-{number}", f"Tea &amp; cup {number} 감자칩", "long words " * 40, "x USD",
                "in_stock", f"{number:013d}", f"Brand {number % 500}", "Kitchen > Cups",
            ])  # fmt: skip


def test_a_hundred_thousand_rows_take_little_memory(tmp_path):
    feed, out = tmp_path / "feed.tsv", tmp_path / "catalog.csv"
    feed_of(ROWS, feed)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, ENDCAP, "catalog", "import", str(feed), "--out", str(out),
         "--currency", "USD", "--report", str(tmp_path / "r.json")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, peak_kb = map(int, done.stdout.split())
    assert (code, done.stderr) == (0, "")
    assert peak_kb / 1024 < PEAK_MB_MAX
    told = json.loads((tmp_path / "r.json").read_text())
    assert (told["rows"], told["products"], told["unpriced"]) == (ROWS, ROWS, ROWS)
    assert told["rules"]["markup"]["count"] == ROWS
    with out.open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == ROWS + 1


@pytest.fixture
def web(tmp_path):
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "mug.glb").write_bytes((demo_store() / "models" / "mug.glb").read_bytes())
    (folder / "page.glb").write_text("<html>no model</html>")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *_arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_linked_models_are_fetched_beside_the_catalogue(tmp_path, web):
    feed, out = tmp_path / "feed.tsv", tmp_path / "catalog.csv"
    links = {"a": f"{web}/mug.glb", "b": f"{web}/mug.glb", "c": f"{web}/page.glb",
             "d": f"{web}/gone.glb", "e": "ftp://x/y.glb", "f": ""}  # fmt: skip
    rows = "".join(f"{sku}\t{sku}\tin_stock\tx\t{link}\n" for sku, link in links.items())
    feed.write_text(f"id\ttitle\tavailability\timage_link\tvirtual_model_link\n{rows}")
    done = subprocess.run(
        [ENDCAP, "catalog", "import", str(feed), "--out", str(out), "--fetch-models"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "3D models: 2 here, 3 not to be had" in done.stdout
    for why in ("is no GLB", "was answered with HTTP 404", "is no web address"):
        assert why in done.stdout
    with out.open(encoding="utf-8") as file:
        kept = {row["sku"]: (row["model"], row["package"]) for row in csv.DictReader(file)}
    assert kept["a"] == kept["b"]
    assert kept["a"][1] == "model"
    fetched = tmp_path / kept["a"][0]
    assert fetched.read_bytes() == (demo_store() / "models" / "mug.glb").read_bytes()
    assert [kept[sku][0] for sku in "cdef"] == ["", "", "", ""]
