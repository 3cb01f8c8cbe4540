"""Kinds in which the reference processor errs, or in which the letter of CSL 1.0.2, pandoc and the sense of the style
speak against it: what it does, the clause, what pandoc 3.9 does. Each kind alters what both say, so that they are the same
where nothing else differs; several may meet in one output. `python3 judge_errors.py` prints the table."""
import collections
import difflib
import functools
import html
import itertools
import json
import os
import pathlib
import re
import xml.etree.ElementTree as ElementTree

CSL = "{http://purl.org/net/xbiblio/csl}"
PACKAGE = pathlib.Path("/usr/share/citation-style-language")


def plain(words):
    return html.unescape(re.sub(r"<[^>]*>", "", words))


class Document:
    """A set of references and citations, and what of it the kinds ask."""

    def __init__(self, folder):
        self.references, self.citations = folder / "references.json", folder / "citations.json"
        items = json.loads(self.references.read_text())
        cited = json.loads(self.citations.read_text())
        self.item = {item["id"]: item for item in items}
        self.numbers = [item["number"] for item in items if "-" in item.get("number", "")]
        self.last_institutions = [names[-1]["literal"] for item in items for names in item.values()
                                  if isinstance(names, list) and len(names) > 1 and isinstance(names[-1], dict) and "literal" in names[-1]]
        self.ranges = {item["id"]: [str(part[0]) for part in item["issued"]["date-parts"]] for item in items
                       if len(item.get("issued", {}).get("date-parts", [])) > 1}
        self.years = {str(item["issued"]["date-parts"][0][0]) for item in items if item.get("issued", {}).get("date-parts")}
        self.literal_dates = {item["issued"]["literal"] for item in items if "literal" in item.get("issued", {})}
        self.citation = {f"citation {i + 1}": citation for i, citation in enumerate(cited)}

    def cites(self, name):
        return self.citation[name]["cites"] if name in self.citation else []

    def items_of(self, name):
        """The references that an output speaks of."""
        return [self.item[cite["id"]] for cite in self.cites(name)] or [self.item[name]] if name in self.item or self.cites(name) else []


class Style:
    """A style, in the language in which it formats: a tag, or "own"."""

    def __init__(self, path, language):
        self.text = pathlib.Path(path).read_text()
        self.root = ElementTree.fromstring(self.text)
        self.uses_notes = self.root.get("class") == "note"
        self.locale = language if language != "own" else self.root.get("default-locale") or "en-US"

    def terms(self, names):
        """All forms of the terms, in the style's words and in its language's, without stops, in small letters."""
        found = set()
        tags = {self.locale, "en-US"} | {path.stem[8:] for path in (PACKAGE / "locales").glob(f"locales-{self.locale[:2]}*.xml")}
        trees = [ElementTree.parse(PACKAGE / "locales" / f"locales-{tag}.xml") for tag in tags
                 if (PACKAGE / "locales" / f"locales-{tag}.xml").exists()]
        for tree in [self.root, *trees]:
            for term in tree.iter(CSL + "term"):
                if term.get("name") in names:
                    found |= {(part.text or "").strip(" .") for part in [term, *term] if (part.text or "").strip()}
        return {word.casefold() for word in found if word}

    @functools.cached_property
    def page_labels(self):
        """Labels of pages and other numbers."""
        return self.terms({"page"} | {name for label in self.root.iter(CSL + "label") for name in (label.get("variable") or "").split()})

    @functools.cached_property
    def words_for_in(self):
        return self.terms({"in"})

    @functools.cached_property
    def displays_in_groups(self):
        return any(part.get("display") for group in self.root.iter(CSL + "group") for part in group.iter() if part is not group)

    @functools.cached_property
    def dresses_names(self):
        return any(key.startswith(("font-", "text-decoration", "vertical-align")) for name in self.root.iter(CSL + "name") for key in name.keys())

    @functools.cached_property
    def has_macro_case(self):
        return any(text.get("macro") and text.get("text-case") for text in self.root.iter(CSL + "text"))

    @functools.cached_property
    def affixes_within_substitutes(self):
        """Of the names that stand in a cs:substitute."""
        found = {names.get(side) for substitute in self.root.iter(CSL + "substitute") for names in substitute.iter(CSL + "names")
                 for side in ("prefix", "suffix")}
        return sorted((affix for affix in found if affix and affix.strip(" .,;:")), key=len, reverse=True)

    @functools.cached_property
    def sign_for_names(self):
        return next((part.get("subsequent-author-substitute") or "" for part in self.root.iter(CSL + "bibliography")), "")

    @functools.cached_property
    def layout_suffix(self):
        """Of the entries, where parts of them are set apart."""
        for part in self.root.iter(CSL + "bibliography"):
            layout = part.find(CSL + "layout")
            return layout.get("suffix") or "" if layout is not None and "display=" in self.text else ""
        return ""

    @functools.cached_property
    def keeps_given_names(self):
        return 'initialize="false"' in self.text


