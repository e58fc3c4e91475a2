"""The few OpenGL calls that moderngl does not have, through ctypes, all in this one file.

moderngl keeps no binding of its own alive between its calls that these could upset: it binds
what it needs before each use.
"""

import ctypes
from collections.abc import Callable
from typing import Any

GL_TEXTURE_2D_ARRAY = 0x8C1A
GL_RENDERBUFFER = 0x8D41
GL_RGBA = 0x1908
GL_UNSIGNED_BYTE = 0x1401
GL_SRGB8_ALPHA8 = 0x8C43
GL_DEPTH_COMPONENT32F = 0x8CAC
GL_LOWER_LEFT = 0x8CA1
GL_ZERO_TO_ONE = 0x935F
GL_NO_ERROR = 0

# OpenGL on Windows is stdcall; on 64 bits it is the same as everywhere.
_PROTOTYPE: Any = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)


class RawGl:
    """Calls by address; `load` maps a function's name to its address, 0 where there is none."""

    def __init__(self, load: Callable[[str], int]) -> None:
        self._load = load

    def _call(self, name: str, *types: Any, result: Any = None) -> Any:
        address = self._load(name)
        if not address:
            return None
        return _PROTOTYPE(result, *types)(address)

    def clip_depth_zero_to_one(self) -> bool:
        """glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE); False where it does not exist."""
        call = self._call("glClipControl", ctypes.c_uint, ctypes.c_uint)
        if call is None:
            return False
        call(GL_LOWER_LEFT, GL_ZERO_TO_ONE)
        return self._error() == GL_NO_ERROR

    def srgb_array_storage(self, texture: int, size: tuple[int, int, int]) -> bool:
        """Gives an RGBA8 texture array (width, height, layers) sRGB storage, contents undefined.

        The hardware then decodes before it filters, and mip-maps average light, not codes: small
        print on white does not darken with distance.
        """
        bind = self._call("glBindTexture", ctypes.c_uint, ctypes.c_uint)
        image = self._call(
            "glTexImage3D",
            ctypes.c_uint, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int,
            ctypes.c_int, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p,
        )  # fmt: skip
        if bind is None or image is None:
            return False
        self._error()
        width, height, layers = size
        bind(GL_TEXTURE_2D_ARRAY, texture)
        image(
            GL_TEXTURE_2D_ARRAY, 0, GL_SRGB8_ALPHA8, width, height, layers, 0,
            GL_RGBA, GL_UNSIGNED_BYTE, None,
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
