"""Where eyes are drawn: one finely sampled target, resolved into one texture an eye."""

import moderngl
import numpy as np
from numpy.typing import NDArray

from vr_client.render.context import GraphicsContext, assign


class _Samples:
    """Colour and depth with several samples a pixel, drawn for one eye after the other."""

    def __init__(self, graphics: GraphicsContext, size: tuple[int, int], samples: int) -> None:
        gl = graphics.gl
        self.size = size
        self._colour = gl.renderbuffer(size, 4, samples=samples)
        self._depth = _depth(graphics, size, samples)
        self.framebuffer = gl.framebuffer([self._colour], self._depth)

    def resolve(self, gl: moderngl.Context, target: moderngl.Framebuffer) -> None:
        """The hardware's own average."""
        gl.copy_framebuffer(target, self.framebuffer)

    def release(self) -> None:
        for thing in (self.framebuffer, self._colour, self._depth):
            thing.release()


class _LargePicture:
    """Twice as wide and high, then averaged: what a software rasteriser does best.

    llvmpipe pays more than twice as much for four samples a pixel as for four pixels.
    """

    def __init__(self, graphics: GraphicsContext, size: tuple[int, int]) -> None:
        gl = graphics.gl
        self.size = size
        large = (size[0] * 2, size[1] * 2)
        self._colour = gl.texture(large, 4)
        self._colour.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._colour.repeat_x = self._colour.repeat_y = False
        self._depth = _depth(graphics, large, 0)
        self.framebuffer = gl.framebuffer([self._colour], self._depth)
        self._program = graphics.program("halve.vert", "halve.frag")
        assign(self._program, "picture", 0)
        self._array = gl.vertex_array(self._program, [])

    def resolve(self, gl: moderngl.Context, target: moderngl.Framebuffer) -> None:
        """Each pixel becomes the mean of its four."""
        target.use()
        gl.disable(moderngl.DEPTH_TEST | moderngl.BLEND | moderngl.CULL_FACE)
        self._colour.use(0)
        self._array.render(moderngl.TRIANGLES, vertices=3)

    def release(self) -> None:
        for thing in (self.framebuffer, self._colour, self._depth, self._array, self._program):
            thing.release()


def _depth(graphics: GraphicsContext, size: tuple[int, int], samples: int) -> moderngl.Renderbuffer:
    depth = graphics.gl.depth_renderbuffer(size, samples=samples)
    if graphics.reversed_depth:
        graphics.raw.float_depth_storage(depth.glo, size, samples)
    return depth


class _Eye:
    """A single-sample RGBA8 texture with sRGB codes: what a headset's compositor takes."""

    def __init__(self, gl: moderngl.Context, size: tuple[int, int]) -> None:
        self.size = size
        self.texture = gl.texture(size, 4)
        self.texture.repeat_x = self.texture.repeat_y = False
        self.framebuffer = gl.framebuffer([self.texture])

    def release(self) -> None:
        self.framebuffer.release()
        self.texture.release()


class EyeTargets:
    """Keeps eye textures from frame to frame; makes them anew only when a size changes."""

    def __init__(self, graphics: GraphicsContext, samples: int) -> None:
        self._graphics = graphics
        self._sample_count = 0 if samples < 2 else min(samples, int(graphics.gl.max_samples))
        self._kinds: dict[bool, _Samples | _LargePicture] = {}
        self._samples: _Samples | _LargePicture | None = None
        self._eyes: list[_Eye] = []

    def begin(self, eye: int, size: tuple[int, int], *, fine: bool = True) -> moderngl.Framebuffer:
        """Binds the drawing target of this size, cleared; raises ValueError for an empty one.

        Not `fine` is one sample a pixel.
        """
        if size[0] < 1 or size[1] < 1:
            raise ValueError(f"an eye of {size[0]}x{size[1]} pixels cannot be drawn")
        self._samples = self._kinds.get(fine)
        if self._samples is None or self._samples.size != size:
            if self._samples is not None:
                self._graphics.bind_no_target()
                self._samples.release()
            if fine and self._sample_count >= 4 and self._graphics.software:
                self._samples = _LargePicture(self._graphics, size)
            else:
                self._samples = _Samples(self._graphics, size, self._sample_count if fine else 0)
            self._kinds[fine] = self._samples
        while len(self._eyes) <= eye:
            self._eyes.append(_Eye(self._graphics.gl, size))
        if self._eyes[eye].size != size:
            self._graphics.bind_no_target()
            self._eyes[eye].release()
            self._eyes[eye] = _Eye(self._graphics.gl, size)
        target = self._samples.framebuffer
        target.use()
        # Reversed depth is 0 at infinity.
        target.clear(0.09, 0.10, 0.11, 1.0, depth=0.0 if self._graphics.reversed_depth else 1.0)
        return target

    def resolve(self, eye: int) -> int:
        """Averages the samples into the eye's texture and returns that texture's GL name."""
        if self._samples is None:
            raise RuntimeError("resolve comes after begin")
        self._samples.resolve(self._graphics.gl, self._eyes[eye].framebuffer)
        return int(self._eyes[eye].texture.glo)

    def read(self, eye: int) -> NDArray[np.uint8]:
        """The resolved picture (h, w, 3), top row first; IndexError for an eye never drawn."""
        width, height = self._eyes[eye].size
        data = self._eyes[eye].framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(data, dtype=np.uint8).reshape(height, width, 3)
        return np.ascontiguousarray(rows[::-1])

    def release(self) -> None:
        """Gives everything back."""
        self._graphics.bind_no_target()
        for eye in self._eyes:
            eye.release()
        self._eyes.clear()
        for samples in self._kinds.values():
            samples.release()
        self._kinds.clear()
        self._samples = None
