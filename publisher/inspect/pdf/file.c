#include "inspect/pdf/file.h"

#include "base/limits.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    CHUNK = 65536,
    MEASURE_AFTER = 4096,         /* objects asked for */
    REFRESH_AFTER = 60000,        /* objects asked for, where the heap cannot be measured */
    KEPT_BYTES = 4 * 1024 * 1024, /* what libqpdf may keep in any case */
};

/* The bit of handles of our own: libqpdf, which counts up from 1, never comes so far. */
static const pdf_object OWN = 0x80000000u;

/* opening */

/* Inflates to nowhere; the bytes that come out, at most one more than `most`. */
static size_t inflated_size(text deflated, size_t most)
{
    static const size_t none = 0;
    unsigned char *chunk = memory_allocate(CHUNK);
    z_stream zip = {.next_in = (Bytef *)(uintptr_t)deflated.bytes};
    size_t size = none, left = deflated.length;
    if (inflateInit(&zip) != Z_OK) {
        free(chunk);
        return 0;
    }
    int status = Z_OK;
    while (status == Z_OK && size <= most) {
        if (zip.avail_in == 0) {
            zip.avail_in = left > INT32_MAX ? INT32_MAX : (uInt)left;
            left -= zip.avail_in;
        }
        zip.next_out = chunk;
        zip.avail_out = CHUNK;
        status = inflate(&zip, Z_NO_FLUSH);
        size += CHUNK - zip.avail_out;
        if (status == Z_OK && zip.avail_out == CHUNK && left == 0 && zip.avail_in == 0)
            break;
    }
    inflateEnd(&zip);
    free(chunk);
    return size;
}

/* libqpdf inflates object streams and cross-reference streams whole by itself; one that is a bomb
   must be found before. Every stream that begins as zlib's do is measured, whatever its dictionary
   says, where its bytes could hold so much at all (deflate makes at most 1,032 of one). */
static bool has_bomb(struct inspection *inspection)
{
    text bytes = inspection->bytes;
    for (size_t at = text_find(bytes, TEXT("stream"), 0); at != SIZE_MAX;
         at = text_find(bytes, TEXT("stream"), at)) {
        at += 6;
        size_t start = at;
        while (start < bytes.length && (bytes.bytes[start] == '\r' || bytes.bytes[start] == '\n'))
            start++;
        if (start == at || start >= bytes.length || (bytes.bytes[start] & 0x0F) != 8)
            continue;
        size_t end = text_find(bytes, TEXT("endstream"), start);
        text deflated = text_slice(bytes, start, end == SIZE_MAX ? bytes.length : end);
        if (deflated.length < LIMIT_INSPECT_STREAM_BYTES / 1032 ||
            inflated_size(deflated, LIMIT_INSPECT_STREAM_BYTES) <= LIMIT_INSPECT_STREAM_BYTES)
            continue;
        inspection_fail(inspection, "a stream at byte %zu unpacks to more than %d megabytes", start,
                        LIMIT_INSPECT_STREAM_BYTES / 1024 / 1024);
        return true;
    }
    return false;
}

/* libqpdf writes an error that nobody has asked for to standard error when it goes. */
static void forget(struct pdf_file *file)
{
    if (!file->qpdf)
        return;
    if (qpdf_has_error(file->qpdf))
        qpdf_get_error(file->qpdf);
    qpdf_cleanup(&file->qpdf);
}

/* Bytes that are not ours on the heap; 0 where that is not known (a sanitizer's allocator). */
static size_t heap_bytes(const struct pdf_file *file)
{
    const struct inspection *inspection = file->inspection;
    size_t all = memory_in_use();
    size_t own = file->arena->used + inspection->node_capacity * sizeof *inspection->nodes;
    return all > own ? all - own : 0;
}

static bool load(struct pdf_file *file)
{
    size_t before = heap_bytes(file);
    file->qpdf = qpdf_init();
    if (!file->qpdf)
        return false;
    qpdf_silence_errors(file->qpdf);
    qpdf_set_suppress_warnings(file->qpdf, QPDF_TRUE);
    bool is_read =
        !(qpdf_read_memory(file->qpdf, "PDF", file->bytes.bytes, file->bytes.length, NULL) &
          QPDF_ERRORS);
    file->loaded = heap_bytes(file);
    file->weight = file->loaded > before ? file->loaded - before : 0;
    return is_read;
}

