# Dân Bàn. `make run` needs Python 3.11 or newer and nothing else.
#   PORT=8080   another port            DATA=folder   where its files are kept
#   HOST=::     every address, not only this machine

PYTHON ?= python3
PORT ?= 8000
HOST ?= localhost
DATA ?= .data
JOBS ?= 2

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test lint bench bench-lawtext bench-lawtext-diff bench-programme lock screenshots messages reference

run: $(VENV)/base.stamp
	@DANBAN_DATA="$(DATA)" exec $(PY) -m danban up --host "$(HOST)" --port "$(PORT)"

test: $(VENV)/dev.stamp
	@$(PY) -m pytest -n $(JOBS) -q $(ARGS)

lint: $(VENV)/dev.stamp
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@PYTHONPATH=src $(VENV)/bin/lint-imports

bench: $(VENV)/dev.stamp
	@PYTHONPATH=src $(PY) -m bench.web $(ARGS)

bench-lawtext: $(VENV)/dev.stamp
	@PYTHONPATH=src $(PY) -m bench.lawtext $(ARGS)

bench-lawtext-diff: $(VENV)/dev.stamp
	@PYTHONPATH=src $(PY) -m bench.lawtext_diff $(ARGS)

bench-programme: $(VENV)/dev.stamp
	@PYTHONPATH=src $(PY) -m bench.programme $(ARGS)
	@PYTHONPATH=src $(PY) -m bench.plan_import
	@PYTHONPATH=src $(PY) -m bench.training

screenshots: $(VENV)/dev.stamp
	@PYTHONPATH=src $(PY) -m tools.screenshots $(ARGS)

messages: $(VENV)/dev.stamp
	@PYTHONPATH=src $(PY) -m tools.messages $(ARGS)

reference: $(VENV)/dev.stamp
	@PYTHONPATH=src $(PY) -m tools.reference

# The lock names no package index: whoever installs uses their own.
lock: $(VENV)/base.stamp
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@for name in base dev; do \
	  $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

# The environment is made once and brought up to date only when a lock file changed.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên.") if sys.version_info < (3, 11) else None'
	@echo "Tạo môi trường Python trong $(VENV)…"
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -c 'import pathlib, sysconfig; \
	  pathlib.Path(sysconfig.get_path("purelib"), "danban.pth").write_text("$(CURDIR)/src\n")'
	@printf '#!%s\nimport sys\nfrom danban.cli import main\n\nsys.exit(main())\n' "$(CURDIR)/$(PY)" > $(VENV)/bin/danban
	@chmod +x $(VENV)/bin/danban

$(VENV)/base.stamp: requirements/base.txt | $(PY)
	@echo "Cài các thư viện…"
	@$(PIP) --requirement requirements/base.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(VENV)/base.stamp
	@$(PIP) --requirement requirements/dev.txt
	@touch $@
