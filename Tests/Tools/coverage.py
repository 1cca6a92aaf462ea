#!/usr/bin/env python3
"""Reads llvm-cov's summary from standard input; prints line coverage for each module and fails where a pure module is
below 95 %."""
import collections
import json
import sys

PURE = ["TiaokuaiModel", "TiaokuaiHash", "TiaokuaiMerge", "TiaokuaiFormat", "TiaokuaiLog", "TiaokuaiEntry", "TiaokuaiSeal", "TiaokuaiWork"]

lines = collections.defaultdict(lambda: [0, 0])
for file in json.load(sys.stdin)["data"][0]["files"]:
    if "/Sources/" not in file["filename"] or "/.build" in file["filename"]:
        continue
    module = file["filename"].split("/Sources/")[1].split("/")[0]
    lines[module][0] += file["summary"]["lines"]["covered"]
    lines[module][1] += file["summary"]["lines"]["count"]
low = []
for module in sorted(lines):
    covered, count = lines[module]
    percent = 100 * covered / count if count else 100
    print(f"{module:20} {covered:6} of {count:6} lines  {percent:5.1f} %")
    if module in PURE and percent < 95:
        low.append(module)
if low:
    sys.exit("below 95 %: " + ", ".join(low))