/* Where the filters of the encryption are for attached files alone (ISO 32000-1, 7.6.5: EFF, with
   Identity for streams and strings), nothing that is read here is encrypted, and libqpdf asks for
   a password all the same. Such a file is read from a copy in which the key Encrypt has another
   name. False: it is not one. */
static bool load_as_plain(struct pdf_file *file)
{
    const text key = TEXT("/Encrypt");
    text bytes = file->bytes;
    size_t at = text_find(bytes, key, 0);
    if (at == SIZE_MAX)
        return false;
    char *copy = arena_copy_c(file->arena, bytes);
    for (; at != SIZE_MAX; at = text_find(bytes, key, at + key.length)) {
        size_t end = at + key.length;
        if (end < bytes.length && bytes.bytes[end] != 'M') /* EncryptMetadata */
            copy[at + 1] = 'e';
    }
    forget(file);
    file->bytes = (text){copy, bytes.length};
    file->encryption = "/encrypt";
    bool is_plain = load(file);
    pdf_object encryption = is_plain ? pdf_get(file, pdf_trailer(file), file->encryption) : 0;
    static const char *const filters[] = {"/StmF", "/StrF"};
    is_plain = is_plain && pdf_is_dictionary(file, encryption) &&
               pdf_integer(file, pdf_get(file, encryption, "/V"), 0) >= 4;
    for (size_t i = 0; is_plain && i < sizeof filters / sizeof *filters; i++) {
        pdf_object filter = pdf_get(file, encryption, filters[i]);
        is_plain = pdf_is_null(file, filter) || pdf_name_is(file, filter, "/Identity");
    }
    pdf_end(file, 0);
    return is_plain;
}

/* libqpdf mends what is broken and goes on; but what it has no memory for is not read. */
static void notice(struct pdf_file *file, qpdf_error error)
{
    if (strstr(qpdf_get_error_full_text(file->qpdf, error), "bad_alloc"))
        inspection_fail(file->inspection, "it takes more than %zu megabytes of memory",
                        LIMIT_INSPECT_MEMORY / 1024 / 1024);
}

bool pdf_open(struct pdf_file *file, struct inspection *inspection)
{
    *file = (struct pdf_file){.arena = inspection->arena,
                              .inspection = inspection,
                              .bytes = inspection->bytes,
                              .encryption = "/Encrypt"};
    if (has_bomb(inspection))
        return false;
    if (load(file)) {
        file->packed = packed_new(file);
        return true;
    }
    const char *why = "";
    text clean = TEXT_EMPTY;
    if (file->qpdf && qpdf_has_error(file->qpdf)) {
        qpdf_error error = qpdf_get_error(file->qpdf);
        notice(file, error);
        bool is_locked = qpdf_get_error_code(file->qpdf, error) == qpdf_e_password;
        why = is_locked ? "a password is needed" : qpdf_get_error_message_detail(file->qpdf, error);
        clean = pdf_clean(inspection->arena, text_from_c(why));
        if (is_locked && load_as_plain(file))
            return true;
    }
    inspection_fail(inspection, "it cannot be read as a PDF: %.*s", TEXT_ARGUMENTS(clean));
    return false;
}

void pdf_close(struct pdf_file *file)
{
    forget(file);
    packed_free(file->packed);
    free(file->handles);
    free(file->values);
    file->packed = NULL;
    file->handles = NULL;
    file->values = NULL;
}

/* handles */

static pdf_object hold(struct pdf_file *file, pdf_object object)
{
    if (file->handle_count == file->handle_capacity) {
        file->handle_capacity = file->handle_capacity ? file->handle_capacity * 2 : 256;
        file->handles =
            memory_reallocate(file->handles, file->handle_capacity * sizeof *file->handles);
    }
    file->handles[file->handle_count++] = object;
    return object;
}

/* A handle of libqpdf's. */
static pdf_object keep(struct pdf_file *file, pdf_object object)
{
    file->asked++;
    return hold(file, object);
}

/* A handle for a value that is read here, or for a reference to an object that may be. */
static pdf_object keep_own(struct pdf_file *file, struct packed_value value)
{
    if (file->value_count == file->value_capacity) {
        file->value_capacity = file->value_capacity ? file->value_capacity * 2 : 256;
        file->values = memory_reallocate(file->values, file->value_capacity * sizeof *file->values);
    }
    packed_keep(file->packed, &value);
    file->values[file->value_count] = (struct pdf_value){value, 0};
    return hold(file, OWN | (pdf_object)file->value_count++);
}

