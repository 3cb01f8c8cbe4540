"""Run by pdf-readers.test in the Python of the judges.
usage: pdf_readers.py read FILE QUERIES   how often PDFium and MuPDF find each of the queries, and their text, as JSON
       pdf_readers.py typst SOURCE FILE   FILE by Typst"""
import json
import sys

import pymupdf
import pypdfium2
import typst


def in_pdfium(page, query):
    search = page.search(query, match_case=True)
    count = 0
    while search.get_next():
        count += 1
    return count


def read(file, queries):
    pdf = pypdfium2.PdfDocument(file)
    pages = [page.get_textpage() for page in pdf]
    document = pymupdf.open(file)
    return {
        "PDFium": {"counts": [sum(in_pdfium(page, query) for page in pages) for query in queries],
                   "text": "\n\f".join(page.get_text_range() for page in pages)},
        "MuPDF": {"counts": [sum(len(page.search_for(query)) for page in document) for query in queries],
                  "text": "\n\f".join(page.get_text() for page in document)},
    }


if sys.argv[1] == "typst":
    typst.compile(sys.argv[2], output=sys.argv[3], font_paths=["/usr/share/fonts"])
else:
    with open(sys.argv[3], encoding="utf-8") as file:
        json.dump(read(sys.argv[2], json.load(file)), sys.stdout)
