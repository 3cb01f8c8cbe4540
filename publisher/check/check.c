#include "check/check.h"

#include "base/buffer.h"
#include "base/limits.h"

struct check {
    const struct document *document;
    struct buffer words; /* reused for the characters below a node */
    int heading_level;   /* of the heading before */
};

static void add(struct check *check, const char *rule, const struct node *node, text message)
{
    report_rule(check->document->report, rule, node->span, NULL, "%.*s", TEXT_ARGUMENTS(message));
}

/* The characters below a node, trimmed; borrowed until the next call. */
static text words_of(struct check *check, const struct node *node)
{
    buffer_clear(&check->words);
    node_add_characters(node, &check->words);
    return text_trim(buffer_text(&check->words));
}

static void check_heading(struct check *check, const struct node *node)
{
    int level = node->heading.level;
    if (level > check->heading_level + 1) {
        text message = arena_printf(
            check->document->arena,
            "this heading is %d levels below the one before it; the level between them is missing",
            level - check->heading_level);
        add(check, "heading-skipped", node, message);
    }
    check->heading_level = level;
    if (words_of(check, node).length == 0)
        add(check, "heading-empty", node, TEXT("a heading without words"));
}

static size_t words_of_length(const struct node *label)
{
    return label->first_child ? label->first_child->text.length : 0;
}

static void check_image(struct check *check, const struct node *node)
{
    text alt = text_trim(node->image.alt);
    if (node->image.decorative && alt.length)
        add(check, "image-decorative-with-alt", node,
            TEXT("a decorative picture with an alternative text"));
    if (node->image.decorative)
        return;
    if (alt.length == 0) {
        add(check, "image-alt-missing", node, TEXT("the picture has no alternative text"));
        return;
    }
    const struct node *parent = node->parent;
    const struct node *caption =
        parent && parent->kind == NODE_FIGURE ? node_find_child(parent, NODE_CAPTION) : NULL;
    text words = caption ? words_of(check, caption) : TEXT_EMPTY;
    /* A number before the caption's words is Lectern's own. */
    const struct node *label = caption ? caption->first_child : NULL;
    if (label && label->generated && label->kind == NODE_STRONG && label->next &&
        label->next->generated)
        words = text_slice(words, words_of_length(label) + label->next->text.length, words.length);
    if (caption && text_equal_ignoring_case(words, alt))
        add(check, "image-alt-same-as-caption", node,
            TEXT("the alternative text repeats the caption"));
}

static void check_link(struct check *check, const struct node *node)
{
    if (words_of(check, node).length == 0)
        add(check, "link-empty", node, TEXT("a link without words"));
}

/* The corner above a column of row headers may be empty: it heads nothing. */
static void check_cell(struct check *check, const struct node *node)
{
    if (!node->cell.header || words_of(check, node).length)
        return;
    const struct node *table = node->parent;
    while (table && table->kind != NODE_TABLE)
        table = table->parent;
    bool is_corner =
        !node->cell.row_scope && table && node->cell.column < table->table.header_columns;
    if (!is_corner)
        add(check, "table-header-empty", node, TEXT("a header cell without words"));
}

static void check_node(struct check *check, const struct node *node)
{
    switch (node->kind) {
    case NODE_HEADING:
        check_heading(check, node);
        break;
    case NODE_IMAGE:
        check_image(check, node);
        break;
    case NODE_LINK:
        check_link(check, node);
        break;
    case NODE_TABLE_CELL:
        check_cell(check, node);
        break;
    case NODE_CAPTION:
        if (words_of(check, node).length == 0)
            add(check, "caption-empty", node, TEXT("a caption without words"));
        break;
    default:
        break;
    }
}

void check_document(const struct document *document)
{
    struct check check = {.document = document, .heading_level = 1};
    buffer_init(&check.words, LIMIT_WORDS_BYTES);
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        if (walk.entering && !walk.node->generated)
            check_node(&check, walk.node);
    }
    buffer_release(&check.words);
}
