#include "inspect/pdf/collection.h"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

struct collection_reader {
    UConverter *converter;
    enum code_shape shape;
};

static void release(void *object)
{
    struct collection_reader *reader = object;
    ucnv_close(reader->converter);
}

struct collection_reader *collection_open(struct arena *arena, const struct predefined_cmap *cmap)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(cmap->set, &status);
    if (U_FAILURE(status))
        return NULL;
    /* a code that is none gives nothing, not a sign that stands for it */
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    struct collection_reader *reader = ARENA_NEW(arena, struct collection_reader);
    *reader = (struct collection_reader){converter, cmap->shape};
    arena_on_release(arena, release, reader);
    return reader;
}

static unsigned byte_at(text string, size_t at)
{
    return at < string.length ? (unsigned char)string.bytes[at] : 0;
}

int collection_code_bytes(const struct predefined_cmap *cmap, text string)
{
    unsigned first = byte_at(string, 0), second = byte_at(string, 1);
    size_t bytes = 1;
    switch (cmap->shape) {
    case SHAPE_TWO:
    case SHAPE_ROW:
        bytes = 2;
        break;
    case SHAPE_UTF16:
        bytes = first >= 0xD8 && first < 0xDC ? 4 : 2;
        break;
    case SHAPE_SHIFT:
        bytes = (first >= 0x81 && first <= 0x9F) || (first >= 0xE0 && first <= 0xFC) ? 2 : 1;
        break;
    case SHAPE_DOUBLE:
        bytes = first >= 0x81 && first < 0xFF ? 2 : 1;
        break;
    case SHAPE_MAC_GB:
        bytes = first >= 0xA1 && first <= 0xFC ? 2 : 1;
        break;
    case SHAPE_MAC_KSC:
        bytes = first >= 0xA1 && first <= 0xFD ? 2 : 1;
        break;
    case SHAPE_CNS:
        bytes = first == 0x8E ? 4 : first >= 0xA1 && first < 0xFF ? 2 : 1;
        break;
    case SHAPE_GB18030:
        bytes = first < 0x81 || first == 0xFF ? 1 : second >= '0' && second <= '9' ? 4 : 2;
        break;
    }
    return (int)(bytes < string.length ? bytes : string.length ? string.length : 1);
}

/* The Mac's sets have signs of one byte behind ASCII that ICU's sets do not have, or otherwise. */
static bool is_sign_of_mac(enum code_shape shape, text code)
{
    return (shape == SHAPE_MAC_GB || shape == SHAPE_MAC_KSC) && code.length == 1 &&
           byte_at(code, 0) >= 0x80;
}

/* ICU gives such characters for the codes that a set leaves to its users. */
static bool has_private(const UChar *units, int32_t length)
{
    for (int32_t i = 0; i < length; i++)
        if ((units[i] >= 0xE000 && units[i] <= 0xF8FF) ||
            (units[i] >= 0xDB80 && units[i] <= 0xDBFF)) /* of planes 15 and 16 */
            return true;
    return false;
}

size_t collection_unicode(struct collection_reader *reader, text code, char *out, size_t room)
{
    enum { MOST_UNITS = 8 };
    char bytes[4];
    UChar units[MOST_UNITS];
    UErrorCode status = U_ZERO_ERROR;
    size_t count = code.length < sizeof bytes ? code.length : sizeof bytes;
    if (is_sign_of_mac(reader->shape, code))
        return 0;
    for (size_t i = 0; i < count;
         i++) /* in EUC-JP the same row and cell have their eighth bits set */
        bytes[i] = (char)((unsigned char)code.bytes[i] | (reader->shape == SHAPE_ROW ? 0x80u : 0u));
    ucnv_resetToUnicode(reader->converter);
    int32_t length =
        ucnv_toUChars(reader->converter, units, MOST_UNITS, bytes, (int32_t)count, &status);
    if (U_FAILURE(status) || length <= 0 || length > MOST_UNITS || has_private(units, length))
        return 0;
    int32_t written = 0;
    u_strToUTF8(out, (int32_t)room, &written, units, length, &status);
    return U_FAILURE(status) || written < 0 || (size_t)written > room ? 0 : (size_t)written;
}

uint32_t collection_letter(bool is_japan, uint32_t cid)
{
    enum { YEN_CID = 61, YEN = 0xA5, OVERLINE_CID = 95, OVERLINE = 0x203E };
    if (is_japan && cid == YEN_CID)
        return YEN;
    if (is_japan && cid == OVERLINE_CID)
        return OVERLINE;
    return cid >= 1 && cid <= 95 ? cid - 1 + ' ' : 0;
}

bool collection_is_known(text registry, text ordering)
{
    static const char *const orderings[] = {"Japan1", "GB1", "CNS1", "Korea1", "KR"};
    return text_equal_c(registry, "Adobe") && TEXT_IS_AMONG(ordering, orderings);
}
