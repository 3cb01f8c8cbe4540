#include "inspect/pdf/program.h"

#include <ft2build.h>
#include FT_ADVANCES_H
#include FT_CID_H
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

struct font_program {
    FT_Library library;
    FT_Face face;
    uint32_t *by_cid; /* of CID-keyed CFF within OpenType: its glyphs; NULL: not asked for yet */
};

static void close_program(void *object)
{
    struct font_program *program = object;
    FT_Done_Face(program->face);
    FT_Done_FreeType(program->library);
}

struct font_program *program_open(struct arena *arena, text bytes)
{
    struct font_program *program = ARENA_NEW(arena, struct font_program);
    if (bytes.length == 0 || bytes.length > INT32_MAX || FT_Init_FreeType(&program->library))
        return NULL;
    if (FT_New_Memory_Face(program->library, (const FT_Byte *)bytes.bytes, (FT_Long)bytes.length, 0,
                           &program->face)) {
        FT_Done_FreeType(program->library);
        return NULL;
    }
    arena_on_release(arena, close_program, program);
    return program;
}

long program_glyph_count(const struct font_program *program)
{
    return program->face->num_glyphs;
}

unsigned program_by_name(const struct font_program *program, const char *name)
{
    return FT_HAS_GLYPH_NAMES(program->face) ? FT_Get_Name_Index(program->face, name) : 0;
}

unsigned program_by_cid(struct font_program *program, struct arena *arena, uint32_t cid)
{
    enum { CIDS = 65536 };
    FT_Face face = program->face;
    FT_Bool is_keyed = 0;
    if (!FT_IS_SFNT(face) || FT_Get_CID_Is_Internally_CID_Keyed(face, &is_keyed) || !is_keyed)
        return cid;
    if (!program->by_cid) {
        program->by_cid = ARENA_NEW_ARRAY(arena, CIDS, uint32_t);
        for (FT_UInt glyph = 0; glyph < (FT_UInt)face->num_glyphs; glyph++) {
            FT_UInt own = 0;
            if (!FT_Get_CID_From_Glyph_Index(face, glyph, &own) && own < CIDS)
                program->by_cid[own] = glyph;
        }
    }
    return cid < CIDS ? program->by_cid[cid] : 0;
}

/* FreeType makes cmaps up where there are none but names. */
static bool is_own(const struct font_program *program, FT_CharMap map)
{
    return !FT_IS_SFNT(program->face) || FT_Get_CMap_Format(map) >= 0;
}

static FT_CharMap find_cmap(const struct font_program *program, int platform, int encoding)
{
    for (int i = 0; i < program->face->num_charmaps; i++) {
        FT_CharMap map = program->face->charmaps[i];
        if (is_own(program, map) && map->platform_id == platform &&
            (encoding < 0 || map->encoding_id == encoding))
            return map;
    }
    return NULL;
}

static unsigned look_up(const struct font_program *program, FT_CharMap map, uint32_t code)
{
    if (!map || FT_Set_Charmap(program->face, map))
        return 0;
    return FT_Get_Char_Index(program->face, code);
}

static FT_CharMap unicode_cmap(const struct font_program *program)
{
    FT_CharMap map = find_cmap(program, 3, 10);
    if (!map)
        map = find_cmap(program, 3, 1);
    return map ? map : find_cmap(program, 0, -1);
}

unsigned program_by_unicode(const struct font_program *program, uint32_t code_point)
{
    return look_up(program, unicode_cmap(program), code_point);
}

unsigned program_by_symbol(const struct font_program *program, uint32_t code)
{
    FT_CharMap map = find_cmap(program, 3, 0);
    static const uint32_t bases[] = {0xF000, 0, 0xF100, 0xF200};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        unsigned glyph = look_up(program, map, bases[i] + code);
        if (glyph)
            return glyph;
    }
    return 0;
}

unsigned program_by_mac(const struct font_program *program, uint32_t code)
{
    return look_up(program, find_cmap(program, 1, 0), code);
}

text program_glyph_name(const struct font_program *program, struct arena *arena, unsigned glyph)
{
    char name[256] = "";
    if (!FT_HAS_GLYPH_NAMES(program->face) ||
        FT_Get_Glyph_Name(program->face, glyph, name, sizeof name))
        return TEXT_EMPTY;
    return arena_copy(arena, text_from_c(name));
}

const char *program_built_in(const struct font_program *program, struct arena *arena, unsigned code)
{
    FT_CharMap map = NULL;
    for (int i = 0; i < program->face->num_charmaps; i++)
        if (program->face->charmaps[i]->platform_id == 7) /* Adobe's: standard, expert, custom */
            map = program->face->charmaps[i];
    unsigned glyph = look_up(program, map, code);
    return glyph ? arena_copy_c(arena, program_glyph_name(program, arena, glyph)) : "";
}

double program_width(const struct font_program *program, unsigned glyph)
{
    FT_Face face = program->face;
    if (FT_Load_Glyph(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP))
        return -1;
    if (FT_IS_SFNT(face)) /* a composite glyph may be set with the width of one of its parts */
        return program_advance(program, glyph);
    double em = face->units_per_EM ? face->units_per_EM : 1000;
    return (double)face->glyph->metrics.horiAdvance * 1000 / em;
}

double program_advance(const struct font_program *program, unsigned glyph)
{
    FT_Face face = program->face;
    FT_Fixed advance = 0;
    if (FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING, &advance))
        return -1;
    double em = face->units_per_EM ? face->units_per_EM : 1000;
    return (double)advance * 1000 / em;
}

int program_cmaps(const struct font_program *program)
{
    int count = 0;
    for (int i = 0; i < program->face->num_charmaps; i++)
        count += is_own(program, program->face->charmaps[i]);
    return count;
}

bool program_has_unicode_cmap(const struct font_program *program)
{
    return unicode_cmap(program) != NULL;
}

bool program_has_mac_cmap(const struct font_program *program)
{
    return find_cmap(program, 1, 0) != NULL;
}

bool program_has_symbol_cmap(const struct font_program *program)
{
    return find_cmap(program, 3, 0) != NULL;
}
