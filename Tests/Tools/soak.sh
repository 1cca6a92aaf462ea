#!/usr/bin/env bash
# What takes too long for every day, each with its time: every byte of a bundle flipped and every length to which it may be cut,
# a thousand bundles of twenty counties, faults at every call of every write path, every bit of a small province's history.
set -euo pipefail
swift=${1:-swift}
cd "$(dirname "$0")/../.."
scratch=.build-soak
export SWIFT_BACKTRACE=enable=no TIAOKUAI_ONLY=TiaokuaiNodeTests,DurabilityTests,TiaokuaiAuditTests
"$swift" build --build-tests --scratch-path "$scratch"

run() {
    local name=$1 filter=$2 started=$SECONDS
    echo "== $name"
    "$swift" test --skip-build --scratch-path "$scratch" --filter "$filter"
    echo "== $name took $((SECONDS - started)) s"
}

TIAOKUAI_SOAK=1 run "every byte, every cut" SpoiltBytesTests
TIAOKUAI_SOAK=1 run "a thousand bundles" ThousandBundlesTests
TIAOKUAI_SOAK=1 run "every bit of a history" EveryBitTests
TIAOKUAI_SOAK=1 run "every bit of a proof" everyBitOfAProofIsFound
TIAOKUAI_EVERY_CUT=1 run "faults at every call" DurabilityTests
