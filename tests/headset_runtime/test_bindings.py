"""The binding files name only what each controller family has, and leave no hand without."""

import json

import pytest
from families import FAMILIES, NEEDS, OUTPUTS

from vr_client.headset.steamvr.hands import ACTIONS, HANDS, MANIFEST

MANIFEST_TREE = json.loads(MANIFEST.read_text(encoding="utf-8"))
TYPES = {action["name"]: action["type"] for action in MANIFEST_TREE["actions"]}
BOOLEAN_INPUTS = {"click", "touch", "north", "east", "south", "west", "grab"}
IN = "/actions/shop/in/"


def binding_of(family):
    return json.loads((MANIFEST.parent / f"{family}.json").read_text(encoding="utf-8"))


def bound(family):
    """(action, hand) of everything that `family` can do."""
    tree = binding_of(family)["bindings"]["/actions/shop"]
    pairs = {(one["output"], one["path"].split("/")[3]) for one in tree["poses"] + tree["haptics"]}
    for source in tree["sources"]:
        hand = source["path"].split("/")[3]
        pairs |= {(one["output"], hand) for one in source["inputs"].values()}
    return pairs


def test_the_client_reads_every_action_of_the_manifest_and_no_other():
    read = {IN + name for name in ACTIONS} | {"/actions/shop/out/tick"}
    assert read == TYPES.keys()


def test_every_action_has_a_name_in_both_languages():
    tags = {one["language_tag"] for one in MANIFEST_TREE["localization"]}
    assert tags == {"en_US", "ko_KR"}
    for words in MANIFEST_TREE["localization"]:
        assert words.keys() == {"language_tag", "/actions/shop", *TYPES}
        assert len(set(words.values())) == len(words)


def test_each_family_has_its_file_and_each_file_its_family():
    entries = {
        entry["controller_type"]: entry["binding_url"]
        for entry in MANIFEST_TREE["default_bindings"]
    }
    assert entries == {family: f"{family}.json" for family in FAMILIES}
    on_disk = {path.name for path in MANIFEST.parent.glob("*.json")} - {MANIFEST.name}
    assert on_disk == set(entries.values())
    for family in FAMILIES:
        assert binding_of(family)["controller_type"] == family


@pytest.mark.parametrize("family", FAMILIES)
def test_a_binding_names_only_what_the_controller_has(family):
    tree = binding_of(family)["bindings"]
    assert tree.keys() == {"/actions/shop"}
    for kind, known in OUTPUTS.items():
        for one in tree["/actions/shop"][kind]:
            _, user, hand_word, hand, *rest = one["path"].split("/")
            assert f"/{user}/{hand_word}/{hand}" in HANDS
            assert "/".join(rest) in known
            assert TYPES[one["output"]] == {"poses": "pose", "haptics": "vibration"}[kind]
    for source in tree["/actions/shop"]["sources"]:
        _, user, hand_word, hand, word, control = source["path"].split("/")
        assert (f"/{user}/{hand_word}/{hand}" in HANDS, word) == (True, "input")
        components = FAMILIES[family][hand][control]
        for name, one in source["inputs"].items():
            assert any(need <= components for need in NEEDS[source["mode"], name]), source
            wanted = "boolean" if name in BOOLEAN_INPUTS else "vector2"
            assert TYPES[one["output"]] == wanted, source
        if source.get("parameters", {}).get("sub_mode") == "click":
            assert "click" in components
        assert all(isinstance(value, str) for value in source.get("parameters", {}).values())


@pytest.mark.parametrize("family", FAMILIES)
def test_every_action_is_bound_and_every_mandatory_one_on_both_hands(family):
    pairs = bound(family)
    # Recentring throws away where a person's front was: nobody's thumb does it by accident.
    unbound = {IN + "recentre"} | ({IN + "pad_click"} if family != "vive_controller" else set())
    assert {action for action, _ in pairs} == TYPES.keys() - unbound
    for action in MANIFEST_TREE["actions"]:
        if action.get("requirement") == "mandatory" or action["type"] == "vibration":
            assert {(action["name"], "left"), (action["name"], "right")} <= pairs


@pytest.mark.parametrize("family", FAMILIES)
def test_no_action_is_bound_twice_on_a_hand_and_no_button_does_two_things(family):
    outputs, buttons = [], []
    for source in binding_of(family)["bindings"]["/actions/shop"]["sources"]:
        hand = source["path"].split("/")[3]
        outputs += [(one["output"], hand) for one in source["inputs"].values()]
        buttons += [(source["path"], source["mode"], name) for name in source["inputs"]]
    assert len(outputs) == len(set(outputs))
    assert len(buttons) == len(set(buttons))