static pdf_object keep_number(struct pdf_file *file, uint32_t number)
{
    if (packed_has(file->packed, number))
        return keep_own(file, (struct packed_value){.number = number, .is_reference = true});
    return keep(file, qpdf_get_object_by_id(file->qpdf, (int)number, 0));
}

/* A handle of libqpdf's that may lead to an object that is read here: libqpdf has not parsed it
   yet. */
static pdf_object take(struct pdf_file *file, pdf_object object)
{
    int number = file->packed ? qpdf_oh_get_object_id(file->qpdf, object) : 0;
    if (number <= 0 || !packed_has(file->packed, (uint32_t)number) ||
        qpdf_oh_get_generation(file->qpdf, object) != 0)
        return keep(file, object);
    qpdf_oh_release(file->qpdf, object);
    return keep_number(file, (uint32_t)number);
}

static bool is_word(struct pdf_file *file, const struct packed_value *value, const char *word)
{
    return value->token.kind == PDF_TOKEN_WORD &&
           text_equal_c(packed_bytes(file->packed, value), word);
}

static pdf_object keep_found(struct pdf_file *file, bool is_found, struct packed_value found)
{
    if (!is_found || is_word(file, &found, "null"))
        return keep(file, qpdf_oh_new_null(file->qpdf));
    return found.is_reference ? keep_number(file, found.number) : keep_own(file, found);
}

/* What a handle stands for, where it is read here; else NULL, and the handle becomes libqpdf's.
   Valid until the next handle is kept. */
static const struct packed_value *own(struct pdf_file *file, pdf_object *object)
{
    if (!(*object & OWN))
        return NULL;
    size_t index = *object & ~OWN;
    struct packed_value value = file->values[index].value;
    if (value.is_reference && !file->values[index].other) {
        bool is_found = packed_find(file->packed, value.number, &value);
        if (is_found) /* which may have moved them */
            file->values[index].value = value;
        else
            file->values[index].other = qpdf_get_object_by_id(file->qpdf, (int)value.number, 0);
        file->asked += !is_found;
    }
    if (!file->values[index].other)
        return &file->values[index].value;
    *object = file->values[index].other;
    return NULL;
}

static bool is_kind(const struct packed_value *value, enum pdf_token_kind kind)
{
    return value->token.kind == kind;
}

size_t pdf_begin(const struct pdf_file *file)
{
    return file->handle_count;
}

static void give_back(struct pdf_file *file, pdf_object object)
{
    if (object & OWN) {
        struct pdf_value *value = &file->values[--file->value_count];
        packed_give_back(file->packed, &value->value);
        object = value->other;
    }
    if (!object)
        return;
    if (object == file->dictionary || object == file->inner)
        file->dictionary = file->inner = 0;
    if (object == file->array)
        file->array = 0;
    qpdf_oh_release(file->qpdf, object);
}

void pdf_end(struct pdf_file *file, size_t mark)
{
    while (file->handle_count > mark)
        give_back(file, file->handles[--file->handle_count]);
    while (qpdf_more_warnings(file->qpdf))
        notice(file, qpdf_next_warning(file->qpdf));
}

/* An eighth as much may be kept as the file weighs without it, and twice what the first objects
   take (one may be large, and be needed again at once): then reading it all takes time in
   proportion to the file, not to its square. */
static bool is_full(struct pdf_file *file)
{
    if (file->asked < file->measured + MEASURE_AFTER)
        return false;
    bool is_first = file->measured == 0;
    file->measured = file->asked;
    size_t now = heap_bytes(file);
    if (!now)
        return file->asked >= REFRESH_AFTER;
    size_t grown = now > file->loaded ? now - file->loaded : 0;
    if (is_first) {
        file->most = KEPT_BYTES + file->weight / 8;
        if (file->most < 2 * grown)
            file->most = 2 * grown;
    }
    return grown > file->most;
}

void pdf_refresh(struct pdf_file *file)
{
    pdf_end(file, 0);
    if (qpdf_has_error(file->qpdf))
        notice(file, qpdf_get_error(file->qpdf));
    bool is_there = !is_full(file) || pdf_reload(file);
    (void)is_there; /* else the failure is set, which ends every loop */
}

