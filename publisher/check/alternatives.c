/* Alternative texts: what somebody gets who does not see the picture. */
#include "check/rooms.h"

enum { MOST_ALTERNATIVE = 300 }; /* characters that one can listen to without a long description */

static size_t length_of_label(const struct node *label)
{
    return label->first_child ? label->first_child->text.length : 0;
}

/* What typography made of straight signs is straight again: attributes are left as they are typed.
 */
static text plain_quotes(struct check *check, text words)
{
    char *bytes = arena_copy_c(check->arena, words);
    size_t length = 0;
    for (size_t at = 0, next = 0; at < words.length; at = next) {
        uint32_t c = text_next(words, &next);
        bool is_single = c == 0x2018 || c == 0x2019, is_double = c == 0x201C || c == 0x201D;
        if (is_single || is_double)
            bytes[length++] = is_single ? '\'' : '"';
        for (; at < next && !is_single && !is_double; at++)
            bytes[length++] = words.bytes[at];
    }
    return (text){bytes, length};
}

/* The author's words of the caption; a number before them is Lectern's own. */
static text words_of_caption(struct check *check, const struct node *caption)
{
    text words = check_words_of(check, caption);
    const struct node *label = caption->first_child;
    if (label && label->generated && label->kind == NODE_STRONG && label->next &&
        label->next->generated)
        words = text_slice(words, length_of_label(label) + label->next->text.length, words.length);
    return words;
}

static bool is_of_name(char c)
{
    return c == '-' || c == '_' || byte_is_digit(c);
}

bool check_is_file_name(text alt, text source)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"};
    if (text_find_byte(alt, ' ', 0) == SIZE_MAX && TEXT_HAS_EXTENSION(alt, endings))
        return true;
    text name = text_slice(source, text_folder(source).length, source.length);
    for (size_t dot = name.length; dot-- > 1;) {
        if (name.bytes[dot] == '.') {
            name = text_slice(name, 0, dot);
            break;
        }
    }
    if (!text_equal(alt, name))
        return false;
    for (size_t i = 0; i < name.length; i++) {
        if (is_of_name(name.bytes[i]))
            return true;
    }
    return false;
}

static void check_decorative(struct check *check, const struct node *node,
                             const struct node *caption)
{
    if (text_trim(node->image.alt).length)
        check_report(check, node->span, "image-decorative-with-alt",
                     "a decorative picture with an alternative text");
    if (caption || node->image.description)
        check_report(check, node->span, "image-decorative-with-meaning",
                     "a decorative picture with a %s", caption ? "caption" : "long description");
}

static void check_other_pictures(struct check *check, const struct node *node, text alt)
{
    struct node *holder = NULL;
    if (!id_map_add(check->alternatives, alt, (struct node *)(uintptr_t)node, &holder) &&
        !text_equal(holder->image.source, node->image.source))
        check_report(check, node->span, "image-alt-repeated",
                     "another picture, in %.*s, has the same alternative text",
                     TEXT_ARGUMENTS(report_where(check->report, holder->span)));
}

/* alt: in small letters */
static void check_words_in_pixels(struct check *check, const struct node *node, text alt)
{
    const struct image *image = node->image.image;
    const char *phrase = vocabulary_find_phrase(PHRASE_IMAGE_OF_TEXT, alt, false);
    if (phrase && image && image->format != IMAGE_SVG)
        check_report(check, node->span, "image-of-text",
                     "the picture seems to hold text in pixels: \"%s\"", phrase);
    else if (image && image->has_words)
        check_report(check, node->span, "image-of-text",
                     "the picture seems to hold text in pixels: lines of writing are seen in it");
}

void check_image(struct check *check, const struct node *node)
{
    text alt = text_trim(node->image.alt);
    const struct node *parent = node->parent;
    const struct node *caption =
        parent && parent->kind == NODE_FIGURE ? node_find_child(parent, NODE_CAPTION) : NULL;
    if (node->image.decorative) {
        check_decorative(check, node, caption);
        return;
    }
    if (node->image.is_captioned) { /* its number: read/bracket_captions.c */
        check_words_in_pixels(check, node, TEXT_EMPTY);
        return;
    }
    if (text_is_unseen(alt)) {
        check_report(check, node->span, "image-alt-missing", "the picture has no alternative text");
        return;
    }
    if (caption && text_equal_ignoring_case(plain_quotes(check, words_of_caption(check, caption)),
                                            plain_quotes(check, alt)))
        check_report(check, node->span, "image-alt-same-as-caption",
                     "the alternative text repeats the caption");
    if (check_is_file_name(alt, node->image.source)) {
        check_report(check, node->span, "image-alt-file-name",
                     "the alternative text is the name of a file");
        return;
    }
    check_other_pictures(check, node, alt);
    text plain = text_trim(alt);
    char *lower = arena_copy_c(check->arena, plain);
    for (char *c = lower; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    plain = text_from_c(lower);
    const char *phrase = vocabulary_find_phrase(PHRASE_SAYS_IMAGE, plain, false);
    if (phrase)
        check_report(check, node->span, "image-alt-says-image",
                     "the alternative text begins with \"%s\"", phrase);
    check_words_in_pixels(check, node, plain);
    size_t length = text_count(alt);
    if (length > MOST_ALTERNATIVE && !node->image.description)
        check_report(check, node->span, "image-alt-long",
                     "an alternative text of %zu characters without a long description", length);
}
