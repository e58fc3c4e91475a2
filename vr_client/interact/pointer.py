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
    """What `ray` points at. A panel wins over a product: panels hang in front of shelves."""
    hits = [hit for panel in panels if panel.pointed and (hit := hit_panel(ray, panel)) is not None]
    panel = min(hits, key=lambda hit: hit.distance_m, default=None)
    if panel is not None:
        return _pointing(ray, panel, -1, panel.distance_m, hit=True)
    found: ProductHit | None = picks.nearest(ray, REACH_M) if picks is not None else None
    if found is None:
        return _pointing(ray, None, -1, BEAM_M, hit=False)
    return _pointing(ray, None, found.instance, found.distance_m, hit=found.instance >= 0)


class Pointer:
    """Remembers which buttons were held, so that one press is one press."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[bool, bool, bool]] = {}

    def update(
        self, hands: Sequence[HandState], panels: Sequence[PanelQuad], picks: PickIndex | None
    ) -> tuple[Pointing, ...]:
        """One Pointing for each tracked hand, in the order of `hands`."""
        found: list[Pointing] = []
        for index, hand in enumerate(hands):
            before = self._held.get(index, (False, False, False))
            now = (hand.select, hand.menu, hand.back)
            self._held[index] = now
            if not hand.tracked:
                continue
            went_down = tuple(after and not held for after, held in zip(now, before, strict=True))
            aim = point(ray_of(hand.world_from_hand), panels, picks)
            found.append(
                Pointing(
                    index, aim.ray, aim.panel, aim.instance, aim.distance_m, aim.hit, *went_down
                )
            )
        return tuple(found)


def _pointing(
    ray: Ray, panel: PanelHit | None, instance: int, distance_m: float, *, hit: bool
) -> Pointing:
    return Pointing(0, ray, panel, instance, distance_m, hit, False, False, False)
