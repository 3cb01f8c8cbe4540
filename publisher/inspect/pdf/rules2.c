/* What PDF/UA-2 asks of the structure tree (ISO 14289-2, 8.2) and of who holds whom in it (ISO/TS
   32005). The types are looked up once for each element; whose kid an element is, is asked of its
   nearest ancestor that is no NonStruct, for what a NonStruct holds counts as its parent's. */
#include "inspect/grid.h"
#include "inspect/pdf/rules.h"

#include <stdlib.h>
#include <string.h>

static const struct nesting {
    const char *role, *kids;
} nestings[] = {
#define NESTING(role, kids) {#role, kids},
#include "inspect/pdf/nesting.def"
#undef NESTING
};

/* A Ref from one object to another. */
struct reference {
    uint32_t from, to;
};

struct checker {
    struct pdf_reader *reader;
    const struct inspection *inspection;
    uint32_t node;
    const struct details *details;
    struct reference *references;
    size_t reference_count, reference_capacity;
    uint8_t *refers; /* by node: it or what it holds refers to an element */
};

#define FAULT(condition, ...)                                                                      \
    inspection_find(c->reader->inspection, CONDITION_UA2_##condition,                              \
                    c->inspection->nodes[c->node].page, c->inspection->nodes[c->node].object,      \
                    c->node, __VA_ARGS__)

static bool is_element(const struct checker *c, uint32_t node)
{
    return node && c->inspection->nodes[node].kind == NODE_ELEMENT;
}

static text role_of(const struct checker *c, uint32_t node)
{
    return is_element(c, node) ? c->inspection->nodes[node].details->role : TEXT_EMPTY;
}

/* The word that nesting.def has for a role: all numbered headings are Hn. */
static text class_of(text role)
{
    bool is_heading =
        role.length > 1 && role.bytes[0] == 'H' && role.bytes[1] >= '1' && role.bytes[1] <= '9';
    return is_heading ? TEXT("Hn") : role;
}

static uint32_t parent_of(const struct checker *c, uint32_t node)
{
    uint32_t parent = c->inspection->nodes[node].parent;
    while (parent && text_equal_c(role_of(c, parent), "NonStruct"))
        parent = c->inspection->nodes[parent].parent;
    return parent;
}

/* The next element below the node, behind `kid` (0: the first), that is its kid or a NonStruct's.
 */
static uint32_t next_kid(const struct checker *c, uint32_t node, uint32_t kid)
{
    const struct inspection *inspection = c->inspection;
    uint32_t at = kid ? inspection_skip(inspection, kid, node) : inspection->nodes[node].first;
    while (at && (!is_element(c, at) || text_equal_c(role_of(c, at), "NonStruct")))
        at = is_element(c, at) ? inspection_next(inspection, at, node)
                               : inspection_skip(inspection, at, node);
    return at;
}

static bool has_content(const struct checker *c, uint32_t node)
{
    uint32_t kid = c->inspection->nodes[node].first;
    while (kid && c->inspection->nodes[kid].kind != NODE_CONTENT)
        kid = c->inspection->nodes[kid].next;
    return kid != 0;
}

/* who holds whom */

static const struct nesting *find_nesting(text class)
{
    for (size_t i = 0; i < sizeof nestings / sizeof *nestings; i++)
        if (text_equal_c(class, nestings[i].role))
            return &nestings[i];
    return NULL;
}

/* '\0': it may not be there; '?': once; ' ': any number. */
static char may_hold(const struct nesting *nesting, text class)
{
    text kids = text_from_c(nesting->kids);
    for (size_t at = text_find(kids, class, 0); class.length && at != SIZE_MAX;
         at = text_find(kids, class, at + 1)) {
        size_t end = at + class.length;
        char after = end < kids.length ? kids.bytes[end] : ' ';
        if (kids.bytes[at - 1] == ' ' && (after == ' ' || after == '?'))
            return after;
    }
    return '\0';
}

static bool is_anywhere(text role)
{
    return !role.length || text_equal_c(role, "Artifact") || text_equal_c(role, "NonStruct") ||
           text_equal_c(role, "Private") || text_equal_c(role, "MathML");
}

