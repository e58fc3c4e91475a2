"""The store that `render.py` draws: always the same products, laid out by the planner.

Not the demo's, which changes as people like it: figures of today and of next month are of one shop
(as long as the planner and the package shapes lay it out alike; the report says how much stands).
"""

from typing import cast

from catalog_sync.model.money import Money
from catalog_sync.model.product import PackageShape, Product
from store_scenes.compile.compiler import compile_scene
from store_scenes.compile.scene import SceneDescription
from store_scenes.layout.documents import StoreLayout
from store_scenes.models.mesh import ProductMesh
from store_scenes.planning.plan import PlanOptions, plan_store

PRODUCTS = 300
FACINGS_A_PRODUCT = 8
KINDS = """\
Whole milk|milk|carton|74,235,74|1 L
Natural yoghurt|yoghurt|tub|75,80,75|150 g
Young cheese slices|cheese|box|95,120,30|200 g
Minced beef|fresh meat|tray|190,45,140|400 g
Apples|fresh fruit|produce|78,74,78|
Carrots|fresh vegetables|produce|60,170,60|
Frozen peas|frozen vegetables|bag|180,240,50|600 g
Vanilla ice cream|ice cream|tub|120,100,120|500 ml
White bread|bread|bag|200,120,110|500 g
Long grain rice|rice|bag|200,300,70|2 kg
Spaghetti|pasta|pouch|110,280,40|500 g
Cup noodles|instant noodles|tub|118,66,118|90 g
Chopped tomatoes|canned vegetables|can|74,108,74|400 g
Sweet corn|canned vegetables|can|68,80,68|200 g
Pickled cucumbers|pickles|jar|82,150,82|370 g
Tomato ketchup|sauces|bottle|66,200,66|500 ml
Mustard|sauces|tube|50,170,38|150 g
Olive oil|cooking oil|bottle|72,280,72|750 ml
Black pepper|spices|jar|46,105,46|60 g
Wheat flour|baking|bag|110,170,75|1 kg
Corn flakes|breakfast cereal|box|190,290,65|375 g
Strawberry jam|jam & spreads|jar|72,95,72|340 g
Butter biscuits|biscuits|box|160,70,55|200 g
Potato crisps|chips & snacks|bag|180,270,80|150 g
Roasted almonds|nuts|pouch|140,200,45|200 g
Milk chocolate|chocolate|box|80,160,15|100 g
Green tea|tea|box|120,80,65|20 bags
Ground coffee|coffee|pouch|95,220,65|500 g
Cola|soft drinks|bottle|90,320,90|1.5 L
Lemonade six|soft drinks|multipack|198,122,132|6 x 330 ml
Orange juice|juice|carton|74,235,74|1 L
Dog food|pet food|can|85,110,85|400 g
Dish soap|cleaning|bottle|90,250,55|500 ml
Kitchen rolls|household paper|multipack|240,260,120|4 rolls
Toothpaste|oral care|tube|54,180,42|100 ml
Shampoo|hair care|bottle|75,210,45|300 ml
"""
BRANDS = (
    "Northlight", "Harbour Lane", "Old Mill", "Sunny Side", "Greenfold", "Corner Choice",
    "Three Rivers", "Hillcrest", "Daybreak",
)  # fmt: skip
SCALES = (1.0, 0.85, 1.2)


def catalogue(count: int = PRODUCTS) -> tuple[Product, ...]:
    """The first `count` of the products: kind by kind, then the same of the next brand."""
    kinds = [line.split("|") for line in KINDS.splitlines()]
    products = []
    for number in range(count):
        name, category, package, sides, size = kinds[number % len(kinds)]
        turn = number // len(kinds)
        scale = SCALES[turn % len(SCALES)]
        width, height, depth = (round(float(side) * scale) for side in sides.split(","))
        products.append(
            Product(
                sku=f"B{number:05}",
                names={"en": f"{name} {turn // len(BRANDS) + 1}"},
                brand=BRANDS[turn % len(BRANDS)],
                category=category,
                package=cast("PackageShape", package),
                dimensions_mm=(width, height, depth),
                price=Money(99 + 37 * (number % 41), "USD"),
                stock=50,
                size_text=size,
            )
        )
    return tuple(products)


def compiled(count: int = PRODUCTS) -> SceneDescription:
    """The store of these products, compiled as the client compiles it."""
    products = catalogue(count)
    options = PlanOptions(
        names={"en": "Benchmark"}, locale="en-US", currency="USD",
        target_facings=FACINGS_A_PRODUCT * count,
    )  # fmt: skip
    planned = plan_store(products, options)
    layout = StoreLayout("benchmark", planned.store, planned.planograms, products)
    return compile_scene(layout, products, _no_model, lambda *_: None)


def _no_model(name: str) -> ProductMesh:
    raise AssertionError(name)  # no product of the catalogue has one
