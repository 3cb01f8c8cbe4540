#include "read/variables.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "document/language.h"
#include "read/notations.h"

#include <stdlib.h>
#include <string.h>

/* what is given */

static void add(struct reader *reader, struct variable variable)
{
    struct document *document = reader->document;
    ARENA_GROW(reader->arena, document->variables, document->variable_count,
               document->variable_capacity);
    document->variables[document->variable_count++] = variable;
}

static bool is_given(const struct document *document, text name)
{
    for (size_t i = 0; i < document->variable_count; i++) {
        if (text_equal(document->variables[i].name, name))
            return true;
    }
    return false;
}

void variables_begin(struct reader *reader)
{
    const struct given_variables *given = reader->document->given_variables;
    reader->document->variables = NULL;
    reader->document->variable_count = reader->document->variable_capacity = 0;
    for (size_t i = 0; given && i < given->count; i++)
        add(reader, given->items[i]);
}

static bool are_languages(const struct yaml_value *value)
{
    for (const struct yaml_value *one = value->first; one; one = one->next) {
        if (!language_is_valid(one->key) || one->kind != YAML_SCALAR)
            return false;
    }
    return value->first != NULL;
}

static void report_unread(struct front *front, const struct yaml_value *value, const char *why)
{
    report_warning(
        front->reader->report, "front-matter-unread", front_span(front, value->place),
        "write name: words, or below the name a line for each language, such as fr: words",
        "the variable %.*s %s", TEXT_ARGUMENTS(value->key), why);
}

static void collect_one(struct front *front, const struct yaml_value *value, text language)
{
    struct reader *reader = front->reader;
    text name = text_trim(value->key);
    const struct yaml_value *chosen = value;
    if (value->kind == YAML_MAPPING && are_languages(value))
        chosen = front_in_language(value, language);
    if (!variable_name_is_valid(name))
        report_unread(front, value, "has signs in its name that no name may have");
    else if (chosen && chosen->kind != YAML_SCALAR)
        report_unread(front, value, "is more than words");
    else if (chosen && variable_value_fault(chosen->scalar))
        report_unread(front, value, variable_value_fault(chosen->scalar));
    else if (chosen && !is_given(reader->document, name))
        add(reader,
            (struct variable){
                .name = name,
                .value = front_is_null(chosen) ? TEXT_EMPTY
                                               : variable_value_fold(reader->arena, chosen->scalar),
                .origin = front->is_settings ? VARIABLE_OF_SETTINGS : VARIABLE_OF_ARTICLE,
                .span = front_span(front, value->key_place)});
}

void variables_collect(struct front *front, const struct yaml_value *top, text language)
{
    const struct yaml_value *mapping =
        top && top->kind == YAML_MAPPING ? yaml_find(top, TEXT("variables")) : NULL;
    const struct document *document = front->reader->document;
    const struct given_variables *given = document->given_variables;
    size_t most = LIMIT_VARIABLES + (given ? given->count : 0); /* columns are none of its own */
    if (!mapping || mapping->kind != YAML_MAPPING)
        return;
    for (const struct yaml_value *value = mapping->first; value; value = value->next) {
        if (document->variable_count >= most) {
            report_unread(front, value, "is more than the 1000th, and is not read");
            return;
        }
        collect_one(front, value, language);
    }
}

static int compare(const void *left, const void *right)
{
    const struct variable *a = left, *b = right;
    return text_compare(a->name, b->name);
}

void variables_end(struct reader *reader)
{
    struct document *document = reader->document;
    if (document->variable_count)
        qsort(document->variables, document->variable_count, sizeof *document->variables, compare);
}

struct variable *variable_find(const struct reader *reader, text name)
{
    const struct document *document = reader->document;
    const struct variable wanted = {.name = text_trim(name)};
    return document->variable_count ? bsearch(&wanted, document->variables,
                                              document->variable_count, sizeof wanted, compare)
                                    : NULL;
}

/* what becomes of it */

text variable_use(struct reader *reader, struct variable *variable, struct span span)
{
    struct document *document = reader->document;
    text name = variable->name;
    variable->is_used = true;
    if (variable->value.length == 0 && variable->origin == VARIABLE_OF_ROW)
        report_rule(reader->report, "placeholder-unfilled", span, "fill in the cell",
                    "%.*s leaves %.*s empty", TEXT_ARGUMENTS(document->given_variables->row),
                    TEXT_ARGUMENTS(name));
    else if (variable->value.length == 0)
        report_rule(reader->report, "placeholder-unfilled", span, "give it words",
                    "the variable %.*s is empty", TEXT_ARGUMENTS(name));
    document->variable_bytes += variable->value.length;
    if (document->variable_bytes <= LIMIT_VARIABLES_FILLED)
        return variable->value;
    if (document->variable_bytes - variable->value.length <= LIMIT_VARIABLES_FILLED)
        report_error(reader->report, "input-too-large", span, "use variables in fewer places",
                     "the words of all variables are more than %d MB",
                     LIMIT_VARIABLES_FILLED / 1024 / 1024);
    return TEXT_EMPTY;
}