@functools.lru_cache(maxsize=4)
def style_of(path, language):
    return Style(path, language)


def is_not_latin(piece):
    return not re.search(r"[A-Za-z\u00C0-\u024F0-9]", piece)


# Each takes the document, the style, the name of the output, and both outputs, tidy; and gives both back, altered.


def numbers_as_written(document, style, name, wanted, got):
    for number in document.numbers:
        pattern = re.escape(number).replace("\\-", "[-–‑]")
        wanted, got = re.sub(pattern, number, wanted), re.sub(pattern, number, got)
    return wanted, got


def no_comma_before_institution(document, style, name, wanted, got):
    if not document.last_institutions:
        return wanted, got
    last = "|".join(re.escape(institution).replace("&", "&#38;") for institution in document.last_institutions)
    pattern = r"[,;] ((?:<[^>]*>)?(?:&#38;|[^\W\d]+) )(?=(?:<[^>]*>)?(?:" + last + "))"
    wanted, got = re.sub(pattern, r" \1", wanted, flags=re.I), re.sub(pattern, r" \1", got, flags=re.I)
    pattern = r"[,;] (?=(?:<[^>]*>)?[和と](?:<[^>]*>)?(?:" + last + "))"
    return re.sub(pattern, "", wanted, flags=re.I), re.sub(pattern, "", got, flags=re.I)


def range_of_years(document, style, name, wanted, got):
    """1914–(1918): what stands around a year comes within the range; words around it are torn apart."""
    for years in [document.ranges[item["id"]] for item in document.items_of(name) if item["id"] in document.ranges]:
        whole = re.search(f"{years[0]}–{years[-1]}", plain(got))
        torn = re.search(years[0] + r"([^\d–]{0,16})–(\D{0,16})" + years[-1], plain(wanted))
        if not whole or not torn or torn.group(0) == whole.group(0):
            continue
        rest = collections.Counter(re.sub(r"\W", "", plain(wanted)))
        rest.subtract(re.sub(r"\W", "", plain(got)))
        doubled = collections.Counter(re.sub(r"\W", "", torn.group(1) + torn.group(2)))
        if not {letter: count for letter, count in rest.items() if count} or +rest == doubled and not -rest:
            return got, got
    return wanted, got


def semicolon_between_years(document, style, name, wanted, got):
    if name not in document.citation:
        return wanted, got
    pattern = r"((?:\d|\w\.)[a-z]?(?:<>)?\)?)[ \u00A0\u202F]?; ?(?=\(?(?:<[^>]*>)?(?:\d{3,4}|[a-z]\b|[a-z]+\. ?d\.|[a-z](?:<>)?[,;)]))"
    return re.sub(pattern, r"\1, ", wanted), re.sub(pattern, r"\1, ", got)


def no_printed_form(document, style, name, wanted, got):
    rest = re.sub(r"^.*?\[NO_PRINTED_FORM\]\s*", "", plain(wanted))
    return (got, got) if "[NO_PRINTED_FORM]" in wanted and plain(got).endswith(rest) else (wanted, got)


def looks_of_narrative(document, style, name, wanted, got):
    if not document.citation.get(name, {}).get("narrative"):
        return wanted, got
    return (got, got) if plain(wanted).replace(", (", " (") == plain(got) else (wanted, got)


