"""Backends and renderings broken on purpose: what judges the real one must catch each."""

from dataclasses import replace

import numpy as np
import pytest
from wearing import draw_plainly, worn

from vr_client.headset.backends.openvr import OpenVrBackend
from vr_client.headset.registry import create
from vr_client.space.pose import pose


class SwappedEyes(OpenVrBackend):
    def end_frame(self, eye_textures):
        super().end_frame(eye_textures[::-1])


class OneEyeTwice(OpenVrBackend):
    def end_frame(self, eye_textures):
        super().end_frame((eye_textures[0], eye_textures[0]))


class NoIpd(OpenVrBackend):
    def begin_frame(self):
        info = super().begin_frame()
        return replace(
            info,
            views=tuple(replace(view, world_from_eye=info.world_from_head) for view in info.views),
        )


class TopForBottom(OpenVrBackend):
    """Takes getProjectionRaw's names at their word."""

    def begin_frame(self):
        info = super().begin_frame()
        turned = []
        for view in info.views:
            left, right, bottom, top = view.tangents
            turned.append(replace(view, tangents=(left, right, -top, -bottom)))
        return replace(info, views=tuple(turned))


class SymmetricEyes(OpenVrBackend):
    def begin_frame(self):
        info = super().begin_frame()
        wide = (-1.2, 1.2, -1.2, 1.2)
        return replace(info, views=tuple(replace(view, tangents=wide) for view in info.views))


class LatePose(OpenVrBackend):
    """Draws with the pose of the frame before."""

    before = None

    def begin_frame(self):
        info = super().begin_frame()
        before, self.before = self.before or info, info
        return before


class TiltedHead(OpenVrBackend):
    """A degree too far down: less than an eye notices, and enough to be ill of."""

    def begin_frame(self):
        info = super().begin_frame()
        turn = pose((0.0, 0.0, 0.0), 0.0, -1.0)
        return replace(
            info,
            views=tuple(
                replace(view, world_from_eye=view.world_from_eye @ turn) for view in info.views
            ),
        )


class DoubleSubmit(OpenVrBackend):
    def end_frame(self, eye_textures):
        super().end_frame(eye_textures)
        super().end_frame(eye_textures)


class SubmitsFirst(OpenVrBackend):
    """Hands the pictures over when the next frame begins, before it waits."""

    kept = (1, 1)

    def begin_frame(self):
        self._our_turn = True
        super().end_frame(self.kept)
        return super().begin_frame()

    def end_frame(self, eye_textures):
        self.kept = eye_textures


class WaitsTwice(OpenVrBackend):
    def begin_frame(self):
        super().begin_frame()
        return super().begin_frame()


class CallsAfterShutdown(OpenVrBackend):
    def close(self):
        compositor, poses = self._compositor, self._poses
        super().close()
        compositor.waitGetPoses(poses, None)


class NeverShutsDown(OpenVrBackend):
    def close(self):
        """Forgets."""


class NoActionSet(OpenVrBackend):
    def open(self):
        super().open()
        self._hands._sets = None


class OneEyeOnly(OpenVrBackend):
    def end_frame(self, eye_textures):
        vr = self._vr
        texture = vr.Texture_t(int(eye_textures[0]), vr.TextureType_OpenGL, vr.ColorSpace_Gamma)
        bounds = vr.VRTextureBounds_t(0.0, 0.0, 1.0, 1.0)
        self._compositor.submit(vr.Eye_Left, texture, bounds)


class UpsideDownBounds(OpenVrBackend):
    def end_frame(self, eye_textures):
        vr = self._vr
        bounds = vr.VRTextureBounds_t(0.0, 1.0, 1.0, 0.0)
        for eye, name in zip((vr.Eye_Left, vr.Eye_Right), eye_textures, strict=True):
            texture = vr.Texture_t(int(name), vr.TextureType_OpenGL, vr.ColorSpace_Gamma)
            self._compositor.submit(eye, texture, bounds)


BROKEN = {
    SwappedEyes: "sees what the other should",
    OneEyeTwice: "the right eye sees what the other should",
    NoIpd: "eye's picture is off",
    TopForBottom: "where optics does not have it",
    SymmetricEyes: "where optics does not have it",
    LatePose: "eye's picture is off",
    TiltedHead: "eye's picture is off",
    DoubleSubmit: "an eye submitted twice in a frame",
    SubmitsFirst: "submit before waitGetPoses",
    WaitsTwice: "the order of calls was iwawalr",
    CallsAfterShutdown: "waitGetPoses after shutdown",
    NeverShutsDown: "the order of calls was",
    NoActionSet: "updateActionState without a set",
    OneEyeOnly: "the right eye was handed over 0 times",
    UpsideDownBounds: "eye was handed over as",
}


def test_the_real_backend_leaves_nothing_to_say(headset, graphics):
    assert worn(headset, graphics, create("openvr", after_submit=graphics.settle)) == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_a_broken_backend_is_caught(headset, graphics, broken):
    backend = broken(after_submit=graphics.settle)
    wrong = worn(headset, graphics, backend)
    OpenVrBackend.close(backend)
    assert [one for one in wrong if BROKEN[broken] in one], wrong


def written_back(renderer, info, change):
    """The frame's pictures, changed, as textures of their own."""
    draw_plainly(renderer, info)
    names = []
    for number in range(2):
        pixels = np.ascontiguousarray(change(renderer.read_eye(number)))
        texture = renderer._gl.texture(pixels.shape[1::-1], 3, pixels.tobytes(), alignment=1)
        names.append(texture.glo)
        renderer.kept = [*getattr(renderer, "kept", []), texture]
    return tuple(names)


def as_it_is(picture):
    return picture[::-1]  # OpenGL's first row is the lowest


def upside_down(picture):
    return picture


def mirrored(picture):
    return picture[::-1, ::-1]


def darker(picture):
    """As if sRGB had been decoded once too often."""
    return ((picture[::-1] / 255.0) ** 2.2 * 255.0).astype(np.uint8)


@pytest.mark.parametrize("change", [upside_down, mirrored, darker])
def test_a_broken_rendering_is_caught(headset, graphics, change):
    backend = create("openvr", after_submit=graphics.settle)

    def draw(renderer, info):
        return written_back(renderer, info, change)

    wrong = worn(headset, graphics, backend, draw)
    assert len([one for one in wrong if "eye's picture is off" in one]) == 2, wrong


def test_pictures_written_back_unchanged_are_no_fault(headset, graphics):
    """So that the test before catches the change, and not the way it is made."""
    backend = create("openvr", after_submit=graphics.settle)

    def draw(renderer, info):
        return written_back(renderer, info, as_it_is)

    assert worn(headset, graphics, backend, draw) == []
