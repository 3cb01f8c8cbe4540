/* Entities of HTML in the fields of references, as databases and doi.org hand them out. */
#include "base/characters.h"
#include "references/library.h"

#include <libxml/HTMLparser.h>
#include <string.h>

size_t library_entity(text rest, uint32_t *character)
{
    enum { LONGEST = sizeof "&thetasym;" - 1 };
    size_t end = text_find_byte(text_slice(rest, 0, LONGEST), ';', 0);
    if (end == SIZE_MAX || end < 3 || rest.bytes[0] != '&')
        return 0;
    text name = text_slice(rest, 1, end);
    unsigned long number = 0;
    if (name.bytes[0] == '#' && (name.bytes[1] | 0x20) == 'x') {
        bool is_number = name.length > 2;
        for (size_t i = 2; i < name.length; i++) {
            int digit = byte_hexadecimal(name.bytes[i]);
            is_number = is_number && digit >= 0;
            number = number * 16 + (unsigned long)(digit < 0 ? 0 : digit);
        }
        number = is_number ? number : 0;
    } else if (name.bytes[0] == '#') {
        if (!text_to_number(text_slice(name, 1, name.length), 0x10FFFF, &number))
            number = 0;
    } else {
        char copy[LONGEST] = "";
        memcpy(copy, name.bytes, name.length);
        const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)copy);
        number = entity ? entity->value : 0;
    }
    bool is_character = number >= ' ' && number <= 0x10FFFF && (number < 0xD800 || number > 0xDFFF);
    *character = (uint32_t)number;
    return is_character && character_fault(*character) == CHARACTER_GOOD ? end + 1 : 0;
}

/* The entity at the offset, where it is to be read; 0: none. *is_open: an "&lt;" that stays, since
   a letter or a stroke behind it would make a mark of it, stands before; its "&gt;" stays too. */
static size_t entity_to_read(text words, size_t at, bool is_markup, bool *is_open,
                             uint32_t *character)
{
    size_t length = library_entity(text_slice(words, at, words.length), character);
    if (length == 0 || is_markup)
        return length;
    char after = at + length < words.length ? words.bytes[at + length] : ' ';
    bool opens = *character == '<' && (text_is_ascii_letter(after) || after == '/');
    bool closes = *is_open && *character == '>';
    *is_open = (*is_open || opens) && !closes;
    return opens || closes ? 0 : length;
}

text library_without_entities(const struct library *library, text words, bool is_markup)
{
    if (text_find_byte(words, '&', 0) == SIZE_MAX)
        return words;
    char *bytes = arena_allocate(library->arena, words.length); /* an entity is never shorter */
    size_t length = 0;
    bool is_open = false;
    for (size_t at = 0; at < words.length;) {
        uint32_t character;
        size_t entity = entity_to_read(words, at, is_markup, &is_open, &character);
        if (entity)
            length += text_encode(character, bytes + length);
        else
            bytes[length++] = words.bytes[at];
        at += entity ? entity : 1;
    }
    return (text){bytes, length};
}

text library_with_entities(struct arena *arena, text words)
{
    static const char rest[] = "amp;";
    size_t count = 0, length = 0;
    for (size_t at = text_find_byte(words, '&', 0); at != SIZE_MAX;
         at = text_find_byte(words, '&', at + 1))
        count++;
    if (count == 0)
        return words;
    char *bytes = arena_allocate(arena, words.length + count * strlen(rest));
    bool is_open = false;
    for (size_t at = 0; at < words.length; at++) {
        uint32_t character;
        bytes[length++] = words.bytes[at];
        if (entity_to_read(words, at, false, &is_open, &character)) {
            memcpy(bytes + length, rest, strlen(rest));
            length += strlen(rest);
        }
    }
    return (text){bytes, length};
}
