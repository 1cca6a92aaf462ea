#!/usr/bin/env bash
# bench-peers.sh TOOL EDITS: the plain floor and this tool on W(EDITS), in turn in one run, with the outside harness of
# ../shared/bench. Results on the screen and in .build-bench/peers/results-EDITS.{json,md}.
set -euo pipefail
tool=$1 edits=$2
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
harness=$top/../shared/bench
[ -x "$harness/run_peers.sh" ] || [ -f "$harness/run_peers.sh" ] || { echo "the outside harness is not there: $harness" >&2; exit 66; }
export BENCH_TMP=$top/.build-bench/peers
mkdir -p "$BENCH_TMP"
[ -x "$BENCH_TMP/venv/bin/python" ] || { python3 -m venv "$BENCH_TMP/venv"; "$BENCH_TMP/venv/bin/pip" install -q apsw zstandard psutil; }
export BENCH_PY=$BENCH_TMP/venv/bin/python PEERS="plain cli" VARIANTS=${VARIANTS:-} CLI_NAME=tiaokuai
CLI_VERSION=$("$tool" --version)
export CLI_VERSION
export CLI_SETUP="$tool bench setup {county} {province} {base}"
export CLI_WRITE="$tool bench load {county} {ops}"
export CLI_EXPORT="$tool bundle export --dir {county} --to province --out {bundle}"
export CLI_IMPORT="$tool bundle import --dir {province} {bundle}"
export CLI_DUMP="$tool bench dump {province}"
bash "$harness/run_peers.sh" "$edits"
