#!/usr/bin/env bash
# Fuzzes every decoder for SECONDS_ seconds (default 20): bash Tests/Fuzz/run.sh 600
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-20}
swift=${SWIFT:-swift}
export TIAOKUAI_ONLY=TiaokuaiFormat,TiaokuaiTrust SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
scratch=../../.build-fuzz
"$swift" build -c release --scratch-path "$scratch" -Xswiftc -sanitize=fuzzer,address >"$scratch.log" 2>&1 || { tail -n 20 "$scratch.log"; exit 1; }
mkdir -p "$scratch/corpus"
# A thousand ways to begin: each choice of decoder, with a few bytes that CBOR likes.
for choice in $(seq 0 11); do printf "\\x$(printf '%02x' "$choice")\\x84\\x67tk-item\\x02\\x42\\x01\\x02" >"$scratch/corpus/seed-$choice"; done
"$scratch/release/FuzzDecoders" "$scratch/corpus" -max_total_time="$seconds" -rss_limit_mb=1024 -max_len=4096 -timeout=5 -print_final_stats=1 2>&1 |
    grep -E "ERROR|SUMMARY|Test unit|number_of_executed_units|peak_rss|precondition|Fatal" | sed 's/^/fuzz: /'
exit "${PIPESTATUS[0]}"
