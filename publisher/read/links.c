/* Ids of headings, targets of links and long descriptions, and the direction of each language. */
#include "base/buffer.h"
#include "base/limits.h"
#include "document/language.h"
#include "read/reader.h"

#include <libxml/xmlunicode.h>

/* ids of headings, after Pandoc: the words in lower case with hyphens between them */

/* Pairs of capital and small letters (Unicode 15): from..to, every step-th, differ by distance. */
static const struct {
    uint32_t from, to, step, distance;
} capitals[] = {
    {'A', 'Z', 1, 32},      {0xC0, 0xD6, 1, 32},   {0xD8, 0xDE, 1, 32},   {0x100, 0x136, 2, 1},
    {0x139, 0x147, 2, 1},   {0x14A, 0x176, 2, 1},  {0x179, 0x17D, 2, 1},  {0x388, 0x38A, 1, 37},
    {0x38C, 0x38C, 1, 64},  {0x38E, 0x38F, 1, 63}, {0x391, 0x3A1, 1, 32}, {0x3A3, 0x3AB, 1, 32},
    {0x386, 0x386, 1, 38},  {0x400, 0x40F, 1, 80}, {0x410, 0x42F, 1, 32}, {0x460, 0x480, 2, 1},
    {0x48A, 0x4BE, 2, 1},   {0x4D0, 0x52E, 2, 1},  {0x531, 0x556, 1, 48}, {0x1E00, 0x1E94, 2, 1},
    {0x1EA0, 0x1EFE, 2, 1},
};

static uint32_t lower(uint32_t c)
{
    for (size_t i = 0; i < sizeof capitals / sizeof capitals[0]; i++) {
        if (c >= capitals[i].from && c <= capitals[i].to &&
            (c - capitals[i].from) % capitals[i].step == 0)
            return c + capitals[i].distance;
    }
    return c;
}

static bool is_letter(uint32_t c)
{
    return xmlUCSIsCatL((int)c);
}

/* Marks belong to their letters: without them words of many scripts would be mutilated. */
static bool is_word(uint32_t c)
{
    return is_letter(c) || xmlUCSIsCatN((int)c) || xmlUCSIsCatM((int)c) || c == '_' || c == '-' ||
           c == '.';
}

static text make_slug(struct buffer *slug, text words)
{
    size_t offset = 0;
    bool has_letter = false;
    buffer_clear(slug);
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset)) {
        has_letter = has_letter || is_letter(c);
        if (!has_letter)
            continue;
        if (text_is_space(c) && slug->length && slug->bytes[slug->length - 1] != '-')
            buffer_add_byte(slug, '-');
        else if (is_word(c))
            buffer_add_code_point(slug, lower(c));
    }
    return slug->length ? buffer_text(slug) : TEXT("section");
}

static void name_headings(struct reader *reader)
{
    struct buffer words, slug;
    buffer_init(&words, LIMIT_WORDS_BYTES);
    buffer_init(&slug, 2 * LIMIT_WORDS_BYTES);
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (!walk.entering || walk.node->kind != NODE_HEADING || walk.node->id.length)
            continue;
        buffer_clear(&words);
        node_add_characters(walk.node, &words);
        text id = make_slug(&slug, text_trim(buffer_text(&words)));
        reader_make_id(reader, walk.node, arena_copy(reader->arena, id));
    }
    buffer_release(&words);
    buffer_release(&slug);
}

/* targets */

struct links {
    struct reader *reader;
    const char *names[2048]; /* ids, for hints */
    size_t name_count;
    unsigned hints; /* given: each costs a look at all names */
};

enum { MOST_HINTS = 16 };

static void collect_names(struct links *links)
{
    struct walk walk;
    walk_init(&walk, links->reader->document->root);
    while (walk_next(&walk) && links->name_count < 2048) {
        text id = walk.node->id;
        if (walk.entering && id.length && walk.node->kind != NODE_NOTE_REFERENCE &&
            walk.node->kind != NODE_FOOTNOTE)
            links->names[links->name_count++] = arena_copy_c(links->reader->arena, id);
    }
}

