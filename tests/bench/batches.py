"""Times builds of many articles in many languages against peers as their users run them, and against nothing changed; letters
from a file of data, and a book beside an article that is as long.
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
LETTERS = 10000
CHAPTERS, BODIES = 60, 15  # some 3,000 pages
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


LETTER = """---
title: Your appointment
lang: en
---

Dear {{name}},

we expect you on **{{day}}** at {{time}} in the {{place}}. Please bring this letter.

- Eat as usual.
- Bring a list of your medicines.
"""
TYPST_LETTER = """#set document(title: "Your appointment")
#set text(lang: "en")
#title()

Dear #sys.inputs.name,

we expect you on *#sys.inputs.day* at #sys.inputs.time in the #sys.inputs.place. Please bring this letter.

- Eat as usual.
- Bring a list of your medicines.
"""
TYPST_ROW = ("import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=['ua-1'], "
             "sys_inputs=dict(zip(('name', 'day', 'time', 'place'), sys.argv[3:])))")


def letters(folder):
    """A letter for each of 10,000 rows, beside Typst's sys.inputs, one by one."""
    rows = [(f"Reader {i}", f"{1 + i % 28} March 2027", f"{8 + i % 9}:{i % 60:02}", f"room {i % 40}") for i in range(LETTERS)]
    (folder / "letter").mkdir()
    (folder / "letter/article.md").write_text(LETTER)
    (folder / "people.csv").write_text("name,day,time,place\n" + "".join(",".join(row) + "\n" for row in rows))
    (folder / "letter.typ").write_text(TYPST_LETTER)
    own, _ = wall(PROGRAM, "build", folder / "letter", "--data", folder / "people.csv", "--to", "pdf", "-o", folder / "letters")
    made = len(list((folder / "letters").glob("*.pdf")))
    if made != LETTERS:
        sys.exit(f"{made} letters of {LETTERS}")
    one = statistics.median(wall(sys.executable, "-c", TYPST_ROW, folder / "letter.typ", folder / "t.pdf", *rows[i])[0] for i in range(9))
    print(f"\n{LETTERS} letters from a file of CSV; Typst one by one, from 9: {LETTERS * one:.0f} s")
    say("Lectern to Typst", own, 0.1 * LETTERS * one)


def measured(*command):
    result = subprocess.run(["/usr/bin/python3", "-S", "-E", HERE / "measure.py", *command], capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{command[:4]}: {result.stderr[-500:]}")
    return map(float, result.stdout.split())


def book(folder):
    """60 chapters on some 3,000 pages beside one article that is as long, and beside half of them."""
    front, body = variants.split((ARTICLE / "article.md").read_text())
    front = front.replace("---\n", "", 1).rsplit("---\n", 1)[0].replace("contents: true\n", "")

    def write(name, chapters):
        made = folder / name
        shutil.copytree(ARTICLE, made, ignore=shutil.ignore_patterns("po", "article.md"))
        (made / "lectern.yaml").write_text(front + "contents: 1\nbook: true\nchapters:\n" + "".join(f"  - c{i}.md\n" for i in range(chapters)))
        for i in range(chapters):
            (made / f"c{i}.md").write_text(f"# Chapter {i}\n" + "".join(
                "\n" + variants.numbered(body, i * BODIES + k).replace("\n# ", "\n## ") for k in range(BODIES)))
        return made

    whole, half = write("book", CHAPTERS), write("half", CHAPTERS // 2)
    one = folder / "one"
    shutil.copytree(ARTICLE, one, ignore=shutil.ignore_patterns("po"))
    (one / "article.md").write_text("---\n" + front + "contents: 1\n---\n" + "".join(
        (whole / f"c{i}.md").read_text() + "\n" for i in range(CHAPTERS)))
    results = {made.name: tuple(measured(PROGRAM, "build", "--budget=0", made, "--to", "pdf", "-o", folder / "out"))
               for made in (half, whole, one)}
    count = subprocess.run(["pdfinfo", folder / "out/book.en.pdf"], capture_output=True, text=True).stdout
    pages = next(line.split()[1] for line in count.splitlines() if line.startswith("Pages:"))
    print(f"\nA book of {CHAPTERS} chapters on {pages} pages: {results['book'][0]:.1f} s, {results['book'][2]:.0f} MB")
    say("to half of its chapters, twice, and a tenth more", results["book"][0], 2.2 * results["half"][0])
    say("to one article that is as long, and a tenth more", results["book"][0], 1.1 * results["one"][0])
    fits = results["book"][2] <= 1.05 * results["one"][2]
    print(f"  {'ok    ' if fits else 'MISSED'} memory to one article that is as long: {results['book'][2] / results['one'][2]:.2f} (mark: 1.05)")


def bench(pandoc):
    for part in (lambda folder: many(folder, pandoc), unchanged, sharded, letters, book):
        with tempfile.TemporaryDirectory() as temporary:
            part(pathlib.Path(temporary))


if __name__ == "__main__":
    import pypandoc
    bench(pypandoc.get_pandoc_path())
