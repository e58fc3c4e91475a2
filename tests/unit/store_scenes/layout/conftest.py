import json
from pathlib import Path

import jsonschema
import pytest


@pytest.fixture(scope="session")
def sarif_schema():
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text())
    return jsonschema.Draft7Validator(schema)
