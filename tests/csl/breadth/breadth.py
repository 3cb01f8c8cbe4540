#!/usr/bin/env python3
"""How far Lectern's processor of styles and the reference processor (npm's citeproc, installed with the judges) agree:
the bibliography and the citations of one document, references.json and citations.json, in every style of Debian's
citation-style-language-styles, output by output. Styles that only point to another one are left out.
Prints the share that is the same, by language, and the differences by kind: what the judge says and Lectern does not
stands in [-...-], what only Lectern says in {+...+}; letters and digits that have nothing to say are one x or 0.
What the judge said is kept beside the judges, so that the next run takes half a minute; a whole run of one language
without that takes some ten minutes of a processor, as the judge takes a quarter of a second for a style.
usage: breadth.py [--language TAG]... [--every N] [--style PART] [--kinds N] [--show KIND] [--least SHARE]"""
import argparse
import collections
import difflib
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zlib

import judge_errors
from judge_errors import plain

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BUILD = ROOT / os.environ.get("LECTERN_BUILD", "out/.build")
PROGRAM = BUILD / "csl-breadth"
PACKAGE = pathlib.Path("/usr/share/citation-style-language")
JUDGE, PANDOC = HERE / "judge.mjs", HERE / "pandoc.py"
LANGUAGES = ["own", "de-DE", "fr-FR", "es-ES", "tr-TR", "ru-RU", "ar", "zh-CN", "ja-JP"]
LONG = 150  # pieces of an output in which differences are not looked for one by one
PART = 200  # styles that the judge is asked about before what it said is kept


def styles_of(part, every):
    """Of `every` styles one, by its name alone: another release of the package has the same ones in its sample."""
    paths = [path for path in sorted((PACKAGE / "styles").glob("*.csl")) if part in path.stem]
    independent = [path for path in paths if b"independent-parent" not in path.read_bytes()]
    return [str(path) for path in independent if zlib.crc32(path.stem.encode()) % every == 0]


def judge_folder(name="citeproc"):
    found = subprocess.run([ROOT / "tests/judges/install", "--path", name], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def pandoc_of(name):
    """The program of that name, or the one that came with the judges."""
    return name or next(pathlib.Path(judge_folder("pandoc")).glob("venv/lib/python3*/site-packages/pypandoc/files/pandoc"))


def run(command, styles, processes):
    """The results of all processes, by style."""
    running = []
    for i in range(processes):
        with tempfile.TemporaryFile("w+") as listed:  # a pipe would fill while nobody reads what comes out
            listed.write("\n".join(styles[i::processes]) + "\n")
            listed.seek(0)
            running.append(subprocess.Popen(["nice"] + command, stdin=listed, stdout=subprocess.PIPE, text=True))
    results = {}
    for process in running:
        for line in process.stdout:
            result = json.loads(line)
            results[result["style"]] = result
        if process.wait():
            sys.exit(f"{command[0]} ended with {process.returncode}")
    return results


def judged(language, styles, document, processes):
    """What the judge says, by style. Kept beside the judges, for all copies of the tree, by what it was asked: its own
    release, the language, the references and citations, and the style."""
    judge = judge_folder()
    key = hashlib.sha256("\0".join([judge, language, *(path.read_text() for path in (document.references, document.citations, JUDGE))]).encode())
    kept = pathlib.Path(judge).parent / "csl-breadth-judged" / f"{language}-{key.hexdigest()[:16]}.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    names = {style: f"{style} {zlib.crc32(pathlib.Path(style).read_bytes()):08x}" for style in styles}
    missing = [style for style in styles if names[style] not in known]
    for start in range(0, len(missing), PART):
        command = ["node", JUDGE, judge, PACKAGE / "locales", language, document.references, document.citations]
        known |= {names[style]: said for style, said in run(command, missing[start:start + PART], processes).items()}
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=kept.parent, delete=False) as part:
            json.dump(known, part)
        os.rename(part.name, kept)
    return {style: known[names[style]] for style in styles}


LOOKS = [("i", re.compile(r"<i>|<em>")), ("b", re.compile("<b>")), ("sc", re.compile("<sc>|small-caps")), ("sup", re.compile("<sup>")),
         ("sub", re.compile("<sub>")), ("u", re.compile("underline"))]
