"""All panels of a frame: which are open, what they show, where they hang, what was redrawn."""

from collections.abc import Iterator
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
from vr_client.sound.captions import Caption
from vr_client.state.client_state import ClientState
from vr_client.state.events import AddToCart
from vr_client.state.notices import UNDO_NOTICES, is_good_news, says
from vr_client.state.reduce import NOTICE_CONNECTION_LOST, of_cart
from vr_client.state.senses import TEXT_SCALE, Contrast
from vr_client.state.undo import candidates
from vr_client.ui import theme
from vr_client.ui.around import NOWHERE, Around
from vr_client.ui.canvas import Canvas, PanelPicture
from vr_client.ui.contents import (
    HERE,
    Contents,
    Wanted,
    caption_strip,
    dock_below,
    layout_problem,
    tag_of_basket,
)
from vr_client.ui.follower import Follower
from vr_client.ui.marks import DrawnText, Target, centre, contains
from vr_client.ui.panels import chip, dock, floor_map, hint, notice
from vr_client.ui.pictures import PictureStore
from vr_client.ui.placement import (
    Clear,
    Placement,
    Sight,
    Size,
    ahead,
    angles,
    bearable,
    beside,
    docked,
    hang,
    is_beside,
    is_left_behind,
    laid_on,
    on_basket,
    resized,
)
from vr_client.ui.said import Hung, Said, Speakers, hang_said
from vr_client.ui.strings import notice_text, text
from vr_client.ui.viewer import Viewer

NOTICE_S = 6.0
DOCKED = {
    kind: chip.HEIGHT + below + 4.0 * theme.SHADOW
    for kind, below in (("desktop", 0.0), ("headset", dock.HEIGHT))
}
"""How far what is docked below a card reaches down, panel units."""

LASTING_NOTICES = frozenset({NOTICE_CONNECTION_LOST})
LIDS_M, LIDS_SIDE_M = 0.1, 2.0
"""Closed eyes: a dark pane right in front of them, larger than anything one sees."""


@dataclass(frozen=True, slots=True)
class UiFrame:
    """The panels of one frame and everything they say, redrawn in this frame or not.

    `hovered` is which target of which panel was pointed at ("" for none), by the panel's id.
    """

    panels: tuple[PanelQuad, ...] = ()
    textures: tuple[TextureUpdate, ...] = ()
    texts: tuple[DrawnText, ...] = ()
    targets: tuple[Target, ...] = ()
    sizes: tuple[tuple[str, Size], ...] = ()
    hovered: tuple[tuple[str, str], ...] = ()

    def target_at(self, hit: PanelHit) -> str | None:
        """The id of the target under a pointer; the last drawn wins."""
        width, height = dict(self.sizes)[hit.panel]
        x, y = hit.across * width, hit.down * height
        found = [t.id for t in self.targets if t.panel == hit.panel and contains(t.rect, x, y)]
        return found[-1] if found else None

    def place_of(self, target: str) -> NDArray[np.float64] | None:
        """Where in the store the middle of a target is, (3,) metres; the last drawn; None: nowhere.

        The other way round of `target_at`.
        """
        drawn = next((one for one in reversed(self.targets) if one.id == target), None)
        if drawn is None:
            return None
        quad = next(panel for panel in self.panels if panel.id == drawn.panel)
        width, height = dict(self.sizes)[quad.id]
        x, y = centre(drawn.rect)
        right = quad.world_from_panel[:3, 0] * ((x / width - 0.5) * quad.size_m[0])
        up = quad.world_from_panel[:3, 1] * ((0.5 - y / height) * quad.size_m[1])
        return np.asarray(quad.world_from_panel[:3, 3] + right + up, dtype=np.float64)

    def text_of(self, role: str) -> str | None:
        """The first drawn text of `role`."""
        return next((drawn.text for drawn in self.texts if drawn.role == role), None)


