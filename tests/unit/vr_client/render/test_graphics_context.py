import os
import subprocess
import sys
from dataclasses import replace

import pytest

import shaders
from vr_client.render.context import GraphicsUnavailableError, create_headless
from vr_client.render.raw_gl import RawGl

pytestmark = pytest.mark.gl


def test_a_headless_context_has_what_the_renderer_needs(graphics):
    assert graphics.gl.version_code >= 430
    assert graphics.reversed_depth
    assert graphics.owned


def test_without_opengl_one_sentence_says_what_to_install():
    # A library that is not there, as on a machine without OpenGL; in a process of its own,
    # because a loaded driver stays loaded.
    code = (
        "from vr_client.render.context import create_headless, GraphicsUnavailableError\n"
        "try:\n    create_headless()\n"
        "except GraphicsUnavailableError as error:\n    print(error)\n"
    )
    environment = {**os.environ, "GLCONTEXT_LINUX_LIBEGL": "libNoSuchEGL.so"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("no OpenGL 4.3 or newer here (")
    assert done.stdout.count("\n") == 1
    assert "apt-get install libegl1 libgl1-mesa-dri" in done.stdout


def test_a_shader_that_does_not_compile_names_file_and_line(graphics, tmp_path, monkeypatch):
    (tmp_path / "bad.vert").write_text("#version 430\nvoid main() { gl_Position = vec4(0); }\n")
    (tmp_path / "bad.frag").write_text('#version 430\n#include "wrong.glsl"\nvoid main() {}\n')
    (tmp_path / "wrong.glsl").write_text("// fine\nfloat x = nonsense;\n")
    monkeypatch.setattr(shaders, "_FOLDER", tmp_path)
    shaders._expanded.cache_clear()
    with pytest.raises(GraphicsUnavailableError, match=r"bad\.frag.*wrong\.glsl:2"):
        graphics.program("bad.vert", "bad.frag")
    shaders._expanded.cache_clear()


def test_a_driver_without_a_raw_call_is_told_by_false(graphics):
    nothing = RawGl(lambda _name: 0)
    assert nothing.clip_depth_zero_to_one() is False
    assert nothing.srgb_array_storage(1, (4, 4, 1), 2) is False
    assert nothing.mip_areas(1, [(0, 0, 0, 4, 4)], 2, 0) is False
    assert nothing.copy_layers(1, 0, 2, 0, (4, 4, 1), 2) is False
    assert nothing.float_depth_storage(1, (4, 4), 4) is False
    assert graphics.raw.srgb_array_storage(0, (-1, 4, 1), 1) is False
    assert graphics.gl.error == "GL_NO_ERROR"


def test_two_contexts_in_one_process_do_not_disturb_each_other(graphics):
    other = create_headless()
    buffer = other.gl.buffer(b"abcd")
    other.release()
    graphics.make_current()
    assert graphics.gl.buffer(b"efgh").read() == b"efgh"
    assert buffer is not None


def test_textures_ask_a_cpu_for_no_anisotropy_and_a_card_for_what_it_has(graphics):
    assert graphics.software
    assert graphics.anisotropy(8.0) == 1.0
    card = replace(graphics, device="Some GPU")
    assert card.anisotropy(8.0) == 8.0
    assert card.anisotropy(1e3) == graphics.gl.max_anisotropy
