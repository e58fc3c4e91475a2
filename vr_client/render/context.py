"""An OpenGL context to draw with: one of our own without a window, or the window's."""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import glcontext  # type: ignore[import-untyped]  # it has no types of its own
import moderngl

import shaders
from catalog_sync.model.failure import Failure
from vr_client.render.raw_gl import RawGl

REQUIRED = 430
FOREIGN_ERRORS_MAX = 16

_SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "software")

_ADVICE = {
    "Windows": "install the graphics card's own driver",
    "Darwin": "macOS stops at OpenGL 4.1, so run the client on Windows or Linux",
}
_ADVICE_LINUX = "apt-get install libegl1 libgl1-mesa-dri (or the graphics card's own driver)"


class GraphicsUnavailableError(Failure):
    """There is no usable OpenGL here."""


@dataclass(frozen=True, slots=True)
class GraphicsContext:
    """A current OpenGL >= 4.3 context. `reversed_depth` tells whether glClipControl worked."""

    gl: moderngl.Context
    raw: RawGl
    reversed_depth: bool
    device: str
    owned: bool

    @property
    def software(self) -> bool:
        """Whether a CPU draws: some things are then better done in another way."""
        return any(name in self.device.lower() for name in _SOFTWARE)

    @property
    def nearest(self) -> float:
        """Clip space depth of the near plane, at w 1."""
        return 1.0 if self.reversed_depth else -1.0

    def anisotropy(self, wanted: float) -> float:
        """What a texture should ask for: nothing on a CPU, else `wanted` or the card's limit.

        llvmpipe filters over each pixel's whole footprint whatever the limit, and a face seen
        edge-on has a footprint of the whole texture: twenty boxes took four fifths of a frame.
        """
        return 1.0 if self.software else min(wanted, float(self.gl.max_anisotropy))

    def make_current(self) -> None:
        """Ours may have been pushed aside by another of our own; a window's is never touched."""
        if self.owned:
            self.gl.__enter__()  # type: ignore[no-untyped-call]  # moderngl leaves it untyped

    def settle(self) -> None:
        """Call after a foreign library used the context: queued work starts, its errors are gone.

        moderngl binds what it needs before each use, so bindings need no repair; but it reads an
        error that somebody else left as its own.
        """
        self.raw.flush()
        for _ in range(FOREIGN_ERRORS_MAX):
            if self.gl.error == "GL_NO_ERROR":
                return

    @property
    def bound_target(self) -> int:
        """The name of the framebuffer that moderngl bound last; 0 before the first."""
        bound = self.gl.fbo
        return int(bound.glo) if bound is not None else 0

    def bind_no_target(self) -> None:
        """Call before a framebuffer is released.

        moderngl goes back to the one bound last whenever it makes a new one: it must still exist.
        """
        self.gl.detect_framebuffer(0).use()

    def program(self, vertex: str, fragment: str) -> moderngl.Program:
        """Compiles two shader files; a compiler's message names file and line."""
        try:
            return self.gl.program(
                vertex_shader=shaders.read(vertex), fragment_shader=shaders.read(fragment)
            )
        except moderngl.Error as error:
            stage = fragment if "fragment_shader" in str(error) else vertex
            text = shaders.locate(stage, str(error))
            raise GraphicsUnavailableError(
                f"{self.device} refuses the shaders {vertex} and {fragment}: "
                f"update the graphics driver ({' '.join(text.split())[:400]})"
            ) from error

    def release(self) -> None:
        """Destroys an owned context; a window's context belongs to the window."""
        if self.owned:
            self.gl.release()


def assign(program: moderngl.Program, name: str, value: object) -> None:
    """Sets a uniform that the program must have, if it has another value: bytes, number or tuple.

    Nothing else may set it: most are the same frame after frame, and to say so costs a call.
    """
    if program.extra is None:  # moderngl leaves this to whoever uses the program
        program.extra = {}
    known: dict[str, tuple[moderngl.Uniform, object]] = program.extra
    if name in known:
        member, before = known[name]
        if before == value:
            return
    else:
        found = program[name]
        assert isinstance(found, moderngl.Uniform), f"{name} is no uniform"
        member = found
    if isinstance(value, bytes):
        member.write(value)
    else:
        member.value = value
    known[name] = (member, value)


def create_headless() -> GraphicsContext:
    """A context without a window: EGL on Linux, a hidden WGL one on Windows.

    Raises GraphicsUnavailableError in one sentence that says what to install.
    """
    windowless = platform.system() == "Linux"  # elsewhere the native kind can do without a window
    if windowless:
        return _create(lambda: glcontext.get_backend_by_name("egl"), "standalone")
    return _create(glcontext.default_backend, "standalone")


def adopt_current() -> GraphicsContext:
    """The context that the calling thread has current, for example a glfw window's."""
    return _create(glcontext.default_backend, "detect")


def _create(find_backend: Callable[[], Callable[..., Any]], mode: str) -> GraphicsContext:
    try:
        native = find_backend()(mode=mode, glversion=REQUIRED)
        gl = moderngl.create_context(
            require=REQUIRED, standalone=mode == "standalone", context=native
        )
    except Exception as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        raise GraphicsUnavailableError(_sentence(reason)) from error
    raw = RawGl(native.load)
    return GraphicsContext(
        gl=gl,
        raw=raw,
        reversed_depth=raw.clip_depth_zero_to_one(),
        device=str(gl.info["GL_RENDERER"]),
        owned=mode == "standalone",
    )


def _sentence(reason: str) -> str:
    advice = _ADVICE.get(platform.system(), _ADVICE_LINUX)
    return f"no OpenGL {REQUIRED // 100}.{REQUIRED % 100 // 10} or newer here ({reason}): {advice}"
