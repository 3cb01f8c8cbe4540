/* A float waits where its own place is on this page but not all of it fits. Text that follows is
   set before it, as far as it may be overtaken; floats that this text calls wait too. The page
   breaker sees what is in sight in that order: text, floats that fit where they stand, and what
   waits behind the text that may overtake it. Floats of later pages it does not see: they will find
   their places, and pages are not left short for them. What is left keeps the order of the source,
   so that floats that wait come first on the next page and never change places with each other.

   Nothing may be set before a float that ends its section: the heading of the next one, of the same
   level or a higher; nor a figure or table that stands where it is, since their numbers would be
   out of order; nor what comes after a page break. */
#include "layout/floats.h"

enum { MOST_WAITING = 16 }; /* so that a page looks at a bounded number of boxes */

struct waiting {
    size_t first, end; /* in the view */
};

struct change {
    struct floats *floats;
    const struct flow *flow;
    const struct page_view *view;
    size_t first_box;
    bool in_column;
    size_t place;      /* in the view: what was not looked at yet */
    uint32_t number;   /* of the next float */
    float text, notes; /* heights of what was appended */
    struct waiting waiting[MOST_WAITING];
    size_t waiting_count;
    uint8_t level;  /* of the deepest section that a waiting float belongs to */
    size_t forced;  /* in the new order: the piece whose forced break what waits takes over */
    size_t written; /* in the new order: where what waits begins, or was left out */
};

void floats_release(struct floats *floats)
{
    free(floats->pieces);
    free(floats->places);
    free(floats->waiting);
    *floats = (struct floats){0};
}

static const struct flow_box *box_at(const struct change *change, size_t place)
{
    return &change->flow->boxes[change->first_box + place];
}

static bool is_float(const struct change *change)
{
    return change->number < change->flow->float_count &&
           box_at(change, change->place)->number == change->flow->floats[change->number].first;
}

static size_t end_of_float(const struct change *change)
{
    const struct flow_float *next = &change->flow->floats[change->number];
    return change->place + (next->end - next->first);
}

static void append(struct change *change, size_t place)
{
    struct floats *floats = change->floats;
    size_t count = floats->count++;
    struct page_piece *piece = &floats->pieces[count];
    floats->places[count] = (uint32_t)place;
    *piece = change->view->pieces[place];
    if (count && floats->places[count - 1] + 1 != place)
        piece->gap = stack_gap(change->flow, box_at(change, floats->places[count - 1]),
                               box_at(change, place));
    change->text += (count ? piece->gap : piece->head) + piece->height;
    change->notes += piece->notes;
}

static bool is_full(const struct change *change)
{
    const struct page_view *view = change->view;
    float room = view->short_count ? view->short_room : view->room;
    float rule = change->notes > 0 && view->first_notes <= 0 ? view->note_rule : 0;
    return change->text + change->notes + rule + view->first_notes > room + 0.01F;
}

/* Does the float wait for the top of a page, over all columns? */
static bool is_too_wide(const struct change *change)
{
    return change->in_column && box_at(change, change->place)->full_measure == MEASURE_FULL_FLOAT;
}

/* Appends what stands on the page before a float that does not fit there. */
static void append_what_fits(struct change *change)
{
    while (change->place < change->view->count && !is_full(change)) {
        if (!is_float(change)) {
            append(change, change->place++);
            continue;
        }
        size_t end = end_of_float(change), count = change->floats->count;
        float height = change->text, notes = change->notes, foot = 0;
        for (size_t i = change->place; i < end && i < change->view->count; i++) {
            append(change, i);
            foot = change->view->pieces[i].foot;
        }
        change->text += foot;
        bool calls = change->view->no_new_notes && change->notes > notes;
        bool fits = end <= change->view->count && !is_full(change) && !calls;
        /* What is first on a page stands there. */
        if (is_too_wide(change) || (!fits && count > 0)) {
            change->floats->count = count;
            change->text = height;
            change->notes = notes;
            return;
        }
        change->text -= foot;
        change->place = end;
        change->number++;
    }
}

/* Appends text as far as it may overtake what waits, which grows on the way. False: that cannot be
   seen. */
static bool append_text(struct change *change)
{
    const struct page_view *view = change->view;
    while (change->place < view->count) {
        const struct flow_box *box = box_at(change, change->place);
        if (box->barrier && box->barrier <= change->level)
            return true;
        if (is_float(change)) {
            struct waiting next = {change->place, end_of_float(change)};
            if (next.end > view->count)
                return !view->goes_on;
            if (change->waiting_count == MOST_WAITING)
                return true;
            uint8_t level = change->flow->floats[change->number++].level;
            change->level = level > change->level ? level : change->level;
            change->waiting[change->waiting_count++] = next;
            change->place = next.end;
            if (view->pieces[next.end - 1].quality == PAGE_BREAK_FORCED)
                return true;
            continue;
        }
        append(change, change->place++);
        if (view->pieces[change->place - 1].quality == PAGE_BREAK_FORCED) {
            change->forced = change->floats->count - 1;
            return true;
        }
    }
    return !view->goes_on;
}