bool pdf_reload(struct pdf_file *file)
{
    pdf_end(file, 0);
    file->asked = file->measured = 0;
    forget(file);
    memory_trim();
    bool is_read = load(file);
    if (!is_read)
        inspection_fail(file->inspection, "it cannot be read a second time");
    return is_read;
}

void pdf_drop(struct pdf_file *file, uint32_t number)
{
    if (packed_has(file->packed, number))
        return; /* as a rule libqpdf has not parsed it */
    size_t mark = pdf_begin(file);
    pdf_object nothing = keep(file, qpdf_oh_new_dictionary(file->qpdf));
    qpdf_replace_object(file->qpdf, (int)number, 0, nothing);
    pdf_end(file, mark);
}

/* objects */

pdf_object pdf_trailer(struct pdf_file *file)
{
    return keep(file, qpdf_get_trailer(file->qpdf));
}

pdf_object pdf_root(struct pdf_file *file)
{
    /* libqpdf would parse all objects of the stream that the catalog lies in */
    pdf_object root = pdf_get(file, pdf_trailer(file), "/Root");
    if (root & OWN && pdf_is_dictionary(file, root))
        return root;
    return take(file, qpdf_get_root(file->qpdf));
}

pdf_object pdf_by_number(struct pdf_file *file, uint32_t number)
{
    return keep_number(file, number);
}

/* 0, which is no handle, where it is neither a dictionary nor a stream. */
static pdf_object dictionary_of(struct pdf_file *file, pdf_object object)
{
    if (object && object == file->dictionary)
        return file->inner;
    pdf_object inner = 0;
    if (qpdf_oh_is_dictionary(file->qpdf, object))
        inner = object;
    else if (qpdf_oh_is_stream(file->qpdf, object))
        inner = keep(file, qpdf_oh_get_dict(file->qpdf, object));
    file->dictionary = inner ? object : 0;
    file->inner = inner;
    return inner;
}

pdf_object pdf_get(struct pdf_file *file, pdf_object dictionary, const char *key)
{
    struct packed_value found = {0};
    const struct packed_value *value = own(file, &dictionary);
    if (value) {
        bool is_found = is_kind(value, PDF_TOKEN_DICTIONARY) &&
                        packed_get(file->packed, value, text_from_c(key + 1), &found);
        return keep_found(file, is_found, found);
    }
    pdf_object inner = dictionary_of(file, dictionary);
    return inner ? take(file, qpdf_oh_get_key(file->qpdf, inner, key))
                 : keep(file, qpdf_oh_new_null(file->qpdf));
}

pdf_object pdf_item(struct pdf_file *file, pdf_object array, int index)
{
    struct packed_value found = {0};
    const struct packed_value *value = own(file, &array);
    if (value) {
        bool is_found = index >= 0 && is_kind(value, PDF_TOKEN_ARRAY) &&
                        packed_item(file->packed, value, index, &found);
        return keep_found(file, is_found, found);
    }
    if (index < 0 || index >= pdf_count(file, array))
        return keep(file, qpdf_oh_new_null(file->qpdf));
    return take(file, qpdf_oh_get_array_item(file->qpdf, array, index));
}

int pdf_count(struct pdf_file *file, pdf_object array)
{
    const struct packed_value *value = own(file, &array);
    if (value)
        return is_kind(value, PDF_TOKEN_ARRAY) ? packed_count(file->packed, value) : 0;
    if (array && array == file->array)
        return file->array_count;
    if (!qpdf_oh_is_array(file->qpdf, array))
        return 0;
    file->array = array;
    file->array_count = qpdf_oh_get_array_n_items(file->qpdf, array);
    return file->array_count;
}

bool pdf_has(struct pdf_file *file, pdf_object dictionary, const char *key)
{
    struct packed_value found;
    const struct packed_value *value = own(file, &dictionary);
    if (!value) {
        pdf_object inner = dictionary_of(file, dictionary);
        return inner && qpdf_oh_has_key(file->qpdf, inner, key);
    }
    if (!is_kind(value, PDF_TOKEN_DICTIONARY) ||
        !packed_get(file->packed, value, text_from_c(key + 1), &found))
        return false;
    if (!found.is_reference)
        return true;
    size_t mark = pdf_begin(file);
    bool has = !pdf_is_null(file, keep_number(file, found.number));
    pdf_end(file, mark);
    return has;
}

bool pdf_is_null(struct pdf_file *file, pdf_object object)
{
    return !own(file, &object) &&
           (!qpdf_oh_is_initialized(file->qpdf, object) || qpdf_oh_is_null(file->qpdf, object));
}

