/* Glyphs of CFF fonts that are made hollow: what their charstrings say is what `hmtx` says, and the
   other glyphs stay as they were. FreeType reads a bare table CFF, without `hmtx`, as a font. */
#include "unit.h"

#include "base/files.h"
#include "pdf/cff.h"

#include <ft2build.h>
#include <stdlib.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_TRUETYPE_TABLES_H

static FT_Library library;

/* A font whose glyphs have no FDSelect, and one of 18 fonts in one. */
static const struct {
    const char *path;
    int index;
} fonts[] = {{"/usr/share/fonts/opentype/opendyslexic/OpenDyslexic-Regular.otf", 0},
             {"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2}};

/* A copy of the font as a file of its own; the caller frees it. */
static unsigned char *copy_font(struct arena *arena, size_t nth, size_t *length)
{
    text file;
    CHECK(file_read(arena, fonts[nth].path, 1 << 28, &file) == FILE_OK);
    const unsigned char *bytes = (const unsigned char *)file.bytes;
    size_t from = 0;
    if (!memcmp(bytes, "ttcf", 4)) {
        const unsigned char *at = bytes + 12 + 4 * fonts[nth].index;
        from = (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
    }
    /* The places of tables count from the file's start, so all of it stays. */
    unsigned char *copy = malloc(file.length);
    memcpy(copy, bytes, file.length);
    if (from) /* the directory of the one that is wanted takes the collection's place */
        memmove(copy, copy + from, 12 + 16 * (size_t)(copy[from + 4] << 8 | copy[from + 5]));
    *length = file.length;
    return copy;
}

/* The face of the table CFF alone; *table is to be freed behind it. */
static FT_Face bare(const unsigned char *font, size_t length, unsigned char **table)
{
    FT_Face whole, face;
    FT_ULong size = 0;
    *table = NULL;
    if (FT_New_Memory_Face(library, font, (FT_Long)length, 0, &whole))
        return NULL;
    FT_Load_Sfnt_Table(whole, FT_MAKE_TAG('C', 'F', 'F', ' '), 0, NULL, &size);
    *table = malloc(size);
    FT_Load_Sfnt_Table(whole, FT_MAKE_TAG('C', 'F', 'F', ' '), 0, *table, &size);
    FT_Done_Face(whole);
    return FT_New_Memory_Face(library, *table, (FT_Long)size, 0, &face) ? NULL : face;
}

static long advance(FT_Face face, unsigned glyph)
{
    FT_Fixed advance = -1;
    FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &advance);
    return advance;
}

static void test_a_hollow_glyph_has_no_width_in_either_table_and_no_ink(void)
{
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) {
        struct arena arena;
        arena_init(&arena);
        size_t length, hollowed = 0;
        unsigned char *before = copy_font(&arena, i, &length),
                      *after = copy_font(&arena, i, &length);
        unsigned char *before_table, *after_table;
        bool hollow[400] = {false};
        for (unsigned glyph = 1; glyph < 400; glyph += 2)
            hollowed += hollow[glyph] = cff_hollow(after, length, glyph);
        CHECK(hollowed > 150);
        FT_Face was = bare(before, length, &before_table), is = bare(after, length, &after_table);
        FT_Face whole = NULL;
        CHECK(was && is && !FT_New_Memory_Face(library, after, (FT_Long)length, 0, &whole));
        for (unsigned glyph = 0; was && is && whole && glyph < 400; glyph++) {
            CHECK(advance(is, glyph) == (hollow[glyph] ? 0 : advance(was, glyph)));
            CHECK(advance(whole, glyph) == advance(is, glyph));
            CHECK(!FT_Load_Glyph(is, glyph, FT_LOAD_NO_SCALE));
            CHECK(!hollow[glyph] || is->glyph->outline.n_points == 0);
        }
        FT_Done_Face(whole);
        FT_Done_Face(was);
        FT_Done_Face(is);
        free(before_table);
        free(after_table);
        free(before);
        free(after);
        arena_release(&arena);
    }
}

static void test_an_unsound_font_is_left_as_it_is(void)
{
    struct arena arena;
    arena_init(&arena);
    size_t length;
    unsigned char *font = copy_font(&arena, 0, &length);
    for (size_t cut = 0; cut < length; cut += 1 + cut / 64) {
        unsigned char *copy = malloc(cut + 1), *kept = malloc(cut + 1);
        memcpy(copy, font, cut);
        memcpy(kept, font, cut);
        CHECK(cff_hollow(copy, cut, 40) || !memcmp(copy, kept, cut));
        free(copy);
        free(kept);
    }
    uint32_t seed = 1; /* damage that the sanitizers look at; what it does to the font is free */
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525 + 1013904223;
        size_t at = seed % (i % 2 ? 400 : length);
        unsigned char was = font[at];
        font[at] = (unsigned char)(seed >> 24);
        cff_hollow(font, length, seed % 531);
        font[at] = was;
    }
    free(font);
    arena_release(&arena);
}

int main(void)
{
    FT_Init_FreeType(&library);
    RUN(test_a_hollow_glyph_has_no_width_in_either_table_and_no_ink);
    RUN(test_an_unsound_font_is_left_as_it_is);
    FT_Done_FreeType(library);
    return unit_failures > 0;
}
