import json
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from catalog_sync.model.failure import Failure
from store_scenes.cli import register
from store_scenes.demo import demo_store
from store_scenes.models.gltf import import_model
from store_scenes.models.imported.features import EXTENSIONS, FEATURES
from store_scenes.models.inspect import inspect_model
from store_scenes.models.reframe import frame, reframed

PAGE = Path(__file__).parents[4] / "docs" / "models.md"
MUG = demo_store() / "models" / "mug.glb"


def call(*arguments):
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, ["model", *map(str, arguments)])


@pytest.fixture
def in_mm(tmp_path):
    """The mug in millimetres, Z up, as a CAD program leaves it."""
    turn = np.eye(4)
    turn[1:3, 1:3] = [[0, -1], [1, 0]]
    turn[:3, :3] *= 1000.0
    (tmp_path / "mug.glb").write_bytes(reframed(MUG, turn))
    return tmp_path / "mug.glb"


def size_of(path):
    return tuple(round(side * 1000) for side in inspect_model(path).size_m)


def test_the_report_of_a_model_is_whole_and_stable():
    tree = json.loads(call("inspect", MUG, "--json").stdout)
    assert tree["schema"] == 1
    assert set(tree) == {
        "schema", "file", "format", "bytes", "generator", "copyright", "triangles",
        "triangles_stored", "vertices", "bounds_m", "size_m", "materials", "textures",
        "animations", "extensions", "warnings", "fix",
    }  # fmt: skip
    assert tree["triangles"] == len(import_model(MUG).mesh.indices) // 3


def test_a_model_of_another_unit_and_direction_is_mended_by_what_is_said(in_mm, tmp_path):
    sides = "x".join(str(side) for side in size_of(MUG))
    lines = call("inspect", in_mm, "--size", sides).stdout.splitlines()
    assert any("is in mm and not in metres and has Z up and not Y" in line for line in lines)
    flags = lines[-1].partition(".glb ")[2].partition(".glb ")[2]
    assert flags == "--scale mm --up z"
    done = call("fix", in_mm, "-o", tmp_path / "out.glb", *flags.split())
    assert done.exit_code == 0
    assert size_of(tmp_path / "out.glb") == size_of(MUG)
    assert inspect_model(tmp_path / "out.glb", size_of(MUG)).warnings == ()


def test_mending_loses_nothing(in_mm):
    one, other = import_model(MUG), import_model(in_mm)
    assert len(one.mesh.indices) == len(other.mesh.indices)
    assert np.array_equal(one.mesh.art, other.mesh.art)


@pytest.mark.parametrize(
    ("size", "warning", "fix"),
    [
        ((1180, 980, 860), "times the product's size", "--scale"),
        ((10, 2000, 10), "other proportions", ""),
    ],
)
def test_sizes_that_do_not_fit_are_said(size, warning, fix):
    report = inspect_model(MUG, size)
    assert warning in report.warnings[0]
    assert report.fix.startswith(fix)
    assert bool(report.fix) == bool(fix)


def test_without_a_product_only_what_no_goods_are_is_said(in_mm):
    assert inspect_model(MUG).warnings == ()
    assert "its unit may be mm" in inspect_model(in_mm).warnings[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("inspect", MUG, "--size", "wide"), "--size: 'wide' is not"),
        (("fix", MUG, "-o", "/nowhere/x.glb", "--scale", "mm"), "cannot be written"),
        (("fix", MUG, "-o", "x.glb", "--scale", "furlong"), "--scale: 'furlong' is none"),
        (("fix", MUG, "-o", "x.glb", "--up", "w"), "--up: 'w' is none"),
        (("inspect", "gone.glb"), "cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(arguments, says):
    done = call(*arguments)
    assert isinstance(done.exception, Failure)
    assert says in str(done.exception)


def test_a_scale_that_is_wrong_leaves_the_model_as_it_is(in_mm):
    for _ in range(2):
        assert call("fix", in_mm, "-o", in_mm, "--scale", "mm").exit_code == 0
    before = in_mm.read_bytes()
    done = call("fix", in_mm, "-o", in_mm, "--scale", "mm")
    assert isinstance(done.exception, Failure)
    assert f"{in_mm}" in str(done.exception)
    assert in_mm.read_bytes() == before
    assert [path.name for path in in_mm.parent.iterdir()] == ["mug.glb"]


def test_a_mended_model_is_a_glb(in_mm, tmp_path):
    done = call("fix", in_mm, "-o", tmp_path / "mug.obj")
    assert "a mended model is written as .glb" in str(done.exception)
    assert not (tmp_path / "mug.obj").exists()


def test_x_up_stands_up():
    up = frame("m", "x") @ np.array([1.0, 0, 0, 1])
    assert up[:3].tolist() == [0.0, 1.0, 0.0]
    assert (frame("m", "z") @ np.array([0, 0, 1.0, 1]))[:3].tolist() == [0.0, 1.0, 0.0]


def test_the_page_of_models_says_what_the_table_says():
    page = PAGE.read_text(encoding="utf-8")
    for name, feature in (EXTENSIONS | FEATURES).items():
        assert f"| {name} | {feature.verdict} | {feature.how} |" in page, name