bool pdf_is_dictionary(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    if (value)
        return is_kind(value, PDF_TOKEN_DICTIONARY);
    return qpdf_oh_is_dictionary(file->qpdf, object) || qpdf_oh_is_stream(file->qpdf, object);
}

bool pdf_is_stream(struct pdf_file *file, pdf_object object)
{
    return !own(file, &object) && qpdf_oh_is_stream(file->qpdf, object);
}

bool pdf_is_array(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    return value ? is_kind(value, PDF_TOKEN_ARRAY) : qpdf_oh_is_array(file->qpdf, object);
}

bool pdf_is_string(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    return value ? is_kind(value, PDF_TOKEN_STRING) : qpdf_oh_is_string(file->qpdf, object);
}

bool pdf_is_name(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    return value ? is_kind(value, PDF_TOKEN_NAME) : qpdf_oh_is_name(file->qpdf, object);
}

bool pdf_is_number(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    return value ? is_kind(value, PDF_TOKEN_NUMBER) : qpdf_oh_is_number(file->qpdf, object);
}

bool pdf_name_is(struct pdf_file *file, pdf_object object, const char *name)
{
    const struct packed_value *value = own(file, &object);
    if (value)
        return is_kind(value, PDF_TOKEN_NAME) &&
               text_equal_c(packed_bytes(file->packed, value), name + 1);
    return qpdf_oh_is_name_and_equals(file->qpdf, object, name);
}

uint32_t pdf_number(struct pdf_file *file, pdf_object object)
{
    if (object & OWN)
        return file->values[object & ~OWN].value.number;
    int number = qpdf_oh_get_object_id(file->qpdf, object);
    return number > 0 ? (uint32_t)number : 0;
}

text pdf_raw_name(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    if (value)
        return is_kind(value, PDF_TOKEN_NAME) ? packed_bytes(file->packed, value) : TEXT_EMPTY;
    if (!qpdf_oh_is_name(file->qpdf, object))
        return TEXT_EMPTY;
    text name = text_from_c(qpdf_oh_get_name(file->qpdf, object));
    return text_slice(name, 1, name.length);
}

text pdf_name(struct pdf_file *file, pdf_object object)
{
    return pdf_clean(file->arena, pdf_raw_name(file, object));
}

/* A string's bytes, borrowed until the next is asked for; empty where it is none. */
static text string_bytes(struct pdf_file *file, pdf_object object)
{
    size_t length = 0;
    const struct packed_value *value = own(file, &object);
    if (value)
        return is_kind(value, PDF_TOKEN_STRING) ? packed_bytes(file->packed, value) : TEXT_EMPTY;
    if (!qpdf_oh_is_string(file->qpdf, object))
        return TEXT_EMPTY;
    const char *bytes = qpdf_oh_get_binary_string_value(file->qpdf, object, &length);
    return (text){bytes, length};
}

text pdf_string(struct pdf_file *file, pdf_object object)
{
    return arena_copy(file->arena, string_bytes(file, object));
}

text pdf_text(struct pdf_file *file, pdf_object object)
{
    text bytes = string_bytes(file, object);
    return bytes.length ? pdf_decode_text(file->arena, bytes) : TEXT_EMPTY;
}

double pdf_real(struct pdf_file *file, pdf_object object, double otherwise)
{
    double number = 0;
    const struct packed_value *value = own(file, &object);
    if (value && is_kind(value, PDF_TOKEN_NUMBER))
        number = value->token.number;
    else if (value || !qpdf_oh_get_value_as_number(file->qpdf, object, &number))
        return otherwise;
    return number > -1e9 && number < 1e9 ? number : otherwise;
}

long long pdf_integer(struct pdf_file *file, pdf_object object, long long otherwise)
{
    const struct packed_value *value = own(file, &object);
    if (value)
        return value->token.is_integer ? (long long)value->token.number : otherwise;
    return qpdf_oh_is_integer(file->qpdf, object) ? qpdf_oh_get_int_value(file->qpdf, object)
                                                  : otherwise;
}

bool pdf_true(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    if (value)
        return is_word(file, value, "true");
    return qpdf_oh_is_bool(file->qpdf, object) && qpdf_oh_get_bool_value(file->qpdf, object);
}

