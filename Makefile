# Zwei Befehle genügen: "make run" startet das Register, "make test" prüft es. Alles Weitere: "make help".
PYTHON ?= python3
SETUP = $(PYTHON) tools/setup.py

.DEFAULT_GOAL := help
.PHONY: help run test check bench catalogues wheel

help: ## zeigt diese Liste
	@echo "Befehle (Python 3.11 oder neuer, make und git genügen):"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'
	@echo "Einstellungen wie HOST, PORT und DATABASE_URL: .venv/bin/registry help"

run: ## richtet alles ein und startet das Register mit Demodaten auf diesem Rechner
	@$(SETUP) run

test: ## führt alle Tests aus (SQLite, PostgreSQL, Browser); mit ARGS="…" nur einzelne
	@$(SETUP) test $(ARGS)

check: ## prüft Form, Typen, Schichten und Architektur in unter einer Minute
	@$(SETUP) check

bench: ## misst, was Suche, Karte und Listen kosten
	@$(SETUP) bench $(ARGS)

catalogues: ## gleicht die Übersetzungen mit dem Code ab; mit ARGS=so kommt Somali dazu
	@$(SETUP) catalogues $(ARGS)

wheel: ## baut das Paket für den Betrieb nach dist/
	@$(SETUP) wheel
