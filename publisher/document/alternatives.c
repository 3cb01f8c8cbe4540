#include "document/alternatives.h"

#include "document/phrases.h"

/* What typography made of straight signs is straight again: attributes are left as they are typed.
 */
static text plain_quotes(struct arena *arena, text words)
{
    char *bytes = arena_copy_c(arena, words);
    size_t length = 0;
    for (size_t at = 0, next = 0; at < words.length; at = next) {
        uint32_t c = text_next(words, &next);
        bool is_single = c == 0x2018 || c == 0x2019, is_double = c == 0x201C || c == 0x201D;
        if (is_single || is_double)
            bytes[length++] = is_single ? '\'' : '"';
        for (; at < next && !is_single && !is_double; at++)
            bytes[length++] = words.bytes[at];
    }
    return (text){bytes, length};
}

static bool is_of_name(char c)
{
    return c == '-' || c == '_' || byte_is_digit(c);
}

bool alternative_is_file_name(text alt, text source)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"};
    if (text_find_byte(alt, ' ', 0) == SIZE_MAX && TEXT_HAS_EXTENSION(alt, endings))
        return true;
    text name = text_slice(source, text_folder(source).length, source.length);
    for (size_t dot = name.length; dot-- > 1;) {
        if (name.bytes[dot] == '.') {
            name = text_slice(name, 0, dot);
            break;
        }
    }
    if (!text_equal(alt, name))
        return false;
    for (size_t i = 0; i < name.length; i++) {
        if (is_of_name(name.bytes[i]))
            return true;
    }
    return false;
}

const char *alternative_says_image(text alt)
{
    return phrase_find(PHRASE_SAYS_IMAGE, text_trim(alt), false);
}

bool alternative_is_caption(struct arena *arena, text alt, text caption)
{
    return text_equal_ignoring_case(plain_quotes(arena, caption), plain_quotes(arena, alt));
}
