#!/usr/bin/env python3
"""Fuzzes every decoder of bytes from outside, one process each, and prints a table of what was run.

    python3 Tests/Fuzz/run.py --seconds 60                  all decoders, 60 s in all
    python3 Tests/Fuzz/run.py --runs 10000000 --seconds 0   ten million executions of each, however long that takes
    python3 Tests/Fuzz/run.py --only body,bundle --seconds 600

Ends with 1 where a decoder crashed, hung or took more memory than it may; the input is kept in .build-fuzz/found.
"""
import argparse, concurrent.futures, os, pathlib, re, subprocess, sys, time

HERE = pathlib.Path(__file__).resolve().parent
SCRATCH = HERE.parent.parent / ".build-fuzz"
MEGABYTES = 1024      # of one process, with the address sanitizer's own share
SECONDS_PER_INPUT = 5


def build(swift, sanitizers):
    scratch = SCRATCH / ("build" if "address" in sanitizers else "plain")
    # The plan of an earlier build knows no file that the package beside has got since.
    (scratch / "release.yaml").unlink(missing_ok=True)
    environment = dict(os.environ, TIAOKUAI_ONLY="TiaokuaiFormat,TiaokuaiTrust,TiaokuaiSeal")
    command = [swift, "build", "-c", "release", "--scratch-path", str(scratch), "-Xswiftc", f"-sanitize={sanitizers}"]
    run = subprocess.run(command, cwd=HERE, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode:
        sys.exit("\n".join(run.stdout.splitlines()[-20:]))
    return scratch / "release/FuzzDecoders"


def fuzz(binary, decoder, longest, seconds, runs):
    found = SCRATCH / "found"
    found.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, FUZZ_DECODER=decoder, SWIFT_BACKTRACE="enable=no", ASAN_OPTIONS="detect_leaks=0")
    command = [str(binary), str(SCRATCH / "corpus" / decoder), f"-max_len={longest}", f"-rss_limit_mb={MEGABYTES}", f"-timeout={SECONDS_PER_INPUT}",
               f"-artifact_prefix={found}/{decoder}-", "-print_final_stats=1"]
    command += [f"-max_total_time={seconds}"] if seconds else []
    command += [f"-runs={runs}"] if runs else []
    started = time.monotonic()
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    took = time.monotonic() - started
    number = lambda name: int((re.search(rf"stat::{name}:\s+(\d+)", run.stdout) or [0, 0])[1])
    reason = re.search(r"(ERROR: .*|SUMMARY: .*|Fatal error: .*)", run.stdout)
    return {"decoder": decoder, "executions": number("number_of_executed_units"), "megabytes": number("peak_rss_mb"), "seconds": took,
            "fault": "" if run.returncode == 0 else (reason[1] if reason else f"status {run.returncode}")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="for all decoders together, by the clock; 0: no bound")
    parser.add_argument("--runs", type=int, default=0, help="executions of each decoder at most")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="decoders, separated by commas")
    parser.add_argument("--fast", action="store_true", help="without the address sanitizer: two to four times as many executions")
    parser.add_argument("--binary", type=pathlib.Path, help="a fuzzer that is built already")
    options = parser.parse_args()
    binary = options.binary or build(os.environ.get("SWIFT", "swift"), "fuzzer" if options.fast else "fuzzer,address")
    listed = subprocess.run([binary, "--list"], check=True, stdout=subprocess.PIPE, text=True).stdout
    decoders = dict(line.split() for line in listed.splitlines())
    chosen = [name for name in options.only.split(",") if name] or list(decoders)
    if unknown := set(chosen) - set(decoders):
        sys.exit(f"no such decoder: {', '.join(sorted(unknown))}")
    vectors = HERE.parent / "VectorTests/Vectors"
    print(subprocess.run([binary, "--seeds", vectors, SCRATCH / "corpus"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip())
    each = max(1, options.seconds * options.jobs // len(chosen)) if options.seconds else 0
    print("| decoder | executions | per second | peak, MB | |\n| --- | ---: | ---: | ---: | --- |", flush=True)
    results = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(fuzz, binary, name, decoders[name], each, options.runs) for name in chosen]):
            result = done.result()
            results.append(result)
            rate = result["executions"] / max(result["seconds"], 0.001)
            print(f"| {result['decoder']} | {result['executions']:,} | {rate:,.0f} | {result['megabytes']} | {result['fault']} |", flush=True)
    faults = [result for result in results if result["fault"]]
    print(f"fuzz: {len(results)} decoders, {sum(result['executions'] for result in results):,} executions, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
