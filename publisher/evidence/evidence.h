/* Evidence: what was checked of a publication, by what, what was found, and what only a person can
   judge; and the statement of accessibility that follows from it. Nothing is said that was not
   checked: a rule with nothing in the document to look at has not passed, and a file is said to be
   made to a standard, not to conform to it, which its validators and people decide. */
#ifndef LECTERN_EVIDENCE_EVIDENCE_H
#define LECTERN_EVIDENCE_EVIDENCE_H

#include "base/report.h"
#include "document/document.h"

struct evidence_file {
    text name, format; /* "leaflet.en.pdf", "pdf" */
    text profile;      /* of a PDF; else empty */
    text standards;    /* that it is made to: "PDF/UA-1, PDF/A-2a"; may be empty */
    size_t bytes;
    const char *digest; /* SHA-256 in hexadecimal */
    bool is_laid_out;   /* on pages, or with a list of them */
    bool is_braille;
};

struct evidence {
    const struct document *document;
    const struct report *report;
    const struct evidence_file *files;
    size_t file_count;
    const char *version;   /* Lectern's */
    const char *libraries; /* "cairo 1.16.0,pango 1.50.12" */
    bool has_pages;        /* the EPUB has a list of printed pages */
    bool is_translation;
};

/* Appends it as JSON (RFC 8259). False: the buffer is full. */
MUST_CHECK bool evidence_write(const struct evidence *evidence, struct buffer *out);
/* statement.c: appends the statement as an HTML page in the document's language. */
MUST_CHECK bool evidence_write_statement(const struct evidence *evidence, struct arena *arena,
                                         struct buffer *out);

#endif
