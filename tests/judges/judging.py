"""What published.test, random.test and languages.test share: building, judging, and the lines that tests/run counts."""
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))
import bounds  # noqa: E402

PROGRAM = ROOT / os.environ.get("LECTERN_PROGRAM", "out/bin/lectern")
# A sanitized program writes the same bytes: they are judged once, with the plain one.
SANITIZED = bool(os.environ.get("LECTERN_SANITIZE"))
SECONDS = 600 if SANITIZED else 120  # of the processor, for one document


def published():
    """The folders of source/ that `make` publishes, articles and books, sorted."""
    books = [path for path in ROOT.glob("source/*/lectern.yaml") if re.search("^book: *true", path.read_text(), re.M)]
    return sorted({path.parent for path in [*ROOT.glob("source/*/article.md"), *books]})


def say(name, why=None):
    line = f"not ok {name}: {' '.join(why.split())}" if why else f"ok {name}"
    print(line, flush=True)
    return not why


def build(source, out, *options):
    """Why it failed, or None."""
    try:
        result = bounds.run([PROGRAM, "build", source, "-o", out, *options], SECONDS, capture_output=True, text=True,
                            errors="replace")
    except OSError as error:
        return str(error)
    if bounds.overran(result):
        return f"took more than {SECONDS} s of the processor"
    if result.returncode == 0:
        return None
    fault = re.search(r"error\[|ERROR: |runtime error", result.stderr)  # warnings may stand before it
    return f"exit {result.returncode}: {result.stderr[fault.start() if fault else 0:][:1500]}"


def judge(prefix, judges, files, hint=lambda file: "", excuse=lambda why: why):
    """Runs one judge over the files and says a line for each file and flavour; hint(file) is added to failures.
    judges: a command line such as ["verapdf", "ua1,2a"]; excuse(why): what is left of its complaint."""
    if not files or SANITIZED:
        return
    result = subprocess.run([HERE / judges[0], *judges[1:], *map(str, files)], capture_output=True, text=True, errors="replace")
    name = judges[0].removesuffix("-newest")
    flavours = [f"verapdf/{flavour}" for flavour in judges[1].split(",")] if name == "verapdf" else [name]
    verdicts = {}
    for line in result.stdout.splitlines():
        match = re.match(r"(PASS|FAIL) (\S+) (.*?\.(?:pdf|epub|xlf|html))(?:: (.*))?$", line)
        if match:
            verdicts[match[2], match[3]] = None if match[1] == "PASS" else match[4]
    for flavour in flavours:
        for file in files:
            why = verdicts.get((flavour, str(file)), f"no verdict: {result.stderr.strip()[-500:]}")
            why = why and excuse(why)
            say(f"{prefix}_{pathlib.Path(file).name}_{flavour.replace('/', '_')}", why and why + hint(file))


def qpdf_check(prefix, files, hint=lambda file: ""):
    """The files' own order: references, streams, lengths."""
    for file in [] if SANITIZED else files:
        result = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, errors="replace")
        say(f"{prefix}_{file.name}_qpdf", f"{result.stdout[-300:]} {result.stderr[-300:]}{hint(file)}" if result.returncode else None)
