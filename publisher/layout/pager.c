/* clang-format off: the drawing */
/* Pager: the column of boxes that the builder has made is cut into pages.

   What comes in is the flow: boxes one below the other, each of which stands whole on a page (a
   line, a row of a table, a picture), with the distance that it keeps above it and how good a place
   to end a page is behind it. A second flow holds the notes. What goes out are pages:

     +---------------------+     the body's flow          the notes' flow
     | head      furniture |     +----------+             +--------+
     +---------------------+     | box 0    |       .---->| note 1 |
     | float that waited   |     | box 1 ---+-------'     |  line  |
     | box 0               |     | box 2    |             |  line  |
     | box 1 (calls 1)     |     | float    | <- waits    | note 2 |
     | box 2               |     | box 4 ---+------------>|  line  |
     |                     |     | box 5    |             +--------+
     |  (room left)        |     +----------+
     | ------- rule        |
     | rest of a note  <---+---- queue: lines of notes that found no room on the page before
     | note 1              |
     +---------------------+
     | foot      furniture |
     +---------------------+

   For each page: look_ahead shows the page breaker the pieces of the next pages (heights, gaps,
   notes: page_breaker.h knows no more of them), and it chooses how many stand on this one, so that
   all pages in sight are good together. Where a float is in sight, floats_choose has the first
   word. Then write_body and write_notes put the boxes where they stand, and furniture the rest.
   Every page takes at least one box or one line of a note, so it always comes to an end, however
   small the page is.

   Notes are the hard case. A box that calls notes fits only if all of each note but the last, and
   the beginning of the last, fit below it. What of the last does not fit goes on at the foot of the
   next page, before the notes that are called there: that is the queue. So the room for the body of
   a page is known only when the notes that it calls are, and the page breaker weighs both as one.

   Floats (layout/floats.h) change the order of the body's boxes while pages are filled. A place in
   that order, `first` or `end`, is not a box's number, by which notes and anchors know it.

   Columns are pages beside each other on one page: fill_column is called for each. What reaches
   over all of them, the title above all, stands at the head of a page, above the columns.

   Rejected: to place notes after all pages are cut and to shorten the pages that overflow. Taking
   one line from a page moves calls to the next, which moves notes, which gives the line back: that
   need not end. Choosing both at once does. */
/* clang-format on */
#include "layout/pager.h"

#include "base/budget.h"

#include "document/list_labels.h"
#include "document/numerals.h"

#include "layout/floats.h"

enum { FIRST_NOTE_LINES = 2 };

struct note_call {
    uint32_t box; /* of the body, by its number */
    uint32_t order;
    uint32_t range; /* in builder->note_ranges */
};

/* Lines of notes that wait for a place. */
struct note_part {
    uint32_t next, end; /* boxes of the notes' flow */
};

struct pager {
    struct layout_builder *builder;
    struct pages *pages;
    struct page_layers layers;
    struct furniture furniture;
    float top, bottom;
    struct note_call *calls; /* by box */
    size_t call_count, call_capacity;
    uint32_t *first_call; /* by box, and one more; NULL: nothing is called */
    struct note_range *
        *by_node; /* the notes, sorted by address to be found; never shown in that order */
    struct note_part *queue;
    size_t queue_first, queue_count, queue_capacity;
    uint32_t *page_of_box, *page_of_note_box;
    struct page_breaker breaker;
    struct floats floats;
    /* The boxes in sight, from the first of the page in hand on. */
    struct page_piece *seen;
    size_t seen_first, seen_count, seen_capacity;
    unsigned slots_left; /* columns of this page, the one in hand counted */
    bool in_column;      /* one of several: no float that reaches over all of them stands in it */
    /* Of a book. */
    size_t opening_count; /* of builder->openings, whose divisions stand on pages already */
    bool is_in_chapters;
    size_t pages_before; /* the first chapter */
};

/* which box calls which note */

static int compare_ranges(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)(*(struct note_range *const *)a)->note;
    uintptr_t y = (uintptr_t)(*(struct note_range *const *)b)->note;
    return (x > y) - (x < y);
}

