/* Includes: files whose text an article takes in. Tools of many kinds do it before they read their
   Markdown; so does Lectern: what is read is one text, assembled of the article and its parts, and
   base/assembled.h knows of each byte where it stands. The rooms:

   includes.c         assembles: goes through the lines, and puts in what a notation asks for
   include_inline.c   the notations that stand in a line, or are one
   include_blocks.c   those of several lines: directives, cells of code, imports of MDX
   include_files.c    finds the file that is named, and reads it once
   include_parts.c    the part of it that is wanted: lines, sections, what stands between words
   include_table.c    a file of CSV as a table
   include_fit.c      whether that can stand there */
#ifndef LECTERN_READ_INCLUDES_H
#define LECTERN_READ_INCLUDES_H

#include "base/csv.h"
#include "read/code_lines.h"
#include "read/reader.h"

/* Where the file is looked for, and how its text stands among what is around it. */
enum include_form {
    INCLUDE_SHORTCODE, /* {{< include x >}} of Quarto, Hugo, Docsy */
    INCLUDE_LIQUID,    /* {% include x %} of Jekyll and Jinja */
    INCLUDE_RELATIVE,  /* {% include_relative x %} */
    INCLUDE_MARKDOWN,  /* {% include-markdown "x" %} of MkDocs */
    INCLUDE_MDBOOK,    /* {{#include x}} */
    INCLUDE_SNIPPET,   /* --8<-- "x", {!x!} of MkDocs */
    INCLUDE_COMMENT,   /* <!--@include: x--> of VitePress and VuePress; <<< x */
    INCLUDE_IMPORT,    /* import X from './x.mdx' and <X /> */
    INCLUDE_DIRECTIVE, /* ```{include} x of MyST */
    INCLUDE_CHILD,     /* ```{r, child="x"} of R Markdown */
    INCLUDE_PLAIN,     /* <<(x) of Markua, ::include{file=x} of GitLab, !include x of pandoc */
    INCLUDE_TEX,       /* \input{x} of LaTeX */
    INCLUDE_DOCFX,     /* [!INCLUDE [title](x)] */
    INCLUDE_CHAPTER,   /* a list of a book's: read/book.h */
    INCLUDE_FORM_COUNT,
};

/* Bytes from..to of a file (to: exclusive). */
struct include_range {
    size_t from, to;
};

/* Lines of a file, from 1, both with it; last 0: to the end. */
struct include_lines {
    unsigned long first, last;
};

enum { INCLUDE_MOST_LINES = 32, INCLUDE_MOST_FILES = 32 };

/* What a notation asks for. */
struct include_request {
    size_t from, to; /* where it stands */
    enum include_form form;
    text paths[INCLUDE_MOST_FILES]; /* one after the other */
    size_t path_count;
    bool is_code;         /* what comes is shown as code, between fences that are made */
    text language, title; /* of the code */
    bool is_table;        /* what comes is a file of CSV, as a table */
    char separator;       /* of it; 0: to be found */
    text alignment;       /* of its columns: l, r, c; empty: numbers stand to the right */
    struct include_lines lines[INCLUDE_MOST_LINES];
    size_t line_count;
    bool counts_from_end;           /* the last of the lines is that many before the end */
    text section;                   /* between marks of that name */
    text after, before;             /* between these words */
    bool keeps_after, keeps_before; /* with them: their lines */
    bool repeats;                   /* every such place, not the first alone */
    long deeper;                    /* by how many levels its headings are deeper */
    size_t dedent;       /* blanks that each line loses; SIZE_MAX: those that all lines have */
    const char *refused; /* why it is not read; NULL: it is */
    const char *hint;    /* what to write, then */
};

/* Names that a file of MDX brings in by its imports. */
struct include_names {
    struct {
        text name, path;
    } rows[64];
    size_t count;
};

/* A line, with all that follows it in its file. */
struct include_place {
    struct arena *arena;
    text bytes;      /* of the file */
    size_t from, to; /* of the line, without its end */
    bool is_code;    /* it stands between fences */
    const struct include_names *names;
};

/* include_inline.c: the notation at the offset of the line; false: there is none. */
bool include_find_inline(const struct include_place *place, size_t at,
                         struct include_request *request);
