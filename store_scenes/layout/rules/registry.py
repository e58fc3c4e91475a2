"""Every rule by its id, and the checks that speak for them."""

from collections.abc import Callable, Iterator

from store_scenes.layout.findings import Said
from store_scenes.layout.rules.access import check_access, check_labels
from store_scenes.layout.rules.fit import check_fit
from store_scenes.layout.rules.floor import check_floor
from store_scenes.layout.rules.goods import (
    check_age,
    check_facings,
    check_fingers,
    check_models,
    check_packs,
    check_pegs,
    check_prices,
    check_weight,
)
from store_scenes.layout.rules.references import check_products, check_references
from store_scenes.layout.rules.rule import Checked, Rule

CHECKS: tuple[Callable[[Checked], Iterator[Said]], ...] = (
    check_references, check_products, check_prices, check_models, check_floor,
    check_fit, check_weight, check_fingers, check_facings, check_packs, check_pegs, check_age,
    check_access, check_labels,
)  # fmt: skip

_ALL = (
    # what is named
    Rule("id-duplicate", "error", "every aisle, fixture and zone has an id of its own",
         "Rename one of the two."),
    Rule("aisle-unknown", "error", "fixtures name an aisle that the store has",
         "Add the aisle under [[aisles]], or name another."),
    Rule("fixture-type-unknown", "error", "fixtures are of a type that Endcap builds",
         "Use one of the types in docs/store-folder.md."),
    Rule("planogram-unknown", "error", "fixtures name planograms that there are",
         "Make the file in planograms/, or name another."),
    Rule("product-unknown", "error", "positions name products of the catalogue",
         "Add the product to the catalogue, or name another."),
    Rule("product-by-code", "error", "positions name products by their sku, letter by letter",
         "Write the product's sku.", repairable=True),
    Rule("product-ambiguous", "error", "what a position names means one product",
         "Several skus are nearly that: write the one that is meant."),
    Rule("rule-unknown", "warning", "[check.rules] names rules that there are",
         "Correct the name; endcap check --rules lists them all."),
    # what is sold
    Rule("product-unpriced", "warning", "what stands on a shelf has a price",
         "Give it a price in the catalogue, or take it off the shelf."),
    Rule("model-missing", "error", "the models that the catalogue names are there",
         "Add the file inside the store folder, or correct the model column."),
    Rule("model-unsound", "error", "the models that the catalogue names can be shown",
         "Export it again, as GLB, or take it out of the model column."),
    Rule("model-unlicensed", "note", "every model says who made it and that it may be used",
         "Put a LICENSE.txt beside the models, or let asset.copyright say so."),
    # the floor
    Rule("fixture-yaw", "error", "fixtures are turned by quarters",
         "Turn it in steps of 90 degrees."),
    Rule("fixture-outside", "error", "fixtures stand inside the room",
         "Move it, turn it, or make the floor larger."),
    Rule("fixture-overlap", "error", "no fixture stands in another", "Move one of them."),
    Rule("entrance-outside", "error", "the entrance lies inside the room",
         "Move entrance_x_mm and entrance_z_mm onto the floor."),
    Rule("entrance-blocked", "error", "there is room where shoppers arrive",
         "Leave 300 mm free around the entrance."),
    Rule("zone-outside", "error", "zones lie inside the room", "Move it or make it smaller."),
    # fixtures
    Rule("fixture-empty", "error", "fixtures that carry planograms have one",
         "Name at least one planogram."),
    Rule("fixture-planograms", "error", "fixtures carry as many planograms as their type takes",
         "Name as many as docs/store-folder.md says for the type."),
    Rule("fixture-one-shelf", "error", "tables and freezers have one shelf in each planogram",
         "Give each of its planograms one shelf."),
    Rule("fixture-back", "error", "only two-sided fixtures have back_planograms",
         "Take the back's planograms off, or use a gondola or freezer."),
    Rule("fixture-size", "error", "fixtures have a size that can be built",
         "Keep to the range that docs/store-folder.md gives for the type."),
    # shelves and what stands on them
    Rule("planogram-empty", "warning", "planograms hold something",
         "Add positions, or take it off the fixture."),
    Rule("shelf-order", "error", "shelves are written lowest first, with room between them",
         "Move the shelf or change the order."),
    Rule("shelf-height", "error", "shelves fit on their fixture",
         "Put it between the floor and the fixture's top."),
    Rule("shelf-thickness", "error", "shelves are as thick as shelves can be",
         "Keep thickness_mm between 1 and 500, or leave it out."),
    Rule("shelf-slope", "warning", "shelves lean no further than goods stay on them",
         "Keep slope_deg between -30 and 40; only boards on brackets lean."),
    Rule("shelf-width", "error", "shelves lie inside their bay", "Make it narrower or move it."),
    Rule("shelf-depth", "error", "shelves are no deeper than their fixture",
         "Make the shelf less deep or the fixture deeper."),
    Rule("position-too-wide", "error", "goods end where their shelf ends",
         "Take facings away, move them, or let the shelf say overhang."),
    Rule("position-too-high", "error", "goods fit under what is above them",
         "Stack fewer or move the shelf above."),
    Rule("position-too-deep", "error", "goods fit on the depth of their shelf",
         "Put fewer behind one another."),
    Rule("position-overhang", "warning", "goods hang over the front no further than they may",
         "Use a larger z_mm, or let the shelf say overhang = { front_mm = … }."),
    Rule("position-overlap", "error", "no two positions take the same room",
         "Move one, or leave x_mm out so that it follows its neighbour.", repairable=True),
    Rule("finger-space", "warning", "there is room for the fingers that take goods out",
         "Stack fewer or move the shelf above; finger_mm says how much is wanted."),
    Rule("shelf-overloaded", "warning", "shelves carry what they may",
         "Move heavy goods down; load_max_kg says what a shelf may carry."),
    Rule("heavy-high", "warning", "heavy goods stand low",
         "Put them on a lower shelf; check.heavy_g and heavy_height_max_mm say what is heavy."),
    Rule("facings-few", "warning", "products have the facings that are agreed", "Add facings."),
    Rule("facings-many", "warning", "products have no more facings than are agreed",
         "Take facings away."),
    Rule("days-of-supply", "warning", "what is on the shelf lasts as long as it should",
         "Give it more facings or a deeper shelf."),
    Rule("pack-missing", "warning", "what is merchandised in packs has one",
         'Describe the pack in handling.csv, or say style = "unit".'),
    Rule("peg-without-hole", "warning", "what hangs on a peg has a hole to hang by",
         "Say hangs = yes in handling.csv, or put it on a shelf."),
    Rule("peg-spacing", "warning", "pegs are in the board's holes",
         "Move the position onto the holes."),
    Rule("age-placement", "warning", "goods for adults stand where they may",
         "Put them higher, or into one of check.age_zones."),
    # ways
    Rule("fixture-unreachable", "error", "every fixture can be walked to from the entrance",
         "Leave a way of 500 mm to it."),
    Rule("aisle-narrow", "warning", "every fixture can be reached in a wheelchair",
         "Leave a way of check.aisle_width_mm to it."),
    Rule("turning-space", "warning", "a wheelchair can turn near every fixture",
         "Leave a circle of check.turning_mm near it."),
    Rule("label-illegible", "note", "prices are read from the middle of the aisle",
         "Raise the shelf or widen the aisle; pointing at a label magnifies it."),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}

CATALOG = "catalog-"
"""What the feed reader says of the catalogue's rows has its rule's name behind this."""
