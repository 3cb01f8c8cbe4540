"""Times a document of 5,000 citations of 2,000 references in chicago-author-date: the CSL processor
(tests/csl/load.c) against pandoc --citeproc. Then the processor alone with 500 to 4,000 references.
Started by bench.py; alone: tests/bench/run --citations. Two marks: at most a tenth of pandoc's time;
growth no worse than n log n."""
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOAD = ROOT / os.environ.get("LECTERN_BUILD", "out/.build") / "csl-load"
STYLE = pathlib.Path("/usr/share/citation-style-language/styles/chicago-author-date.csl")
PATIENCE = 120  # for pandoc, in seconds: on two busy cores it takes more than 300
RUNS = int(os.environ.get("LECTERN_BENCH_RUNS", 3))
FAMILIES = ["Adler", "Brown", "Clark", "Dunn", "Evans", "Fox", "Green", "Hill", "Irwin", "Jones", "Klein", "Lund",
            "Moore", "Nash", "Owen", "Park", "Quinn", "Reed", "Smith", "Todd", "Underwood", "Vance", "Wood", "Young"]
GIVEN = ["Ann", "Bob", "Cy", "Di", "Eve", "Finn", "Gus", "Hal", "Ida", "Jon", "Kay", "Lee", "Max"]
WORDS = ["rivers", "lakes", "towns", "of", "the", "north", "history", "gait", "children", "language", "study", "early"]


def references(count):
    """As in a real list many authors have written more than one thing, and some of them in one year: a name of
    its own comes with every tenth reference, the rest share the names above. The same list each time."""
    made = []
    for i in range(count):
        authors = [{"family": FAMILIES[(i * 5 + k * 3) % len(FAMILIES)] + ("" if i % 10 else str(i)),
                    "given": f"{GIVEN[(i * 7 + k) % len(GIVEN)]} {chr(65 + (i // 13) % 26)}."} for k in range(1 + i % 5)]
        made.append({"id": f"r{i}", "type": ("article-journal", "book", "chapter")[i % 3], "author": authors,
                     "title": " ".join(WORDS[(i * 11 + k * (1 + i % 7)) % len(WORDS)] for k in range(6)) + f" {i}",
                     "container-title": f"Journal {i % 40}", "volume": str(i % 60), "page": f"{i}-{i + 12}",
                     "publisher": "House", "publisher-place": "Bonn", "issued": {"date-parts": [[1960 + i % 60]]}})
    return made


def article(count, citations):
    """The same citations as load.c makes."""
    lines = []
    for i in range(citations):
        cites = f"@r{i % count}" + (", pp. 12-15" if i % 5 == 0 else "") + (f"; @r{(i * 7 + 1) % count}" if i % 3 == 0 else "")
        lines.append(f"Words [{cites}].\n")
    return "\n".join(lines)


def fastest(command, most=None):
    """The shortest time; what takes more than `most` seconds is ended and counts as that."""
    times = []
    for _ in range(RUNS):
        begin = time.monotonic()
        try:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=most)
        except subprocess.TimeoutExpired:
            return most
        times.append(time.monotonic() - begin)
        if times[0] > 20:
            break
    return min(times)


def bench(pandoc):
    """Prints the tables; True where both marks are met."""
    print("\n5,000 citations of 2,000 references in chicago-author-date")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        list_, markdown = folder / "references.json", folder / "article.md"
        list_.write_text(json.dumps(references(2000)))
        markdown.write_text(article(2000, 5000))
        own = fastest([LOAD, STYLE, list_, "5000"])
        peer = fastest([pandoc, "--citeproc", "--csl", STYLE, "--bibliography", list_, markdown, "-t", "plain", "-o",
                        folder / "out"], PATIENCE)
        is_fast = own <= 0.1 * peer
        print(f"  Lectern's processor {own:.2f} s, pandoc {'more than ' if peer == PATIENCE else ''}{peer:.2f} s: {own / peer:.3f} of its time "
              f"(mark: 0.1) {'ok' if is_fast else 'MISSED'}")
        times = {}
        for count in (500, 1000, 2000, 4000):
            list_.write_text(json.dumps(references(count)))
            times[count] = fastest([LOAD, STYLE, list_, str(count * 5 // 2)])
            print(f"  {count} references, {count * 5 // 2} citations: {times[count]:.3f} s")
        # half as much again for noise; quadratic growth would be 8 / 1.25 times the mark
        allowed = 1.5 * times[500] * (4000 * math.log(4000)) / (500 * math.log(500))
        grows_well = times[4000] <= allowed
        print(f"  growth: {times[4000]:.3f} s of {allowed:.3f} s {'ok' if grows_well else 'MISSED'}")
    return is_fast and grows_well


if __name__ == "__main__":
    import pypandoc
    sys.exit(not bench(pypandoc.get_pandoc_path()))
