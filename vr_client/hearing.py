"""The shopper's ears: what sounds in a frame, from where, and how loud they like it."""

from typing import Final

from vr_client.frame_packet import Matrix
from vr_client.interact.pointer import Pointing
from vr_client.sound.captions import SHOWN_S, Caption, caption_of
from vr_client.sound.cues import QUIET_MOMENT, Moment, Place, Sounded, cues_of
from vr_client.sound.handle import Loudspeaker
from vr_client.sound.placing import Heard, heard_at
from vr_client.state.client_state import ClientState
from vr_client.state.senses import Volume
from vr_client.ui.panel_set import UiFrame

LOUDNESS: Final[dict[Volume, float]] = {"normal": 1.0, "quiet": 0.35, "off": 0.0}

TICK_EVERY_S: Final = 0.07
"""A hand that sweeps past a shelf ticks no faster than this."""


class Hearing:
    """Follows the state from frame to frame; `speaker` None: nobody hears it."""

    def __init__(self, speaker: Loudspeaker | None = None) -> None:
        self._speaker = speaker
        self._state: ClientState | None = None
        self._pointed: dict[int, tuple[str, int]] = {}
        self._acted: Place | None = None
        self._ticked_s = 0.0
        self._caption: tuple[Caption | None, float] = (None, 0.0)

    def turn(
        self,
        state: ClientState,
        head: Matrix,
        time_s: float,
        aims: tuple[Pointing, ...],
        shown: UiFrame,
        *,
        hopped: bool = False,
    ) -> tuple[Sounded, ...]:
        """What sounds in this frame, which led to `state`; the speaker has it already.

        `shown` are the panels that `aims` point at.
        """
        before = self._state if self._state is not None else state
        self._state = state
        moment = self._moment(aims, shown, time_s, hopped=hopped)
        if moment is QUIET_MOMENT and state is before:
            return ()
        sounded = cues_of(before, state, moment, self._acted)
        loudness = LOUDNESS[state.senses.volume]
        if self._speaker is not None and loudness > 0.0:
            for one in sounded:
                self._speaker.play(one.cue, _quieter(heard_at(one.place, head), loudness))
        caption = caption_of(sounded, head)
        if caption is not None:
            self._caption = (caption, time_s)
        return sounded

    def caption(self, state: ClientState, time_s: float) -> Caption | None:
        """What was heard last, in words, for as long as it is to be read."""
        caption, since_s = self._caption
        if caption is None or not state.senses.subtitles:
            return None
        return caption if time_s - since_s <= SHOWN_S else None

    def _moment(
        self, aims: tuple[Pointing, ...], shown: UiFrame, time_s: float, *, hopped: bool
    ) -> Moment:
        pointed = pressed = None
        over = dict(shown.hovered) if shown.hovered else {}
        for aim in aims:
            target = over.get(aim.panel.panel, "") if aim.panel is not None else ""
            now = (target, aim.instance)
            meets = target != "" or aim.instance >= 0
            if self._pointed.get(aim.hand) != now:
                self._pointed[aim.hand] = now
                if meets and time_s - self._ticked_s >= TICK_EVERY_S:
                    self._ticked_s = time_s
                    pointed = _end_of(aim)
            if aim.pressed and meets:
                pressed = self._acted = _end_of(aim)
        if pointed is None and pressed is None and not hopped:
            return QUIET_MOMENT
        return Moment(pointed, pressed, hopped)


def _end_of(aim: Pointing) -> Place:
    x, y, z = aim.ray.at(aim.distance_m).tolist()
    return x, y, z


def _quieter(heard: Heard, loudness: float) -> Heard:
    return Heard(
        heard.left * loudness, heard.right * loudness, heard.left_late_s, heard.right_late_s
    )
