#include "document/identifier.h"

/* FNV-1a, 64 bits, over the texts with their lengths, so that no two lists of texts run together.
 */
static uint64_t hash_of(uint64_t seed, const text *texts, size_t count)
{
    uint64_t hash = 14695981039346656037u ^ seed;
    for (size_t i = 0; i < count; i++) {
        size_t length = texts[i].length;
        for (size_t j = 0; j < sizeof length; j++)
            hash = (hash ^ (length >> (8 * j) & 0xFF)) * 1099511628211u;
        for (size_t j = 0; j < texts[i].length; j++)
            hash = (hash ^ (unsigned char)texts[i].bytes[j]) * 1099511628211u;
    }
    return hash;
}

text identifier_make(struct arena *arena, const text *texts, size_t count)
{
    uint64_t high = hash_of(0, texts, count), low = hash_of(0x6C65637465726E, texts, count);
    high = (high & ~(uint64_t)0xF000) | 0x8000;
    low = (low & ~(uint64_t)0 >> 2) | (uint64_t)2 << 62;
    return arena_printf(arena, "urn:uuid:%08x-%04x-%04x-%04x-%04x%08x", (unsigned)(high >> 32),
                        (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFFF),
                        (unsigned)(low >> 48), (unsigned)(low >> 32 & 0xFFFF),
                        (unsigned)(low & 0xFFFFFFFF));
}
