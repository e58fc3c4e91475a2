"""Where what is said hangs: a notice, a step of the tutorial, a subtitle. It covers nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from vr_client.ui.contents import Wanted, in_short
from vr_client.ui.follower import Follower
from vr_client.ui.placement import Placement, docked
from vr_client.ui.viewer import Viewer
from vr_client.ui.window_room import UPPER_EDGE, Spot, WindowRoom, meet, outline

Hung = tuple[Wanted, Placement]

LEAST = 0.6
"""A subtitle or a step of the tutorial that had room only smaller than this waits; a notice never
does."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in a frame, None for nothing.

    `lesson` is a step of the tutorial, or what is wrong with the layout.
    """

    lesson: Wanted | None = None
    notice: Wanted | None = None
    caption: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Speakers:
    """What follows the shopper where nothing else is in the way: a notice and a lesson."""

    notice: Follower
    lesson: Follower


def hang_said(
    said: Said,
    others: list[Hung],
    main: Hung | None,
    chip: Hung | None,
    viewer: Viewer,
    speakers: Speakers,
) -> Iterator[Hung]:
    """Where each thing that is said hangs, beside or above the `others` that hang already.

    `main` and `chip` are the big panel and the chip among those.
    """
    if said.lesson is None and said.notice is None and said.caption is None:
        return iter(())
    if viewer.sight is None:
        return _in_headset(said, main, chip, viewer, speakers)
    return _in_window(said, others, main, chip, viewer, speakers)


def _in_headset(
    said: Said, main: Hung | None, chip: Hung | None, viewer: Viewer, speakers: Speakers
) -> Iterator[Hung]:
    """A notice above the big panel, a lesson above both where it would cover one of them."""
    below = main
    if said.caption is not None and chip is not None:
        yield said.caption, _of_caption(said.caption, main, chip, viewer)
    if said.notice is not None:
        place = (
            docked(main[1], main[0].size, said.notice.size, above=True)
            if main is not None
            else viewer.follow(speakers.notice, said.notice.size)
        )
        below = said.notice, place
        yield below
    if said.lesson is not None:
        size = said.lesson.size
        place = viewer.follow(speakers.lesson, size)
        corners = outline(place, size, viewer.head)
        for one, hangs in (hung for hung in (main, below) if hung is not None):
            if meet(corners, outline(hangs, one.size, viewer.head)):
                assert below is not None, "it is what is in the way, or above that"
                place = docked(below[1], below[0].size, size, above=True)
                break
        yield said.lesson, place


def _in_window(
    said: Said,
    others: list[Hung],
    main: Hung | None,
    chip: Hung | None,
    viewer: Viewer,
    speakers: Speakers,
) -> Iterator[Hung]:
    """Each in its usual place, or where the window has room left for it."""
    assert viewer.sight is not None, "a window shows so much and no more"
    room = WindowRoom(viewer.head, viewer.sight)
    for wanted, place in others:
        room.take(place, wanted.size)
    if said.lesson is not None:
        lesson = _lesson(said.lesson, chip, room, viewer)
        if lesson is not None:
            room.take(lesson[1], lesson[0].size)
            yield lesson
    if said.notice is not None:
        place = _of_notice(said.notice, main, chip, room, viewer, speakers)
        room.take(place, said.notice.size)
        yield said.notice, place
    if said.caption is not None and chip is not None:
        size = said.caption.size
        usual = _of_caption(said.caption, main, chip, viewer)
        if room.is_free(usual, size):
            yield said.caption, usual
        else:
            zoom = viewer.zoom_in_window(size)
            near, least = room.middle(usual, size), LEAST * viewer.sight.zoom
            elsewhere = room.place(size, zoom, near, viewer.clear, least)
            if elsewhere is not None:
                yield said.caption, elsewhere


def _lesson(wanted: Wanted, chip: Hung | None, room: WindowRoom, viewer: Viewer) -> Hung | None:
    """As near to the middle of the upper edge as it has room; where it has none, a few words.

    Those are beside the chip.
    """
    assert viewer.sight is not None, "only in a window"
    short, low = in_short(wanted), _middle_of(chip, room)
    for one, share, near in ((wanted, 1.0, UPPER_EDGE), (short, LEAST, low)):
        zoom, least = viewer.zoom_in_window(one.size), share * viewer.sight.zoom
        place = room.place(one.size, zoom, near, viewer.clear, least)
        if place is not None:
            return one, place
    return None


def _of_notice(
    wanted: Wanted,
    main: Hung | None,
    chip: Hung | None,
    room: WindowRoom,
    viewer: Viewer,
    speakers: Speakers,
) -> Placement:
    """Above the big panel, as it is in a headset; where it has no room there, beside the chip."""
    size = wanted.size
    if main is not None:
        usual = docked(main[1], main[0].size, size, above=True)
        if room.is_free(usual, size):
            return usual
        near = _middle_of(chip, room)
    else:
        usual = viewer.follow(speakers.notice, size)
        if not room.covers(usual, size):
            return usual
        near = room.middle(usual, size)
    return room.place(size, viewer.zoom_in_window(size), near, viewer.clear) or usual


def _middle_of(chip: Hung | None, room: WindowRoom) -> Spot:
    return room.middle(chip[1], chip[0].size) if chip is not None else UPPER_EDGE


def _of_caption(wanted: Wanted, main: Hung | None, chip: Hung, viewer: Viewer) -> Placement:
    return viewer.caption(wanted.size, chip[1], chip[0].size, main[1] if main is not None else None)