static int compare_calls(const void *a, const void *b)
{
    const struct note_call *x = a, *y = b;
    if (x->box != y->box)
        return (x->box > y->box) - (x->box < y->box);
    return (x->order > y->order) - (x->order < y->order);
}

static void add_call(struct pager *pager, size_t box, size_t range)
{
    if (pager->builder->note_ranges[range].called)
        return; /* a note stands where it is called first */
    pager->builder->note_ranges[range].called = true;
    WORK_GROW(pager->calls, pager->call_count, pager->call_capacity);
    pager->calls[pager->call_count] =
        (struct note_call){(uint32_t)box, (uint32_t)pager->call_count, (uint32_t)range};
    pager->call_count++;
}

static void find_called(struct pager *pager, const struct flow *flow, const struct flow_box *box,
                        size_t place)
{
    struct layout_builder *builder = pager->builder;
    for (uint32_t i = 0; i < box->note_count && builder->note_range_count; i++) {
        struct note_range wanted = {.note = flow->notes[box->first_note + i]}, *key = &wanted;
        struct note_range **range = bsearch(&key, pager->by_node, builder->note_range_count,
                                            sizeof(struct note_range *), compare_ranges);
        if (range)
            add_call(pager, place, (size_t)(*range - builder->note_ranges));
    }
}

static void find_calls(struct pager *pager)
{
    struct layout_builder *builder = pager->builder;
    if (builder->note_range_count == 0)
        return;
    pager->by_node = memory_allocate(builder->note_range_count * sizeof(struct note_range *));
    for (size_t i = 0; i < builder->note_range_count; i++)
        pager->by_node[i] = &builder->note_ranges[i];
    qsort(pager->by_node, builder->note_range_count, sizeof(struct note_range *), compare_ranges);
    for (size_t i = 0; i < builder->body.box_count; i++)
        find_called(pager, &builder->body, &builder->body.boxes[i], i);
    /* Notes called from notes stand behind the note that calls them. */
    for (size_t i = 0; i < pager->call_count; i++) {
        const struct note_range *range = &builder->note_ranges[pager->calls[i].range];
        for (uint32_t b = range->first; b < range->first + range->count; b++)
            find_called(pager, &builder->notes, &builder->notes.boxes[b], pager->calls[i].box);
    }
    for (size_t i = 0; i < builder->note_range_count; i++) { /* those that nothing calls */
        uint32_t before = builder->note_ranges[i].body_box;
        add_call(pager, before ? before - 1 : 0, i);
    }
    if (pager->call_count == 0)
        return;
    qsort(pager->calls, pager->call_count, sizeof *pager->calls, compare_calls);
    size_t boxes = builder->body.box_count, call = 0;
    pager->first_call = memory_allocate((boxes + 1) * sizeof *pager->first_call);
    for (size_t i = 0; i <= boxes; i++) {
        while (call < pager->call_count && pager->calls[call].box < i)
            call++;
        pager->first_call[i] = (uint32_t)call;
    }
    pager->first_call[boxes] = (uint32_t)pager->call_count; /* where there are no boxes at all */
}

/* The calls of the box at a place: from *first to the end that is returned. */
static size_t calls_of(const struct pager *pager, size_t place, size_t *first)
{
    *first = 0;
    if (!pager->first_call)
        return 0;
    uint32_t number = pager->builder->body.boxes[place].number;
    *first = pager->first_call[number];
    return pager->first_call[number + 1];
}

/* heights of notes */

static float note_rule_height(const struct layout_builder *builder)
{
    const struct theme *theme = builder->theme;
    return theme->note_rule_above + theme->note_rule_thickness + theme->note_rule_below;
}

/* The height of boxes first..end-1 of the notes, not counted further than `enough`. */
static float height_of_notes(const struct flow *notes, uint32_t first, uint32_t end, float enough)
{
    float height = 0;
    for (uint32_t i = first; i < end && height <= enough; i++) {
        const struct flow_box *box = &notes->boxes[i];
        height +=
            i == first ? stack_gap_at_top(notes, box) : stack_gap(notes, &notes->boxes[i - 1], box);
        height += box->height;
    }
    return end > first ? height + stack_gap_at_bottom(notes, &notes->boxes[end - 1]) : 0;
}