static void check_nesting(struct checker *c)
{
    text role = c->details->role;
    const struct nesting *own = find_nesting(class_of(role));
    if (own && has_content(c, c->node) && !may_hold(own, TEXT("content")))
        FAULT(NESTING, "content directly in %.*s", TEXT_ARGUMENTS(role));
    uint32_t parent = parent_of(c, c->node);
    const struct nesting *above = parent ? find_nesting(class_of(role_of(c, parent))) : NULL;
    if (!above || is_anywhere(role))
        return;
    if (!may_hold(above, class_of(role)))
        FAULT(NESTING, "%.*s within %.*s", TEXT_ARGUMENTS(role),
              TEXT_ARGUMENTS(role_of(c, parent)));
}

/* What there may be one of: how many there are, looked through once for each parent. */
static void check_single(struct checker *c)
{
    static const char *const singles[] = {"Caption", "H", "THead", "TFoot", "Sect", "Art"};
    enum { SINGLES = sizeof singles / sizeof *singles };
    size_t counts[SINGLES] = {0};
    const struct nesting *own = find_nesting(class_of(c->details->role));
    if (!own)
        return;
    for (uint32_t kid = next_kid(c, c->node, 0); kid; kid = next_kid(c, c->node, kid))
        for (size_t i = 0; i < SINGLES; i++)
            counts[i] += text_equal_c(role_of(c, kid), singles[i]);
    for (size_t i = 0; i < SINGLES; i++)
        if (counts[i] > 1 && may_hold(own, text_from_c(singles[i])) == '?')
            FAULT(NESTING, "%zu %s within %.*s", counts[i], singles[i],
                  TEXT_ARGUMENTS(c->details->role));
}

/* 8.2.5.2 */
static void check_root(struct checker *c)
{
    uint32_t first = next_kid(c, 0, 0);
    bool is_one = first && !next_kid(c, 0, first) && text_equal_c(role_of(c, first), "Document");
    c->node = 0;
    if (!is_one)
        FAULT(DOCUMENT, "the root holds %s", first ? "more or else than one Document" : "nothing");
    else if (c->inspection->nodes[first].details->space != SPACE_20)
        FAULT(DOCUMENT, "the Document is not in the namespace of PDF 2");
}

/* single types */

static void check_caption(struct checker *c)
{
    bool is_first = true, was_caption = false;
    for (uint32_t kid = next_kid(c, c->node, 0); kid; kid = next_kid(c, c->node, kid)) {
        if (was_caption) {
            FAULT(CAPTION, "a caption in the middle of %.*s", TEXT_ARGUMENTS(c->details->role));
            return;
        }
        was_caption = !is_first && text_equal_c(role_of(c, kid), "Caption");
        is_first = false;
    }
}

/* Whether the roles of the kids are these, one after the other, with spaces between. */
static bool kids_are(const struct checker *c, const char *roles)
{
    text wanted = text_from_c(roles);
    size_t start = 0;
    for (uint32_t kid = next_kid(c, c->node, 0); kid; kid = next_kid(c, c->node, kid)) {
        size_t end = text_find_byte(wanted, ' ', start);
        end = end == SIZE_MAX ? wanted.length : end;
        if (start >= wanted.length || !text_equal(text_slice(wanted, start, end), role_of(c, kid)))
            return false;
        start = end + 1;
    }
    return start > wanted.length;
}

static void check_list(struct checker *c)
{
    bool has_labels = false;
    for (uint32_t item = next_kid(c, c->node, 0); item && !has_labels;
         item = next_kid(c, c->node, item))
        for (uint32_t kid = next_kid(c, item, 0); kid; kid = next_kid(c, item, kid))
            has_labels = has_labels || (text_equal_c(role_of(c, item), "LI") &&
                                        text_equal_c(role_of(c, kid), "Lbl"));
    text numbering = details_more(c->details)->numbering;
    if (has_labels && (!numbering.length || text_equal_c(numbering, "None")))
        FAULT(NUMBERING, "its items have labels, and its ListNumbering is %s",
              numbering.length ? "None" : "missing");
}

