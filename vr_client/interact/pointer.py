"""What each hand points at: panels first, then products. And which buttons went down just now."""

from collections.abc import Sequence
from dataclasses import dataclass

from vr_client.frame_packet import PanelQuad
from vr_client.headset.backend import HandState
from vr_client.interact.picking import PickIndex, ProductHit
from vr_client.interact.rays import PanelHit, Ray, hit_panel, ray_of

REACH_M = 6.0
"""Further away a product cannot be pointed at: its card would hang in another aisle."""

BEAM_M = 2.5
"""Length of a beam that meets nothing."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """One hand: its ray, what it meets (a panel, else a product, else nothing) and how far.

    `at_basket`: what it meets is the shopper's basket.
    `pressed`, `menu` and `back` are True only in the frame in which the button went down.
    """

    hand: int
    ray: Ray
    panel: PanelHit | None
    instance: int
    distance_m: float
    hit: bool
    pressed: bool
    menu: bool
    back: bool
    at_basket: bool = False


def point(ray: Ray, panels: Sequence[PanelQuad], picks: PickIndex | None) -> Pointing:
    """What `ray` points at, of a hand that presses nothing."""
    return _met_by(ray, *_meet([ray], panels, picks)[0])


def _meet(
    rays: Sequence[Ray], panels: Sequence[PanelQuad], picks: PickIndex | None
) -> list[tuple[PanelHit | None, ProductHit | None]]:
    """A panel wins over a product: panels hang in front of shelves."""
    flat = [_panel_before(ray, panels) for ray in rays]
    past = [ray for ray, panel in zip(rays, flat, strict=True) if panel is None]
    solid = iter(picks.nearest_of(past, REACH_M) if picks is not None else [None] * len(past))
    return [(panel, None if panel is not None else next(solid)) for panel in flat]


def _panel_before(ray: Ray, panels: Sequence[PanelQuad]) -> PanelHit | None:
    hits = [hit for panel in panels if panel.pointed and (hit := hit_panel(ray, panel)) is not None]
    return min(hits, key=lambda hit: hit.distance_m, default=None)


def _met_by(
    ray: Ray,
    panel: PanelHit | None,
    solid: ProductHit | None,
    hand: int = 0,
    down: tuple[bool, bool, bool] = (False, False, False),
) -> Pointing:
    if panel is not None:
        return Pointing(hand, ray, panel, -1, panel.distance_m, True, *down)
    if solid is None:
        return Pointing(hand, ray, None, -1, BEAM_M, False, *down)
    return Pointing(hand, ray, None, solid.instance, solid.distance_m, solid.instance >= 0, *down)


class Pointer:
    """Remembers which buttons were held, so that one press is one press."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[bool, bool, bool]] = {}

    def update(
        self, hands: Sequence[HandState], panels: Sequence[PanelQuad], picks: PickIndex | None
    ) -> tuple[Pointing, ...]:
        """One Pointing for each tracked hand, in the order of `hands`."""
        pressed: list[tuple[int, tuple[bool, bool, bool]]] = []
        rays: list[Ray] = []
        for index, hand in enumerate(hands):
            select, menu, back = self._held.get(index, (False, False, False))
            self._held[index] = (hand.select, hand.menu, hand.back)
            if hand.tracked:
                down = (hand.select and not select, hand.menu and not menu, hand.back and not back)
                pressed.append((index, down))
                rays.append(ray_of(hand.world_from_hand))
        return tuple(
            _met_by(ray, *met, index, down)
            for ray, met, (index, down) in zip(
                rays, _meet(rays, panels, picks), pressed, strict=True
            )
        )
