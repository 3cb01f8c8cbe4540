/* CSL-JSON (CSL 1.0.2, appendix III). cJSON reads it but knows no places; a small scanner goes
   through the same text beside cJSON's tree and tells where each value begins. */
#include "references/library.h"

#include <cjson/cJSON.h>
#include <string.h>

static size_t skip_spaces(text json, size_t offset)
{
    while (offset < json.length && (unsigned char)json.bytes[offset] <= ' ')
        offset++;
    return offset;
}

static size_t skip_string(text json, size_t offset)
{
    for (offset++; offset < json.length && json.bytes[offset] != '"'; offset++)
        offset += json.bytes[offset] == '\\';
    return offset + 1;
}

/* The offset after the value that begins here. The text is proper JSON: cJSON has read it. */
static size_t skip_value(text json, size_t offset)
{
    size_t depth = 0;
    do {
        offset = skip_spaces(json, offset);
        char c = offset < json.length ? json.bytes[offset] : '\0';
        if (c == '"') {
            offset = skip_string(json, offset);
        } else if (c == '{' || c == '[') {
            depth++;
            offset++;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
            offset++;
        } else {
            offset++;
            while (depth == 0 && offset < json.length && !strchr(",]} \t\r\n", json.bytes[offset]))
                offset++;
        }
    } while (depth && offset < json.length);
    return offset;
}

/* In an object or array at the offset: the first key or value, or the offset of its end. */
static size_t enter_value(text json, size_t offset)
{
    return skip_spaces(json, skip_spaces(json, offset) + 1);
}

/* Past a comma, where there is one. */
static size_t skip_comma(text json, size_t offset)
{
    offset = skip_spaces(json, offset);
    if (offset < json.length && json.bytes[offset] == ',')
        offset++;
    return skip_spaces(json, offset);
}

/* From a key to its value. */
static size_t value_of_key(text json, size_t offset)
{
    offset = skip_spaces(json, skip_string(json, offset));
    return skip_spaces(json, offset + 1);
}

/* To the end of the value, or of its line. */
static struct span span_of_value(struct library *library, size_t offset, size_t end)
{
    /* no further than the value: a file may be one line */
    size_t line_end = text_find_byte(text_slice(library->bytes, 0, end), '\n', offset);
    return library_span(library, offset, line_end < end ? line_end : end);
}

/* The value at *offset, which is moved past it. Depth is bounded by ITEM_DEPTH. */
static struct item *convert(struct library *library, const cJSON *value, size_t *offset,
                            unsigned depth)
{
    text json = library->bytes;
    bool is_map = cJSON_IsObject(value), is_list = cJSON_IsArray(value);
    size_t start = *offset;
    if (!is_map && !is_list) {
        *offset = skip_value(json, start);
        enum item_kind kind = cJSON_IsString(value) ? ITEM_WORDS
                              : cJSON_IsNull(value) ? ITEM_NULL
                                                    : ITEM_NUMBER;
        struct item *item = item_new(library, kind, span_of_value(library, start, *offset));
        if (kind == ITEM_WORDS)
            item->words = library_clean(library, text_from_c(value->valuestring));
        else if (kind == ITEM_NUMBER) /* as written, not as the machine rounds it */
            item->words = text_slice(json, start, *offset);
        return item;
    }
    struct item *item =
        item_new(library, is_map ? ITEM_MAP : ITEM_LIST, library_span(library, start, start + 1));
    if (depth == ITEM_DEPTH) {
        *offset = skip_value(json, start);
        return item;
    }
    size_t at = enter_value(json, start);
    const cJSON *part;
    cJSON_ArrayForEach(part, value)
    {
        if (is_map)
            at = value_of_key(json, at);
        struct item *child = convert(library, part, &at, depth + 1);
        if (is_map)
            child->key = library_clean(library, text_from_c(part->string));
        if (is_map && cJSON_IsString(part))
            child->words = library_clean_of(library, child->key, text_from_c(part->valuestring));
        item_append(item, child);
        at = skip_comma(json, at);
    }
    *offset = at + 1;
    return item;
}

/* The list of items: the top, or what stands under "items". */
static const cJSON *find_items(struct library *library, const cJSON *top, size_t *offset)
{
    text json = library->bytes;
    *offset = skip_spaces(json, text_starts_with(json, TEXT("\xEF\xBB\xBF")) ? 3 : 0);
    if (cJSON_IsArray(top) || !cJSON_IsObject(top))
        return cJSON_IsArray(top) ? top : NULL;
    size_t at = enter_value(json, *offset);
    const cJSON *value;
    cJSON_ArrayForEach(value, top)
    {
        at = value_of_key(json, at);
        if (cJSON_IsArray(value) && strcmp(value->string, "items") == 0) {
            *offset = at;
            return value;
        }
        at = skip_comma(json, skip_value(json, at));
    }
    return NULL;
}

void json_read(struct library *library)
{
    const char *end = NULL;
    text json = library->bytes;
    cJSON *top =
        cJSON_ParseWithLengthOpts(json.bytes ? json.bytes : "", json.length + 1, &end, true);
    if (!top) {
        size_t at = end && json.bytes ? (size_t)(end - json.bytes) : 0;
        if (at >= json.length && at > 0)
            at = json.length - 1;
        library_report_syntax(
            library, library_span(library, at, at + 1),
            "look for a comma, a quote or a bracket that is missing here or before",
            "the file of references is not proper JSON");
        return;
    }
    size_t offset;
    const cJSON *items = find_items(library, top, &offset);
    if (items)
        items_read(library, convert(library, items, &offset, 0));
    else if (cJSON_HasObjectItem(top, "type") && cJSON_HasObjectItem(top, "title"))
        item_read(library, convert(library, top, &offset, 0)); /* one reference without brackets */
    else
        library_report_syntax(library, library_span(library, 0, 1),
                              "begin the file with [ and end it with ]",
                              "the file of references is not a list of references");
    cJSON_Delete(top);
}
