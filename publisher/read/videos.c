/* Films of two sites within a page: `{{< youtube abc >}}`, `{{< vimeo id="…" title="…" >}}` (Hugo)
   are links with the title as their words, or else their address, which link-bare-address tells.
   Those of Quarto, `{{< video … >}}`, are read by site_parts.c. */
#include "read/values.h"

#include <string.h>

static const struct {
    const char *name, *address; /* what stands before the id */
} players[] = {{"youtube", "https://www.youtube.com/watch?v="}, {"vimeo", "https://vimeo.com/"}};

/* The next word or `key="words with spaces"` at the offset, moved behind it; *key: empty where it
   has none. False: there is none, or its quote does not end. */
static bool next_value(text inside, size_t *at, text *key, text *value)
{
    while (*at < inside.length && strchr(" \t\n", inside.bytes[*at]))
        ++*at;
    size_t from = *at, equals = SIZE_MAX;
    for (; *at < inside.length && !strchr(" \t\n\"'", inside.bytes[*at]); ++*at) {
        if (inside.bytes[*at] == '=' && equals == SIZE_MAX)
            equals = *at;
    }
    bool is_quoted = *at < inside.length && strchr("\"'", inside.bytes[*at]) &&
                     (*at == from || *at == equals + 1);
    bool has_key = is_quoted && *at > from;
    *key = has_key ? text_slice(inside, from, equals) : TEXT_EMPTY;
    if (!is_quoted) {
        *value = text_slice(inside, from, *at);
        return *at > from;
    }
    size_t end = text_find_byte(inside, inside.bytes[*at], *at + 1);
    *value = text_slice(inside, *at + 1, end);
    *at = end + 1;
    return end != SIZE_MAX;
}

bool video_find(struct arena *arena, text inside, text *words, text *address)
{
    size_t i = 0, at = 0;
    text name, key, value, id = TEXT_EMPTY;
    *words = TEXT_EMPTY;
    if (!next_value(inside, &at, &key, &name) || key.length)
        return false;
    while (i < sizeof players / sizeof *players && !text_equal_c(name, players[i].name))
        i++;
    if (i == sizeof players / sizeof *players)
        return false;
    while (next_value(inside, &at, &key, &value)) {
        if (text_equal_c(key, "title"))
            *words = text_trim(value);
        else if (id.length == 0 &&
                 (key.length == 0 || text_equal_c(key, "id") || text_equal_c(key, "src")))
            id = value;
    }
    for (size_t j = 0; j < id.length; j++) {
        bool is_digit = byte_is_digit(id.bytes[j]);
        if (!text_is_ascii_letter(id.bytes[j]) && !is_digit && !strchr("-_", id.bytes[j]))
            return false;
    }
    *address = arena_printf(arena, "%s%.*s", players[i].address, TEXT_ARGUMENTS(id));
    if (words->length == 0)
        *words = *address;
    return id.length > 0;
}
