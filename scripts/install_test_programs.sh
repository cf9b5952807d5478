#!/bin/sh
# Finds or installs the two programs that tests need beside Python: Chromium and pgbouncer.
# Takes no time when both are there; says in one French line what is missing when it can install neither way.
set -u
PATH=$PATH:/usr/sbin:/usr/local/sbin

has() { command -v "$1" >/dev/null 2>&1; }

has_chromium() {
    has chromium || has chromium-browser || has google-chrome || has google-chrome-stable && return
    for folder in "${PLAYWRIGHT_BROWSERS_PATH:-}" "$HOME/.cache/ms-playwright" "$HOME/Library/Caches/ms-playwright"; do
        [ -n "$folder" ] && ls -d "$folder"/chromium*/INSTALLATION_COMPLETE >/dev/null 2>&1 && return
    done
    return 1
}

playwright_chromium() {
    echo "Installation de Chromium par Playwright…"
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=20000 .venv/bin/python -m playwright install chromium >/dev/null 2>&1 &&
        playwright_chromium_starts
}

# Downloaded is not enough: on a bare machine its system libraries may be missing.
playwright_chromium_starts() {
    .venv/bin/python - >/dev/null 2>&1 <<'PYTHON'
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    playwright.chromium.launch(args=["--no-sandbox"]).close()
PYTHON
}

system_package() {
    has apt-get && [ "$(id -u)" = 0 ] || return 1
    echo "Installation de $1 par le système…"
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null 2>&1
}

missing=""
has_chromium || playwright_chromium || { system_package chromium && has_chromium; } || missing="chromium"
has pgbouncer || { system_package pgbouncer && has pgbouncer; } || missing="$missing pgbouncer"

if [ -n "$missing" ]; then
    echo "Il manque, pour tous les tests :" $missing "— installez-les (Debian, Ubuntu : « sudo apt install" $missing "» ; macOS : « brew install" $missing "»), puis relancez ; « make check » s'en passe." >&2
    exit 1
fi
