/* Icons that only a style sheet draws: <i class="fa fa-print"></i>. Words that it says of itself
   (title, aria-label) stand for it. Before the words of a link or a block it adds nothing to them,
   and is left out, which is told; among words ("press * to print"), or alone, nobody would know
   what it shows, and one that says yes, no, a state or a direction is never left out. Whether words
   follow is known at the end of the article. */
#include "read/beside.h"
#include "read/html.h"

/* The parts of names of icons that mean something by themselves. */
static bool has_meaning(text classes)
{
    static const char *const parts[] = {
        "close", "cancel", "times", "xmark", "x",           "cross",   "ban",      "remove",
        "check", "tick",   "ok",    "yes",   "no",          "minus",   "plus",     "add",
        "star",  "thumbs", "thumb", "arrow", "exclamation", "warning", "question", "toggle"};
    static const char *const brands[] = {"twitter", "google", "brands"};
    if (TEXT_HOLDS_ANY(classes, brands)) /* asked once: classes may be many */
        return false;
    for (size_t from = 0, end; from < classes.length; from = end + 1) {
        end = from;
        while (end < classes.length && classes.bytes[end] != '-' && classes.bytes[end] != '_' &&
               !html_is_space(classes.bytes[end]))
            end++;
        if (TEXT_IS_AMONG_IGNORING_CASE(text_slice(classes, from, end), parts))
            return true;
    }
    return false;
}

static void report(struct builder *builder, const struct html_icon *icon)
{
    html_report(builder, icon->span, "say in words, or with a picture, what it shows",
                "<%s> without words, which only a style sheet draws", icon->element);
}

/* What holds the words that the icon may stand before: an element of words, a link, a block. NULL:
   something stands before it in the link or block. */
static struct node *words_around(struct node *icon)
{
    struct node *around = NULL;
    for (struct node *node = icon; node->parent; node = node->parent) {
        if (node->previous)
            return NULL;
        if (!around && node->parent->kind != NODE_SPAN)
            around = node->parent;
        if (node->parent->kind == NODE_LINK || node_is_block(node->parent))
            break;
    }
    return around;
}

/* Blocks in a cell or a heading become its words, and are gone at the end; what tells whether words
   stood in the item of a list is then its own mark (html_flatten.c). */
static void look_outwards(struct html_icon *icon)
{
    struct node *around = icon->around, *item = NULL;
    struct node *outer = around && node_is_block(around) ? around : NULL;
    for (; outer; outer = outer->parent) {
        if (!item && (outer->kind == NODE_LIST_ITEM || outer->kind == NODE_PARAGRAPH))
            item = outer;
        if (outer == around || node_kind_facts(outer->kind)->content != CONTENT_INLINES)
            continue;
        icon->around = outer;
        icon->item = item;
    }
}

static void wait_for_end(struct builder *builder, struct html_icon *icon)
{
    if (builder->last_icon)
        builder->last_icon->next = icon;
    else
        builder->icons = icon;
    builder->last_icon = icon;
}

void html_finish_icon(struct builder *builder, const struct html_open *open)
{
    struct html_icon *icon = open->icon;
    struct arena *arena = builder->reader->arena;
    icon->span = open->span;
    icon->element = open->element->name;
    if (icon->words.length) {
        node_set_kind(open->node, NODE_SPAN);
        node_append(open->node, node_new_text(arena, icon->words, open->span));
        builder->last_character = 'a';
        icon->apart = open->node;
        wait_for_end(builder, icon);
        return;
    }
    icon->around = builder->characters.length ? NULL : words_around(open->node);
    look_outwards(icon);
    if (!icon->around || has_meaning(icon->classes)) {
        report(builder, icon);
        return;
    }
    node_unlink(open->node);
    builder->after_icon = true;
    wait_for_end(builder, icon);
}

void html_keep_apart(struct builder *builder, struct node *node)
{
    struct html_icon *waiting = ARENA_NEW(builder->reader->arena, struct html_icon);
    waiting->apart = node;
    wait_for_end(builder, waiting);
}

bool html_says_something(const struct node *root)
{
    const struct node *node = root;
    while (node) {
        enum node_content content = node_kind_facts(node->kind)->content;
        bool is_words = node->kind == NODE_TEXT || node->kind == NODE_CODE;
        bool is_leaf = content == CONTENT_CHARACTERS || content == CONTENT_NOTHING;
        if (is_words ? !text_is_blank(node->text) : is_leaf && node->kind != NODE_LINE_BREAK)
            return true;
        const struct node *next = node->first_child;
        while (!next && node != root) {
            next = node->next;
            node = node->parent;
        }
        node = next;
    }
    return false;
}

void html_end_icons(struct builder *builder)
{
    const struct node *last = NULL;
    bool has_words = false;
    for (const struct html_icon *icon = builder->icons; icon; icon = icon->next) {
        if (icon->apart) {
            if (icon->apart->parent)
                keep_apart(builder->reader->arena, icon->apart);
            continue;
        }
        if (icon->around != last)
            has_words = html_says_something(icon->around);
        last = icon->around;
        if (has_words && (!icon->item || icon->item->index || html_says_something(icon->item)))
            notation_report(builder->reader, NOTATION_ICON_HTML, icon->span);
        else
            report(builder, icon);
    }
}
