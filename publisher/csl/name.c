/* Name: the parts of one personal name in their order (CSL 1.0.2, "Name", "Name-part Order"). */
#include "csl/render.h"

#include <string.h>
#include <unicode/uchar.h>

/* particles */

static bool is_small_letter(text t, size_t at)
{
    size_t next = at;
    uint32_t c = text_next(t, &next);
    if (c == '\'' || c == 0x2019) /* 't Hooft */
        c = text_next(t, &next);
    return c != UINT32_MAX && u_islower((UChar32)c);
}

/* "de la Fontaine": where the small words end; "d'Artagnan": behind the apostrophe. */
static size_t end_of_particles(text family)
{
    size_t end = 0;
    for (size_t at = 0; at < family.length && is_small_letter(family, at);) {
        size_t to = at;
        while (to < family.length && family.bytes[to] != ' ' && family.bytes[to] != '\'' &&
               family.bytes[to] != '-' &&
               !text_starts_with(text_slice(family, to, family.length), TEXT("\u2019")))
            to++;
        if (to == family.length)
            break;
        if (to == at) { /* a leading apostrophe belongs to its word */
            at = family.bytes[at] == '\'' ? at + 1 : at + 3;
            while (at < family.length && family.bytes[at] != ' ')
                at++;
            if (at == family.length)
                break;
            end = ++at;
            continue;
        }
        size_t after = (unsigned char)family.bytes[to] < 0x80 ? to + 1 : to + 3;
        if (after >= family.length || (family.bytes[to] != ' ' && is_small_letter(family, after)))
            break; /* "o'neil" is one word */
        end = at = after;
    }
    return end;
}

/* "Jean de": where the small words at the end begin. */
static size_t start_of_particles(text given)
{
    size_t start = given.length;
    for (size_t at = given.length; at > 0;) {
        size_t from = at;
        while (from > 0 && given.bytes[from - 1] != ' ')
            from--;
        if (from == 0 || !is_small_letter(given, from))
            break;
        start = from;
        at = from - 1;
    }
    return start;
}

struct reference_name name_parse(const struct reference_name *name)
{
    struct reference_name parsed = *name;
    size_t comma = text_find(parsed.given, TEXT(", "), 0);
    if (comma != SIZE_MAX && !parsed.suffix.length) { /* "John, III", "John,! Jr." */
        parsed.suffix = text_trim(text_slice(parsed.given, comma + 2, parsed.given.length));
        parsed.given = text_slice(parsed.given, 0, comma);
    }
    size_t forced = text_find(parsed.given, TEXT(",! "), 0);
    if (forced != SIZE_MAX && !parsed.suffix.length) {
        parsed.suffix = text_trim(text_slice(parsed.given, forced + 3, parsed.given.length));
        parsed.given = text_slice(parsed.given, 0, forced);
        parsed.comma_suffix = true;
    }
    if (parsed.literal.length || parsed.non_dropping_particle.length ||
        parsed.dropping_particle.length)
        return parsed;
    if (parsed.family.length > 1 && parsed.family.bytes[0] == '"') { /* quoted: no particles */
        parsed.family = text_slice(parsed.family, 1, parsed.family.length - 1);
        return parsed;
    }
    size_t end = end_of_particles(parsed.family);
    if (end) {
        parsed.non_dropping_particle = text_slice(parsed.family, 0, end);
        if (parsed.non_dropping_particle.bytes[end - 1] == ' ')
            parsed.non_dropping_particle.length--;
        parsed.family = text_slice(parsed.family, end, parsed.family.length);
    }
    size_t start = start_of_particles(parsed.given);
    if (start < parsed.given.length && start > 0) {
        parsed.dropping_particle = text_slice(parsed.given, start, parsed.given.length);
        parsed.given = text_trim(text_slice(parsed.given, 0, start));
    }
    return parsed;
}

/* scripts */

