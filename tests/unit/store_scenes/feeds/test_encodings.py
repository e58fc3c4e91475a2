import io

import pytest

from catalog_sync.model.failure import Failure
from store_scenes.feeds import encodings
from store_scenes.feeds.encodings import find_encoding
from store_scenes.feeds.table import read_table


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 64])
@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("cp949", "CP949, Korean Windows"), ("utf-16", "UTF-16"),
     ("utf-16-be", "UTF-16")],
)  # fmt: skip
def test_letters_across_the_borders_of_chunks_are_whole(monkeypatch, size, codec, name):
    monkeypatch.setattr(encodings, "CHUNK_BYTES", size)
    data = "sku,name\na,감자칩 과자\nb,고구마\n".encode(codec)
    told = find_encoding(io.BytesIO(data))
    assert (told.name, told.lines) == (name, 3)
    assert [cells["name"] for _, cells in read_table(data).rows] == ["감자칩 과자", "고구마"]


@pytest.mark.parametrize("size", [1, 4, 64])
def test_the_line_that_is_in_no_encoding_is_told_across_chunks(monkeypatch, size):
    monkeypatch.setattr(encodings, "CHUNK_BYTES", size)
    with pytest.raises(Failure, match="line 3: neither UTF-8 nor"):
        find_encoding(io.BytesIO(b"a\nb\n\x81\xff\x8d,\xff\n"))


def test_a_file_larger_than_any_feed_is_refused(monkeypatch):
    monkeypatch.setattr(encodings, "FEED_BYTES_MAX", 10)
    with pytest.raises(Failure, match="larger than 10 bytes"):
        find_encoding(io.BytesIO(b"x" * 11))


def test_a_line_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr("store_scenes.feeds.table.LINE_CHARS_MAX", 20)
    with pytest.raises(Failure, match="line 2 has more than 20 characters"):
        list(read_table(b"sku,name\n" + b"x" * 30).rows)


def test_the_file_stays_open_and_at_its_beginning():
    file = io.BytesIO(b"sku,name\n")
    find_encoding(file)
    assert (file.tell(), file.closed) == (0, False)