static void report_broken(struct links *links, struct span span, text id)
{
    const char *hint = NULL;
    if (links->hints++ < MOST_HINTS) {
        if (links->name_count == 0)
            collect_names(links);
        const char *nearest = reader_nearest(links->reader, id, links->names, links->name_count);
        if (nearest)
            hint = arena_printf(links->reader->arena, "did you mean #%s?", nearest).bytes;
    }
    report_error(links->reader->report, "link-broken", span,
                 hint ? hint : "give the heading, picture, table or box that is meant the id",
                 "nothing here has the id #%.*s", TEXT_ARGUMENTS(id));
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 3986, 2.1; what would not be UTF-8 stays as it is. */
static text decode_percent(struct arena *arena, text t)
{
    if (text_find_byte(t, '%', 0) == SIZE_MAX)
        return t;
    char *bytes = arena_copy_c(arena, t);
    size_t length = 0;
    for (size_t i = 0; i < t.length; i++) {
        bool is_code = t.bytes[i] == '%' && i + 2 < t.length && hex_digit(t.bytes[i + 1]) >= 0 &&
                       hex_digit(t.bytes[i + 2]) >= 0;
        bytes[length++] = is_code
                              ? (char)(hex_digit(t.bytes[i + 1]) * 16 + hex_digit(t.bytes[i + 2]))
                              : t.bytes[i];
        i += is_code ? 2 : 0;
    }
    text decoded = {bytes, length};
    return text_find_invalid_utf8(decoded) == SIZE_MAX ? decoded : t;
}

/* Ids in words that became an alternative text, or in notes that nobody calls, lead nowhere. */
static bool is_in_tree(const struct reader *reader, const struct node *node)
{
    while (node->parent)
        node = node->parent;
    return node == reader->document->root;
}

static struct node *find_target(struct links *links, text url, struct span span)
{
    text id = text_slice(url, 1, url.length);
    struct node *target = id_map_find(links->reader->ids, id);
    if (!target)
        target = id_map_find(links->reader->ids, decode_percent(links->reader->arena, id));
    if (target && is_in_tree(links->reader, target))
        return target;
    report_broken(links, span, id);
    return NULL;
}

/* The scheme before the colon (RFC 3986, 3.1), or empty. */
static text scheme_of(text url)
{
    size_t i = 0;
    for (; i < url.length && url.bytes[i] != ':'; i++) {
        char c = url.bytes[i];
        bool is_alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool is_other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (!is_alpha && !(i > 0 && is_other))
            return TEXT_EMPTY;
    }
    return i < url.length ? text_slice(url, 0, i) : TEXT_EMPTY;
}

/* Spaces and signs that no address may hold, encoded (RFC 3986, appendix A). */
static text encode_url(struct arena *arena, text url)
{
    static const char refused[] = " \"<>\\^`{|}";
    size_t count = 0;
    for (size_t i = 0; i < url.length; i++)
        count += url.bytes[i] && strchr(refused, url.bytes[i]) != NULL;
    if (count == 0)
        return url;
    char *bytes = arena_allocate(arena, url.length + 2 * count + 1);
    size_t length = 0;
    for (size_t i = 0; i < url.length; i++) {
        if (strchr(refused, url.bytes[i]))
            length += (size_t)snprintf(bytes + length, 4, "%%%02X", (unsigned)url.bytes[i]);
        else
            bytes[length++] = url.bytes[i];
    }
    return (text){bytes, length};
}

static void check_outside(struct links *links, struct node *link)
{
    static const char *const allowed[] = {"http", "https", "mailto", "tel"};
    text url = text_trim(link->link.url), scheme = scheme_of(url);
    struct report *report = links->reader->report;
    if (scheme.length == 0) {
        bool is_host = text_starts_with(url, TEXT("//"));
        report_error(report, "link-broken", link->span,
                     is_host ? "begin the address with https:"
                             : "an address begins with https://, a place in this article with #",
                     url.length ? "the link leads to a file, which readers will not have"
                                : "the link leads nowhere");
        return;
    }
    if (text_equal_ignoring_case(scheme, TEXT("doi"))) {
        text name = text_slice(url, scheme.length + 1, url.length);
        link->link.url = encode_url(
            links->reader->arena,
            arena_printf(links->reader->arena, "https://doi.org/%.*s", TEXT_ARGUMENTS(name)));
        return;
    }
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        if (text_equal_ignoring_case(scheme, text_from_c(allowed[i]))) {
            link->link.url = encode_url(links->reader->arena, url);
            return;
        }
    }
    report_error(report, "link-scheme", link->span,
                 "addresses begin with https:, http:, mailto: or tel:",
                 "links to %.*s: are not allowed", TEXT_ARGUMENTS(scheme));
}

static void complete_link(struct links *links, struct node *link)
{
    text url = link->link.url;
    if (link->link.target)
        return;
    if (url.length == 0 || url.bytes[0] != '#') {
        check_outside(links, link);
        return;
    }
    link->link.target = find_target(links, url, link->span);
    link->link.url = TEXT_EMPTY;
}

static void complete_description(struct links *links, struct node *image)
{
    const struct attribute *attribute = node_find_attribute(image, "longdesc");
    if (!attribute)
        return;
    if (attribute->value.length > 1 && attribute->value.bytes[0] == '#')
        image->image.description = find_target(links, attribute->value, attribute->span);
    else
        report_error(links->reader->report, "attribute-value", attribute->span,
                     "write longdesc=\"#id\", with the id of the box that describes the picture",
                     "a description stands in the article itself");
}

/* Where a part is in a language of the other direction. Top down, so that parts see what their
   parents got. */
static void set_direction(struct node *node)
{
    if (node->language.length == 0 || node->direction != DIRECTION_INHERITED || !node->parent)
        return;
    enum direction direction = language_direction(node->language);
    if (direction != node_direction(node->parent))
        node->direction = direction;
}

void read_links(struct reader *reader)
{
    name_headings(reader);
    struct links *links = ARENA_NEW(reader->arena, struct links);
    links->reader = reader;
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (!walk.entering)
            continue;
        set_direction(walk.node);
        if (walk.node->kind == NODE_LINK)
            complete_link(links, walk.node);
        else if (walk.node->kind == NODE_IMAGE)
            complete_description(links, walk.node);
    }
}
