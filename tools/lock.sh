#!/bin/sh
# Renew the locks from pyproject.toml, keeping what still fits (UPGRADE=--upgrade renews all):
# what songhua needs to run, what its tests and checks need, and what it is built with.
# The header's download size is measured here, on this system with this Python.
set -eu

uv=${UV:-uv}
backend=$(sed -n 's/^requires = \["\(.*\)"\]$/\1/p' pyproject.toml)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
python=$work/venv/bin/python
printf '%s\neditables\n' "$backend" >"$work/build.in"

compile() {
    lock=$1
    shift
    if [ -f "$lock" ]; then cp "$lock" "$work/$lock"; fi
    "$uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
        --no-annotate ${UPGRADE:-} "$@" -o "$work/$lock"
    "$python" -m pip download --quiet --disable-pip-version-check --no-cache-dir \
        --only-binary :all: --require-hashes -d "$work/wheels-$lock" -r "$work/$lock"
    megabytes=$(du -sm "$work/wheels-$lock" | cut -f1)
    on=$("$python" -c 'import platform as p; print(p.system(), p.machine())')
    on="$on with $("$python" -V)"
    {
        echo "# Made by make lock from pyproject.toml; fits Python 3.11 and newer."
        echo "# Download: about $megabytes MB on $on"
        grep -v '^#' "$work/$lock"
    } >"$lock"
    if grep -n '://' "$lock"; then
        echo "$lock names an address; locks hold names, versions and hashes only." >&2
        exit 1
    fi
}

compile requirements.lock --extra web pyproject.toml
compile requirements-dev.lock --group dev --constraint requirements.lock pyproject.toml
compile requirements-build.lock --constraint requirements-dev.lock "$work/build.in"
