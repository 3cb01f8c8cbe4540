/* What a font of a PDF makes of the bytes of strings: characters, and how far they advance
   (ISO 32000-1, 9.6 to 9.10). */
#ifndef LECTERN_INSPECT_PDF_FONT_H
#define LECTERN_INSPECT_PDF_FONT_H

#include "inspect/pdf/cmap.h"
#include "inspect/pdf/file.h"

enum font_kind { FONT_TYPE1, FONT_TRUETYPE, FONT_TYPE3, FONT_CID0, FONT_CID2 };

struct cid_width {
    uint32_t first, last;
    float width;
};

struct font_program;
struct collection_reader;
struct predefined_cmap;

struct pdf_font {
    uint32_t number; /* of the dictionary; 0: direct */
    enum font_kind kind;
    bool is_composite, is_embedded, is_symbolic, has_to_unicode, is_vertical;
    bool is_rendered;         /* shows text other than in mode 3 */
    bool has_encoding;        /* a predefined one, or a dictionary with a base */
    bool has_identity;        /* Identity-H or -V */
    bool is_identity_unicode; /* ToUnicode names Identity: the codes are UTF-16 themselves */
    bool is_unmapped;   /* simple: neither it nor its program says what its codes are called */
    const char *unread; /* why what is embedded is no program of its kind; NULL: it is one */
    text name;
    const struct predefined_cmap *predefined; /* of a composite font: its encoding; NULL: none */
    struct collection_reader *collection;     /* of the predefined encoding; NULL: none */
    bool has_collection;              /* its characters are known in Unicode, be it not here */
    bool is_japan;                    /* the collection is Adobe-Japan1 */
    struct cmap to_unicode, encoding; /* encoding: of a composite font, code to CID */
    const char *glyph_names[256];     /* of a simple font, from its Encoding; NULL: none */
    uint32_t *procedures;             /* of Type 3: the streams that draw its codes; 0: none */
    bool lends_nothing; /* of Type 3: its resources have no object by which they are found again */
    float widths[256];  /* thousandths; -1: not said, as wide as default_width */
    bool has_widths;
    struct cid_width *cid_widths; /* sorted by first */
    size_t cid_width_count, cid_width_capacity;
    float default_width;
    uint32_t *cid_to_gid; /* NULL: identity */
    size_t cid_to_gid_count;
    struct font_program *program; /* NULL: not embedded, or not readable */
    uint8_t used[8192];           /* a bit a code of two bytes: shown so far */
    uint8_t *unseen;              /* the same in mode 3 alone; NULL: none was */
};

/* A font's dictionary as it is; finds fault with it. Never NULL. In the arena. */
struct pdf_font *font_read(struct pdf_file *file, pdf_object dictionary, uint32_t page);

struct font_character {
    uint32_t code, cid;
    bool has_cid; /* a predefined CMap's CIDs are not known here */
    int bytes;
    double width;  /* in units of text space at size 1 */
    char utf8[64]; /* empty: no Unicode value is known */
    size_t length;
    bool is_guessed; /* by a name that the font's maker made up, or by an encoding it does not name
                      */
};

/* The character at *offset of a string, which moves on; false at its end. */
bool font_next(const struct pdf_font *font, text string, size_t *offset,
               struct font_character *character);
/* Finds fault with the character as it is shown, once for each. mode: the rendering mode. */
void font_check(struct pdf_file *file, struct pdf_font *font,
                const struct font_character *character, int mode, uint32_t page);

#endif
