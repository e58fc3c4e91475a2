"""The whole trip through the console script, in the demo store, with no display."""

import pytest
from trip_expectations import expect_whole_trip, read_qr, run_demo


@pytest.fixture(scope="module")
def trip(tmp_path_factory):
    out = tmp_path_factory.mktemp("trip")
    done = run_demo(out)
    assert done.returncode == 0, done.stderr
    assert str(out) in done.stdout
    return out


@pytest.mark.gl
def test_the_trip_ends_paid_and_both_totals_agree_at_every_step(trip):
    expect_whole_trip(trip, trip / "store" / ".endcap" / "shop.sqlite")


@pytest.mark.gl
def test_a_phone_reads_the_code_in_the_picture(trip):
    found = expect_whole_trip(trip, trip / "store" / ".endcap" / "shop.sqlite")
    assert "/pay/" in read_qr(trip, found)
