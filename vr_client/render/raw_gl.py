"""The few OpenGL calls that moderngl does not have, through ctypes, all in this one file.

moderngl keeps no binding of its own alive between its calls that these could upset: it binds
what it needs before each use.
"""

import ctypes
from collections.abc import Callable, Iterable
from typing import Any

GL_TEXTURE_2D_ARRAY = 0x8C1A
GL_RENDERBUFFER = 0x8D41
GL_FRAMEBUFFER = 0x8D40
GL_READ_FRAMEBUFFER = 0x8CA8
GL_DRAW_FRAMEBUFFER = 0x8CA9
GL_FRAMEBUFFER_SRGB = 0x8DB9
GL_COLOR_ATTACHMENT0 = 0x8CE0
GL_COLOR_BUFFER_BIT = 0x4000
GL_LINEAR = 0x2601
GL_SRGB8_ALPHA8 = 0x8C43
GL_DEPTH_COMPONENT32F = 0x8CAC
GL_LOWER_LEFT = 0x8CA1
GL_ZERO_TO_ONE = 0x935F
GL_NO_ERROR = 0

# OpenGL on Windows is stdcall; on 64 bits it is the same as everywhere.
_PROTOTYPE: Any = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)


Area = tuple[int, int, int, int, int]
"""Of a texture array: layer, left, bottom, width and height in texels of the first level. What is
to have mip-maps begins at multiples of its size, which is a power of two each way."""


def _corners(left: int, bottom: int, wide: int, high: int) -> tuple[int, int, int, int]:
    return left, bottom, left + max(1, wide), bottom + max(1, high)


class RawGl:
    """Calls by address; `load` maps a function's name to its address, 0 where there is none."""

    def __init__(self, load: Callable[[str], int]) -> None:
        self._load = load
        self._known: dict[str, Any] = {}
        self._both = (ctypes.c_uint * 2)()
        self._mip: tuple[Any, ...] | None = None
        self._mips = False

    def _call(self, name: str, *types: Any, result: Any = None) -> Any:
        """The function of this name, always asked for with the same types; None: there is none."""
        if name not in self._known:
            address = self._load(name)
            self._known[name] = _PROTOTYPE(result, *types)(address) if address else None
        return self._known[name]

    def clip_depth_zero_to_one(self) -> bool:
        """glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE); False where it does not exist."""
        call = self._call("glClipControl", ctypes.c_uint, ctypes.c_uint)
        if call is None:
            return False
        call(GL_LOWER_LEFT, GL_ZERO_TO_ONE)
        return self._error() == GL_NO_ERROR

    def srgb_array_storage(self, texture: int, size: tuple[int, int, int], levels: int) -> bool:
        """Gives a texture array (width, height, layers) sRGB storage, contents undefined.

        The hardware then decodes before it filters, and mip-maps average light, not codes: small
        print on white does not darken with distance.
        """
        bind = self._call("glBindTexture", ctypes.c_uint, ctypes.c_uint)
        storage = self._call(
            "glTexStorage3D",
            ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_int, ctypes.c_int, ctypes.c_int,
        )  # fmt: skip
        if bind is None or storage is None:
            return False
        self._error()
        bind(GL_TEXTURE_2D_ARRAY, texture)
        storage(GL_TEXTURE_2D_ARRAY, levels, GL_SRGB8_ALPHA8, *size)
        return self._error() == GL_NO_ERROR

    def mip_areas(self, texture: int, areas: Iterable[Area], levels: int, bound: int) -> bool:
        """Makes the mip-maps of these areas of an sRGB array anew from their first level.

        glGenerateMipmap only makes those of the whole array; each level is blitted from the one
        before instead, which averages light as it does. `bound` is the framebuffer to bind again.
        Whether that works is asked the first time: a driver that is asked waits for all its work.
        """
        if self._mip is None:
            self._mip = self._mip_calls()
        if not self._mip:
            return False
        bind, attach, blit, enable, disable = self._mip
        asks = not self._mips
        if asks:
            self._error()
        bind(GL_READ_FRAMEBUFFER, self._both[0])
        bind(GL_DRAW_FRAMEBUFFER, self._both[1])
        enable(GL_FRAMEBUFFER_SRGB)
        for layer, left, bottom, wide, high in areas:
            source = _corners(left, bottom, wide, high)
            for level in range(1, levels):
                attach(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, level - 1, layer)
                attach(GL_DRAW_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, texture, level, layer)
                target = _corners(left >> level, bottom >> level, wide >> level, high >> level)
                blit(*source, *target, GL_COLOR_BUFFER_BIT, GL_LINEAR)
                source = target
        disable(GL_FRAMEBUFFER_SRGB)
        for use in (GL_READ_FRAMEBUFFER, GL_DRAW_FRAMEBUFFER):
            attach(use, GL_COLOR_ATTACHMENT0, 0, 0, 0)  # what is attached is never freed
        bind(GL_FRAMEBUFFER, bound)
        if asks:
            self._mips = self._error() == GL_NO_ERROR
        return self._mips

    def _mip_calls(self) -> tuple[Any, ...]:
        """What `mip_areas` calls, and two framebuffers that stay; () where something is missing."""
        calls = tuple(
            self._call(name, *types)
            for name, types in (
                ("glBindFramebuffer", (ctypes.c_uint, ctypes.c_uint)),
                ("glFramebufferTextureLayer", (ctypes.c_uint,) * 3 + (ctypes.c_int,) * 2),
                ("glBlitFramebuffer", (ctypes.c_int,) * 8 + (ctypes.c_uint,) * 2),
                ("glEnable", (ctypes.c_uint,)),
                ("glDisable", (ctypes.c_uint,)),
            )
        )
        make = self._call("glGenFramebuffers", ctypes.c_int, ctypes.POINTER(ctypes.c_uint))
        if make is None or any(call is None for call in calls):
            return ()
        make(2, self._both)
        return calls

    def copy_layers(
        self, source: int, first: int, target: int, to: int, size: tuple[int, int, int], levels: int
    ) -> bool:
        """Copies layers with all levels from one array to another; `size` (w, h, layers)."""
        copy = self._call("glCopyImageSubData", *[ctypes.c_uint] * 15)
        if copy is None:
            return False
        self._error()
        width, height, layers = size
        for level in range(levels):
            copy(
                source, GL_TEXTURE_2D_ARRAY, level, 0, 0, first,
                target, GL_TEXTURE_2D_ARRAY, level, 0, 0, to,
                max(1, width >> level), max(1, height >> level), layers,
            )  # fmt: skip
        return self._error() == GL_NO_ERROR

    def float_depth_storage(self, renderbuffer: int, size: tuple[int, int], samples: int) -> bool:
        """Gives a depth renderbuffer 32-bit float storage: what reversed depth gains by."""
        bind = self._call("glBindRenderbuffer", ctypes.c_uint, ctypes.c_uint)
        storage = self._call(
            "glRenderbufferStorageMultisample",
            ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_int, ctypes.c_int,
        )  # fmt: skip
        if bind is None or storage is None:
            return False
        self._error()
        bind(GL_RENDERBUFFER, renderbuffer)
        storage(GL_RENDERBUFFER, samples, GL_DEPTH_COMPONENT32F, size[0], size[1])
        return self._error() == GL_NO_ERROR

    def flush(self) -> None:
        """glFlush: what is queued begins now, and not when the queue is full."""
        call = self._call("glFlush")
        if call is not None:
            call()

    def _error(self) -> int:
        call = self._call("glGetError", result=ctypes.c_uint)
        return GL_NO_ERROR if call is None else int(call())
