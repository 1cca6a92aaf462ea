#!/bin/sh
# Runs verify.py in a virtual environment of its own, with the arguments given (by default over all golden files).
# Exit status 77: skipped, because Python or its packages can't be had here.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv="$root/.build/venv"
packages="cbor2>=6,<7 cryptography>=42 zstandard>=0.22"
if ! "$venv/bin/python" -c 'import cbor2, cryptography, zstandard' 2>/dev/null; then
    mkdir -p "$root/.build"
    if ! python3 -m venv "$venv" >/dev/null 2>&1; then
        echo "note: skipped, python3 with venv is not here" >&2
        exit 77
    fi
    # shellcheck disable=SC2086
    if ! "$venv/bin/python" -m pip --quiet --disable-pip-version-check install $packages >&2; then
        echo "note: skipped, pip can't install $packages" >&2
        exit 77
    fi
fi
if [ $# -eq 0 ]; then set -- --vectors "$root/Tests/VectorTests/Vectors"; fi
PYTHONDONTWRITEBYTECODE=1 exec "$venv/bin/python" "$here/verify.py" "$@"