static void check_cells(struct checker *c, const struct grid *grid)
{
    for (size_t i = 0; i < grid->count; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        if (cell->is_header || cell->has_header || !grid->has_header_cell ||
            !c->inspection->nodes[cell->node].first)
            continue;
        c->node = cell->node;
        FAULT(TABLE_HEADER, "row %u, column %u%s", cell->row + 1, cell->column + 1,
              cell->has_unknown ? ": it names a header that is not there" : "");
        break;
    }
}

static void check_table(struct checker *c)
{
    struct grid grid;
    grid_read(&grid, c->inspection, c->node);
    grid_check_places(&grid, c->reader->inspection, CONDITION_UA2_TABLE, c->node);
    check_cells(c, &grid);
    grid_release(&grid);
}

static size_t count_widgets(const struct checker *c)
{
    size_t count = 0;
    for (uint32_t kid = c->inspection->nodes[c->node].first; kid;
         kid = c->inspection->nodes[kid].next)
        count += c->inspection->nodes[kid].kind == NODE_ANNOTATION &&
                 text_equal_c(c->inspection->nodes[kid].details->tag, "Widget");
    return count;
}

/* The annotations of one Link are the lines of one link: they lead to one place. */
static void check_targets(struct checker *c)
{
    const struct details *first = NULL;
    for (uint32_t kid = c->inspection->nodes[c->node].first; kid;
         kid = c->inspection->nodes[kid].next) {
        const struct details *details = c->inspection->nodes[kid].details;
        if (c->inspection->nodes[kid].kind != NODE_ANNOTATION ||
            (!details->target.length && !details->leads_to))
            continue;
        if (!first)
            first = details;
        if (first->leads_to == details->leads_to && text_equal(first->target, details->target))
            continue;
        FAULT(LINK_TARGET, "to %.*s and to %.*s", TEXT_ARGUMENTS(first->target),
              TEXT_ARGUMENTS(details->target));
        return;
    }
}

/* Which elements refer to others, or hold one that does. */
static uint8_t *find_referring(const struct checker *c)
{
    size_t count = c->inspection->node_count;
    uint8_t *refers = memory_allocate(count + 1);
    memset(refers, 0, count + 1);
    for (size_t i = count; i-- > 1;) { /* kids stand behind their parents */
        if (is_element(c, (uint32_t)i) && details_more(c->inspection->nodes[i].details)->refs)
            refers[i] = 1;
        refers[c->inspection->nodes[i].parent] |= refers[i];
    }
    return refers;
}

static void check_note(struct checker *c)
{
    text type = details_more(c->details)->note_type;
    if (type.length && !text_equal_c(type, "Footnote") && !text_equal_c(type, "Endnote") &&
        !text_equal_c(type, "None"))
        FAULT(NOTE_TYPE, "NoteType is %.*s", TEXT_ARGUMENTS(type));
}

static void check_math(struct checker *c)
{
    text above = role_of(c, parent_of(c, c->node));
    if (!text_equal_c(above, "Formula") && !text_equal_c(above, "MathML"))
        FAULT(MATH, "%.*s within %.*s", TEXT_ARGUMENTS(c->details->tag),
              TEXT_ARGUMENTS(above.length ? above : TEXT("the root")));
}

