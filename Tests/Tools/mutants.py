#!/usr/bin/env python3
"""Takes out one check after another and sees that a test fails (`make mutants`).

Tests/Mutants/*.toml lists the mutants; Tests/Mutants/README.md says how. All of them are put into a copy of the sources at once, each
behind a switch that one environment variable throws, so there is one build. Then the tests that a mutant names run with it: they must
fail. Nothing of this is in the sources themselves.

    mutants.py --check            the table fits the sources and covers every numbered check of the pages; builds nothing
    mutants.py                    all of it
    mutants.py --only changeset   mutants whose id contains the text, or whose file is called so (Seal,Log); builds what these need and no more
    mutants.py --rest             those that have not run yet over these sources
    mutants.py --again            without looking at the sources: on the copy as it was built last

What each run found is kept in .build-mutants as long as no source changes. The table of Docs/Testing.md is written when every mutant has run
over the same sources, in one run or in several.
"""
import argparse, collections, hashlib, json, os, pathlib, re, shutil, subprocess, sys, time
try: import tomllib
except ModuleNotFoundError: sys.exit("mutants: Python 3.11 or later is needed")

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TABLE, FORMATS, REPORT = ROOT / "Tests/Mutants", ROOT / "Docs/Formats", ROOT / "Docs/Testing.md"
SCRATCH = ROOT / ".build-mutants"
TREE = SCRATCH / "tree"
BEGIN, END = "<!-- mutants:begin -->\n", "<!-- mutants:end -->"
SWITCH = "TIAOKUAI_MUTANT"
PATIENCE = 300    # seconds for one mutant's tests: one that makes them hang is caught too
SOURCE = f"""#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

private let mutantInForce = getenv("{SWITCH}").flatMap {{ Int(String(cString: $0)) }} ?? 0

@inline(never) func isMutated(_ number: Int) -> Bool {{ mutantInForce == number }}
"""


class Fault(Exception):
    pass


class Mutant:
    def __init__(self, entry, file, number):
        self.number, self.table = number, file.name
        try:
            self.id, self.removes, self.target, self.filter = (entry.pop(key) for key in ("id", "removes", "target", "filter"))
        except KeyError as error:
            raise Fault(f"{file.name}, mutant {number}: {error} is missing") from None
        self.check, self.doubled = entry.pop("check", None), entry.pop("doubled", None)
        self.edits = [self.edit(edit) for edit in entry.pop("edits", None) or [entry]]
        unknown = set(entry) - {"file", "within", "holds", "refuses", "original", "mutated"}
        if unknown: raise Fault(f"{self.id}: what is {', '.join(sorted(unknown))}?")

    def edit(self, entry):
        """(file, the text that is replaced, what replaces it)"""
        switch = f"isMutated({self.number})"
        if "holds" in entry: old, new = entry["holds"], f"({entry['holds']} || {switch})"
        elif "refuses" in entry: old, new = entry["refuses"], f"(({entry['refuses']}) && !{switch})"
        elif "original" in entry and "MUTANT" in entry.get("mutated", ""): old, new = entry["original"], entry["mutated"].replace("MUTANT", switch)
        else: raise Fault(f"{self.id}: neither holds, nor refuses, nor original with a mutated text that asks MUTANT")
        return entry["file"], entry.get("within"), old, new

    def spans(self, texts):
        """Where the edits lie: (file, start, end, new)."""
        for path, within, old, new in self.edits:
            text = texts[path]
            start, end = 0, len(text)
            if within is not None:
                if text.count(within) != 1: raise Fault(f"{self.id}: `within` stands {text.count(within)} times in {path}:\n{within}")
                start = text.index(within)
                end = start + len(within)
            found = text.count(old, start, end)
            if found != 1: raise Fault(f"{self.id}: stands {found} times in {path}{' within its text' if within else ''}:\n{old}")
            at = text.index(old, start, end)
            yield path, at, at + len(old), new


class Texts(dict):
    def __missing__(self, path):
        if not (ROOT / path).is_file(): raise Fault(f"no file {path}")
        self[path] = (ROOT / path).read_text()
        return self[path]