class PanelSet:
    """Remembers where panels hang and what they looked like; everything shown is in the state."""

    def __init__(self, canvas: Canvas, pictures: PictureStore, controls: str) -> None:
        self._canvas = canvas
        self._pictures = pictures
        self._contents = Contents(pictures, controls, canvas)
        self._drawn: dict[str, tuple[Any, tuple[str, Contrast], PanelPicture]] = {}
        self._speakers = Speakers(Follower(-13.0, 0.8), Follower(-19.0, 0.85))
        self._docked: dict[str, tuple[Placement, tuple[Size, Size], Placement]] = {}
        self._notice_since: tuple[str, float] = ("", 0.0)
        self._told: Caption | None = None  # what a notice said in its place
        self._darkness = 0.0
        self.use(controls)

    def use(self, controls: str) -> None:
        """Be the panels of a "desktop" or a "headset" from now on, placed for its view."""
        self._placed: tuple[Any, Placement] | None = None
        self._speakers.before.clear()
        self._controls = self._contents.controls = controls
        # In a window the line of keys is docked below the chip.
        self._chip = Follower(22.0 if controls == "desktop" else 25.0, 0.75)
        self._hint_over = controls != "desktop"

    @property
    def controls(self) -> str:
        """What they are the panels of: "desktop" or "headset"."""
        return self._controls

    def load(self) -> None:
        """Another store: what had no picture in the one before may have one in this."""
        self._pictures.ask_again()

    @property
    def to_come(self) -> int:
        """How many pictures of products are still to come."""
        return self._pictures.to_come

    @property
    def cart_first(self) -> int:
        """The cart's first line in view."""
        return self._contents.cart_first

    def turn_cart(self, state: ClientState, steps: int) -> None:
        """Show the lines after (or before) those in view; past the end it begins anew."""
        self._contents.turn_cart(state, steps)

    def turn_help(self, steps: int) -> None:
        """Show a page of the help that is so many further; past either end it begins anew."""
        self._contents.turn_help(steps)

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

        `time_s` is the frame's time, `unix_s` the wall clock that checkouts expire by; `sight` is
        a window's, and None in a headset; `around` is what else they show.
        """
        viewer = Viewer(head, time_s, clear, sight, state.comfort.still, state.senses.scale)
        pictures = self._pictures.take_one()
        hovered = {hit.panel: before.target_at(hit) or "" for hit in hits}
        main = self._contents.main(state, unix_s, around, viewer.zoom)
        code = self._notice_code(state, time_s)
        shown: list[Hung] = []
        big: Hung | None = None
        if main is not None:
            big = main, self._place_main(main, state, viewer, around.held)
            shown += [big, *_here(*big, around)]
        chip_wanted = self._contents.chip(state)
        small: Hung | None = None
        if chip_wanted is not None:
            below = (
                self._keys_hint(state, main) if self._controls == "desktop" else dock_below(state)
            )
            both = _stacked(chip_wanted, below)
            if big is not None:
                viewer.keep_up(self._chip, both)
                place = self._below(*big, chip_wanted)
            else:
                place = viewer.follow(self._chip, chip_wanted.size, both)
            small = chip_wanted, place
            shown.append(small)
            if below is not None:
                shown.append((below, self._below(chip_wanted, place, below)))
        news = around.caption if self._is_news(around.caption, state, code) else None
        said = Said(
            # Of two things at the upper edge a merchandiser's own comes first.
            layout_problem(state) or self._contents.lesson(state, around.family),
            _toast(state, code) if code else None,
            caption_strip(news, state) if news is not None else None,
        )
        shown += list(hang_said(said, shown, big, small, viewer, self._speakers))
        shown += _tag(state, around, viewer)
        frame = self._frame(shown, hovered, pictures, state.senses.contrast)
        return self._with_closed_eyes(frame, head, around.darkness)

    def _below(self, upper: Wanted, place: Placement, lower: Wanted) -> Placement:
        """Where `lower` is docked; the very same as long as what it is docked to stays there."""
        sizes = (upper.size, lower.size)
        kept = self._docked.get(lower.id)
        if kept is None or kept[0] is not place or kept[1] != sizes:
            kept = place, sizes, docked(place, *sizes, above=False)
            self._docked[lower.id] = kept
        return kept[2]

    # ------------------------------------------------------------ drawing

    def _frame(
        self,
        shown: list[tuple[Wanted, Placement]],
        hovered: dict[str, str],
        pictures: tuple[TextureUpdate, ...],
        contrast: Contrast,
    ) -> UiFrame:
        self._canvas.look = theme.LOOKS[contrast]
        panels: list[PanelQuad] = []
        texts: list[DrawnText] = []
        targets: list[Target] = []
        sizes: list[tuple[str, Size]] = []
        for wanted, place in shown:
            over = hovered.get(wanted.id, "")
            look = (over, contrast)
            old = self._drawn.get(wanted.id)
            # Most are the very one of the frame before, and need no look into them.
            same = old is not None and (old[0] is wanted.view or old[0] == wanted.view)
            fresh = old is None or not same or old[1] != look
            if old is None or fresh:
                picture = self._draw(wanted, over)
                self._drawn[wanted.id] = (wanted.view, look, picture)
            else:
                picture = old[2]
            drawing = picture.drawing if fresh else None
            panels.append(
                PanelQuad(
                    wanted.id,
                    place.world_from_panel,
                    place.size_m(picture.size),
                    drawing,
                    wanted.pointed,
                    wanted.laid,
                )
            )
            texts.extend(picture.texts)
            targets.extend(picture.targets)
            sizes.append((wanted.id, picture.size))
        # A panel that went is forgotten, so that it is drawn anew when it comes back: the
        # renderer may have dropped its texture meanwhile.
        open_now = {wanted.id for wanted, _ in shown}
        self._drawn = {name: kept for name, kept in self._drawn.items() if name in open_now}
        textures = (*pictures, *self._canvas.texture_updates())
        return UiFrame(tuple(panels), textures, tuple(texts), tuple(targets), tuple(sizes),
                       tuple(hovered.items()))  # fmt: skip

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

    def _notice_code(self, state: ClientState, time_s: float) -> str:
        """The notice that is on screen now, "" for none."""
        # What the shopper does clears a notice, but not the reason to wait.
        code = state.notice or ("" if state.connected else NOTICE_CONNECTION_LOST)
        if code != self._notice_since[0]:
            self._notice_since = (code, time_s)
        if not code or state.scene is None:
            return ""  # before the store is there, the loading panel says it
        age_s = time_s - self._notice_since[1]
        over = age_s > NOTICE_S and code not in LASTING_NOTICES and state.connected
        return "" if over else code

    def _is_news(self, caption: Caption | None, state: ClientState, code: str) -> bool:
        """Whether a subtitle says what no notice says, has said or is about to say.

        `code` is the notice on screen. The shop's word on what the shopper asked for comes with a
        notice, a moment later than the sound.
        """
        if caption is None or caption is self._told:
            return False
        waits = any(isinstance(one, AddToCart) and one.sku == caption.sku for one in state.pending)
        if caption.sku and waits and state.connected:  # else nobody answers before it is over
            return False
        product = state.products.get(caption.sku)
        name = product.name(state.language) if product is not None else caption.sku
        if not says(code, caption.cue, name):
            return True
        self._told = caption
        return False

    # ------------------------------------------------------------ where it hangs

    def _place_main(
        self,
        main: Wanted,
        state: ClientState,
        viewer: Viewer,
        held: NDArray[np.float64] | None,
    ) -> Placement:
        """A panel stays where it was hung until the shopper leaves it behind.

        The card of what is `held` (its box) stays beside that.
        """
        is_card = main.id == "card"
        head, clear, sight = viewer.head, viewer.clear, viewer.sight
        zoom = viewer.zoom(main.size)
        anchor = (main.id, state.card_instance if is_card else -1, sight, zoom)  # a resized window
        if self._placed is not None and self._placed[0] == anchor:
            kept = self._placed[1]
            if is_card and held is not None:
                if is_beside(kept, held, head, main.size, DOCKED[self._controls]):
                    return kept
            elif not is_left_behind(kept, head, turning=not is_card):
                return kept
        scene = state.scene
        if is_card and held is not None:
            place = beside(head, held, main.size, clear, sight, zoom, held=True)
        elif is_card and scene is not None and 0 <= state.card_instance < len(scene.bounds):
            bounds = scene.bounds[state.card_instance]
            place = beside(head, bounds, main.size, clear, sight, zoom)
        else:
            place = self._ahead(main, anchor, viewer)
        self._placed = (anchor, place)
        return place

    def _ahead(self, main: Wanted, anchor: tuple[Any, ...], viewer: Viewer) -> Placement:
        """In front of the shopper; what changes the text size stays under their pointer.

        So it hangs where it has room for the largest text, and from then on where it hangs.
        """
        place = ahead(viewer.head, main.size, viewer.clear, viewer.sight, anchor[-1])
        if main.fixed is None:
            return place
        before = self._placed
        if before is not None and before[0][:-1] == anchor[:-1] and before[0] != anchor:
            kept = before[1]
        else:
            most = bearable(max(TEXT_SCALE.values()), main.size, viewer.sight)
            kept = ahead(viewer.head, main.size, viewer.clear, viewer.sight, most)
        at = (main.fixed[0] + theme.SHADOW, main.fixed[1] + theme.SHADOW)
        return resized(kept, place, at, main.size)


def _toast(state: ClientState, code: str) -> Wanted:
    """The notice `code` in words, with undo where it can be taken back."""
    undo = ""
    if code.startswith(UNDO_NOTICES) and candidates(state.history, of_cart(state)):
        undo = text("cart.undo", state.language)
    view = notice.NoticeView(notice_text(code, state.language), is_good_news(code), undo)
    # One that cannot be pressed is in nobody's way: what is behind it stays in reach.
    return Wanted("notice", view, notice.WIDTH, notice.HEIGHT, notice.draw, pointed=bool(undo))


def _here(main: Wanted, placed: Placement, around: Around) -> Iterator[tuple[Wanted, Placement]]:
    """The shopper on the map, where that is what is open."""
    if main.id == "map" and around.plan is not None:
        x, y = floor_map.place_on(around.plan, around.spot)
        at = x + theme.SHADOW, y + theme.SHADOW
        yield HERE, laid_on(placed, main.size, at, around.yaw_deg)


def _tag(state: ClientState, around: Around, viewer: Viewer) -> Iterator[tuple[Wanted, Placement]]:
    """The tag on the basket at the hip, where there is one."""
    if around.basket is None:
        return
    tag = tag_of_basket(state, over=around.basket.over)
    if tag is not None:
        hangs = around.basket.world_from_basket
        yield tag, on_basket(hangs, viewer.head[:3, 3], viewer.scale)


def _stacked(upper: Wanted, lower: Wanted | None) -> Size:
    """What two panels take up of which one hangs below the other."""
    if lower is None:
        return upper.size
    return max(upper.size[0], lower.size[0]), upper.size[1] + lower.size[1]