PLAIN = [({"i"}, re.compile("font-style:normal")), ({"b"}, re.compile("font-weight:normal")), ({"sc"}, re.compile("font-variant:normal")),
         ({"sup", "sub"}, re.compile("baseline")), ({"u"}, re.compile("text-decoration:none"))]


def look_of(tag, around):
    """The looks within a tag, whichever way they are written and however often."""
    looks = set(around)
    for look, pattern in LOOKS:
        if pattern.search(tag):
            looks.add(look)
    for gone, pattern in PLAIN:
        if pattern.search(tag):
            looks -= gone
    return looks


def tidy(words, without=None):
    """What readers see: characters with their looks. Spaces have no look, and many are one.
    Looks are left out of pieces for which without(piece) holds, and of words."""
    words = re.sub(r'^\s*<div class="csl-entry">(.*)</div>\s*$', r"\1", words, flags=re.S)
    words = re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", words)
    out, stack, now = [], [set()], ""
    for piece in re.findall(r"<[^>]*>|[^<]+", words):
        if piece.startswith("<div") or piece == "</div>":
            out.append(piece)
        elif piece.startswith("</"):
            stack.pop()
        elif piece.startswith("<"):
            stack.append(look_of(piece, stack[-1]))
        else:
            is_bare = without and without(piece)
            for part in re.findall(r" +|[^ ]+", piece):
                look = "" if is_bare or without and without(part) and any(map(str.isalpha, part)) else " ".join(sorted(stack[-1]))
                if not part.strip():
                    out.append(" ")
                elif look != now:
                    out.append(f"<{look}>{part}")
                    now = look
                else:
                    out.append(part)
    return re.sub(r"[ \u00A0]* [ \u00A0]*", " ", "".join(out)).strip()  # it writes two spaces as a no-break space and one


def pieces(words):
    return re.findall(r"<[^>]*>|&#?\w+;|[^\W\d_]+|\d+|\s+|.", words)


def reduced(piece):
    """Words and numbers that say nothing about the kind of a difference."""
    if piece.startswith("<") or piece.startswith("&") or not piece.strip() or not piece[0].isalnum():
        return piece
    return "0" if piece[0].isdigit() else piece if len(piece) < 4 else piece[0].isupper() and "Xx" or "x"


def kind_of(theirs, ours):
    """The first differences, reduced, with a little of what stands around them."""
    a, b = pieces(theirs), pieces(ours)
    start = len(os.path.commonprefix([a, b]))
    end = len(os.path.commonprefix([a[:start - len(a) - 1:-1], b[:start - len(b) - 1:-1]])) if start else 0
    start, end = max(0, start - 1), max(0, end - 1)
    a, b = a[start:len(a) - end], b[start:len(b) - end]
    if len(a) > LONG or len(b) > LONG:
        return f"much after {reduced(a[0])}"
    parts = []
    for operation, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if operation == "equal":
            continue
        gone, come = "".join(map(reduced, a[a1:a2])), "".join(map(reduced, b[b1:b2]))
        before = reduced(a[a1 - 1]) if a1 else "^"
        after = reduced(a[a2]) if a2 < len(a) else "$"
        parts.append(before + (f"[-{gone[:40]}-]" if gone else "") + ("{+" + come[:40] + "+}" if come else "") + after)
    return " … ".join(parts[:3])


def error_of(document, style, language, name, wanted, got):
    """The kind in which the judge errs, or None."""
    latin = tidy(wanted, judge_errors.is_not_latin), tidy(got, judge_errors.is_not_latin)
    if latin[0] == latin[1]:
        return judge_errors.ITALICS[0]
    return judge_errors.error_of_judge(document, judge_errors.style_of(style, language), name, *latin)


def outputs(result):
    """Name of the output, and its words."""
    for i, words in enumerate(result["citations"]):
        yield f"citation {i + 1}", words
    if result.get("order"):
        yield "order", " ".join(result["order"])
        for name, words in zip(result["order"], result["entries"]):
            yield name, words


