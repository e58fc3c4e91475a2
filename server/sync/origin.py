"""Which pages may open the live connection: ours. A program that is no browser sends no Origin."""

from collections.abc import Iterable
from urllib.parse import urlsplit

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


def allowed_origins(public_url: str, port: int) -> frozenset[str]:
    """The origins (RFC 6454) of our own pages, for a server at `public_url` listening on `port`."""
    parts = urlsplit(public_url)
    own = {f"{parts.scheme}://{parts.netloc}".lower()}
    return frozenset(own | {f"http://{host}:{port}" for host in LOOPBACK_HOSTS})


def may_open(origins: Iterable[str], allowed: frozenset[str]) -> bool:
    """Whether a request with these Origin headers (none for a native client) may be upgraded."""
    return all(origin.lower() in allowed for origin in origins)
