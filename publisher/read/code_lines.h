/* Which lines of the source are read, for rooms that look at the source before the parser does: not
   code, nor comments. One mechanism for all of them, so that none rewrites, or goes by, what the
   parser will take for something else.

       struct source_lines lines = SOURCE_LINES(source, from, CODE_LINES_BEGIN);
       while (source_lines_next(&lines))
           if (lines.kind == LINE_WORDS)
               for (at = lines.code.words; at < lines.to;)
                   at = what is done with the byte at the offset, or code_lines_skip(…)

   Lines are looked at one by one; blocks that hold others (quotations, items, notes, boxes that are
   set in) are known by where their lines begin. */
#ifndef LECTERN_READ_CODE_LINES_H
#define LECTERN_READ_CODE_LINES_H

#include "base/text.h"

enum line_kind {
    LINE_WORDS,  /* and blank ones */
    LINE_CODE,   /* a fence, between two, or set in by four columns behind a blank line */
    LINE_HIDDEN, /* of a comment; of such a block as its room leaves alone */
};

enum { CODE_MOST_ITEMS = 16, CODE_MOST_DIRECTIVES = 8 }; /* open in each other */
enum { CODE_MOST_TICKS = 8 }; /* around code that goes on in the next line */

struct code_lines {
    /* The open fence; '\0': none. */
    char fence;
    size_t length;
    bool was_blank, was_code;
    bool has_blocks; /* lines of HTML's words as they are and of formulas are left alone too */
    const char *block_end; /* of the open one; NULL: none is */
    bool is_comment;       /* a comment is open */
    bool is_within;        /* it began in a line of words */
    /* The block that holds what is open, and ends it with itself: marks of quotations before its
       lines, and the column in which they begin. */
    unsigned quotes;
    size_t column;
    unsigned last_quotes; /* before the last line */
    struct {
        size_t column; /* in which its lines begin */
        unsigned quotes;
    } items[CODE_MOST_ITEMS];
    unsigned item_count;
    struct {
        char sign;
        size_t length;
    } directives[CODE_MOST_DIRECTIVES]; /* of MyST's, whose fences set off no code */
    unsigned directive_count;
    size_t words; /* the offset behind a comment that ended in the line; else its beginning */
    size_t marks; /* the offset behind the marks of quotations and items before its words */
    size_t next_comment; /* none begins before it */
    size_t unclosed;     /* in the line no comment ends behind it */
    size_t endless;      /* before it no comment ends */
    /* Code within a line that goes on in the next ones: where its backticks begin, and the offset
       behind those that end it; and for each number of them up to where none end such code. */
    size_t span_at, span_end, endless_spans[CODE_MOST_TICKS];
};

/* Before the first line of the body. */
#define CODE_LINES_BEGIN ((struct code_lines){.was_blank = true})

/* The same for rooms that leave lines of <pre>, <script>, <style> and formulas alone. */
#define CODE_AND_BLOCKS_BEGIN ((struct code_lines){.was_blank = true, .has_blocks = true})

/* What the line from..to of the source is; without its line end, and after the lines before it. */
enum line_kind code_lines_take(struct code_lines *lines, text source, size_t from, size_t to);

/* One line of a source after another. */
struct source_lines {
    text source; /* the bytes may change on the way, the length may not */
    size_t next; /* where the next line begins; who took more than the line may move it */
    struct code_lines code;
    /* The line: its bounds, without its end; its bytes; what it is. */
    size_t from, to;
    text line;
    enum line_kind kind;
};

/* From that offset of the source on; begin: CODE_LINES_BEGIN or CODE_AND_BLOCKS_BEGIN. */
#define SOURCE_LINES(bytes, offset, begin)                                                         \
    ((struct source_lines){.source = (bytes), .next = (offset), .code = begin})

/* Goes to the next line; false: there is none. */
bool source_lines_next(struct source_lines *lines);

/* What code_lines_skip asks where a backtick or "<" stands at the offset. */
size_t code_lines_skip_found(const struct code_lines *lines, text source, size_t to, size_t at);
/* Behind the code or the comment within the line up to `to` that begins at the offset; the offset
   itself where none does. For the line that was taken last. */
static inline size_t code_lines_skip(const struct code_lines *lines, text source, size_t to,
                                     size_t at)
{
    bool may_begin = source.bytes[at] == '`' || source.bytes[at] == '<'; /* asked of each byte */
    return may_begin ? code_lines_skip_found(lines, source, to, at) : at;
}
/* Code within a line: the offset behind the run of backticks that ends the one at the offset, or
   behind that run itself where none ends it in the line. */
size_t code_lines_skip_span(text line, size_t at);
/* Whether the words of a line begin an item of a list or of terms, a note, a box that is set in, or
   are a thematic break. */
bool code_lines_begin_item(text words);

#endif
