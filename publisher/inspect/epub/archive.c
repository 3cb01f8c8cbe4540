#include "inspect/epub/archive.h"

#include "base/address.h"
#include "base/limits.h"
#include "libraries/zip.h"

#include <stdlib.h>
#include <string.h>

/* Small files of one letter pack better than any bomb needs to. */
enum { SMALL_BYTES = 1024 * 1024 };

static const char media_type[] = "application/epub+zip";

static int compare_entries(const void *left, const void *right)
{
    const struct epub_entry *a = left, *b = right;
    int order = text_compare(a->name, b->name);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* EPUB 3.3, 4.2.3: what a name may not hold; NULL: it is fine. */
static const char *name_fault(text name)
{
    text rest = name;
    if (text_starts_with(name, TEXT("/")))
        return "begins at the root of the disk";
    while (rest.length) {
        size_t slash = text_find_byte(rest, '/', 0);
        text part = text_slice(rest, 0, slash == SIZE_MAX ? rest.length : slash);
        if (text_equal_c(part, ".."))
            return "leads out of the archive";
        rest = text_slice(rest, slash == SIZE_MAX ? rest.length : slash + 1, rest.length);
        if (part.length && part.bytes[part.length - 1] == '.')
            return "ends with a full stop";
    }
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.bytes[i];
        if (c < 0x20 || c == 0x7F || strchr("\\\"*:<>?|", c))
            return "has a character that names may not have";
    }
    return NULL;
}

static text entry_name(struct epub_archive *archive, uint64_t index)
{
    const char *raw = zip_get_name(archive->zip, index, ZIP_FL_ENC_RAW);
    text name = text_from_c(raw);
    if (text_find_invalid_utf8(name) == SIZE_MAX)
        return arena_copy(archive->inspection->arena, name);
    name = text_from_c(zip_get_name(archive->zip, index, ZIP_FL_ENC_GUESS));
    name = text_slice(name, 0, text_find_invalid_utf8(name));
    inspection_find(archive->inspection, CONDITION_EPUB_NAME, 0, 0, 0, "%.*s: it is not in UTF-8",
                    TEXT_ARGUMENTS(name));
    return arena_copy(archive->inspection->arena, name);
}

static void check_names(struct epub_archive *archive)
{
    for (size_t i = 0; i < archive->count; i++) {
        const struct epub_entry *entry = &archive->entries[i];
        const char *fault = name_fault(entry->name);
        if (fault)
            inspection_find(archive->inspection, CONDITION_EPUB_NAME, 0, 0, 0, "%.*s: it %s",
                            TEXT_ARGUMENTS(entry->name), fault);
        if (i && text_equal(entry->name, archive->entries[i - 1].name))
            inspection_find(archive->inspection, CONDITION_EPUB_DUPLICATE, 0, 0, 0, "%.*s",
                            TEXT_ARGUMENTS(entry->name));
    }
}

/* 4.3.3: by its first bytes a file is known for an EPUB. */
static void check_media_type(struct epub_archive *archive)
{
    zip_stat_t stat;
    struct buffer bytes;
    const char *fault = NULL;
    buffer_init(&bytes, LIMIT_INSPECT_STREAM_BYTES);
    const struct epub_entry *entry = epub_archive_find(archive, TEXT("mimetype"));
    if (!entry)
        fault = "there is no such file";
    else if (entry->index != 0)
        fault = "it is not the first file";
    else if (zip_stat_index(archive->zip, 0, 0, &stat) == 0 && stat.comp_method != ZIP_CM_STORE)
        fault = "it is packed";
    else if (epub_archive_read(archive, TEXT("mimetype"), &bytes).length ||
             !text_equal_c(buffer_text(&bytes), media_type))
        fault = "it does not hold application/epub+zip and nothing else";
    if (fault)
        inspection_find(archive->inspection, CONDITION_EPUB_MIMETYPE, 0, 0, 0, "%s", fault);
    buffer_release(&bytes);
}

