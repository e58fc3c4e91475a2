import pytest

import shaders


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(shaders, "_FOLDER", tmp_path)
    shaders._expanded.cache_clear()
    yield tmp_path
    shaders._expanded.cache_clear()


def test_an_include_stands_in_place(folder):
    (folder / "a.frag").write_text('#version 430\n#include "common/b.glsl"\nvoid main() {}\n')
    (folder / "common").mkdir()
    (folder / "common" / "b.glsl").write_text("float b;\n")
    assert shaders.read("a.frag") == "#version 430\nfloat b;\nvoid main() {}\n"
    assert shaders.sources("a.frag") == ("a.frag", "common/b.glsl")


def test_a_file_is_included_once(folder):
    (folder / "a.frag").write_text('#include "b.glsl"\n#include "c.glsl"\n')
    (folder / "b.glsl").write_text('#include "c.glsl"\nfloat b;\n')
    (folder / "c.glsl").write_text("float c;\n")
    assert shaders.read("a.frag").count("float c;") == 1


def test_a_compilers_message_leads_back_to_file_and_line(folder):
    (folder / "a.frag").write_text('#version 430\n#include "b.glsl"\nvoid main() {}\n')
    (folder / "b.glsl").write_text("// first\nfloat b;\n")
    mesa = "0:3(12): error: no. 0:4 0:99"
    assert shaders.locate("a.frag", mesa) == "b.glsl:2(12): error: no. a.frag:3 0:99"
    assert shaders.locate("a.frag", "0(1) : error C0000") == "a.frag:1 : error C0000"


def test_a_circle_is_an_error(folder):
    (folder / "a.glsl").write_text('#include "b.glsl"\n')
    (folder / "b.glsl").write_text('#include "a.glsl"\n')
    with pytest.raises(shaders.ShaderSourceError, match=r"a\.glsl -> b\.glsl -> a\.glsl"):
        shaders.read("a.glsl")


@pytest.mark.parametrize("name", ["none.frag", "../outside.frag"])
def test_what_is_not_in_the_folder_is_an_error(folder, name):
    (folder.parent / "outside.frag").write_text("float x;\n")
    with pytest.raises(shaders.ShaderSourceError, match="no shader file"):
        shaders.read(name)


def test_every_stage_of_ours_starts_with_its_version_and_includes_only_common():
    stages = sorted(shaders._FOLDER.glob("*.vert")) + sorted(shaders._FOLDER.glob("*.frag"))
    assert len(stages) >= 18
    assert {p.stem for p in stages if p.suffix == ".vert"} == {
        p.stem for p in stages if p.suffix == ".frag"
    }
    for path in stages:
        assert shaders.read(path.name).startswith("#version 430\n"), path.name
        assert all(name.startswith("common/") for name in shaders.sources(path.name)[1:])