static float gap_between_notes(const struct layout_builder *builder)
{
    return builder->theme->note_gap;
}

static float height_of_queue(const struct pager *pager, float enough)
{
    float height = 0;
    for (size_t i = pager->queue_first; i < pager->queue_count && height <= enough; i++)
        height += gap_between_notes(pager->builder) + height_of_notes(&pager->builder->notes,
                                                                      pager->queue[i].next,
                                                                      pager->queue[i].end, enough);
    return height > 0 ? height + note_rule_height(pager->builder) : 0;
}

static void queue_note(struct pager *pager, uint32_t first, uint32_t end)
{
    if (first >= end)
        return;
    if (pager->queue_first == pager->queue_count)
        pager->queue_first = pager->queue_count = 0;
    WORK_GROW(pager->queue, pager->queue_count, pager->queue_capacity);
    pager->queue[pager->queue_count++] = (struct note_part){first, end};
}

/* choosing where the page ends */

struct page_plan {
    size_t first, end; /* boxes of the body */
    float head;        /* height of the repeated table head */
    float flow_bottom; /* y below the last box */
};

static void need_call(const struct pager *pager, struct page_piece *piece,
                      const struct note_call *call)
{
    const struct layout_builder *builder = pager->builder;
    const struct note_range *range = &builder->note_ranges[call->range];
    if (range->count == 0)
        return;
    uint32_t end = range->first + range->count, few = range->first + FIRST_NOTE_LINES;
    float enough = builder->geometry.bottom - builder->geometry.top;
    float whole = height_of_notes(&builder->notes, range->first, end, enough);
    piece->last_note = whole;
    piece->least_note =
        few + 1 >= end ? whole : height_of_notes(&builder->notes, range->first, few, enough);
    piece->notes += whole + gap_between_notes(builder);
}

static float repeated_head(const struct pager *pager, size_t box)
{
    const struct flow *flow = &pager->builder->body;
    const struct flow_table *table = &flow->tables[flow->boxes[box].table];
    bool is_inside = table->head_count && box >= table->first_head + table->head_count;
    return is_inside ? table->head_height : 0;
}

/* Do columns begin below the box, or end there? Text goes on past a float that waits for the top
   of a page. */
static bool columns_change(const struct pager *pager, const struct flow_box *box)
{
    bool is_passed = pager->in_column && (box[0].full_measure == MEASURE_FULL_FLOAT ||
                                          box[1].full_measure == MEASURE_FULL_FLOAT);
    return !box[0].full_measure != !box[1].full_measure && !is_passed;
}

/* Adds the next box to those in sight. */
static void see_box(struct pager *pager)
{
    const struct flow *flow = &pager->builder->body;
    size_t number = pager->seen_first + pager->seen_count;
    const struct flow_box *box = &flow->boxes[number];
    WORK_GROW(pager->seen, pager->seen_count, pager->seen_capacity);
    struct page_piece *piece = &pager->seen[pager->seen_count++];
    *piece = (struct page_piece){
        .height = box->height,
        .gap = number ? stack_gap(flow, &flow->boxes[number - 1], box) : 0,
        .head = repeated_head(pager, number) + stack_gap_at_top(flow, box),
        .foot = stack_gap_at_bottom(flow, box),
        .quality = box->break_after,
    };
    if (number + 1 < flow->box_count && columns_change(pager, box))
        piece->quality = PAGE_BREAK_FORCED;
    size_t call, calls_end = calls_of(pager, number, &call);
    for (; call < calls_end; call++)
        need_call(pager, piece, &pager->calls[call]);
}

/* Looks ahead from box `first` over `most` points or to the next forced break. Each box is looked
   at once: what was seen for the page before is kept. Returns how many boxes that is; *goes_on:
   they end without a forced break. */
