/* References: files of references in any of the formats that people have → struct reference, with
   CSL's types and field names (CSL 1.0.2, appendices III and IV).

     json.c, yaml.c    CSL-JSON, CSL-YAML → items with places, in the file's own structure
     item.c            items → references
     bibtex.c          BibTeX and BibLaTeX → entries; bibtex_reference.c: entries → references
     latex.c           LaTeX's accents and commands → characters and CSL's rich text
     ris.c, nbib.c     RIS and PubMed's format → references; tagged.c: their lines
     xml.c             XML → elements with places; endnote.c, mods.c: elements → references
     dates.c           EDTF, and dates in words
     write.c           references → CSL-JSON, BibTeX, BibLaTeX, RIS (json_write.c and so on) */
#ifndef LECTERN_REFERENCES_REFERENCES_H
#define LECTERN_REFERENCES_REFERENCES_H

#include "base/report.h"
#include "document/reference.h"

enum reference_format {
    REFERENCES_JSON,
    REFERENCES_YAML,
    REFERENCES_BIBTEX,
    REFERENCES_RIS,
    REFERENCES_NBIB,
    REFERENCES_XML, /* EndNote's or MODS */
    REFERENCES_UNKNOWN,
};

struct reference_list {
    struct reference **items; /* in the file's order */
    size_t count, capacity;
};

/* By the end of the file's name: .json .yaml .yml .bib .bibtex .ris .nbib .xml .mods */
enum reference_format references_format(text name);
/* By how they begin: of what has no name, from a pipe. */
enum reference_format references_format_of(text bytes);
/* A hint where the name tells none. */
#define REFERENCES_ENDINGS_HINT "give it the ending .json, .yaml, .bib, .ris, .nbib or .xml"
/* Adds what the bytes hold to the list. file: the source that report_add_source gave for them; the
   bytes must outlive the report. Everything else is in the arena. What is wrong is reported
   (`references-syntax`, `reference-field`, `reference-duplicate`, `utf8-invalid`) and the rest is
   read on. References without an id get one that no other of the list has; one that was made before
   becomes another where these bytes write it. */
void references_read(struct arena *arena, struct report *report, uint32_t file, text bytes,
                     enum reference_format format, struct reference_list *list);

#endif
