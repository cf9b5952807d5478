#!/bin/sh
# Installs one lock file into .venv, and does nothing when that lock is already installed.
# usage: sh scripts/setup.sh requirements.txt|requirements-dev.txt   (PYTHON=/path/to/python chooses the interpreter)
set -eu

lock=$1
stamps=.venv/installed            # copies of the locks that .venv holds, and the Python they were installed for
unfinished=.venv/unfinished       # present while an installation runs: what it leaves behind is not trusted

fail() { printf '%s\n' "$1" >&2; exit 1; }

version_of() { "$1" -I -S -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

is_installed() {
    [ ! -e "$unfinished" ] && cmp -s "$lock" "$stamps/$lock" &&
        [ "$(version_of .venv/bin/python)" = "$(cat "$stamps/python" 2>/dev/null)" ]
}

# A .venv that somebody made by hand and that works is kept; only a broken or half-filled one is made anew.
is_usable() {
    [ ! -e "$unfinished" ] && .venv/bin/python -m pip --version >/dev/null 2>&1 &&
        .venv/bin/python -I -c 'import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)'
}

find_python() {
    recent=""
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
        "$candidate" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        recent=$candidate
        "$candidate" -I -c 'import venv, ensurepip' 2>/dev/null || continue
        printf '%s\n' "$candidate"
        return
    done
    [ -z "$recent" ] ||
        fail "Le module venv de $recent manque : installez-le (Debian, Ubuntu : « apt install python3-venv »), puis relancez."
    fail "Python 3.11 ou plus récent est nécessaire (trouvé : $(python3 --version 2>/dev/null || echo aucun)) : installez-le depuis python.org ou par votre système, puis relancez."
}

make_venv() {
    python=$(find_python)
    "$python" -m venv --clear .venv ||
        fail "L'environnement .venv n'a pas pu être créé (raison ci-dessus) ; vérifiez la place et les droits de ce dossier, puis relancez."
}

install() {
    mkdir -p "$stamps"
    : > "$unfinished"
    rm -f "$stamps/requirements.txt" "$stamps/requirements-dev.txt"
    echo "Installation des bibliothèques ($lock), quelques minutes la première fois…"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" ||
        fail "Les bibliothèques n'ont pas pu être installées (raison ci-dessus) ; vérifiez l'accès au réseau, puis relancez."
    version_of .venv/bin/python > "$stamps/python"
    cp requirements.txt "$stamps/"            # the development lock holds the same versions and more
    [ "$lock" = requirements.txt ] || cp "$lock" "$stamps/"
    rm -f "$unfinished"
}

is_installed && exit
is_usable || make_venv
install
