"""Lines of one language, with emphasis and links, as a PDF by Lectern and by its peers, in the same fonts. A line that
begins with ## is a heading, lines between bars are the rows of a table, the first of them its head, and what stands
in {{ }} is a note. All others are paragraphs."""
import hashlib
import html
import itertools
import pathlib
import re
import subprocess

from judging import HERE, PROGRAM

FAMILIES = {
    "he": "Noto Sans Hebrew", "ar": "Noto Sans Arabic", "fa": "Noto Sans Arabic", "ur": "Noto Nastaliq Urdu",
    "hi": "Noto Sans Devanagari", "bn": "Noto Sans Bengali", "pa": "Noto Sans Gurmukhi", "gu": "Noto Sans Gujarati",
    "or": "Noto Sans Oriya", "ta": "Noto Sans Tamil", "te": "Noto Sans Telugu", "kn": "Noto Sans Kannada",
    "ml": "Noto Sans Malayalam", "si": "Noto Sans Sinhala", "th": "Noto Sans Thai", "lo": "Noto Sans Lao",
    "km": "Noto Sans Khmer", "my": "Noto Sans Myanmar", "am": "Noto Sans Ethiopic", "ka": "Noto Sans Georgian",
    "hy": "Noto Sans Armenian", "bo": "Noto Serif Tibetan", "zh-Hans": "Noto Sans CJK SC",
    "zh-Hant": "Noto Sans CJK TC", "ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR",
}
RIGHT_TO_LEFT = ("he", "ar", "fa", "ur")
LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
NOTE = re.compile(r"\{\{(.*?)\}\}")
REGIONS = {"zh-Hans": 'lang: "zh", region: "CN"', "zh-Hant": 'lang: "zh", region: "TW"'}


def path_of(judge):
    return pathlib.Path(subprocess.run([HERE / "install", "--path", judge], check=True, capture_output=True,
                                       text=True).stdout.strip())


def cells(row):
    return [cell.strip() for cell in row.strip("|").split("|")]


def parts(line):
    """What stands together: a cell, what is before and behind the mark of a note, and the note."""
    if line.startswith("|"):
        return cells(line)
    text, notes = NOTE.sub("\0", line.removeprefix("## ")), NOTE.findall(line)
    return [part.strip() for part in text.split("\0")] + notes


def blocks(lines):
    """Headings and paragraphs as they are, the rows of each table as a list."""
    for is_row, group in itertools.groupby(lines, lambda line: line.startswith("|")):
        yield from [[cells(row) for row in group]] if is_row else group


def without_marks(line):
    return LINK.sub(r"\1", line).replace("*", "")


def markdown_words(line):
    return re.sub(r"\[(?![^\]]*\]\()", r"\\[", line)  # no brackets of Markdown


def name_of(note):
    return hashlib.sha256(note.encode()).hexdigest()[:8]


def as_markdown(block):
    if isinstance(block, list):
        rows = [f"| {' | '.join(map(markdown_words, row))} |" for row in block]
        return "\n".join([rows[0], "|" + "---|" * len(block[0])] + rows[1:])
    notes = NOTE.findall(block)
    line = markdown_words(NOTE.sub("\0", block))
    for note in notes:
        line = line.replace("\0", f"[^{name_of(note)}]", 1)
    return "\n\n".join([line, *(f"[^{name_of(note)}]: {markdown_words(note)}" for note in notes)])


def html_words(line):
    line = LINK.sub(r'<a href="\2">\1</a>', html.escape(line, quote=False))
    return re.sub(r"\*(.*?)\*", r"<em>\1</em>", re.sub(r"\*\*(.*?)\*\*", r"<strong>\1</strong>", line))


def as_html(block):
    if isinstance(block, list):
        return "<table>" + "".join("<tr>" + "".join(f"<{tag}>{html_words(cell)}</{tag}>" for cell in row)
                                   for row, tag in zip(block, itertools.chain(["th"], itertools.repeat("td")))) + "</table>"
    notes = NOTE.findall(block)
    line = html_words(NOTE.sub("\0", block))
    for number, _ in enumerate(notes, 1):
        line = line.replace("\0", f"<sup>{number}</sup>", 1)
    line = f"<h2>{line.removeprefix('## ')}</h2>" if line.startswith("## ") else f"<p>{line}</p>"
    return line + "".join(f"<p><small>{number}. {html_words(note)}</small></p>" for number, note in enumerate(notes, 1))


def typst_words(line):
    links = LINK.findall(line)
    line = re.sub(r"([\\#$@<>_`~\[\]/=\-'\"])", r"\\\1", LINK.sub("\0", line.replace("**", "\1")))
    line = re.sub("\1(.*?)\1", r"#strong[\1]", re.sub(r"\*(.*?)\*", r"#emph[\1]", line))
    for words, target in links:
        line = line.replace("\0", f'#link("{target}")[{words}]', 1)
    return line


def as_typst(block):
    if isinstance(block, list):
        return f"#table(columns: {len(block[0])}, " + ", ".join(f"[{typst_words(cell)}]" for row in block for cell in row) + ")"
    parted = NOTE.split(block.removeprefix("## "))  # words and notes by turns
    line = "".join(f"#footnote[{typst_words(part)}]" if at % 2 else typst_words(part) for at, part in enumerate(parted))
    return f"== {line}" if block.startswith("## ") else line


def by_lectern(lines, language, folder):
    body = "\n\n".join(map(as_markdown, blocks(lines)))
    (folder / "article").mkdir()
    (folder / "article/article.md").write_text(f"---\ntitle: X\nlang: {language}\ntypography: as-typed\n---\n\n{body}\n")
    subprocess.run([PROGRAM, "build", folder / "article", "-o", folder / "lectern", "--to", "pdf"], check=True,
                   capture_output=True)
    return next((folder / "lectern").glob("*.pdf"))


def by_weasyprint(lines, language, folder):
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    families = ", ".join(f'"{family}"' for family in ("Noto Sans", FAMILIES.get(language)) if family)
    body = "".join(map(as_html, blocks(lines)))
    (folder / "weasyprint.html").write_text(
        f'<html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>X</title>'
        f"<style>@page {{ size: A4 }} body {{ font: 11pt {families} }}</style><h1>X</h1>{body}")
    subprocess.run([path_of("python") / "venv/bin/python", "-m", "weasyprint", "--pdf-variant", "pdf/ua-1",
                    folder / "weasyprint.html", folder / "weasyprint.pdf"], check=True, capture_output=True)
    return folder / "weasyprint.pdf"


def by_typst(lines, language, folder):
    families = "".join(f'"{family}", ' for family in ("Noto Sans", FAMILIES.get(language)) if family)
    region = REGIONS.get(language, f'lang: "{language}"')
    direction = ", dir: rtl" if language in RIGHT_TO_LEFT else ""
    (folder / "typst.typ").write_text(
        f'#set page(paper: "a4")\n#set document(title: "X")\n'
        f"#set text(font: ({families}), size: 11pt, {region}{direction})\n= X\n\n" + "\n\n".join(map(as_typst, blocks(lines))))
    subprocess.run([path_of("python") / "venv/bin/python", HERE / "pdf_readers.py", "typst", folder / "typst.typ",
                    folder / "typst.pdf"], check=True, capture_output=True)
    return folder / "typst.pdf"


MAKERS = {"Lectern": by_lectern, "WeasyPrint": by_weasyprint, "Typst": by_typst}
