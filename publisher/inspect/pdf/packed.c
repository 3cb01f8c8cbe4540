#include "inspect/pdf/packed.h"

#include "base/limits.h"
#include "inspect/pdf/file.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_NUMBER = 8 * 1024 * 1024,       /* the highest number of an object */
    MOST_STREAM_BYTES = 4 * 1024 * 1024, /* an object stream, unpacked */
    MOST_OBJECT_BYTES = 2048, /* each question reads an object from its start: it must be small, but
                                 for long lists, which are passed over */
    LEAST_LIST_BYTES = 512,   /* of a list that is passed over */
    MOST_LISTS = 1024,        /* of them, in one stream */
    MOST_OBJECTS = 1024,      /* in one stream: they are looked through */
    DEEPEST = 32,             /* arrays and dictionaries in one another */
    PLACES = 32,              /* streams that are kept */
    ARRAYS = 64,              /* arrays whose elements are known */
    EACH = 8,                 /* elements of them, the first of which is known */
    TAIL_BYTES = 1054,        /* in which libqpdf looks for startxref */
    WORK_OF_ONE = 1024,       /* what a stream costs besides, in bytes */
    MOST_UNPACKED = 32,       /* bytes, for each of the file, of all streams, again and again */
    WORK_OF_LIST = 8,         /* what a byte of a list costs, in bytes that are unpacked */
};

struct packed_object {
    uint32_t number, start;
    bool is_tried, is_plain;
};

/* A long array of numbers and references alone: the kids of a page tree, or of a long list. */
struct packed_list {
    size_t start, end; /* behind its brackets */
    int count;
    uint32_t *elements; /* each eighth, from the start; on the heap */
};

struct packed_stream {
    uint32_t number; /* 0: none is here */
    struct buffer bytes;
    struct packed_object *objects; /* on the heap */
    size_t object_count;
    struct packed_list *lists; /* of the objects that were tried, by their starts; on the heap */
    size_t list_count, list_capacity;
    size_t uses;    /* values that need it */
    size_t used;    /* when last */
    uint32_t place; /* its own */
};

/* Where the elements of an array are: it is asked for one after the other. */
struct packed_array {
    uint32_t place;
    size_t start; /* behind its bracket; 0: none is here */
    int count;
    uint32_t elements[MOST_OBJECT_BYTES / EACH + 1]; /* each eighth, from the start */
};

/* Holds for an object stream that it cannot be read here. */
static const uint32_t UNREADABLE = UINT32_MAX;

struct packed {
    struct pdf_file *file;
    uint32_t *holders; /* the object stream of each number from the first on; 0: it is in none */
    uint32_t first_number;
    size_t holder_count;
    struct packed_stream streams[PLACES];
    struct packed_array arrays[ARRAYS];
    size_t clock;    /* counts what was found */
    size_t unpacked; /* bytes of all streams so far */
    struct buffer decoded;
    bool is_busy; /* a stream is being unpacked: its own dictionary is not looked for in it */
};

/* what is plain */

static bool is_plain_number(text word, bool is_integer)
{
    size_t most = is_integer ? 9 : 15, digits = 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.bytes[i];
        if (c >= '0' && c <= '9')
            digits++;
        else if (c != '.' && !(c == '-' && i == 0))
            return false;
    }
    return digits >= 1 && digits <= most;
}

static bool is_plain_name(text name)
{
    for (size_t i = 1; i < name.length; i++)
        if (name.bytes[i] <= ' ' || name.bytes[i] > '~' || name.bytes[i] == '#')
            return false;
    return name.length > 1;
}

static bool is_octal(text s, size_t at)
{
    if (at + 3 > s.length || s.bytes[at] < '0' || s.bytes[at] > '3')
        return false;
    return s.bytes[at + 1] >= '0' && s.bytes[at + 1] <= '7' && s.bytes[at + 2] >= '0' &&
           s.bytes[at + 2] <= '7';
}

