"""The sample article, its body repeated, for Lectern and translated for its peers."""
import json
import re
import subprocess


def split(article):
    """(front matter with its lines of hyphens, body)"""
    end = article.index("\n---\n", 4) + 5
    return article[:end], article[end:]


def numbered(body, number):
    """The body with ids and labels of its own: all ids, and what points to them."""
    for pattern in (r"(\{#[^\s}]+)", r"(\]\(#[^)\s]+)", r'(longdesc="#[^"]+)', r"(\[\^[^\]]+)"):
        body = re.sub(pattern, rf"\1-{number}", body)
    return body


def repeat(article, times):
    front, body = split(article)
    return front + "".join(numbered(body, number) + "\n" for number in range(1, times + 1))


def for_pandoc(article):
    """The same in Pandoc's own dialect: captions of figures, the title of the video box, abbreviations."""
    article = re.sub(r'^!\[([^\]]*)\]\(([^)]+)\)\{(#\S+)[^}]*\}\n\n: (.*)$', r'![\4](\2){\3 alt="\1"}', article, flags=re.M)
    article = re.sub(r'^::: \{\.video title="([^"]*)"[^}]*\}$', r"::: {.video}\n**\1**\n", article, flags=re.M)
    return re.sub(r"\{abbr=", "{title=", article)


# Typst's own typography: another font or size would only slow it down.
TYPST = """#set document(title: {title}, author: {author}, description: {description}, keywords: {keywords})
#set text(lang: "en")
#set page(paper: "a4", numbering: "1", header: [#{title}])
#set table(stroke: 0.5pt, align: left)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure: set block(breakable: true)
#title()
#{subtitle}

#{author}

#outline()

{body}

#bibliography("references.bib", style: "vancouver")
"""


def typst(pandoc, folder, article):
    """The Typst source: what Pandoc makes of the body, under a head of our own."""
    def run(*arguments, text):
        return subprocess.run([pandoc, *arguments], cwd=folder, input=text, capture_output=True, text=True, check=True).stdout

    plain = for_pandoc(article)
    body = run("-f", "markdown", "-t", "typst", "--wrap=preserve", "--columns=100000", text=plain)
    meta = json.loads(run("-f", "markdown", "-t", "json", text=split(plain)[0]))["meta"]

    def words(value):
        if value["t"] in ("MetaInlines", "MetaString"):
            parts = value["c"] if isinstance(value["c"], list) else [{"t": "Str", "c": value["c"]}]
            return "".join(part["c"] if part["t"] == "Str" else " " for part in parts)
        return [words(item) for item in value["c"]]

    def string(key):
        return json.dumps(words(meta[key]), ensure_ascii=False)

    keywords = "(" + "".join(json.dumps(word) + "," for word in words(meta["keywords"])) + ")"
    for alt, picture in set(re.findall(r"^!\[([^\]]*)\]\(([^)]+)\)", article, flags=re.M)):  # Pandoc leaves it out
        body = body.replace(f'image("{picture}"', f'image("{picture}", alt: {json.dumps(alt)}')
    (folder / "references.bib").write_text(run("-f", "csljson", "-t", "biblatex", text=(folder / "references.json").read_text()))
    return TYPST.format(title=string("title"), author=string("author"), description=string("description"), keywords=keywords,
                        subtitle=string("subtitle"), body=body)
