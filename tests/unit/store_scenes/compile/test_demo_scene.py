"""The demo store as shoppers get it: cooked models, drawn packages, drawn signs."""

import shutil

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from store_scenes.cli import register
from store_scenes.compile.audit import audit
from store_scenes.compile.compiler import compile_scene
from store_scenes.demo import demo_store
from store_scenes.layout.load import load_store
from store_scenes.models.cook import cooked_products


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("demo") / "store"
    shutil.copytree(demo_store(), made)
    return made


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def scene(folder, told):
    layout = load_store(folder)
    products, load_model = cooked_products(folder, layout.products, lambda *_: None)
    return compile_scene(layout, products, load_model, lambda *step: told.append(step))


def test_nothing_floats_and_nothing_is_inside_another(scene):
    assert audit(scene) == []


def test_each_product_wears_art_of_its_own(scene):
    # Three are models, whose art may be plain white.
    assert len({picture.tobytes() for picture in scene.art_far}) >= len(scene.skus) - 2
    assert len({key.tobytes() for key in scene.art_keys}) == len(scene.skus)
    assert np.all(scene.art_far[:, :, :, 3] == 255)
    assert np.all(scene.signs[:, :, :, 3] == 255)
    assert len({picture.tobytes() for picture in scene.signs}) == len(scene.signs)
    assert len(scene.signs) > 5  # white, three aisles, the store's name, and what furniture shows


def test_progress_is_told_to_its_end(scene, told):
    fixtures = len(load_store(demo_store()).store.fixtures)
    assert told[0] == ("models", 0, 463)
    assert told[463] == ("models", 463, 463)
    assert told[-1] == ("shelves", fixtures, fixtures)


@pytest.mark.usefixtures("scene")  # it has cooked them before
def test_cook_says_how_many(folder):
    app = typer.Typer()
    register(app)
    done = CliRunner().invoke(app, ["cook", str(folder)])
    assert (done.exit_code, done.exception) == (0, None)
    assert done.output == f"{folder}: 3 models, 0.5 MB; 0 cooked now, 3 before\n"
