"""The whole export: which instances go where, as nodes that people can read."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.compile.scene import SceneDescription
from store_scenes.exchange.drawings.plan_space import outlines
from store_scenes.exchange.scene_glb.container import GlbWriter, Json
from store_scenes.exchange.scene_glb.geometry import Detail, MeshParts, write_lamps, write_meshes
from store_scenes.exchange.scene_glb.materials import Materials
from store_scenes.exchange.scene_glb.pictures import Art, Pictures
from store_scenes.layout.documents import StoreLayout

Instancing = Literal["nodes", "gpu"]
Progress = Callable[[str, int, int], None]

EYE_M = 1.6
BESIDE_M, ABOVE_M = 0.05, 0.9
"""How far beyond its outline and its top what belongs to a fixture may have its origin."""

LIGHT_WAYS = ((0.35, -0.8, -0.5), (-0.35, -0.8, 0.5))
LIGHT_LUX = 0.9
"""Two, from above and aslant, and modest: viewers do not expose as cameras do, and most add light
of their own. Lamps in the room would leave a bright spot each on every glossy face."""

OUTSIDE_M = 0.6
"""What has its middle further outside the walls is the street."""

ROOM = -1


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a store is written. `front_only` leaves out units that stand behind their like."""

    instancing: Instancing = "nodes"
    front_only: bool = False
    detail: Detail = "full"
    lights: bool = True
    street: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written; `triangles` counts every instance, `draws` the calls a viewer makes."""

    bytes: int
    nodes: int
    instances: int
    meshes: int
    materials: int
    textures: int
    triangles: int
    draws: int


def write_glb(
    out: BinaryIO,
    scratch: Path,
    scene: SceneDescription,
    layout: StoreLayout,
    art: Art,
    options: ExportOptions,
    progress: Progress,
) -> Exported:
    """Write a compiled store as GLB. Equal arguments give equal bytes.

    `art` gives products' pictures by their row in `scene.skus`; `progress` hears a stage
    (`pictures`, `nodes`), how much is done and how much there is. `scratch` is a folder with room
    for as much again.

    Raises:
        Failure: the file would be larger than 4 GiB.
    """
    with GlbWriter(scratch) as writer:
        work = _Export(writer, scene, layout, art, options, progress)
        root = work.nodes()
        return work.finish(out, root)


class _Export:
    """One export on its way."""

    def __init__(
        self,
        writer: GlbWriter,
        scene: SceneDescription,
        layout: StoreLayout,
        art: Art,
        options: ExportOptions,
        progress: Progress,
    ) -> None:
        self.writer, self.scene, self.layout = writer, scene, layout
        self.options, self.progress, self.art = options, progress, art
        self.products: Mapping[str, Product] = {one.sku: one for one in layout.products}
        draws = scene.draws
        self.mesh_of = np.repeat(draws["mesh"], draws["instance_count"]).astype(np.int64)
        rear = np.repeat(draws["rear"], draws["instance_count"]) > 0
        kept = ~rear if options.front_only else np.ones(len(rear), dtype=np.bool_)
        if not options.street:
            kept &= ~_outside(scene)
        self.kept: NDArray[np.int64] = np.flatnonzero(kept)
        self.pictures = Pictures(writer)
        self.materials = Materials(writer)
        plain = scene.instances["art_layer"] == 0
        used = dict.fromkeys(np.unique(self.mesh_of[self.kept]).tolist(), False)
        wearing = self.kept[~plain[self.kept]]
        used |= dict.fromkeys(np.unique(self.mesh_of[wearing]).tolist(), True)
        self.parts: dict[int, MeshParts] = write_meshes(
            scene, used, self._faces(), writer, options.detail
        )
        self.mesh_rows: dict[tuple[int, int], int] = {}
        self.triangles = 0
        self.draws = 0
        self.name_of = layout.store.locale.replace("_", "-").partition("-")[0]
        rotation = scene.instances["rotation"].astype(np.float64)
        rotation /= np.maximum(np.linalg.norm(rotation, axis=1, keepdims=True), 1e-9)
        self.rotation = rotation.astype(np.float32)
        self.position = np.ascontiguousarray(scene.instances["position"], dtype=np.float32)

    def _faces(self) -> list[int]:
        """Meshes that wear fixed pictures and nothing else."""
        art = self.scene.instances["art_layer"].astype(np.int64)[self.kept]
        mesh = self.mesh_of[self.kept]
        fixed = (art > 0) & (art < len(self.scene.signs))
        return sorted(set(mesh[fixed].tolist()) - set(mesh[~fixed].tolist()))

    def nodes(self) -> int:
        """Every node, from the leaves up; the index of the store's own."""
        fixture_of = fixtures_of(self.scene, self.layout)
        kept = self.kept
        art = self.scene.instances["art_layer"].astype(np.int64)
        product = self.scene.product_of.astype(np.int64)
        order = np.lexsort((kept, art[kept], self.mesh_of[kept], product[kept], fixture_of[kept]))
        rows = kept[order]
        keys = np.stack([fixture_of[rows], product[rows], self.mesh_of[rows], art[rows]], axis=1)
        changes = np.flatnonzero((keys[1:] != keys[:-1]).any(axis=1)) + 1
        runs = np.split(rows, changes) if len(rows) else []
        fixtures: dict[int, dict[int, list[int]]] = {}
        units: dict[tuple[int, int], int] = {}
        for done, run in enumerate(runs):
            self.progress("nodes", done, len(runs))
            first = int(run[0])
            at = fixtures.setdefault(int(fixture_of[first]), {})
            sold = int(product[first])
            mesh = self._mesh(int(self.mesh_of[first]), int(art[first]))
            at.setdefault(sold, []).extend(self._stand(mesh, run))
            count = len(self.parts[int(self.mesh_of[first])].parts)
            self.draws += count * (1 if self.options.instancing == "gpu" else len(run))
            self.triangles += self.parts[int(self.mesh_of[first])].triangles * len(run)
            units[int(fixture_of[first]), sold] = units.get(
                (int(fixture_of[first]), sold), 0
            ) + len(run)
        self.progress("nodes", len(runs), len(runs))
        children = [self._fixture(at, groups, units) for at, groups in sorted(fixtures.items())]
        children += [*self._lamps(), self._camera()]
        if self.options.lights:
            children += self._lights()
        store = self.layout.store
        name = store.names.get(self.name_of) or next(iter(store.names.values()), store.id)
        return self.writer.node(
            {"name": name, "children": children,
             "extras": {"store": store.id, "layout": self.layout.version}}
        )  # fmt: skip

    def _fixture(
        self, at: int, groups: dict[int, list[int]], units: dict[tuple[int, int], int]
    ) -> int:
        """A fixture (or the room) with its own parts and a node for each product on it."""
        children = list(groups.pop(-1, []))
        for sold, nodes in sorted(groups.items()):
            children.append(self._product(sold, nodes, units[at, sold]))
        if at == ROOM:
            return self.writer.node({"name": "room", "children": children})
        placement = self.layout.store.fixtures[at]
        extras = {"fixture": placement.id, "type": placement.type, "aisle": placement.aisle}
        return self.writer.node({"name": placement.id, "children": children, "extras": extras})

    def _product(self, row: int, nodes: list[int], units: int) -> int:
        sku = self.scene.skus[row]
        product = self.products.get(sku)
        extras: Json = {"sku": sku, "units": units}
        name = sku
        if product is not None:
            name = f"{sku} {product.name(self.name_of)}"
            if product.gtin:
                extras["gtin"] = product.gtin
            extras["size_mm"] = list(product.dimensions_mm)
        return self.writer.node({"name": name, "children": nodes, "extras": extras})

    def _mesh(self, row: int, layer: int) -> int:
        """The glTF mesh of a mesh that wears a picture."""
        known = self.mesh_rows.get((row, layer))
        if known is None:
            texture = self._texture(layer)
            parts = self.parts[row]
            attributes = dict(parts.attributes)
            if texture < 0:
                attributes.pop("TEXCOORD_0", None)
            known = self.writer.add(
                "meshes",
                {
                    "primitives": [
                        {
                            "attributes": attributes,
                            "indices": part.indices,
                            "material": self.materials.material(part.finish, texture),
                        }
                        for part in parts.parts
                    ]
                },
            )
            self.mesh_rows[row, layer] = known
        return known

    def _texture(self, layer: int) -> int:
        """The picture of an art layer; -1 for plain white."""
        fixed = len(self.scene.signs)
        if layer == 0:
            return -1
        if layer < fixed:
            key = b"sign" + layer.to_bytes(4, "big")
            return self.pictures.texture(key, lambda: self.scene.signs[layer], f"sign {layer}")
        row = layer - fixed
        self.progress("pictures", self.pictures.count, len(self.scene.skus))
        key = self.scene.art_keys[row].tobytes()
        return self.pictures.texture(key, lambda: self.art(row), self.scene.skus[row])

    def _stand(self, mesh: int, rows: NDArray[np.int64]) -> list[int]:
        """Nodes for some equal things: one each, or one for all where a viewer instances."""
        if self.options.instancing == "gpu" and len(rows) > 1:
            self.writer.use("EXT_mesh_gpu_instancing", required=True)
            place, turn = self.position[rows], self.rotation[rows]
            attributes = {
                "TRANSLATION": self.writer.accessor(self.writer.view(place.tobytes()), place),
                "ROTATION": self.writer.accessor(self.writer.view(turn.tobytes()), turn),
            }
            extension = {"EXT_mesh_gpu_instancing": {"attributes": attributes}}
            return [self.writer.node({"mesh": mesh, "extensions": extension})]
        return [self.writer.node(self._single(mesh, row)) for row in rows.tolist()]

    def _single(self, mesh: int, row: int) -> Json:
        node: Json = {"mesh": mesh}
        place = [round(float(part), 5) for part in self.position[row]]
        if any(place):
            node["translation"] = place
        turn = [round(float(part), 7) for part in self.rotation[row]]
        if abs(turn[3]) < 1.0:
            node["rotation"] = turn
        return node

    def _lamps(self) -> list[int]:
        """The lit faces in the ceiling."""
        parts = write_lamps(self.scene, self.writer)
        if parts is None:
            return []
        material = self.materials.material(parts.parts[0].finish, -1)
        primitive = {"attributes": parts.attributes, "indices": parts.parts[0].indices,
                     "material": material}  # fmt: skip
        self.triangles += parts.triangles
        self.draws += 1
        mesh = self.writer.add("meshes", {"name": "ceiling lamps", "primitives": [primitive]})
        return [self.writer.node({"name": "ceiling lamps", "mesh": mesh})]

    def _camera(self) -> int:
        """Where a shopper arrives, at the height of eyes."""
        x, z, yaw = self.scene.entrance
        half = math.radians(yaw) / 2.0
        camera = self.writer.add(
            "cameras",
            {"type": "perspective", "name": "entrance",
             "perspective": {"yfov": 1.05, "znear": 0.05, "zfar": 200.0}},
        )  # fmt: skip
        return self.writer.node(
            {"name": "entrance", "camera": camera, "translation": [x, EYE_M, z],
             "rotation": [0.0, round(math.sin(half), 7), 0.0, round(math.cos(half), 7)]}
        )  # fmt: skip

    def _lights(self) -> list[int]:
        """Two directional lights, since a viewer may have none of its own."""
        self.writer.use("KHR_lights_punctual")
        return [
            self.writer.node(
                {
                    "name": f"light {index + 1}",
                    "rotation": _looking_along(way),
                    "extensions": {"KHR_lights_punctual": {"light": 0}},
                }
            )
            for index, way in enumerate(LIGHT_WAYS)
        ]

    def finish(self, out: BinaryIO, root: int) -> Exported:
        """Write what was gathered."""
        extensions: Json = {}
        if self.options.lights:
            lamp = {"type": "directional", "intensity": LIGHT_LUX, "color": [1.0, 0.98, 0.95]}
            extensions = {"KHR_lights_punctual": {"lights": [lamp]}}
        asset = {"version": "2.0", "generator": "Endcap"}
        nodes = self.writer.node_count
        total = self.writer.finish(out, root, asset, extensions)
        return Exported(
            bytes=total,
            nodes=nodes,
            instances=len(self.kept),
            meshes=len(self.mesh_rows),
            materials=self.materials.count,
            textures=self.pictures.count,
            triangles=self.triangles,
            draws=self.draws,
        )