/* Names in scripts that write the family name first, without a space. */
static bool is_of_script_without_spaces(text t)
{
    size_t at = 0;
    bool has = false;
    for (uint32_t c = text_next(t, &at); c != UINT32_MAX; c = text_next(t, &at)) {
        if (c < 0x80 && !u_isalpha((UChar32)c))
            continue;
        bool is_east = (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7FF) ||
                       (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
                       (c >= 0x1100 && c <= 0x11FF);
        if (!is_east)
            return false;
        has = true;
    }
    return has;
}

static bool is_eastern(const struct reference_name *name)
{
    return is_of_script_without_spaces(name->family) &&
           (!name->given.length || is_of_script_without_spaces(name->given));
}

bool name_has_order(const struct reference_name *name)
{
    return name->family.length > 0 && !is_eastern(name) && !name->static_ordering;
}

/* initials */

static bool has_small_letter(text word)
{
    for (size_t at = 0; at < word.length;) {
        uint32_t c = text_next(word, &at);
        if (u_islower((UChar32)c))
            return true;
    }
    return false;
}

static void add_initial(struct buffer *out, text word, const struct name_style *style)
{
    size_t at = 0;
    uint32_t c = text_next(word, &at);
    buffer_add_code_point(out, (uint32_t)u_toupper((UChar32)c));
    if (word.length > at && word.bytes[word.length - 1] == '.') {
        /* "Yu.", "Ch.", "ME." stay as the author shortened them */
        buffer_add_text(out, text_slice(word, at, word.length - 1));
    } else if (has_small_letter(word)) { /* "TSerendorj": its initial is "Ts" */
        for (uint32_t next = text_next(word, &at); next != UINT32_MAX && u_isupper((UChar32)next);
             next = text_next(word, &at))
            buffer_add_code_point(out, (uint32_t)u_tolower((UChar32)next));
    }
    buffer_add_text(out, style->initials);
}

static void trim_spaces(struct buffer *out)
{
    for (text t = buffer_text(out);; out->length = t.length) {
        if (text_ends_with(t, TEXT(" ")))
            t.length--;
        else if (text_ends_with(t, TEXT("\u00A0")))
            t.length -= 2;
        else if (text_ends_with(t, TEXT("\u202F")))
            t.length -= 3;
        else
            return;
    }
}

static bool is_initial(text word)
{
    size_t at = 0;
    uint32_t c = text_next(word, &at);
    return c != UINT32_MAX && u_isupper((UChar32)c) &&
           (at == word.length || (word.bytes[at] == '.' && at + 1 == word.length));
}

/* Without initialising: what already is an initial gets the style's sign. */
static void add_kept(struct buffer *out, text word, const struct name_style *style)
{
    bool is_short = word.bytes[word.length - 1] == '.';
    if (!is_initial(word) && !is_short) {
        buffer_add_text(out, word);
        buffer_add_byte(out, ' ');
        return;
    }
    buffer_add_text(out, text_slice(word, 0, word.length - is_short));
    buffer_add_text(out, style->initials);
}

static text next_word(text given, size_t *at, char *separator)
{
    while (*at < given.length && given.bytes[*at] == ' ')
        (*at)++;
    size_t from = *at;
    while (*at < given.length && given.bytes[*at] != ' ' && given.bytes[*at] != '-') {
        bool stop = given.bytes[*at] == '.' && *at + 1 < given.length &&
                    given.bytes[*at + 1] != ' ' && given.bytes[*at + 1] != '-'; /* "J.R." */
        (*at)++;
        if (stop)
            break;
    }
    *separator = *at < given.length ? given.bytes[*at] : 0;
    text word = text_slice(given, from, *at);
    if (*separator == '-')
        (*at)++;
    return word;
}

static text initials_of(struct context *context, text given, const struct name_style *style)
{
    struct buffer out;
    buffer_init(&out, 8 * given.length + 1024);
    size_t at = 0;
    char separator = 0, before = 0;
    while (at < given.length) {
        text word = next_word(given, &at, &separator);
        text opening = TEXT_EMPTY, closing = TEXT_EMPTY;
        if (word.length &&
            word.bytes[0] == '<') { /* markup around a word stays around its initial */
            size_t end = text_find_byte(word, '>', 0), last = text_find(word, TEXT("</"), 0);
            if (end != SIZE_MAX && last != SIZE_MAX && end < last) {
                opening = text_slice(word, 0, end + 1);
                closing = text_slice(word, last, word.length);
                word = text_slice(word, end + 1, last);
            }
        }
        if (!word.length) {
            before = separator;
            continue;
        }
        bool is_small = is_small_letter(word, 0);
        if (before == '-' && style->hyphenates && style->initializes && !is_small) {
            trim_spaces(&out);
            buffer_add_byte(&out, '-');
        }
        if (is_small && style->initializes) {
            if (before == '-') {
                before = separator;
                continue;
            }
            if (out.length && out.bytes[out.length - 1] != ' ')
                buffer_add_byte(&out, ' ');
            buffer_add_text(&out, word);
            buffer_add_byte(&out, ' ');
        } else if (style->initializes) {
            buffer_add_text(&out, opening);
            add_initial(&out, word, style);
            if (closing.length) {
                trim_spaces(&out);
                buffer_add_text(&out, closing);
                buffer_add_byte(&out, ' ');
            }
        } else {
            if (before == '-') {
                trim_spaces(&out);
                buffer_add_byte(&out, '-');
            }
            add_kept(&out, word, style);
        }
        before = separator;
    }
    trim_spaces(&out);
    text result = arena_copy(context->arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

static text given_of(struct context *context, const struct reference_name *name,
                     const struct name_style *style)
{
    if (!style->has_initials || !name->given.length)
        return name->given;
    return initials_of(context, name->given, style);
}

/* assembling */

static const struct element *part_named(const struct name_style *style, const char *name)
{
    for (const struct element *p = style->name ? style->name->first : NULL; p; p = p->next)
        if (p->kind == ELEMENT_NAME_PART && element_is(p, ATTRIBUTE_NAME, name))
            return p;
    return NULL;
}

static bool ends_with_apostrophe(text particle)
{
    return text_ends_with(particle, TEXT("'")) || text_ends_with(particle, TEXT("\u2019")) ||
           text_ends_with(particle, TEXT("-"));
}

/* Between a particle and the family name: French, Russian and Czech do not break there. */
static text particle_space(const struct context *context)
{
    static const char *const unbroken[] = {"fr", "ru", "cs"};
    text language = context->run->locale.language;
    for (size_t i = 0; !context->key && i < sizeof unbroken / sizeof *unbroken; i++)
        if (text_equal_c(text_slice(language, 0, text_find_byte(language, '-', 0)), unbroken[i]))
            return TEXT("\u00A0");
    return TEXT(" ");
}

/* Words joined by the space; by none after an apostrophe, unless they are to be sorted by: "d’Arcy"
   stands before "Dance". */
static struct output *words_of(struct context *context, const text *parts, size_t count, text space)
{
    struct buffer out;
    buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].length)
            continue;
        bool sticks = out.length && !context->key && i + 1 == count &&
                      ends_with_apostrophe(buffer_text(&out));
        if (out.length && !sticks)
            buffer_add_text(&out, space);
        buffer_add_text(&out, parts[i]);
    }
    struct output *output = out.length ? rich_read(context->arena, &context->run->locale,
                                                   arena_copy(context->arena, buffer_text(&out)))
                                       : NULL;
    buffer_release(&out);
    return output;
}

