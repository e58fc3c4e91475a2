"""Shows finished eye pictures in a window: side by side, each in its share of the width."""

import moderngl

from vr_client.render.context import GraphicsContext, assign


class Presenter:
    """Draws into the window's own framebuffer, in the context that the window has current."""

    def __init__(self, graphics: GraphicsContext) -> None:
        self._gl = graphics.gl
        self._program = graphics.program("present.vert", "present.frag")
        assign(self._program, "picture", 0)
        self._array = self._gl.vertex_array(self._program, [])
        self._screen = self._gl.detect_framebuffer(0)

    def __call__(self, eye_textures: tuple[int, ...], window_size: tuple[int, int]) -> None:
        """`eye_textures` are GL names of equal size, bottom row first; `window_size` is pixels."""
        gl, (width, height) = self._gl, window_size
        self._screen.use()
        gl.disable(moderngl.DEPTH_TEST | moderngl.BLEND | moderngl.CULL_FACE)
        share = width // max(1, len(eye_textures))
        for number, name in enumerate(eye_textures):
            self._screen.viewport = (number * share, 0, share, height)
            picture = gl.external_texture(name, (share, height), 4, 0, "f1")
            picture.use(0)
            self._array.render(moderngl.TRIANGLES, vertices=3)
        self._screen.viewport = (0, 0, width, height)

    def release(self) -> None:
        """Gives the program back."""
        self._array.release()
        self._program.release()