static size_t look_ahead(struct pager *pager, size_t first, float most, size_t most_boxes,
                         bool *goes_on)
{
    const struct flow *flow = &pager->builder->body;
    size_t gone = first - pager->seen_first, count = 0;
    if (gone) {
        pager->seen_count -= gone;
        memmove(pager->seen, pager->seen + gone, pager->seen_count * sizeof *pager->seen);
        pager->seen_first = first;
    }
    float height = 0;
    *goes_on = true;
    while (height <= most && count < most_boxes) {
        if (first + count == flow->box_count) {
            *goes_on = false;
            break;
        }
        if (count == pager->seen_count)
            see_box(pager);
        const struct page_piece *piece = &pager->seen[count++];
        height += piece->gap + piece->height + piece->notes;
        if (piece->quality == PAGE_BREAK_FORCED) {
            *goes_on = false;
            break;
        }
    }
    return count;
}

/* The y below the last piece of the page. */
static float bottom_of(const struct pager *pager, const struct page_piece *pieces, size_t count)
{
    float y = pager->top;
    for (size_t i = 0; i < count; i++)
        y += (i ? pieces[i].gap : pieces[i].head) + pieces[i].height;
    return count ? y + pieces[count - 1].foot : y;
}

/* How many boxes from plan->first on go on the page, `carried` being the height of notes that must
   stand on it anyway. At least one box. */
static void plan_page(struct pager *pager, struct page_plan *plan, float carried, bool no_new_notes)
{
    enum { PAGES_AHEAD = 4, BOXES_AHEAD = 1000 };
    const struct geometry *geometry = &pager->builder->geometry;
    struct page_view view = {
        .room = geometry->bottom - geometry->top,
        .short_room = pager->bottom - pager->top,
        .short_count = pager->slots_left,
        .first_notes = carried,
        .note_rule = note_rule_height(pager->builder),
        .no_new_notes = no_new_notes,
    };
    float most = view.room * PAGES_AHEAD;
    size_t chosen, most_boxes = BOXES_AHEAD;
    enum floats_answer answer;
    for (;; most_boxes *= 2, most *= 2) {
        view.count = look_ahead(pager, plan->first, most, most_boxes, &view.goes_on);
        view.pieces = pager->seen;
        view.is_last = plan->first + view.count == pager->builder->body.box_count;
        answer = floats_choose(&pager->floats, &pager->builder->body, &pager->breaker, &view,
                               plan->first, pager->in_column, &chosen);
        if (answer == FLOATS_CHOSEN)
            break;
        if (answer == FLOATS_WANT_MORE)
            continue;
        chosen = page_breaker_choose(&pager->breaker, &view, NULL);
        if (chosen < view.count || !view.goes_on) /* else the page may hold more than is in sight */
            break;
    }
    plan->end = plan->first + chosen;
    plan->flow_bottom =
        bottom_of(pager, answer == FLOATS_CHOSEN ? pager->floats.pieces : pager->seen, chosen);
    if (answer == FLOATS_CHOSEN) { /* what was seen stands in another order now */
        pager->seen_first = plan->end;
        pager->seen_count = 0;
    }
}

/* writing the page */

/* Pages before the first chapter of a book have Roman numbers, and those from there on begin
   with 1. Articles have no chapters. */
static text label_of_page(const struct pager *pager)
{
    struct arena *arena = pager->pages->arena;
    text language = pager->builder->document->metadata.language;
    size_t number = pager->pages->count;
    if (pager->builder->opening_count && !pager->is_in_chapters)
        return list_number(arena, language, LIST_LOWER_ROMAN, (unsigned)number);
    return numeral_in(arena, language, number - pager->pages_before);
}

static struct page *new_page(struct pager *pager)
{
    struct pages *pages = pager->pages;
    ARENA_GROW(pages->arena, pages->pages, pages->count, pages->capacity);
    struct page *page = &pages->pages[pages->count++];
    *page = (struct page){
        .width = (double)pager->builder->geometry.width,
        .height = (double)pager->builder->geometry.height,
        .label = label_of_page(pager),
        .division = pager->opening_count
                        ? pager->builder->openings[pager->opening_count - 1].heading
                        : NULL,
    };
    pager->layers.ground_count = pager->layers.text_count = 0;
    return page;
}

