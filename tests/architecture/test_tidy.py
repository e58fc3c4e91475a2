"""The house rules that a linter does not know: sizes, names, docstrings, leftovers."""

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("vr_client", "store_scenes", "shaders", "catalog_sync", "server")
SOURCES = sorted(
    [REPOSITORY / "endcap.py", *(p for r in ROOMS for p in (REPOSITORY / r).rglob("*.py"))]
)
EVERYTHING = sorted(
    [*SOURCES, *(REPOSITORY / "tests").rglob("*.py"), *(REPOSITORY / "benchmarks").rglob("*.py")]
)

MODULE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
FRAME_LOOP_LINES_MAX = 30
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path):
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.end_lineno - node.lineno + 1


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def test_no_module_is_longer_than_a_reader_can_hold():
    long = {
        relative(p): n
        for p in EVERYTHING
        if (n := len(p.read_text().splitlines())) > MODULE_LINES_MAX
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{relative(p)}:{node.name}": length
        for p in EVERYTHING
        for node, length in functions(p)
        if length > FUNCTION_LINES_MAX
    }
    assert long == {}


def test_the_frame_loop_reads_top_to_bottom():
    lengths = {node.name: n for node, n in functions(REPOSITORY / "vr_client" / "frame_loop.py")}
    assert "run_frame" in lengths
    assert lengths["run_frame"] < FRAME_LOOP_LINES_MAX


def test_file_names_say_something():
    assert [relative(p) for p in EVERYTHING if p.stem in NAMES_THAT_SAY_NOTHING] == []


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(parse(path))


@pytest.mark.parametrize(
    "path", sorted(p for r in ROOMS for p in (REPOSITORY / r).rglob("__init__.py")), ids=relative
)
def test_every_room_states_its_job_its_imports_and_its_invariant(path):
    lines = [line for line in ast.get_docstring(parse(path)).splitlines() if line.strip()]
    assert len(lines) == 3
    assert lines[1].startswith("May import:")
    assert lines[2].startswith("Never:")


def test_nothing_is_left_for_later():
    leftover = re.compile(
        r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|mark\.(skip|xfail)(?!if\(sys\.platform)"
    )
    found = [
        f"{relative(path)}:{number}"
        for path in EVERYTHING
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if leftover.search(line)
    ]
    assert found == []


def test_every_ignored_finding_has_its_reason():
    bare = re.compile(r"#\s*(noqa|type: ignore)(?!.*[:\]]\s*[\w\[\], -]*\s+[-–]\s*\w|.*#\s*\w)")
    found = [
        f"{relative(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*(noqa|type: ignore)", line) and bare.search(line)
    ]
    assert found == []
