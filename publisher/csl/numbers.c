/* Numbers: cs:number, cs:label, ranges of pages. */
#include "csl/render.h"

#include <string.h>
#include <unicode/uchar.h>

/* what is a number */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A sign between numbers at `at`: its length, spaces around it left out. */
static size_t sign_at(text t, size_t at)
{
    if (at >= t.length)
        return 0;
    if (strchr("-,&;/", t.bytes[at]))
        return 1;
    text rest = text_slice(t, at, t.length);
    if (text_starts_with(rest, TEXT("\u2013")) || text_starts_with(rest, TEXT("\u2014")))
        return 3;
    return text_starts_with(rest, TEXT("\\-")) ? 2 : 0;
}

/* "12", "12a", "A12", "12th"; letters before and after at most a few. */
static size_t number_at(text t, size_t at)
{
    size_t end = at, digits = 0;
    for (size_t next = at; end < t.length;) {
        uint32_t c = text_next(t, &next);
        if (is_digit(t.bytes[end]))
            digits++;
        else if (!(u_isalpha((UChar32)c) || c == '.' || c == '\''))
            break;
        end = next;
    }
    return digits ? end : at;
}

static bool is_roman(text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!strchr("ivxlcdmIVXLCDM", word.bytes[i]))
            return false;
    return word.length > 0;
}

bool number_is_numeric(text words)
{
    text t = text_trim(words);
    size_t at = 0;
    if (!t.length)
        return false;
    for (;;) {
        size_t end = number_at(t, at);
        if (end == at)
            return false;
        at = end;
        while (at < t.length && t.bytes[at] == ' ')
            at++;
        if (at == t.length)
            return true;
        size_t sign = sign_at(t, at);
        if (!sign)
            return false;
        at += sign;
        while (at < t.length && t.bytes[at] == ' ')
            at++;
    }
}

static bool is_plural(text words)
{
    text t = text_trim(words);
    /* "213 and 235", in whatever language */
    size_t first = number_at(t, 0), last = t.length;
    while (last > 0 && is_digit(t.bytes[last - 1]))
        last--;
    if (first > 0 && last > first + 1 && last < t.length && t.bytes[first] == ' ' &&
        t.bytes[last - 1] == ' ')
        return true;
    for (size_t at = 0; at < t.length; at++) {
        if (t.bytes[at] == '\\') { /* "\-" joins one number */
            at++;
            continue;
        }
        size_t sign = sign_at(t, at);
        if (!sign || at == 0)
            continue;
        size_t after = at + sign;
        while (after < t.length && t.bytes[after] == ' ')
            after++;
        size_t before = at;
        while (before > 0 && t.bytes[before - 1] == ' ')
            before--;
        size_t start = before;
        while (start > 0 && t.bytes[start - 1] != ' ')
            start--;
        text left = text_slice(t, start, before);
        if (text_starts_with(text_slice(t, at, t.length), TEXT("& ")) || t.bytes[at] == '&')
            return after < t.length;
        bool left_is_number =
            number_at(t, start) >= before || is_roman(left) || before - start <= 2;
        size_t end = after;
        while (end < t.length && t.bytes[end] != ' ' && !sign_at(t, end))
            end++;
        bool right_is_number = number_at(t, after) > after || is_roman(text_slice(t, after, end)) ||
                               (end > after && end - after <= 2);
        if (right_is_number && (t.bytes[at] == ',' || left_is_number))
            return after < t.length;
    }
    return false;
}

/* forms */

