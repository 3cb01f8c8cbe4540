/* Fields: the parts of a reference as formatted runs. */
#ifndef LECTERN_CITE_FIELDS_H
#define LECTERN_CITE_FIELDS_H

#include "cite/style.h"

/* A title with the markup that CSL-JSON allows in it: <i>, <b>, <sup>, <sub>, and <span> for small
   capitals and nocase (CSL-JSON, "HTML-like formatting tags"). Other angle brackets are characters.
   look and language hold for all of it. */
void fields_add_title(struct arena *arena, struct style_runs *runs, text title, unsigned look,
                      text language);
/* A title without its markup. */
text fields_plain_title(struct arena *arena, text title);
/* "Abi Chahine NH": family name, then initials where the script has them. */
text fields_name(struct arena *arena, const struct reference_name *name);
/* "Abi Chahine": what a sentence calls the author. */
text fields_family(struct arena *arena, const struct reference_name *name);
/* "90–95": a dash between the numbers of a range. */
text fields_pages(struct arena *arena, text pages);
/* "2016", "2016–2018", "circa" left out; empty: no year is known. */
text fields_year(struct arena *arena, const struct reference *reference);
/* The address of a DOI, however it is written, percent-encoded; empty: not a DOI. */
text fields_doi_url(struct arena *arena, text doi);
/* The address of an article in PubMed Central; empty: not a PMCID. */
text fields_pmcid_url(struct arena *arena, text pmcid);
/* True for http and https addresses without white space or controls. */
bool fields_is_web_address(text url);

#endif
