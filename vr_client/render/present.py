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

    def __call__(
        self,
        eye_textures: tuple[int, ...],
        window_size: tuple[int, int],
        picture_size: tuple[int, int] | None = None,
        /,
    ) -> None:
        """`eye_textures` are GL names of equal size, bottom row first; `window_size` is pixels.

        Pictures of `picture_size` keep their shape and fill their share, with what is too much
        cut off all around; without it they are as wide and high as the share.
        """
        gl, (width, height) = self._gl, window_size
        self._screen.use()
        gl.disable(moderngl.DEPTH_TEST | moderngl.BLEND | moderngl.CULL_FACE)
        share = width // max(1, len(eye_textures))
        wide, high = _covering(picture_size or (share, height), (share, height))
        for number, name in enumerate(eye_textures):
            left, below = number * share + (share - wide) // 2, (height - high) // 2
            self._screen.viewport = (left, below, wide, high)
            if picture_size is not None:  # parts of it are outside its share
                self._screen.scissor = (number * share, 0, share, height)
            picture = gl.external_texture(name, picture_size or (share, height), 4, 0, "f1")
            picture.use(0)
            self._array.render(moderngl.TRIANGLES, vertices=3)
        if picture_size is not None:
            self._screen.scissor = None  # type: ignore[assignment]  # moderngl's way of saying: all
        self._screen.viewport = (0, 0, width, height)

    def release(self) -> None:
        """Gives the program back."""
        self._array.release()
        self._program.release()


def _covering(picture: tuple[int, int], share: tuple[int, int]) -> tuple[int, int]:
    """The smallest size of `picture`'s shape that leaves nothing of `share` free."""
    scale = max(share[0] / max(1, picture[0]), share[1] / max(1, picture[1]))
    return max(share[0], round(picture[0] * scale)), max(share[1], round(picture[1] * scale))
