#!/usr/bin/env python3
"""Writes Sources/TiaokuaiModel/Regions/RegionData.swift from lists of divisions.

usage: make-region-data.py FOLDER > RegionData.swift

FOLDER holds regions-2020.csv (code,name,level,parent,kind) and regions-changes.csv (year,kind,from_code,to_codes,note).
The lists say which code led to which; whether a place goes on, begins or ends is decided here and written down in
the result, whose format RegionTable+Parsing.swift describes. Run it again only for a new edition of the lists.
"""
import csv
import sys

EDITION = "2020-06-30"
# The lists give years. Each change gets the last day on which it can have come into force: the end of its year, or the
# edition's own day for those of 2020 that the edition already shows; the list for 2023 ends in June.
DAYS = {"2018": "2018-12-31", "2019": "2019-12-31", "2021": "2021-12-31", "2023": "2023-06-30"}
MARKS = {"admin": "", "virtual": "*", "zone": "+", "stat": "?"}
# Targets that were places before the change and went on.
GO_ON = {("130521", "130502"), ("130521", "130503"), ("371200", "370116"), ("371200", "370117"), ("511521", "511502"),
         ("360105", "360112"), ("330104", "330102"), ("330103", "330105"), ("330105", "330105")}
# Recodes into a place that others went into as well: it is a new one, not the old one with a new code.
BEGIN = {("140203", "140214"), ("230706", "230718")}
WIDTH = 100


def wrapped(first, words, indent):
    line = first
    for word in words:
        if len(line) + 1 + len(word) > WIDTH:
            yield line
            line = indent + word
        else:
            line += " " + word
    yield line


def state(rows):
    country = rows[0]
    yield country["code"] + country["name"]
    below = {}
    for row in rows:
        below.setdefault(row["parent"], []).append(row)
    for province in below[country["code"]]:
        yield province["code"][:2] + MARKS[province["kind"]] + province["name"]
        for city in below.get(province["code"], []):
            counties = [c["code"][4:] + MARKS[c["kind"]] + c["name"] for c in below.get(city["code"], [])]
            yield from wrapped(" " + city["code"][2:4] + MARKS[city["kind"]] + city["name"], counties, "  ")


def change(row, shown, names, before):
    source = row["from_code"]
    old, _, new = row["note"].partition(" -> ")
    words = [row["kind"]]
    if row["kind"] != "new":
        words.append(source + (old if before and not (row["kind"] == "recode" and old == shown.get(row["to_codes"])) else ""))
    for target, name in zip(row["to_codes"].split(), (new or old).split(" + ")):
        pair = (source, target)
        if row["kind"] == "new":
            mark = ""
        elif pair in GO_ON:
            mark = "="
        elif pair in BEGIN or row["kind"] in ("merge", "split"):
            mark = "+"
        else:
            mark = ""
        said = "" if before or mark == "=" or names.get(source) == name and not mark else name
        words.append(mark + target + said)
    return " ".join(words)


def main():
    folder = sys.argv[1]
    rows = list(csv.DictReader(open(folder + "/regions-2020.csv", encoding="utf-8")))
    changes = list(csv.DictReader(open(folder + "/regions-changes.csv", encoding="utf-8")))
    shown = {row["code"]: row["name"] for row in rows}
    lines = ["tiaokuai-regions 1 gbt2260 " + EDITION, *state(rows), "changes"]
    batches = {}
    for row in changes:
        before = row["year"] < "2020" or row["year"] == "2020" and all(c in shown for c in row["to_codes"].split())
        day = DAYS.get(row["year"]) or (EDITION if before else "2020-12-31")
        batches.setdefault((day, row["year"], before), []).append(row)
    for (day, year, before), batch in sorted(batches.items(), key=lambda item: item[0][0]):
        lines.append("@%s %s" % (day, year))
        lines += [change(row, shown, shown, before) for row in batch]
    print("// Written by Tests/Tools/make-region-data.py; format in RegionTable+Parsing.swift.")
    print("// It is part of the code, not a file beside it, so that the library has its table wherever it runs and needs no I/O.")
    print("")
    print("extension RegionTable {")
    print("    /// The divisions of GB/T 2260 and the statistical zones beside them: state of %s, changes published 2018 to 2023." % EDITION)
    print('    static let gbt2260Text = """')
    for line in lines:
        print("        " + line)
    print('        """')
    print("}")


main()