static bool list_entries(struct epub_archive *archive, size_t count)
{
    archive->entries = ARENA_NEW_ARRAY(archive->inspection->arena, count, struct epub_entry);
    for (size_t i = 0; i < count; i++) {
        zip_stat_t stat;
        if (zip_stat_index(archive->zip, i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE)) {
            inspection_fail(archive->inspection, "the archive's list of files is damaged");
            return false;
        }
        struct epub_entry *entry = &archive->entries[archive->count++];
        entry->index = i;
        entry->size = stat.size;
        entry->packed = stat.valid & ZIP_STAT_COMP_SIZE ? stat.comp_size : 0;
        entry->is_encrypted =
            (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE;
        entry->name = entry_name(archive, i);
    }
    qsort(archive->entries, archive->count, sizeof *archive->entries, compare_entries);
    return true;
}

bool epub_archive_open(struct epub_archive *archive, struct inspection *inspection)
{
    zip_error_t error;
    *archive = (struct epub_archive){.inspection = inspection};
    zip_error_init(&error);
    text bytes = inspection->bytes;
    zip_source_t *source = zip_source_buffer_create(bytes.bytes, bytes.length, 0, &error);
    archive->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (!archive->zip) {
        inspection_fail(inspection, "it is no ZIP archive that can be read: %s",
                        zip_error_strerror(&error));
        zip_source_free(source);
        zip_error_fini(&error);
        return false;
    }
    zip_error_fini(&error);
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    if (count > LIMIT_INSPECT_FILES) {
        inspection_fail(inspection, "it has more than %d files", LIMIT_INSPECT_FILES);
        return false;
    }
    if (!list_entries(archive, count < 0 ? 0 : (size_t)count))
        return false;
    check_names(archive);
    check_media_type(archive);
    return !inspection->failure.length;
}

void epub_archive_close(struct epub_archive *archive)
{
    if (archive->zip)
        zip_discard(archive->zip);
    archive->zip = NULL;
}

struct epub_entry *epub_archive_find(const struct epub_archive *archive, text path)
{
    struct epub_entry key = {.name = path};
    size_t low = 0, high = archive->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_entries(&archive->entries[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_found = low < archive->count && text_equal(archive->entries[low].name, path);
    return is_found ? &archive->entries[low] : NULL;
}

/* A file may say any size that it likes: what comes out is counted. */
static bool unpack(struct epub_archive *archive, const struct epub_entry *entry, size_t most,
                   struct buffer *out)
{
    char chunk[65536];
    zip_file_t *file = zip_fopen_index(archive->zip, entry->index, 0);
    zip_int64_t length = 0;
    if (!file)
        return false;
    while (out->length <= most) {
        size_t left = most + 1 - out->length;
        length = zip_fread(file, chunk, left < sizeof chunk ? left : sizeof chunk);
        if (length <= 0)
            break;
        buffer_add(out, chunk, (size_t)length);
    }
    zip_fclose(file);
    return length >= 0 && !out->overflowed;
}

text epub_archive_begin(struct epub_archive *archive, text path, size_t most, struct buffer *out)
{
    const struct epub_entry *entry = epub_archive_find(archive, path);
    buffer_clear(out);
    if (!entry)
        return TEXT("it is not there");
    if (entry->is_encrypted)
        return TEXT("it is encrypted");
    return unpack(archive, entry, most, out) ? TEXT_EMPTY : TEXT("it is damaged");
}

text epub_archive_read(struct epub_archive *archive, text path, struct buffer *out)
{
    const struct epub_entry *entry = epub_archive_find(archive, path);
    struct inspection *inspection = archive->inspection;
    buffer_clear(out);
    if (!entry)
        return TEXT("it is not there");
    if (entry->is_encrypted)
        return TEXT("it is encrypted");
    if (entry->size > LIMIT_INSPECT_STREAM_BYTES)
        inspection_fail(inspection, "%.*s unpacks to more than %d MB", TEXT_ARGUMENTS(path),
                        LIMIT_INSPECT_STREAM_BYTES / (1024 * 1024));
    else if (entry->size > SMALL_BYTES && entry->size / LIMIT_INSPECT_RATIO > entry->packed)
        inspection_fail(inspection, "%.*s unpacks to more than %d times what it is packed",
                        TEXT_ARGUMENTS(path), LIMIT_INSPECT_RATIO);
    else if (archive->unpacked + entry->size > LIMIT_INSPECT_EPUB_BYTES)
        inspection_fail(inspection, "its documents unpack to more than %zu MB",
                        LIMIT_INSPECT_EPUB_BYTES / (1024 * 1024));
    else if (unpack(archive, entry, entry->size, out) && out->length == entry->size)
        archive->unpacked += entry->size;
    else
        return TEXT("it is damaged");
    return inspection->failure;
}

/* URLs */

enum epub_place epub_resolve(struct arena *arena, text base, text url, text *path, text *fragment)
{
    url = text_trim(url);
    text rest, all;
    text_cut(url, '#', &rest, fragment);
    text_cut(rest, '?', &rest, NULL);
    *fragment = address_decoded(arena, *fragment);
    *path = base;
    if (address_scheme(rest).length || text_starts_with(rest, TEXT("//")))
        return EPUB_REMOTE;
    if (!rest.length)
        return EPUB_INSIDE;
    all = rest = address_decoded(arena, rest);
    text folder = text_starts_with(rest, TEXT("/")) ? TEXT_EMPTY : text_folder(base);
    char *bytes = arena_allocate(arena, folder.length + rest.length + 1);
    size_t length = folder.length;
    if (length)
        memcpy(bytes, folder.bytes, length);
    while (rest.length) {
        size_t slash = text_find_byte(rest, '/', 0);
        text part = text_slice(rest, 0, slash == SIZE_MAX ? rest.length : slash);
        rest = text_slice(rest, slash == SIZE_MAX ? rest.length : slash + 1, rest.length);
        if (!part.length || text_equal_c(part, "."))
            continue;
        if (text_equal_c(part, "..")) {
            if (!length) {
                *path = all;
                return EPUB_OUTSIDE;
            }
            length = text_folder((text){bytes, length - 1}).length;
            continue;
        }
        memcpy(bytes + length, part.bytes, part.length);
        length += part.length;
        if (slash != SIZE_MAX)
            bytes[length++] = '/';
    }
    *path = (text){bytes, length};
    return EPUB_INSIDE;
}
