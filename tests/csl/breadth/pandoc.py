#!/usr/bin/env python3
"""pandoc's citeproc in the place of a processor of styles: formats the citations and the bibliography in every style whose
path comes in on stdin, and prints a line of JSON for each, as judge.mjs and tests/csl/breadth.c do.
usage: pandoc.py PANDOC LOCALES LANGUAGE REFERENCES CITATIONS < STYLES    LANGUAGE: a tag, or "own\""""
import html
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

CSL = "{http://purl.org/net/xbiblio/csl}"
LOOKS = {"Emph": "i", "Strong": "b", "SmallCaps": "sc", "Superscript": "sup", "Subscript": "sub", "Underline": "u"}
CLASSES = ("csl-block", "csl-left-margin", "csl-right-inline", "csl-indent")
UNICODE_QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}


def term_of(locales, language, name):
    """The short form of a term, by which pandoc knows a locator's label; the name itself where there is none."""
    path = pathlib.Path(locales) / f"locales-{language}.xml"
    if not path.exists():
        path = pathlib.Path(locales) / "locales-en-US.xml"
    for term in ElementTree.parse(path).iter(CSL + "term"):
        if term.get("name") == name and term.get("form") == "short":
            return term.findtext(CSL + "single") or term.text
    return name


def strings(words):
    made = []
    for part in re.findall(r" +|[^ ]+", words):
        made.append({"t": "Space"} if part[0] == " " else {"t": "Str", "c": part})
    return made


def cite_of(cite, mode, locales, language):
    suffix = cite.get("suffix", "")
    if "locator" in cite:
        label = term_of(locales, language, cite.get("label", "page"))
        suffix = ", {" + label + " " + cite["locator"] + "}" + suffix
    return {"citationId": cite["id"], "citationPrefix": strings(cite.get("prefix", "").rstrip(" ")),
            "citationSuffix": strings(suffix), "citationMode": {"t": "SuppressAuthor" if cite.get("suppress-author") else mode},
            "citationNoteNum": 0, "citationHash": 0}


def document(references, citations, locales, language):
    blocks = []
    for citation in citations:
        modes = ["AuthorInText" if citation.get("narrative") and i == 0 else "NormalCitation" for i in range(len(citation["cites"]))]
        cites = [cite_of(cite, mode, locales, language) for cite, mode in zip(citation["cites"], modes)]
        blocks.append({"t": "Para", "c": [{"t": "Cite", "c": [cites, [{"t": "Str", "c": "?"}]]}]})
    blocks.append({"t": "Div", "c": [["refs", [], []], []]})
    meta = {"references": None, "nocite": {"t": "MetaInlines", "c": [
        {"t": "Cite", "c": [[cite_of({"id": "*"}, "NormalCitation", locales, language)], [{"t": "Str", "c": "@*"}]]}]}}
    del meta["references"]
    return {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}


def words_of(inlines):
    """HTML as the other processors write it."""
    out = []
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            out.append(html.escape(content, quote=False).replace("&amp;", "&#38;"))
        elif kind in ("Space", "SoftBreak"):
            out.append(" ")
        elif kind in LOOKS:
            out.append(f"<{LOOKS[kind]}>{words_of(content)}</{LOOKS[kind]}>")
        elif kind == "Quoted":
            marks = UNICODE_QUOTES[content[0]["t"]]
            out.append(marks[0] + words_of(content[1]) + marks[1])
        elif kind in ("Span", "Div"):
            named = next((name for name in CLASSES if name in content[0][1]), None)
            inner = words_of(content[1])
            out.append(f'<div class="{named}">{inner}</div>' if named else inner)
        elif kind in ("Link", "Cite"):
            out.append(words_of(content[1]))
        elif kind == "Note":
            out.append(" ".join(words_of(block["c"]) for block in content if block["t"] in ("Para", "Plain")))
        elif kind in ("Para", "Plain"):
            out.append(words_of(content))
        elif kind == "RawInline":
            out.append(content[1])
    return "".join(out)


def language_of(style):
    return ElementTree.parse(style).getroot().get("default-locale") or "en-US"


def made(blocks, count):
    cited = [block for block in blocks if block["t"] == "Para"][:count]
    result = {"citations": [words_of(block["c"]) for block in cited]}
    list_of = next((block for block in blocks if block["t"] == "Div" and block["c"][0][0] == "refs"), None)
    entries = [block for block in list_of["c"][1] if block["t"] == "Div"] if list_of else []
    if entries:
        result["order"] = [entry["c"][0][0].removeprefix("ref-") for entry in entries]
        result["entries"] = [words_of(entry["c"][1]) for entry in entries]
    return result


def main():
    pandoc, locales, language, references, citations = sys.argv[1:]
    cited = json.loads(pathlib.Path(citations).read_text())
    for path in sys.stdin.read().split("\n"):
        if not path:
            continue
        tag = language_of(path) if language == "own" else language
        source = document(references, cited, locales, tag)
        command = [pandoc, "-f", "json", "-t", "json", "--citeproc", "--csl", path, "--bibliography", references]
        run = subprocess.run(command + ["--metadata", f"lang={tag}"], input=json.dumps(source), capture_output=True, text=True, timeout=120)
        result = {"error": run.stderr[-200:]} if run.returncode else made(json.loads(run.stdout)["blocks"], len(cited))
        print(json.dumps({"style": path, **result}), flush=True)


if __name__ == "__main__":
    main()