class Tally:
    def __init__(self):
        self.all = self.same = self.same_words = self.styles = self.refused = 0
        self.by_part = collections.Counter()
        self.kinds = collections.defaultdict(list)
        self.errors = collections.Counter()
        self.excused = collections.defaultdict(list)

    def add(self, document, style, language, theirs, ours):
        if "error" in theirs or "error" in ours:
            self.refused += 1
            self.kinds["error"].append((style, "", theirs.get("error", ""), ours.get("error", "")))
            return
        self.styles += 1
        said = dict(outputs(ours))
        for name, wanted in outputs(theirs):
            raw = wanted, said.get(name, "")
            wanted, got = map(tidy, raw)
            part = "citation" if name.startswith("citation ") else "order" if name == "order" else "entry"
            self.all += 1
            self.by_part[part] += 1
            self.same_words += plain(wanted) == plain(got)
            if wanted == got:
                self.same += 1
                self.by_part[part + " same"] += 1
            elif why := error_of(document, style, language, name, *raw):
                self.errors[why] += 1
                self.excused[why].append((style, name, wanted, got))
            else:
                kind = "order" if name == "order" else kind_of(wanted, got)
                self.kinds[kind].append((style, name, wanted, got))


def show(found):
    for style, name, wanted, got in found:
        print(f"{pathlib.Path(style).stem}, {name}\n  - {wanted}\n  + {got}")


def report(language, tally, options):
    parts = ", ".join(f"{part} {100 * tally.by_part[part + ' same'] / max(1, tally.by_part[part]):.2f} %"
                      for part in ("citation", "entry", "order"))
    print(f"{language:6} {tally.styles} styles, {tally.all} outputs, {100 * tally.same / max(1, tally.all):.2f} % the same "
          f"({100 * tally.same_words / max(1, tally.all):.2f} % without looks; {parts}); {tally.refused} not formatted")
    erring = sum(tally.errors.values())
    print(f"       {100 * (tally.same + erring) / max(1, tally.all):.2f} % with the kinds taken out in which the judge errs:")
    for why, count in tally.errors.most_common():
        print(f"         {count} outputs: {why}")
    ordered = sorted(tally.kinds.items(), key=lambda item: -len(item[1]))
    for kind, found in ordered[:options.kinds]:
        style, name, wanted, got = found[0]
        print(f"  {len(found):6} outputs {len({row[0] for row in found}):5} styles  {kind}")
        print(f"         {pathlib.Path(style).stem}, {name}\n           - {wanted[:options.width]}\n           + {got[:options.width]}")
    for kind, found in ordered:
        show(found if options.show and options.show in kind else [])
    for why, found in tally.excused.items():
        show(found if options.show and options.show in why else [])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="the style's own, where none is given")
    parser.add_argument("--every", type=int, default=1, help="take a sample of one style of N")
    parser.add_argument("--style", default="", help="styles with this in their name")
    parser.add_argument("--kinds", type=int, default=30, help="how many kinds of difference to show")
    parser.add_argument("--width", type=int, default=220, help="how many characters of an output to show")
    parser.add_argument("--show", help="all outputs of the kinds with these signs in them")
    parser.add_argument("--least", type=float, help="fail below this share of outputs that are the same, in per cent, without those in which the judge errs")
    parser.add_argument("--set", type=pathlib.Path, default=HERE, help="the folder of references.json and citations.json")
    parser.add_argument("--pandoc", nargs="?", const="", help="hold pandoc's citeproc against the judge instead: this program, or the judges' own")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time")
    options = parser.parse_args()
    styles, is_right, document = styles_of(options.style, options.every), True, judge_errors.Document(options.set)
    for language in options.language or ["own"]:
        theirs = judged(language, styles, document, options.processes)
        command = [sys.executable, PANDOC, pandoc_of(options.pandoc), PACKAGE / "locales"] if options.pandoc is not None else [PROGRAM]
        ours = run(command + [language, document.references, document.citations], styles, options.processes)
        tally = Tally()
        for style in styles:
            tally.add(document, style, language, theirs[style], ours[style])
        report(language, tally, options)
        excused = sum(tally.errors.values())
        is_right = is_right and (options.least is None or 100 * tally.same >= options.least * (tally.all - excused))
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
