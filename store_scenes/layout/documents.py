"""What a store folder says, as frozen values. Lengths in millimetres, angles in degrees.

Axes are those of the scene: x to the right, y up, z towards the person who looks along -z. A
fixture's own origin is the middle of its footprint on the floor; at `yaw_deg` 0 its front looks
along +z, and a positive yaw turns it counter-clockwise seen from above.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from catalog_sync.model.product import Product
from store_scenes.layout.orientation import Orientation

SCHEMA_VERSION = 1

STORE_FILE = "store.toml"
PLANOGRAM_FOLDER = "planograms"

InShop = Annotated[float, Meta(ge=-500_000.0, le=500_000.0)]
"""A place or an angle in a store; whatever lies outside is a slip of the hand."""

OnFixture = Annotated[float, Meta(ge=-20_000.0, le=20_000.0)]
"""A place on a fixture."""

Measure = Annotated[float, Meta(ge=0.0, le=20_000.0)]
"""A length on a fixture."""

Slope = Annotated[float, Meta(ge=-90.0, le=90.0)]
Amount = Annotated[float, Meta(ge=0.0, le=1_000_000.0)]


def planogram_path(key: str) -> str:
    """Where a planogram lies, relative to the store folder."""
    return f"{PLANOGRAM_FOLDER}/{key}.toml"


MerchandisingStyle = Literal[
    "unit", "tray", "case", "display", "alternate", "loose", "log-stack", "poster",
]  # fmt: skip
"""How a position is filled: with single units, with what they are packed in (`Pack`), tipped in
loosely, laid as a pyramid of rolls, or as a picture of the product to point at."""

SurfaceKind = Literal[
    "shelf", "chest", "bin", "polygonal-shelf", "rod", "lateral-rod", "bar", "pegboard",
    "multi-row-pegboard", "curved-rod", "obstruction", "sign", "gravity-feed", "sub-planogram",
]  # fmt: skip
"""What carries the goods, in the order of the trade's codes 0 to 13."""


class Cap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Further units in the room that a block leaves: `count` layers, columns or rows of them."""

    count: int
    orientation: Orientation = "front"


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One product on one shelf. `x_mm` (from the shelf's left end) None: next to its neighbour.

    `cap_y` lies on top of the block, `cap_x` stands to its right, `cap_z` behind it. `ref` names
    the position in the file that it was imported from; it has no meaning of its own.
    """

    sku: str
    facings_wide: int = 1
    facings_high: int = 1
    facings_deep: int = 0  # 0: as many as fit
    x_mm: float | None = None
    gap_mm: float = 4.0  # between neighbouring facings
    orientation: Orientation = "front"
    style: MerchandisingStyle = "unit"
    cap_x: Cap | None = None
    cap_y: Cap | None = None
    cap_z: Cap | None = None
    y_mm: float = 0.0  # of the block's bottom above the surface; on a pegboard, above its lower end
    z_mm: float | None = None  # behind the surface's front edge; None: faced up to it
    ref: str = ""