static struct output *dress_part(struct context *context, const struct name_style *style,
                                 const char *name, struct output *output)
{
    const struct element *part = part_named(style, name);
    if (!part || !output)
        return output;
    return context_dress(context, part, output);
}

static struct output *joined(struct context *context, struct output *one, text between,
                             struct output *two)
{
    if (!one || !two)
        return one ? one : two;
    struct output *output = output_new(context->arena);
    output->delimiter = between;
    output_append(output, one);
    output_append(output, two);
    return output;
}

static struct output *with_suffix(struct context *context, struct output *output,
                                  const struct reference_name *name, const struct name_style *style,
                                  text between)
{
    if (!name->suffix.length)
        return output;
    text written = name->suffix;
    /* "Jr" where initials have no full stops */
    if (style->has_initials && text_find_byte(style->initials, '.', 0) == SIZE_MAX &&
        text_ends_with(written, TEXT(".")))
        written.length--;
    struct output *suffix = rich_read(context->arena, &context->run->locale, written);
    return joined(context, output, between, suffix);
}

/* The parts of a name that go with its family or its given name, each in the same look. */
static struct output *dress_parts(struct context *context, const struct name_style *style,
                                  const char *name, const text *parts, size_t count, text space)
{
    const struct element *part = part_named(style, name);
    if (!part || part->prefix.length || part->suffix.length)
        return dress_part(context, style, name, words_of(context, parts, count, space));
    struct output *output = NULL;
    for (size_t i = 0; i < count; i++) {
        struct output *one =
            dress_part(context, style, name, words_of(context, &parts[i], 1, space));
        if (!one)
            continue;
        bool sticks = i > 0 && ends_with_apostrophe(parts[i - 1]) && i + 1 == count;
        output = joined(context, output, sticks ? TEXT_EMPTY : space, one);
    }
    return output;
}

static struct output *family_of(struct context *context, const struct reference_name *name,
                                const struct name_style *style, bool with_particle)
{
    text parts[] = {with_particle ? name->non_dropping_particle : TEXT_EMPTY, name->family};
    return dress_parts(context, style, "family", parts, 2, particle_space(context));
}

static struct output *inverted(struct context *context, const struct reference_name *name,
                               const struct name_style *style, text given)
{
    bool demotes =
        style->demote == DEMOTE_ALWAYS || (style->demote == DEMOTE_SORT_ONLY && style->is_sort_key);
    const struct element *family = part_named(style, "family");
    bool has_affixes = family && (family->prefix.length || family->suffix.length);
    text rest[] = {given, name->dropping_particle,
                   demotes && has_affixes ? name->non_dropping_particle : TEXT_EMPTY};
    struct output *first = family_of(context, name, style, !demotes);
    struct output *second = dress_parts(context, style, "given", rest, 3, TEXT(" "));
    if (demotes && !has_affixes) { /* with the given name, in the look of the family name */
        text particle[] = {name->non_dropping_particle};
        second = joined(context, second, TEXT(" "),
                        dress_parts(context, style, "family", particle, 1, TEXT(" ")));
    }
    struct output *output = joined(context, first, style->separator, second);
    return with_suffix(context, output, name, style, style->separator);
}