bool pdf_false(struct pdf_file *file, pdf_object object)
{
    const struct packed_value *value = own(file, &object);
    if (value)
        return is_word(file, value, "false");
    return qpdf_oh_is_bool(file->qpdf, object) && !qpdf_oh_get_bool_value(file->qpdf, object);
}

/* As libqpdf gives them: each once, sorted. value: what the handle stands for, a copy, as to ask
   whether it has a key keeps a handle. */
static size_t own_keys(struct pdf_file *file, pdf_object dictionary, struct packed_value value,
                       size_t most, text **keys)
{
    size_t count = 0, capacity = 0;
    for (int i = 0; is_kind(&value, PDF_TOKEN_DICTIONARY); i++) {
        text key = packed_key(file->packed, &value, i);
        if (!key.length)
            break;
        key = arena_printf(file->arena, "/%.*s", TEXT_ARGUMENTS(key));
        size_t at = count;
        while (at > 0 && text_compare((*keys)[at - 1], key) > 0)
            at--;
        bool is_there = at > 0 && text_equal((*keys)[at - 1], key);
        if (is_there || !pdf_has(file, dictionary, key.bytes))
            continue;
        ARENA_GROW(file->arena, *keys, count, capacity);
        memmove(&(*keys)[at + 1], &(*keys)[at], (count++ - at) * sizeof **keys);
        (*keys)[at] = key;
    }
    return count < most ? count : most;
}

size_t pdf_keys(struct pdf_file *file, pdf_object dictionary, size_t most, text **keys)
{
    size_t count = 0, capacity = 0;
    *keys = NULL;
    const struct packed_value *value = own(file, &dictionary);
    if (value)
        return own_keys(file, dictionary, *value, most, keys);
    pdf_object inner = dictionary_of(file, dictionary);
    if (!inner)
        return 0;
    qpdf_oh_begin_dict_key_iter(file->qpdf, inner);
    while (count < most && qpdf_oh_dict_more_keys(file->qpdf)) {
        text key = text_from_c(qpdf_oh_dict_next_key(file->qpdf));
        ARENA_GROW(file->arena, *keys, count, capacity);
        (*keys)[count++] = arena_copy(file->arena, key);
    }
    return count;
}

/* streams */

/* The filters that only wrap others' bytes, or grow them by a bounded measure; of the rest (LZW,
   filters behind one another) only small streams are decoded. */
static bool may_decode(struct pdf_file *file, pdf_object stream, text raw)
{
    pdf_object filter = pdf_get(file, stream, "/Filter");
    int count = pdf_count(file, filter);
    pdf_object only = count == 1 ? pdf_item(file, filter, 0) : filter;
    if (pdf_is_null(file, filter))
        return raw.length <= LIMIT_INSPECT_STREAM_BYTES;
    if (pdf_name_is(file, only, "/FlateDecode") || pdf_name_is(file, only, "/Fl"))
        return raw.length < LIMIT_INSPECT_STREAM_BYTES / 1032 ||
               inflated_size(raw, LIMIT_INSPECT_STREAM_BYTES) <= LIMIT_INSPECT_STREAM_BYTES;
    int deflations = 0;
    for (int i = 0; i < count; i++)
        deflations += pdf_name_is(file, pdf_item(file, filter, i), "/FlateDecode") ||
                      pdf_name_is(file, pdf_item(file, filter, i), "/LZWDecode") ||
                      pdf_name_is(file, pdf_item(file, filter, i), "/RunLengthDecode");
    if (deflations > 1)
        return false;
    return raw.length <= LIMIT_INSPECT_STREAM_BYTES / 1032;
}

bool pdf_unpack(struct pdf_file *file, pdf_object stream, struct buffer *out, size_t *work)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL is_decoded = QPDF_FALSE;
    if (own(file, &stream) || !qpdf_oh_is_stream(file->qpdf, stream) ||
        (qpdf_oh_get_stream_data(file->qpdf, stream, qpdf_dl_none, &is_decoded, &bytes, &length) &
         QPDF_ERRORS))
        return false;
    bool is_read = may_decode(file, stream, (text){(const char *)bytes, length});
    *work += length;
    free(bytes);
    bytes = NULL;
    is_read = is_read && !(qpdf_oh_get_stream_data(file->qpdf, stream, qpdf_dl_specialized,
                                                   &is_decoded, &bytes, &length) &
                           QPDF_ERRORS);
    *work += length;
    if (is_read)
        buffer_add(out, bytes, length);
    free(bytes);
    return is_read && !out->overflowed;
}

