"""A context and a renderer for this folder, and the hand-built scene of the golden tests."""

import importlib.util
from pathlib import Path

import pytest

from vr_client.render.context import create_headless
from vr_client.render.renderer import Renderer

_SCENE = Path(__file__).resolve().parents[3] / "golden" / "small_scene.py"


@pytest.fixture(scope="session")
def store():
    """The module tests/golden/small_scene.py, which is not on the import path here."""
    spec = importlib.util.spec_from_file_location("small_scene_for_unit_tests", _SCENE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def graphics():
    context = create_headless()
    yield context
    context.release()


@pytest.fixture
def renderer(graphics):
    it = Renderer(graphics)
    yield it
    it.release()
    assert graphics.gl.error == "GL_NO_ERROR"
