"""A whole client over a scripted headset and a shop in memory."""

import numpy as np
import pytest

from store_scenes.typefaces import find_typeface
from tests.unit.vr_client.memory_shop import MemoryShop
from tests.unit.vr_client.ui.panel_states import SolidFronts
from vr_client.app import App
from vr_client.headset.backends.scripted import ScriptedBackend
from vr_client.label_queue import LabelQueue
from vr_client.render.context import create_headless
from vr_client.render.renderer import Renderer
from vr_client.trip.body import Body, Stage
from vr_client.ui.canvas import Canvas
from vr_client.ui.panel_set import PanelSet
from vr_client.ui.pictures import PictureStore


@pytest.fixture(scope="module")
def graphics():
    context = create_headless()
    yield context
    context.release()


@pytest.fixture
def shop():
    return MemoryShop()


@pytest.fixture
def client(graphics, shop):
    """(app, stage): what the stage's body does is what the headset reports."""
    stage = Stage(Body(np.array([0.0, 1.6, 1.5]), 0.0, -20.0, np.array([1.5, 1.0, 1.0])))
    headset = ScriptedBackend(stage.script, step_s=1.0 / 15.0)
    headset.open()
    regular, bold = find_typeface("regular"), find_typeface("bold")
    canvas = Canvas((regular.path, regular.index), (bold.path, bold.index))
    pictures = PictureStore(SolidFronts())
    labels = LabelQueue(lambda *facts, **_how: np.full((*facts[-1][::-1], 4), 255, np.uint8))
    renderer = Renderer(graphics, samples=1)
    panels = PanelSet(canvas, pictures, "headset")
    yield App(headset, shop, renderer, panels, labels, at_entrance=False), stage
    renderer.release()
    canvas.close()
