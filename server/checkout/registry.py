"""The checkout providers there are: an explicit table, imported when one is asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import Final

from catalog_sync.model.failure import Failure
from server.checkout.provider import CheckoutProvider
from server.shop import Shop

PROVIDERS: Final[dict[str, str]] = {
    "sandbox": "server.checkout.providers.sandbox:SandboxProvider",
}
"""Name in a shop's configuration → `module:class`; the class is called with the `Shop`."""

DEFAULT_PROVIDER: Final = "sandbox"


def open_provider(name: str, shop: Shop) -> CheckoutProvider:
    """The provider called `name`, working for `shop`.

    Raises:
        Failure: there is none of that name.
    """
    place = PROVIDERS.get(name)
    if place is None:
        known = ", ".join(sorted(PROVIDERS))
        raise Failure(f"There is no checkout provider called {name!r}; choose one of: {known}.")
    module, _, attribute = place.partition(":")
    make: Callable[[Shop], CheckoutProvider] = getattr(import_module(module), attribute)
    return make(shop)
