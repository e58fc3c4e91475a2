"""Draws the golden pictures in a process of its own: OUT.npz, or --keep to record them anew.

Both eyes of one frame with everything in it: goods, labels, highlight, panel, hand, beam.
"""

import json
import platform
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from small_scene import small_scene

from vr_client.frame_packet import (
    PANEL_COMMAND,
    PANEL_VERTEX,
    EyeView,
    FramePacket,
    HandPose,
    LabelUpdate,
    Laser,
    PanelDrawing,
    PanelQuad,
    TextureUpdate,
)
from vr_client.render.context import create_headless
from vr_client.render.renderer import Renderer
from vr_client.space.pose import look_at, translation

HERE = Path(__file__).resolve().parent
SIZE = (320, 300)


def packet():
    head = look_at((0.1, 1.35, 0.85), (0.0, 0.95, 0.1))
    tangents = ((-0.75, 0.60, -0.66, 0.60), (-0.60, 0.75, -0.66, 0.60))
    views = tuple(
        EyeView(head @ translation((side * 0.032, 0, 0)), tangent, SIZE)
        for side, tangent in zip((-1, 1), tangents, strict=True)
    )
    print_ = np.full((128, 256, 4), 255, dtype=np.uint8)
    print_[60:110, 20:150, :3] = (210, 30, 36)
    print_[20:34, 20:230, :3] = (40, 40, 44)
    start, end = np.array([0.22, 1.10, 0.45]), np.array([0.06, 1.02, 0.183])
    quad = np.zeros(8, dtype=PANEL_VERTEX)
    quad["position"] = [
        (0, 0), (200, 0), (200, 120), (0, 120), (20, 70), (180, 70), (180, 105), (20, 105),
    ]  # fmt: skip
    quad["colour"] = [(255, 255, 255, 235)] * 4 + [(13, 148, 136, 255)] * 4
    drawing = PanelDrawing(
        (200, 120),
        quad,
        np.array([0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7], dtype=np.uint16),
        np.array([((0, 0, 200, 120), 1, 12, 0, 0)], dtype=PANEL_COMMAND),
    )
    card = look_at((-0.34, 1.22, 0.2), (-0.44, 1.16, -0.6))
    return FramePacket(
        index=0,
        time_s=0.25,
        views=views,
        panels=(PanelQuad("card", card, (0.30, 0.18), drawing),),
        textures=(TextureUpdate(1, np.full((1, 1, 4), 255, dtype=np.uint8)),),
        labels=(LabelUpdate(0, print_, 0),),
        lasers=(Laser(start, end, hit=True),),
        hands=(HandPose(look_at(start, end), left=False),),
        highlight=5,
        hidden=(4,),
    )


def draw(shift):
    graphics = create_headless()
    renderer = Renderer(graphics)
    renderer.load_scene(small_scene(shift))
    renderer.draw(packet())
    pictures = [renderer.read_eye(eye) for eye in (0, 1)]
    renderer.release()
    where = {"mesa": graphics.gl.info["GL_VERSION"], "device": graphics.device, "cpu": cpu()}
    graphics.release()
    return pictures, where


def cpu():
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((x.split(":", 1)[1].strip() for x in lines if x.startswith("vendor_id")), "")


def main(argument, shift):
    (left, right), where = draw(shift)
    if argument == "--keep":
        (HERE / "pictures").mkdir(exist_ok=True)
        Image.fromarray(left).save(HERE / "pictures" / "small-left.png")
        Image.fromarray(right).save(HERE / "pictures" / "small-right.png")
        recorded = json.dumps(where, indent=2) + "\n"
        (HERE / "pictures" / "recorded.json").write_text(recorded, encoding="utf-8")
    else:
        np.savez(argument, left=left, right=right, where=json.dumps(where))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0.0)
