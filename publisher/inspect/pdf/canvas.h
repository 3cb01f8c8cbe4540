/* A page while its content is interpreted (ISO 32000-1, 8 and 9): nothing is drawn, it is only
   noted which text and which areas belong to which marked content. */
#ifndef LECTERN_INSPECT_PDF_CANVAS_H
#define LECTERN_INSPECT_PDF_CANVAS_H

#include "base/pdf_lexer.h"
#include "inspect/pdf/reader.h"

struct matrix {
    double a, b, c, d, e, f;
};

struct graphics {
    struct matrix transform;
    struct pdf_font *font;
    double size, character_space, word_space, scale, leading, rise;
    int mode;
};

/* An open marked-content sequence. */
struct canvas_mark {
    uint32_t node; /* the content node that it is; 0: none */
    bool is_artifact, has_replacement, has_language, has_alt;
    text replacement; /* ActualText, or what E expands to */
    size_t start;     /* of its words in canvas.words */
    size_t artifact;  /* in the page's artifacts, plus 1 */
};

struct content_key {
    uint64_t key; /* stream's object number and MCID */
    uint32_t node;
};

/* A font of the running stream's resources that was chosen already. */
struct named_font {
    char name[15];
    uint8_t length;
    struct pdf_font *font;
};

enum { NAMED_FONTS = 8 };

/* A content stream that is read: the page's, or a form object's within it. */
struct stream_frame {
    struct pdf_lexer lexer; /* over the bytes */
    struct buffer bytes;
    uint32_t stream; /* 0: the page's own */
    pdf_object resources;
    struct named_font fonts[NAMED_FONTS]; /* the last ones, in a ring */
    size_t font_count;
    size_t marks; /* open when it began */
    size_t saved;
    struct graphics before;
};

enum { DEEPEST_FORM = 20, DEEPEST_MARK = 500, DEEPEST_SAVE = 500, MOST_OPERANDS = 100000 };

struct canvas {
    struct pdf_reader *reader;
    struct pdf_file *file;
    struct inspection *inspection;
    uint32_t page;
    bool is_appearance;       /* of an annotation: its fonts and words are read, and no marks */
    uint32_t annotation;      /* its node; 0: none refers to it */
    struct content_key *keys; /* sorted */
    size_t key_count;
    struct stream_frame frames[DEEPEST_FORM];
    int depth;
    struct graphics state, saved[DEEPEST_SAVE];
    size_t saved_count, unsaved_count;
    struct canvas_mark marks[DEEPEST_MARK];
    size_t mark_count;
    struct matrix text_matrix, line_matrix;
    double last_x, last_y; /* where the last glyph ended, in points of the page */
    struct buffer words, decoded;
    struct pdf_token *operands; /* of the innermost stream */
    size_t operand_count, operand_capacity;
    size_t operations;
    uint32_t told; /* the content that the last text without a language was in; 0: in none */
    bool has_told;
    size_t stray; /* the page's artifact for what is unmarked, plus 1 */
};

/* The matrix that does what the first does, and then the second (ISO 32000-1, 8.3.4). */
struct matrix matrix_multiply(struct matrix first, struct matrix second);

/* marks.c */
void canvas_begin_mark(struct canvas *canvas, bool has_properties);
/* EMC: the innermost sequence ends, and its words are kept with its node. */
void canvas_end_mark(struct canvas *canvas);
/* Something is painted that covers the box (in points of the page). */
void canvas_paint(struct canvas *canvas, struct box box, bool is_image, bool is_text);
/* Text holds a character for private use, and nothing says instead what it is (ISO 14289-2, 8.4.3).
   excused: what holds for all of its string: 1 where something does or it is an artifact, 0 where
   not; -1: not asked yet. */
void canvas_check_private(struct canvas *canvas, const struct font_character *character,
                          int *excused);

/* show.c */
void canvas_set_font(struct canvas *canvas);
/* Tj: the string is shown in the state's font; its words go to the innermost mark. */
void canvas_show(struct canvas *canvas, text string);
/* TJ: the operand is an array of strings and of numbers to move back by. */
void canvas_show_array(struct canvas *canvas);

/* The operand counted from the last one, 0; of another kind: a number 0. */
double canvas_number(const struct canvas *canvas, size_t from_last);
/* The same with its kind; an end token where there are not so many. */
struct pdf_token canvas_operand(const struct canvas *canvas, size_t from_last);
/* What an operand of the innermost stream says, if it is a string, name or word; valid until the
   next call. */
text canvas_bytes(struct canvas *canvas, struct pdf_token token);
/* A resource of the running stream. */
pdf_object canvas_resource(struct canvas *canvas, const char *category, text name);

#endif
