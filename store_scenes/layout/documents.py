"""What a store folder says, as frozen values. Lengths in millimetres, angles in degrees.

Axes are those of the scene: x to the right, y up, z towards the person who looks along -z. A
fixture's own origin is the middle of its footprint on the floor; at `yaw_deg` 0 its front looks
along +z, and a positive yaw turns it counter-clockwise seen from above.
"""

from typing import Literal

import msgspec

from catalog_sync.model.product import Product

SCHEMA_VERSION = 1


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One product on one shelf. `x_mm` (from the shelf's left end) None: next to its neighbour."""

    sku: str
    facings_wide: int = 1
    facings_high: int = 1
    facings_deep: int = 0  # 0: as many as fit
    x_mm: float | None = None
    gap_mm: float = 4.0  # between neighbouring facings


class Shelf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One carrying surface, `height_mm` above the floor; 0 depth means the fixture's own."""

    height_mm: float
    positions: tuple[Position, ...] = ()
    depth_mm: float = 0.0


class Planogram(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One bay or fixture side: its width and its shelves, lowest first."""

    name: str
    width_mm: float
    shelves: tuple[Shelf, ...]


class FixturePlacement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fixture on the floor. `planograms` names its bays, left to right, then the back's.

    For a gondola `planograms` are the bays of the front and `back_planograms` those of the back
    (empty: a wall run). Other types say in `store_scenes.layout.measures` how many they take.
    """

    id: str
    type: str  # a name in store_scenes.fixtures.registry
    aisle: str  # empty for a fixture without planograms that belongs to none
    x_mm: float
    z_mm: float
    planograms: tuple[str, ...] = ()
    back_planograms: tuple[str, ...] = ()
    yaw_deg: float = 0.0
    height_mm: float = 2000.0
    depth_mm: float = 450.0  # of one side
    width_mm: float = 0.0  # of a fixture without planograms, such as a till
    names: dict[str, str] = msgspec.field(
        default_factory=dict
    )  # on its header board, if it has one


class Aisle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An aisle people can name; `names` by language.

    `line_mm` is where people walk, x and z of its start (the end nearest to the entrance, where
    its sign hangs and looks back along it) and of its end. None: before its first fixture.
    """

    id: str
    names: dict[str, str]
    line_mm: tuple[float, float, float, float] | None = None


ZoneStyle = Literal["produce", "chilled", "bakery", "tills", "plain"]


class Zone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rectangle of the floor with a look of its own; `names` stand on the nearest wall, if any.

    `x_mm` and `z_mm` are its middle.
    """

    id: str
    names: dict[str, str]
    x_mm: float
    z_mm: float
    width_mm: float
    depth_mm: float
    style: ZoneStyle = "plain"


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The room: a rectangle centred on the scene's origin, and where a shopper arrives."""

    width_mm: float
    depth_mm: float
    height_mm: float = 3200.0
    entrance_x_mm: float = 0.0
    entrance_z_mm: float = 0.0
    entrance_yaw_deg: float = 0.0  # 0 looks along -z
    shop_front: bool = False  # the wall behind the entrance is glass with a door to the street


class StoreDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`store.toml`. `catalog` is a plain CSV inside the folder."""

    schema: int
    id: str
    names: dict[str, str]
    locale: str
    currency: str
    catalog: str
    floor: Floor
    aisles: tuple[Aisle, ...]
    fixtures: tuple[FixturePlacement, ...]
    zones: tuple[Zone, ...] = ()


class StoreLayout(msgspec.Struct, frozen=True):
    """A whole store folder, read: what is checked, published, sent and compiled.

    `version` is the SHA-256 (hex) of the encoded documents, so equal content has one version.
    On the wire `products` is empty: they come as aisle snapshots.
    """

    version: str
    store: StoreDocument
    planograms: dict[str, Planogram]
    products: tuple[Product, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """One thing the checker says: a stable rule id, where, a plain sentence and a fix."""

    rule: str
    severity: Literal["error", "warning"]
    path: str  # inside the store folder
    line: int  # 1-based; 0: the whole file
    sentence: str
    fix: str = ""
