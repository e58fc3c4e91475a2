"""A headset that exists in memory only, behind the real openvr package and its real library."""

import numpy as np
import pytest
from simulated_runtime import HEAD, build, map_shared, registry

from vr_client.render.context import create_headless
from vr_client.space.pose import pose, translation

LEFT_EYE = (-1.31, 1.12, -1.07, 1.22)  # left, right, top, bottom: nothing is symmetric
RIGHT_EYE = (-1.05, 1.27, -1.13, 1.17)


@pytest.fixture(scope="session")
def steamvr(tmp_path_factory):
    return build(tmp_path_factory.mktemp("steamvr"))


@pytest.fixture
def headset(steamvr, tmp_path, monkeypatch):
    shared, memory = map_shared(tmp_path / "headset")
    monkeypatch.setenv("ENDCAP_SIMULATED_HEADSET", str(tmp_path / "headset"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("VR_PATHREG_OVERRIDE", str(registry(tmp_path, steamvr)))
    shared.width, shared.height = 96, 112
    shared.input_available = 1
    shared.activity = 1  # somebody wears it
    shared.universe = 1
    shared.play_area[:] = (2.5, 1.75)
    for eye, raw in enumerate((LEFT_EYE, RIGHT_EYE)):
        shared.raw[eye][:] = raw
        offset = translation(((-0.033, 0.030)[eye], 0.001 * eye, 0.0))
        shared.eye_to_head[eye][:] = offset[:3].astype(np.float32).ravel().tolist()
    shared.place(HEAD, pose((0.2, 1.6, 0.4), 12.0, -4.0))
    yield shared
    del memory


@pytest.fixture
def graphics():
    made = create_headless()
    yield made
    made.release()
