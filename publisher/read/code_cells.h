/* Code cells: code that a program runs before it publishes, as Quarto, R Markdown and MyST have it.
   Lectern runs nothing. A cell is shown as code or left out, as its options say; what it would have
   shown is told by one warning; a figure that it would have drawn leaves its caption and its
   alternative text, so that references to it lead somewhere. */
#ifndef LECTERN_READ_CODE_CELLS_H
#define LECTERN_READ_CODE_CELLS_H

#include "read/build.h"

/* Words that an option gives, and where they stand: line of the article and column, from 1. */
struct cell_words {
    text words;
    uint32_t line, column;
};

struct cell_options {
    bool hides_code;   /* echo: false */
    bool hides_all;    /* include: false */
    bool is_not_run;   /* eval: false */
    bool hides_output; /* output: false, results: hide */
    bool has_child;    /* another file stands in its place */
    text label;
    struct cell_words figure, table, listing; /* captions */
    struct cell_words alternative;
    struct cell_words *parts; /* captions of the parts of a figure; may be empty */
    size_t part_count, part_capacity;
    bool is_captioned_by_code; /* `kable(x, caption = "…")` */
};

/* A cell as it stands in the source. */
struct cell_source {
    text info; /* "{r, echo=FALSE}" */
    text code;
    uint32_t line; /* of the article: that of the fence */
};

/* Whether the words behind a fence begin a cell; *language: what its code is written in, *options:
   the words in the braces behind its name. */
bool cell_find(text info, text *language, text *options);
/* Reads the options of a cell over those that are there. Returns its code without them; *fault:
   the line of options that are no YAML, or 0. */
text cell_read_options(const struct reader *reader, const struct cell_source *source, text words,
                       struct cell_options *options, uint32_t *fault);
/* The caption of a table that the code of a cell with a label gives to the function that makes it:
   bookdown's `\\@ref(tab:label)` leads there. */
void cell_find_caption(const struct reader *reader, const struct cell_source *source,
                       struct cell_options *options);
/* Options for all cells after one that says `opts_chunk$set(…)`. */
void cell_read_defaults(text code, struct cell_options *defaults);
/* One option; false where a value is no word. */
void cell_set_option(struct cell_options *options, text key, text value);

/* Over the tree as the parser left it. */
void code_cells_expand(struct dialect *dialect, cmark_node *tree);
/* What became of a file that a cell shows (the paragraph in it holds the words of its brackets),
   and of a figure that is not there. */
struct node *code_cell_enter_picture(struct builder *builder, const struct mark *mark,
                                     struct span span);
/* What a notebook puts out as words: the box that they go into, built. */
struct node *code_cell_enter_words(struct builder *builder, const struct mark *mark,
                                   struct span span);

#endif
