"""What the closing lines say of tests that were left out, when several processes run them."""

from types import SimpleNamespace

import pytest

from tests.conftest import pytest_testnodedown

TOLD = {"workeroutput": {"realdata_left_out": 7}}
CRASHED = {}  # such a process has said nothing


@pytest.mark.parametrize(
    ("workers", "left_out"),
    [([TOLD], 7), ([TOLD, TOLD], 7), ([TOLD, CRASHED], 7), ([CRASHED, TOLD], 7), ([CRASHED], 0)],
)
def test_a_crashed_process_does_not_hide_what_was_left_out(workers, left_out):
    config = SimpleNamespace()
    for worker in workers:
        pytest_testnodedown(SimpleNamespace(config=config, **worker))
    assert config.realdata_left_out == left_out
