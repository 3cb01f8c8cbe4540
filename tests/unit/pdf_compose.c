/* Glyphs that are composed of others and added to a TrueType font: FreeType draws them as it draws
   their pieces side by side. */
#include "unit.h"

#include "base/files.h"
#include "pdf/compose.h"
#include "pdf/sfnt.h"

#include <ft2build.h>
#include <stdlib.h>
#include FT_FREETYPE_H

static const char tamil[] = "/usr/share/fonts/truetype/noto/NotoSansTamil-Regular.ttf";
static FT_Library library;
static struct arena arena;
static const struct composed_piece two[] = {{20, 0, 0}, {30, 700, -150}};

static text font_of(const char *path)
{
    text file = TEXT_EMPTY;
    CHECK(file_read(&arena, path, 1 << 28, &file) == FILE_OK);
    return arena_copy(&arena, file);
}

static FT_Face open_face(const struct buffer *file)
{
    FT_Face face = NULL;
    CHECK(!FT_New_Memory_Face(library, (const FT_Byte *)file->bytes, (FT_Long)file->length, 0,
                              &face));
    return face;
}

/* The glyph's points, moved, written to points; returns how many. */
static int points_of(FT_Face face, unsigned glyph, long x, long y, FT_Vector *points)
{
    CHECK(!FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE));
    const FT_Outline *outline = &face->glyph->outline;
    for (int i = 0; i < outline->n_points; i++) {
        points[i].x = outline->points[i].x + x;
        points[i].y = outline->points[i].y + y;
    }
    return outline->n_points;
}

static bool shows_both(FT_Face face, unsigned composed)
{
    static FT_Vector want[2000], got[2000];
    int first = points_of(face, two[0].id, two[0].x, two[0].y, want);
    int count = first + points_of(face, two[1].id, two[1].x, two[1].y, want + first);
    return first > 0 && count > first && points_of(face, composed, 0, 0, got) == count &&
           !memcmp(want, got, (size_t)count * sizeof *want);
}

/* bearing: what is added to what the font says of the second piece's left side. */
static void check_composed(int bearing)
{
    text font = font_of(tamil);
    unsigned char *bytes = (unsigned char *)font.bytes;
    struct sfnt_table maxp = sfnt_find(bytes, font.length, "maxp");
    struct sfnt_table hmtx = sfnt_find(bytes, font.length, "hmtx");
    unsigned count = sfnt_number(&maxp, 4, 2);
    hmtx.bytes[4 * two[1].id + 3] = (unsigned char)(hmtx.bytes[4 * two[1].id + 3] + bearing);
    struct composed *set = composed_new(&arena);
    CHECK(composed_find(set, two, 2, 1234, 10) == 0);
    CHECK(composed_find(set, two, 1, 500, 10) == 1);
    struct buffer out;
    buffer_init(&out, 1 << 28);
    CHECK(composed_suits(bytes, font.length));
    CHECK(composed_append(set, bytes, font.length, &out));
    FT_Face face = open_face(&out);
    if (face) {
        CHECK(face->num_glyphs == (FT_Long)count + 2);
        CHECK(shows_both(face, count));
        CHECK(!FT_Load_Glyph(face, count, FT_LOAD_NO_SCALE));
        CHECK(face->glyph->metrics.horiAdvance == 1234);
        CHECK(!FT_Load_Glyph(face, count + 1, FT_LOAD_NO_SCALE));
        CHECK(face->glyph->metrics.horiAdvance == 500);
        FT_Done_Face(face);
    }
    buffer_release(&out);
}

static void test_a_composed_glyph_shows_its_pieces_where_they_stand(void)
{
    check_composed(0);
}

/* Alone, a glyph begins at its bearing, whatever its points say; as a piece it would not. */
static void test_a_piece_stands_at_its_bearing(void)
{
    check_composed(5);
}

static void test_the_same_pieces_make_the_same_glyph(void)
{
    struct composed *set = composed_new(&arena);
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < 1000; i++) {
            struct composed_piece piece = {(uint16_t)(i % 40), (int16_t)(i / 40), -3};
            CHECK(composed_find(set, &piece, 1, 7, 1000) == i);
        }
    }
    struct composed_piece piece = {1, 0, 0};
    CHECK(composed_find(set, &piece, 1, 7, 1000) == UINT32_MAX);
    CHECK(composed_find(set, &piece, 1, 8, 1001) == 1000);
    CHECK(composed_count(set) == 1001);
}

static void test_fonts_that_take_no_glyphs_are_told(void)
{
    text cff = font_of("/usr/share/fonts/opentype/opendyslexic/OpenDyslexic-Regular.otf");
    CHECK(!composed_suits((unsigned char *)cff.bytes, cff.length));
}

static void test_an_unsound_font_is_refused(void)
{
    text font = font_of(tamil);
    struct composed *set = composed_new(&arena);
    composed_find(set, two, 2, 1234, 10);
    for (size_t length = 0; length < font.length; length += 1 + length / 3) {
        unsigned char *cut = malloc(length + 1);
        memcpy(cut, font.bytes, length);
        struct buffer out;
        buffer_init(&out, 1 << 28);
        CHECK(!composed_append(set, cut, length, &out));
        buffer_release(&out);
        free(cut);
    }
}

int main(void)
{
    CHECK(!FT_Init_FreeType(&library));
    arena_init(&arena);
    RUN(test_a_composed_glyph_shows_its_pieces_where_they_stand);
    RUN(test_a_piece_stands_at_its_bearing);
    RUN(test_the_same_pieces_make_the_same_glyph);
    RUN(test_fonts_that_take_no_glyphs_are_told);
    RUN(test_an_unsound_font_is_refused);
    arena_release(&arena);
    FT_Done_FreeType(library);
    UNIT_EXIT();
}
