/* A page while its content is interpreted (ISO 32000-1, 8 and 9): nothing is drawn, it is only
   noted which text and which areas belong to which marked content. */
#ifndef LECTERN_INSPECT_PDF_CANVAS_H
#define LECTERN_INSPECT_PDF_CANVAS_H

#include "base/pdf_lexer.h"
#include "inspect/pdf/reader.h"

struct matrix {
    double a, b, c, d, e, f;
};

/* As sRGB, 0 to 1. */
struct colour {
    float red, green, blue;
    bool is_known;
};

/* What blends a colour with what lies below it. */
enum { BLENDS_ALPHA = 1, BLENDS_MODE = 2, BLENDS_MASK = 4 };

/* A plain area that was painted, or another, of unknown colour. */
struct ground {
    struct box box;
    struct colour colour;
};

enum { MOST_GROUNDS = 128 };

struct graphics {
    struct colour fill;
    uint8_t components; /* of the space of fill: 1, 3; 0: not known */
    uint8_t blends;     /* BLENDS_…, for fills */
    bool has_clip, is_clip_exact;
    struct box clip;
    double line_width;
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

/* The same of colour spaces, and of states of the graphics. */
struct named_space {
    char name[15];
    uint8_t length, components;
};
struct named_state {
    char name[13];
    uint8_t length;
    uint8_t sets, to; /* which BLENDS_… it says anything of, and what */
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
    struct named_space spaces[NAMED_FONTS];
    struct named_state states[NAMED_FONTS];
    size_t space_count, state_count;
    uint8_t blends; /* what blended when it was painted: it does so as a whole */
    size_t marks;   /* open when it began */
    size_t saved, unsaved;
    struct graphics before;
};

enum { DEEPEST_FORM = 20, DEEPEST_MARK = 500, DEEPEST_SAVE = 500, MOST_OPERANDS = 100000 };

enum { MOST_DRAWN_OPERATIONS = 20 * 1000 * 1000 }; /* of all of a file's that is drawn */

struct canvas {
    struct pdf_reader *reader;
    struct pdf_file *file;
    struct inspection *inspection;
    uint32_t page;
    bool is_appearance;       /* of an annotation: its fonts and words are read, and no marks */
    bool is_drawn;            /* within others: its fonts alone are read (drawn.c) */
    uint32_t annotation;      /* its node; 0: none refers to it */
    uint32_t holder;          /* of what is drawn: the object whose resources it has */
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
    struct ground grounds[MOST_GROUNDS]; /* the last ones, in a ring */
    size_t ground_count;
    struct box earlier; /* what those before covered */
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

/* content.c: a canvas for the page, on the heap. */
struct canvas *canvas_new(struct pdf_reader *reader, uint32_t page);
/* Gives it and its buffers back. */
void canvas_free(struct canvas *canvas);
/* content.c: a stream begins within the innermost one, its bytes empty yet. stream: its number; 0:
   the page's own. False, with the inspection's failure set, where they are nested too deep. */
MUST_CHECK bool canvas_push(struct canvas *canvas, uint32_t stream, pdf_object resources);
/* content.c: the innermost stream, of the form's bytes, which are read here. */
void canvas_take(struct canvas *canvas, pdf_object form);
/* content.c: the Resources of what has none of its own: the page's. */
pdf_object canvas_page_resources(const struct canvas *canvas);
/* content.c: runs the innermost streams to their end. */
void canvas_run(struct canvas *canvas);
/* drawn.c: SCN, scn: a pattern is chosen that is drawn by a stream. */
void canvas_note_pattern(struct canvas *canvas);
/* drawn.c: a form object within what is drawn waits to be read itself. */
void canvas_note_form(struct canvas *canvas, pdf_object form);

/* show.c */
void canvas_set_font(struct canvas *canvas);
/* Tj: the string is shown in the state's font; its words go to the innermost mark. */
void canvas_show(struct canvas *canvas, text string);
/* TJ: the operand is an array of strings and of numbers to move back by. */
void canvas_show_array(struct canvas *canvas);

/* contrast.c */
/* cs: the space of the colours to fill with. */
void contrast_set_space(struct canvas *canvas);
/* g, rg, sc: the operands are a colour of so many components; 0: of a space that is not known. */
void contrast_set_colour(struct canvas *canvas, uint8_t components);
/* k: the operands are a colour of inks. */
void contrast_set_ink(struct canvas *canvas);
/* gs: what it says of blending. */
void contrast_set_state(struct canvas *canvas);
/* A path is filled, which covers the box. */
void contrast_fill(struct canvas *canvas, struct box box, bool is_rectangle);
/* A path is stroked that lies in the box. */
void contrast_stroke(struct canvas *canvas, struct box box);
/* A picture or a shading covers the box, or less of it. */
void contrast_picture(struct canvas *canvas, struct box box);
/* W: what is painted from now on shows within the path alone. */
void contrast_clip(struct canvas *canvas, struct box box, bool is_rectangle);
/* Text was shown in the box, of that size in points of the page. */
void contrast_text(struct canvas *canvas, struct box box, double size, text words, bool is_upright);

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
