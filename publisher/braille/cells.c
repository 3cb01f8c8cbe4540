#include "braille/cells.h"

#include "base/report.h"
#include "braille/braille.h"

#include <liblouis/liblouis.h>
#include <string.h>
#include <unicode/uchar.h>

/* Dots as bits of a Unicode braille pattern (U+2800 and what follows); nothing for what is unknown.
 */
enum { CELLS_MODE = dotsIO | ucBrl | noUndefined, PATTERNS = 0x2800, SIX_DOTS = 0x3F };

/* North American ASCII Braille: the character for each pattern of six dots, dot 1 being the least
   bit. */
static const char ascii_of_dots[] =
    " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)=";

static size_t widen(text words, widechar *wide)
{
    size_t count = 0, offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset))
        wide[count++] = (widechar)(sizeof(widechar) < 4 && c > 0xFFFF ? 0xFFFD : c);
    return count;
}

/* What liblouis makes of the characters; SIZE_MAX: it failed. room: of the result. */
static size_t translate(const char *tables, const widechar *wide, size_t count, widechar *result,
                        size_t room)
{
    int length = (int)count, made = (int)room;
    bool is_good =
        lou_translateString(tables, wide, &length, result, &made, NULL, NULL, CELLS_MODE) == 1;
    return is_good && (size_t)length == count ? (size_t)made : SIZE_MAX;
}

/* A character is unknown that comes out empty, or with dots that paper braille does not have. */
static bool is_known(const char *tables, uint32_t c)
{
    enum { ROOM = 64 };
    widechar one = (widechar)c, result[ROOM];
    size_t made = translate(tables, &one, 1, result, ROOM);
    bool has_dots = false;
    for (size_t i = 0; i < made && made != SIZE_MAX; i++) {
        unsigned dots = (unsigned)result[i] - PATTERNS;
        if (dots > SIX_DOTS)
            return false;
        has_dots |= dots != 0;
    }
    return has_dots;
}

/* Where the character stands among those asked after; *is_there: it does. */
static size_t find_place(const struct cells *cells, uint32_t c, bool *is_there)
{
    size_t low = 0, high = cells->known_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cells->known[middle] < c)
            low = middle + 1;
        else
            high = middle;
    }
    *is_there = low < cells->known_count && cells->known[low] == c;
    return low;
}

static void check_character(struct cells *cells, const char *tables, uint32_t c,
                            const struct node *node)
{
    bool is_there;
    size_t place = find_place(cells, c, &is_there);
    /* A mark belongs to the letter before it. */
    if (is_there || c <= ' ' || text_is_space(c) || u_charType((UChar32)c) == U_NON_SPACING_MARK)
        return;
    ARENA_GROW(cells->arena, cells->known, cells->known_count, cells->known_capacity);
    memmove(cells->known + place + 1, cells->known + place,
            (cells->known_count++ - place) * sizeof *cells->known);
    cells->known[place] = c;
    if (is_known(tables, c))
        return;
    char bytes[5] = {0};
    size_t length = text_encode(c, bytes);
    report_warning(cells->document->report, "braille-character", node->span, NULL,
                   "the braille of this language has no sign for \"%.*s\" (U+%04X): it is left out",
                   (int)length, bytes, (unsigned)c);
}

static void fail(struct cells *cells, const struct node *node, const char *why)
{
    if (!cells->failed)
        report_error(cells->document->report, "braille-table", node->span, NULL, "%s", why);
    cells->failed = true;
}

/* One line of words. */
static void add_line(struct cells *cells, const char *tables, text words, const struct node *node,
                     struct buffer *out)
{
    if (words.length == 0)
        return;
    size_t offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset))
        check_character(cells, tables, c, node);
    widechar *wide = ARENA_NEW_ARRAY(cells->arena, words.length, widechar);
    size_t count = widen(words, wide), made = SIZE_MAX, room = 0;
    widechar *result = NULL;
    for (size_t factor = 4; made == SIZE_MAX && factor <= 64;
         factor *= 4) { /* it stops where full */
        room = count * factor + 64;
        result = ARENA_NEW_ARRAY(cells->arena, room, widechar);
        made = translate(tables, wide, count, result, room);
    }
    if (made == SIZE_MAX) {
        fail(cells, node, "liblouis cannot turn these words into braille");
        return;
    }
    for (size_t i = 0; i < made; i++)
        buffer_add_byte(out, ascii_of_dots[((unsigned)result[i] - PATTERNS) & SIX_DOTS]);
}

/* A part in a language without braille is read in the document's. */
static const char *tables_for(const struct cells *cells, text language)
{
    const char *tables = braille_tables(language, cells->contracted);
    return tables ? tables : braille_tables(cells->document->metadata.language, cells->contracted);
}

bool cells_has(const struct cells *cells, uint32_t character, text language)
{
    const char *tables = tables_for(cells, language);
    return tables && is_known(tables, character);
}

void cells_add(struct cells *cells, text words, text language, const struct node *node,
               struct buffer *out)
{
    const char *tables = tables_for(cells, language);
    if (!tables) {
        fail(cells, node, "there is no table of literary braille for this language");
        return;
    }
    for (size_t from = 0; from <= words.length;) {
        size_t end = text_find_byte(words, '\n', from);
        add_line(cells, tables, text_slice(words, from, end == SIZE_MAX ? words.length : end), node,
                 out);
        if (end == SIZE_MAX)
            break;
        buffer_add_byte(out, '\n');
        from = end + 1;
    }
}
