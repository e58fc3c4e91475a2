"""`endcap bench`: what its reports have in them. What they measure is nobody's pass or fail."""

import json
import subprocess

import pytest

from endcap import endcap_script


def bench(*arguments):
    return subprocess.run(
        [endcap_script(), "bench", *arguments], capture_output=True, text=True, timeout=300
    )


def test_the_sync_report_has_both_servers_and_their_ratio():
    done = bench("sync", "--json", "--shoppers", "2", "--ops", "4", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["benchmark"], report["schema"], report["rounds"]) == ("sync", 1, 1)
    figures = {"cpu_us_per_op", "ack_median_ms", "ack_p95_ms"}
    for side in ("shop", "baseline", "ratio"):
        assert report[side].keys() == figures
        assert all(value > 0 for value in report[side].values())
    for name in figures:
        ratio = report["shop"][name] / report["baseline"][name]
        assert report["ratio"][name] == pytest.approx(ratio, rel=0.05)


def test_the_render_report_has_both_renderers_for_each_size_and_place():
    done = bench("render", "--json", "--rounds", "1", "--size", "32x36", "--products", "40")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["benchmark"], report["schema"], report["rounds"]) == ("render", 1, 1)
    assert (report["products"], report["samples"]) == (40, 4)
    assert report["units"] > 40
    assert report["triangles"] > report["units"]
    assert [frame["place"] for frame in report["frames"]] == ["aisle", "entrance"]
    for frame in report["frames"]:
        assert (frame["eye_width_px"], frame["eye_height_px"], frame["rounds"]) == (32, 36, 1)
        for figure in ("python_ms", "total_ms", "elapsed_ms"):
            value = frame[figure]
            assert value.keys() == {"ours", "baseline", "ratio"}
            assert value["ours"] > 0
            # Of one round, up to what rounding loses.
            assert value["ratio"] == pytest.approx(value["ours"] / value["baseline"], rel=0.05)
        lens = frame["lens_ms"]
        assert lens.keys() == {"hidden", "whole", "ratio"}
        assert lens["ratio"] == pytest.approx(lens["hidden"] / lens["whole"], rel=0.05)


def test_the_layout_report_has_both_stores_and_their_ratios():
    done = bench("layout", "--json", "--rounds", "1", "--facings", "400")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["benchmark"], report["schema"], report["rounds"]) == ("layout", 1, 1)
    assert [store["positions"] for store in report["stores"]] == [400, 134]
    for store in report["stores"]:
        for key in ("check", "compile"):
            ratio = store[f"{key}_s"] / store["tomllib_s"]
            assert store[f"{key}_over_tomllib"] == pytest.approx(ratio, rel=0.05)
        assert store["cold_s"] > store["compile_s"] > 0.0


def test_a_size_that_is_none_is_one_usage_error():
    done = bench("render", "--size", "large")
    assert done.returncode == 2
    assert "'large' is no size such as 720x800" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_benchmark_that_does_not_exist_is_one_usage_error():
    done = bench("holodeck")
    assert done.returncode == 2
    assert "render" in done.stderr
    assert "Traceback" not in done.stderr
