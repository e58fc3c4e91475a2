import pytest

from store_scenes.exchange.formats.psa.read import read_psa
from tests.unit.store_scenes.exchange.psa_rows import ROWS, psa


@pytest.fixture
def bay():
    return read_psa(psa(*ROWS), "x", "USD")
