"""What products look like: one mesh for many of them, and each one's art, far and near."""

import contextlib
import hashlib
from collections.abc import Callable, Hashable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.compile.scene import ART_KEY_BYTES
from store_scenes.models.detail import DetailedMesh, detailed, with_levels
from store_scenes.models.fit import fitted
from store_scenes.models.mesh import ART_SIZE, FAR_SIZE, ProductMesh, shrunk

SCALED_MAX = 1.25
"""A model that is drawn this much larger or smaller needs levels of detail of its own."""


class Looks(Protocol):
    """How units of products look. Equal keys promise equal answers."""

    def mesh_key(self, product: Product) -> Hashable:
        """What `mesh` depends on."""

    def mesh(self, product: Product) -> DetailedMesh:
        """The unit standing on y = 0, front along +z, with its levels of detail."""

    def art_key(self, product: Product) -> bytes:
        """ART_KEY_BYTES that say what `far` and the near art depend on."""

    def far(self, product: Product) -> NDArray[np.uint8]:
        """(FAR_SIZE, FAR_SIZE, 4) u1 sRGB, top row first."""


class KeptArt(Protocol):
    """Far art from runs before, by art key."""

    def get(self, key: bytes) -> NDArray[np.uint8] | None:
        """None when it is not kept."""

    def put(self, key: bytes, picture: NDArray[np.uint8]) -> None:
        """Keep it, if that can be done."""


class PackageLooks:
    """Packages made in code and models of their own. Needs Skia, a font, and the models cooked."""

    def __init__(
        self,
        load_model: Callable[[str], ProductMesh],
        languages: tuple[str, str] = ("ko", "en"),
        kept: KeptArt | None = None,
    ) -> None:
        """`kept` is where far art is looked for before it is drawn."""
        self._kept = kept
        self._load_model = load_model
        self._languages = languages
        self._last: tuple[str, ProductMesh] | None = None

    def mesh_key(self, product: Product) -> Hashable:
        """The shared package's, or the model in its box."""
        from store_scenes.models.packages import package_mesh_key

        if _has_model(product):
            return ("model", product.model, product.dimensions_mm)
        return package_mesh_key(_packed(product))

    def mesh(self, product: Product) -> DetailedMesh:
        """Raises Failure: a model is missing or broken, or a side that no package can have."""
        from store_scenes.models.packages import package_mesh

        if _has_model(product):
            return _fitted(self._model(product.model), product)
        made = package_mesh(_packed(product))
        return with_levels(made.vertices, made.levels)

    def art_key(self, product: Product) -> bytes:
        """Of all that is printed on the pack, of the code that draws it, and of the languages."""
        digest = hashlib.blake2b(_code_key(), digest_size=ART_KEY_BYTES)
        if _has_model(product):
            digest.update(product.model.encode())
        else:
            cold = msgspec.structs.replace(
                product, price=None, was_price=None, stock=0, price_is_sample=False, facts=None
            )
            digest.update(msgspec.msgpack.encode((cold, self._languages)))
        return digest.digest()

    def far(self, product: Product) -> NDArray[np.uint8]:
        """Raises Failure: no font, or as `mesh`."""
        if _has_model(product):
            mesh = self._model(product.model)
            return shrunk(mesh.art, ART_SIZE // FAR_SIZE) if mesh.far is None else mesh.far
        if self._kept is None:
            return self._drawn(product, FAR_SIZE)
        key = self.art_key(product)
        picture = self._kept.get(key)
        if picture is None:
            picture = self._drawn(product, FAR_SIZE)
            self._kept.put(key, picture)
        return picture

    def near(self, product: Product) -> NDArray[np.uint8]:
        """(ART_SIZE, ART_SIZE, 4) u1 sRGB, top row first. Raises as `far`."""
        if _has_model(product):
            return self._load_model(product.model).art
        return self._drawn(product, ART_SIZE)

    def _model(self, name: str) -> ProductMesh:
        """A model; its mesh and its picture are asked for one after the other."""
        last = self._last
        if last is None or last[0] != name:
            last = self._last = (name, self._load_model(name))
        return last[1]

    def _drawn(self, product: Product, size: int) -> NDArray[np.uint8]:
        from store_scenes.models.art import draw_art
        from store_scenes.models.packages import package_panels

        pack = _packed(product)
        return draw_art(pack, package_panels(pack), self._languages, size)


class OwnLooks:
    """Every product by itself, from one function that makes its mesh with its art."""

    def __init__(self, unit_mesh: Callable[[Product], ProductMesh]) -> None:
        self._unit_mesh = unit_mesh

    def mesh_key(self, product: Product) -> Hashable:
        """All of the product."""
        return self.art_key(product)

    def mesh(self, product: Product) -> DetailedMesh:
        """As the function gives it; a model is fitted into its box."""
        made = self._unit_mesh(product)
        if product.package == "model":
            return _fitted(made, product)
        if made.levels is not None:
            return with_levels(made.vertices, made.levels)
        return detailed(made.vertices, made.indices)

    def art_key(self, product: Product) -> bytes:
        """All of the product."""
        encoded = msgspec.msgpack.encode(product)
        return hashlib.blake2b(encoded, digest_size=ART_KEY_BYTES).digest()

    def far(self, product: Product) -> NDArray[np.uint8]:
        """The art, smaller."""
        art = self._unit_mesh(product).art
        return shrunk(art, art.shape[0] // FAR_SIZE)

    def near(self, product: Product) -> NDArray[np.uint8]:
        """The art."""
        return self._unit_mesh(product).art


@cache
def _code_key() -> bytes:
    """Of all that draws packages: pictures kept on disk never outlive its changes."""
    from catalog_sync.model import category_names, size_words
    from store_scenes import models, typefaces

    digest = hashlib.blake2b(digest_size=16)
    for package in (models, typefaces):
        for path in sorted(Path(package.__path__[0]).rglob("*.py")):
            digest.update(path.read_bytes())
    for words in (category_names, size_words):
        digest.update(Path(str(words.__file__)).read_bytes())
    with contextlib.suppress(Failure):  # without a font nothing is drawn
        for weight in ("regular", "bold"):
            font = typefaces.find_typeface(weight).path
            digest.update(f"{font} {font.stat().st_size}".encode())
    with contextlib.suppress(metadata.PackageNotFoundError):
        digest.update(metadata.version("skia-python").encode())
    return digest.digest()


def _has_model(product: Product) -> bool:
    return product.package == "model" and bool(product.model)


def _packed(product: Product) -> Product:
    """A model that is not there is packed in a box."""
    if product.package == "model":
        return msgspec.structs.replace(product, package="box")
    return product


def _fitted(mesh: ProductMesh, product: Product) -> DetailedMesh:
    """A model in its product's box: as it was cooked for it, or made so now."""
    if mesh.fitted is not None and mesh.fitted_mm == product.dimensions_mm:
        return mesh.fitted
    vertices, scale = fitted(mesh.vertices, product.dimensions_mm)
    if mesh.levels is not None and 1.0 / SCALED_MAX <= scale <= SCALED_MAX:
        return with_levels(vertices, mesh.levels)
    return detailed(vertices, mesh.indices)