def _outside(scene: SceneDescription) -> NDArray[np.bool_]:
    """(k,) whether an instance is part of the street and not of the store."""
    low, high = np.array(scene.room[0]), np.array(scene.room[1])
    middle = scene.bounds.mean(axis=1)[:, [0, 2]]
    beyond = (middle < low[[0, 2]] - OUTSIDE_M) | (middle > high[[0, 2]] + OUTSIDE_M)
    return np.asarray(beyond.any(axis=1) & (scene.product_of < 0))


def _looking_along(way: tuple[float, float, float]) -> list[float]:
    """The quaternion (x, y, z, w) that turns -z, where lights and cameras look, along `way`."""
    x, y, z = way
    long = math.sqrt(x * x + y * y + z * z)
    # The axis is -z × way, and w one more than their cosine; then to unit length.
    turn = (y / long, -x / long, 0.0, 1.0 - z / long)
    size = math.sqrt(sum(part * part for part in turn))
    return [round(part / size, 7) for part in turn]


def fixtures_of(scene: SceneDescription, layout: StoreLayout) -> NDArray[np.int64]:
    """(k,) the fixture in whose outline each instance has its origin, -1 for the room's own."""
    found = np.full(len(scene.instances), ROOM, dtype=np.int64)
    place = scene.instances["position"].astype(np.float64)
    order = np.argsort(place[:, 0], kind="stable")
    x = place[order, 0]
    rows = {one.id: row for row, one in enumerate(layout.store.fixtures)}
    room = np.array(scene.room)
    for shape in outlines(layout):
        placement = shape.placement
        corners = np.array(shape.corners) / 1000.0
        low, high = corners[:, 0].min() - BESIDE_M, corners[:, 0].max() + BESIDE_M
        near = order[np.searchsorted(x, low) : np.searchsorted(x, high, "right")]
        middle = corners.mean(axis=0)
        turn = math.radians(placement.yaw_deg)
        away = place[near][:, [0, 2]] - middle
        right = away[:, 0] * math.cos(turn) - away[:, 1] * math.sin(turn)
        front = away[:, 0] * math.sin(turn) + away[:, 1] * math.cos(turn)
        top = min(placement.height_mm / 1000.0 + ABOVE_M, room[1, 1] - 0.3)
        inside = (
            (np.abs(right) <= shape.width_mm / 2000.0 + BESIDE_M)
            & (np.abs(front) <= shape.depth_mm / 2000.0 + BESIDE_M)
            & (place[near, 1] <= top)
        )
        mine = near[inside]
        found[mine[found[mine] == ROOM]] = rows[placement.id]
    return found
