#include "base/buffer.h"

#include "base/arena.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAIN_BYTES = 64 * 1024 };

void buffer_init(struct buffer *buffer, size_t maximum)
{
    *buffer = (struct buffer){.maximum = maximum};
}

void buffer_drain(struct buffer *buffer, void (*drain)(void *closure, text bytes), void *closure)
{
    buffer->drain = drain;
    buffer->closure = closure;
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->bytes);
    buffer_init(buffer, buffer->maximum);
}

void buffer_cut(struct buffer *buffer)
{
    buffer->cuts = true;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    buffer->overflowed = false;
}

static bool reserve(struct buffer *buffer, size_t more)
{
    if (buffer->drain && buffer->length + more > DRAIN_BYTES && buffer->length) {
        buffer->drain(buffer->closure, buffer_text(buffer));
        buffer->length = 0;
    }
    if (buffer->overflowed || more > buffer->maximum - buffer->length) {
        buffer->overflowed = true;
        return false;
    }
    size_t wanted = buffer->length + more;
    if (wanted <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity ? buffer->capacity + buffer->capacity / 2 : 256;
    if (capacity < wanted)
        capacity = wanted;
    buffer->bytes = memory_reallocate(buffer->bytes, capacity);
    buffer->capacity = capacity;
    return true;
}

/* How many of the bytes there is room for, without a part of a character. */
static size_t room_for(const struct buffer *buffer, const char *bytes, size_t length)
{
    size_t room = buffer->maximum - buffer->length;
    if (room >= length)
        return length;
    while (room && ((unsigned char)bytes[room] & 0xC0) == 0x80)
        room--;
    return room;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
    size_t wanted = length;
    if (buffer->cuts && !buffer->overflowed)
        length = room_for(buffer, bytes, length);
    if (length && reserve(buffer, length)) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
        buffer->length += length;
    }
    buffer->overflowed = buffer->overflowed || length < wanted;
}

char *buffer_reserve(struct buffer *buffer, size_t most)
{
    return reserve(buffer, most) ? buffer->bytes + buffer->length : NULL;
}

void buffer_add_reserved(struct buffer *buffer, size_t length)
{
    buffer->length += length;
}

void buffer_add_text(struct buffer *buffer, text t)
{
    buffer_add(buffer, t.bytes, t.length);
}

void buffer_add_c(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, string, strlen(string));
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    buffer_add(buffer, &byte, 1);
}

void buffer_add_code_point(struct buffer *buffer, uint32_t code_point)
{
    char bytes[4];
    buffer_add(buffer, bytes, text_encode(code_point, bytes));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0 && reserve(buffer, (size_t)length + 1)) {
        vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_add_number(struct buffer *buffer, double number, int places)
{
    double scale = 1;
    for (int i = 0; i < places; i++)
        scale *= 10;
    long long scaled = isfinite(number) && fabs(number) < 1e12 ? llround(number * scale) : 0;
    if (scaled < 0)
        buffer_add_byte(buffer, '-');
    unsigned long long rest = scaled < 0 ? (unsigned long long)-scaled : (unsigned long long)scaled;
    unsigned long long unit = (unsigned long long)scale;
    buffer_printf(buffer, "%llu", rest / unit);
    unsigned long long fraction = rest % unit;
    if (fraction == 0)
        return;
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%0*llu", places, fraction);
    while (count > 0 && digits[count - 1] == '0')
        count--;
    buffer_add_byte(buffer, '.');
    buffer_add(buffer, digits, (size_t)count);
}

void buffer_add_json(struct buffer *buffer, text t)
{
    buffer_add_byte(buffer, '"');
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        if (c == '"' || c == '\\')
            buffer_add_byte(buffer, '\\');
        if (c < 0x20)
            buffer_printf(buffer, "\\u%04x", c);
        else
            buffer_add_byte(buffer, (char)c);
    }
    buffer_add_byte(buffer, '"');
}

text buffer_text(const struct buffer *buffer)
{
    return (text){buffer->bytes, buffer->length};
}