def read_table():
    mutants, uncounted = [], {}
    for file in sorted(TABLE.glob("*.toml")):
        with file.open("rb") as handle:
            try: table = tomllib.load(handle)
            except tomllib.TOMLDecodeError as error: raise Fault(f"{file.name}: {error}") from None
        uncounted.update(table.pop("uncounted", {}))
        defaults = table.pop("defaults", {})
        for entry in table["mutant"]: mutants.append(Mutant({**defaults, **entry}, file, len(mutants) + 1))
    twice = [name for name, count in collections.Counter(mutant.id for mutant in mutants).items() if count > 1]
    if twice: raise Fault(f"ids twice: {', '.join(twice)}")
    return mutants, uncounted


def numbered_checks():
    """`Page: Heading 3` for each item of each numbered list of the format pages."""
    found = []
    for page in sorted(FORMATS.glob("*.md")):
        heading, fenced = "", False
        for line in page.read_text().splitlines():
            if line.startswith("```"): fenced = not fenced
            if fenced: continue
            if line.startswith("#"): heading = line.lstrip("# ")
            if item := re.match(r"(\d+)\. ", line): found.append(f"{page.stem}: {heading} {item[1]}")
    return found


def check(mutants, uncounted):
    """Every fault of the table, in a sentence."""
    faults, texts, spans = [], Texts(), collections.defaultdict(list)
    for mutant in mutants:
        try:
            for path, start, end, _ in mutant.spans(texts): spans[path].append((start, end, mutant.id))
        except Fault as fault: faults.append(str(fault))
    for path, list_ in spans.items():
        list_.sort()
        faults += [f"{one[2]} and {other[2]} overlap in {path}" for one, other in zip(list_, list_[1:]) if one[1] > other[0]]
    listed, covered = numbered_checks(), {mutant.check for mutant in mutants if mutant.check}
    faults += [f"no check of the pages is “{name}”" for name in sorted(covered - set(listed))]
    for name in listed:
        if name not in covered and name.rsplit(" ", 1)[0] not in uncounted: faults.append(f"no mutant takes out “{name}”")
    headings = {name.rsplit(" ", 1)[0] for name in listed}
    faults += [f"uncounted, and not there: “{name}”" for name in uncounted if name not in headings]
    return faults


def write(path, text):
    """Only what changed, so that a second build is short."""
    if path.is_file() and path.read_text() == text: return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def copy_with_mutants(mutants):
    texts, changes = Texts(), collections.defaultdict(list)
    for mutant in mutants:
        for path, start, end, new in mutant.spans(texts): changes[path].append((start, end, new))
    kept = set()
    for folder in ("Sources", "Tests"):
        for source in (ROOT / folder).rglob("*"):
            relative = source.relative_to(ROOT)
            if not source.is_file() or any(part.startswith(".build") for part in relative.parts): continue
            kept.add(relative)
            if source.suffix != ".swift":
                target = TREE / relative
                if not target.is_file() or target.read_bytes() != source.read_bytes():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(source.read_bytes())
                    shutil.copymode(source, target)
                continue
            text = source.read_text()
            for start, end, new in sorted(changes.get(str(relative), []), reverse=True): text = text[:start] + new + text[end:]
            write(TREE / relative, text)
    modules = {"/".join(pathlib.Path(path).parts[:2]) for path in changes}
    for module in modules:
        write(TREE / module / "IsMutated.swift", SOURCE)
        kept.add(pathlib.Path(module) / "IsMutated.swift")
    for stale in [file for folder in ("Sources", "Tests") for file in (TREE / folder).rglob("*") if file.is_file()]:
        if stale.relative_to(TREE) not in kept: stale.unlink()
    for name in ("Package.swift", "Package.resolved"):
        if (ROOT / name).is_file(): write(TREE / name, (ROOT / name).read_text())
    for name, target in (("Docs", ROOT / "Docs"), ("Nodes", ROOT / "Nodes"), ("../shared", ROOT.parent / "shared")):
        link = TREE / name
        if target.exists() and not link.is_symlink(): link.symlink_to(target, target_is_directory=True)