def narrative_in_notes(document, style, name, wanted, got):
    """The names, and the names again where the note should be."""
    if not (style.uses_notes and document.citation.get(name, {}).get("narrative")):
        return wanted, got
    words = plain(wanted).strip()
    half = len(words) // 2
    names = words[:half].strip(" ,.")
    is_doubled = names and words[half:].strip(" ,.") == names
    begins = re.sub(r"\W", "", plain(got)).startswith(re.sub(r"\W", "", re.sub(r"[^\w]+\w{0,5}\.?$", "", names) if names.endswith((" p", " pp", " S")) else names)[:12])
    return (got, got) if is_doubled and begins else (wanted, got)


def letter_after_words(document, style, name, wanted, got):
    if not (len(document.cites(name)) > 1 and any("prefix" in cite or "suffix" in cite for cite in document.cites(name))):
        return wanted, got
    years = "|".join({str(item["issued"]["date-parts"][0][0]) for item in document.items_of(name) if item.get("issued", {}).get("date-parts")})
    if not years:
        return wanted, got

    def without(words):
        return re.sub(r"[;,]", ",", re.sub(rf"\b(?:{years})(?=(?:<[^>]*>)?[a-h]\b)", "", words))
    return without(wanted), without(got)


def labels_of_nothing(document, style, name, wanted, got):
    """Whether the judge has labels that Lectern has not, and nothing else: a label of a locator in a list has none.
    A word such as "in" beside the label, in a group that has nothing else to say, comes with it."""
    a, b = plain(wanted), plain(got)
    gone = [operation for operation in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if operation[0] != "equal"]

    def is_label(words):
        found = [word.casefold() for word in re.split(r"[ ,.:;()\[\]\u00A0\u202F]+", words) if word]
        return any(word in style.page_labels for word in found) and all(word in style.page_labels | style.words_for_in for word in found)
    if gone and all(operation == "delete" and is_label(a[a1:a2]) for operation, a1, a2, _, _ in gone):
        return got, got
    return wanted, got


def stops_once(document, style, name, wanted, got):
    def once(words):
        words = re.sub(r"([.!?])((?:<[^>]*>)*)\.(?= |<|$)", r"\1\2", words)
        return re.sub(r" ((?:<[^>/d][^>]*>|<>)+)", r"\1 ", words)  # spaces have no look
    return once(wanted), once(got)


def without_case(words):
    return words.casefold().translate(str.maketrans("ı", "i", "\u0307"))


def case_of_macro(document, style, name, wanted, got):
    return (got, got) if style.has_macro_case and without_case(wanted) == without_case(got) else (wanted, got)


def capitals_of_turkish(document, style, name, wanted, got):
    """The capital of a term's i has a dot there (İçinde)."""
    if style.locale[:2] not in ("tr", "az"):
        return wanted, got
    return wanted.replace("İ", "I"), got.replace("İ", "I")


def affixes_before_letters(document, style, name, wanted, got):
    """What stands behind a year stands before its letter too: 2019年a年, 2019 г.a г."""
    years = "|".join(sorted(document.years, key=len, reverse=True))
    pattern = rf"\b({years})(\D{{1,4}}?)((?:<[^>]*>)*[a-h](?:<>)?)\2"
    return re.sub(pattern, r"\1\3\2", wanted), re.sub(pattern, r"\1\3\2", got)


def small_word_in_quotes(document, style, name, wanted, got):
    """The first word within quotes in a title of English, which the judge leaves small behind a straight single quote."""
    quoted = re.findall(r"[“‘«„](?:<[^>]*>)?(\w+)", got)
    titles = " ".join(str(item.get("title", "")) for item in document.items_of(name))
    for word in quoted:
        if f"'{word.lower()}" in titles.lower():
            wanted = re.sub(rf"(?<=[“‘«„]){word.lower()}\b", word, wanted)
    return wanted, got


def hyphens_of_initials(document, style, name, wanted, got):
    if not style.keeps_given_names:
        return wanted, got
    for item in document.items_of(name):
        for given in (person.get("given", "") for names in item.values() if isinstance(names, list) for person in names if isinstance(person, dict)):
            initials = re.fullmatch(r"([A-Z])\.-([A-Z])\.", given)
            if initials:
                pattern = r"\b%s\.?( ?)-?%s(?=[.,; ]|$)" % initials.groups()
                wanted, got = (re.sub(pattern, lambda m: m.group(0).replace("-", "").replace(" ", ""), words) for words in (wanted, got))
    return wanted, got


