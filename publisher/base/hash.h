/* Hash: FNV-1a, 64 bits (Fowler, Noll and Vo, 1991). For tables and for names that stay while the
   words do; not against those who want two texts to have the same. Begin with HASH_START. */
#ifndef LECTERN_BASE_HASH_H
#define LECTERN_BASE_HASH_H

#include "base/text.h"

#define HASH_START 14695981039346656037u

/* The hash with one number more in it: a byte, as FNV has it, or a larger one in one step. */
static inline uint64_t hash_number(uint64_t hash, uint64_t number)
{
    return (hash ^ number) * 1099511628211u;
}

/* The hash with these bytes more in it. */
static inline uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        hash = hash_number(hash, byte[i]);
    return hash;
}

/* The hash with the bytes of a text more in it. */
static inline uint64_t hash_text(uint64_t hash, text t)
{
    return hash_bytes(hash, t.bytes, t.length);
}

#endif
