# Everything one does with the portal. It needs git, make and Python 3.11, and fetches the
# rest itself: what each target does stands in .ci/.
PORT ?= 8000
export PORT
PYTHON := .venv/bin/python

.PHONY: help demo demo-reset test check bench mutants attack messages lock

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Set everything up and serve a home to click around in (PORT=8000)
	@python3 .ci/demo.py serve

demo-reset: ## Throw the demo's data away and make it anew (PORT=8000)
	@python3 .ci/demo.py reset

test: ## Set everything up and run every test, on SQLite, PostgreSQL, Redis and Chromium
	@python3 .ci/test.py

check: ## Lint, format, types, imports, migrations, settings for production
	@python3 .ci/check.py

bench: ## What the pages cost, on SQLite and on PostgreSQL, into bench/results/
	@python3 .ci/bench.py

mutants: ## Break what decides about access, in one place after another: do tests see it?
	@python3 .ci/mutants.py

attack: ## wapiti and sqlmap against a demo, as each of its people (PEOPLE=mette,hanne)
	@python3 .ci/attack.py

messages: ## Collect what there is to translate, and compile the Danish
	@python3 .ci/messages.py

lock: ## Choose new versions for both lock files
	@python3 .ci/lock.py
