#!/usr/bin/env bash
# Fuzzes every decoder for SECONDS_ seconds (default 20): bash Tests/Fuzz/run.sh 600
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-20}
swift=${SWIFT:-swift}
export TIAOKUAI_ONLY=TiaokuaiFormat,TiaokuaiTrust,TiaokuaiSeal SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
scratch=../../.build-fuzz
mkdir -p "$scratch/corpus"
"$swift" build -c release --scratch-path "$scratch" -Xswiftc -sanitize=fuzzer,address >"$scratch/build.log" 2>&1 || { tail -n 20 "$scratch/build.log"; exit 1; }
# Seeds: every golden file, valid or not, under the choice of the decoder that reads its kind.
python3 - ../VectorTests/Vectors "$scratch/corpus" <<'PYTHON'
import json, pathlib, sys
choices = {"operation": 1, "root": 2, "credential": 3, "checkpoint": 4, "receipt": 5, "changeset": 6, "body": 7, "bundle": 8,
           "consent": 9, "request": 10, "key": 11, "heads": 12, "cut": 13, "ask": 15, "evidence": 15, "proof": 15}
vectors, corpus = map(pathlib.Path, sys.argv[1:])
made = 0
for file in sorted(vectors.rglob("*.json")):
    vector = json.loads(file.read_text())
    for choice in {choices.get(vector["kind"], 0), 0}:
        (corpus / f"{vector['kind']}-{file.stem}-{choice}").write_bytes(bytes([choice]) + bytes.fromhex(vector["bytes"]))
        made += 1
if not made: sys.exit("no golden file to begin with")
print(f"fuzz: {made} seeds")
PYTHON
"$scratch/release/FuzzDecoders" "$scratch/corpus" -max_total_time="$seconds" -rss_limit_mb=1024 -max_len=4096 -timeout=5 -print_final_stats=1 2>&1 |
    grep -E "ERROR|SUMMARY|Test unit|number_of_executed_units|peak_rss|precondition|Fatal" | sed 's/^/fuzz: /'
exit "${PIPESTATUS[0]}"
