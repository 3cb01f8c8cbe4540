"""What is found in faulty documents: by Lectern at the source, by its peers while they convert, by the judges in
what the peers wrote. Started by `tests/bench/run --check`.

The documents are those of tests/data/bad: for each fault one that has it and one that has not. A tool finds a
fault where it says something of the first that it does not say of the second; so what it always complains of,
and what pandoc makes of Lectern's dialect, counts for nobody. Only whether something is said counts, not whether it
names the fault or its place. The set is of faults that Lectern has a rule for, so its own column shows no merit, only
that the rules work. LibreOffice takes part where it is installed; a tool that is not there is called absent."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BAD = ROOT / "tests/data/bad"
PROGRAM = ROOT / os.environ.get("LECTERN_PROGRAM", "out/bin/lectern")
FAULTS = {
    "image-alt-missing": "A picture without alternative text",
    "image-alt-file-name": "A file name as alternative text",
    "image-alt-same-as-caption": "The caption as alternative text",
    "image-alt-repeated": "One alternative text for two pictures",
    "image-alt-says-image": "\"Image of …\"",
    "image-flashing": "A picture that flashes",
    "heading-skipped": "A heading level left out",
    "heading-empty": "A heading without words",
    "heading-imitated": "A bold line as a heading",
    "link-empty": "A link without words",
    "link-name-vague": "\"Click here\"",
    "link-name-ambiguous": "One name, two places",
    "link-broken": "A link to nowhere",
    "list-typed": "A list typed by hand",
    "table-without-header": "A table without headers",
    "table-header-empty": "An empty header cell",
    "table-cells-lost": "A cell too many",
    "title-missing": "No title",
    "language-missing": "No language",
    "language-unmarked": "German not marked",
    "language-script": "Russian marked as English",
    "colour-only": "Colour as the only sign",
    "direction-unbalanced": "A direction mark not closed",
    "video-transcript-missing": "A video without words",
    "citation-unknown": "An unknown citation",
    "footnote-undefined": "A note that is not there",
    "id-duplicate": "One id for two parts",
}
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=['ua-1'])"


def run(command, folder):
    result = subprocess.run([str(word) for word in command], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                            errors="replace", timeout=600)
    return result.stdout + result.stderr


def said(words, name):
    """What a tool said, a line each, without what differs from run to run: names, numbers, places."""
    lines = set()
    for line in words.splitlines():
        line = re.sub(r"\d+", "0", line.replace(name, "NAME").strip())
        if line and not line.startswith(("File ", "Traceback")):
            lines.add(line)
    return lines


def severities(name):
    found = json.loads(subprocess.run([PROGRAM, "check", "--format=json", name + ".md"], cwd=BAD, capture_output=True, text=True).stdout)
    return {(item["rule"], item["severity"]) for item in found["diagnostics"]}


def give_alternatives(source, typst):
    """pandoc leaves the alternative texts out of the Typst source, of which Typst is not to blame."""
    if not typst.exists():
        return
    words = typst.read_text()
    for alt, picture in set(re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", source.read_text())):
        words = words.replace(f'image("{picture}"', f'image("{picture}", alt: {json.dumps(alt, ensure_ascii=False)}')
    typst.write_text(words)


def convert(pandoc, folder, name):
    """tool -> what it said"""
    source = folder / (name + ".md")
    cite = ["--citeproc"] if "\nbibliography:" in source.read_text() else []
    messages = {"pandoc": said(run([pandoc, *cite, source.name, "-t", "epub3", "-o", name + ".epub"], folder), name)}
    run([pandoc, *cite, "-s", source.name, "-t", "typst", "-o", name + ".typ"], folder)
    give_alternatives(source, folder / (name + ".typ"))
    messages["Typst"] = said(run([sys.executable, "-c", TYPST, name + ".typ", name + ".typst.pdf"], folder), name)
    run([pandoc, *cite, "-s", source.name, "-t", "html", "-o", name + ".html"], folder)
    messages["WeasyPrint"] = said(run([sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", "--pdf-tags", name + ".html",
                                       name + ".weasyprint.pdf"], folder), name)
    run([pandoc, *cite, "-s", source.name, "-t", "docx", "-o", name + ".docx"], folder)
    return messages


def libre_office(folder, names):
    """Writes PDFs; what it said of each (it says nothing of faults), or None where it is absent."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        return None
    options = '{"PDFUACompliance": {"type": "boolean", "value": "true"}}'
    target = folder / "office"
    said_by_name = {}
    for name in names:
        said_by_name[name] = said(run([program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                                       "pdf:writer_pdf_Export:" + options, "--outdir", target, name + ".docx"], folder), name)
        if (target / (name + ".pdf")).exists():
            (target / (name + ".pdf")).rename(folder / (name + ".office.pdf"))
    return said_by_name


