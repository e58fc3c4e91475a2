"""What every test shares: where outside data lies, and that in CI a skip is a failure."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("local", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def shared_folder() -> Path:
    return Path(os.environ.get("ENDCAP_SHARED", REPOSITORY.parent / "shared"))


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real models, catalogues and planograms; tests that ask for it live in tests/realdata."""
    return shared_folder()


def pytest_collection_modifyitems(config, items):
    """Without the outside data its tests are left out, and the closing lines say so."""
    config.realdata_left_out = 0
    if (shared_folder() / "data").is_dir():
        return
    kept = [item for item in items if "realdata" not in Path(item.fspath).parts]
    config.realdata_left_out = len(items) - len(kept)
    items[:] = kept


def pytest_sessionstart(session):
    """Said at the start, for a run that a native library ends has no closing lines."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    seed = session.config.getoption("randomly_seed", None)
    if reporter and seed is not None:
        reporter.write_line(f"random order: -p randomly --randomly-seed={seed}")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """With several processes (xdist) only these collect, each of them everything."""
    said = getattr(node, "workeroutput", {}).get("realdata_left_out", 0)  # a crashed one says none
    node.config.realdata_left_out = max(getattr(node.config, "realdata_left_out", 0), said)


def pytest_terminal_summary(terminalreporter, config):
    if left_out := getattr(config, "realdata_left_out", 0):
        terminalreporter.write_line(
            f"{left_out} tests on real outside data left out: {shared_folder()}/data is absent "
            "(ENDCAP_SHARED names the folder)"
        )


def pytest_sessionfinish(session):
    if (said := getattr(session.config, "workeroutput", None)) is not None:
        said["realdata_left_out"] = getattr(session.config, "realdata_left_out", 0)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if os.environ.get("CI") and skipped:
        reporter.write_line(f"{skipped} tests were skipped, which fails CI", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
