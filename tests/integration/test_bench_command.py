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


def test_a_benchmark_that_does_not_exist_is_one_usage_error():
    done = bench("holodeck")
    assert done.returncode == 2
    assert "render" in done.stderr
    assert "Traceback" not in done.stderr