def judge(command, files, pattern):
    """file name -> the rules that a judge finds broken, or None where the judge cannot run"""
    files = [file for file in files if file.exists()]
    if not files:
        return {}
    output = run([*command, *files], ROOT)
    verdicts = {}
    for verdict, file, reasons in re.findall(r"^(PASS|FAIL) \S+ (\S+?):?(?:: | |$)(.*)$", output, re.M):
        verdicts[pathlib.Path(file.rstrip(":")).name] = set(re.findall(pattern, reasons)) if verdict == "FAIL" else set()
    return verdicts or None


def cell(verdicts, rule, suffix):
    """By a judge: what is broken in the faulty one and whole in the other."""
    if verdicts is None:
        return "absent"
    wrong, right = verdicts.get(f"{rule}.wrong-1{suffix}"), verdicts.get(f"{rule}.right-1{suffix}")
    if wrong is None:
        return "no file"
    return ", ".join(sorted(wrong - (right or set()))) or "–"


def main():
    import pypandoc
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "bad"
        shutil.copytree(BAD, folder)
        names = [f"{rule}.{kind}-1" for rule in FAULTS for kind in ("wrong", "right")]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            messages = dict(zip(names, pool.map(lambda name: convert(pypandoc.get_pandoc_path(), folder, name), names)))
        office = libre_office(folder, names)
        clause = r"(\d+(?:\.\d+)*-\d+) \("
        judges = {
            suffix: judge([ROOT / "tests/judges/verapdf", "ua1"], [folder / (name + suffix) for name in names], clause)
            for suffix in (".typst.pdf", ".weasyprint.pdf", ".office.pdf")}
        books = [folder / (name + ".epub") for name in names]
        epubcheck = judge([ROOT / "tests/judges/epubcheck"], books, r"\b[A-Z]{3,4}[-_]\d{3}\w?\b")
        ace = judge([ROOT / "tests/judges/ace"], books, r"\b(?:epub-[a-z-]+|metadata-[a-z-]+|[a-z]+(?:-[a-z]+)+)\b")
        columns = ["Fault", "Lectern", "Typst", "veraPDF on it", "WeasyPrint", "veraPDF on it", "LibreOffice", "veraPDF on it", "pandoc",
                   "EPUBCheck on it", "Ace on it"]
        print("| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
        counts = [0] * len(columns)
        for rule, fault in FAULTS.items():
            wrong, right = f"{rule}.wrong-1", f"{rule}.right-1"
            ours = ", ".join(sorted(severity for name, severity in severities(wrong) - severities(right) if name == rule)) or "–"
            tool = {name: "says so" if messages[wrong][name] - messages[right][name] else "–" for name in messages[wrong]}
            of_office = "absent" if office is None else "says so" if office[wrong] - office[right] else "–"
            row = [fault, ours, tool["Typst"], cell(judges[".typst.pdf"], rule, ".typst.pdf"), tool["WeasyPrint"],
                   cell(judges[".weasyprint.pdf"], rule, ".weasyprint.pdf"), of_office,
                   "absent" if office is None else cell(judges[".office.pdf"], rule, ".office.pdf"), tool["pandoc"],
                   cell(epubcheck, rule, ".epub"), cell(ace, rule, ".epub")]
            counts = [count + (value not in ("–", "absent", "no file")) for count, value in zip(counts, row)]
            print("| " + " | ".join(row) + " |", flush=True)
        print("| **Found, of " + str(len(FAULTS)) + "** | " + " | ".join(str(count) for count in counts[1:]) + " |")


main()
