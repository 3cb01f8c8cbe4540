#include "document/variable.h"

#include "base/characters.h"
#include "base/limits.h"

bool variable_name_is_valid(text name)
{
    if (name.length == 0 || name.length > LIMIT_VARIABLE_NAME ||
        text_find_invalid_utf8(name) != SIZE_MAX || name.bytes[0] == ' ' ||
        name.bytes[name.length - 1] == ' ')
        return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        if (!text_is_ascii_alphanumeric(c) && c != '_' && c != '-' && c != ' ' &&
            (unsigned char)c < 0x80)
            return false;
    }
    return true;
}

const char *variable_value_fault(text value)
{
    size_t offset = 0;
    if (value.length > LIMIT_VARIABLE_BYTES)
        return "is longer than 2000 bytes";
    if (text_find_invalid_utf8(value) != SIZE_MAX)
        return "is not UTF-8";
    if (characters_find(value, CHARACTER_CONTROL, &offset))
        return "holds a control character";
    return NULL;
}

text variable_value_fold(struct arena *arena, text value)
{
    char *bytes = arena_copy_c(arena, text_trim(value));
    size_t length = 0;
    for (const char *from = bytes; *from; from++) {
        if (!byte_is_white(*from))
            bytes[length++] = *from;
        else if (length && bytes[length - 1] != ' ')
            bytes[length++] = ' ';
    }
    return (text){bytes, length};
}
