import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from catalog_sync.model.failure import Failure
from store_scenes.models.imported.pictures import picture

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("codec", ["etc1s", "uastc"])
def test_a_ktx2_texture_becomes_pixels(codec):
    path = DATA / f"quadrants-{codec}.ktx2"
    pixels = np.asarray(Image.open(io.BytesIO(picture(path, path.read_bytes()))), int)
    assert pixels.shape == (64, 64, 4)
    shown = [pixels[y, x] for y in (10, 50) for x in (10, 50)]
    known = [(255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (255, 255, 0, 255)]
    assert np.abs(np.array(shown) - known).max() <= 4


def test_a_ktx2_that_claims_more_than_it_may_is_refused_by_its_header():
    path = DATA / "quadrants-uastc.ktx2"
    data = bytearray(path.read_bytes())
    data[20:24] = (1 << 20).to_bytes(4, "little")
    with pytest.raises(Failure, match="an image of 1048576 × 64 pixels"):
        picture(path, bytes(data))


@pytest.mark.parametrize("length", [12, 60, 100, 400])
def test_a_ktx2_that_is_cut_short_is_refused(length):
    path = DATA / "quadrants-uastc.ktx2"
    with pytest.raises(Failure, match=r"KTX 2 texture that (is cut short|does not unpack)"):
        picture(path, path.read_bytes()[:length])


def test_other_kinds_of_pictures_are_refused():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "TIFF")
    with pytest.raises(Failure, match="has a TIFF picture: use PNG, JPEG or WebP"):
        picture(Path("m.glb"), out.getvalue())
    with pytest.raises(Failure, match="does not read"):
        picture(Path("m.glb"), b"GIF89a")
