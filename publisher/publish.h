/* Publish: one article in one language, through all stages, to its outputs. */
#ifndef LECTERN_PUBLISH_H
#define LECTERN_PUBLISH_H

#include "base/text.h"
#include "cite/format.h"
#include "layout/fonts.h"
#include "pdf/pdf.h"
#include "theme/theme.h"
#include "translate/compose.h"

enum {
    FORMAT_PDF = 1,
    FORMAT_EPUB = 2,
};

enum { MOST_PROFILES = 8 };

/* The exit codes of the program. */
enum outcome { OUTCOME_DONE = 0, OUTCOME_INPUT = 1, OUTCOME_USAGE = 2, OUTCOME_SYSTEM = 3 };

struct publish_options {
    unsigned formats; /* FORMAT_… */
    /* The profiles to publish in; none: the front matter's, else standard. */
    const struct profile *profiles[MOST_PROFILES];
    size_t profile_count;
    const char *theme; /* a house theme's file; NULL: the front matter's, else none */
    double paper_width, paper_height; /* points; 0: the theme's */
    enum pdf_standard standard;
    const text *languages; /* the only ones to publish; none: all */
    size_t language_count;
    enum missing_policy missing; /* what becomes of words that are not translated */
    const char *output; /* folder; made when the first file is ready */
    text source_date; /* "2026-01-31T00:00:00Z" from SOURCE_DATE_EPOCH; empty: the article's date */
    const char *fonts; /* Lectern's fonts/ folder */
};

/* An article as it stands on the disk. */
struct article {
    text folder; /* "source/cerebral-palsy" */
    text file;   /* "article.md" */
    text name;   /* "cerebral-palsy" */
    /* Translated: "fr", and its catalogue in the folder, "po/fr.po"; empty: in its own language. */
    text language, catalogue;
};

/* Whether the options ask for that language. */
bool publish_wants_language(const struct publish_options *options, text language);
/* Reads, checks and writes; nothing where the article is in a language that is not wanted. Diagnostics go to standard error, the names of the files written to
   standard output. There is a PDF for each profile, NAME.LANGUAGE.pdf for standard and
   NAME.LANGUAGE.PROFILE.pdf for the others, and one EPUB, whose page list is that of the first.
   Either all outputs that were asked for are replaced, or none. */
enum outcome publish_article(const struct article *article, const struct publish_options *options);
/* Reads and checks; writes nothing. Of the options it heeds languages and missing. */
enum outcome publish_check(const struct article *article, const struct publish_options *options);
/* Writes the tree to standard output as text: what was read, also where the input has errors. */
enum outcome publish_dump(const struct article *article, const struct publish_options *options);

/* Writes the references of a file (any format of references/) to standard output, worded by a style:
   a name or a path as styles_load takes it; empty: the plain numeric one. */
enum outcome publish_references(const char *path, text style, text language,
                                enum cite_format format);

#endif
