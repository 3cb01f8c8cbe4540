/* Summary: what may be said of a publication's accessibility, in words; each sentence stands only
   where the facts bear it out. */
#ifndef LECTERN_CLAIMS_SUMMARY_H
#define LECTERN_CLAIMS_SUMMARY_H

#include "claims/facts.h"

/* The author's own summary, else sentences in the document's language, or in English where Lectern
   does not speak it. *language: what it is in, where it is not the document's; else empty. */
text claims_summary(const struct document *document, const struct facts *facts, bool has_pages,
                    struct arena *arena, text *language);

/* EPUB Accessibility 1.1, 3.5.2: these very words. Conformance is a person's claim: it stands only
   where the front matter names who makes it. */
#define CLAIMS_CONFORMANCE "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

/* Whether the author says that nothing flashes, moves or sounds, or nothing can. */
bool claims_is_calm(const struct metadata *metadata, const struct facts *facts);
/* Whether the front matter names that hazard, or that there is none. */
bool claims_is_declared(const struct metadata *metadata, const char *hazard);

#endif
