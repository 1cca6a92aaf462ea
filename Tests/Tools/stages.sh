#!/usr/bin/env bash
# Runs the stages of `make test` one after the other, prints what each took, and ends at the first that fails.
set -euo pipefail
swift=${1:-swift}
cd "$(dirname "$0")/../.."
bin=$("$swift" build --show-bin-path)
export SWIFT_BACKTRACE=enable=no

stage() {
    local name=$1 started=$SECONDS
    shift
    echo "== $name"
    "$@"
    echo "== $name took $((SECONDS - started)) s"
}

coverage() {
    local data=$bin/codecov/default.profdata tests
    tests=$(find "$bin" -maxdepth 1 -name '*PackageTests.xctest' | head -n 1)
    local cov
    cov=$(dirname "$(readlink -f "$(command -v "$swift")")")/llvm-cov
    [ -x "$cov" ] || { echo "no llvm-cov beside $swift: coverage left out"; return 0; }
    "$cov" export -summary-only -instr-profile "$data" "$tests" 2>/dev/null | python3 Tests/Tools/coverage.py
}

# The release build of the lives goes on beside the tests, which leave a good part of two cores idle.
lives_log=$(mktemp)
(started=$SECONDS; make --no-print-directory simulator SWIFT="$swift"; echo "== building the lives took $((SECONDS - started)) s beside the tests") >"$lives_log" 2>&1 &
lives_build=$!
trap 'kill "$lives_build" 2>/dev/null || true; rm -f "$lives_log"' EXIT

lives() {
    if ! wait "$lives_build"; then cat "$lives_log" >&2; return 1; fi
    tail -n 1 "$lives_log"
    make --no-print-directory simulate LIVES="${TIAOKUAI_LIVES:-60}" SWIFT="$swift"
}

stage "tests" python3 Tests/Tools/watched.py --silence "${TIAOKUAI_SILENCE:-600}" "$swift" test --skip-build --enable-code-coverage
stage "coverage" coverage
stage "demo" "$bin/demo" --binary "$bin/tiaokuai"
stage "demo with six facts altered" "$bin/demo" --binary "$bin/tiaokuai" --altered all
stage "Python verifier" bash Tests/Verifier/run.sh
stage "table of mutants" python3 Tests/Tools/mutants.py --check
stage "fuzz smoke" env SWIFT="$swift" python3 Tests/Fuzz/run.py --seconds 60
stage "outside package" make --no-print-directory integrator SWIFT="$swift"
stage "lives" lives
