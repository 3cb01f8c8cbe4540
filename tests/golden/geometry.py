"""Where everything stands on the pages, as lines of text: what `lectern dump --pages` says of layout, and the areas of links and
the boxes of figures that the finished PDF has.

Lines are told by how far they stand below the one before, so that a change leaves alone what only moved with it:

    +17.4 | 82.6..204.4 12 "Words and a " | 204.4..250 12 #0645ad "link"
      link 204.4..250 -13..4.3 -> https://example.org

A run has its left and right end, size, colour and face where they are not the body's. Rules and pictures have their box,
its top as it lies from the line before. A link's area begins so far above the line's baseline and ends so far below it."""
import importlib.machinery
import importlib.util
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
BODY, INK = "NotoSans-Regular", "#1a1a1a"
NUMBER = r"(-?[\d.]+)"
RUN = re.compile(rf'  text {NUMBER} {NUMBER} {NUMBER} (\S+) {NUMBER}( #\w+)? (\S+) (\S+)( right-to-left)? (".*")$', re.S)
BOX = re.compile(rf"  (rule|picture|code) {NUMBER} {NUMBER} {NUMBER} {NUMBER} (.*)$", re.S)


def shown(number):
    return f"{round(number, 1) + 0:g}"


def tagtree():
    loader = importlib.machinery.SourceFileLoader("tagtree", str(HERE / "tagtree"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("tagtree", loader))
    loader.exec_module(module)
    return module


def areas_of_file(path):
    """By page, from the top: (left, top, right, bottom, what) of links' areas and figures' boxes."""
    reader = tagtree()
    file = reader.File(path)
    tree = reader.Tree(file)
    found = {number: [] for number in tree.pages.values()}
    heights = {}
    for reference, number in tree.pages.items():
        page = file.get(reference)
        box = [float(file.get(side)) for side in file.get(page["/MediaBox"])]
        heights[reference] = box[3]
        for annotation in map(file.get, file.get(page.get("/Annots", []))):
            quads = [float(side) for side in annotation.get("/QuadPoints", annotation["/Rect"])]
            action = file.get(annotation.get("/A", {}))
            what = "link -> " + (reader.string(action["/URI"]) if "/URI" in action else "inside")
            for at in range(0, len(quads), 8 if len(quads) > 4 else 4):
                xs, ys = quads[at:at + 8:2], quads[at + 1:at + 8:2]
                found[number].append((min(xs), box[3] - max(ys), max(xs), box[3] - min(ys), what))
    todo = [tree.root]
    while todo:
        element = file.get(todo.pop())
        if not isinstance(element, dict) or element.get("/Type") in ("/MCR", "/OBJR"):
            continue
        kids = file.get(element.get("/K", []))
        todo.extend(kids if isinstance(kids, list) else [element["/K"]])
        groups = file.get(element.get("/A", []))
        for group in map(file.get, groups if isinstance(groups, list) else [groups]):
            if isinstance(group, dict) and "/BBox" in group and element.get("/Pg") in heights:
                left, bottom, right, top = (float(side) for side in file.get(group["/BBox"]))
                height = heights[element["/Pg"]]
                found[tree.pages[element["/Pg"]]].append((left, height - top, right, height - bottom, f"box of {element['/S'][1:]}"))
    return found


class Page:
    def __init__(self, head, areas):
        self.lines, self.areas, self.baseline, self.line = [head], areas, 0, None

    def end_line(self):
        if self.line is None:
            return
        baseline, above, runs = self.line
        self.line = None
        self.lines.append(f"  +{shown(baseline - above)} | " + " | ".join(runs))
        for area in [area for area in self.areas if area[1] <= baseline <= area[3]]:
            self.areas.remove(area)
            left, top, right, bottom, what = area
            kind, _, where = what.partition(" -> ")
            self.lines.append(f"    {kind} {shown(left)}..{shown(right)} {shown(top - baseline)}..{shown(bottom - baseline)}"
                              + (f" -> {where}" if where else ""))

    def add_run(self, match):
        x, baseline, width, face, size, colour, piece, node, backwards, words = match.groups()
        x, baseline = float(x), float(baseline)
        if self.line is None or self.line[0] != baseline:
            self.end_line()
            self.line = [baseline, self.baseline, []]
            self.baseline = baseline
        marks = [shown(float(size)), *([colour.strip()] if (colour or "").strip() not in ("", INK) else []), *([face] if face != BODY else []),
                 *([f"{piece} of {node}"] if piece != "content" else []), *(["<-"] if backwards else [])]
        self.line[2].append(f"{shown(x)}..{shown(x + float(width))} {' '.join(marks)} {words}")

    def add_box(self, match):
        self.end_line()
        kind, x, y, width, height, rest = match.groups()
        how = f"{float(y) - self.baseline:+.1f} {shown(float(width))}x{shown(float(height))} {rest}"
        self.lines.append(f"  {kind} {shown(float(x))} {how}")

    def end(self):
        self.end_line()
        self.lines.extend(f"  {what} {shown(left)}..{shown(right)} at {shown(top)}..{shown(bottom)}"
                          for left, top, right, bottom, what in sorted(self.areas, key=lambda area: (area[1], area[0])))
        return self.lines


def told(dump, pdf):
    """dump: what `lectern dump --pages` printed; pdf: the path of the file that was made of it."""
    areas, pages, page, number = areas_of_file(pdf), [], None, 0
    for line in re.split(r"\n(?=page |  (?:text|rule|picture|code) )", dump.rstrip("\n")):
        if line.startswith("page "):
            number += 1
            page = Page(line, areas.get(number, []))
            pages.append(page)
        elif match := RUN.match(line):
            page.add_run(match)
        elif match := BOX.match(line):
            page.add_box(match)
        else:
            raise ValueError(f"not a line of pages: {line}")
    return "".join(line + "\n" for page in pages for line in page.end())
