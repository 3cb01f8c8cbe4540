"""Times builds of many articles in many languages against peers as their users run them, and against nothing changed.
Called by bench.py; alone: tests/bench/run --batches."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import variants

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ARTICLE = ROOT / "source/cerebral-palsy"
PROGRAM = ROOT / os.environ.get("LECTERN_PROGRAM", "out/bin/lectern")
LANGUAGES = ["ar", "es", "fr", "hi"]  # and the original's own
ARTICLES, SMALL = 40, 10000
SHARDED, SHARD_LANGUAGES, SHARDS = 2000, 25, 100
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=['ua-1'])"
TYPST_ALL = "import sys, typst\nfor name in sys.argv[1:]: typst.compile(name, output=name + '.pdf', pdf_standards=['ua-1'])"


def wall(*command):
    begin = time.monotonic()
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{command[:4]}: {result.stderr[-500:]}")
    return time.monotonic() - begin, result.stdout


def say(name, seconds, limit):
    print(f"  {'ok    ' if seconds <= limit else 'MISSED'} {name}: {seconds:.2f} s (mark: {limit:.2f} s)", flush=True)


def many(folder, pandoc):
    """40 articles in five languages, PDF and EPUB, beside peers: 200 PDFs by Typst, 200 EPUBs by pandoc."""
    source = folder / "source"
    for i in range(ARTICLES):
        shutil.copytree(ARTICLE, source / f"article-{i:02}", ignore=shutil.ignore_patterns("zh*", "*.pot", "*.xlf"))
    shutil.copytree(ARTICLE, folder / "article")
    article = (ARTICLE / "article.md").read_text()
    (folder / "pandoc.md").write_text(variants.for_pandoc(article))
    typst = variants.typst(pandoc, folder / "article", article)
    shutil.copy(ARTICLE / "references.json", folder)
    for name in ("images",):
        (folder / name).symlink_to(folder / "article" / name)
    for bib in (folder / "article").glob("*.bib"):
        shutil.move(bib, folder / bib.name)
    files = [folder / f"article-{i}.typ" for i in range(ARTICLES * (1 + len(LANGUAGES)))]
    for i, file in enumerate(files):  # each another text, or Typst would make one of them
        file.write_text(typst + f"\n\nCopy {i}.\n")
    own, _ = wall(PROGRAM, "build", source, "-o", folder / "out", "--missing=notice")
    one_pdf = statistics.median(wall(sys.executable, "-c", TYPST, files[i], folder / "t.pdf")[0] for i in range(7))
    one_epub = statistics.median(wall(pandoc, folder / "pandoc.md", "--citeproc", f"--resource-path={folder / 'article'}", "--metadata",
                                      f"bibliography={folder / 'article/references.json'}", "-t", "epub3", "-o", folder / "p.epub")[0]
                                 for _ in range(7))
    together, _ = wall(sys.executable, "-c", TYPST_ALL, *files)
    singly = len(files) * (one_pdf + one_epub)
    print(f"\n{ARTICLES} articles in {1 + len(LANGUAGES)} languages: {len(files)} PDFs and {len(files)} EPUBs\n"
          f"  one by one, from 7 runs: Typst {len(files) * one_pdf:.1f} s, pandoc {len(files) * one_epub:.1f} s; "
          f"Typst's PDFs in one process {together:.1f} s")
    say("Lectern to the peers one by one", own, 0.15 * singly)
    say("Lectern to Typst in one process", own, 0.4 * together)
    catalogue = source / "article-07/po/fr.po"
    catalogue.write_text(catalogue.read_text() + "\n")
    _, events = wall(PROGRAM, "build", source, "-o", folder / "out", "--missing=notice", "--json")
    start = next(event for event in map(json.loads, events.splitlines()) if event.get("event") == "start")
    print(f"  {'ok    ' if start['jobs'] - start['unchanged'] == 1 else 'MISSED'} one changed catalogue: {start['jobs'] - start['unchanged']} of {start['jobs']} jobs are done again")


def unchanged(folder):
    source = folder / "small"
    for i in range(SMALL):
        (source / f"a{i}").mkdir(parents=True)
        (source / f"a{i}/article.md").write_text(f"---\ntitle: Article {i}\nlang: en\n---\n\nWash your hands, {i}.\n")
    first, _ = wall(PROGRAM, "build", source, "-o", folder / "small-out", "--to", "epub")
    again, _ = wall(PROGRAM, "build", source, "-o", folder / "small-out", "--to", "epub")
    print(f"\n{SMALL} tiny articles: first {first:.1f} s")
    say("nothing changed", again, 2)


def sharded(folder):
    """Planned, shared out and merged; the documents are tiny."""
    source = folder / "sharded"
    tags = ("bg cs da de el es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv uk".split())[:SHARD_LANGUAGES - 1]
    for i in range(SHARDED):
        (source / f"a{i}/po").mkdir(parents=True)
        (source / f"a{i}/article.md").write_text(f"---\ntitle: Article {i}\nlang: en\n---\n\nWash your hands.\n")
        for tag in tags:
            (source / f"a{i}/po/{tag}.po").write_text(
                f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
                f'"X-Reviewed-By: bench\\n"\n\nmsgid "Article {i}"\nmsgstr "{tag} {i}"\n\nmsgid "Wash your hands."\nmsgstr "{tag}."\n')
    peaks, total = [], 0
    for shard in range(1, SHARDS + 1):
        result = subprocess.run(["/usr/bin/python3", "-S", "-E", HERE / "measure.py", PROGRAM, "build", source, "--to", "txt", "--shard",
                                 f"{shard}/{SHARDS}", "-o", folder / "many"], capture_output=True, text=True)
        seconds, _, peak = map(float, result.stdout.split())
        total += seconds
        peaks.append(peak)
    result = subprocess.run(["/usr/bin/python3", "-S", "-E", HERE / "measure.py", PROGRAM, "merge", folder / "many", "-o", folder / "many"],
                            capture_output=True, text=True)
    seconds, _, peak = map(float, result.stdout.split())
    rows = len(json.loads((folder / "many/manifest.json").read_text())["publications"])
    print(f"\n{SHARDED} articles in {SHARD_LANGUAGES} languages over {SHARDS} shards: {total:.0f} s in all, at most {max(peaks):.0f} MB; "
          f"merge of {rows} publications {seconds:.1f} s, {peak:.0f} MB")


def bench(pandoc):
    for part in (lambda folder: many(folder, pandoc), unchanged, sharded):
        with tempfile.TemporaryDirectory() as temporary:
            part(pathlib.Path(temporary))


if __name__ == "__main__":
    import pypandoc
    bench(pypandoc.get_pandoc_path())
