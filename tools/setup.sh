#!/bin/sh
# Make .venv and install what the locks name, checked by hash. Does nothing where all is in place.
#   sh tools/setup.sh run    what songhua needs to run, and what it is built with
#   sh tools/setup.sh dev    that, and what its tests and checks need
set -eu

kind=${1:-run}
python=${PYTHON:-python3}
case $kind in
    run) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) echo "Usage: sh tools/setup.sh run|dev" >&2; exit 2 ;;
esac

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# What was installed, and from what. The place counts too: a moved folder is set up again.
key=$({ pwd; cat requirements*.lock pyproject.toml src/songhua/version.py; } | cksum)
stamp=.venv/.songhua
if [ -f "$stamp" ] && .venv/bin/python -c "" 2>/dev/null; then
    case "$kind: $(cat "$stamp")" in
        "run: run $key" | "run: dev $key" | "dev: dev $key") exit 0 ;;
    esac
fi

command -v "$python" >/dev/null 2>&1 || stop \
    "songhua needs Python 3.11 or newer, and there is no '$python' here." \
    "Install it (Debian, Ubuntu: sudo apt install python3 python3-venv), or name one that you have:" \
    "    make setup PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop \
    "songhua needs Python 3.11 or newer; '$python' is $("$python" -V 2>&1)." \
    "Install a newer one, or name one that you have: make setup PYTHON=python3.13"
"$python" -c 'import ensurepip, venv' 2>/dev/null || stop \
    "'$python' comes without venv or ensurepip, which make a place for songhua's packages." \
    "Install them (Debian, Ubuntu: sudo apt install python3-venv), then run make again."

if ! .venv/bin/python -c "" 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear .venv
fi
echo "Setting up songhua in .venv with $(.venv/bin/python -V). Where pip has nothing in its cache, it"
echo "downloads $(sed -n 's/^# Download: //p' "$lock"); elsewhere a little more or less."
rm -f "$stamp"
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
pip install --quiet --require-hashes -r "$lock" -r requirements-build.lock || stop \
    "The packages could not be installed; pip says why above." \
    "Where packages come through a mirror, tell pip once and run make again:" \
    "    .venv/bin/python -m pip config set global.index-url ADDRESS"
pip install --quiet --no-deps --no-build-isolation --editable .
# The way to src without the names above it: under LC_ALL=C Python 3.11 reads no 中文 in a .pth file.
.venv/bin/python -c "import os, sysconfig; os.chdir(sysconfig.get_path('purelib')); \
open('_editable_impl_songhua.pth', 'w').write(os.path.relpath('$PWD/src') + '\\n')"
pip check >/dev/null || stop \
    "The locks no longer fit pyproject.toml:" "$(pip check 2>&1 || true)" "Renew them with: make lock"
echo "$kind $key" >"$stamp"
echo "songhua is ready: .venv/bin/songhua --help"