static bool is_plain_string(text string)
{
    static const char escapes[] = "nrtbf()\\";
    for (size_t i = 1; i + 1 < string.length; i++) {
        char c = string.bytes[i];
        if (string.bytes[0] == '<' ? byte_hexadecimal(c) < 0 : c == '\r')
            return false;
        if (c != '\\' || string.bytes[0] == '<')
            continue;
        i++;
        if (!memchr(escapes, string.bytes[i], sizeof escapes - 1) && !is_octal(string, i))
            return false;
    }
    return true;
}

/* The next token, where it and what stands before it is plain. */
static bool next_plain(struct pdf_lexer *lexer, struct pdf_token *token)
{
    text s = lexer->source;
    size_t at = lexer->at;
    *token = pdf_lexer_next(lexer);
    for (; at < token->start; at++)
        if (!memchr(" \n\r\t", s.bytes[at], 4))
            return false;
    text bytes = text_slice(s, token->start, token->end);
    switch (token->kind) {
    case PDF_TOKEN_NUMBER:
        return is_plain_number(bytes, token->is_integer);
    case PDF_TOKEN_NAME:
        return is_plain_name(bytes);
    case PDF_TOKEN_STRING:
        return !token->is_torn && is_plain_string(bytes);
    case PDF_TOKEN_WORD:
        return text_equal_c(bytes, "R") || text_equal_c(bytes, "true") ||
               text_equal_c(bytes, "false") || text_equal_c(bytes, "null");
    case PDF_TOKEN_DICTIONARY:
    case PDF_TOKEN_DICTIONARY_END:
        return bytes.length == 2;
    case PDF_TOKEN_ARRAY:
    case PDF_TOKEN_ARRAY_END:
        return true;
    case PDF_TOKEN_END:
        break;
    }
    return false;
}

struct plain_level {
    bool is_dictionary, has_key;
    int values; /* since the key; of an array: up to 2 */
};

/* Whether a reference ends here: two whole numbers, the second 0, stand before R. */
static bool is_plain_reference(const struct pdf_token last[2], const struct plain_level *level)
{
    return level->values == 2 && last[0].is_integer && last[1].is_integer && last[0].number > 0 &&
           last[1].number == 0 && last[1].end == last[1].start + 1; /* not -0 */
}

static bool take_value(struct plain_level *level, const struct pdf_token last[2],
                       struct pdf_token token, text s)
{
    bool is_number = token.kind == PDF_TOKEN_NUMBER;
    if (pdf_token_is(s, token, "R")) {
        if (!is_plain_reference(last, level))
            return false;
        level->values = level->is_dictionary ? 1 : 0;
        return true;
    }
    if (!level->is_dictionary) {
        level->values = !is_number ? 0 : level->values < 2 ? level->values + 1 : 2;
        return true;
    }
    /* a second value is a reference's generation; a key without a value is libqpdf's */
    if (!level->has_key || pdf_token_is(s, token, "null") || level->values > 1 ||
        (level->values == 1 && !(is_number && last[1].kind == PDF_TOKEN_NUMBER)))
        return false;
    level->values++;
    return true;
}

/* long lists */

