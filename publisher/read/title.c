/* The title that stands in the text: most people begin with it, as the first heading, and many
   write it into the front matter as well. */
#include "base/buffer.h"
#include "base/limits.h"
#include "read/reader.h"

enum { FIRST_LEVEL = 2 }; /* of a heading with one number sign: the title is of level 1 */

/* The first heading, where it is of the first level and in no box or quotation. */
static struct node *find_first(const struct reader *reader)
{
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (walk.entering && node->kind == NODE_HEADING)
            return node->heading.level == FIRST_LEVEL && node->parent == reader->document->root
                       ? node
                       : NULL;
    }
    return NULL;
}

static text words_of(struct reader *reader, const struct node *node)
{
    struct buffer words;
    buffer_init(&words, LIMIT_WORDS_BYTES);
    node_add_characters(node, &words);
    text result = arena_copy(reader->arena, text_trim(buffer_text(&words)));
    buffer_release(&words);
    return result;
}

/* It becomes the title where it stands first of all. */
static void take(struct reader *reader, struct node *heading, text words)
{
    node_unlink(heading);
    heading->kind = NODE_TITLE;
    heading->title_in_text = true;
    node_prepend(reader->document->root, heading);
    reader->document->metadata.title = words;
    reader->document->metadata.title_span = heading->span;
    reader->lacks_title = false;
}

/* The same words are not printed twice; whatever leads to the heading leads to the title. */
static void drop(struct reader *reader, struct node *heading)
{
    struct node *title = node_find_child(reader->document->root, NODE_TITLE);
    node_unlink(heading);
    heading->kind = NODE_TITLE;
    heading->title_in_text = true;
    node_insert_before(title, heading);
    node_unlink(title);
}

/* Headings that all begin at ## count from there. */
static void lift(struct reader *reader)
{
    int least = 7;
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (walk.entering && walk.node->kind == NODE_HEADING && walk.node->heading.level < least)
            least = walk.node->heading.level;
    }
    if (least <= FIRST_LEVEL || least == 7)
        return;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (walk.entering && walk.node->kind == NODE_HEADING)
            walk.node->heading.level -= least - FIRST_LEVEL;
    }
}

void read_title(struct reader *reader)
{
    const struct metadata *metadata = &reader->document->metadata;
    struct node *heading = find_first(reader);
    text words = heading ? words_of(reader, heading) : TEXT_EMPTY;
    if (words.length && reader->lacks_title)
        take(reader, heading, words);
    else if (words.length && text_equal(words, metadata->title))
        drop(reader, heading);
    lift(reader);
    struct span span = {
        .file = reader->file, .line = 1, .column = 1, .end_line = 1, .end_column = 1};
    if (reader->lacks_title)
        report_error(reader->report, "title-missing", span,
                     reader->body_line
                         ? "add a line title: … to the front matter, or begin with a heading: # …"
                         : "begin the article with a heading: # …",
                     "the article has no title");
}
