/* Buffer: bytes that grow on the heap up to a stated maximum. Invariant: length <= maximum. Once an
   append would pass the maximum nothing more is added and `overflowed` stays true. */
#ifndef LECTERN_BASE_BUFFER_H
#define LECTERN_BASE_BUFFER_H

#include "base/text.h"

struct buffer {
    char *bytes; /* owned; NULL while empty */
    size_t length, capacity, maximum;
    bool overflowed;
    bool cuts;                                /* see buffer_cut */
    void (*drain)(void *closure, text bytes); /* NULL: it keeps all */
    void *closure;
};

/* An empty buffer that takes at most `maximum` bytes; past them it only notes `overflowed`. */
void buffer_init(struct buffer *buffer, size_t maximum);
/* Gives the memory back; the buffer is empty and may be used again. */
void buffer_release(struct buffer *buffer);
/* From now on, what is in it is given to `drain` and forgotten whenever it has grown to some 64 KB:
   output of any length in bounded memory. What is in it at the end is for the caller to write. */
void buffer_drain(struct buffer *buffer, void (*drain)(void *closure, text bytes), void *closure);
/* From now on, of the text that would go past the maximum its beginning is added, up to the end of
   a character; buffer_add and buffer_add_text. For who asks only how words begin, or whether there
   are any. */
void buffer_cut(struct buffer *buffer);
/* Forgets the content, keeps the memory. */
void buffer_clear(struct buffer *buffer);
/* Appends bytes; nothing of what would go past the maximum. */
void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
/* Room for so many bytes behind what is in it, for a library to write into: what it writes is added
   with buffer_add_reserved. NULL: it would pass the maximum. */
char *buffer_reserve(struct buffer *buffer, size_t most);
/* Adds what was written into the room, no more than was asked for. */
void buffer_add_reserved(struct buffer *buffer, size_t length);
/* Appends the bytes of a text. */
void buffer_add_text(struct buffer *buffer, text t);
/* Appends a string of C without its zero byte. */
void buffer_add_c(struct buffer *buffer, const char *string);
/* Appends one byte. */
void buffer_add_byte(struct buffer *buffer, char byte);
/* Appends a Unicode character as UTF-8. */
void buffer_add_code_point(struct buffer *buffer, uint32_t code_point);
/* Appends what printf would print. */
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A decimal number with at most `places` digits after the point, without trailing zeros and without
   the locale: 12.5, 0, -3.25. Not for values beyond 1e12. */
void buffer_add_number(struct buffer *buffer, double number, int places);
/* The text as a string of JSON, with its quotes (RFC 8259, 7). */
void buffer_add_json(struct buffer *buffer, text t);
/* What is in it, borrowed until the next call. */
text buffer_text(const struct buffer *buffer);

#endif
