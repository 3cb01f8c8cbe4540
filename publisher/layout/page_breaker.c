/* The cheapest way to each place where a page may end is found from the cheapest ways to the places
   before it. A page holds a bounded number of pieces, so each place is reached from few others and
   the time is linear in what is in view. Every place may end a page at some cost, and a piece that
   no page can hold gets one to itself: there is always an answer. */
#include "layout/page_breaker.h"

#include <stdlib.h>

/* Each price is that of an empty share of a page, by emptiness * share * share: the empty share
   that is as bad as the break. */
const struct page_costs page_costs = {
    .of =
        {
            [PAGE_BREAK_FREE] = 0,
            [PAGE_BREAK_IN_ITEM] = 2,    /* 0.04, two lines: an item that is whole reads better */
            [PAGE_BREAK_ROW] = 2,        /* between rows is as good as between the lines of items */
            [PAGE_BREAK_ANNOUNCED] = 60, /* 0.25: the colon promises what the eye does not find */
            [PAGE_BREAK_AVOID] = 120,    /* 0.35: a frame that goes on must be found again */
            [PAGE_BREAK_EDGE_ROW] = 250, /* 0.5: a row below a repeated head looks like an end */
            [PAGE_BREAK_ORPHAN] = 400,   /* 0.63: readers lose the paragraph at the turn */
            [PAGE_BREAK_WIDOW] = 420,    /* worse, since a page that begins so looks torn */
            [PAGE_BREAK_NEVER] = 1000000, /* more than all pages in view can cost otherwise */
        },
    .emptiness = 1000,
    .divided_note = 30, /* 0.17: the reader must turn, but finds the rest at once */
    .poor_last = 40,    /* 0.2 */
    .least_last = 0.1F, /* four lines of a full page */
    .overfull = 1000000,
};

struct page_node {
    double cost;   /* of the pages before; negative: not reached */
    uint32_t from; /* where the last of them begins */
    float carried; /* of its notes, to the next page's foot */
    uint32_t page; /* how many pages come before */
};

void page_breaker_release(struct page_breaker *breaker)
{
    free(breaker->nodes);
    *breaker = (struct page_breaker){0};
}

/* The page in hand while pieces are added to it. */
struct page_sum {
    float room, text, foot;
    float notes;                 /* that must stand on the page whole, rule included */
    float last_note, least_note; /* of the last that is called; the whole is part of `notes` */
};

static bool add_piece(struct page_sum *page, const struct page_piece *piece, bool is_first,
                      float note_rule)
{
    page->text += is_first ? piece->head : piece->gap;
    page->text += piece->height;
    page->foot = piece->foot;
    if (piece->notes > 0) {
        if (page->notes <= 0)
            page->notes = note_rule;
        page->notes += piece->notes;
        page->last_note = piece->last_note;
        page->least_note = piece->least_note;
    }
    float least = page->notes - page->last_note + page->least_note;
    return page->text + page->foot + least <= page->room + 0.01F;
}

/* Of the page that ends after `piece`. */
static double cost_of_page(const struct page_view *view, const struct page_sum *page,
                           const struct page_piece *piece, bool is_end, float *carried)
{
    double cost = 0;
    float used = page->text + page->foot + page->notes;
    *carried = 0;
    if (used > page->room + 0.01F && page->last_note > page->least_note) {
        *carried = used - page->room;
        if (*carried > page->last_note - page->least_note)
            *carried = page->last_note - page->least_note;
        used -= *carried;
        cost += (double)page_costs.divided_note;
    }
    if (used > page->room + 0.01F)
        cost += (double)page_costs.overfull * (double)(used - page->room);
    double empty = used < page->room ? (double)((page->room - used) / view->room) : 0;
    if (!is_end) /* the section's last page may be short */
        cost += (double)page_costs.emptiness * empty * empty;
    else if (view->is_last && page->text < page_costs.least_last * view->room)
        cost += (double)page_costs.poor_last;
    if (!is_end && piece->quality < PAGE_BREAK_FORCED)
        cost += (double)page_costs.of[piece->quality];
    return cost;
}

static void relax(struct page_node *node, const struct page_node *way)
{
    if (node->cost < 0 || node->cost > way->cost)
        *node = *way;
}

/* All pages that begin at `first`. */
static void go_on_from(struct page_breaker *breaker, const struct page_view *view, size_t first)
{
    struct page_node *nodes = breaker->nodes;
    bool is_short = nodes[first].page < view->short_count;
    struct page_sum page = {.room = is_short ? view->short_room : view->room};
    if (first == 0)
        page.notes = view->first_notes;
    else if (nodes[first].carried > 0)
        page.notes = nodes[first].carried + view->note_rule;
    for (size_t i = first; i < view->count; i++) {
        const struct page_piece *piece = &view->pieces[i];
        bool fits = add_piece(&page, piece, i == first, view->note_rule);
        fits &= !(first == 0 && view->no_new_notes && piece->notes > 0);
        if (!fits && i > first)
            return;
        breaker->steps++;
        bool is_end = i + 1 == view->count;
        struct page_node way = {.from = (uint32_t)first, .page = nodes[first].page + 1};
        double cost = cost_of_page(view, &page, piece, is_end, &way.carried);
        way.cost = nodes[first].cost + (is_end && view->goes_on && fits ? 0 : cost);
        relax(&nodes[i + 1], &way);
        if (piece->quality == PAGE_BREAK_FORCED)
            return;
    }
}

size_t page_breaker_choose(struct page_breaker *breaker, const struct page_view *view, double *cost)
{
    if (breaker->capacity < view->count + 1) {
        breaker->capacity = (view->count + 1) * 2;
        breaker->nodes =
            memory_reallocate(breaker->nodes, breaker->capacity * sizeof *breaker->nodes);
    }
    for (size_t i = 0; i <= view->count; i++)
        breaker->nodes[i] = (struct page_node){.cost = i ? -1 : 0};
    for (size_t i = 0; i < view->count; i++) {
        if (breaker->nodes[i].cost >= 0)
            go_on_from(breaker, view, i);
    }
    if (cost)
        *cost = breaker->nodes[view->count].cost;
    size_t end = view->count;
    while (end && breaker->nodes[end].from)
        end = breaker->nodes[end].from;
    return end;
}
