/* What the files of the report share. Everything from the inspected file goes through
   report_words or report_text: the files are hostile. */
#ifndef LECTERN_INSPECT_REPORT_PARTS_H
#define LECTERN_INSPECT_REPORT_PARTS_H

#include "base/limits.h"
#include "inspect/report/report.h"

enum {
    PART_ROW = 1,    /* an element with a line of its own among the tags of its page */
    PART_FOLDED = 2, /* an only child: it is named on its parent's line */
    PART_UNIT = 4,   /* what is numbered as one */
};

/* A finding at the element whose line shows it. */
struct mention {
    uint32_t row;
    uint32_t finding;
};

/* A block of a page's content in reading order; its number is its place in the list, from 1. */
struct reading_block {
    uint32_t unit; /* node */
    struct box box;
};

struct inspection_report {
    const struct inspection *inspection;
    const struct page_picture *pictures; /* NULL: there are none */
    struct buffer *out;
    struct buffer scratch; /* words of a node */
    struct arena *arena;
    uint8_t *parts;               /* by node */
    uint32_t *numbers;            /* by node: of units, its number on the page at hand */
    uint32_t *by_page;            /* nodes, page after page, those on no page first */
    size_t *page_starts;          /* in by_page, by page; one more than there are pages + 1 */
    uint8_t *was_shown;           /* by node: its line is there, with its id */
    struct reading_block *blocks; /* of the page at hand */
    size_t block_count, block_capacity;
    struct mention *mentions; /* sorted */
    size_t mention_count;
    size_t rows;        /* shown so far */
    size_t image_bytes; /* of images of an EPUB, so far */
};

/* markup.c */

/* Appends the words as characters of HTML, quotation marks included: for content and for attribute
   values in double quotes. What HTML does not admit becomes a space or U+FFFD. */
void report_text(struct buffer *out, text words);
/* The same, cut where it is longer than LIMIT_REPORT_WORDS. */
void report_cut(struct buffer *out, text words);
/* The lines of a page, cut where they are longer than LIMIT_REPORT_PAGE_WORDS. */
void report_lines(struct buffer *out, text words);
/* ` lang="fr"` where the tag can be one. */
void report_language(struct buffer *out, text language);
/* <span> with its language, where it is not the report's, and its direction: words from the file.
   Nothing where there are none. */
void report_words(struct inspection_report *report, text words, text language);
/* All that is read of a node, in a span; "(no words)" where there is nothing. */
void report_node_words(struct inspection_report *report, uint32_t node);
/* "page iv", "file a.xhtml"; a link to its section. */
void report_page_link(struct inspection_report *report, uint32_t page);
/* "Page", "File". */
const char *report_page_word(const struct inspection_report *report);
/* What a role is in plain words: "paragraph"; NULL: nothing better than its name. */
const char *report_role_words(text role);
/* Opens and ends a section: its heading, and its id for links. level: 2, 3. */
void report_section(struct inspection_report *report, const char *id, const char *heading);
/* Ends the section that was opened last. */
void report_section_end(struct inspection_report *report);
/* "<li>and N more</li>" where N is not 0. */
void report_more(struct inspection_report *report, size_t count);

/* index.c */

/* index.c: numbers and sorts what the parts of the report ask for; before they are written. */
void report_index(struct inspection_report *report);
/* The element whose line shows the node; 0: none. */
uint32_t report_row(const struct inspection_report *report, uint32_t node);
/* Whose number the content has: a list item, a cell, a paragraph. */
uint32_t report_unit(const struct inspection_report *report, uint32_t node);
/* The blocks of a page into report->blocks. */
void report_blocks(struct inspection_report *report, uint32_t page);
/* The node's number on the page at hand; 0: none. */
uint32_t report_number(const struct inspection_report *report, uint32_t node);
/* Whether the element is a picture that wants an alternative text. */
bool report_is_figure(const struct inspection *inspection, uint32_t node);
/* What is painted of an element on its page. */
struct box report_box(const struct inspection *inspection, uint32_t node);

/* overlay.c */

/* A box of the page as its picture has it: points from the upper left of the turned page, within
   it; x0 > x1: nothing of it is on the page. */
struct box report_place(const struct inspection_page *page, struct box box);
/* The picture with the reading order over it, or why there is none. */
void report_picture(struct inspection_report *report, uint32_t page);
/* What is cut out of the page's picture around the element; false: there is no picture. */
bool report_crop(struct inspection_report *report, uint32_t node, const char *name);
/* An image of an EPUB; false: it has none. */
bool report_epub_image(struct inspection_report *report, uint32_t node);

/* tags.c: the tags on a page, or those on none (0). */
void report_tags(struct inspection_report *report, uint32_t page);

/* Sections. */
void report_summary(struct inspection_report *report);   /* report.c */
void report_findings(struct inspection_report *report);  /* checks.c */
void report_criteria(struct inspection_report *report);  /* checks.c */
void report_checks(struct inspection_report *report);    /* checks.c */
void report_worth(struct inspection_report *report);     /* lists.c */
void report_fields(struct inspection_report *report);    /* lists.c; of a PDF */
void report_pages(struct inspection_report *report);     /* pages.c */
void report_figures(struct inspection_report *report);   /* lists.c */
void report_headings(struct inspection_report *report);  /* lists.c */
void report_links(struct inspection_report *report);     /* lists.c */
void report_tables(struct inspection_report *report);    /* tables.c */
void report_bookmarks(struct inspection_report *report); /* lists.c */
void report_worksheet(struct inspection_report *report); /* worksheet.c */

/* style.c */
extern const char *const report_style[]; /* ends with NULL */
extern const char report_script[], report_patterns[];

#endif
