"""What Endcap makes of each feature of glTF: the table of docs/models.md, and its warnings."""

from typing import Literal

import msgspec

from store_scenes.models.imported.container import Tree

Verdict = Literal["supported", "approximated", "ignored", "refused"]


class Feature(msgspec.Struct, frozen=True):
    """One extension or feature, what becomes of it, and how. `note` warns about a model with it."""

    verdict: Verdict
    how: str
    note: str = ""


EXTENSIONS: dict[str, Feature] = {
    "KHR_draco_mesh_compression": Feature("supported", "unpacked by DracoPy"),
    "EXT_meshopt_compression": Feature("supported", "unpacked by meshopt, with all its filters"),
    "KHR_meshopt_compression": Feature("supported", "unpacked by meshopt, with all its filters"),
    "KHR_mesh_quantization": Feature("supported", "normalised integers become metres"),
    "EXT_mesh_gpu_instancing": Feature("supported", "each instance becomes a part"),
    "EXT_texture_webp": Feature("supported", "read as any picture"),
    "KHR_texture_basisu": Feature("supported", "transcoded from KTX 2 to pixels"),
    "KHR_texture_transform": Feature("supported", "worked into the texture coordinates"),
    "KHR_materials_unlit": Feature(
        "approximated", "drawn as plain plastic, so that it stands in the shop's light"
    ),
    "KHR_materials_clearcoat": Feature("supported", "its factor; its own pictures are left out"),
    "KHR_materials_emissive_strength": Feature(
        "approximated", "what shines strongly shines by itself, without a strength"
    ),
    "KHR_materials_pbrSpecularGlossiness": Feature(
        "approximated", "diffuse colour and glossiness", "shines by another model of materials"
    ),
    "KHR_materials_transmission": Feature(
        "approximated", "pale and glossy instead of clear", "is see-through, and is shown pale"
    ),
    "KHR_materials_volume": Feature("ignored", "see KHR_materials_transmission"),
    "KHR_materials_ior": Feature("ignored", "everything has that of plastic"),
    "KHR_materials_specular": Feature("ignored", "everything reflects as plastic does"),
    "KHR_materials_sheen": Feature(
        "ignored", "cloth is drawn rough", "has sheen, which is left out"
    ),
    "KHR_materials_anisotropy": Feature("ignored", "brushed metal is drawn smooth"),
    "KHR_materials_iridescence": Feature("ignored", "drawn in its own colour"),
    "KHR_materials_dispersion": Feature("ignored", "nothing is drawn clear"),
    "KHR_materials_variants": Feature("ignored", "the first look is taken", "has several looks"),
    "KHR_lights_punctual": Feature("ignored", "the shop has its own lamps", "brings lamps along"),
    "KHR_animation_pointer": Feature("ignored", "", "has animations of other things than nodes"),
    "KHR_node_visibility": Feature("ignored", "all parts are shown"),
    "KHR_xmp_json_ld": Feature("ignored", "what it says is not read"),
    "EXT_lights_image_based": Feature("ignored", "the shop has its own light"),
    "MSFT_lod": Feature("ignored", "the finest level is taken; Endcap makes its own"),
    "GODOT_single_root": Feature("ignored", ""),
}
"""By name. An extension that a file requires and that is not here is refused."""

FEATURES: dict[str, Feature] = {
    "GLB and glTF with files beside it": Feature("supported", "also with %20 in their names"),
    "data URIs": Feature("supported", "base64"),
    "a chosen scene": Feature("supported", "the one that `scene` names"),
    "node trees, matrices, negative scale": Feature(
        "supported", "a mirrored part is not inside out"
    ),
    "a mesh used by several nodes": Feature("supported", "it stands as often"),
    "triangles, strips and fans": Feature("supported", "strips and fans become triangles"),
    "points and lines": Feature("refused", "a product has surfaces"),
    "sparse accessors": Feature("supported", ""),
    "missing normals": Feature("supported", "smooth ones are made, weighted by area"),
    "base colour: factor, picture, vertex colours": Feature("supported", "multiplied"),
    "repeating textures": Feature(
        "approximated", "up to eight times across a part; beyond that, their colours at its corners"
    ),
    "metallic and roughness factors": Feature("supported", "one for each material"),
    "metallic-roughness pictures": Feature("ignored", "the factors alone are used"),
    "normal maps": Feature("ignored", "surfaces are as flat as their triangles"),
    "occlusion pictures": Feature("ignored", "cooking bakes occlusion of its own"),
    "emissive colour": Feature("approximated", "what shines strongly shines by itself"),
    "alpha: opaque": Feature("supported", "the picture's own alpha is left out"),
    "alpha: mask": Feature(
        "approximated", "what is cut out is filled with the picture's mean colour"
    ),
    "alpha: blend": Feature("approximated", "pale and glossy instead of see-through"),
    "double-sided materials": Feature("approximated", "seen from their front"),
    "further texture coordinates": Feature("supported", "the set that the base colour names"),
    "morph targets": Feature("supported", "at rest, by their weights"),
    "skins": Feature("supported", "at rest, in the pose of the file"),
    "node animations": Feature("supported", "kept beside the mesh, as tracks"),
    "cameras": Feature("ignored", "a shopper looks"),
    "OBJ with MTL, STL, PLY": Feature("supported", "through trimesh; a picture beside an OBJ, too"),
    "FBX, USDZ, DAE, 3MF": Feature("refused", "export it as GLB"),
}


def refused_extensions(tree: Tree) -> list[str]:
    """Extensions that the file cannot do without and nobody here reads."""
    return sorted({name[:60] for name in _names(tree, "extensionsRequired")} - EXTENSIONS.keys())


def extensions_of(tree: Tree) -> list[str]:
    """The extensions that a file says it uses, in its order."""
    return list(dict.fromkeys(name[:60] for name in _names(tree, "extensionsUsed")))


def _names(tree: Tree, key: str) -> list[str]:
    found = tree.get(key)
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _objects(value: object) -> list[Tree]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def notes_of(tree: Tree) -> list[str]:
    """Sentences about what a model has and the shop does not show."""
    used = extensions_of(tree)
    notes = [
        f"{EXTENSIONS[name].note} ({name})"
        for name in used
        if name in EXTENSIONS and EXTENSIONS[name].note
    ]
    notes += [f"has {name}, which is left out" for name in used if name not in EXTENSIONS]
    materials = _objects(tree.get("materials"))
    for key, words in (
        ("normalTexture", "normal maps"),
        ("occlusionTexture", "occlusion pictures"),
        ("emissiveTexture", "emissive pictures"),
    ):
        if any(key in material for material in materials):
            notes.append(f"has {words}, which are left out")
    rough = [material.get("pbrMetallicRoughness") for material in materials]
    if any(isinstance(one, dict) and "metallicRoughnessTexture" in one for one in rough):
        notes.append("has metallic-roughness pictures; their factors alone are used")
    if any(material.get("alphaMode") == "MASK" for material in materials):
        notes.append("has parts cut out by a mask, which are shown filled")
    if any(material.get("alphaMode") == "BLEND" for material in materials):
        notes.append("is see-through, and is shown pale")
    if tree.get("cameras"):
        notes.append("brings cameras along, which are left out")
    return notes
