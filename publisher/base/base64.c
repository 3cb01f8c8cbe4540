#include "base/base64.h"

void base64_add(struct buffer *out, text bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t count = bytes.length - i < 3 ? bytes.length - i : 3;
        uint32_t bits = 0;
        for (size_t j = 0; j < 3; j++)
            bits = bits << 8 | (j < count ? (unsigned char)bytes.bytes[i + j] : 0u);
        char four[4];
        for (size_t j = 0; j < 4; j++)
            four[j] = j <= count ? digits[bits >> (18 - 6 * j) & 63] : '=';
        buffer_add(out, four, 4);
    }
}
