"""The shop as its pages and its hub see it: what it is called, and where its truth is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from server.storage.contract import Storage


@dataclass(frozen=True)
class Shop:
    """Handed to everything that answers a request.

    `names` by language; `locale` as in `ko_KR`; `public_url` without a trailing slash, as a phone
    must write it; `now_unix_s` is the one clock of the requests.
    """

    names: dict[str, str]
    locale: str
    currency: str
    public_url: str
    storage: Storage
    now_unix_s: Callable[[], int]
