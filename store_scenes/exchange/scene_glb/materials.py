"""glTF materials of finishes and pictures, each once."""

from typing import Any

from store_scenes.exchange.scene_glb.container import GlbWriter, Json
from store_scenes.exchange.scene_glb.geometry import Finish

UNLIT_FROM = 0.9
"""What shines this much by itself is drawn as it is, whatever light a viewer has."""

GLOW_MIN = 0.02
CLEARCOAT_ROUGHNESS = 0.08


class Materials:
    """Materials by finish and texture."""

    def __init__(self, writer: GlbWriter) -> None:
        """Materials go to `writer` when they are first asked for."""
        self._writer = writer
        self._known: dict[tuple[Any, ...], int] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._known)

    def material(self, finish: Finish, texture: int) -> int:
        """The material of a finish, with a texture or (-1) without. Colours are the vertices'."""
        glow = finish.glow if finish.glow > GLOW_MIN else 0.0
        shine = tuple(round(glow * part, 2) for part in finish.colour) if glow else ()
        unlit = glow >= UNLIT_FROM
        key = (
            ("unlit", texture) if unlit
            else (finish.roughness, finish.metallic, finish.clearcoat, shine, texture)
        )  # fmt: skip
        if key not in self._known:
            self._known[key] = self._add(finish, texture, shine, unlit=unlit)
        return self._known[key]

    def _add(self, finish: Finish, texture: int, shine: tuple[float, ...], *, unlit: bool) -> int:
        base: Json = {"roughnessFactor": finish.roughness, "metallicFactor": finish.metallic}
        if unlit:
            # What viewers without the extension make of it.
            base = {"roughnessFactor": 0.9, "metallicFactor": 0.0}
        if texture >= 0:
            base["baseColorTexture"] = {"index": texture}
        material: Json = {"pbrMetallicRoughness": base}
        if unlit:
            self._writer.use("KHR_materials_unlit")
            material["extensions"] = {"KHR_materials_unlit": {}}
        else:
            if shine:
                material["emissiveFactor"] = [min(part, 1.0) for part in shine]
                if texture >= 0:
                    material["emissiveTexture"] = {"index": texture}
            if finish.clearcoat > 0.0:
                self._writer.use("KHR_materials_clearcoat")
                material["extensions"] = {
                    "KHR_materials_clearcoat": {
                        "clearcoatFactor": finish.clearcoat,
                        "clearcoatRoughnessFactor": CLEARCOAT_ROUGHNESS,
                    }
                }
        return self._writer.add("materials", material)
