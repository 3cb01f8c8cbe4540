/* Codes: the braille of each language, as liblouis has it and as codes.def mends it. */
#ifndef LECTERN_BRAILLE_CODES_H
#define LECTERN_BRAILLE_CODES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "document/document.h"

#include <liblouis/liblouis.h>

enum {
    BRAILLE_PATTERNS = 0x2800,
    BRAILLE_SIX_DOTS = 0x3F,
    CODE_UNDEFINED_CELLS = 64,
    CODE_ONE_CHARACTER = 64
};

/* What becomes of a character in a code. */
enum sign_kind {
    SIGN_OWN,     /* the code has one */
    SIGN_PLAINER, /* other characters say the same: U+2019 is ' */
    SIGN_BARE,    /* a letter that stands without a mark that the code does not have, or the mark */
    SIGN_NOTHING, /* it has no shape: a joiner, a mark of direction */
    SIGN_NONE
};

struct braille_sign {
    uint32_t character;
    enum sign_kind kind;
    const widechar *instead; /* of SIGN_PLAINER and SIGN_BARE */
    size_t count;
    bool is_told; /* the caller's: its lack was reported */
};

/* How a code tells that words are in the code of another language: switches.def. */
struct braille_switch {
    const char *language, *word, *word_end, *begin, *end;
    bool keeps;
};

/* How a code tells that signs are raised or lowered: levels.def. */
struct braille_level {
    const char *language, *raised, *lowered, *open, *close, *letter;
};

/* A code that is in use, in one of its grades. In the arena it was opened in. */
struct braille_code {
    const char *language;
    bool contracted;
    const char *tables; /* as liblouis names them; NULL: it cannot be used */
    bool has_letter_sign;
    widechar letter;       /* one that it has */
    bool knows_apostrophe; /* U+2019 between two letters is what ' is there */
    const char *apart;     /* characters that are put into braille apart from digits around them */
    unsigned letter_sign;  /* its dots, as bits */
    const struct braille_switch *switches; /* NULL: it has no sign for that */
    const struct braille_level *levels;    /* the same */
    widechar digits[10];                   /* the cell of each, behind the sign of a number */
    formtype emphasised, strong;
    widechar undefined[CODE_UNDEFINED_CELLS]; /* for what the tables do not know */
    size_t undefined_count;
    struct braille_sign *signs; /* sorted: of the characters that were asked after */
    size_t sign_count, sign_capacity;
    struct braille_code *next;
};

/* The code of a language; NULL: there is none, or what is installed does not have it. *codes: those
   opened so far. liblouis keeps what it has read until lou_free. */
struct braille_code *code_open(struct arena *arena, struct braille_code **codes, text language,
                               bool contracted);
/* What becomes of a character. Good until the next call. */
struct braille_sign *code_sign(struct arena *arena, struct braille_code *code, uint32_t character);
/* The cells of some characters for themselves, at most CODE_ONE_CHARACTER; 0: it has none;
   SIZE_MAX: they have not six dots. */
size_t code_cells_alone(const struct braille_code *code, const widechar *characters, size_t count,
                        widechar *cells);
/* The letter and a mark behind it as one character; negative: there is none. */
int32_t code_whole_letter(widechar letter, uint32_t mark);
/* Appends the languages in whose script the character is and whose code has a sign for it, as
   attributes say them: "{lang=bg}, {lang=ru} or {lang=uk}"; of Latin English alone. Returns false
   where there is none. */
bool code_languages(struct arena *arena, struct braille_code **codes, uint32_t character,
                    struct buffer *out);
/* The pattern of one cell's dots, as bits: "56"; "0" is the blank. Ends at a hyphen, too. */
unsigned code_pattern(const char *dots);
/* Turns characters into cells (patterns of six dots): at most `room` of them; from[i]: the
   character that the cell i belongs to. standing_out: liblouis's form of each character, and room
   for as many as there are cells; NULL: none stands out. Returns how many; SIZE_MAX: they do not
   fit, liblouis failed, or a cell has more than six dots. */
size_t code_translate(const struct braille_code *code, const widechar *characters, size_t count,
                      formtype *standing_out, widechar *cells, int *from, size_t room);

#endif
