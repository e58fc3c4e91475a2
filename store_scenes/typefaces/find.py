"""Which font file this machine draws with. One file serves Skia and Dear ImGui alike."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from catalog_sync.model.failure import Failure
from store_scenes.typefaces.sfnt import Face, NotAFontError, read_faces

Weight = Literal["regular", "bold", "serif", "round", "square"]
"""The last three are for display: bold faces of another character, `bold` where none is found."""

NEEDED = "가힣한글₩A0"
"""What a face must have before it may draw a Korean price label."""

FC_MATCH_WAIT_S = 20.0
"""fontconfig builds its cache on the first call of a fresh machine."""

FILES_LOOKED_AT_MAX = 5000

_WEIGHT_CLASS = {"regular": 400, "bold": 700, "serif": 700, "round": 700, "square": 700}
_WINDOWS = {"regular": "malgun.ttf", "bold": "malgunbd.ttf"}
_MACOS_FOLDERS = (Path("/System/Library/Fonts"), Path("/System/Library/Fonts/Supplemental"))
_MACOS = (
    Path("/System/Library/Fonts/AppleSDGothicNeo.ttc"),
    Path("/System/Library/Fonts/Supplemental/AppleGothic.ttf"),
)
_DISPLAY: dict[str, dict[str, tuple[str, ...]]] = {
    "serif": {
        "win32": ("batang.ttc",),
        "darwin": ("AppleMyungjo.ttf",),
        "linux": ("NanumMyeongjoBold.ttf", "NotoSerifCJK-Bold.ttc", "NotoSerifKR-Bold.otf"),
    },
    "round": {"linux": ("NanumSquareRoundB.ttf", "NanumSquareRoundEB.ttf")},
    "square": {"linux": ("NanumSquareB.ttf", "NanumSquareEB.ttf", "NotoSansCJK-Black.ttc")},
}
"""File names of the display faces by system; a system without an entry has none."""

_LINUX_FAMILIES = "NanumBarunGothic,NanumGothic,Noto Sans CJK KR,Noto Sans KR,UnDotum"
_LINUX_FILES = {
    "regular": (
        "NanumBarunGothic.ttf",
        "NanumGothic.ttf",
        "NotoSansCJK-Regular.ttc",
        "NotoSansKR-Regular.otf",
        "NotoSansKR-Regular.ttf",
    ),
    "bold": (
        "NanumBarunGothicBold.ttf",
        "NanumGothicBold.ttf",
        "NotoSansCJK-Bold.ttc",
        "NotoSansKR-Bold.otf",
        "NotoSansKR-Bold.ttf",
    ),
}


@dataclass(frozen=True, slots=True)
class TypefaceFile:
    """A font file and, inside a collection, the number of its face."""

    path: Path
    index: int


def find_typeface(weight: Weight) -> TypefaceFile:
    """The font file to draw with: `$ENDCAP_FONT`, else the system's own Korean sans serif.

    Raises:
        Failure: `$ENDCAP_FONT` cannot be used, or no installed font has Hangul.
    """
    return _find(weight, os.environ.get("ENDCAP_FONT", ""), sys.platform)


@functools.cache
def _find(weight: Weight, override: str, platform: str) -> TypefaceFile:
    if override:
        return _from_override(Path(override).expanduser(), weight)
    for path in _candidates(weight, platform):
        found = _usable(path, weight)
        if found is not None:
            return found
    if weight in _DISPLAY:
        return _find("bold", override, platform)
    raise Failure(_no_font(platform))


def _no_font(platform: str) -> str:
    if platform == "win32":
        remedy = 'add the optional feature "Korean Supplemental Fonts" in the Windows settings'
    elif platform == "darwin":
        remedy = "restore AppleSDGothicNeo.ttc with Font Book"
    else:
        remedy = "install one (Debian: apt-get install fonts-nanum libfontconfig1)"
    return (
        f"No font with Hangul was found on this machine: {remedy}, "
        "or name a font file in the environment variable ENDCAP_FONT."
    )


def _from_override(path: Path, weight: Weight) -> TypefaceFile:
    if not path.is_file():
        raise Failure(
            f"ENDCAP_FONT names {path}, which is not a file: "
            "name a .ttf, .otf or .ttc file, or unset it."
        )
    try:
        faces = read_faces(path)
    except (NotAFontError, OSError) as error:
        raise Failure(
            f"ENDCAP_FONT names {path}, which cannot be read as a font ({error}): "
            "name a .ttf, .otf or .ttc file, or unset it."
        ) from error
    face = _nearest(faces, weight)
    if face is None:
        raise Failure(
            f"ENDCAP_FONT names {path}, which has no Hangul: "
            "name a font with Korean characters, or unset it."
        )
    return TypefaceFile(path, face.index)


def _usable(path: Path, weight: Weight) -> TypefaceFile | None:
    try:
        face = _nearest(read_faces(path), weight)
    except (NotAFontError, OSError):
        return None
    return None if face is None else TypefaceFile(path, face.index)


def _nearest(faces: Iterable[Face], weight: Weight) -> Face | None:
    """The face with Hangul whose weight is nearest; a Korean one of a pan-CJK collection."""
    wanted = _WEIGHT_CLASS[weight]
    usable = [face for face in faces if face.covers(NEEDED)]
    if not usable:
        return None
    return min(
        usable,
        key=lambda face: (
            abs(face.weight - wanted),
            "Mono" in face.family,
            " KR" not in face.family,
            face.index,
        ),
    )


def _candidates(weight: Weight, platform: str) -> Iterable[Path]:
    if weight in _DISPLAY:
        yield from _display_candidates(_DISPLAY[weight].get(platform, ()), platform)
    elif platform == "win32":
        windows = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"
        yield windows / _WINDOWS[weight]
        yield windows / _WINDOWS["regular"]
    elif platform == "darwin":
        yield from _MACOS
    else:
        matched = _fc_match(weight)
        if matched is not None:
            yield matched
        yield from _scan(_linux_folders(), weight)


def _display_candidates(names: tuple[str, ...], platform: str) -> Iterable[Path]:
    if platform == "win32":
        windows = Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"
        yield from (windows / name for name in names)
    elif platform == "darwin":
        yield from (folder / name for folder in _MACOS_FOLDERS for name in names)
    else:
        yield from _named(_linux_folders(), names)


def _fc_match(weight: Weight) -> Path | None:
    """The choice of fontconfig, where its command is installed."""
    command = shutil.which("fc-match")
    if command is None:
        return None
    pattern = f"{_LINUX_FAMILIES}:lang=ko:weight={'bold' if weight == 'bold' else 'regular'}"
    try:
        answer = subprocess.run(
            [command, "-f", "%{file}", pattern],
            capture_output=True,
            check=True,
            timeout=FC_MATCH_WAIT_S,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Path(os.fsdecode(answer.stdout)) if answer.stdout else None


def _linux_folders() -> tuple[Path, ...]:
    home = Path.home()
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


def _scan(folders: Iterable[Path], weight: Weight) -> Iterable[Path]:
    """The known files under `folders`, best first."""
    wanted = _LINUX_FILES[weight] + (_LINUX_FILES["regular"] if weight == "bold" else ())
    return _named(folders, wanted)


def _named(folders: Iterable[Path], wanted: tuple[str, ...]) -> Iterable[Path]:
    """The files of these names, in their order; at most `FILES_LOOKED_AT_MAX` are looked at."""
    by_name: dict[str, Path] = {}
    looked_at = 0
    for folder in folders:
        for root, _folders, names in os.walk(folder):
            for name in names:
                looked_at += 1
                by_name.setdefault(name, Path(root) / name)
            if looked_at > FILES_LOOKED_AT_MAX:
                break
    yield from (by_name[name] for name in wanted if name in by_name)