def literal_date_twice(document, style, name, wanted, got):
    """A date in words is left out where the style has it a second time."""
    for date in document.literal_dates & {item["issued"].get("literal") for item in document.items_of(name) if "issued" in item}:
        if plain(got).lower().count(date.lower()) == plain(wanted).lower().count(date.lower()) + 1:
            at = got.lower().rfind(date.lower())
            for before in range(0, 4):
                without = got[:at - before] + got[at + len(date):]
                if without == wanted:
                    return got, got
    return wanted, got


def brackets_of_notes(document, style, name, wanted, got):
    if not style.uses_notes:
        return wanted, got
    table = str.maketrans("[]", "()")
    return wanted.translate(table), got.translate(table)


def day_without_space(document, style, name, wanted, got):
    """In a range of dates the space between month and day is lost (Apr11)."""
    pattern = r"(–|-)(\d*[^\W\d]{3,}|\d+月)\.? ?(?=\d{1,2}\b)"
    return re.sub(pattern, r"\1\2 ", wanted), re.sub(pattern, r"\1\2 ", got)


def display_in_groups(document, style, name, wanted, got):
    """Blocks of parts that stand within a group are lost."""
    if not style.displays_in_groups:
        return wanted, got
    return tuple(re.sub(r" *((?:<[^>/d][^>]*>|<>)*) +", r"\1 ", re.sub(r"</?div[^>]*>", " ", words)).strip() for words in (wanted, got))


def looks_of_names(document, style, name, wanted, got):
    """The look of cs:name reaches over what stands between names, and over "et al."."""
    return (got, got) if style.dresses_names and plain(wanted) == plain(got) else (wanted, got)


def double_quotes_behind_single(document, style, name, wanted, got):
    """In a title with 'both' "kinds", double quotes behind single ones come as the inner ones."""
    for item in document.items_of(name):
        title = str(item.get("title", ""))
        for quoted in re.findall(r'"([^"]+)"', title) if re.search(r"'\w[^']*'", title) else []:
            pattern = "[“‘«„\"‚][ \u00A0\u202F]?(" + re.escape(quoted) + ")[ \u00A0\u202F]?[”’»“\"‘]"
            wanted, got = re.sub(pattern, r'"\1"', wanted, flags=re.I), re.sub(pattern, r'"\1"', got, flags=re.I)
    return wanted, got


def stop_behind_semicolon(document, style, name, wanted, got):
    pattern = r";((?:<[^>]*>)*)\.(?= |<|$)"
    return re.sub(pattern, r";\1", wanted), re.sub(pattern, r";\1", got)


def comma_twice(document, style, name, wanted, got):
    pattern = r",((?:<[^>]*>)*),"
    return re.sub(pattern, r",\1", wanted), re.sub(pattern, r",\1", got)


def punctuation_of_own_locale(document, style, name, wanted, got):
    """The style's own cs:style-options are not heard."""
    if 'punctuation-in-quote="true"' not in style.text:
        return wanted, got
    pattern = r"([,.])([”’“]+)"
    return re.sub(pattern, r"\2\1", wanted), re.sub(pattern, r"\2\1", got)


def delimiter_behind_stop(document, style, name, wanted, got):
    pattern = r"(\.(?:<[^>]*>)*)[;,](?= )"
    return re.sub(pattern, r"\1", wanted), re.sub(pattern, r"\1", got)


def space_behind_stop(document, style, name, wanted, got):
    pattern = r"(\.(?:<[^>]*>)*) ?((?:<[^>]*>)*)(?=[^\W\d]{2})"
    return re.sub(pattern, r"\1\2 ", wanted), re.sub(pattern, r"\1\2 ", got)


def stops_within_words(document, style, name, wanted, got):
    """strip-periods leaves the stop of Ramps.org."""
    if 'strip-periods="true"' not in style.text:
        return wanted, got
    for item in document.items_of(name):
        for word in re.findall(r"[^\W\d]+\.[^\W\d]{2,}", str(item.get("container-title", ""))):
            wanted, got = wanted.replace(word, word.replace(".", "")), got.replace(word, word.replace(".", ""))
    return wanted, got


