/* What stands in the brackets of a picture: its alternative text, or the caption of its figure.

   The brackets of a figure are read as words with all that words hold, for it is seen only at the
   end what they are. With an alternative text as an attribute, and where the settings say so, they
   are a caption. Otherwise they describe the picture, unless they hold more than a description: a
   label, a citation, a link, a note or a formula; or the text refers to the figure by its number,
   in words too ("see Figure 1"), where nobody typed captions. Then Pandoc's way is meant, and they
   are printed as the caption, so that no words become invisible; so are all others of an article
   that has no figure of Lectern's own kind, for its author counts them all. Such a picture has no
   description: its alternative text is its number (cross_references.c), by which whoever listens
   knows that the caption belongs to it. One warning for the article tells of it. */
#include "base/buffer.h"
#include "base/limits.h"
#include "document/typography.h"
#include "read/build.h"
#include "read/passes.h"
#include "read/pictures.h"
#include "read/read.h"

#include <cmark-gfm/node.h>
#include <string.h>

/* recognising */

bool build_may_be_captioned(const cmark_node *node)
{
    const cmark_node *next = node->next;
    while (mark_of(next) && mark_of(next)->kind == MARK_ATTRIBUTES)
        next = next->next;
    return node->type == CMARK_NODE_IMAGE && node->parent->type == CMARK_NODE_PARAGRAPH &&
           !node->prev && !next;
}

static struct node *figure_of(const struct node *image)
{
    return image->parent && image->parent->kind == NODE_FIGURE ? image->parent : NULL;
}

static const struct attribute *alternative_of(const struct node *image)
{
    const struct attribute *alt = node_find_attribute(image, "alt");
    return alt ? alt : node_find_attribute(image, "fig-alt");
}

static bool has_caption(const struct node *figure)
{
    return figure->last_child->kind == NODE_CAPTION;
}

/* Whether something in the brackets would be lost in an alternative text. */
static bool holds_more_than_words(const struct node *image)
{
    struct walk walk;
    walk_init(&walk, (struct node *)(uintptr_t)image);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        if (node->kind == NODE_CITATION || node->kind == NODE_LINK ||
            node->kind == NODE_NOTE_REFERENCE || (node->kind == NODE_CODE && node->code.is_formula))
            return true;
    }
    return false;
}

/* The ids that the text refers to by a number. */
static void find_referred(struct id_map *referred, struct node *top)
{
    struct walk walk;
    walk_init(&walk, top);
    while (walk_next(&walk)) {
        if (!walk.entering || walk.node->kind != NODE_CITATION)
            continue;
        for (const struct citation_item *i = walk.node->citation.items; i; i = i->next) {
            if (i->is_place || reader_names_place(i->key))
                id_map_add(referred, i->key, walk.node, NULL);
        }
    }
}

static bool is_blank(const struct node *image)
{
    for (const struct node *child = image->first_child; child; child = child->next) {
        if (child->kind != NODE_TEXT || !text_is_blank(child->text))
            return false;
    }
    return true;
}

/* Brackets that may be a caption, and nobody says whether they are. */
static bool is_open(const struct node *image)
{
    const struct node *figure = figure_of(image);
    return figure && !has_caption(figure) && !alternative_of(image) && !image->image.decorative &&
           !is_blank(image);
}

static bool is_caption(struct reader *reader, const struct id_map *referred,
                       const struct node *image, struct buffer *words)
{
    const struct attribute *said = node_find_attribute(image, "captions");
    if (said && text_equal_c(said->value, "brackets"))
        return true;
    /* \label gives the id to the figure, attributes to the picture */
    if (image->parent->id.length || reader_names_place(image->id) ||
        (image->id.length && id_map_find(referred, image->id)) || holds_more_than_words(image))
        return true;
    buffer_clear(words);
    node_add_characters(image, words);
    return reader_label_length(reader, image, text_trim(buffer_text(words)), WORD_FIGURE_NUMBER) >
           0;
}

