"""3D models that a feed only links, fetched beside the catalogue when somebody asks for it."""

import hashlib
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from catalog_sync.model.failure import Failure

if TYPE_CHECKING:
    from httpx import Client  # for its type only: it is imported where it is used

LINK_BYTES_MAX = 15 * 1024 * 1024
"""What Google allows for a virtual_model_link."""

LINKS_MAX = 20_000
AT_ONCE = 4
WAIT_S = 30.0
REDIRECTS_MAX = 5
FOLDER = "models"
_GLB = b"glTF"


def fetch_models(
    links: Mapping[str, str], folder: Path, progress: Callable[[int, int], None]
) -> tuple[dict[str, str], dict[str, str]]:
    """Fetch the GLB behind each link into `folder/models`, four at a time, and each once.

    Gives the path of each SKU's model relative to `folder`, and for the others a sentence. A model
    that lies there from an earlier run is not fetched again.

    Raises:
        Failure: the folder cannot be written, or there are more than `LINKS_MAX` links.
    """
    import httpx

    if len(links) > LINKS_MAX:
        raise Failure(f"the feed links {len(links):,} models; at most {LINKS_MAX:,} are fetched")
    target = folder / FOLDER
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{target} cannot be made: {error.strerror or error}") from None
    fetched: dict[str, str] = {}
    failed: dict[str, str] = {}
    urls = sorted(set(links.values()))
    skus: dict[str, list[str]] = {url: [] for url in urls}
    for sku, url in links.items():
        skus[url].append(sku)
    with (
        httpx.Client(timeout=WAIT_S, follow_redirects=True, max_redirects=REDIRECTS_MAX) as client,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        jobs = {pool.submit(_fetch, client, url, target): url for url in urls}
        for done, job in enumerate(as_completed(jobs), start=1):
            name, why = job.result()
            for sku in skus[jobs[job]]:
                if name:
                    fetched[sku] = f"{FOLDER}/{name}"
                else:
                    failed[sku] = f"{sku}: its model {jobs[job][:200]} {why}"
            progress(done, len(urls))
    return fetched, failed


def _fetch(client: "Client", url: str, target: Path) -> tuple[str, str]:
    """The file's name, or why there is none."""
    import httpx

    if not url.lower().startswith(("https://", "http://")):
        return "", "is no web address"
    name = _name(url)
    path = target / name
    if path.is_file():
        return name, ""
    try:
        with client.stream("GET", url) as answer:
            if answer.status_code != httpx.codes.OK:
                return "", f"was answered with HTTP {answer.status_code}"
            data = bytearray()
            for chunk in answer.iter_bytes():
                data += chunk
                if len(data) > LINK_BYTES_MAX:
                    return "", f"is larger than {LINK_BYTES_MAX >> 20} MiB"
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return "", f"cannot be fetched ({type(error).__name__})"
    if data[:4] != _GLB:
        return "", "is no GLB"
    part = path.with_suffix(".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror or error}") from None
    return name, ""


def _name(url: str) -> str:
    """A file name that says which model it is, and that no other address has."""
    stem = re.sub(r"[^a-z0-9]+", "-", url.rpartition("/")[2].partition("?")[0].lower())
    stem = stem.removesuffix("-glb").strip("-")[:40] or "model"
    return f"{stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.glb"