/* Where the list that starts there is among the stream's, or would be. */
static size_t list_place(const struct packed_stream *stream, size_t start)
{
    size_t low = 0, high = stream->list_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (stream->lists[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The long list whose bracket ends there; NULL: none is known. */
static const struct packed_list *find_list(const struct packed_stream *stream, size_t start)
{
    size_t place = list_place(stream, start);
    bool is_there = place < stream->list_count && stream->lists[place].start == start;
    return is_there ? &stream->lists[place] : NULL;
}

/* The value that begins with a token, behind which the lexer stands: past it. */
static struct packed_value value_of(struct pdf_lexer *lexer, struct pdf_token token,
                                    const struct packed_stream *stream)
{
    struct packed_value value = {.token = token, .place = stream->place};
    if (token.kind == PDF_TOKEN_NUMBER && token.is_integer) {
        size_t behind = lexer->at;
        if (pdf_lexer_next(lexer).is_integer &&
            pdf_token_is(lexer->source, pdf_lexer_next(lexer), "R")) {
            value.is_reference = true;
            value.number = (uint32_t)token.number;
        } else {
            lexer->at = behind;
        }
    }
    int depth = 0;
    for (enum pdf_token_kind kind = token.kind;; kind = pdf_lexer_next(lexer).kind) {
        const struct packed_list *list =
            kind == PDF_TOKEN_ARRAY ? find_list(stream, lexer->at) : NULL;
        if (list)
            lexer->at = list->end;
        else
            depth += kind == PDF_TOKEN_ARRAY || kind == PDF_TOKEN_DICTIONARY;
        depth -= kind == PDF_TOKEN_ARRAY_END || kind == PDF_TOKEN_DICTIONARY_END ||
                 kind == PDF_TOKEN_END;
        if (depth <= 0)
            return value;
    }
}

static bool may_work(const struct packed *packed)
{
    return packed->unpacked / MOST_UNPACKED <= packed->file->bytes.length + MOST_STREAM_BYTES;
}

/* Behind a bracket: past the numbers and references up to the other one. False: something else
   stands there too, or oddly. */
static bool pass_list(struct pdf_lexer *lexer)
{
    struct plain_level level = {.is_dictionary = false};
    struct pdf_token token, last[2] = {{.kind = PDF_TOKEN_END}, {.kind = PDF_TOKEN_END}};
    while (next_plain(lexer, &token)) {
        if (token.kind == PDF_TOKEN_ARRAY_END)
            return true;
        bool is_listed = token.kind == PDF_TOKEN_NUMBER || pdf_token_is(lexer->source, token, "R");
        if (!is_listed || !take_value(&level, last, token, lexer->source))
            return false;
        last[0] = last[1];
        last[1] = token;
    }
    return false;
}

/* Keeps where the elements of a list are. start, end: behind its brackets. */
static void keep_list(struct packed_stream *stream, size_t start, size_t end)
{
    if (stream->list_count == stream->list_capacity) {
        stream->list_capacity += stream->list_capacity / 2 + 8;
        stream->lists =
            memory_reallocate(stream->lists, stream->list_capacity * sizeof *stream->lists);
    }
    size_t place = list_place(stream, start), capacity = 0;
    memmove(&stream->lists[place + 1], &stream->lists[place],
            (stream->list_count++ - place) * sizeof *stream->lists);
    struct packed_list list = {.start = start, .end = end};
    struct pdf_lexer lexer = {buffer_text(&stream->bytes), start};
    for (;; list.count++) {
        if ((size_t)list.count == capacity * EACH) {
            capacity += capacity / 2 + 64;
            list.elements = memory_reallocate(list.elements, capacity * sizeof *list.elements);
        }
        if (list.count % EACH == 0)
            list.elements[list.count / EACH] = (uint32_t)(lexer.at - start);
        struct pdf_token token = pdf_lexer_next(&lexer);
        if (token.kind == PDF_TOKEN_ARRAY_END)
            break;
        value_of(&lexer, token, stream);
    }
    stream->lists[place] = list;
}

/* Past a list that is long, where one begins at the lexer's place, which is behind its bracket; it
   is read once, and the lexer's source goes on behind it by as much as was left of it. */
static bool pass_long_list(struct packed *packed, struct packed_stream *stream,
                           struct pdf_lexer *lexer)
{
    text bytes = buffer_text(&stream->bytes);
    struct pdf_lexer ahead = {bytes, lexer->at};
    size_t start = lexer->at, left = lexer->source.length - start;
    const struct packed_list *known = find_list(stream, start);
    if (known) {
        ahead.at = known->end;
    } else {
        if (stream->list_count == MOST_LISTS || !may_work(packed))
            return false;
        bool is_list = pass_list(&ahead);
        packed->unpacked += WORK_OF_LIST * (ahead.at - start);
        if (!is_list || ahead.at - start < LEAST_LIST_BYTES)
            return false;
        keep_list(stream, start, ahead.at);
    }
    *lexer = (struct pdf_lexer){text_slice(bytes, 0, ahead.at + left), ahead.at};
    return true;
}

/* Is what begins there one dictionary or array, as small and as plain as is read here? */
static bool is_plain_object(struct packed *packed, struct packed_stream *stream, size_t start)
{
    struct plain_level levels[DEEPEST];
    text bytes = buffer_text(&stream->bytes);
    struct pdf_lexer lexer = {text_slice(bytes, 0, start + MOST_OBJECT_BYTES), start};
    struct pdf_token token, last[2] = {{.kind = PDF_TOKEN_END}, {.kind = PDF_TOKEN_END}};
    int depth = -1;
    do {
        if (!next_plain(&lexer, &token))
            return false;
        bool opens = token.kind == PDF_TOKEN_DICTIONARY || token.kind == PDF_TOKEN_ARRAY;
        bool closes = token.kind == PDF_TOKEN_DICTIONARY_END || token.kind == PDF_TOKEN_ARRAY_END;
        struct plain_level *level = depth >= 0 ? &levels[depth] : NULL;
        if (!level && !opens)
            return false;
        if (closes) {
            bool ends_dictionary = token.kind == PDF_TOKEN_DICTIONARY_END;
            if (level->is_dictionary != ends_dictionary ||
                (ends_dictionary && level->has_key && level->values != 1))
                return false;
            depth--;
        } else if (token.kind == PDF_TOKEN_NAME && level->is_dictionary &&
                   (!level->has_key || level->values == 1)) {
            level->has_key = true;
            level->values = 0;
        } else if (level && !take_value(level, last, token, lexer.source)) {
            return false;
        }
        bool is_passed = token.kind == PDF_TOKEN_ARRAY && pass_long_list(packed, stream, &lexer);
        if (opens && !is_passed && ++depth == DEEPEST)
            return false;
        if (opens && !is_passed)
            levels[depth] = (struct plain_level){.is_dictionary = token.kind != PDF_TOKEN_ARRAY};
        last[0] = last[1];
        last[1] = token;
    } while (depth >= 0);
    return true;
}

/* the table (7.5.8) */

static uint64_t field(text row, size_t start, size_t width)
{
    uint64_t value = 0;
    for (size_t i = start; i < start + width; i++)
        value = value << 8 | (unsigned char)row.bytes[i];
    return value;
}

/* Where the last cross-reference section begins; 0: not known. */
static size_t table_start(text bytes)
{
    size_t tail = bytes.length > TAIL_BYTES ? bytes.length - TAIL_BYTES : 0, last = SIZE_MAX;
    for (size_t at = text_find(bytes, TEXT("startxref"), tail); at != SIZE_MAX;
         at = text_find(bytes, TEXT("startxref"), at + 1))
        last = at;
    if (last == SIZE_MAX)
        return 0;
    struct pdf_lexer lexer = {bytes, last + 9};
    struct pdf_token number;
    return next_plain(&lexer, &number) && number.is_integer && number.number > 0
               ? (size_t)number.number
               : 0;
}

/* The number of the object that begins there; 0: none does. */
static uint32_t object_at(text bytes, size_t start)
{
    struct pdf_lexer lexer = {bytes, start};
    struct pdf_token number = pdf_lexer_next(&lexer), generation = pdf_lexer_next(&lexer);
    bool is_object = start < bytes.length && number.start == start && number.is_integer &&
                     generation.is_integer && generation.number == 0 &&
                     pdf_token_is(bytes, pdf_lexer_next(&lexer), "obj");
    return is_object && number.number > 0 && number.number < MOST_NUMBER ? (uint32_t)number.number
                                                                         : 0;
}

/* How wide the three fields of a row are; false: not as they should be. */
static bool read_widths(struct pdf_file *file, pdf_object table, size_t widths[3])
{
    pdf_object array = pdf_get(file, table, "/W");
    for (int i = 0; i < 3; i++) {
        long long width = pdf_integer(file, pdf_item(file, array, i), -1);
        if (width < (i < 2) || width > 4)
            return false;
        widths[i] = (size_t)width;
    }
    return pdf_count(file, array) == 3;
}

/* The rows of objects first to first + count - 1. The row of the table itself must lead to where it
   was found: then it is the one that libqpdf reads. */
static bool read_rows(struct packed *packed, text rows, const size_t widths[3], uint32_t first,
                      uint32_t self, size_t start)
{
    size_t width = widths[0] + widths[1] + widths[2];
    bool is_self = false;
    for (size_t i = 0; i < rows.length / width; i++) {
        text row = text_slice(rows, i * width, (i + 1) * width);
        uint64_t kind = field(row, 0, widths[0]), place = field(row, widths[0], widths[1]);
        size_t number = first + i;
        if (kind == 2 && place > 0 && place < MOST_NUMBER && i < packed->holder_count)
            packed->holders[i] = (uint32_t)place;
        is_self = is_self || (number == self && kind == 1 && place == start);
    }
    return is_self;
}

static bool read_table(struct packed *packed, uint32_t self, size_t start)
{
    struct pdf_file *file = packed->file;
    pdf_object table = pdf_by_number(file, self);
    pdf_object index = pdf_get(file, table, "/Index");
    size_t widths[3];
    long long size = pdf_integer(file, pdf_get(file, table, "/Size"), 0);
    long long first = pdf_integer(file, pdf_item(file, index, 0), 0);
    long long count = pdf_integer(file, pdf_item(file, index, 1), size);
    if (!pdf_name_is(file, pdf_get(file, table, "/Type"), "/XRef") ||
        pdf_has(file, table, "/Prev") || pdf_has(file, table, "/Encrypt") ||
        pdf_has(file, pdf_trailer(file), file->encryption) || pdf_count(file, index) > 2 ||
        first < 0 || count <= 0 || first + count > size || size > MOST_NUMBER ||
        !read_widths(file, table, widths))
        return false;
    struct buffer rows;
    buffer_init(&rows, LIMIT_INSPECT_STREAM_BYTES);
    size_t bytes = (size_t)count * (widths[0] + widths[1] + widths[2]);
    bool is_read = pdf_unpack(file, table, &rows, &packed->unpacked) && rows.length == bytes;
    if (is_read) {
        packed->first_number = (uint32_t)first;
        packed->holder_count = (size_t)count;
        packed->holders = memory_allocate(packed->holder_count * sizeof *packed->holders);
        memset(packed->holders, 0, packed->holder_count * sizeof *packed->holders);
        is_read = read_rows(packed, buffer_text(&rows), widths, (uint32_t)first, self, start);
    }
    buffer_release(&rows);
    return is_read;
}

struct packed *packed_new(struct pdf_file *file)
{
    text bytes = file->bytes;
    if (!text_starts_with(bytes, TEXT("%PDF-")) || qpdf_more_warnings(file->qpdf))
        return NULL;
    size_t start = table_start(bytes);
    uint32_t self = start ? object_at(bytes, start) : 0;
    if (!self)
        return NULL;
    struct packed *packed = memory_allocate(sizeof *packed);
    *packed = (struct packed){.file = file};
    buffer_init(&packed->decoded, MOST_OBJECT_BYTES);
    for (uint32_t i = 0; i < PLACES; i++) {
        packed->streams[i].place = i;
        buffer_init(&packed->streams[i].bytes, MOST_STREAM_BYTES);
    }
    size_t mark = pdf_begin(file);
    bool is_read = read_table(packed, self, start);
    pdf_end(file, mark);
    if (is_read)
        return packed;
    packed_free(packed);
    return NULL;
}

static void empty_place(struct packed_stream *stream)
{
    for (size_t i = 0; i < stream->list_count; i++)
        free(stream->lists[i].elements);
    free(stream->lists);
    free(stream->objects);
    stream->lists = NULL;
    stream->list_count = stream->list_capacity = 0;
    stream->objects = NULL;
    stream->object_count = 0;
    stream->number = 0;
    buffer_clear(&stream->bytes);
}

void packed_free(struct packed *packed)
{
    if (!packed)
        return;
    for (size_t i = 0; i < PLACES; i++) {
        empty_place(&packed->streams[i]);
        buffer_release(&packed->streams[i].bytes);
    }
    buffer_release(&packed->decoded);
    free(packed->holders);
    free(packed);
}

/* streams */

/* What is known of a number; NULL: nothing, it is not in the table. */
static uint32_t *row_of(const struct packed *packed, uint32_t number)
{
    bool is_there =
        number >= packed->first_number && number - packed->first_number < packed->holder_count;
    return is_there ? &packed->holders[number - packed->first_number] : NULL;
}

/* The object stream of a number; 0: it is in none, or in one that cannot be read here. */
static uint32_t holder_of(const struct packed *packed, uint32_t number)
{
    const uint32_t *row = row_of(packed, number);
    if (!row || !*row || *row == UNREADABLE)
        return 0;
    const uint32_t *own = row_of(packed, *row);
    return own && *own == UNREADABLE ? 0 : *row;
}

bool packed_has(const struct packed *packed, uint32_t number)
{
    return packed && !packed->is_busy && holder_of(packed, number);
}

/* The pairs of number and offset at a stream's front. A number goes on past the front where its
   digits do. */
static bool read_front(struct packed_stream *stream, size_t count, size_t first)
{
    text bytes = buffer_text(&stream->bytes);
    struct pdf_lexer lexer = {bytes, 0};
    stream->objects = memory_allocate((count + 1) * sizeof *stream->objects);
    for (size_t i = 0; i < count; i++) {
        struct pdf_token number, offset;
        if (!next_plain(&lexer, &number) || !number.is_integer || number.number < 0 ||
            !next_plain(&lexer, &offset) || !offset.is_integer || offset.number < 0 ||
            offset.end > first || first + (size_t)offset.number >= bytes.length)
            return false;
        stream->objects[i] = (struct packed_object){
            .number = (uint32_t)number.number, .start = (uint32_t)(first + (size_t)offset.number)};
    }
    stream->object_count = count;
    return true;
}

static bool unpack(struct packed *packed, struct packed_stream *stream, uint32_t number)
{
    struct pdf_file *file = packed->file;
    size_t mark = pdf_begin(file);
    empty_place(stream);
    for (size_t i = 0; i < ARRAYS; i++)
        if (&packed->streams[packed->arrays[i].place] == stream)
            packed->arrays[i].start = 0;
    packed->is_busy = true;
    pdf_object object = pdf_by_number(file, number);
    long long count = pdf_integer(file, pdf_get(file, object, "/N"), -1);
    long long first = pdf_integer(file, pdf_get(file, object, "/First"), -1);
    bool is_read = pdf_name_is(file, pdf_get(file, object, "/Type"), "/ObjStm") && count >= 0 &&
                   count <= MOST_OBJECTS && first >= 0 && first <= MOST_STREAM_BYTES &&
                   pdf_unpack(file, object, &stream->bytes, &packed->unpacked) &&
                   (size_t)first <= stream->bytes.length;
    pdf_end(file, mark);
    packed->is_busy = false;
    packed->unpacked += WORK_OF_ONE;
    is_read = is_read && read_front(stream, (size_t)count, (size_t)first);
    if (!is_read)
        empty_place(stream);
    else
        stream->number = number;
    return is_read;
}

/* The place of an object stream, unpacked; PLACES: it cannot be read here. */
static uint32_t place_of(struct packed *packed, uint32_t number)
{
    uint32_t oldest = PLACES;
    for (uint32_t i = 0; i < PLACES; i++) {
        const struct packed_stream *stream = &packed->streams[i];
        if (stream->number == number)
            return i;
        if (!stream->uses && (oldest == PLACES || stream->used < packed->streams[oldest].used))
            oldest = i;
    }
    if (!may_work(packed) || oldest == PLACES)
        return PLACES;
    if (unpack(packed, &packed->streams[oldest], number))
        return oldest;
    uint32_t *own = row_of(packed, number);
    if (own)
        *own = UNREADABLE; /* not tried again for its other objects */
    return PLACES;
}

bool packed_find(struct packed *packed, uint32_t number, struct packed_value *found)
{
    if (!packed_has(packed, number))
        return false;
    uint32_t place = place_of(packed, holder_of(packed, number));
    if (place == PLACES) {
        *row_of(packed, number) = 0; /* not tried again */
        return false;
    }
    struct packed_stream *stream = &packed->streams[place];
    struct packed_object *object = NULL;
    for (size_t i = stream->object_count; i-- > 0 && !object;) /* of several the last holds */
        if (stream->objects[i].number == number)
            object = &stream->objects[i];
    stream->used = ++packed->clock;
    text bytes = buffer_text(&stream->bytes);
    if (object && !object->is_tried) {
        object->is_tried = true;
        object->is_plain = is_plain_object(packed, stream, object->start);
    }
    if (!object || !object->is_plain)
        return false;
    struct pdf_lexer lexer = {bytes, object->start};
    *found =
        (struct packed_value){.token = pdf_lexer_next(&lexer), .number = number, .place = place};
    stream->uses++;
    return true;
}

void packed_keep(struct packed *packed, const struct packed_value *value)
{
    packed->streams[value->place].uses += !value->is_reference;
}

void packed_give_back(struct packed *packed, const struct packed_value *value)
{
    packed->streams[value->place].uses -= !value->is_reference;
}

/* values */

static struct pdf_lexer within(const struct packed *packed, const struct packed_value *value)
{
    return (struct pdf_lexer){buffer_text(&packed->streams[value->place].bytes), value->token.end};
}

bool packed_get(const struct packed *packed, const struct packed_value *dictionary, text key,
                struct packed_value *found)
{
    const struct packed_stream *stream = &packed->streams[dictionary->place];
    struct pdf_lexer lexer = within(packed, dictionary);
    bool is_found = false;
    for (struct pdf_token name; (name = pdf_lexer_next(&lexer)).kind == PDF_TOKEN_NAME;) {
        text own = text_slice(lexer.source, name.start + 1, name.end);
        struct packed_value value = value_of(&lexer, pdf_lexer_next(&lexer), stream);
        if (text_equal(own, key)) {
            *found = value;
            is_found = true;
        }
    }
    return is_found;
}

text packed_key(const struct packed *packed, const struct packed_value *dictionary, int index)
{
    const struct packed_stream *stream = &packed->streams[dictionary->place];
    struct pdf_lexer lexer = within(packed, dictionary);
    for (struct pdf_token name; (name = pdf_lexer_next(&lexer)).kind == PDF_TOKEN_NAME; index--) {
        if (index == 0)
            return text_slice(lexer.source, name.start + 1, name.end);
        value_of(&lexer, pdf_lexer_next(&lexer), stream);
    }
    return TEXT_EMPTY;
}

/* What is known of an array; it is looked through where it is not yet. */
static const struct packed_array *array_of(struct packed *packed, const struct packed_value *array)
{
    size_t start = array->token.end;
    struct packed_array *known = &packed->arrays[(start + array->place) % ARRAYS];
    if (known->start == start && known->place == array->place)
        return known;
    struct pdf_lexer lexer = within(packed, array);
    *known = (struct packed_array){.place = array->place, .start = start};
    for (;; known->count++) {
        if (known->count % EACH == 0)
            known->elements[known->count / EACH] = (uint32_t)(lexer.at - start);
        struct pdf_token token = pdf_lexer_next(&lexer);
        if (token.kind == PDF_TOKEN_ARRAY_END)
            return known;
        value_of(&lexer, token, &packed->streams[array->place]);
    }
}

bool packed_item(struct packed *packed, const struct packed_value *array, int index,
                 struct packed_value *found)
{
    const struct packed_stream *stream = &packed->streams[array->place];
    const struct packed_list *list = find_list(stream, array->token.end);
    const struct packed_array *known = list ? NULL : array_of(packed, array);
    if (index < 0 || index >= (list ? list->count : known->count))
        return false;
    struct pdf_lexer lexer = within(packed, array);
    lexer.at += list ? list->elements[index / EACH] : known->elements[index / EACH];
    for (int i = index - index % EACH; i <= index; i++)
        *found = value_of(&lexer, pdf_lexer_next(&lexer), stream);
    return true;
}

int packed_count(struct packed *packed, const struct packed_value *array)
{
    const struct packed_list *list = find_list(&packed->streams[array->place], array->token.end);
    return list ? list->count : array_of(packed, array)->count;
}

text packed_bytes(struct packed *packed, const struct packed_value *value)
{
    return pdf_token_bytes(buffer_text(&packed->streams[value->place].bytes), value->token,
                           &packed->decoded);
}