static void append_waiting(struct change *change)
{
    struct floats *floats = change->floats;
    change->written = floats->count;
    for (size_t i = 0; i < change->waiting_count; i++) {
        for (size_t k = change->waiting[i].first; k < change->waiting[i].end; k++)
            append(change, k);
    }
    bool is_wide = change->in_column &&
                   box_at(change, change->waiting[0].first)->full_measure == MEASURE_FULL_FLOAT;
    if (is_wide && change->written > 0) /* the page ends there */
        floats->pieces[change->written - 1].quality = PAGE_BREAK_FORCED;
    if (change->forced != SIZE_MAX && !is_wide) {
        floats->pieces[change->forced].quality = PAGE_BREAK_FREE;
        floats->pieces[floats->count - 1].quality = PAGE_BREAK_FORCED;
    }
}

/* What is on later pages, floats left out. */
static void append_rest(struct change *change)
{
    for (size_t left_out = 0; change->place < change->view->count;) {
        if (!is_float(change) || left_out == MOST_WAITING) {
            append(change, change->place++);
            continue;
        }
        if (left_out++ == 0 && change->written == SIZE_MAX)
            change->written = change->floats->count;
        change->place = end_of_float(change);
        change->number++;
    }
}

/* Gives the flow the new order, as far as the page goes: its text, then what waits. */
static void reorder(struct change *change, struct flow *flow, size_t start, size_t end)
{
    struct floats *floats = change->floats;
    size_t stop = floats->places[end - 1] + 1, count = 0, kept = start;
    struct flow_box *boxes = &flow->boxes[change->first_box];
    if (floats->waiting_capacity < stop - start) {
        floats->waiting_capacity = (stop - start) * 2;
        floats->waiting =
            memory_reallocate(floats->waiting, floats->waiting_capacity * sizeof *floats->waiting);
    }
    if (change->forced < end)
        boxes[floats->places[change->forced]].break_after = PAGE_BREAK_FREE;
    size_t next = 0;
    for (size_t i = start; i < stop; i++) {
        while (next < change->waiting_count && i >= change->waiting[next].end)
            next++;
        bool waits = next < change->waiting_count && i >= change->waiting[next].first;
        if (waits)
            floats->waiting[count++] = boxes[i];
        else
            boxes[kept++] = boxes[i];
    }
    uint32_t table = NO_TABLE;
    for (size_t i = 0; i < count; i++) {
        struct flow_box *box = &boxes[kept + i];
        *box = floats->waiting[i];
        box->start_node = NULL;
        if (box->table != NO_TABLE && box->table != table) /* the head is its first row */
            flow->tables[box->table].first_head = (uint32_t)(change->first_box + kept + i);
        table = box->table;
    }
    if (change->forced < end)
        boxes[stop - 1].break_after = PAGE_BREAK_FORCED;
}

/* Is there a float in the view that is not its first piece? */
static bool has_float(const struct change *change)
{
    const struct flow *flow = change->flow;
    uint32_t number = change->number;
    if (number < flow->float_count && is_float(change) && !is_too_wide(change))
        number++;
    return number < flow->float_count &&
           flow->floats[number].first <= box_at(change, change->view->count - 1)->number;
}

static void reserve(struct floats *floats, size_t count)
{
    floats->count = 0;
    if (floats->capacity >= count)
        return;
    floats->capacity = count * 2;
    floats->pieces = memory_reallocate(floats->pieces, floats->capacity * sizeof *floats->pieces);
    floats->places = memory_reallocate(floats->places, floats->capacity * sizeof *floats->places);
}

enum floats_answer floats_choose(struct floats *floats, struct flow *flow,
                                 struct page_breaker *breaker, const struct page_view *view,
                                 size_t first, bool in_column, size_t *chosen)
{
    struct change change = {.floats = floats,
                            .flow = flow,
                            .view = view,
                            .first_box = first,
                            .in_column = in_column,
                            .number = floats->next,
                            .forced = SIZE_MAX,
                            .written = SIZE_MAX};
    if (view->count == 0 || !has_float(&change))
        return FLOATS_NONE;
    reserve(floats, view->count);
    append_what_fits(&change);
    size_t start = change.place;
    bool is_seen = true;
    if (change.place < view->count && is_float(&change) && !is_full(&change)) {
        is_seen = append_text(&change);
        if (is_seen)
            append_waiting(&change);
    }
    if (is_seen)
        append_rest(&change);
    struct page_view other = *view;
    other.pieces = floats->pieces;
    other.count = floats->count;
    other.is_last = view->is_last && is_seen;
    size_t end = page_breaker_choose(breaker, &other, NULL);
    if (end == other.count && view->goes_on)
        return FLOATS_WANT_MORE;
    if (end > change.written) /* a float that waits stands on the next page in any case */
        end = change.written;
    if (end && floats->places[end - 1] != end - 1)
        reorder(&change, flow, start, end);
    *chosen = end;
    return FLOATS_CHOSEN;
}

void floats_pass(struct floats *floats, const struct flow *flow, size_t first, size_t end)
{
    for (size_t i = first; i < end && floats->next < flow->float_count; i++)
        floats->next += flow->boxes[i].number == flow->floats[floats->next].first;
}
