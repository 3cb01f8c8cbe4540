"""Lines of one language, with emphasis and links, as a PDF by Lectern and by its peers, in the same fonts."""
import html
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
REGIONS = {"zh-Hans": 'lang: "zh", region: "CN"', "zh-Hant": 'lang: "zh", region: "TW"'}


def path_of(judge):
    return pathlib.Path(subprocess.run([HERE / "install", "--path", judge], check=True, capture_output=True,
                                       text=True).stdout.strip())


def without_marks(line):
    return LINK.sub(r"\1", line).replace("*", "")


def as_html(line):
    line = LINK.sub(r'<a href="\2">\1</a>', html.escape(line, quote=False))
    return re.sub(r"\*(.*?)\*", r"<em>\1</em>", re.sub(r"\*\*(.*?)\*\*", r"<strong>\1</strong>", line))


def as_typst(line):
    links = LINK.findall(line)
    line = re.sub(r"([\\#$@<>_`~\[\]/=\-'\"])", r"\\\1", LINK.sub("\0", line.replace("**", "\1")))
    line = re.sub("\1(.*?)\1", r"#strong[\1]", re.sub(r"\*(.*?)\*", r"#emph[\1]", line))
    for words, target in links:
        line = line.replace("\0", f'#link("{target}")[{words}]', 1)
    return line


def by_lectern(lines, language, folder):
    body = "\n\n".join(re.sub(r"\[(?![^\]]*\]\()", r"\\[", line) for line in lines)  # no brackets of Markdown
    (folder / "article").mkdir()
    (folder / "article/article.md").write_text(f"---\ntitle: X\nlang: {language}\ntypography: as-typed\n---\n\n{body}\n")
    subprocess.run([PROGRAM, "build", folder / "article", "-o", folder / "lectern", "--to", "pdf"], check=True,
                   capture_output=True)
    return next((folder / "lectern").glob("*.pdf"))


def by_weasyprint(lines, language, folder):
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    families = ", ".join(f'"{family}"' for family in ("Noto Sans", FAMILIES.get(language)) if family)
    body = "".join(f"<p>{as_html(line)}</p>" for line in lines)
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
        f"#set text(font: ({families}), size: 11pt, {region}{direction})\n= X\n\n" + "\n\n".join(map(as_typst, lines)))
    subprocess.run([path_of("python") / "venv/bin/python", HERE / "pdf_readers.py", "typst", folder / "typst.typ",
                    folder / "typst.pdf"], check=True, capture_output=True)
    return folder / "typst.pdf"


MAKERS = {"Lectern": by_lectern, "WeasyPrint": by_weasyprint, "Typst": by_typst}
