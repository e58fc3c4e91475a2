"""Each native library has one room; the pure rooms see no clock, socket or chance."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("vr_client", "store_scenes", "shaders", "catalog_sync", "server")

ONE_ROOM = {
    "moderngl": ("vr_client/render/",),
    "openvr": ("vr_client/headset/backends/openvr.py",),
    "pyrr": ("vr_client/space/",),
    "glfw": ("vr_client/headset/backends/desktop.py",),
    "imgui_bundle": ("vr_client/ui/",),
    "skia": (
        "store_scenes/models/",
        "store_scenes/typefaces/",
        "vr_client/labels/",
        "store_scenes/compile/artwork/",
        "store_scenes/exchange/drawings/",
    ),
    "trimesh": ("store_scenes/models/", "store_scenes/demo/"),
    "websockets": ("catalog_sync/transport/", "server/sync/"),
    "starlette": ("server/",),
    "uvicorn": ("server/",),
    "sqlite3": ("server/storage/",),
    "av": ("vr_client/trip/",),
    "miniaudio": ("vr_client/sound/speaker.py",),
}
PURE = (
    "catalog_sync/model/",
    "catalog_sync/wire/",
    "catalog_sync/session/",
    "server/commerce/",
    "vr_client/interact/",
    "vr_client/state/",
)
IMPURE = {
    "time",
    "random",
    "secrets",
    "uuid",
    "socket",
    "asyncio",
    "threading",
    "os",
    "sqlite3",
    "httpx",
}


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def sources():
    for room in ROOMS:
        for path in sorted((REPOSITORY / room).rglob("*.py")):
            yield path.relative_to(REPOSITORY).as_posix(), path


@pytest.mark.parametrize("library", sorted(ONE_ROOM))
def test_a_native_library_is_imported_in_its_own_room_only(library):
    outside = [
        name
        for name, path in sources()
        if library in set(imports(path)) and not name.startswith(ONE_ROOM[library])
    ]
    assert outside == []


def test_no_room_imports_the_command():
    assert [name for name, path in sources() if "endcap" in set(imports(path))] == []


def test_pure_rooms_read_no_clock_no_socket_and_no_chance():
    found = {
        name: sorted(impure)
        for name, path in sources()
        if name.startswith(PURE) and (impure := IMPURE & set(imports(path)))
    }
    assert found == {}


def test_the_command_loads_no_native_library_before_it_needs_one():
    program = (
        "import sys, endcap; "
        "print(sorted({'moderngl', 'glfw', 'imgui_bundle', 'skia', 'openvr', 'trimesh', 'av',"
        " 'miniaudio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=REPOSITORY
    )
    assert done.stdout.strip() == "[]", done.stderr