static void finish_page(struct pager *pager, struct page *page)
{
    furniture_write(&pager->furniture, &pager->layers, page, pager->pages->count == 1);
    const struct page_layers *layers = &pager->layers;
    page->item_count = page->item_capacity = layers->ground_count + layers->text_count;
    page->items = ARENA_NEW_ARRAY(pager->pages->arena, page->item_count, struct page_item);
    if (layers->ground_count)
        memcpy(page->items, layers->ground, layers->ground_count * sizeof *page->items);
    if (layers->text_count)
        memcpy(page->items + layers->ground_count, layers->text,
               layers->text_count * sizeof *page->items);
}

static void write_body(struct pager *pager, const struct page_plan *plan, struct page *page)
{
    struct layout_builder *builder = pager->builder;
    const struct flow *flow = &builder->body;
    float y = pager->top;
    if (plan->head > 0) {
        const struct flow_table *table = &flow->tables[flow->boxes[plan->first].table];
        struct flow *continued = &builder->continued;
        continued_write(builder, table);
        y = stack_write_again(&pager->layers, continued, pager->pages->arena,
                              continued->box_count - 1, continued->box_count, y);
        size_t first = pager->layers.text_count;
        y = stack_write_again(&pager->layers, flow, pager->pages->arena, table->first_head,
                              table->first_head + table->head_count, y);
        page_numbers_wish_again(builder, &pager->layers, first);
    }
    y = stack_write(&pager->layers, flow, plan->first, plan->end, y);
    for (size_t i = plan->first; i < plan->end; i++) {
        pager->page_of_box[flow->boxes[i].number] = (uint32_t)pager->pages->count - 1;
        if (!page->start_node && flow->boxes[i].start_node) {
            page->start_node = flow->boxes[i].start_node;
            page->start_offset = flow->boxes[i].start_offset;
        }
    }
    if (y > pager->bottom + 0.5F && page->start_node)
        builder_report_overfull(builder, page->start_node, "a part that cannot be divided");
}

/* How many boxes of a part of the queue fit into the room, and their height. */
static uint32_t fit_notes(const struct pager *pager, const struct note_part *part, float room,
                          float *height)
{
    const struct flow *notes = &pager->builder->notes;
    uint32_t end = part->next;
    float bottom = 0;
    *height = 0;
    for (; end < part->end; end++) {
        const struct flow_box *box = &notes->boxes[end];
        bottom += end == part->next ? stack_gap_at_top(notes, box)
                                    : stack_gap(notes, &notes->boxes[end - 1], box);
        bottom += box->height;
        float whole = bottom + stack_gap_at_bottom(notes, box);
        if (whole > room + 0.01F)
            break;
        *height = whole;
    }
    return end;
}

/* Writes as much of the queue as fits between flow_bottom and the foot. at_least_one: the page
   would be empty otherwise. */
static void write_notes(struct pager *pager, float flow_bottom, bool at_least_one)
{
    struct layout_builder *builder = pager->builder;
    const struct theme *theme = builder->theme;
    if (pager->queue_first == pager->queue_count)
        return;
    float room = pager->bottom - flow_bottom - note_rule_height(builder), used = 0;
    size_t first = pager->queue_first, last = first;
    uint32_t end = 0;
    for (; last < pager->queue_count; last++) { /* how much, to stand at the foot */
        float height, gap = gap_between_notes(builder);
        end = fit_notes(pager, &pager->queue[last], room - used - gap, &height);
        if (end == pager->queue[last].next && at_least_one && last == first) {
            end++;
            height = builder->notes.boxes[end - 1].height;
        }
        if (end == pager->queue[last].next)
            break;
        used += height + gap;
        if (end < pager->queue[last].end)
            break;
    }
    if (used <= 0)
        return;
    float y = pager->bottom - used - theme->note_rule_below - theme->note_rule_thickness;
    float width = builder->geometry.right - builder->geometry.left;
    width = theme->note_rule_width < width / 2 ? theme->note_rule_width : width / 2;
    bool right_to_left = node_direction(builder->document->root) == DIRECTION_RIGHT_TO_LEFT;
    WORK_GROW(pager->layers.ground, pager->layers.ground_count, pager->layers.ground_capacity);
    pager->layers.ground[pager->layers.ground_count++] = (struct page_item){
        .kind = ITEM_RULE,
        .piece = PIECE_DECORATION,
        .rule = {.x = pager->layers.x +
                      (right_to_left ? builder->geometry.right - width : builder->geometry.left),
                 .y = y,
                 .width = width,
                 .height = theme->note_rule_thickness,
                 .colour = theme->note_rule_colour},
    };
    y = pager->bottom - used;
    for (size_t i = first; i <= last && i < pager->queue_count; i++) {
        struct note_part *part = &pager->queue[i];
        uint32_t part_end = i == last ? end : part->end;
        if (part_end == part->next)
            break;
        for (uint32_t box = part->next; box < part_end; box++)
            pager->page_of_note_box[box] = (uint32_t)pager->pages->count - 1;
        y = stack_write(&pager->layers, &builder->notes, part->next, part_end,
                        y + gap_between_notes(builder));
        part->next = part_end;
        if (part->next == part->end)
            pager->queue_first++;
    }
}

