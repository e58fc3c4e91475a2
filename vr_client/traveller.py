"""Where the shopper is in the store, and how they get somewhere else in it."""

from dataclasses import replace

from store_scenes.compile.scene import SceneDescription
from vr_client.headset.backend import FrameInfo
from vr_client.interact.journey import Journey
from vr_client.interact.picking import PickIndex
from vr_client.interact.rig import Rig
from vr_client.interact.walk import Spot
from vr_client.wayfinding import Wayfinder


class Traveller:
    """One shopper's feet: they walk as the sticks say, or arrive where they were sent.

    `rig` is where the play space stands, `spot` where the head is over the floor, `time_s` that of
    the last frame (None before the first).
    """

    def __init__(self, *, at_entrance: bool = True) -> None:
        """`at_entrance`: begin at the store's entrance; else where the headset's origin is."""
        self.at_entrance = at_entrance
        self.rig = Rig()
        self.spot: Spot = (0.0, 0.0)
        self.time_s: float | None = None
        self.ways: Wayfinder | None = None
        self._journey: Journey | None = None

    def enter(self, scene: SceneDescription, picks: PickIndex) -> None:
        """Come into a store, or find another one around oneself and stay, beside its shelves."""
        first = self.ways is None
        self.ways = Wayfinder(scene, picks)
        self._journey = None  # it led to somewhere in the store before
        if not first:
            x, z = self.ways.free_near(self.spot)
            here = self.rig
            self.rig = replace(here, x=here.x + x - self.spot[0], z=here.z + z - self.spot[1])
        elif self.at_entrance:
            self.rig = Rig(*scene.entrance)

    def stand(self, info: FrameInfo) -> tuple[FrameInfo, Journey | None]:
        """The frame as seen from where one is now, and the journey that has just arrived there."""
        before = self.time_s if self.time_s is not None else info.predicted_time_s
        step_s = max(0.0, info.predicted_time_s - before)
        self.time_s = info.predicted_time_s
        arrived = None
        if self._journey is not None:
            arrived = self._travel(self._journey, info)
        elif self.ways is not None:
            here = self.rig.place(info)
            self.rig = self.rig.walked(here, step_s, self.ways.footprints, self.ways.room)
        placed = self.rig.place(info)
        head = placed.world_from_head
        self.spot = (float(head[0, 3]), float(head[2, 3]))
        return placed, arrived

    def set_out(self, journey: Journey) -> None:
        """Go there from now on."""
        if self.time_s is not None:
            self._journey = replace(journey, start_s=self.time_s)

    def darkness(self, time_s: float) -> float:
        """How far one's eyes are closed, 0 to 1, so as not to see the floor fly past."""
        return self._journey.darkness(time_s) if self._journey is not None else 0.0

    def _travel(self, journey: Journey, info: FrameInfo) -> Journey | None:
        if journey.is_there(info.predicted_time_s) and not journey.arrived:
            self.rig = self.rig.brought(info, journey.spot, journey.yaw_deg)
            self._journey = replace(journey, arrived=True)
            return self._journey
        if journey.is_over(info.predicted_time_s):
            self._journey = None
        return None
