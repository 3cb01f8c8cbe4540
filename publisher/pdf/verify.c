/* The last look before the file is written: what ISO 14289 asks of a structure and a machine can
   see here at no cost. A fault is ours, never the author's. */
#include "pdf/output.h"

static text fault(const struct output *output, const struct element *element, const char *what)
{
    const char *name = tag_name((enum tag)element->tag, output->options->standard);
    return arena_printf(output->arena, "%s: %s", name ? name : "?", what);
}

static text verify_element(const struct output *output, const struct element *e)
{
    const struct element *parent = e->parent;
    if (!tag_name((enum tag)e->tag, output->options->standard))
        return fault(output, e, "the standard has no such type");
    if (!parent)
        return e == output->structure->root ? TEXT_EMPTY
                                            : fault(output, e, "an element without a parent");
    if (!tag_admits((enum tag)parent->tag, (enum tag)e->tag))
        return arena_printf(output->arena, "%s may not contain %s",
                            tag_name((enum tag)parent->tag, output->options->standard),
                            tag_name((enum tag)e->tag, output->options->standard));
    if (e->tag == TAG_CAPTION && parent->first != e && parent->last != e)
        return fault(output, e, "neither first nor last of its parent");
    if (e->tag == TAG_ANNOTATION && e->area->right <= e->area->left)
        return fault(output, e, "a link that covers nothing");
    return TEXT_EMPTY;
}

/* Every mark that is no artifact hangs on one leaf of the tree, and on no other. */
static text verify_marks(const struct output *output)
{
    size_t in_tree = 0, on_pages = 0;
    for (struct element *e = output->structure->root; e; e = structure_next(e)) {
        if (e->tag != TAG_CONTENT)
            continue;
        for (const struct mark *mark = e->first_mark; mark; mark = mark->next) {
            in_tree++;
            if (mark->content != e)
                return TEXT("a piece of a page has two parents");
        }
    }
    for (size_t i = 0; i < output->marks->count; i++)
        on_pages += output->marks->marks[i].content != NULL;
    if (in_tree != on_pages)
        return TEXT("a piece of a page has no parent");
    return TEXT_EMPTY;
}

text verify_structure(const struct output *output)
{
    for (struct element *e = output->structure->root; e; e = structure_next(e)) {
        text why = verify_element(output, e);
        if (why.length)
            return why;
    }
    return verify_marks(output);
}
