/* Pictures on the web. Nothing is fetched, so a publication cannot hold them; a reader is given
   what the article says of the picture and where it is: a link, with the alternative text as its
   words. Each is told (image-as-link). A figure with a caption keeps its caption, its number and
   its id. Where its caption alone says something of the picture (see bracket_captions.c), the
   address stands above that. Where nothing does, nobody would know what the link leads to: that
   stays an error, and so does every address that is not one of the web. */
#include "read/beside.h"
#include "read/pictures.h"
#include "read/read.h"

#include "base/address.h"

/* The block that a figure with a caption becomes: it counts as a figure, and has the id by which
   the text refers to it, which may be the picture's. Returns the paragraph for the link. */
static struct node *open_figure(struct reader *reader, struct node *figure, struct node *image)
{
    struct node *caption = image->next, *box = figure;
    node_unlink(image);
    node_unlink(caption);
    if (image->id.length && figure->id.length == 0) {
        node_insert_before(figure, image);
        node_unlink(figure);
        box = image;
    }
    struct span span = image->span;
    node_set_kind(box, NODE_DIV);
    box->div.stands_for = STANDS_FOR_FIGURE;
    struct node *paragraph = node_new(reader->arena, NODE_PARAGRAPH, span);
    node_append(box, paragraph);
    node_set_kind(caption, NODE_PARAGRAPH);
    node_append(box, caption);
    return paragraph;
}

static bool is_blank(const struct node *node)
{
    return node->kind == NODE_TEXT && text_is_blank(node->text);
}

/* Whether something stands beside it, with no more than a space between. */
static bool has_neighbour(const struct node *part)
{
    const struct node *before = part->previous, *after = part->next;
    if (before && is_blank(before))
        before = before->previous;
    if (after && is_blank(after))
        after = after->next;
    return (before && !is_blank(before)) || (after && !is_blank(after));
}

/* Decoration says nothing, so nothing is lost where other words stay. */
static bool drop_decoration(struct node *image)
{
    bool is_figure = image->parent->kind == NODE_FIGURE;
    struct node *part = is_figure ? image->parent : image;
    if ((is_figure && image->next) || !part->parent || !has_neighbour(part))
        return false;
    if (!is_figure)
        take_out_of_line(part);
    else
        node_unlink(part);
    return true;
}

/* What only says how a picture is drawn means nothing for a link; a title stays, as of any link. */
static void keep_title(struct node *image)
{
    struct attribute **next = &image->attributes;
    while (*next) {
        if (text_equal_c((*next)->key, "title"))
            next = &(*next)->next;
        else
            *next = (*next)->next;
    }
}

/* The picture becomes its words, which lead to it; within a link, words of that. */
static void put_words(struct reader *reader, struct node *image, bool stands_in_link)
{
    text address = image->image.source, language = image->language;
    text words = image->image.is_captioned ? address : image->image.alt;
    struct node *figure = image->parent->kind == NODE_FIGURE ? image->parent : NULL, *shown = image;
    keep_title(image);
    if (figure && image->next) {
        struct node *paragraph = open_figure(reader, figure, image);
        shown = image->parent ? node_new(reader->arena, NODE_LINK, image->span) : image;
        shown->language = language;
        node_append(paragraph, shown);
    } else if (figure) {
        node_set_kind(figure, NODE_PARAGRAPH);
    }
    node_set_kind(shown, stands_in_link ? NODE_SPAN : NODE_LINK);
    if (!stands_in_link) {
        shown->link.url = address;
        shown->link.is_picture = true;
    }
    node_append(shown, node_new_text(reader->arena, words, shown->span));
    if (!figure)
        keep_apart(reader->arena, shown);
}

bool picture_as_link(struct reader *reader, struct node *image)
{
    text address = image->image.source;
    bool is_captioned =
        image->image.is_captioned && image->next; /* and nothing else describes it */
    bool is_decoration = image->image.alt.length == 0 && !is_captioned;
    if (!address_is_web(address) || image->image.description || !image->parent ||
        (image->image.is_captioned && !is_captioned) || (is_decoration && !image->image.decorative))
        return false;
    bool stands_in_link = is_in_link(image->parent);
    if (is_decoration && !drop_decoration(image))
        return false;
    report_rule(reader->report, "image-as-link", image->span, NULL,
                "the picture %.*s lies on the web: %s", TEXT_ARGUMENTS(address),
                is_decoration    ? "as decoration it is left out"
                : is_captioned   ? "its address stands in its place, as a link"
                : stands_in_link ? "its alternative text stands in its place"
                                 : "a link with its alternative text stands in its place");
    if (!is_decoration)
        put_words(reader, image, stands_in_link);
    return true;
}