class Overhang(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far goods may reach beyond a surface's ends."""

    left_mm: OnFixture = 0.0
    right_mm: OnFixture = 0.0
    front_mm: OnFixture = 0.0
    back_mm: OnFixture = 0.0


class Pegs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The holes of a pegboard: the first one from its lower left corner, and their distances."""

    pitch_x_mm: Measure
    pitch_y_mm: Measure
    start_x_mm: OnFixture = 0.0
    start_y_mm: OnFixture = 0.0


class Divider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Upright plates between neighbouring positions."""

    width_mm: Measure
    height_mm: Measure = 60.0


class Shelf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One carrying surface, `height_mm` above the floor; 0 depth means the fixture's own.

    On a pegboard `height_mm` is its lower end and `board_mm` how high it is. A shelf that says no
    `width_mm` runs from end to end of its bay. One with a slope leans about the back edge of its
    surface: `height_mm` is that edge's, and `depth_mm` runs along the board. Zeros mean: whatever
    the fixture has.
    """

    height_mm: float
    positions: tuple[Position, ...] = ()
    depth_mm: float = 0.0
    kind: SurfaceKind = "shelf"
    name: str = ""
    x_mm: OnFixture = 0.0  # of its left end, from the bay's
    width_mm: Measure = 0.0
    z_mm: OnFixture = 0.0  # of its front edge, behind where the fixture puts it
    thickness_mm: Measure = 0.0
    board_mm: Measure = 0.0
    slope_deg: Slope = 0.0  # positive: its front edge is lower
    overhang: Overhang | None = None
    pegs: Pegs | None = None
    divider: Divider | None = None
    grille_mm: Measure = 0.0  # height of the fence along its front
    finger_mm: Measure | None = None  # room wanted above the goods; None: the store's rule
    load_max_kg: Amount = 0.0  # 0: not known
    ref: str = ""


class Planogram(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One bay or fixture side: its width and its shelves, lowest first.

    `segments_mm` are the widths of its parts between uprights, left to right; empty: one part.
    `source` names what it was imported from (`exchange/` in the store folder). The keys `base`
    and `replace` of a file are worked out when it is read (`store_scenes.layout.load`).
    """

    name: str
    width_mm: float
    shelves: tuple[Shelf, ...]
    height_mm: Measure = 0.0
    depth_mm: Measure = 0.0
    segments_mm: tuple[Measure, ...] = ()
    ref: str = ""
    source: str = ""


PackStyle = Literal["tray", "case", "display", "alternate", "loose"]


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units packed together and put on the shelf as one: its size and what is in it."""

    style: PackStyle
    size_mm: tuple[float, float, float]  # width, height, depth, upright
    wide: int = 1
    high: int = 1
    deep: int = 1
    units: int = 0  # 0: wide × high × deep

    @property
    def holds(self) -> int:
        """How many units are in it."""
        return self.units or self.wide * self.high * self.deep


class Handling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a merchandiser knows of a product beside its size; zeros: not known.

    `nest_mm` is how much less than its own height or depth a nested unit adds. The peg hole is
    measured from the left and from the top of the upright front.
    """

    sku: str
    packs: tuple[Pack, ...] = ()
    nest_y_mm: float = 0.0
    nest_z_mm: float = 0.0
    peg_hole_x_mm: float = 0.0
    peg_hole_y_mm: float = 0.0
    hangs: bool = False
    facings_min: int = 0
    facings_max: int = 0
    units_a_day: float = 0.0
    days_of_supply_min: float = 0.0
    age_min: int = 0

    def pack(self, style: str) -> Pack | None:
        """Its pack of that style, if it has one."""
        return next((pack for pack in self.packs if pack.style == style), None)


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
    entrance_x_mm: InShop = 0.0
    entrance_z_mm: InShop = 0.0
    entrance_yaw_deg: InShop = 0.0  # 0 looks along -z
    shop_front: bool = False  # the wall behind the entrance is glass with a door to the street


Severity = Literal["error", "warning", "note"]


class CheckSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[check]`: what this store wants of itself. `rules` by rule id: a severity, or `off`."""

    rules: dict[str, Literal["error", "warning", "note", "off"]] = {}
    aisle_width_mm: Amount = 900.0
    turning_mm: Amount = 1500.0  # the circle in which a wheelchair turns
    finger_mm: Amount = 20.0  # above goods that one takes from a shelf
    heavy_g: Amount = 5000.0
    heavy_height_max_mm: Amount = 1200.0
    shelf_load_max_kg: Amount = 120.0  # per metre, where a shelf does not say
    days_of_supply_min: Amount = 1.0
    age_height_min_mm: Amount = 0.0  # goods for adults stand at least this high
    age_zones: tuple[str, ...] = ()  # zones outside of which goods for adults may not stand


class StoreDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`store.toml`, with what its `include` files add (`store_scenes.layout.load`).

    `catalog` is a plain CSV inside the folder, `handling` another one, or empty
    (`store_scenes.layout.handling`).
    """

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
    handling: str = ""
    check: CheckSettings = CheckSettings()


class StorePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that `store.toml` includes: what it adds to the store."""

    aisles: tuple[Aisle, ...] = ()
    fixtures: tuple[FixturePlacement, ...] = ()
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
    handling: dict[str, Handling] = {}


class Fix(msgspec.Struct, frozen=True):
    """A change that mends a finding safely: bytes `start` to `end` of `path` become `text`."""

    path: str
    start: int
    end: int
    text: str


class Finding(msgspec.Struct, frozen=True):
    """One thing the checker says: a stable rule id, where, a plain sentence and a fix."""

    rule: str
    severity: Severity
    path: str  # inside the store folder
    line: int  # 1-based; 0: the whole file
    sentence: str
    fix: str = ""
    column: int = 0  # 1-based, in characters; 0: the whole line
    repair: Fix | None = None  # what `check --fix` does