/* The notation that the line from `at` on is: only blanks, marks of quotations and of lists stand
   before it. */
bool include_find_line(const struct include_place *place, size_t at,
                       struct include_request *request);
/* include_blocks.c: the same, of several lines. request->to is the end of the last. */
bool include_find_block(const struct include_place *place, size_t at,
                        struct include_request *request);
/* The imports of a file of MDX. */
void include_find_names(text bytes, struct include_names *names);

/* include_parts.c: what the request wants of the bytes, in the arena; false: *why says why not. */
bool include_find_parts(struct arena *arena, const struct include_request *request, text bytes,
                        size_t first_byte, struct include_range **ranges, size_t *count,
                        const char **why);
/* "2-4,6" or "2:4": adds lines to the request; false: it is none of that. range: what stands
   between the first and the last. */
bool include_parse_lines(struct include_request *request, text words, char range);
/* Refuses. */
void include_refuse(struct include_request *request, const char *why, const char *hint);
/* `"words"`, `'words'` or a word up to a blank, at the offset; the offset behind it, or 0. */
size_t include_parse_word(text words, size_t at, text *word);
/* The language of code by the name of its file: "python" of "x.py". */
text include_language(text path);

/* Words that stand for the bytes from..to of a file. */
struct include_piece {
    text words;
    size_t from, to;
    bool ends_line;
};
/* A table between bars. */
struct include_table {
    struct include_piece *pieces;
    size_t count, cell_count;
};
/* include_table.c: the file of CSV as a table, in the arena; false: *fault says why
   not. */
MUST_CHECK bool include_read_table(struct arena *arena, const struct include_request *request,
                                   text bytes, struct include_table *made, struct csv_fault *fault);

/* include_fit.c: the offset behind the marks of quotations and of one item at the head of the line
   at..to. */
size_t include_skip_marks(text bytes, size_t at, size_t to);
/* include_fit.c: what further lines get: what stands before all, then a blank for each character of
   the marks, but marks of quotations and tabs; in the arena. */
text include_blank_prefix(struct arena *arena, text before, text marks);
/* include_fit.c: whether the words would begin a list, a heading, a quotation, a table or code. */
bool include_begins_block(text words);
/* Whether the range of the bytes holds words alone, as only they can stand within the line (from
   behind its marks); it loses the blanks at its ends. */
bool include_fits_line(text line, text bytes, struct include_range *range);
/* Whether the code, which is open, would end at a line of the ranges. */
bool include_has_fence(const struct code_lines *code, text bytes,
                       const struct include_range *ranges, size_t count);
/* Blanks at the head of all lines. */
size_t include_common_blanks(text bytes, const struct include_range *ranges, size_t count);
/* Whether the line at the offset makes the one above it a heading. */
bool include_is_underline(text bytes, size_t at);

/* include_files.c */

struct include_files;
/* What became of a name. */
struct include_found {
    uint32_t file;    /* in assembled->files */
    const char *rule; /* NULL: it is there; else why it is not read */
    const char *why, *hint;
};
struct include_files *include_files_new(struct reader *reader, struct assembled *assembled);
/* The file that a file of assembled->files names so. */
struct include_found include_find_file(struct include_files *files, uint32_t from,
                                       enum include_form form, text path, bool is_code);

/* includes.c: the article with its parts, in reader->source. After the front matter. */
void read_includes(struct reader *reader);

/* includes.c, for read/book.c: a text of several files, each with what it includes. */
struct includes;
/* Of a reader whose article lists them. */
struct includes *includes_begin(struct reader *reader);
/* The file that the article names so, among includes_files(). */
struct include_found includes_find(struct includes *includes, text path);
/* The files so far, the article first. */
struct assembled *includes_files(struct includes *includes);
/* Begins a part of the text, behind an empty line; its start is set. */
void includes_begin_part(struct includes *includes, struct assembled_part part);
/* Adds words that stand for the bytes from..to of a file. */
void includes_add_words(struct includes *includes, uint32_t file, size_t from, size_t to,
                        text words);
/* Adds the file from the byte on. */
void includes_add_file(struct includes *includes, uint32_t file, size_t from);
/* Makes all of it reader->source. */
void includes_finish(struct includes *includes);

#endif