/* The space between given and family name, unless the style has one of its own there. */
static text space_before_family(const struct name_style *style)
{
    const struct element *given = part_named(style, "given");
    text suffix = given ? given->suffix : TEXT_EMPTY;
    bool is_spaced = text_ends_with(suffix, TEXT(" ")) || text_ends_with(suffix, TEXT("\u00A0")) ||
                     text_ends_with(suffix, TEXT("\u202F"));
    bool is_unbroken = style->has_initials && text_ends_with(style->initials, TEXT("\u00A0"));
    return is_spaced ? TEXT_EMPTY : is_unbroken ? TEXT("\u00A0") : TEXT(" ");
}

static struct output *straight(struct context *context, const struct reference_name *name,
                               const struct name_style *style, text given)
{
    text front[] = {given};
    struct output *first =
        dress_part(context, style, "given", words_of(context, front, 1, TEXT(" ")));
    text particles[] = {name->dropping_particle};
    struct output *particle = words_of(context, particles, 1, TEXT(" "));
    struct output *family = family_of(context, name, style, true);
    const struct element *part = part_named(style, "family");
    text gap = ends_with_apostrophe(name->dropping_particle) ? TEXT_EMPTY : particle_space(context);
    text before_suffix = name->comma_suffix ? TEXT(", ") : TEXT(" ");
    if (family && part && (part->prefix.length || part->suffix.length)) {
        /* the affixes of the family name stand around all that goes with it */
        family->prefix = family->suffix = TEXT_EMPTY;
        struct output *whole = output_new(context->arena);
        output_append(whole, with_suffix(context, joined(context, particle, gap, family), name,
                                         style, before_suffix));
        whole->prefix = part->prefix;
        whole->suffix = part->suffix;
        bool is_spaced =
            part->prefix.length && text_is_space(text_next(part->prefix, &(size_t){0}));
        return joined(context, first, is_spaced ? TEXT_EMPTY : space_before_family(style), whole);
    }
    struct output *output = joined(context, particle, gap, family);
    output = joined(context, first, space_before_family(style), output);
    return with_suffix(context, output, name, style, before_suffix);
}

/* Of an institution, which files have under the one key or the other. */
static text only_part(const struct reference_name *name)
{
    return name->family.length ? name->family : name->literal;
}

bool name_is_same(const struct reference_name *a, const struct reference_name *b)
{
    return text_equal(only_part(a), only_part(b)) && text_equal(a->given, b->given) &&
           text_equal(a->suffix, b->suffix) &&
           text_equal(a->dropping_particle, b->dropping_particle) &&
           text_equal(a->non_dropping_particle, b->non_dropping_particle);
}

/* The one name of an institution, or of somebody who has no other: in the look of a family name,
   but its affixes part that from the given name. */
static struct output *alone(struct context *context, const struct name_style *style, text whole)
{
    struct output *output =
        dress_part(context, style, "family", words_of(context, &whole, 1, TEXT(" ")));
    if (output)
        output->prefix = output->suffix = TEXT_EMPTY;
    return output;
}

struct output *name_render(struct context *context, const struct reference_name *name,
                           const struct name_style *style)
{
    struct output *output;
    text particles[] = {name->dropping_particle, name->non_dropping_particle};
    bool is_alone = !name->family.length || !(name->given.length + name->suffix.length +
                                              particles[0].length + particles[1].length);
    if (is_alone) {
        output = alone(context, style,
                       name->family.length    ? name->family
                       : name->literal.length ? name->literal
                                              : name->given);
    } else if (is_eastern(name) || name->static_ordering) {
        bool spaced = !is_eastern(name);
        output = family_of(context, name, style, true);
        if (!style->is_short) {
            text parts[] = {name->given};
            output =
                joined(context, output, spaced ? TEXT(" ") : TEXT_EMPTY,
                       dress_part(context, style, "given", words_of(context, parts, 1, TEXT(" "))));
        }
    } else if (style->is_short) {
        bool moves = style->is_sort_key && style->demote != DEMOTE_NEVER;
        text particle[] = {moves ? name->non_dropping_particle : TEXT_EMPTY};
        output = joined(context, family_of(context, name, style, !moves), TEXT(" "),
                        words_of(context, particle, 1, TEXT(" ")));
    } else if (style->is_inverted) {
        output = inverted(context, name, style, given_of(context, name, style));
    } else {
        output = straight(context, name, style, given_of(context, name, style));
    }
    if (!output)
        return NULL;
    struct output *holder = output_new(context->arena);
    output_append(holder, output);
    holder->role = ROLE_NAME;
    return holder;
}
