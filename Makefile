# Two commands matter: `make demo` and `make test`. Both set up whatever is missing, once.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up

.PHONY: demo test check setup bench soak validate-glb lock clean

demo: setup
	$(BIN)/endcap demo $(DEMO)

# Each file of tests stays in one process. WORKERS=0: all in one, for a debugger or an order.
test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder $(TEST)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/architecture

bench: setup
	$(BIN)/endcap bench render $(BENCH)
	$(BIN)/endcap bench sync $(BENCH)
	$(BIN)/endcap bench layout $(BENCH)
	$(BIN)/endcap bench cook $(BENCH)
	$(BIN)/endcap bench frame $(BENCH)

soak: setup
	$(BIN)/python -m pytest -m soak

# The Khronos validator and two viewers read an exported store (docs/drawings.md); needs Node.
validate-glb: setup
	$(BIN)/python tests/browser/glb_in_viewers.py $(GLB)

setup:
	@PYTHON="$(PYTHON)" sh .ci/setup $(VENV) $(STAMP)

# Versions and hashes for every platform and Python from 3.11; the lock names no index.
lock:
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --extra cook --extra server --extra video --extra development \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --upgrade -q -o requirements.lock

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
