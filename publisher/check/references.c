/* References, and what floats: whether everything is called where it can be found. */
#include "check/rooms.h"

#include "document/identifier.h"
#include "document/reference.h"

#include <string.h>

void check_citation(struct check *check, const struct node *node)
{
    for (const struct citation_item *item = node->citation.items; item; item = item->next) {
        check->cites = true;
        id_map_add(check->cited, item->key, (struct node *)(uintptr_t)node, NULL);
    }
}

static bool is_named(const struct metadata *metadata, text id)
{
    for (size_t i = 0; i < metadata->nocite_count; i++) {
        if (text_equal_c(metadata->nocite[i], "*") || text_equal(metadata->nocite[i], id))
            return true;
    }
    return false;
}

/* One entry for all: a file may be shared by many articles. What the settings of a project name for
   all its articles is nothing to take out. */
static void check_uncited(struct check *check)
{
    enum { SHOWN = 3 };
    const struct document *document = check->document;
    size_t count = 0;
    text names = TEXT_EMPTY;
    for (size_t i = 0; i < document->reference_count; i++) {
        text id = document->references[i]->id;
        if (id_map_find(check->cited, id) || is_named(&document->metadata, id))
            continue;
        if (count++ < SHOWN)
            names = arena_printf(check->arena, "%.*s%s%.*s", TEXT_ARGUMENTS(names),
                                 names.length ? ", " : "", TEXT_ARGUMENTS(id));
    }
    if (count)
        check_report(check, document->metadata.bibliographies[0].span, "reference-uncited",
                     "nothing cites %.*s%s", TEXT_ARGUMENTS(names), count > SHOWN ? " …" : "");
}

void check_references(struct check *check)
{
    const struct document *document = check->document;
    for (size_t i = 0; i < document->reference_count; i++) {
        const struct reference *reference = document->references[i];
        text doi = reference_text(reference, "DOI");
        if (doi.length && !doi_is_valid(doi_bare(check->arena, doi)))
            check_report(check, reference->span, "reference-doi", "\"%.*s\" is no DOI",
                         TEXT_ARGUMENTS(doi));
    }
    /* Where something could not be read, the citations that are known are not all. */
    bool is_project =
        document->metadata.bibliography_count && !document->metadata.bibliographies[0].folder;
    if (check->cites && !is_project && !check->lists_uncited && check->report->errors == 0)
        check_uncited(check);
}

static bool is_target(const struct check *check, const struct node *node)
{
    return check->targets[node->index / 8] & 1u << node->index % 8;
}

/* Print moves what floats away from its place; only a reference tells where it belongs. */
void check_floats(struct check *check)
{
    for (size_t i = 0; i < check->float_count; i++) {
        const struct node *node = check->floats[i];
        bool is_called = is_target(check, node);
        for (const struct node *child = node->first_child; child && !is_called; child = child->next)
            is_called = is_target(check, child);
        if (!is_called)
            check_report(check, node->span, "float-unreferenced",
                         "it floats, and no reference tells where it belongs");
    }
}
