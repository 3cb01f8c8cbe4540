/* Shape: characters → glyphs, by HarfBuzz. Words come back again and again, so their shapes are
   kept; a text is therefore shaped word by word, and pairs are not kerned across a space. */
#ifndef LECTERN_LAYOUT_SHAPE_H
#define LECTERN_LAYOUT_SHAPE_H

#include "layout/typefaces.h"

/* One glyph in logical order (the order in which its characters are read), in parts of the size. */
struct shaped_glyph {
    uint32_t offset; /* in the shaped text: first byte of its cluster */
    uint32_t length; /* bytes of the whole cluster on its first glyph, 0 on the others */
    uint16_t id;     /* 0: the font cannot show the cluster */
    float advance;   /* >= 0 to the right, or to the left in right-to-left text */
    float x, y;      /* from the pen to where the glyph is painted; y grows downwards */
};

struct shape {
    const struct shaped_glyph *glyphs;
    size_t count;
};

/* Forms of the characters, where the font has them (an OpenType feature each). */
enum shape_forms {
    FORMS_OF_FONT,
    FORMS_OLD_STYLE,      /* onum: old-style figures */
    FORMS_TABULAR,        /* tnum: figures of one width */
    FORMS_SUPERIOR,       /* sups: small figures that stand high */
    FORMS_INFERIOR,       /* subs: small figures that stand low */
    FORMS_SCIENTIFIC,     /* sinf: the same, for formulas of chemistry */
    FORMS_HALF_WIDTH,     /* halt: East Asian signs without the blank half of their square */
    FORMS_SMALL_CAPITALS, /* smcp: capitals of the height of small letters, for these */
};

struct shaping {
    const struct font *font; /* open */
    hb_script_t script;
    hb_language_t language;
    bool right_to_left;
    enum shape_forms forms;
};

/* Lives as long as the arena. */
struct shape_cache *shape_cache_new(struct arena *arena);

/* Shapes the bytes from..to of a paragraph; they must hold no space (U+0020, tab, line feed).
   Letters that join see their neighbours in the paragraph. Characters without a shape of their own
   (soft hyphen, zero-width space, marks of direction) belong to the cluster before them, or after
   them at the start; where there is nothing else they are one glyph without width. The shape is
   borrowed until the next call. */
struct shape shape_word(struct shape_cache *cache, const struct shaping *shaping, text paragraph,
                        size_t from, size_t to);

#endif
