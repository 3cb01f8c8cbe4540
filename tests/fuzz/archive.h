/* An EPUB for fuzzing: libzip reads no file whose checksum is wrong, so bytes are changed within
   the files and the archive is written anew. Only what this writes is read: files that are not
   packed, one after another. */
#ifndef LECTERN_FUZZ_ARCHIVE_H
#define LECTERN_FUZZ_ARCHIVE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LOCAL = 30, CENTRAL = 46, END = 22, MOST_FILES = 64 };

struct file {
    const uint8_t *name, *bytes;
    size_t name_length, length;
};

static uint32_t number(const uint8_t *at, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

static uint8_t *put(uint8_t *at, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        *at++ = (uint8_t)(value >> 8 * i);
    return at;
}

static size_t read_files(const uint8_t *data, size_t size, struct file *files)
{
    size_t count = 0, at = 0;
    while (count < MOST_FILES && size - at >= LOCAL && memcmp(data + at, "PK\3\4", 4) == 0) {
        size_t name = number(data + at + 26, 2), extra = number(data + at + 28, 2);
        size_t length = number(data + at + 22, 4);
        if (number(data + at + 8, 2) != 0 || name + extra + length > size - at - LOCAL)
            return 0;
        files[count++] =
            (struct file){data + at + LOCAL, data + at + LOCAL + name + extra, name, length};
        at += LOCAL + name + extra + length;
    }
    return count;
}

/* From the version on: what local and central headers have in common. */
static uint8_t *put_common(uint8_t *at, const struct file *file)
{
    at = put(at, 20, 2);         /* version */
    at = put(at, 0, 2);          /* flags */
    at = put(at, 0, 2);          /* not packed */
    at = put(at, 0x00210000, 4); /* time */
    at = put(at, (uint32_t)crc32(0, file->bytes, (uInt)file->length), 4);
    at = put(at, (uint32_t)file->length, 4); /* packed */
    at = put(at, (uint32_t)file->length, 4);
    at = put(at, (uint32_t)file->name_length, 2);
    return put(at, 0, 2); /* extra */
}

static size_t write_files(uint8_t *out, const struct file *files, size_t count)
{
    uint8_t *at = out;
    uint32_t places[MOST_FILES];
    for (size_t i = 0; i < count; i++) {
        places[i] = (uint32_t)(at - out);
        memcpy(at, "PK\3\4", 4);
        at = put_common(at + 4, &files[i]);
        memcpy(at, files[i].name, files[i].name_length);
        at += files[i].name_length;
        memcpy(at, files[i].bytes, files[i].length);
        at += files[i].length;
    }
    uint32_t start = (uint32_t)(at - out);
    for (size_t i = 0; i < count; i++) {
        memcpy(at, "PK\1\2", 4);
        at = put_common(put(at + 4, 20, 2), &files[i]);
        at = put(put(put(at, 0, 4), 0, 2), 0, 4); /* comment, disk, attributes */
        at = put(at, places[i], 4);
        memcpy(at, files[i].name, files[i].name_length);
        at += files[i].name_length;
    }
    uint32_t length = (uint32_t)(at - out) - start;
    memcpy(at, "PK\5\6", 4);
    at = put(at + 4, 0, 4);
    at = put(at, (uint32_t)count, 2);
    at = put(at, (uint32_t)count, 2);
    at = put(at, length, 4);
    at = put(at, start, 4);
    return (size_t)(put(at, 0, 2) - out);
}

/* Changes one file of the archive in place by `mutate`, or a byte anywhere; the new size. */
static size_t archive_mutate(uint8_t *data, size_t size, size_t most, unsigned seed,
                             size_t (*mutate)(uint8_t *data, size_t size, size_t most))
{
    struct file files[MOST_FILES];
    size_t count = seed % 16 == 0 ? 0 : read_files(data, size, files), whole = END;
    if (!count)
        return mutate(data, size, most);
    struct file *chosen = &files[seed / 16 % count];
    for (size_t i = 0; i < count; i++)
        whole += LOCAL + CENTRAL + 2 * files[i].name_length + files[i].length;
    if (whole > most)
        return mutate(data, size, most);
    size_t room = chosen->length + most - whole;
    uint8_t *changed = malloc(room + 1), *out = malloc(most + 1);
    if (!changed || !out)
        abort();
    memcpy(changed, chosen->bytes, chosen->length);
    chosen->length = mutate(changed, chosen->length, room);
    chosen->bytes = changed;
    size_t written = write_files(out, files, count);
    memcpy(data, out, written);
    free(changed);
    free(out);
    return written;
}

#endif
