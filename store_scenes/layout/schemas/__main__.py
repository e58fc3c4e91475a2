"""Write the published schemas anew: `python -m store_scenes.layout.schemas`."""

from pathlib import Path

from store_scenes.layout.schema import encoded, schemas

if __name__ == "__main__":
    for name, schema in schemas().items():
        (Path(__file__).parent / f"{name}.schema.json").write_bytes(encoded(schema))
