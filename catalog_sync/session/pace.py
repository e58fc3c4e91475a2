"""A token bucket on somebody else's clock."""


class Pace:
    """At most `rate` a second in the long run, `burst` at once. Times are seconds, monotonic."""

    def __init__(self, rate: float, burst: int) -> None:
        assert rate > 0
        assert burst >= 1
        self._rate = rate
        self._burst = float(burst)
        self._tokens = float(burst)
        self._at_s: float | None = None

    def take(self, now: float) -> bool:
        """Use one token if there is one."""
        self._refill(now)
        # A hair under one counts: sums of fractions must not cost a waiter a second round.
        if self._tokens < 1.0 - 1e-9:
            return False
        self._tokens -= 1.0
        return True

    def ready_at(self, now: float) -> float:
        """When `take` will next succeed; `now` when it would at once."""
        self._refill(now)
        return now + max(0.0, 1.0 - self._tokens) / self._rate

    def _refill(self, now: float) -> None:
        elapsed_s = 0.0 if self._at_s is None else max(0.0, now - self._at_s)
        self._tokens = min(self._burst, self._tokens + elapsed_s * self._rate)
        self._at_s = now
