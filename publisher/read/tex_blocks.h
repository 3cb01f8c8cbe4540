/* Blocks of LaTeX, as papers in Markdown hold them: figures, tables, lists, quotations, code. They
   are written as Markdown before the parser sees them, each byte knowing where it stands in the
   source (base/assembled.h), so that one reader makes the nodes, tells what is wrong with them and
   gives their words to translators. What cannot be written so stays as it is, and is told.

   tex_blocks.c   finds them, line by line
   tex_flow.c     lists, quotations and boxes, and what stands in them
   tex_prose.c    words
   tex_floats.c   figures, and what tables have around them
   tex_tabular.c  rows and cells
   tex_code.c     code */
#ifndef LECTERN_READ_TEX_BLOCKS_H
#define LECTERN_READ_TEX_BLOCKS_H

#include "base/buffer.h"
#include "read/reader.h"

enum { TEX_MOST_GROUPS = 32, TEX_MOST_PICTURES = 16, TEX_LONGEST_BLOCK = 1024 * 1024 };

/* Keeps a list from going on in the next one, and says nothing. */
#define TEX_BETWEEN_LISTS "<!-- -->"

struct tex_writer {
    struct reader *reader;
    text source;
    const struct assembled *before; /* of what the source is put together; NULL: it is a file */
    struct assembled *assembled;
    struct buffer out;
    bool has_chapters; /* sections stand below them */
};

/* Where the writer stood, to go back to. */
struct tex_mark {
    size_t length, run_count;
};

enum tex_form {
    TEX_FLOW, /* paragraphs */
    TEX_LINE, /* all in one line */
    TEX_CELL, /* the same, between bars */
};

/* How words are written. */
struct tex_line {
    enum tex_form form;
    text prefix;        /* of each line */
    unsigned line_ends; /* before the next words; within one line: 1 is a space */
    size_t break_at;    /* of the `\\` that ends the line before them; 0: none does */
    bool is_after_list; /* the last that was written is one, which the next one would go on */
    bool is_begun;      /* the line has its prefix */
    bool is_fresh;      /* and the mark of an item, and nothing more */
    bool is_silent;     /* a label alone begins the paragraph: what follows touches it */
    const char *groups[TEX_MOST_GROUPS]; /* what ends those that are open */
    size_t depth;
};

/* Bytes from..to of the source; empty: none. */
struct tex_range {
    size_t from, to;
};

/* Bytes of the source as they are. */
void tex_copy(struct tex_writer *writer, size_t from, size_t to);
/* Bytes that stand for the one at the offset. */
void tex_make(struct tex_writer *writer, size_t at, text words);
/* Where the writer stands. */
struct tex_mark tex_mark(const struct tex_writer *writer);
/* Forgets all that was written since. */
void tex_go_back(struct tex_writer *writer, struct tex_mark mark);
/* What stands before the next words: line ends and the prefix. at: of those words. */
void tex_begin_words(struct tex_writer *writer, struct tex_line *line, size_t at);
/* The same, and an empty line before them. */
void tex_begin_block(struct tex_writer *writer, struct tex_line *line, size_t at);

/* Whether the `%` at the offset begins a comment. One behind a digit or within a word is more
   likely Markdown's: `100% of all`, `http://x/a%20b`. */
bool tex_is_comment(text source, size_t at);
/* The end of its line. */
size_t tex_past_comment(text source, size_t at, size_t to);
/* The offset behind the brackets that open at the offset, or 0: they end nowhere before `to`. */
size_t tex_past_brackets(text source, size_t at, size_t to);
/* The same behind blanks and line ends; the offset itself. */
size_t tex_past_blanks(text source, size_t at, size_t to);
/* The name of the command whose backslash stands there; a star belongs to it. */
text tex_name_at(text source, size_t at, size_t to);
/* What stands in braces, or in brackets, behind blanks, at *at, which moves behind them; false: no
   such thing. */
bool tex_take_argument(text source, size_t *at, size_t to, char open, struct tex_range *inside);
/* The value of a key in options: `width=…`; empty: it has none. */
struct tex_range tex_find_option(text source, struct tex_range options, const char *key);

/* tex_prose.c: one step: a word, a command, a formula. The offset behind it; 0: it cannot be
   written. */
size_t tex_step(struct tex_writer *writer, struct tex_line *line, size_t at, size_t to);
/* All words of a range; false: they cannot be written. */
MUST_CHECK bool tex_write_words(struct tex_writer *writer, struct tex_line *line,
                                struct tex_range words);
/* Bytes that are no prose: arguments, formulas. */
void tex_put(struct tex_writer *writer, struct tex_line *line, size_t from, size_t to);

/* tex_flow.c: the environment that begins at the offset; the offset behind it, or 0. */
size_t tex_write_environment(struct tex_writer *writer, struct tex_line *line, size_t at);
/* Whether an environment of that name is written; where it only places what stands in it: if that
   is asked for. */
bool tex_knows_environment(text name, bool may_place);
/* The offset of the `\end{name}` that belongs to a beginning before `from`, or SIZE_MAX. */
size_t tex_find_end(text source, size_t from, text name);

/* tex_floats.c: what stands in a figure or in a table. */
MUST_CHECK bool tex_write_float(struct tex_writer *writer, struct tex_line *line,
                                struct tex_range inside, bool is_table);
/* A picture without a caption: the \includegraphics at the offset, its options and its file. */
MUST_CHECK bool tex_write_picture(struct tex_writer *writer, struct tex_line *line, size_t at,
                                  struct tex_range options, struct tex_range file);
/* tex_tabular.c: the rows in a tabular of those columns. caption, label: may be empty. */
MUST_CHECK bool tex_write_rows(struct tex_writer *writer, struct tex_line *line,
                               struct tex_range columns, struct tex_range rows,
                               struct tex_range caption, struct tex_range label);
/* tex_code.c: lines of code. language: may be empty, or stand in the options. */
MUST_CHECK bool tex_write_code(struct tex_writer *writer, struct tex_line *line,
                               struct tex_range options, struct tex_range language,
                               struct tex_range lines);

/* tex_blocks.c: the pass. After the includes. */
void read_tex_blocks(struct reader *reader);

#endif
