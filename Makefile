# The two commands of this house are `make run` and `make test`; `make help` lists the others.
.DEFAULT_GOAL := help
.PHONY: help run test check format lock schema messages pictures weights clean
PYTHON ?= python3
BIN := .venv/bin

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

run: .venv/run.stamp ## set everything up and start a newspaper with the demonstration edition
	@$(BIN)/careo demo && exec $(BIN)/careo serve

.cache/chromium: .venv/dev.stamp tests/tools/browser.py tests/tools/package-lock.json
	$(BIN)/python -m tests.tools.browser

test: .cache/chromium check ## set everything up and run every test
	$(BIN)/python -m pytest -n auto --dist loadfile
	$(BIN)/python -m tests.tools.postgresql -m both_databases

schema: .venv/dev.stamp ## draw the first copy of the database again, after a change of a model
	$(BIN)/python -m tests.tools.first_copy

check: .venv/dev.stamp ## ruff, types, directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: .venv/dev.stamp ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/dev.stamp ## pin every dependency again, with hashes (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade pyproject.toml --group build -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade pyproject.toml --group build --group dev --extra postgresql --extra redis --extra s3 -c requirements/run.txt -o requirements/dev.txt

messages: .venv/dev.stamp ## draw the catalogue of the interface's sentences anew, and compile it
	$(BIN)/python -m tests.tools.messages

pictures: .cache/chromium ## take the pictures of the docs again
	$(BIN)/python -m tests.tools.pictures

.cache/training/base.npz: training/requirements.txt training/base.py training/vocabulary.py training/prepare.py
	$(PYTHON) -m venv .cache/training/venv
	.cache/training/venv/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	PYTHONPATH=src:. .cache/training/venv/bin/python -m training.prepare $@

CORPORA ?= all
READER ?= reader 2$(if $(filter own,$(CORPORA)), own)
CAREO_DATASETS ?= ../shared/data
weights: .venv/run.stamp .cache/training/base.npz ## train the reader again, from data to weights: about 70 minutes
	PYTHONPATH=src:. .cache/training/venv/bin/python -m training.train --base .cache/training/base.npz --out .cache/training/$(CORPORA).pt \
	  $(if $(filter own,$(CORPORA)),--epochs 12,--polnear $(CAREO_DATASETS)/polnear-train.jsonl.gz)
	PYTHONPATH=src:. .cache/training/venv/bin/python -m training.export .cache/training/$(CORPORA).pt --base .cache/training/base.npz --name "$(READER)"
	$(BIN)/python -m training.speakers
	$(BIN)/python -m training.remarks

clean: ## remove the environment and what tools left behind; keeps var/
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
