"""The same text set by Lectern, Typst and LuaLaTeX (where it is installed): what a reader would see of how well it is set.
Same font, size, measure, leading and languages, both edges even, words divided. Started by tests/bench/run --quality.

LECTERN_BENCH_KEEP=DIR   keeps the PDFs there, to look at"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import prose
import typography

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = ROOT / os.environ.get("LECTERN_PROGRAM", "out/bin/lectern")
WIDTH, HEIGHT = 595.276, 841.89
SIZE, LEADING, AFTER = 11, 15.95, 6
MEASURES = {"wide": 400, "narrow": 300}
TOP, BOTTOM = 70, 770
NATURAL = 0.26 * SIZE  # the space of Noto Sans
BABEL = {"en": "american", "de": "ngerman", "fr": "french"}


def lectern(language, paragraphs, measure, folder):
    source = folder / "article"
    source.mkdir()
    (source / "house.yaml").write_text(
        f"sizes: {{body: {SIZE}}}\nline-spacing: {{body: {LEADING / SIZE}}}\nspace-after: {{body: {AFTER}}}\n"
        f"text: {{justified: true, hyphenated: true}}\npage: {{measure: {measure}}}\n")
    (source / "article.md").write_text(f"---\ntitle: T\nlang: {language}\ntheme: house.yaml\n---\n\n\\newpage\n\n" + "\n\n".join(paragraphs))
    subprocess.run([PROGRAM, "build", source, "-o", folder, "--to", "pdf"], check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("article*.pdf"))


def typst(language, paragraphs, measure, folder):
    import typst as compiler
    side = (WIDTH - measure) / 2
    text = "\n\n".join(p.replace("'", "\\'") for p in paragraphs)
    (folder / "t.typ").write_text(
        f'#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: (x: {side}pt, top: {TOP}pt, bottom: {HEIGHT - BOTTOM}pt))\n'
        f'#set text(font: "Noto Sans", size: {SIZE}pt, lang: "{language}", hyphenate: true, overhang: false, top-edge: "baseline", bottom-edge: "baseline")\n'
        f"#set par(justify: true, leading: {LEADING}pt, spacing: {LEADING + AFTER}pt)\n{text}\n")
    compiler.compile(str(folder / "t.typ"), output=str(folder / "t.pdf"))
    return folder / "t.pdf"


def lualatex(language, paragraphs, measure, folder):
    side = (WIDTH - measure) / 2
    (folder / "l.tex").write_text(
        "\\documentclass[11pt]{article}\n\\usepackage{fontspec}\\setmainfont{NotoSans-Regular.ttf}"
        f"[Path=/usr/share/fonts/truetype/noto/]\n\\usepackage[{BABEL[language]}]{{babel}}\n"
        f"\\usepackage[paperwidth={WIDTH}bp,paperheight={HEIGHT}bp,left={side}bp,textwidth={measure}bp,top={TOP}bp,bottom={HEIGHT - BOTTOM}bp]{{geometry}}\n"
        f"\\pagestyle{{empty}}\\parindent0pt\\parskip{AFTER}bp\n\\begin{{document}}\\fontsize{{{SIZE}bp}}{{{LEADING}bp}}\\selectfont\n"
        + "\n\n".join(paragraphs).replace("’", "'") + "\n\\end{document}\n")
    subprocess.run(["lualatex", "-interaction=batchmode", "l.tex"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "l.pdf"


TOOLS = {"Lectern": lectern, "Typst": typst, "LuaLaTeX": lualatex}
COLUMNS = ["pages", "lines", "rivers", "hyphens", "ladders", "widows", "orphans", "overfull", "tightest", "loosest", "deviation"]
SUMMED = ["rivers", "hyphens", "widows", "overfull"]


def set_and_count(name, language, measure):
    with tempfile.TemporaryDirectory() as temporary:
        pdf = TOOLS[name](language, prose.paragraphs(language), measure, pathlib.Path(temporary))
        if os.environ.get("LECTERN_BENCH_KEEP"):
            kept = pathlib.Path(os.environ["LECTERN_BENCH_KEEP"])
            kept.mkdir(parents=True, exist_ok=True)
            shutil.copy(pdf, kept / f"{language}-{measure}-{name}.pdf")
        return typography.measure(str(pdf), (WIDTH - measure) / 2, measure, TOP - 10, BOTTOM + 10, LEADING, NATURAL)


def main():
    tools = dict(TOOLS)
    if not shutil.which("lualatex"):
        print("LuaLaTeX is not installed (texlive-luatex, texlive-latex-recommended, texlive-lang-german, texlive-lang-french): left out")
        del tools["LuaLaTeX"]
    print(f"Noto Sans, {SIZE} on {LEADING} points, both edges even, words divided; 3,000 words in each language.\n"
          "river: spaces wider than 1.5 times the natural one below one another on three lines or more\n"
          "ladder: three hyphens running; widow, orphan: one line of a paragraph alone on its page; overfull: 0.5 pt beyond the measure\n"
          "tightest, loosest: of the spaces, in parts of the natural one; deviation: its root mean square\n")
    print(f"{'':24}" + "".join(f"{column:>10}" for column in COLUMNS))
    sums = {name: dict.fromkeys(SUMMED, 0) for name in tools}
    for language in prose.SENTENCES:
        for width, measure in MEASURES.items():
            for name in tools:
                counts = set_and_count(name, language, measure)
                for column in SUMMED:
                    sums[name][column] += counts[column]
                print(f"{language} {width:7}{name:14}" + "".join(
                    f"{counts[c]:10.2f}" if isinstance(counts[c], float) else f"{counts[c]:10}" for c in COLUMNS), flush=True)
    # Fewer hyphens are bought with wider spaces, and the other way round: each peer is compared by itself.
    for name in tools:
        if name == "Lectern":
            continue
        print(f"\nMarks: no worse than {name}\n")
        for column in SUMMED:
            own, other = sums["Lectern"][column], sums[name][column]
            print(f"{'met   ' if own <= other else 'MISSED'}  {column}: {own}, {name} {other}")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main()
