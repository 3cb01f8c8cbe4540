"""What can be counted in a set text, from the words and their boxes alone, whoever set it. Lengths are points."""
import re
import subprocess

HYPHENS = "-\u00ad\u2010"
WIDE = 1.5        # a space this many times the natural one is wide
OVERFULL = 0.5    # ink this far beyond the measure


def words_of(pdf):
    """A list for each page: (left, right, top, bottom, word), in the order of reading."""
    printed = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True).stdout.decode()
    pages = []
    for line in printed.splitlines():
        if "<page " in line:
            pages.append([])
        found = re.match(r'\s*<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
        if found:
            left, top, right, bottom = map(float, found.groups()[:4])
            pages[-1].append((left, right, top, bottom, found[5]))
    return pages


def lines_of(words, top, bottom):
    """Lines of words from top to bottom of a page's text area; what stands outside of it is no text."""
    lines = []
    for word in sorted((w for w in words if top <= (w[2] + w[3]) / 2 <= bottom), key=lambda w: (round(w[3], 0), w[0])):
        if lines and abs(lines[-1][0][3] - word[3]) < 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line) for line in lines]


def divide(pages, leading):
    """Paragraphs of lines: (page, line); a distance of more than 1.3 lines parts two of them. A paragraph goes on over the
    page when the page's last line is as full as the others."""
    paragraphs = []
    for number, lines in enumerate(pages):
        for place, line in enumerate(lines):
            before = lines[place - 1] if place else None
            begins = before is not None and line[0][3] - before[0][3] > 1.3 * leading
            if before is None:
                begins = not paragraphs or not is_full(paragraphs[-1], pages)
            if begins or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append((number, line))
    return paragraphs


def is_full(paragraph, pages):
    right = max(line[-1][1] for page in pages for line in page)
    return paragraph[-1][1][-1][1] > right - 8


def gaps(line):
    return [(one[1], two[0]) for one, two in zip(line, line[1:]) if two[0] > one[1]]


def is_hyphenated(line):
    return line[-1][4][-1] in HYPHENS


def count_rivers(lines, natural):
    """Wide spaces below one another on three lines running or more; each such chain counts once."""
    rivers, open_chains = 0, []
    for line in lines:
        wide = [gap for gap in gaps(line) if gap[1] - gap[0] > WIDE * natural]
        chains = []
        for gap in wide:
            length = 1 + max((l for other, l in open_chains if other[0] < gap[1] and gap[0] < other[1]), default=0)
            rivers += length == 3
            chains.append((gap, length))
        open_chains = chains
    return rivers


def count_ladders(lines):
    run = ladders = 0
    for line in lines:
        run = run + 1 if is_hyphenated(line) else 0
        ladders += run == 3
    return ladders


def measure(pdf, left, measure, top, bottom, leading, natural):
    """Name -> count, for a text that is set in one column of that measure."""
    pages = [lines_of(words, top, bottom) for words in words_of(pdf)]
    pages = [page for page in pages if page]
    paragraphs = divide(pages, leading)
    counts = dict.fromkeys(["lines", "rivers", "hyphens", "ladders", "widows", "orphans", "overfull"], 0)
    spaces = []
    for paragraph in paragraphs:
        lines = [line for _, line in paragraph]
        counts["lines"] += len(lines)
        counts["rivers"] += count_rivers(lines[:-1], natural)
        counts["hyphens"] += sum(map(is_hyphenated, lines))
        counts["ladders"] += count_ladders(lines)
        counts["overfull"] += sum(line[-1][1] > left + measure + OVERFULL for line in lines)
        places = [page for page, _ in paragraph]
        if len(places) > 1 and places[0] != places[-1]:
            counts["orphans"] += places.count(places[0]) == 1
            counts["widows"] += places.count(places[-1]) == 1
        for line in lines[:-1]:
            spaces += [(b - a) / natural for a, b in gaps(line)]
    counts["pages"] = len(pages)
    counts["tightest"] = min(spaces, default=0)
    counts["loosest"] = max(spaces, default=0)
    counts["deviation"] = (sum((s - 1) ** 2 for s in spaces) / max(1, len(spaces))) ** 0.5
    return counts
