"""What a layout is to the live connection: the message, and the catalogue cut into its aisles."""

from msgspec import structs

from catalog_sync.model.failure import Failure
from catalog_sync.wire.codec import compress, encode
from catalog_sync.wire.limits import MESSAGE_BYTES_MAX_TO_CLIENT
from catalog_sync.wire.messages import Layout
from server.storage.contract import Storage
from server.sync.live_catalogue import LiveCatalogue
from store_scenes.layout.documents import StoreLayout
from store_scenes.layout.load import aisle_products, encode_layout


async def live_catalogue(storage: Storage, layout: StoreLayout) -> LiveCatalogue:
    """The catalogue as it is now under this layout, without a history."""
    catalogue = await storage.catalogue()
    # Another layout is another history: its aisles have products that a client never asked for.
    epoch = f"{catalogue.epoch}.{layout.version[:16]}"
    return LiveCatalogue(
        structs.replace(catalogue, epoch=epoch), (), aisle_products(layout), layout.store.currency
    )


def layout_message(layout: StoreLayout, epoch: str = "", changed: tuple[str, ...] = ()) -> bytes:
    """The Layout message, encoded once for everybody.

    Raises:
        Failure: larger than a client takes.
    """
    data = encode(Layout(layout.version, compress(encode_layout(layout)), epoch, changed))
    if len(data) > MESSAGE_BYTES_MAX_TO_CLIENT:
        raise Failure(
            f"The layout of store {layout.store.id} is {len(data)} bytes, more than the "
            f"{MESSAGE_BYTES_MAX_TO_CLIENT} that a headset takes; split the store."
        )
    return data
