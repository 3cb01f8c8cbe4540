#include "document/alternatives.h"

#include "document/phrases.h"

/* What typography made of straight signs is straight again: attributes are left as they are typed.
   Letters of ASCII are small. */
static uint32_t next_plain(text words, size_t *offset)
{
    uint32_t c = text_next(words, offset);
    if (c == 0x2018 || c == 0x2019)
        return '\'';
    if (c == 0x201C || c == 0x201D)
        return '"';
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
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

bool alternative_is_caption(text alt, text caption)
{
    size_t in_alt = 0, in_caption = 0;
    while (in_alt < alt.length && in_caption < caption.length)
        if (next_plain(alt, &in_alt) != next_plain(caption, &in_caption))
            return false;
    return in_alt == alt.length && in_caption == caption.length;
}