def build(mutants):
    """The test bundle, with every switch off."""
    swift = os.environ.get("SWIFT", "swift")
    environment = dict(os.environ, TIAOKUAI_ONLY=",".join(sorted({mutant.target for mutant in mutants})))
    command = [swift, "build", "--build-tests", "--scratch-path", str(SCRATCH / "build")]
    run = subprocess.run(command, cwd=TREE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    if run.returncode:
        errors = [line for line in run.stdout.splitlines() if "error:" in line] or run.stdout.splitlines()[-20:]
        raise Fault("the mutated copy doesn't build:\n" + "\n".join(line[:300] for line in errors[:20]))
    where = subprocess.run([*command, "--show-bin-path"], cwd=TREE, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return next(pathlib.Path(where.stdout.strip()).glob("*.xctest"))


def as_built(mutants, built):
    """Those that are in the copy as it was built last, under their numbers there."""
    if not built.is_file(): raise Fault("no copy was built")
    plain = lambda edits: re.sub(r"isMutated\(\d+\)", "MUTANT", json.dumps(edits))
    there = {name: (number, plain(edits)) for name, edits, number in json.loads(built.read_text())}
    kept = [mutant for mutant in mutants if there.get(mutant.id, (0, None))[1] == plain(mutant.edits)]
    for mutant in kept: mutant.number = there[mutant.id][0]
    left = [mutant.id for mutant in mutants if mutant not in kept]
    if left: print(f"mutants: not in the copy, and left out: {', '.join(left)}", flush=True)
    return kept


def sources():
    """A digest of everything that a mutant's verdict hangs on."""
    digest = hashlib.sha256()
    files = [ROOT / "Package.swift"] + [file for folder in ("Sources", "Tests") for file in (ROOT / folder).rglob("*")]
    for file in sorted(files):
        relative = file.relative_to(ROOT)
        if not file.is_file() or any(part.startswith(".build") or part == "__pycache__" for part in relative.parts): continue
        digest.update(f"{relative}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()


class Kept:
    """What runs over the same sources found: by mutant, what failed and how long that took."""
    PATH = SCRATCH / "results.json"

    def __init__(self, sources_):
        kept = json.loads(self.PATH.read_text()) if self.PATH.is_file() else {}
        self.sources, self.runs = sources_, kept.get("runs", {}) if kept.get("sources") == sources_ else {}

    def add(self, mutant, run):
        self.runs[mutant.id] = {"told": run.told, "seconds": round(run.seconds, 1)}
        self.PATH.write_text(json.dumps({"sources": self.sources, "runs": self.runs}, indent=1))

    def isWrong(self, mutant): return bool(self.runs[mutant.id]["told"]) == bool(mutant.doubled)


class Run:
    """The tests of one filter, with one mutant in force or none."""

    def __init__(self, bundle, filter_, number=0):
        environment = dict(os.environ, SWIFT_BACKTRACE="enable=no")
        environment.pop(SWITCH, None)
        if number: environment[SWITCH] = str(number)
        started = time.monotonic()
        try:
            run = subprocess.run(
                [bundle, "--testing-library", "swift-testing", "--filter", filter_], cwd=TREE, env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, errors="replace", timeout=PATIENCE)
            self.status, output = run.returncode, run.stdout
        except subprocess.TimeoutExpired:
            self.status, output = None, ""
        self.seconds = time.monotonic() - started
        output = re.sub(r"\x1b\[[0-9;]*m", "", output)
        self.ran = len(re.findall(r"Test (?!run|case)\S.* started\.", output))
        issues = re.findall(r"Test (\S+) recorded an issue[^\n]*(?:\n↳ ([^\n]*))?", output)
        vectors = re.findall(r"\b([a-zA-Z]+/[a-z0-9-]+): ", "\n".join(hint for _, hint in issues))
        if self.status is None: self.told = "the tests hang"
        elif issues: self.told = "`" + issues[0][0].split("(")[0] + "`" + (f": `{vectors[0]}`" if vectors else "")
        elif self.status: self.told = "the tests crash"
        else: self.told = ""
        self.output = output


def run_all(mutants, bundle):
    """(mutant, run) each; raises where the tests don't pass without a mutant."""
    for filter_ in sorted({mutant.filter for mutant in mutants}):
        run = Run(bundle, filter_)
        if run.status or not run.ran: raise Fault(f"without a mutant, {filter_}: {run.ran} tests, {run.told or 'none failed'}\n{run.output[-2000:]}")
    print(f"mutants: without any, {len({mutant.filter for mutant in mutants})} filters pass", flush=True)
    for mutant in mutants:
        run = Run(bundle, mutant.filter, mutant.number)
        verdict = "doubled" if mutant.doubled and not run.told else "NO LONGER DOUBLED" if mutant.doubled else "caught" if run.told else "NOT CAUGHT"
        print(f"{verdict:11} {mutant.id}: {run.told} ({run.seconds:.1f} s)", flush=True)
        yield mutant, run


def report(mutants, runs):
    rows = ["| check | taken out | what failed | s |", "| --- | --- | --- | ---: |"]
    for mutant in mutants:
        run = runs[mutant.id]
        told = run["told"] or f"nothing: {mutant.doubled}"
        rows.append(f"| {mutant.check or mutant.id} | {mutant.removes} | {told} | {run['seconds']:.1f} |")
    caught = sum(1 for mutant in mutants if runs[mutant.id]["told"])
    seconds = sum(runs[mutant.id]["seconds"] for mutant in mutants)
    rows.append(f"\nMutants: {len(mutants)}. Caught: {caught}. Doubled by another check: {len(mutants) - caught}. "
                f"Running them took {seconds:.0f} s, the build not counted.")
    text = REPORT.read_text()
    if text.count(BEGIN) != 1 or text.count(END) != 1: raise Fault(f"{REPORT.name} has no place for the table")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    REPORT.write_text(text[:start] + "\n".join(rows) + "\n" + text[end:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--rest", action="store_true", help="those that have not run yet over these sources")
    parser.add_argument("--again", action="store_true", help="on the copy as it was built last")
    options = parser.parse_args()
    mutants, uncounted = read_table()
    faults = check(mutants, uncounted)
    if options.check:
        for fault in faults: print(fault)
        print(f"mutants: {len(mutants)} in the table, {len(faults)} faults")
        return 1 if faults else 0
    kept = Kept(sources())
    only = options.only.split(",")
    chosen = [mutant for mutant in mutants if any(part in mutant.id or part == pathlib.Path(mutant.table).stem for part in only)]
    if options.rest: chosen = [mutant for mutant in chosen if mutant.id not in kept.runs]
    if not chosen: raise Fault("no such mutant, or all of them have run")
    misfits = [fault for fault in check(chosen, uncounted) if "stands" in fault or "overlap" in fault or "no file" in fault]
    if misfits and not options.again: raise Fault("\n".join(misfits))
    built = SCRATCH / "built.json"
    if options.again:
        chosen = as_built(chosen, built)
        bundle = next((SCRATCH / "build/debug").glob("*.xctest"))
    else:
        built.unlink(missing_ok=True)
        copy_with_mutants(chosen)
        bundle = build(chosen)
        built.write_text(json.dumps([[mutant.id, mutant.edits, mutant.number] for mutant in chosen]))
    wrong = []
    for mutant, run in run_all(chosen, bundle):
        if not options.again: kept.add(mutant, run)
        if bool(run.told) == bool(mutant.doubled): wrong.append(mutant.id)
    # Sources that changed meanwhile were not those that ran.
    isWhole = not options.again and all(mutant.id in kept.runs for mutant in mutants) and sources() == kept.sources
    if isWhole and not faults and not any(map(kept.isWrong, mutants)): report(mutants, kept.runs)
    print(f"mutants: {len(chosen)} run, {len(wrong)} not as the table says{': ' + ', '.join(wrong) if wrong else ''}"
          + ("" if isWhole else f"; of {len(mutants)}, {len(mutants) - sum(mutant.id in kept.runs for mutant in mutants)} have not run over these sources"))
    for fault in faults: print(fault)
    return 1 if wrong or faults else 0


try:
    sys.exit(main())
except Fault as fault:
    sys.exit(f"mutants: {fault}")