def title_case_of_others(document, style, name, wanted, got):
    """In styles of another language than English."""
    is_english = style.locale.startswith("en")
    return (got, got) if not is_english and 'text-case="title"' in style.text and wanted.casefold() == got.casefold() else (wanted, got)


def editors_who_translate(document, style, name, wanted, got):
    """variable="translator editor": the same person is named twice."""
    for item in document.items_of(name):
        if not item.get("editor") or item["editor"] != item.get("translator") or "translator editor" not in style.text:
            continue
        a, b = plain(wanted), plain(got)
        start = len(os.path.commonprefix([a, b]))
        end = len(os.path.commonprefix([a[:start - len(a) - 1:-1], b[:start - len(b) - 1:-1]]))
        family = item["editor"][0]["family"]
        if a.casefold().count(family.casefold()) == b.casefold().count(family.casefold()) + 1 and len(a) - start - end < 60:
            return got, got
    return wanted, got


def affixes_of_substitutes(document, style, name, wanted, got):
    """<names variable="editor" suffix="(ed)"/> in a cs:substitute: its own affixes are lost."""
    for affix in style.affixes_within_substitutes:
        affix = html.escape(affix, quote=False).replace("&amp;", "&#38;")
        if affix in got:
            wanted, got = wanted.replace(affix, ""), got.replace(affix, "")
    return wanted, got


def is_of_nobody(item):
    return not any(isinstance(value, list) for value in item.values())


def sign_for_terms(document, style, name, wanted, got):
    """A term or title in the authors' place comes again, and is no name that a sign could stand for."""
    sign = style.sign_for_names
    if not sign or name not in document.item or not is_of_nobody(document.item[name]) or sign not in got:
        return wanted, got
    before, _, rest = got.partition(sign)
    return (got, got) if wanted.startswith(before) and wanted.endswith(rest) and len(wanted) - len(before) - len(rest) < 40 else (wanted, got)


def term_again(document, style, name, wanted, got):
    """(Anon 1911, Anon 2001), where cites of one author collapse."""
    first = re.match(r"[(\[]?((?:<[^>]*>)?[^\W\d][^\d(,;]*?),? ?(?=[(\d])", wanted)
    if 'collapse="year' not in style.text or not first or sum(map(is_of_nobody, document.items_of(name))) < 2:
        return wanted, got
    return wanted[:first.end()] + re.sub(re.escape(first.group(1)) + ",? ?", "", wanted[first.end():]), got


def suffix_behind_blocks(document, style, name, wanted, got):
    """The suffix of the layout, where what stands last is not set apart."""
    suffix = style.layout_suffix.rstrip()
    return (got, got) if suffix and name in document.item and "<div" in got and got == wanted + suffix else (wanted, got)


def order_of_apostrophes(document, style, name, wanted, got):
    """'t Hooft in languages whose apostrophe is not the straight one."""
    if name != "order":
        return wanted, got
    led = {key for key, item in document.item.items() if any(isinstance(value, list) and value and isinstance(value[0], dict)
                                                             and str(value[0].get("family", "")).startswith("'") for value in item.values())}
    return tuple(" ".join(key for key in words.split() if key not in led) for words in (wanted, got))