/* Notes that go on from the page before: returns the height that they take of this one. Where not
   all of them fit beside a first box, no note may be called on this page, and *only_notes says
   whether there is room for anything else. */
static float carry_notes(const struct pager *pager, const struct page_plan *plan,
                         bool *no_new_notes, bool *only_notes)
{
    const struct flow *flow = &pager->builder->body;
    float page = pager->bottom - pager->top;
    float carried = height_of_queue(pager, page);
    *no_new_notes = *only_notes = false;
    if (carried <= 0 || plan->first >= flow->box_count) {
        *only_notes = plan->first >= flow->box_count;
        return carried;
    }
    const struct flow_box *box = &flow->boxes[plan->first];
    float first_box =
        plan->head + stack_gap_at_top(flow, box) + box->height + stack_gap_at_bottom(flow, box);
    if (carried + first_box <= page)
        return carried;
    size_t first_call;
    bool calls = calls_of(pager, plan->first, &first_call) > first_call;
    float least = note_rule_height(pager->builder) + gap_between_notes(pager->builder) +
                  pager->builder->notes.boxes[pager->queue[pager->queue_first].next].height;
    *no_new_notes = true;
    *only_notes = calls || first_box + least > page;
    return page - first_box;
}

/* Boxes that are sideways share no page with others. */
static void divide_sideways(struct flow *flow)
{
    for (size_t i = 0; i + 1 < flow->box_count; i++) {
        if (flow->boxes[i].sideways != flow->boxes[i + 1].sideways)
            flow->boxes[i].break_after = PAGE_BREAK_FORCED;
    }
}

static void choose_geometry(struct pager *pager, bool sideways)
{
    struct layout_builder *builder = pager->builder;
    builder->geometry = sideways ? builder->sideways_geometry : pager->furniture.upright;
    pager->slots_left = 1;
    pager->top = builder->geometry.top;
    pager->bottom = builder->geometry.bottom;
}

static void queue_calls(struct pager *pager, size_t first, size_t end)
{
    const struct layout_builder *builder = pager->builder;
    for (size_t i = first; i < end; i++) {
        const struct note_range *range = &builder->note_ranges[pager->calls[i].range];
        queue_note(pager, range->first, range->first + range->count);
    }
}

/* The notes that the boxes first..end-1 call. */
static void queue_called(struct pager *pager, size_t first, size_t end)
{
    for (size_t i = first, call; i < end; i++) {
        size_t calls_end = calls_of(pager, i, &call);
        queue_calls(pager, call, calls_end);
    }
}

/* A page or a column of it. */
static void fill_column(struct pager *pager, struct page_plan *plan, struct page *page)
{
    const struct flow *flow = &pager->builder->body;
    bool no_new_notes, only_notes;
    plan->head = plan->first < flow->box_count ? repeated_head(pager, plan->first) : 0;
    plan->end = plan->first;
    plan->flow_bottom = pager->top;
    float carried = carry_notes(pager, plan, &no_new_notes, &only_notes);
    if (!only_notes) {
        plan_page(pager, plan, carried, no_new_notes);
        write_body(pager, plan, page);
    }
    floats_pass(&pager->floats, flow, plan->first, plan->end);
    queue_called(pager, plan->first, plan->end);
    write_notes(pager, plan->flow_bottom, plan->end == plan->first);
    plan->first = plan->end;
}

