"""A window's neck: what turns it, and what turns the thing that is held before it instead. Pure."""

from typing import Final

LOOK_DEGREES_PER_PX: Final = 0.12
TWIST_DEGREES_PER_PX: Final = 0.4
TURN_DEGREES_PER_S: Final = 80.0
PAD_TURN_DEGREES_PER_S, PAD_TILT_DEGREES_PER_S = 120.0, 75.0
PITCH_MAX_DEGREES: Final = 85.0


class Neck:
    """`yaw` and `pitch` in degrees. While it is `lent`, drags and a pad's stick do not turn it."""

    def __init__(self) -> None:
        self.yaw = self.pitch = 0.0
        self.lent = False
        self._twist = (0.0, 0.0)

    def drag(self, across_px: float, down_px: float) -> None:
        """A mouse was dragged: the view turns with it, or the near side of what is held goes along.

        A view goes the other way than the thing: one takes hold of the world, or of the thing.
        """
        if self.lent:
            self._twist_by(across_px * TWIST_DEGREES_PER_PX, down_px * TWIST_DEGREES_PER_PX)
        else:
            self.yaw -= across_px * LOOK_DEGREES_PER_PX
            self.tilt(self.pitch - down_px * LOOK_DEGREES_PER_PX)

    def turn(self, left: float, stick: tuple[float, float], step_s: float) -> None:
        """Keys turn `left` (-1..1), a pad's `stick` right and up, for `step_s` seconds."""
        across, up = stick
        if self.lent:
            whole = PAD_TURN_DEGREES_PER_S * step_s
            self._twist_by(across * whole, -up * whole)
            across = up = 0.0
        self.yaw += (left * TURN_DEGREES_PER_S - across * PAD_TURN_DEGREES_PER_S) * step_s
        self.tilt(self.pitch + up * PAD_TILT_DEGREES_PER_S * step_s)

    def tilt(self, pitch_deg: float) -> None:
        """Look this far upwards."""
        self.pitch = max(-PITCH_MAX_DEGREES, min(PITCH_MAX_DEGREES, pitch_deg))

    def take_twist(self) -> tuple[float, float]:
        """How far what is held was turned since the last call: to the right and down, degrees."""
        taken, self._twist = self._twist, (0.0, 0.0)
        return taken

    def _twist_by(self, across_deg: float, down_deg: float) -> None:
        self._twist = (self._twist[0] + across_deg, self._twist[1] + down_deg)