KINDS = [
    (no_printed_form, "no words of authors for narrative citations in styles that cite by number", "none", "has the number alone"),
    (narrative_in_notes, "for narrative citations in styles of notes, names where the note should be", "none", "names, and the note without them"),
    (looks_of_narrative, "looks of authors' names are lost in narrative citations, and a comma is left behind them", "Formatting", "keeps and drops them"),
    (numbers_as_written, "hyphens in the numbers of reports become dashes (14289–1)", "Text (a variable as it is written)", "keeps them"),
    (no_comma_before_institution, "the comma before an institution that comes last is lost", "Name (delimiter-precedes-last)", "has it"),
    (range_of_years, "affixes of years within ranges come twice, 1914–(1918), and their words are torn apart", "Date-part", "has them once"),
    (day_without_space, "within ranges of days the space before the second is lost (Apr11)", "Date-part", "has it"),
    (semicolon_between_years, "two years of the same authors stand between semicolons where neither has a page",
     "cite-group-delimiter (a comma, if none is given)", "has the comma"),
    (letter_after_words, "a letter stands alone behind an author's own words (1998b, passim, see a)", "Collapsing is silent", "writes the year"),
    (stops_once, "a full stop follows another, or a question mark, where looks change between them", "none", "has one"),
    (small_word_in_quotes, "the first word of 'quoted words' within a title stays small", "Text-case (title)", "has a capital"),
    (hyphens_of_initials, "initials that are written so lose their hyphen where initialize is false (K.L.)", "Name (initialize)", "keeps it"),
    (brackets_of_notes, "in notes, a bracket that a style leaves open turns those of all later outputs square", "none", "leaves them as they are"),
    (display_in_groups, "parts within a group are not set apart", "Display (may stand on any rendering element)", "sets them apart"),
    (looks_of_names, "the look of cs:name reaches over what stands between names and over et al.", "Name (formatting)", "looks of each name"),
    (double_quotes_behind_single, "double quotes behind 'single' ones in one title come as inner quotes", "none", "has them as outer ones"),
    (stop_behind_semicolon, "a full stop follows a semicolon", "none", "has the semicolon alone"),
    (comma_twice, "a comma follows a comma", "none", "has one"),
    (punctuation_of_own_locale, "punctuation-in-quote of the style's own locale is not heard", "Style-options", "hears it"),
    (delimiter_behind_stop, "a delimiter behind the full stop of an affix is lost (Small Library. Weathervane)", "Delimiter", "has both"),
    (space_behind_stop, "a space behind a full stop is lost (Short road.Heron)", "none", "has it"),
    (stops_within_words, "strip-periods leaves full stops within words (Ramps.org)", "Strip-periods", "takes them out"),
    (title_case_of_others, "title case in styles whose language is not English", "Text-case (title): items are no English then", "has none"),
    (editors_who_translate, "variable=\"translator editor\" names the same person twice", "Names (editortranslator)", "names them once"),
    (labels_of_nothing, "a label whose variable is empty is shown", "Label (only if the variable is not empty)", "shows none"),
    (affixes_of_substitutes, "affixes of cs:names within cs:substitute are lost (Reed (ed.) for Reed (ed.)(ed))", "Names (affixes)", "has them"),
    (sign_for_terms, "a term in the authors' place comes again where subsequent-author-substitute has a sign", "Reference-grouping", "has the sign"),
    (term_again, "a term in the authors' place comes again where cites collapse (Anon 1911, Anon 2001)", "Cite-collapsing", "drops it"),
    (suffix_behind_blocks, "the layout's suffix is lost where what stands last has no display", "Affixes", "has it"),
    (order_of_apostrophes, "in French and Russian, 't Hooft stands as if the apostrophe and the space were not there", "Sorting is silent", "by t"),
    (literal_date_twice, "a date in words (in press) is left out where the style has it again", "Date", "has it"),
    (capitals_of_turkish, "in Turkish, a term's first i loses its dot as a capital (Içinde)", "Text-case is silent; Unicode, SpecialCasing", "has İ"),
    (affixes_before_letters, "what the language writes behind years comes before their letters too (2019年a年)", "Date-part", "has it once"),
    (case_of_macro, "text-case of a macro is lost", "Text-case (may stand on cs:text)", "has it"),
]
ITALICS = ("italics are lost in scripts without Latin letters", "Formatting (font-style holds for all text)", "keeps them")
SEVERAL = "several of these at once"


def words_of(kind):
    return kind[1]


def error_of_judge(document, style, name, wanted, got):
    """Which kind explains all that differs; None: none does."""
    for kind in KINDS:
        a, b = kind[0](document, style, name, wanted, got)
        if a == b:
            return words_of(kind)
    for kinds in (KINDS, KINDS[::-1]):
        a, b = wanted, got
        for kind in kinds:
            a, b = kind[0](document, style, name, a, b)
            if a == b:
                return SEVERAL
    return None


def main():
    print("| citeproc-js | the clause of CSL 1.0.2 | pandoc 3.9 |\n| --- | --- | --- |")
    for what, clause, pandoc in itertools.chain((kind[1:] for kind in KINDS), [ITALICS]):
        print(f"| {what} | {clause} | {pandoc} |")


if __name__ == "__main__":
    main()
