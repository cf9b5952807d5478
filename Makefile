# Pilote Bilan: every command one needs. `make help` lists them.
# Paths stay relative, so the project may live in a folder with spaces or accents.

SHELL := /bin/sh
PORT ?= 8501
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
STREAMLIT := $(BIN)/python -m streamlit run Home.py --server.port "$(PORT)" --server.showEmailPrompt false
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run start setup-packages setup-dev check test bench format docs \
        style types imports unit everything

help:           ## affiche cette aide
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

setup:          ## installe l'application dans .venv (rien à faire : moins de 0,3 s)
	@sh scripts/setup.sh requirements.txt

run: setup      ## démarre l'application avec des données de démonstration (PORT=8501, PILOTE_HOME=dossier)
	@exec env PILOTE_DEMO=1 $(STREAMLIT)

start: setup    ## démarre l'application pour un usage réel, sans données de démonstration
	@exec $(STREAMLIT)

setup-packages:
	@sh scripts/setup.sh requirements-dev.txt

setup-dev: setup-packages ## installe de quoi développer et tester, navigateur compris
	@sh scripts/install_test_programs.sh

check: setup-packages style types imports unit ## vérifications rapides : forme, types, imports, tests unitaires

test: setup-dev style types imports everything ## tout vérifier, navigateur et pannes compris

style:
	@$(BIN)/python -m ruff format --check --quiet . || { echo "Mise en forme à revoir : make format" >&2; exit 1; }
	@$(BIN)/python -m ruff check --quiet .

types:
	@$(BIN)/python -m mypy

imports:
	@$(BIN)/lint-imports --no-logo

unit:
	@$(PYTEST) -q --ignore=tests/journeys --ignore=tests/faults -m "not journey and not fault and not slow and not database"

everything:
	@$(PYTEST) -q

bench: setup    ## mesure les temps de réponse à 100, 10 000 et 100 000 bénéficiaires
	@$(BIN)/python -m lib.manage bench

format: setup-packages ## met le code en forme
	@$(BIN)/python -m ruff check --quiet --fix-only .
	@$(BIN)/python -m ruff format --quiet .

docs: setup     ## régénère la documentation tirée du code
	@$(BIN)/python -m lib.manage docs
