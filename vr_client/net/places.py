"""Where a client keeps its things on this computer."""

import hashlib
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_state_path

from catalog_sync.transport.client import live_url


def default_cache_dir() -> Path:
    """Cooked models and far art, by what they depend on; may be deleted at any time."""
    return user_cache_path("endcap", appauthor=False)


def settings_file() -> Path:
    """How the shopper likes to move and which language they read."""
    return user_config_path("endcap", appauthor=False) / "settings.json"


def default_token_file(server_url: str) -> Path:
    """One shopper per shop address, so that shops do not see each other's tokens.

    Raises:
        Failure: not the address of a server.
    """
    shop = hashlib.sha256(live_url(server_url).encode()).hexdigest()[:16]
    return user_state_path("endcap", appauthor=False) / "shoppers" / f"{shop}.token"
