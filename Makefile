# Everything here needs Python 3.11 or later, make and access to a package index; nothing else.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: install demo studio test check pages bench clean

install: $(STAMP)

$(STAMP): constraints.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r constraints.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $@

# Its report is written anew each time; results/ is not kept by git.
demo: install
	$(BIN)/hinterland diagnose --year 2009
	$(BIN)/hinterland run
	@rm -f results/demo.html
	mkdir -p results
	$(BIN)/hinterland report --out results/demo.html

# The page on this machine: prints the address to open; Ctrl+C ends it.
studio: install
	$(BIN)/hinterland studio --lang zh

test: install
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Everything that is generated, in the order in which one is made from another.
PAGES := scenario_schema build_china hash_box data_pages rebuilt_picture policy_pages scenario_pages validation_page \
  sensitivity_page money_page baseline_page glossary_page tutorial architecture_page figures_page screens_page studio_page
pages: install
	for name in $(PAGES); do $(BIN)/python tools/$$name.py || exit 1; done

bench: install
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
