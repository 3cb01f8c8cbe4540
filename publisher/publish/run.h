/* Run: one article in one language on its way through the stages. Of publish/ alone. */
#ifndef LECTERN_PUBLISH_RUN_H
#define LECTERN_PUBLISH_RUN_H

#include "base/budget.h"
#include "base/report.h"
#include "cite/cite.h"
#include "document/document.h"
#include "layout/pages.h"
#include "publish/publish.h"
#include "publish/styles.h"
#include "publish/translations.h"

/* The article in one profile. */
struct edition {
    const struct profile *profile;
    struct theme theme;
    struct pages pages, sheets;        /* as they are read; as they are printed */
    struct buffer files[FORMAT_COUNT]; /* of the first edition also those that are made once */
};

/* One run of one article; everything it needs and everything it must give back. */
struct publish_run {
    struct arena arena; /* document and report */
    struct arena pages_arena;
    struct report report;
    struct budget budget;
    struct document document;
    struct translated translated,
        second_translated; /* of an edition in two languages, its second */
    struct document second;
    enum missing_policy missing;
    const struct publish_options *options; /* NULL: the article is read alone */
    struct theme_file house;
    struct styles styles;
    struct cite_wording wording;
    struct edition editions[MOST_PROFILES];
    size_t edition_count;
    unsigned lacking;                /* FORMAT_…: could not be made, which is reported */
    struct publication *publication; /* what is given back; NULL: nothing is published */
    text failure;                    /* of the system, in a line */
};

/* A run with nothing read yet, and its budget: seconds as budget_begin takes them. */
void run_init(struct publish_run *run, unsigned seconds);
/* Whether the budget allows to go on with the next stage; else that is reported. */
MUST_CHECK bool run_goes_on(struct publish_run *run);
/* Lets go of the document, the pages and the files. */
void run_release(struct publish_run *run);
/* Moves what was found in composed articles to where it comes from; before the report is shown. */
void run_map_report(struct publish_run *run);
/* What was reported, as it is printed, in that arena. */
text run_words(struct publish_run *run, struct arena *arena);
/* What the run comes to: the input's fault where an error was reported. */
MUST_CHECK enum outcome run_outcome(const struct publish_run *run);
/* Says what was reported, and lets go of everything. */
MUST_CHECK enum outcome run_end(struct publish_run *run, enum outcome outcome);
/* Reads both languages of an edition into the run's document, whose folder is open (bilingual.c).
 */
MUST_CHECK bool run_read_bilingual(struct publish_run *run, const struct article *article,
                                   text shown);
/* What a translation says about itself at its head is added. */
MUST_CHECK bool run_read_translation(struct publish_run *run, const struct article *article,
                                     text shown, struct document *document,
                                     struct translated *translated);
/* The stages up to the finished tree. Without a tree (false) everything is reported already. */
MUST_CHECK bool run_read(struct publish_run *run, const struct article *article);
/* The theme of each profile. */
bool run_resolve_themes(struct publish_run *run, const struct publish_options *options);
/* Those shared by all, or new ones; NULL, and the failure says why in that arena, where there are
   none. */
struct fonts *run_open_fonts(struct publish_run *run, const struct publish_options *options,
                             struct arena *arena);
/* Lays the article out in each profile. */
bool run_lay_out(struct publish_run *run, struct fonts *fonts);
/* The stages from the finished tree on, and the files: all of them or none (publish.h). */
MUST_CHECK enum outcome run_make_outputs(struct publish_run *run,
                                         const struct publish_options *options);

#endif