static bool is_done(const struct pager *pager, const struct page_plan *plan)
{
    return plan->first >= pager->builder->body.box_count &&
           pager->queue_first >= pager->queue_count;
}

/* Does what comes next stand at the top of a page alone? */
static bool begins_full_measure(const struct pager *pager, const struct page_plan *plan)
{
    const struct flow *flow = &pager->builder->body;
    return plan->first < flow->box_count && flow->boxes[plan->first].full_measure == MEASURE_FULL;
}

/* Titles over all columns. True if columns go on below them: there is room, and no notes. */
static bool fill_title(struct pager *pager, struct page_plan *plan, struct page *page)
{
    static const float least_share = 0.25F; /* of the page, for columns */
    const struct layout_builder *builder = pager->builder;
    const struct flow *flow = &builder->body;
    size_t first = plan->first, call;
    fill_column(pager, plan, page);
    bool has_notes = false;
    for (size_t i = first; i < plan->first; i++)
        has_notes |= calls_of(pager, i, &call) > call;
    if (plan->first >= flow->box_count || begins_full_measure(pager, plan) || has_notes ||
        flow->boxes[plan->first - 1].break_after == PAGE_BREAK_FORCED)
        return false;
    float gap = stack_gap(flow, &flow->boxes[plan->first - 1], &flow->boxes[plan->first]);
    float top = plan->flow_bottom + gap, whole = pager->bottom - pager->top;
    if (pager->bottom - top < whole * least_share)
        return false;
    pager->top = top;
    return true;
}

/* What is in sight ends elsewhere in columns. */
static void set_in_column(struct pager *pager, const struct page_plan *plan, bool in_column)
{
    if (pager->in_column == in_column)
        return;
    pager->in_column = in_column;
    pager->seen_first = plan->first;
    pager->seen_count = 0;
}

/* The division of a book that the next page opens, or goes on with. True: it opens one. */
static bool take_opening(struct pager *pager, const struct page_plan *plan)
{
    const struct layout_builder *builder = pager->builder;
    const struct flow *flow = &builder->body;
    bool opens = false;
    while (plan->first < flow->box_count && pager->opening_count < builder->opening_count &&
           builder->openings[pager->opening_count].box <= flow->boxes[plan->first].number) {
        pager->opening_count++;
        opens = true;
    }
    return opens;
}

/* What opens a division stands on the right where the theme says so: the page before it is empty.
 */
static void begin_division(struct pager *pager)
{
    const struct node *heading = pager->builder->openings[pager->opening_count - 1].heading;
    bool begins_chapters = heading->heading.matter == MATTER_BODY && !pager->is_in_chapters;
    if (pager->builder->theme->chapters_right && pager->pages->count % 2 == 1) {
        pager->opening_count--;
        new_page(pager)->is_blank = true;
        pager->opening_count++;
    }
    if (!begins_chapters)
        return;
    pager->is_in_chapters = true;
    pager->pages_before = pager->pages->count;
}

/* Behind an index that is closed the text waits for its page, with empty ones before it. */
static void take_index_end(struct pager *pager, const struct page_plan *plan)
{
    struct index_end *end = &pager->builder->index_end;
    const struct flow *flow = &pager->builder->body;
    if (end->box == 0 || end->reached || plan->first >= flow->box_count ||
        flow->boxes[plan->first].number < end->box)
        return;
    end->reached = pager->pages->count;
    while (end->is_closed && pager->pages->count < end->least_page)
        new_page(pager)->is_blank = true;
}

/* How far down its page a division of few words stands, in parts of the room that it leaves: as
   books have it, the imprint at the foot, the name of a part and a dedication above the middle. */
static float share_above(const struct node *heading)
{
    static const float shares[DIVISION_COUNT] = {
        [DIVISION_IMPRINT] = 1, [DIVISION_DEDICATION] = 0.35F, [DIVISION_PART] = 0.35F};
    return shares[heading->heading.division];
}

