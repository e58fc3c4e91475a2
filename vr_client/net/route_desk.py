"""Plans a shopper's walk past their list, in the sync worker's process: it takes many frames."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from store_scenes.compile.scene import SceneDescription
from vr_client.interact.picking import PickIndex
from vr_client.interact.tour import Ground, plan_tour
from vr_client.interact.walk import Spot
from vr_client.state.events import PlanRoute, RoutePlanned
from vr_client.wayfinding import Wayfinder


@dataclass(frozen=True, slots=True)
class _Known:
    """What one scene's routes have in common."""

    scene: SceneDescription
    ways: Wayfinder
    ground: Ground
    stops: dict[str, Spot | None]

    def stop(self, sku: str) -> Spot | None:
        """Where one stands to take `sku`; None: it is on no shelf."""
        if sku not in self.stops:
            journey = self.ways.to_product(sku)
            self.stops[sku] = journey.spot if journey is not None else None
        return self.stops[sku]


class RouteDesk:
    """The worker's end: the newest question is answered, those before it are forgotten."""

    def __init__(
        self,
        scene: Callable[[], SceneDescription | None],
        tell: Callable[[RoutePlanned], Awaitable[None]],
    ) -> None:
        """`scene` gives the store as it was told last."""
        self._scene, self._tell = scene, tell
        self._known: _Known | None = None
        self._asked: PlanRoute | None = None
        self._new = asyncio.Event()

    def ask(self, question: PlanRoute) -> None:
        """Take a question in place of the one before."""
        self._asked = question
        self._new.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._new.wait()
            self._new.clear()
            question, scene = self._asked, self._scene()
            if question is None or scene is None:
                continue
            answer = await asyncio.to_thread(self.answer, question, scene)
            if question is self._asked:
                await self._tell(answer)

    def answer(self, question: PlanRoute, scene: SceneDescription) -> RoutePlanned:
        """The shortest walk past the products that are asked for."""
        if self._known is None or self._known.scene is not scene:
            ways = Wayfinder(scene, PickIndex(scene))
            self._known = _Known(scene, ways, Ground(ways.footprints, ways.room), {})
        known = self._known
        stops = {sku: known.stop(sku) for sku in question.skus}
        found = [sku for sku, spot in stops.items() if spot is not None]
        tour = plan_tour(known.ground, question.start, [s for s in stops.values() if s is not None])
        missed = [sku for sku, spot in stops.items() if spot is None]
        missed += [found[number] for number in tour.missed]
        return RoutePlanned(
            tuple(found[number] for number in tour.order), tour.path, tour.length_m, tuple(missed)
        )
