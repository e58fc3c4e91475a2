"""What `endcap plan` writes: SVG by itself, PDF and PNG through Skia."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typer
from PIL import Image
from typer.testing import CliRunner

import store_scenes.demo
from catalog_sync.model.failure import Failure
from store_scenes.cli import register
from store_scenes.exchange.drawings.drawing_set import draw
from store_scenes.exchange.drawings.painted import pdf_of, png_of
from store_scenes.exchange.drawings.sheet import Group, Sheet, Text
from store_scenes.exchange.drawings.svg import svg_of
from store_scenes.layout.load import load_store

DEMO = Path(store_scenes.demo.__file__).parent / "store"
LAYOUT = load_store(DEMO)
SVG = "{http://www.w3.org/2000/svg}"


def quiet(_done: int, _total: int) -> None:
    """No one watches."""


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, ["plan", *arguments])
    if isinstance(result.exception, Failure):
        return 2, str(result.exception)
    assert result.exception is None, result.exception
    return result.exit_code, result.output


def test_svg_is_whole_titled_and_asks_for_nothing_outside() -> None:
    raw = svg_of(draw(LAYOUT, "all")[:4], "ko-KR", "the demo store")
    root = ET.fromstring(raw)
    assert root.find(f"{SVG}title").text == "도면 1/100: 평면도"
    assert root.find(f"{SVG}desc").text == "the demo store"
    assert root.get("width") == "420mm"
    assert root.get("height") == f"{4 * 297 + 3 * 8}mm"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert b"href" not in raw
    assert b"url(" not in raw
    assert b"<script" not in raw
    words = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {"골목마트 엔드캡", "1 / 100", "run-1-a", "24000"} <= words


def test_what_xml_cannot_say_is_left_out_of_svg() -> None:
    text = Text((1.0, 2.0), 'a\x00<b>&"c"', 3.0)
    sheet = Sheet("x", "t", 1, 1, (10.0, 10.0), 0.0, (Group("g", "\x07g", (text,)), text))
    root = ET.fromstring(svg_of([sheet], "en", "d"))
    assert ["".join(one.itertext()) for one in root.iter(f"{SVG}text")] == ['a<b>&"c"'] * 2


def test_pdf_has_a_page_a_sheet_of_its_paper_with_fonts_inside() -> None:
    raw = pdf_of(draw(LAYOUT, "all")[:3], "Demo", quiet)
    assert raw.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", raw)) == 3
    boxes = set(re.findall(rb"/MediaBox \[([^\]]+)\]", raw))
    assert len(boxes) == 1
    sides = [float(side) for side in boxes.pop().split()]
    assert sides == pytest.approx([0, 0, 420 * 72 / 25.4, 297 * 72 / 25.4], abs=0.6)
    assert re.search(rb"/FontFile[23]?\b", raw)


def test_png_is_as_large_as_its_paper_and_says_its_resolution() -> None:
    (plan,) = draw(LAYOUT, "floor")
    with Image.open(io.BytesIO(png_of([plan], 50.0, quiet))) as picture:
        assert picture.size == (int(420 * 50 / 25.4), int(297 * 50 / 25.4))
        assert picture.info["dpi"] == pytest.approx((50, 50), abs=0.1)
        assert picture.getpixel((2, 2)) == (255, 255, 255)
        dark = sum(picture.convert("L").histogram()[:100])
    assert dark > 3_000


def test_the_command_writes_each_kind_and_says_what(tmp_path: Path) -> None:
    svg, png = tmp_path / "plan.svg", tmp_path / "one.png"
    assert run(str(DEMO), "-o", str(svg), "--language", "en") == (
        0,
        f"1 sheet of A3 in {svg}: Floor plan at 1:75\n",
    )
    assert run(str(DEMO), "-o", str(png), "--planogram", "snacks-01", "--dpi", "40")[0] == 0
    assert svg.read_bytes().startswith(b"<?xml")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.png", "plan.svg"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-o", "plan.dxf"], "plan.dxf: a drawing is an .svg, a .pdf or a .png"),
        (["-o", "p.svg", "--scale", "-3"], "--scale -3: give N of 1:N"),
        (["-o", "p.png", "--dpi", "9"], "--dpi 9: give between 20 and 1200"),
        (["-o", "p.svg", "--planogram", "none"], "no fixture shows a planogram 'none'"),
        (["-o", "nowhere/p.svg"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, told = run(str(DEMO), *arguments)
    assert code == 2
    assert sentence in told
    assert list(tmp_path.iterdir()) == []
