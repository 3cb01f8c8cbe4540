#include "pdf/font_file.h"

#include "base/files.h"

#include <cairo-ft.h>
#include FT_ADVANCES_H
#include <hb-subset.h>
#include <hb.h>
#include <stdlib.h>

enum { LIMIT_FONT_BYTES = 512 * 1024 * 1024, CARRIERS = 4 };

struct font_file {
    unsigned users;
    struct arena arena; /* the file's bytes, unless it was subset */
    hb_blob_t *subset;  /* the subset's bytes, or NULL */
    FT_Library library;
    FT_Face plain; /* for questions; Cairo has its own */
    const unsigned char *bytes;
    size_t length;
    FT_Long index;
    unsigned space; /* the glyph of U+0020 in a subset */
    unsigned carriers[CARRIERS];
};

/* Layout is done: what shapes text is dead weight in a subset. */
static void drop_layout_tables(hb_subset_input_t *input)
{
    static const char tables[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF",
                                     "DSIG", "VORG", "kern", "morx", "MATH"};
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        hb_set_add(dropped, hb_tag_from_string(tables[i], 4));
}

static hb_blob_t *subset(text bytes, int index, const uint64_t *glyphs, unsigned *space)
{
    hb_blob_t *blob =
        hb_blob_create(bytes.bytes, (unsigned)bytes.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, (unsigned)index);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_blob_t *result = NULL;
    if (input) {
        drop_layout_tables(input);
        hb_subset_input_set_flags(input,
                                  HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_RETAIN_GIDS);
        hb_set_t *set = hb_subset_input_glyph_set(input);
        for (unsigned glyph = 0; glyph < 65536; glyph++)
            if (glyphs[glyph / 64] >> (glyph % 64) & 1)
                hb_set_add(set, glyph);
        hb_font_t *font = hb_font_create(face);
        hb_codepoint_t glyph = 0;
        if (hb_font_get_nominal_glyph(font, ' ', &glyph))
            hb_set_add(set, glyph);
        *space = glyph;
        hb_font_destroy(font);
        hb_face_t *small = hb_subset_or_fail(face, input);
        if (small) {
            result = hb_face_reference_blob(small);
            hb_face_destroy(small);
        }
        hb_subset_input_destroy(input);
    }
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return result;
}

static bool load(struct font_file *file, const struct face *face, const uint64_t *glyphs,
                 const char **why)
{
    text bytes;
    char *path = arena_copy_c(&file->arena, face->path);
    if (file_read(&file->arena, path, LIMIT_FONT_BYTES, &bytes) != FILE_OK) {
        *why = "a font file cannot be read";
        return false;
    }
    file->bytes = (const unsigned char *)bytes.bytes;
    file->length = bytes.length;
    file->index = face->index;
    if (face->cff) {
        file->subset = subset(bytes, face->index & 0xFFFF, glyphs, &file->space);
        if (!file->subset) {
            *why = "a font cannot be subset";
            return false;
        }
        unsigned length;
        file->bytes = (const unsigned char *)hb_blob_get_data(file->subset, &length);
        file->length = length;
        file->index = 0;
        arena_release(&file->arena); /* the whole file, often 20 MB */
    }
    if (FT_Init_FreeType(&file->library) ||
        FT_New_Memory_Face(file->library, file->bytes, (FT_Long)file->length, file->index,
                           &file->plain)) {
        *why = "a font file cannot be opened";
        return false;
    }
    return true;
}

static void find_carriers(struct font_file *file)
{
    /* Characters that fonts draw as nothing, of no width. */
    static const uint32_t invisible[] = {0x200D, 0x200C, 0x200B, 0x200E, 0x200F, 0x2060, 0x034F};
    size_t found = 0;
    for (size_t i = 0; i < sizeof invisible / sizeof invisible[0] && found < CARRIERS; i++) {
        unsigned glyph = FT_Get_Char_Index(file->plain, invisible[i]);
        bool known = false;
        for (size_t k = 0; k < found; k++)
            known = known || file->carriers[k] == glyph;
        if (glyph && !known && font_file_advance(file, glyph) <= 0 &&
            font_file_is_blank(file, glyph))
            file->carriers[found++] = glyph;
    }
}

struct font_file *font_file_open(const struct face *face, const uint64_t *glyphs, const char **why)
{
    struct font_file *file = memory_allocate(sizeof *file);
    *file = (struct font_file){.users = 1};
    arena_init(&file->arena);
    if (!load(file, face, glyphs, why)) {
        font_file_release(file);
        return NULL;
    }
    if (!file->subset)
        find_carriers(file);
    return file;
}

void font_file_release(struct font_file *file)
{
    if (--file->users)
        return;
    if (file->plain)
        FT_Done_Face(file->plain);
    if (file->library)
        FT_Done_FreeType(file->library);
    hb_blob_destroy(file->subset);
    arena_release(&file->arena);
    free(file);
}

/* Cairo keeps faces in caches of its own after we let go of them: what a face needs hangs on it. */
struct face_holder {
    FT_Face face;
    struct font_file *file;
};

static void release_holder(void *object)
{
    struct face_holder *holder = object;
    FT_Done_Face(holder->face);
    font_file_release(holder->file);
    free(holder);
}

cairo_font_face_t *font_file_new_face(struct font_file *file)
{
    static const cairo_user_data_key_t key;
    FT_Face face;
    if (FT_New_Memory_Face(file->library, file->bytes, (FT_Long)file->length, file->index, &face))
        return NULL;
    struct face_holder *holder = memory_allocate(sizeof *holder);
    *holder = (struct face_holder){face, file};
    file->users++;
    cairo_font_face_t *made = cairo_ft_font_face_create_for_ft_face(face, 0);
    if (cairo_font_face_set_user_data(made, &key, holder, release_holder)) {
        cairo_font_face_destroy(made);
        release_holder(holder);
        return NULL;
    }
    return made;
}

unsigned font_file_nominal_glyph(const struct font_file *file, uint32_t character)
{
    if (!file->subset)
        return FT_Get_Char_Index(file->plain, character);
    return character == ' ' ? file->space : 0;
}

float font_file_advance(const struct font_file *file, unsigned glyph)
{
    FT_Fixed advance = 0;
    if (FT_Get_Advance(file->plain, glyph, FT_LOAD_NO_SCALE, &advance))
        return 1;
    return (float)advance / (float)file->plain->units_per_EM;
}

bool font_file_is_blank(const struct font_file *file, unsigned glyph)
{
    return !FT_Load_Glyph(file->plain, glyph, FT_LOAD_NO_SCALE) &&
           file->plain->glyph->metrics.width == 0;
}

unsigned font_file_carrier(const struct font_file *file, size_t nth)
{
    return nth < CARRIERS ? file->carriers[nth] : 0;
}
