import av
import numpy as np

from vr_client.trip import video
from vr_client.trip.video import FPS, Film


def test_a_film_has_every_frame_at_its_rate(tmp_path):
    film = Film(tmp_path / "trip.mp4", (64, 36))
    for number in range(10):
        film.add(np.full((36, 64, 3), number * 20, np.uint8))
    film.finish()
    with av.open(str(tmp_path / "trip.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (64, 36, FPS)
        assert sum(1 for _ in container.decode(stream)) == 10
    assert [path.name for path in tmp_path.iterdir()] == ["trip.mp4"]


def test_a_film_stops_at_its_longest(tmp_path, monkeypatch):
    monkeypatch.setattr(video, "FRAMES_MAX", 3)
    film = Film(tmp_path / "trip.mp4", (64, 36))
    for _ in range(9):
        film.add(np.zeros((36, 64, 3), np.uint8))
    assert film.frame_count == 3
    film.finish()


def test_an_abandoned_film_leaves_nothing(tmp_path):
    film = Film(tmp_path / "trip.mp4", (64, 36))
    film.add(np.zeros((36, 64, 3), np.uint8))
    film.abandon()
    assert list(tmp_path.iterdir()) == []
