#include "pdf/cairo_file.h"

#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { STATE_QUEUED = 1, STATE_TO_UNICODE = 2 };

/* libqpdf says of what Cairo wrote a moment ago that it cannot be read: it may have no memory. */
static const char *reason(struct cairo_file *file, const char *otherwise)
{
    if (qpdf_has_error(file->qpdf)) {
        qpdf_error error = qpdf_get_error(file->qpdf);
        if (strstr(qpdf_get_error_full_text(file->qpdf, error), "bad_alloc"))
            memory_ended();
    }
    return otherwise;
}

/* Begins to read; false where that fails. */
static bool read_bytes(struct cairo_file *file)
{
    file->qpdf = qpdf_init();
    qpdf_silence_errors(file->qpdf);
    qpdf_set_suppress_warnings(file->qpdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(file->qpdf, QPDF_FALSE);
    return !(qpdf_read_memory(file->qpdf, "cairo", file->bytes.bytes, file->bytes.length, NULL) &
             QPDF_ERRORS);
}

const char *cairo_file_open(struct cairo_file *file, text bytes, size_t pages,
                            const struct faces *faces)
{
    *file = (struct cairo_file){.bytes = bytes, .faces = faces};
    buffer_init(&file->entries, LIMIT_OUTPUT_BYTES);
    buffer_init(&file->scratch, LIMIT_OUTPUT_BYTES);
    buffer_init(&file->renumbered, LIMIT_OUTPUT_BYTES);
    arena_init(&file->arena);
    file->decompressor = libdeflate_alloc_decompressor(); /* NULL: libqpdf does it all */
    if (!read_bytes(file))
        return reason(file, "Cairo's file cannot be read");
    qpdf_oh trailer = qpdf_get_trailer(file->qpdf);
    qpdf_oh size = qpdf_oh_get_key(file->qpdf, trailer, "/Size");
    int count = qpdf_oh_get_int_value_as_int(file->qpdf, size);
    qpdf_oh_release_all(file->qpdf);
    int found = qpdf_get_num_pages(file->qpdf);
    if (count < 1 || found < 0 || (size_t)found != pages)
        return reason(file, "Cairo's file lacks pages");
    file->object_count = (uint32_t)count;
    file->state = memory_allocate((size_t)count);
    memset(file->state, 0, (size_t)count);
    file->queue = memory_allocate((size_t)count * sizeof *file->queue);
    file->shared = memory_allocate((size_t)count * sizeof *file->shared);
    memset(file->shared, 0, (size_t)count * sizeof *file->shared);
    file->pages = ARENA_NEW_ARRAY(&file->arena, pages, struct cairo_page);
    return NULL;
}

void cairo_file_close(struct cairo_file *file)
{
    if (file->qpdf)
        qpdf_cleanup(&file->qpdf);
    libdeflate_free_decompressor(file->decompressor);
    file->decompressor = NULL;
}

void cairo_file_release(struct cairo_file *file)
{
    cairo_file_close(file);
    free(file->state);
    free(file->queue);
    free(file->shared);
    free(file->fonts);
    free(file->font_objects);
    arena_release(&file->arena);
    buffer_release(&file->entries);
    buffer_release(&file->scratch);
    buffer_release(&file->renumbered);
    *file = (struct cairo_file){0};
}

uint32_t cairo_file_page_number(const struct cairo_file *file, size_t page)
{
    return file->base + file->pages[page].number;
}

static bool has_filter(struct cairo_file *file, qpdf_oh dictionary, const char *name)
{
    qpdf_oh filter = qpdf_oh_get_key(file->qpdf, dictionary, "/Filter");
    return qpdf_oh_is_name_and_equals(file->qpdf, filter, name) &&
           !qpdf_oh_has_key(file->qpdf, dictionary, "/DecodeParms");
}

/* Appends what was deflated (RFC 1950). */
static bool inflate_into(struct cairo_file *file, text deflated, struct buffer *out)
{
    enum { LEAST_ROOM = 4096, USUAL_RATIO = 6 };
    size_t room = LEAST_ROOM + USUAL_RATIO * deflated.length, length = 0;
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
    for (; result == LIBDEFLATE_INSUFFICIENT_SPACE; room *= 2) {
        char *bytes = buffer_reserve(out, room);
        if (!bytes)
            return false;
        result = libdeflate_zlib_decompress(file->decompressor, deflated.bytes, deflated.length,
                                            bytes, room, &length);
    }
    buffer_add_reserved(out, length);
    return result == LIBDEFLATE_SUCCESS;
}

static bool add_page_content(struct cairo_file *file, qpdf_oh page, struct buffer *content)
{
    qpdf_data q = file->qpdf;
    qpdf_oh contents = qpdf_oh_get_key(q, page, "/Contents");
    unsigned char *bytes = NULL;
    size_t length = 0;
    bool is_deflated = file->decompressor && qpdf_oh_is_stream(q, contents) &&
                       has_filter(file, qpdf_oh_get_dict(q, contents), "/FlateDecode");
    QPDF_ERROR_CODE status =
        is_deflated ? qpdf_oh_get_stream_data(q, contents, qpdf_dl_none, NULL, &bytes, &length)
                    : qpdf_oh_get_page_content_data(q, page, &bytes, &length);
    bool read = !(status & QPDF_ERRORS);
    if (read && is_deflated)
        read = inflate_into(file, (text){(const char *)bytes, length}, content);
    else
        buffer_add(content, bytes, length);
    free(bytes);
    return read;
}

static void queue(struct cairo_file *file, uint32_t number)
{
    if (number == 0 || number >= file->object_count || file->state[number] & STATE_QUEUED)
        return;
    file->state[number] |= STATE_QUEUED;
    file->queue[file->queued++] = number;
}

static size_t skip_string(text t, size_t at)
{
    unsigned depth = 0;
    for (; at < t.length; at++) {
        if (t.bytes[at] == '\\')
            at++;
        else if (t.bytes[at] == '(')
            depth++;
        else if (t.bytes[at] == ')' && --depth == 0)
            return at + 1;
    }
    return t.length;
}

/* The object as it stands in the finished file: every `number 0 R` outside of strings and names, as
   qpdf writes them, has its number there, and what it refers to is queued. Borrowed until the next
   call. */
static text renumber(struct cairo_file *file, text object)
{
    struct buffer *out = &file->renumbered;
    buffer_clear(out);
    size_t copied = 0;
    for (size_t at = 0; at < object.length;) {
        char c = object.bytes[at];
        if (c == '(') {
            at = skip_string(object, at);
        } else if (c == '/') {
            for (at++; at < object.length && object.bytes[at] > ' '; at++)
                if (strchr("/[]<>()", object.bytes[at]))
                    break;
        } else if (byte_is_digit(c)) {
            uint32_t number = 0;
            size_t start = at;
            for (;
                 at < object.length && (byte_is_digit(object.bytes[at]) || object.bytes[at] == '.');
                 at++)
                number = number * 10 + (uint32_t)(object.bytes[at] - '0');
            if (!text_starts_with(text_slice(object, at, object.length), TEXT(" 0 R")) ||
                number >= file->object_count)
                continue;
            buffer_add_text(out, text_slice(object, copied, start));
            copied = at;
            uint32_t shared = file->shared[number];
            pdf_add_unsigned(out, shared ? shared : file->base + number);
            if (!shared)
                queue(file, number);
        } else {
            at++;
        }
    }
    buffer_add_text(out, text_slice(object, copied, object.length));
    return buffer_text(out);
}

/* The entries of a dictionary handle, without << and >>; borrowed from qpdf until its next call. */
static text entries_of(struct cairo_file *file, qpdf_oh dictionary)
{
    text all = text_trim(text_from_c(qpdf_oh_unparse_resolved(file->qpdf, dictionary)));
    return all.length >= 4 ? text_slice(all, 2, all.length - 2) : TEXT_EMPTY;
}

/* Cairo names a font the same on every page. */
static bool has_font(const struct cairo_file *file, const char *name, uint32_t number)
{
    for (size_t i = 0; i < file->font_count; i++)
        if (text_equal_c(file->fonts[i].name, name))
            return file->font_objects[i].number == number;
    return false;
}

static void add_font(struct cairo_file *file, const char *name, uint32_t number, qpdf_oh font)
{
    qpdf_data q = file->qpdf;
    if (file->font_count == file->font_capacity) {
        size_t capacity = file->font_capacity ? 2 * file->font_capacity : 16;
        file->fonts = memory_reallocate(file->fonts, capacity * sizeof *file->fonts);
        file->font_objects =
            memory_reallocate(file->font_objects, capacity * sizeof *file->font_objects);
        file->font_capacity = capacity;
    }
    qpdf_oh subtype = qpdf_oh_get_key(q, font, "/Subtype");
    qpdf_oh base = qpdf_oh_get_key(q, font, "/BaseFont");
    uint8_t code_bytes = qpdf_oh_is_name_and_equals(q, subtype, "/Type0") ? 2 : 1;
    file->fonts[file->font_count] = (struct content_font){
        .name = arena_copy(&file->arena, text_from_c(name)), .code_bytes = code_bytes};
    text base_name = qpdf_oh_is_name(q, base) ? text_from_c(qpdf_oh_get_name(q, base)) : TEXT_EMPTY;
    file->font_objects[file->font_count++] =
        (struct cairo_font){.base_name = arena_copy(&file->arena, base_name), .number = number};
}

/* False: one name stands for two fonts. */
static bool note_fonts(struct cairo_file *file, qpdf_oh page)
{
    qpdf_data q = file->qpdf;
    bool is_sound = true;
    qpdf_oh resources = qpdf_oh_get_key(q, page, "/Resources");
    qpdf_oh fonts = qpdf_oh_get_key(q, resources, "/Font");
    if (!qpdf_oh_is_dictionary(q, fonts))
        return true;
    for (qpdf_oh_begin_dict_key_iter(q, fonts); qpdf_oh_dict_more_keys(q);) {
        const char *name = qpdf_oh_dict_next_key(q);
        qpdf_oh font = qpdf_oh_get_key(q, fonts, name);
        uint32_t number = (uint32_t)qpdf_oh_get_object_id(q, font);
        if (has_font(file, name + 1, number))
            continue;
        for (size_t i = 0; i < file->font_count; i++)
            is_sound = is_sound && !text_equal_c(file->fonts[i].name, name + 1);
        add_font(file, name + 1, number, font);
    }
    return is_sound;
}

void cairo_file_share_fonts(struct cairo_file *file, struct cairo_file *other)
{
    for (size_t i = 0; i < file->font_count; i++) {
        const struct cairo_font *font = &file->font_objects[i];
        for (size_t k = 0; k < other->font_count && font->base_name.length; k++) {
            const struct cairo_font *same = &other->font_objects[k];
            if (!text_equal(file->fonts[i].name, other->fonts[k].name) ||
                !text_equal(font->base_name, same->base_name) || !font->number || !same->number)
                continue;
            file->shared[font->number] = other->base + same->number;
            queue(other, same->number);
        }
    }
}

/* Its content was taken: that and what is ours leaves its dictionary. */
static void note_page(struct cairo_file *file, size_t page, qpdf_oh object)
{
    static const char *const ours[] = {"/Contents", "/Parent", "/StructParents", "/Tabs"};
    struct cairo_page *noted = &file->pages[page];
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        qpdf_oh_remove_key(file->qpdf, object, ours[i]);
    noted->number = (uint32_t)qpdf_oh_get_object_id(file->qpdf, object);
    noted->start = file->entries.length;
    buffer_add_text(&file->entries, entries_of(file, object));
    noted->length = file->entries.length - noted->start;
}

bool cairo_file_content(struct cairo_file *file, size_t page, struct buffer *content)
{
    qpdf_oh object = qpdf_get_page_n(file->qpdf, page);
    bool read = add_page_content(file, object, content) && note_fonts(file, object);
    if (read)
        note_page(file, page, object);
    qpdf_oh_release_all(file->qpdf);
    return read && !file->entries.overflowed;
}

void cairo_file_entries(struct cairo_file *file, size_t page, struct buffer *entries)
{
    const struct cairo_page *noted = &file->pages[page];
    text noted_entries =
        text_slice(buffer_text(&file->entries), noted->start, noted->start + noted->length);
    buffer_add_text(entries, renumber(file, noted_entries));
}

/* Corrections to what Cairo writes (ISO 14289-1, 7.21.3.2; ISO 19005-2, 6.2.8). */
static void correct_dictionary(struct cairo_file *file, qpdf_oh dictionary)
{
    qpdf_data q = file->qpdf;
    qpdf_oh subtype = qpdf_oh_get_key(q, dictionary, "/Subtype");
    if (qpdf_oh_is_name_and_equals(q, subtype, "/CIDFontType2") &&
        !qpdf_oh_has_key(q, dictionary, "/CIDToGIDMap"))
        qpdf_oh_replace_key(q, dictionary, "/CIDToGIDMap", qpdf_oh_new_name(q, "/Identity"));
    if (qpdf_oh_has_key(q, dictionary, "/Interpolate"))
        qpdf_oh_remove_key(q, dictionary, "/Interpolate");
    if (qpdf_oh_has_key(q, dictionary, "/ToUnicode")) {
        qpdf_oh map = qpdf_oh_get_key(q, dictionary, "/ToUnicode");
        int number = qpdf_oh_get_object_id(q, map);
        if (number > 0 && (uint32_t)number < file->object_count)
            file->state[number] |= STATE_TO_UNICODE;
    }
}

/* Eight hexadecimal digits that are a surrogate pair; 0: they are not. */
static uint32_t code_of(text digits)
{
    uint32_t units[2] = {0, 0};
    if (digits.length != 8)
        return 0;
    for (size_t i = 0; i < 8; i++) {
        int value = byte_hexadecimal(digits.bytes[i]);
        if (value < 0)
            return 0;
        units[i / 4] = units[i / 4] << 4 | (uint32_t)value;
    }
    if (units[0] < 0xD800 || units[0] > 0xDBFF || units[1] < 0xDC00 || units[1] > 0xDFFF)
        return 0;
    return 0x10000 + ((units[0] - 0xD800) << 10) + (units[1] - 0xDC00);
}

/* Puts the real text in place of every private code point (ISO 32000-1, 9.10.3). */
static void correct_to_unicode(struct cairo_file *file, text map)
{
    struct buffer *out = &file->scratch;
    buffer_clear(out);
    size_t copied = 0;
    for (size_t at = text_find_byte(map, '<', 0); at != SIZE_MAX;
         at = text_find_byte(map, '<', at + 1)) {
        size_t end = text_find_byte(map, '>', at);
        if (end == SIZE_MAX)
            break;
        uint32_t code = code_of(text_slice(map, at + 1, end));
        text says;
        if (!code || !faces_text_of_code(file->faces, code, &says))
            continue;
        buffer_add_text(out, text_slice(map, copied, at + 1));
        size_t offset = 0;
        for (uint32_t c = text_next(says, &offset); c != UINT32_MAX; c = text_next(says, &offset))
            pdf_add_utf16(out, c);
        copied = end;
    }
    buffer_add_text(out, text_slice(map, copied, map.length));
}

static bool copy_stream(struct cairo_file *file, struct writer *writer, uint32_t number,
                        qpdf_oh object)
{
    static const char *const decoded_keys[] = {"/Filter", "/DecodeParms"};
    qpdf_data q = file->qpdf;
    bool is_map = file->state[number] & STATE_TO_UNICODE;
    qpdf_oh dictionary = qpdf_oh_get_dict(q, object);
    qpdf_oh_remove_key(q, dictionary, "/Length");
    correct_dictionary(file, dictionary);
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    QPDF_ERROR_CODE status = qpdf_oh_get_stream_data(
        q, object, is_map ? qpdf_dl_generalized : qpdf_dl_none, &filtered, &bytes, &length);
    if (status & QPDF_ERRORS) {
        free(bytes);
        return false;
    }
    if (is_map)
        for (size_t i = 0; i < sizeof decoded_keys / sizeof decoded_keys[0]; i++)
            qpdf_oh_remove_key(q, dictionary, decoded_keys[i]);
    text entries = renumber(file, entries_of(file, dictionary));
    text data = {(const char *)bytes, length};
    if (is_map) {
        correct_to_unicode(file, data);
        writer_add_deflated(writer, file->base + number, entries, buffer_text(&file->scratch));
    } else {
        writer_add_stream(writer, file->base + number, entries, data);
    }
    free(bytes);
    return true;
}

static bool copy_object(struct cairo_file *file, struct writer *writer, uint32_t number)
{
    qpdf_data q = file->qpdf;
    qpdf_oh object = qpdf_get_object_by_id(q, (int)number, 0);
    if (qpdf_oh_is_stream(q, object))
        return copy_stream(file, writer, number, object);
    if (qpdf_oh_is_dictionary(q, object))
        correct_dictionary(file, object);
    text all = renumber(file, text_from_c(qpdf_oh_unparse_resolved(q, object)));
    buffer_add_text(writer_begin(writer, file->base + number), all);
    writer_end(writer);
    return true;
}

bool cairo_file_copy(struct cairo_file *file, struct writer *writer)
{
    if (!file->qpdf && file->copied < file->queued && !read_bytes(file)) {
        reason(file, "");
        return false;
    }
    while (file->copied < file->queued) {
        bool copied = copy_object(file, writer, file->queue[file->copied++]);
        qpdf_oh_release_all(file->qpdf);
        if (!copied)
            return false;
    }
    return true;
}
