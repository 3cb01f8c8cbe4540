/* Icons that only a style sheet draws: <i class="fa fa-print"></i>. Words that it says of itself
   (title, aria-label) stand for it. Else it is read as an icon by its name is (:material-printer:,
   see emoji.c): before the words of a link or a block it adds nothing to them, and is left out;
   among words ("press * to print"), or alone, the text may need it, and its name stands for it.
   Both are told. One that says yes, no, a state or a direction is never left out, and one without
   a name is an error. Whether words follow is known at the end of the article. */
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

/* Classes that say how it is drawn, turned or how large. */
static bool is_look(text name)
{
    static const char *const looks[] = {
        "solid", "regular", "brands", "light",   "thin", "duotone", "sharp", "fw",
        "lg",    "sm",      "xs",     "xl",      "2xs",  "2xl",     "spin",  "pulse",
        "beat",  "fade",    "border", "inverse", "li",   "ul",      "stack", "left",
        "right", "large",   "small",  "primary", "white"};
    static const char *const ways[] = {"rotate-", "flip-", "pull-", "stack-", "swap-"};
    bool is_size =
        name.length > 1 && byte_is_digit(name.bytes[0]) && name.bytes[name.length - 1] == 'x';
    return name.length == 0 || is_size || TEXT_IS_AMONG(name, looks) ||
           TEXT_STARTS_WITH_ANY(name, ways);
}

/* `paint-brush` of `fa fa-paint-brush fa-lg`; empty: no set of icons has such a class. */
static text class_name(text classes)
{
    static const char *const sets[] = {"fa-",  "bi-", "glyphicon-", "icon-", "mdi-", "octicon-",
                                       "bxs-", "bx-", "ion-",       "ri-",   "la-",  "ti-"};
    for (size_t from = 0, end; from < classes.length; from = end + 1) {
        for (end = from; end < classes.length && !html_is_space(classes.bytes[end]);)
            end++;
        text class = text_slice(classes, from, end);
        for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
            text name = text_slice(class, strlen(sets[i]), class.length);
            if (text_starts_with(class, text_from_c(sets[i])) && !is_look(name))
                return name;
        }
    }
    return TEXT_EMPTY;
}

/* How it is read: "paint brush". What Font Awesome calls "times" is a cross. */
static text name_of(struct arena *arena, text classes)
{
    static const char *const looks[] = {"-outline", "-o", "-fill", "-line"};
    text name = class_name(classes);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (text_ends_with(name, text_from_c(looks[i])))
            name = text_slice(name, 0, name.length - strlen(looks[i]));
    }
    if (text_starts_with(name, TEXT("times")))
        name = arena_printf(arena, "cross%.*s",
                            TEXT_ARGUMENTS(text_slice(name, strlen("times"), name.length)));
    char *words = arena_copy_c(arena, name);
    for (size_t i = 0; i < name.length; i++)
        words[i] = words[i] == '-' || words[i] == '_' ? ' ' : words[i];
    return text_trim((text){words, name.length});
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

/* Its words, kept apart from what touches them at the end. */
static void stand_for(struct builder *builder, struct node *node, text words, struct span span)
{
    node_set_kind(node, NODE_SPAN);
    node_append(node, node_new_text(builder->reader->arena, words, span));
}

void html_finish_icon(struct builder *builder, const struct html_open *open)
{
    struct html_icon *icon = open->icon;
    icon->span = open->span;
    icon->element = open->element->name;
    icon->node = open->node;
    bool has_own_words = icon->words.length;
    if (!has_own_words)
        icon->words = name_of(builder->reader->arena, icon->classes);
    icon->around = has_own_words || builder->characters.length ? NULL : words_around(open->node);
    look_outwards(icon);
    if (icon->around) { /* words may follow */
        node_set_kind(open->node, NODE_SPAN);
        builder->after_icon = true;
        wait_for_end(builder, icon);
        return;
    }
    if (icon->words.length == 0) {
        report(builder, icon);
        return;
    }
    if (!has_own_words)
        notation_report(builder->reader, NOTATION_ICON_HTML, icon->span);
    stand_for(builder, open->node, icon->words, open->span);
    builder->last_character = 'a';
    icon->apart = open->node;
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

/* Nothing stands before it. */
static void end_icon(struct builder *builder, const struct html_icon *icon, bool is_before_words)
{
    struct node *node = icon->node, *parent = node->parent;
    bool is_told =
        is_before_words ? has_meaning(icon->classes) : icon->words.length == 0 || !parent;
    if (is_told)
        report(builder, icon);
    else
        notation_report(builder->reader, NOTATION_ICON_HTML, icon->span);
    if (!is_told && !is_before_words) {
        stand_for(builder, node, icon->words, icon->span);
        keep_apart(builder->reader->arena, node);
    } else if (parent) {
        node_unlink(node);
        build_finish_paragraph(parent); /* it may have been before a picture alone */
    }
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
        end_icon(builder, icon,
                 has_words &&
                     (!icon->item || icon->item->index || html_says_something(icon->item)));
    }
}