bool pdf_stream(struct pdf_file *file, pdf_object stream, struct buffer *out)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL is_decoded = QPDF_FALSE;
    if (!pdf_is_stream(file, stream))
        return false;
    own(file, &stream);
    if (qpdf_oh_get_stream_data(file->qpdf, stream, qpdf_dl_none, &is_decoded, &bytes, &length) &
        QPDF_ERRORS)
        return false;
    bool may = may_decode(file, stream, (text){(const char *)bytes, length});
    free(bytes);
    bytes = NULL;
    if (!may) {
        inspection_fail(file->inspection,
                        "the stream of object %u unpacks to more than %d megabytes, or is packed "
                        "more than once",
                        pdf_number(file, stream), LIMIT_INSPECT_STREAM_BYTES / 1024 / 1024);
        return false;
    }
    bool is_read = !(qpdf_oh_get_stream_data(file->qpdf, stream, qpdf_dl_specialized, &is_decoded,
                                             &bytes, &length) &
                     QPDF_ERRORS);
    if (is_read)
        buffer_add(out, bytes, length);
    free(bytes);
    file->decoded += length;
    if (file->decoded > LIMIT_INSPECT_BYTES || out->overflowed) {
        inspection_fail(file->inspection, "its streams unpack to more than %zu megabytes",
                        (size_t)(LIMIT_INSPECT_BYTES / 1024 / 1024));
        return false;
    }
    return is_read;
}

/* strings */

text pdf_clean(struct arena *arena, text bytes)
{
    if (text_find_invalid_utf8(bytes) == SIZE_MAX)
        return arena_copy(arena, bytes);
    struct buffer out;
    buffer_init(&out, bytes.length * 3 + 1);
    for (size_t offset = 0; offset < bytes.length;)
        buffer_add_code_point(&out, text_next(bytes, &offset));
    text clean = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return clean;
}

/* PDFDocEncoding where it is not Latin-1 (ISO 32000-1, D.2): 0x18 to 0x1F and 0x80 to 0xA0. */
static uint32_t document_character(unsigned char byte)
{
    static const uint16_t low[8] = {0x2D8, 0x2C7, 0x2C6, 0x2D9, 0x2DD, 0x2DB, 0x2DA, 0x2DC};
    static const uint16_t high[33] = {
        0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x192,  0x2044, 0x2039, 0x203A, 0x2212,
        0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x141,
        0x152,  0x160,  0x178,  0x17D,  0x131,  0x142,  0x153,  0x161,  0x17E,  0xFFFD, 0x20AC};
    if (byte >= 0x18 && byte <= 0x1F)
        return low[byte - 0x18];
    if (byte >= 0x80 && byte <= 0xA0)
        return high[byte - 0x80];
    return byte;
}

static void add_utf16(struct buffer *out, text bytes, bool is_big)
{
    bool in_escape = false;
    for (size_t i = 0; i + 1 < bytes.length; i += 2) {
        unsigned a = (unsigned char)bytes.bytes[i], b = (unsigned char)bytes.bytes[i + 1];
        uint32_t unit = is_big ? a << 8 | b : b << 8 | a;
        if (unit == 0x1B) { /* a language escape, 7.9.2.2.2: up to the next one */
            in_escape = !in_escape;
            continue;
        }
        if (in_escape)
            continue;
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < bytes.length) {
            a = (unsigned char)bytes.bytes[i + 2], b = (unsigned char)bytes.bytes[i + 3];
            uint32_t low = is_big ? a << 8 | b : b << 8 | a;
            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (unit)
            buffer_add_code_point(out, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
    }
}

text pdf_decode_text(struct arena *arena, text bytes)
{
    const unsigned char *b = (const unsigned char *)bytes.bytes;
    struct buffer out;
    buffer_init(&out, bytes.length * 4 + 8);
    if (bytes.length >= 2 && ((b[0] == 0xFE && b[1] == 0xFF) || (b[0] == 0xFF && b[1] == 0xFE))) {
        add_utf16(&out, text_slice(bytes, 2, bytes.length), b[0] == 0xFE);
    } else if (bytes.length >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) {
        text rest = pdf_clean(arena, text_slice(bytes, 3, bytes.length));
        buffer_add_text(&out, rest);
    } else {
        for (size_t i = 0; i < bytes.length; i++)
            if (b[i])
                buffer_add_code_point(&out, document_character(b[i]));
    }
    text result = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}
