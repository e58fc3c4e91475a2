"""Whether a shop answers at an address, asked before anybody stands in front of an empty store."""

from catalog_sync.model.failure import Failure

DEFAULT_SERVER = "http://127.0.0.1:8765"
HEALTH_WAIT_S = 3.0


def require_server(url: str) -> None:
    """Ask once, quickly, so that nobody waits in front of an empty store.

    Raises:
        Failure: nothing answers at `url`, or not a shop.
    """
    import httpx

    advice = "start one with `endcap serve STORE`, or give another address with --server"
    try:
        answer = httpx.get(f"{url.rstrip('/')}/health", timeout=HEALTH_WAIT_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = type(error).__name__
        raise Failure(f"No shop answers at {url} ({reason}): {advice}.") from error
    if answer.status_code != httpx.codes.OK:
        raise Failure(f"What answers at {url} is not a shop ({answer.status_code}): {advice}.")