/* Marks the pictures whose brackets are captions though nobody says so; how many. */
static unsigned find_captions(struct reader *reader, struct buffer *words)
{
    struct id_map *referred = id_map_new(reader->arena);
    find_referred(referred, reader->document->root);
    for (size_t i = 0; i < reader->footnote_count; i++)
        find_referred(referred, reader->footnotes[i].node);
    unsigned count = 0, open_count = 0;
    bool has_own = false; /* a figure of Lectern's kind, or Quarto's */
    for (size_t i = 0; i < reader->image_count; i++) {
        struct node *image = reader->images[i];
        const struct node *figure = figure_of(image);
        has_own = has_own || (figure && (has_caption(figure) || alternative_of(image)));
        if (!is_open(image))
            continue;
        open_count++;
        image->image.is_captioned = is_caption(reader, referred, image, words);
        count += image->image.is_captioned;
    }
    if (has_own || open_count == 0 || (count == 0 && !reader_counts_in_words(reader, open_count)))
        return count;
    for (size_t i = 0; i < reader->image_count; i++)
        reader->images[i]->image.is_captioned = is_open(reader->images[i]);
    return open_count;
}

/* knitr gives a picture its caption for its alternative text: nothing describes it either. */
static unsigned find_repeated(struct reader *reader)
{
    unsigned count = 0;
    for (size_t i = 0; i < reader->image_count; i++) {
        struct node *figure = figure_of(reader->images[i]);
        if (figure && figure->figure.repeats)
            count += reader->images[i]->image.is_captioned = true;
    }
    return count;
}

/* what becomes of them */

static void make_caption(struct reader *reader, struct node *image)
{
    struct node *figure = figure_of(image);
    if (!image->first_child || !figure)
        return;
    if (has_caption(figure)) {
        report_error(reader->report, "caption-twice", figure->last_child->span,
                     "with alt= the words in brackets are the caption: keep one of the two",
                     "the figure has two captions");
        return;
    }
    struct node *caption = node_new(reader->arena, NODE_CAPTION, image->first_child->span);
    node_move_children(image, caption);
    node_append(figure, caption);
}

static void complete_image(struct reader *reader, struct node *image, struct buffer *words)
{
    node_set_typography(reader->document, image);
    const struct attribute *alt = alternative_of(image);
    if (alt && !image->image.is_captioned)
        image->image.alt = alt->value;
    if (alt || image->image.is_captioned ||
        (reader->document->metadata.brackets_are_captions && is_open(image))) {
        make_caption(reader, image);
    } else {
        buffer_clear(words);
        node_add_characters(image, words);
        image->image.alt = arena_copy(reader->arena, text_trim(buffer_text(words)));
    }
    reader_drop_children(image);
    if (!picture_as_link(reader, image))
        image->image.image = read_image(reader, image->image.source, image->span);
}

static void report(struct reader *reader, unsigned count, bool is_repeated)
{
    const struct node *first = NULL;
    for (size_t i = 0; i < reader->image_count && !first; i++) {
        const struct node *image = reader->images[i], *figure = figure_of(image);
        bool repeats = figure && figure->figure.repeats;
        first = image->image.is_captioned && repeats == is_repeated ? image : NULL;
    }
    report_rule(reader->report, "caption-in-brackets", first->span,
                is_repeated ? "describe the picture in alt=, in other words than its caption"
                            : NULL,
                "the %s of %u %s: it is printed with its number, and nothing describes the %s",
                is_repeated ? "alternative text" : "brackets", count,
                is_repeated  ? count == 1 ? "figure is its caption" : "figures is their caption"
                : count == 1 ? "figure hold a caption"
                             : "figures hold a caption",
                count == 1 ? "picture" : "pictures");
}

void read_images(struct reader *reader)
{
    struct buffer words;
    buffer_init(&words, LIMIT_WORDS_BYTES);
    unsigned count =
        reader->document->metadata.brackets_are_captions ? 0 : find_captions(reader, &words);
    unsigned repeated = find_repeated(reader);
    if (count)
        report(reader, count, false);
    if (repeated)
        report(reader, repeated, true);
    for (size_t i = 0; i < reader->image_count; i++)
        complete_image(reader, reader->images[i], &words);
    buffer_release(&words);
}
