"""Runs the test programs side by side and counts. A program prints `ok NAME` and `not ok NAME: why` lines;
one that crashes, says nothing or never ends is a failure of its own. Started by tests/run.

LECTERN_BUILD     where make built (out/.build), LECTERN_PROGRAM the lectern to test (out/bin/lectern)
LECTERN_TALLY     a file to add "passed failed" to, for who runs this several times (.ci/run)"""
import argparse
import os
import pathlib
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = ROOT / os.environ.get("LECTERN_BUILD", "out/.build")
SECONDS = 4 * 3600  # for one program: it ends what would never end
# Those that take longest start first, so that the others fill the gaps.
SLOW = ["judges/random", "judges/published", "judges/characters", "faults/faults", "hostile/hostile", "judges/judges"]
# What leaks may be passed over is told by the whole stack of each allocation, and to walk those takes 14 times as long
# as the rest. So leaks are looked for once for each kind of input and each error, and not by those that run the same
# code many times more.
LEAKS_ELSEWHERE = ("judges/", "hostile/", "golden/profiles", "golden/same", "inspect/limits", "unit/read_limits", "unit/braille")


def programs():
    """GROUP/NAME -> path"""
    found = {f"unit/{path.name}": path for path in sorted((BUILD / "tests/unit").glob("*"))
             if path.is_file() and os.access(path, os.X_OK) and path.suffix not in (".d", ".o")}
    for path in sorted(HERE.glob("*/*.test")):
        found[f"{path.parent.name}/{path.stem}"] = path
    return dict(sorted(found.items(), key=lambda item: SLOW.index(item[0]) if item[0] in SLOW else len(SLOW)))


def run(name, path):
    """(name, passed, [failures], seconds)"""
    begin = time.monotonic()
    environment = dict(os.environ)
    if environment.get("LECTERN_SANITIZE") and name.startswith(LEAKS_ELSEWHERE):
        environment["ASAN_OPTIONS"] = "detect_leaks=0"
    process = subprocess.Popen([path], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)
    try:
        output, errors = process.communicate(timeout=SECONDS)
        end = "" if process.returncode == 0 else f"ended with {process.returncode}"
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, errors = process.communicate()
        end = f"did not end in {SECONDS} s"
    lines = output.splitlines()
    passed = sum(line.startswith("ok ") for line in lines)
    failures = [f"{name}: {line}" for line in lines if line.startswith("not ok ")]
    if (end and not failures) or (not passed and not failures):
        failures.append(f"{name}: not ok: {end or 'printed no test'}: {errors.strip()[-2000:]}")
    return name, passed, failures, time.monotonic() - begin


def tally(passed, failed):
    print(f"{passed} passed, {failed} failed", flush=True)
    if os.environ.get("LECTERN_TALLY"):
        with open(os.environ["LECTERN_TALLY"], "a") as file:
            file.write(f"{passed} {failed}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", action="append", default=[])
    only = parser.parse_args().only
    chosen = {name: path for name, path in programs().items()
              if not only or name in only or name.split("/")[0] in only}
    passed, failures = 0, []
    if not chosen:
        failures.append(f"not ok: no test is called {' or '.join(only)}")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in as_completed([pool.submit(run, *item) for item in chosen.items()]):
            name, passes, fails, seconds = done.result()
            print(f"{name}: {passes} passed, {len(fails)} failed ({seconds:.0f} s)", flush=True)
            passed += passes
            failures += fails
    if failures:
        print("\nFailures:\n" + "\n".join(failures))
    tally(passed, len(failures))
    sys.exit(bool(failures))


main()