/* What may stand in an address as it is: within one the unreserved characters and the sign of mail,
   at its beginning also those that part it (RFC 3986, 2.2), since the words are the address then.
 */
static void add_encoded(struct buffer *out, text words)
{
    const char *plain = out->length ? "-._~@" : "-._~@:/?#[]!$&'()*+,;=%";
    for (size_t i = 0; i < words.length; i++) {
        char c = words.bytes[i];
        if (text_is_ascii_alphanumeric(c) || (c && strchr(plain, c)))
            buffer_add_byte(out, c);
        else
            buffer_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

/* The variable that stands at the offset, and the offset behind it; NULL: none does. */
static struct variable *variable_at(const struct reader *reader, text words, size_t at, size_t *end)
{
    size_t longest = LIMIT_VARIABLE_NAME + 8;
    text rest = text_slice(words, at, at + longest);
    if (!text_starts_with(rest, TEXT("{{")) || (at && words.bytes[at - 1] == '{'))
        return NULL;
    size_t close = text_find(rest, TEXT("}}"), 2);
    if (close == SIZE_MAX)
        return NULL;
    *end = at + close + 2;
    return variable_find(reader, text_slice(rest, 2, close));
}

/* Those who take a variable's words somewhere else. */
typedef void put_variable(struct reader *reader, struct variable *variable, struct span span,
                          struct buffer *out);

static text fill(struct reader *reader, text words, struct span span, put_variable *put)
{
    size_t open = text_find(words, TEXT("{{"), 0), done = 0, end;
    if (open == SIZE_MAX || reader->document->variable_count == 0)
        return words;
    struct buffer out;
    buffer_init(&out, words.length + 3 * LIMIT_VARIABLES_FILLED + 3 * LIMIT_VARIABLE_BYTES);
    while (open != SIZE_MAX) {
        struct variable *variable = variable_at(reader, words, open, &end);
        if (variable) {
            buffer_add_text(&out, text_slice(words, done, open));
            put(reader, variable, span, &out);
            done = end;
        }
        open = text_find(words, TEXT("{{"), variable ? end : open + 1);
    }
    if (done) {
        buffer_add_text(&out, text_slice(words, done, words.length));
        words = arena_copy(reader->arena, buffer_text(&out));
    }
    buffer_release(&out);
    return words;
}

static void put_words(struct reader *reader, struct variable *variable, struct span span,
                      struct buffer *out)
{
    buffer_add_text(out, variable_use(reader, variable, span));
}

static void put_encoded(struct reader *reader, struct variable *variable, struct span span,
                        struct buffer *out)
{
    add_encoded(out, variable_use(reader, variable, span));
}

static void put_nothing(struct reader *reader, struct variable *variable, struct span span,
                        struct buffer *out)
{
    (void)reader, (void)variable, (void)span, (void)out;
}

text variables_fill(struct reader *reader, text words, struct span span)
{
    return fill(reader, words, span, put_words);
}

text variables_fill_address(struct reader *reader, text address, struct span span)
{
    return fill(reader, address, span, put_encoded);
}

void variables_report_unfilled(const struct reader *reader, text filled, struct span span)
{
    size_t open = text_find(filled, TEXT("{{"), 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : text_find(filled, TEXT("}}"), open);
    if (close != SIZE_MAX && !text_is_blank(text_slice(filled, open + 2, close)))
        notation_report(reader, NOTATION_PLACEHOLDER_BRACES, span);
}

text variables_leave_out(struct reader *reader, text words)
{
    return fill(reader, words, (struct span){0}, put_nothing);
}

/* what nobody asked for */

void variables_report_unused(struct reader *reader)
{
    const struct document *document = reader->document;
    const struct span whole = {.file = reader->file};
    for (size_t i = 0; i < document->variable_count; i++) {
        const struct variable *variable = &document->variables[i];
        bool is_own = variable->origin == VARIABLE_OF_ARTICLE;
        if (!variable->is_used && (is_own || variable->origin == VARIABLE_OF_COMMAND))
            report_warning(reader->report, "variable-unused", is_own ? variable->span : whole, NULL,
                           "nothing asks for the variable %.*s%s", TEXT_ARGUMENTS(variable->name),
                           is_own ? "" : ", which --set gives");
    }
}
