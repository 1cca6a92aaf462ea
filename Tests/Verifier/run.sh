#!/bin/sh
# Runs verify.py in a virtual environment of its own, with the arguments given (by default over all golden files, then
# shipped.py and seal.py over theirs); with `hpke`, `seal`, `tiles`, `archive` or `shipped` as the first argument, that script with the rest.
# Exit status 77: skipped, because Python or its packages can't be had here.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv="$root/.build/venv"
script=verify.py
modules="cbor2, cryptography, zstandard"
packages="cbor2>=6,<7 cryptography>=42 zstandard>=0.22"
case "${1:-}" in archive | shipped)
    script=$1.py
    shift
    ;;
esac
case "${1:-}" in hpke | seal | tiles)
    script=$1.py
    shift
    modules="cbor2, cryptography, pyhpke"
    packages="cbor2>=6,<7 cryptography>=42 pyhpke>=0.6,<1"
    ;;
esac
mkdir -p "$root/.build"
# Tests run at the same time, and pip must not.
exec 9>"$root/.build/venv.lock"
if command -v flock >/dev/null; then flock -w 900 9; fi
if ! "$venv/bin/python" -c "import $modules" 2>/dev/null; then
    if [ ! -x "$venv/bin/python" ] && ! python3 -m venv "$venv" >/dev/null 2>&1; then
        echo "note: skipped, python3 with venv is not here" >&2
        exit 77
    fi
    # shellcheck disable=SC2086
    if ! timeout 600 "$venv/bin/python" -m pip --quiet --disable-pip-version-check install $packages >&2; then
        echo "note: skipped, pip can't install $packages" >&2
        exit 77
    fi
fi
exec 9>&-
export PYTHONDONTWRITEBYTECODE=1
if [ $# -eq 0 ] && [ "$script" = verify.py ]; then
    "$venv/bin/python" "$here/verify.py" --vectors "$root/Tests/VectorTests/Vectors" || exit $?
    sh "$here/run.sh" shipped "$root/Tests/VectorTests/Vectors" || exit $?
    exec sh "$here/run.sh" seal --vectors "$root/Tests/VectorTests/Vectors"
fi
exec "$venv/bin/python" "$here/$script" "$@"