/* A division that opens the page and is all on it stands further down. */
static void lower_division(struct pager *pager, const struct page_plan *plan)
{
    const struct layout_builder *builder = pager->builder;
    const struct flow *flow = &builder->body;
    float share = share_above(builder->openings[pager->opening_count - 1].heading);
    if (share <= 0 || builder->geometry.columns > 1 || pager->queue_first < pager->queue_count)
        return;
    float height = 0, room = pager->bottom - pager->top;
    for (size_t i = plan->first; i < flow->box_count && height <= room; i++) {
        const struct flow_box *box = &flow->boxes[i];
        size_t call;
        bool is_end = box->break_after == PAGE_BREAK_FORCED || i + 1 == flow->box_count;
        height += i == plan->first ? stack_gap_at_top(flow, box) : stack_gap(flow, box - 1, box);
        height += box->height + (is_end ? stack_gap_at_bottom(flow, box) : 0);
        if (calls_of(pager, i, &call) > call)
            return;
        if (!is_end)
            continue;
        if (height <= room)
            pager->top += (room - height) * share;
        return;
    }
}

/* Columns are filled one after the other, the last page's too: evened out, they would make the eye
   go back up for a few lines. */
static void fill_page(struct pager *pager, struct page_plan *plan)
{
    const struct flow *flow = &pager->builder->body;
    bool has_boxes = plan->first < flow->box_count;
    choose_geometry(pager, has_boxes && flow->boxes[plan->first].sideways);
    const struct geometry *geometry = &pager->builder->geometry;
    take_index_end(pager, plan);
    bool opens = take_opening(pager, plan);
    if (opens)
        begin_division(pager);
    struct page *page = new_page(pager);
    page->opens_division = opens;
    pager->layers.x = 0;
    bool goes_on = true;
    set_in_column(pager, plan, false);
    if (opens && has_boxes)
        lower_division(pager, plan);
    if (has_boxes && flow->boxes[plan->first].full_measure)
        goes_on = fill_title(pager, plan, page);
    set_in_column(pager, plan, geometry->columns > 1);
    for (unsigned i = 0; goes_on && i < geometry->columns; i++) {
        size_t first = plan->first;
        pager->slots_left = geometry->columns - i;
        pager->layers.x = (float)i * geometry->column_step;
        fill_column(pager, plan, page);
        goes_on =
            !is_done(pager, plan) && !begins_full_measure(pager, plan) &&
            (plan->first == first || flow->boxes[plan->first - 1].break_after != PAGE_BREAK_FORCED);
    }
    pager->layers.x = 0;
    finish_page(pager, page);
}

void pager_run(struct layout_builder *builder, struct pages *pages)
{
    struct pager pager = {
        .builder = builder,
        .pages = pages,
        .top = builder->geometry.top,
        .bottom = builder->geometry.bottom,
    };
    pager.page_of_box = memory_allocate((builder->body.box_count + 1) * sizeof(uint32_t));
    pager.page_of_note_box = memory_allocate_zeroes(builder->notes.box_count + 1, sizeof(uint32_t));
    furniture_init(&pager.furniture, builder);
    find_calls(&pager);
    divide_sideways(&builder->body);
    struct page_plan plan = {0};
    if (builder->body.box_count == 0) /* the only page has all notes */
        queue_calls(&pager, 0, pager.call_count);
    do
        fill_page(&pager, &plan);
    while (!is_done(&pager, &plan) && budget_is_left(builder->document->report));
    builder->geometry = pager.furniture.upright;
    if (is_done(&pager, &plan)) { /* else there was no time left */
        page_numbers_fill(builder, pages, pager.page_of_box, pager.page_of_note_box);
        furniture_finish(&pager.furniture, pages, pages->count - pager.pages_before);
    }
    furniture_release(&pager.furniture);
    page_layers_release(&pager.layers);
    page_breaker_release(&pager.breaker);
    floats_release(&pager.floats);
    free(pager.seen);
    free(pager.calls);
    free(pager.first_call);
    free(pager.by_node);
    free(pager.queue);
    free(pager.page_of_box);
    free(pager.page_of_note_box);
}
