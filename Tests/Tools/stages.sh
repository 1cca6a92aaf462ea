#!/usr/bin/env bash
# Runs the stages of `make test`, prints what each took, and ends at the first that fails.
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

# What needs one core goes on beside what leaves one idle: the release build of the lives beside the tests, the demos beside the fuzzing.
# `beside NAME COMMAND…` begins, `joined NAME` waits, shows what was said and fails where it failed.
logs=$(mktemp -d)
declare -A begun
trap 'for name in "${!begun[@]}"; do kill "${begun[$name]}" 2>/dev/null || true; done; rm -rf "$logs"' EXIT

beside() {
    local name=$1
    shift
    "$@" >"$logs/$name" 2>&1 &
    begun[$name]=$!
}

joined() {
    local name=$1 process=${begun[$1]} failed=0
    wait "$process" || failed=$?
    unset "begun[$name]"
    cat "$logs/$name"
    return $failed
}

demos() {
    stage "demo" "$bin/demo" --binary "$bin/tiaokuai"
    stage "demo with six facts altered" "$bin/demo" --binary "$bin/tiaokuai" --altered all
    stage "Python verifier" bash Tests/Verifier/run.sh
}

beside build stage "building the lives, beside the tests" make --no-print-directory simulator SWIFT="$swift"
stage "tests" python3 Tests/Tools/watched.py --silence "${TIAOKUAI_SILENCE:-600}" "$swift" test --skip-build --enable-code-coverage
stage "coverage" coverage
stage "table of mutants" python3 Tests/Tools/mutants.py --check
beside demos demos
stage "fuzz smoke, beside the demos" env SWIFT="$swift" python3 Tests/Fuzz/run.py --seconds 60
stage "outside package" make --no-print-directory integrator SWIFT="$swift"
joined demos
joined build
stage "lives" make --no-print-directory simulate LIVES="${TIAOKUAI_LIVES:-60}" SWIFT="$swift"