static text roman_of(struct arena *arena, unsigned long number)
{
    static const struct {
        unsigned value;
        const char *letters;
    } steps[] = {
        {1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
        {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"},
    };
    char letters[64];
    size_t length = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        for (; number >= steps[i].value && length + 2 < sizeof letters; number -= steps[i].value) {
            size_t count = strlen(steps[i].letters);
            memcpy(letters + length, steps[i].letters, count);
            length += count;
        }
    }
    return arena_copy(arena, (text){letters, length});
}

static text ordinal_of(const struct context *context, unsigned long number, enum gender gender)
{
    return arena_printf(context->arena, "%lu%.*s", number,
                        TEXT_ARGUMENTS(locale_ordinal(&context->run->locale, number, gender)));
}

static text long_ordinal_of(const struct context *context, unsigned long number, enum gender gender)
{
    if (number >= 1 && number <= 10) {
        text name = arena_printf(context->arena, "long-ordinal-%02lu", number);
        const struct term *term = locale_term(&context->run->locale, name, TERM_LONG, gender);
        if (term)
            return term->single;
    }
    return ordinal_of(context, number, gender);
}

static text label_term_name(const struct context *context, text variable)
{
    if (text_equal_c(variable, "locator")) {
        text label =
            context->cite && context->cite->label.length ? context->cite->label : TEXT("page");
        return text_equal_c(label, "sub verbo") ? TEXT("sub-verbo") : label;
    }
    return variable;
}

/* The gender of what a number counts, as the language's terms say. */
static enum gender gender_of_variable(const struct context *context, text variable)
{
    const struct term *term = locale_term(&context->run->locale, label_term_name(context, variable),
                                          TERM_LONG, GENDER_NEUTER);
    return term ? term->gender : GENDER_NEUTER;
}

static text in_form(const struct context *context, text form, text variable, text digits)
{
    unsigned long number;
    if (!text_to_number(digits, 1000000000UL, &number))
        return digits;
    if (text_equal_c(form, "ordinal"))
        return ordinal_of(context, number, gender_of_variable(context, variable));
    if (text_equal_c(form, "long-ordinal"))
        return long_ordinal_of(context, number, gender_of_variable(context, variable));
    if (text_equal_c(form, "roman") && number > 0 && number < 6000)
        return roman_of(context->arena, number);
    return digits;
}

/* What the language has between the ends of a range. */
static text range_dash(const struct context *context)
{
    text dash = locale_word(&context->run->locale, "page-range-delimiter", TERM_LONG, false);
    return dash.length ? dash : TEXT("\u2013");
}

/* Numbers and signs between them: "2-4" "2–4", "2&3" "2 & 3". */
static text spaced_number(struct context *context, text words, text form, text variable)
{
    struct buffer out;
    buffer_init(&out, 4096);
    text t = text_trim(words);
    for (size_t at = 0; at < t.length;) {
        size_t end = number_at(t, at);
        if (end > at) {
            buffer_add_text(&out, in_form(context, form, variable, text_slice(t, at, end)));
            at = end;
            continue;
        }
        while (at < t.length && t.bytes[at] == ' ')
            at++;
        size_t sign = sign_at(t, at);
        if (sign == 0) {
            buffer_add_byte(&out, t.bytes[at++]);
            continue;
        }
        char c = t.bytes[at];
        if (sign == 2 || c == '/')
            buffer_add_c(&out, sign == 2 ? "-" : "/");
        else if (c == ',' || c == ';' || c == '&')
            buffer_add_c(&out, c == ',' ? ", " : c == ';' ? "; " : " & ");
        else
            buffer_add_text(&out, range_dash(context));
        at += sign;
        while (at < t.length && t.bytes[at] == ' ')
            at++;
    }
    text result = arena_copy(context->arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

text number_dashes(struct context *context, text words)
{
    return spaced_number(context, words, TEXT_EMPTY, TEXT_EMPTY);
}

struct output *number_render(struct context *context, const struct element *element)
{
    text name = element->variable_count ? element->variables[0] : TEXT_EMPTY;
    text value = context_variable(context, name);
    if (!value.length)
        return NULL;
    struct output *output;
    if (number_is_numeric(value))
        output = output_leaf(
            context->arena,
            spaced_number(context, value, element_attribute(element, ATTRIBUTE_FORM), name));
    else
        output = rich_read(context->arena, &context->run->locale, value);
    if (text_equal_c(name, "citation-number"))
        output->role = ROLE_NUMBER;
    return context_dress(context, element, output);
}

/* labels */

struct output *label_render(struct context *context, const struct element *element)
{
    text name = element->variable_count ? element->variables[0] : TEXT_EMPTY;
    unsigned called = context->called, filled = context->filled;
    size_t recorded = context->recorded_count;
    text value = context_variable(context, name);
    context->called = called; /* a label does not count */
    context->filled = filled;
    context->recorded_count = recorded;
    if (!value.length)
        return NULL;
    unsigned long number;
    bool counts = text_starts_with(name, TEXT("number-of-")) &&
                  text_to_number(text_trim(value), 1000000000UL, &number);
    return context_label(context, element, label_term_name(context, name),
                         counts ? number > 1 : is_plural(value));
}

/* ranges of pages */

/* The end of a range without what it shares with its start. */
static text shortened(text start, text end, text format)
{
    size_t n = end.length, least = 1;
    if (start.length != end.length)
        return end;
    size_t same = 0;
    while (same < n && start.bytes[same] == end.bytes[same])
        same++;
    if (text_equal_c(format, "minimal-two"))
        least = n > 1 ? 2 : 1;
    size_t keep = n - same;
    if (keep < least)
        keep = least;
    return text_slice(end, n - (keep > n ? n : keep), n);
}

/* Chicago Manual of Style, 9.61 (16th) and 9.60 (15th). */
static text chicago(text start, text end, bool is_fifteenth)
{
    size_t n = start.length;
    if (n != end.length || n < 3)
        return end;
    size_t same = 0;
    while (same < n && start.bytes[same] == end.bytes[same])
        same++;
    bool is_hundred = start.bytes[n - 1] == '0' && start.bytes[n - 2] == '0';
    if (is_hundred)
        return end;
    if (start.bytes[n - 2] == '0' && same >= n - 2) /* 101–8 */
        return text_slice(end, same < n - 1 ? n - 2 : n - 1, n);
    if (is_fifteenth && n == 4 && n - same >= 3)
        return end;
    size_t keep = n - same;
    return text_slice(end, n - (keep < 2 ? 2 : keep), n);
}

static bool is_range(text t, size_t *sign, size_t *length)
{
    for (size_t i = 1; i + 1 < t.length; i++) {
        size_t found =
            t.bytes[i] == '-' || text_starts_with(text_slice(t, i, t.length), TEXT("\u2013"))
                ? sign_at(t, i)
                : 0;
        if (found) {
            *sign = i;
            *length = found;
            return true;
        }
    }
    return false;
}

static size_t letters_before(text t)
{
    size_t end = t.length;
    while (end > 0 && is_digit(t.bytes[end - 1]))
        end--;
    return end;
}

static bool all_digits(text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (!is_digit(t.bytes[i]))
            return false;
    return t.length > 0;
}

/* "N110" and "N115", "12" and "15", "i" and "ix": numbers of one kind, letters only before them. */
static bool is_pair(text start, text end)
{
    size_t a = letters_before(start), b = letters_before(end);
    for (size_t i = 0; i < a; i++)
        if (is_digit(start.bytes[i]))
            return false;
    if (is_roman(start) && is_roman(end))
        return true;
    return all_digits(text_slice(start, a, start.length)) &&
           all_digits(text_slice(end, b, end.length)) &&
           text_equal(text_slice(start, 0, a), text_slice(end, 0, b));
}

static void add_range(struct context *context, struct buffer *out, text start, text end,
                      text format)
{
    size_t prefix = letters_before(start), end_prefix = letters_before(end);
    text digits = text_slice(start, prefix, start.length);
    text last = text_slice(end, end_prefix, end.length);
    bool is_numeric = digits.length > 0 && last.length > 0;
    bool same_prefix =
        text_equal(text_slice(start, 0, prefix), text_slice(end, 0, end_prefix)) || end_prefix == 0;
    buffer_add_text(out, start);
    buffer_add_text(out, range_dash(context));
    if (!is_numeric || !same_prefix || !format.length) {
        buffer_add_text(out, end);
        return;
    }
    /* "110-5" means "110-115" */
    text full = last;
    if (last.length < digits.length)
        full = arena_printf(context->arena, "%.*s%.*s", (int)(digits.length - last.length),
                            digits.bytes, TEXT_ARGUMENTS(last));
    if (text_equal_c(format, "expanded")) {
        buffer_add_text(out, text_slice(start, 0, prefix));
        buffer_add_text(out, full);
    } else if (text_starts_with(format, TEXT("chicago"))) {
        buffer_add_text(out, chicago(digits, full, !text_equal_c(format, "chicago-16")));
    } else {
        buffer_add_text(out, shortened(digits, full, format));
    }
}

text number_page_range(struct context *context, text words)
{
    text format = element_attribute(context->run->style->root, ATTRIBUTE_PAGE_RANGE_FORMAT);
    struct buffer out;
    buffer_init(&out, 16 * words.length + 64);
    for (size_t from = 0, to; from < words.length; from = to) {
        to = from;
        while (to < words.length && !strchr(",&;", words.bytes[to]))
            to++;
        text part = text_trim(text_slice(words, from, to));
        size_t sign, length;
        if (text_find(part, TEXT("\\-"), 0) == SIZE_MAX && is_range(part, &sign, &length)) {
            text start = text_trim(text_slice(part, 0, sign));
            text end = text_trim(text_slice(part, sign + length, part.length));
            if (is_pair(start, end)) {
                add_range(context, &out, start, end, format);
            } else if (number_at(start, 0) == start.length || number_at(end, 0) == end.length) {
                buffer_add_text(&out, start); /* of two kinds: as it is written */
                buffer_add_text(&out, text_slice(part, sign, sign + length));
                buffer_add_text(&out, end);
            } else {
                buffer_add_text(&out, part);
            }
        } else {
            size_t escaped = text_find(part, TEXT("\\-"), 0);
            if (escaped != SIZE_MAX) {
                buffer_add_text(&out, text_slice(part, 0, escaped));
                buffer_add_text(&out, text_slice(part, escaped + 1, part.length));
            } else {
                buffer_add_text(&out, part);
            }
        }
        if (to < words.length) {
            buffer_add_c(&out, words.bytes[to] == '&'   ? " & "
                               : words.bytes[to] == ',' ? ", "
                                                        : "; ");
            to++;
            while (to < words.length && words.bytes[to] == ' ')
                to++;
        }
    }
    text result = arena_copy(context->arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}
