import pytest

from catalog_sync.model.failure import Failure
from store_scenes.typefaces import find, find_typeface
from store_scenes.typefaces.sfnt import NotAFontError, read_faces


def test_regular_and_bold_are_two_files_with_hangul():
    regular, bold = find_typeface("regular"), find_typeface("bold")
    assert regular.path.is_file()
    assert bold.path.is_file()
    assert regular != bold
    assert read_faces(regular.path)[regular.index].covers("가격 없음 ₩8,900")
    assert read_faces(bold.path)[bold.index].weight >= 600


def test_the_variable_wins(monkeypatch):
    bold = find_typeface("bold")
    monkeypatch.setenv("ENDCAP_FONT", str(bold.path))
    assert find_typeface("regular") == bold


def test_a_missing_override_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("ENDCAP_FONT", str(tmp_path / "none.ttf"))
    with pytest.raises(Failure, match=r"none\.ttf, which is not a file: name a \.ttf"):
        find_typeface("regular")


@pytest.mark.parametrize(
    "content", [b"", b"not a font at all", b"\x00\x01\x00\x00\x00\xff", b"ttcf\x00\x02\x00\x00\xff"]
)
def test_an_override_that_is_no_font_is_one_sentence(monkeypatch, tmp_path, content):
    path = tmp_path / "bad.ttf"
    path.write_bytes(content)
    monkeypatch.setenv("ENDCAP_FONT", str(path))
    with pytest.raises(Failure, match=r"bad\.ttf, which cannot be read as a font"):
        find_typeface("regular")


def test_an_override_without_hangul_is_refused(monkeypatch, tmp_path):
    bold = find_typeface("bold")
    data = bytearray(bold.path.read_bytes())
    # Renames the cmap table, so that the file stays a font with no characters at all.
    at = data.index(b"cmap")
    data[at : at + 4] = b"cmaq"
    path = tmp_path / "latin.ttf"
    path.write_bytes(data)
    monkeypatch.setenv("ENDCAP_FONT", str(path))
    with pytest.raises(Failure, match="has no Hangul"):
        find_typeface("bold")


def test_without_fontconfig_the_usual_folders_are_scanned(monkeypatch):
    monkeypatch.setattr(find.shutil, "which", lambda _command: None)
    candidates = list(find._candidates("bold", "linux"))
    assert find._usable(candidates[0], "bold") is not None


def test_a_machine_without_fonts_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(find.shutil, "which", lambda _command: None)
    monkeypatch.setattr(find, "_linux_folders", lambda: (tmp_path,))
    with pytest.raises(Failure, match="apt-get install fonts-nanum libfontconfig1"):
        find._find.__wrapped__("bold", "", "linux")


def test_windows_and_macos_look_where_their_fonts_are(monkeypatch):
    monkeypatch.setenv("SYSTEMROOT", "C:/Windows")
    windows = [path.name for path in find._candidates("bold", "win32")]
    assert windows == ["malgunbd.ttf", "malgun.ttf"]
    assert next(iter(find._candidates("bold", "darwin"))).name == "AppleSDGothicNeo.ttc"


def test_a_file_beyond_the_limit_is_not_read(monkeypatch, tmp_path):
    path = tmp_path / "big.ttf"
    path.write_bytes(b"\x00\x01\x00\x00" + bytes(100))
    monkeypatch.setattr("store_scenes.typefaces.sfnt.FONT_BYTES_MAX", 50)
    with pytest.raises(NotAFontError, match="larger than 50"):
        read_faces(path)
