"""All panels of a frame: which are open, what they show, where they hang, what was redrawn."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import (
    PANEL_COMMAND,
    PANEL_VERTEX,
    Matrix,
    PanelDrawing,
    PanelQuad,
    TextureUpdate,
)
from vr_client.interact.rays import PanelHit
from vr_client.state.client_state import ClientState
from vr_client.state.events import AddToCart
from vr_client.state.reduce import NOTICE_CONNECTION_LOST, of_cart
from vr_client.state.undo import candidates
from vr_client.ui import theme
from vr_client.ui.around import NOWHERE, Around
from vr_client.ui.canvas import Canvas, PanelPicture
from vr_client.ui.contents import (
    Contents,
    Wanted,
    cart_chip,
    dock_below,
    layout_problem,
    tag_of_basket,
)
from vr_client.ui.marks import DrawnText, Target, contains
from vr_client.ui.panels import chip, dock, hint, notice
from vr_client.ui.pictures import PictureStore
from vr_client.ui.placement import (
    Clear,
    Follower,
    Placement,
    Sight,
    Size,
    ahead,
    angles,
    at_the_top,
    beside,
    docked,
    hang,
    is_beside,
    is_left_behind,
    on_basket,
)
from vr_client.ui.strings import notice_text, text

NOTICE_S = 6.0
DOCKED = {
    kind: chip.HEIGHT + below + 4.0 * theme.SHADOW
    for kind, below in (("desktop", 0.0), ("headset", dock.HEIGHT))
}
"""How far what is docked below a card reaches down, panel units."""

UNDO_NOTICES = ("cart_added=", "cart_taken=")
GOOD_NOTICES = ("picture_kept", "mirror_", "way_", "undone=", "compare_", *UNDO_NOTICES)
LASTING_NOTICES = frozenset({NOTICE_CONNECTION_LOST})
LIDS_M, LIDS_SIDE_M = 0.1, 2.0
"""Closed eyes: a dark pane right in front of them, larger than anything one sees."""


@dataclass(frozen=True, slots=True)
class UiFrame:
    """The panels of one frame and everything they say, redrawn in this frame or not."""

    panels: tuple[PanelQuad, ...] = ()
    textures: tuple[TextureUpdate, ...] = ()
    texts: tuple[DrawnText, ...] = ()
    targets: tuple[Target, ...] = ()
    sizes: tuple[tuple[str, Size], ...] = ()

    def target_at(self, hit: PanelHit) -> str | None:
        """The id of the target under a pointer; the last drawn wins."""
        width, height = dict(self.sizes)[hit.panel]
        x, y = hit.across * width, hit.down * height
        found = [t.id for t in self.targets if t.panel == hit.panel and contains(t.rect, x, y)]
        return found[-1] if found else None

    def text_of(self, role: str) -> str | None:
        """The first drawn text of `role`."""
        return next((drawn.text for drawn in self.texts if drawn.role == role), None)


class PanelSet:
    """Remembers where panels hang and what they looked like; everything shown is in the state."""

    def __init__(self, canvas: Canvas, pictures: PictureStore, controls: str) -> None:
        self._canvas = canvas
        self._pictures = pictures
        self._contents = Contents(pictures, controls, canvas)
        self._drawn: dict[str, tuple[Any, str, PanelPicture]] = {}
        self._notice = Follower(-13.0, 0.8)
        self._problem = Follower(-19.0, 0.85)
        self._notice_since: tuple[str, float] = ("", 0.0)
        self._darkness = 0.0
        self.use(controls)

    def use(self, controls: str) -> None:
        """Be the panels of a "desktop" or a "headset" from now on, placed for its view."""
        self._placed: tuple[Any, Placement] | None = None
        self._controls = self._contents.controls = controls
        # In a window the line of keys is docked below the chip.
        self._chip = Follower(22.0 if controls == "desktop" else 25.0, 0.75)
        self._hint_over = controls != "desktop"

    @property
    def cart_first(self) -> int:
        """The cart's first line in view."""
        return self._contents.cart_first

    def turn_cart(self, state: ClientState, steps: int) -> None:
        """Show the lines after (or before) those in view; past the end it begins anew."""
        self._contents.turn_cart(state, steps)

    def build(
        self,
        state: ClientState,
        head: Matrix,
        hits: tuple[PanelHit, ...],
        time_s: float,
        unix_s: float,
        clear: Clear,
        before: UiFrame,
        sight: Sight | None = None,
        around: Around = NOWHERE,
    ) -> UiFrame:
        """The panels for `state`. `before` is the last frame's: hovering is over what was seen.

        `time_s` is the frame's time, `unix_s` the wall clock that checkouts expire by; `sight`
        counts in a window only; `around` is what else they show.
        """
        sight = sight if self._controls == "desktop" else None
        pictures = self._pictures.draw_one()
        hovered = {hit.panel: before.target_at(hit) or "" for hit in hits}
        main = self._contents.main(state, unix_s, around)
        shown: list[tuple[Wanted, Placement]] = []
        main_place = (
            self._place_main(main, state, head, clear, sight, around.held)
            if main is not None
            else None
        )
        if main is not None and main_place is not None:
            shown.append((main, main_place))
        chip_wanted = cart_chip(state)
        if chip_wanted is not None:
            floating = self._chip.place(head, time_s, clear, sight, chip_wanted.size)
            place = (
                docked(main_place, main.size, chip_wanted.size, above=False)
                if main is not None and main_place is not None
                else floating
            )
            shown.append((chip_wanted, place))
            below = (
                self._keys_hint(state, main) if self._controls == "desktop" else dock_below(state)
            )
            if below is not None:
                shown.append((below, docked(place, chip_wanted.size, below.size, above=False)))
        toast = self._toast(state, time_s)
        if toast is not None:
            floating = self._notice.place(head, time_s, clear, sight, toast.size)
            place = (
                docked(main_place, main.size, toast.size, above=True)
                if main is not None and main_place is not None
                else floating
            )
            shown.append((toast, place))
        trouble = layout_problem(state)
        if trouble is not None:
            place = (
                at_the_top(head, trouble.size, clear, sight)
                if sight is not None
                else self._problem.place(head, time_s, clear, None, trouble.size)
            )
            shown.append((trouble, place))
        if around.basket is not None:
            tag = tag_of_basket(state, over=around.basket.over)
            if tag is not None:
                shown.append((tag, on_basket(around.basket.world_from_basket, head[:3, 3])))
        frame = self._frame(shown, hovered, pictures)
        return self._with_closed_eyes(frame, head, around.darkness)

    # ------------------------------------------------------------ drawing

    def _frame(
        self,
        shown: list[tuple[Wanted, Placement]],
        hovered: dict[str, str],
        pictures: tuple[TextureUpdate, ...],
    ) -> UiFrame:
        panels: list[PanelQuad] = []
        texts: list[DrawnText] = []
        targets: list[Target] = []
        sizes: list[tuple[str, Size]] = []
        for wanted, place in shown:
            over = hovered.get(wanted.id, "")
            old = self._drawn.get(wanted.id)
            fresh = old is None or old[0] != wanted.view or old[1] != over
            if old is None or fresh:
                picture = self._draw(wanted, over)
                self._drawn[wanted.id] = (wanted.view, over, picture)
            else:
                picture = old[2]
            drawing = picture.drawing if fresh else None
            panels.append(
                PanelQuad(wanted.id, place.world_from_panel, place.size_m(picture.size), drawing)
            )
            texts.extend(picture.texts)
            targets.extend(picture.targets)
            sizes.append((wanted.id, picture.size))
        # A panel that went is forgotten, so that it is drawn anew when it comes back: the
        # renderer may have dropped its texture meanwhile.
        open_now = {wanted.id for wanted, _ in shown}
        self._drawn = {name: kept for name, kept in self._drawn.items() if name in open_now}
        textures = (*pictures, *self._canvas.texture_updates())
        return UiFrame(tuple(panels), textures, tuple(texts), tuple(targets), tuple(sizes))

    def _with_closed_eyes(self, frame: UiFrame, head: Matrix, darkness: float) -> UiFrame:
        before, self._darkness = self._darkness, darkness
        if darkness <= 0.0:
            return frame
        drawing = None
        if before != darkness:
            drawing = PanelDrawing(
                (2, 2), np.empty(0, PANEL_VERTEX), np.empty(0, np.uint32),
                np.empty(0, PANEL_COMMAND), (0.02, 0.02, 0.03, darkness),
            )  # fmt: skip
        place = hang(head[:3, 3].copy(), *angles(-head[:3, 2]), LIDS_M)
        lids = PanelQuad("lids", place.world_from_panel, (LIDS_SIDE_M, LIDS_SIDE_M), drawing)
        return replace(
            frame, panels=(*frame.panels, lids), sizes=(*frame.sizes, (lids.id, (2.0, 2.0)))
        )

    def _draw(self, wanted: Wanted, hovered: str) -> PanelPicture:
        self._canvas.begin(wanted.id, wanted.width, wanted.height, hovered, theme.SHADOW)
        wanted.draw(self._canvas, wanted.view)
        return self._canvas.finish()

    # ------------------------------------------------------------ what is said

    def _keys_hint(self, state: ClientState, main: Wanted | None) -> Wanted | None:
        """A window's keys, until the shopper opened the help or put something in the cart."""
        acted = any(isinstance(intent, AddToCart) for intent in state.pending)
        self._hint_over |= acted or "help" in state.panels
        if self._hint_over or main is not None:
            return None
        view = hint.HintView(state.language)
        return Wanted("hint", view, hint.WIDTH, hint.HEIGHT, hint.draw)

    def _toast(self, state: ClientState, time_s: float) -> Wanted | None:
        # What the shopper does clears a notice, but not the reason to wait.
        code = state.notice or ("" if state.connected else NOTICE_CONNECTION_LOST)
        if code != self._notice_since[0]:
            self._notice_since = (code, time_s)
        if not code or state.scene is None:
            return None  # before the store is there, the loading panel says it
        age_s = time_s - self._notice_since[1]
        if age_s > NOTICE_S and code not in LASTING_NOTICES and state.connected:
            return None
        undo = ""
        if code.startswith(UNDO_NOTICES) and candidates(state.history, of_cart(state)):
            undo = text("cart.undo", state.language)
        sentence = notice_text(code, state.language)
        view = notice.NoticeView(sentence, code.startswith(GOOD_NOTICES), undo)
        return Wanted("notice", view, notice.WIDTH, notice.HEIGHT, notice.draw)

    # ------------------------------------------------------------ where it hangs

    def _place_main(
        self,
        main: Wanted,
        state: ClientState,
        head: Matrix,
        clear: Clear,
        sight: Sight | None,
        held: NDArray[np.float64] | None,
    ) -> Placement:
        """A panel stays where it was hung until the shopper leaves it behind.

        The card of what is `held` (its box) stays beside that.
        """
        is_card = main.id == "card"
        anchor = (main.id, state.card_instance if is_card else -1, sight)  # a resized window
        if self._placed is not None and self._placed[0] == anchor:
            kept = self._placed[1]
            if is_card and held is not None:
                if is_beside(kept, held, head, main.size, DOCKED[self._controls]):
                    return kept
            elif not is_left_behind(kept, head, turning=not is_card):
                return kept
        scene = state.scene
        if is_card and held is not None:
            place = beside(head, held, main.size, clear, sight, held=True)
        elif is_card and scene is not None and 0 <= state.card_instance < len(scene.bounds):
            place = beside(head, scene.bounds[state.card_instance], main.size, clear, sight)
        else:
            place = ahead(head, main.size, clear, sight)
        self._placed = (anchor, place)
        return place