static void check_element(struct checker *c)
{
    const struct details *details = c->details;
    text role = details->role;
    check_nesting(c);
    if (!text_equal_c(role, "NonStruct")) {
        check_single(c);
        check_caption(c);
    }
    if (text_equal_c(role, "Table"))
        check_table(c);
    else if (text_equal_c(role, "L"))
        check_list(c);
    else if (text_equal_c(role, "LI") && has_content(c, c->node))
        FAULT(LIST_CONTENT, "content directly in LI");
    else if (text_equal_c(role, "Figure") && !details->has_alt && !details->has_actual)
        FAULT(FIGURE, "Figure has neither Alt nor ActualText");
    else if (text_equal_c(role, "FENote"))
        check_note(c);
    else if (text_equal_c(role, "Note"))
        FAULT(NOTE, "Note is a type of PDF 1.7");
    else if (text_equal_c(role, "H"))
        FAULT(H, "H is no type for headings here");
    else if (text_equal_c(role, "TOCI") && !c->refers[c->node])
        FAULT(TOCI, "neither it nor what it holds has a Ref entry");
    else if (text_equal_c(role, "Form") && count_widgets(c) > 1)
        FAULT(FORM_ONE, "%zu fields", count_widgets(c));
    else if (text_equal_c(role, "Ruby") && !kids_are(c, "RB RT") && !kids_are(c, "RB RP RT RP"))
        FAULT(RUBY, "its parts are neither RB, RT nor RB, RP, RT, RP");
    else if (text_equal_c(role, "Warichu") && !kids_are(c, "WP WT WP"))
        FAULT(WARICHU, "its parts are not WP, WT, WP");
    else if (text_equal_c(role, "MathML"))
        check_math(c);
    else if (text_equal_c(role, "Link") || text_equal_c(role, "Reference"))
        check_targets(c);
}

/* notes and what calls them */

static int compare_references(const void *left, const void *right)
{
    const struct reference *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static bool has_reference(const struct checker *c, uint32_t from, uint32_t to)
{
    struct reference wanted = {from, to};
    return c->reference_count &&
           bsearch(&wanted, c->references, c->reference_count, sizeof wanted, compare_references);
}

static int compare_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void collect_references(struct checker *c)
{
    for (uint32_t at = 1; at < c->inspection->node_count; at++) {
        const struct inspection_node *node = &c->inspection->nodes[at];
        const uint32_t *refs =
            node->kind == NODE_ELEMENT ? details_more(node->details)->refs : NULL;
        for (uint32_t i = 1; refs && i <= refs[0]; i++) {
            ARENA_GROW(c->inspection->arena, c->references, c->reference_count,
                       c->reference_capacity);
            c->references[c->reference_count++] = (struct reference){node->object, refs[i]};
        }
    }
    if (c->reference_count)
        qsort(c->references, c->reference_count, sizeof *c->references, compare_references);
}

/* 8.2.5.14: who refers to a note is referred to by it, and the other way round. */
static void check_references(struct checker *c)
{
    uint32_t *notes = memory_allocate((c->inspection->node_count + 1) * sizeof *notes);
    size_t count = 0;
    collect_references(c);
    for (uint32_t at = 1; at < c->inspection->node_count && c->reference_count; at++)
        if (text_equal_c(role_of(c, at), "FENote") && c->inspection->nodes[at].object)
            notes[count++] = c->inspection->nodes[at].object;
    qsort(notes, count, sizeof *notes, compare_numbers);
    for (uint32_t at = 1; at < c->inspection->node_count && count; at++) {
        const struct inspection_node *node = &c->inspection->nodes[at];
        const uint32_t *refs =
            node->kind == NODE_ELEMENT ? details_more(node->details)->refs : NULL;
        bool is_note = text_equal_c(role_of(c, at), "FENote");
        c->node = at;
        for (uint32_t i = 1; refs && i <= refs[0]; i++) {
            bool to_note = bsearch(&refs[i], notes, count, sizeof *notes, compare_numbers) != NULL;
            if ((is_note || to_note) && !has_reference(c, refs[i], node->object))
                FAULT(NOTE_REFERENCE, "it refers to object %u, which does not refer to it",
                      refs[i]);
        }
    }
    free(notes);
}

void pdf_check_tree_2(struct pdf_reader *reader)
{
    struct checker all = {.reader = reader, .inspection = reader->inspection}, *c = &all;
    if (!c->inspection->is_tagged)
        return;
    c->refers = find_referring(c);
    check_root(c);
    for (uint32_t at = 1; at < c->inspection->node_count; at++) {
        c->node = at;
        c->details = c->inspection->nodes[at].details;
        if (c->inspection->nodes[at].kind == NODE_ELEMENT)
            check_element(c);
    }
    check_references(c);
    free(c->refers);
}
