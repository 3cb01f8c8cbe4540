/* Base64 (RFC 4648, 4), for data that stands in text. */
#ifndef LECTERN_BASE_BASE64_H
#define LECTERN_BASE_BASE64_H

#include "base/buffer.h"

/* Appends the bytes in base 64, padded. */
void base64_add(struct buffer *out, text bytes);

#endif
