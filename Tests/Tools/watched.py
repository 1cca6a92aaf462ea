#!/usr/bin/env python3
"""Runs a command and passes on what it says. When it says nothing for too long, shows what it hangs on, and ends it.

    watched.py [--silence SECONDS] COMMAND [ARGUMENT...]

A run that hangs must say where: the tests that began and did not end, each process of the run, what each of its threads
waits for, and, where the toolchain has a debugger, their stacks. Exit status: the command's, or 124.
"""
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import time

BEGUN = re.compile(r"^◇ (Test|Suite) (.+) started\.$")
ENDED = re.compile(r"^[✔✘] (Test|Suite) (.+?)(?: with \d+ test cases?)? (?:passed|failed|skipped)")


def children(root):
    """The processes that stand under this one, and itself."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                parents.setdefault(int(file.read().rsplit(")", 1)[1].split()[1]), []).append(int(name))
        except OSError:
            pass
    found, open_ = [], [root]
    while open_:
        found.append(open_.pop())
        open_ += parents.get(found[-1], [])
    return found


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read().strip()
    except OSError:
        return "?"


def tell(process, begun):
    print(f"== nothing was said for too long; {len(begun)} tests and suites began and did not end:")
    for name in sorted(begun):
        print(f"   {name}")
    debugger = shutil.which("lldb")
    for number in children(process.pid):
        command = read(f"/proc/{number}/cmdline").replace("\0", " ")
        print(f"== process {number}: {command[:300]}")
        waits = {}
        for thread in sorted(os.listdir(f"/proc/{number}/task")) if os.path.isdir(f"/proc/{number}/task") else []:
            base = f"/proc/{number}/task/{thread}"
            calls = " < ".join(line.split()[-1] for line in read(f"{base}/stack").splitlines()[:4]) or read(f"{base}/wchan")
            waits.setdefault((read(f"{base}/comm"), calls), []).append(thread)
        for (name, calls), threads in waits.items():
            print(f"   {len(threads)} threads {name}: {calls}")
        if debugger and "xctest" in command:
            sys.stdout.flush()
            arguments = [debugger, "-p", str(number), "--batch", "-o", "thread backtrace all -c 40"]
            try:
                print(subprocess.run(arguments, capture_output=True, timeout=180, text=True, errors="replace").stdout[:200_000])
            except (OSError, subprocess.TimeoutExpired) as error:
                print(f"   no stacks: {error}")
    sys.stdout.flush()


def end(process):
    for number in reversed(children(process.pid)):
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            pass


def main(arguments):
    silence = 600
    if arguments[:1] == ["--silence"]:
        silence, arguments = int(arguments[1]), arguments[2:]
    # Whole lines, as they come, though it is a pipe.
    lines = [shutil.which("stdbuf"), "-oL", "-eL"] if shutil.which("stdbuf") else []
    process = subprocess.Popen(lines + arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    os.set_blocking(process.stdout.fileno(), False)
    selector = selectors.DefaultSelector()
    selector.register(process.stdout, selectors.EVENT_READ)
    rest, begun, last = b"", set(), time.monotonic()
    while True:
        if selector.select(timeout=5):
            piece = process.stdout.read()
            if piece:
                last = time.monotonic()
                sys.stdout.buffer.write(piece)
                sys.stdout.buffer.flush()
                *whole, rest = (rest + piece).split(b"\n")
                for line in whole:
                    text = line.decode("utf-8", errors="replace").strip()
                    if match := BEGUN.match(text):
                        begun.add(" ".join(match.groups()))
                    elif match := ENDED.match(text):
                        begun.discard(" ".join(match.groups()))
                continue
            if piece == b"":
                return process.wait()
        # Whoever holds the pipe open after the command's end is left behind, and named.
        over = process.poll() is not None and time.monotonic() - last > 30
        if over:
            print("== the command has ended, and something that it started still holds its output open")
            return process.returncode or 124
        if time.monotonic() - last > silence:
            tell(process, begun)
            end(process)
            return 124


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
