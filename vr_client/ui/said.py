"""Where what is said hangs: a notice, a step of the tutorial, a subtitle. It covers nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from vr_client.ui.contents import Wanted, in_short
from vr_client.ui.follower import Follower
from vr_client.ui.placement import Placement, docked
from vr_client.ui.viewer import Viewer
from vr_client.ui.window_room import EASE, UPPER_EDGE, Kept, Spot, WindowRoom, meet, outline

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


class Way(IntEnum):
    """How something that is said hangs: the lower, the better."""

    USUAL = 0
    ELSEWHERE = 1
    """Where there is room; a lesson in a headset: docked."""
    WAITS = 2
    """There was no room at all."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """How something was said in a frame, and where it hung if that was where there was room.

    `left`: a subtitle was left of the chip; None for what is none.
    """

    way: Way = Way.USUAL
    kept: Kept | None = None
    left: bool | None = None

    def spare(self, way: Way) -> float:
        """How much room (a tangent) it has to have left in order to hang in this `way` now.

        None in the way that it hangs in or in a worse one, so that a head that sways a little
        makes nothing jump.
        """
        return EASE if way < self.way else 0.0

    def kept_in(self, way: Way) -> Kept | None:
        """Where it hung, if it hung in this `way`."""
        return self.kept if way is self.way else None


NEW = Hanging(Way.USUAL)
"""Of what was not said in the frame before."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """What follows the shopper where nothing else is in the way: a notice and a lesson.

    `before` is how each thing that was said hung in the frame before, by its name in `Said`.
    """

    notice: Follower
    lesson: Follower
    before: dict[str, Hanging] = field(default_factory=dict)


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
    before = speakers.before
    for name, wanted in (
        ("lesson", said.lesson), ("notice", said.notice), ("caption", said.caption),
    ):  # fmt: skip
        if wanted is None:
            before.pop(name, None)
    if said.lesson is None and said.notice is None and said.caption is None:
        return iter(())
    if viewer.sight is None:
        return _in_headset(said, main, chip, viewer, speakers)
    return _in_window(said, others, main, chip, viewer, speakers)


def _in_headset(
    said: Said, main: Hung | None, chip: Hung | None, viewer: Viewer, speakers: Speakers
) -> Iterator[Hung]:
    """A notice above the big panel, a lesson above both where it would cover one of them."""
    before, below = speakers.before, main
    if said.caption is not None and chip is not None:
        left = viewer.is_left_of(chip[1], before.get("caption", NEW).left)
        before["caption"] = Hanging(left=left)
        yield said.caption, _of_caption(said.caption, main, chip, viewer, left=left)
    if said.notice is not None:
        place = (
            docked(main[1], main[0].size, said.notice.size, above=True)
            if main is not None
            else viewer.follow(speakers.notice, said.notice.size)
        )
        below = said.notice, place
        yield below
    if said.lesson is not None:
        size, way = said.lesson.size, Way.USUAL
        place = viewer.follow(speakers.lesson, size)
        corners = outline(place, size, viewer.head)
        spare = before.get("lesson", NEW).spare(way)
        for one, hangs in (hung for hung in (main, below) if hung is not None):
            if meet(corners, outline(hangs, one.size, viewer.head), spare):
                assert below is not None, "it is what is in the way, or above that"
                way, place = Way.ELSEWHERE, docked(below[1], below[0].size, size, above=True)
                break
        before["lesson"] = Hanging(way)
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
    room, before = WindowRoom(viewer.head, viewer.sight), speakers.before
    for wanted, place in others:
        room.take(place, wanted.size)
    if said.lesson is not None:
        was = before.get("lesson", NEW)
        lesson, hangs = _lesson(said.lesson, was, chip, room, viewer)
        other = before.get("notice", NEW).kept
        now = hangs.kept
        if said.notice is not None and other and now and room.takes_place(now, other):
            # Not to where a button is about to be pressed, if it has room anywhere else.
            less = room.but_for(other.placed, said.notice.size)
            second, then = _lesson(said.lesson, was, chip, less, viewer)
            if second is not None and (_leaps(was, hangs, room) or not _leaps(was, then, room)):
                lesson, hangs = second, then
        before["lesson"] = hangs
        if lesson is not None:
            room.take(lesson[1], lesson[0].size)
            yield lesson
    if said.notice is not None:
        place, before["notice"] = _of_notice(said.notice, main, chip, room, viewer, speakers)
        room.take(place, said.notice.size)
        yield said.notice, place
    if said.caption is not None and chip is not None:
        was = before.get("caption", NEW)
        caption, before["caption"] = _caption(said.caption, was, main, chip, room, viewer)
        if caption is not None:
            yield caption


def _lesson(
    wanted: Wanted, before: Hanging, chip: Hung | None, room: WindowRoom, viewer: Viewer
) -> tuple[Hung | None, Hanging]:
    """As near to the middle of the upper edge as it has room; where it has none, a few words.

    Those are beside the chip.
    """
    assert viewer.sight is not None, "only in a window"
    short, low = in_short(wanted), _middle_of(chip, room)
    for way, one, share, near in (
        (Way.USUAL, wanted, 1.0, UPPER_EDGE), (Way.ELSEWHERE, short, LEAST, low),
    ):  # fmt: skip
        zoom, least = viewer.zoom_in_window(one.size), share * viewer.sight.zoom
        place = room.place(
            one.size, zoom, near, viewer.clear, least,
            spare=before.spare(way), before=before.kept_in(way),
        )  # fmt: skip
        if place is not None:
            return (one, place), Hanging(way, room.kept(place, one.size))
    return None, Hanging(Way.WAITS)


def _leaps(before: Hanging, now: Hanging, room: WindowRoom) -> bool:
    """Whether it is somewhere else now, and did not just glide along."""
    if before.kept is None or now.kept is None or before.way is not now.way:
        return True
    return room.leaps(before.kept, now.kept)


def _of_notice(
    wanted: Wanted,
    main: Hung | None,
    chip: Hung | None,
    room: WindowRoom,
    viewer: Viewer,
    speakers: Speakers,
) -> tuple[Placement, Hanging]:
    """Above the big panel, as it is in a headset; where it has no room there, beside the chip."""
    size, before = wanted.size, speakers.before.get("notice", NEW)
    spare = before.spare(Way.USUAL)
    if main is not None:
        usual = docked(main[1], main[0].size, size, above=True)
        if room.is_free(usual, size, spare):
            return usual, NEW
        near = _middle_of(chip, room)
    else:
        usual = viewer.follow(speakers.notice, size)
        if not room.covers(usual, size, spare):
            return usual, NEW
        near = room.middle(usual, size)
    zoom, kept = viewer.zoom_in_window(size), before.kept_in(Way.ELSEWHERE)
    place = room.place(size, zoom, near, viewer.clear, before=kept) or usual
    return place, Hanging(Way.ELSEWHERE, room.kept(place, size))


def _middle_of(chip: Hung | None, room: WindowRoom) -> Spot:
    return room.middle(chip[1], chip[0].size) if chip is not None else UPPER_EDGE


def _caption(
    wanted: Wanted,
    before: Hanging,
    main: Hung | None,
    chip: Hung,
    room: WindowRoom,
    viewer: Viewer,
) -> tuple[Hung | None, Hanging]:
    """Above the chip or beside it; where it has no room there, as near to that as it has."""
    assert viewer.sight is not None, "only in a window"
    size, left = wanted.size, viewer.is_left_of(chip[1], before.left)
    usual = _of_caption(wanted, main, chip, viewer, left=left)
    if room.is_free(usual, size, before.spare(Way.USUAL)):
        return (wanted, usual), Hanging(left=left)
    place = room.place(
        size, viewer.zoom_in_window(size), room.middle(usual, size), viewer.clear,
        LEAST * viewer.sight.zoom, spare=before.spare(Way.ELSEWHERE),
        before=before.kept_in(Way.ELSEWHERE),
    )  # fmt: skip
    if place is None:
        return None, Hanging(Way.WAITS, left=left)
    return (wanted, place), Hanging(Way.ELSEWHERE, room.kept(place, size), left)


def _of_caption(
    wanted: Wanted, main: Hung | None, chip: Hung, viewer: Viewer, *, left: bool
) -> Placement:
    above = main is None
    return viewer.caption(wanted.size, chip[1], chip[0].size, left=None if above else left)
