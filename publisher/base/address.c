#include "base/address.h"

#include <string.h>

/* RFC 3986, 3.3: pchar, and the slash between parts. */
static bool stands_in_path(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("-._~!$&'()*+,;=:@/", c));
}

static int hex_digit(text t, size_t place)
{
    return byte_hexadecimal(place < t.length ? t.bytes[place] : ' ');
}

static bool is_escape(text t, size_t percent)
{
    return t.bytes[percent] == '%' && hex_digit(t, percent + 1) >= 0 &&
           hex_digit(t, percent + 2) >= 0;
}

/* Spaces, controls, and the signs that are no code points of a URL (WHATWG URL, 4.3). */
static bool is_refused(unsigned char c)
{
    return c <= ' ' || c == 0x7F || strchr("\"<>\\^`{|}", c);
}

void address_add(struct buffer *out, enum address_part part, text t)
{
    unsigned slashes = 0;
    bool has_fragment = false;
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        bool stands = false;
        slashes += c == '/';
        switch (part) {
        case ADDRESS_WHOLE:
            /* Brackets belong to the host alone (IPv6), a number sign only before the fragment. */
            stands = !is_refused(c) && (c != '%' || is_escape(t, i)) &&
                     ((c != '[' && c != ']') || slashes == 2) && (c != '#' || !has_fragment);
            has_fragment = has_fragment || c == '#';
            break;
        case ADDRESS_PATH:
            /* In the first part a colon would end a scheme (4.2). */
            stands = stands_in_path(c) && (c != ':' || slashes);
            break;
        case ADDRESS_FRAGMENT:
            stands = !is_refused(c) && !strchr("#%[]", c);
            break;
        }
        if (stands)
            buffer_add_byte(out, (char)c);
        else
            buffer_printf(out, "%%%02X", (unsigned)c);
    }
}

text address_encoded(struct arena *arena, enum address_part part, text t)
{
    struct buffer out;
    buffer_init(&out, 3 * t.length + 1); /* buffer_printf ends with a 0 */
    address_add(&out, part, t);
    text encoded = out.length == t.length ? t : arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return encoded;
}

text address_beside(struct arena *arena, text name)
{
    text path = address_encoded(arena, ADDRESS_PATH, name);
    return arena_printf(arena, "./%.*s", TEXT_ARGUMENTS(path));
}

text address_decoded(struct arena *arena, text address)
{
    char *bytes = arena_allocate(arena, address.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < address.length; i++) {
        bool is_code = is_escape(address, i);
        bytes[length++] = is_code
                              ? (char)(hex_digit(address, i + 1) * 16 + hex_digit(address, i + 2))
                              : address.bytes[i];
        i += is_code ? 2 : 0;
    }
    text decoded = {bytes, length};
    bool is_good =
        text_find_invalid_utf8(decoded) == SIZE_MAX && text_find_byte(decoded, '\0', 0) == SIZE_MAX;
    return is_good ? decoded : arena_copy(arena, address);
}

text address_scheme(text address)
{
    for (size_t i = 0; i < address.length; i++) {
        char c = (char)(address.bytes[i] | 0x20);
        bool is_letter = c >= 'a' && c <= 'z';
        if (i && address.bytes[i] == ':')
            return text_slice(address, 0, i);
        if (!is_letter && (i == 0 || !memchr("0123456789+-.", address.bytes[i], 13)))
            return TEXT_EMPTY;
    }
    return TEXT_EMPTY;
}

bool address_is_web(text address)
{
    text scheme = address_scheme(address);
    return text_equal_ignoring_case(scheme, TEXT("https")) ||
           text_equal_ignoring_case(scheme, TEXT("http"));
}
