import numpy as np
import pytest

from catalog_sync.model.product import Product
from store_scenes.models.art import draw_art, front_picture
from store_scenes.models.art.skins import TONES
from store_scenes.models.packages import package_panels
from store_scenes.models.shapes.kinds.produce import FORMS, form_of

FORM_NAMES = sorted({line.partition(":")[0] for line in FORMS.strip().splitlines()})


def produce(form, colour=""):
    words = dict(
        line.partition(":")[::2] for line in reversed(FORMS.strip().splitlines())
    )[form]  # fmt: skip
    return Product(
        sku=form, names={"en": words.split(",")[0].strip()}, brand="", category="",
        package="produce", dimensions_mm=(80, 80, 80), colour=colour,
    )  # fmt: skip


def test_every_form_has_its_colour():
    assert set(TONES) == set(FORM_NAMES)


@pytest.mark.parametrize("form", FORM_NAMES)
def test_a_skin_has_a_pattern_in_its_own_colour_and_no_words(form):
    one = produce(form)
    assert form_of(one) == form
    (panel,) = package_panels(one)
    art = draw_art(one, (panel,))
    inside = art[panel.y : panel.y + panel.height - 12, panel.x : panel.x + panel.width, :3]
    assert len(np.unique(inside.reshape(-1, 3), axis=0)) > 40
    middle = inside[180:320].reshape(-1, 3).mean(axis=0)
    assert np.abs(middle - TONES[form]).max() < 90
    # It goes around: the seam is no sharper than other columns are from their neighbours.
    steps = np.abs(np.diff(inside.astype(float), axis=1)).mean(axis=(0, 2))
    seam = np.abs(inside[:, 0].astype(float) - inside[:, -1]).mean()
    assert seam < 40 + 4 * steps.max()


def test_the_catalogues_colour_wins():
    (panel,) = package_panels(produce("apple"))
    red = draw_art(produce("apple", "#c02020"), (panel,))[200:300, 200:300, :3].mean(axis=(0, 1))
    green = draw_art(produce("apple", "#80b030"), (panel,))[200:300, 200:300, :3].mean(axis=(0, 1))
    assert red[0] > red[1] + 60
    assert green[1] > green[0] - 10


@pytest.mark.parametrize("form", ["apple", "banana", "cucumber", "watermelon"])
def test_a_fruit_is_its_own_picture(form):
    picture = front_picture(produce(form))
    assert picture.shape == (256, 256, 4)
    assert len(np.unique(picture.reshape(-1, 4), axis=0)) > 500
