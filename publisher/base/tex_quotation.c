#include "base/tex_quotation.h"

#include <string.h>

bool tex_quotation_may_open(text words, size_t offset)
{
    char before = offset ? words.bytes[offset - 1] : '\n';
    char after = offset + 2 < words.length ? words.bytes[offset + 2] : '\0';
    bool is_word = text_is_ascii_alphanumeric(after) || (unsigned char)after >= 0x80;
    return strchr(" \t\r\n([{\"*_|-/>", before) &&
           (is_word || (after && strchr("*_\\[$(<.", after)));
}
