"""The same trip in a store that nobody here made: real names, real models, one of them bought."""

import pytest
from build_store import build_store
from trip_expectations import expect_whole_trip, read_qr, run_demo


@pytest.fixture(scope="module")
def trip(tmp_path_factory, shared):
    folder = tmp_path_factory.mktemp("real")
    store = build_store(folder / "store", shared)
    bought = store.model_skus[0]
    done = run_demo(folder / "out", "--store", store.folder, "--buy", bought, "--no-film")
    assert done.returncode == 0, done.stderr
    return folder, bought


@pytest.mark.gl
def test_the_trip_in_a_real_store_ends_paid(trip):
    folder, bought = trip
    database = folder / "store" / ".endcap" / "shop.sqlite"
    found = expect_whole_trip(folder / "out", database, filmed=False)
    assert found["steps"][-1]["bought"] == {bought: 1}
    assert "/pay/" in read_qr(folder / "out", found)
