/* Page breaker: where pages end, chosen over several pages together. Knows nothing of what stands
   on them: pieces have heights, and the places between them have reasons not to end a page there.
   After Plass, Optimal Pagination Techniques (1981), for pages that are never stretched. */
#ifndef LECTERN_LAYOUT_PAGE_BREAKER_H
#define LECTERN_LAYOUT_PAGE_BREAKER_H

#include "base/arena.h"

/* Why a page had better not end after a piece. The weaker reason first: of two, the later holds. */
enum break_quality {
    PAGE_BREAK_FREE,      /* no reason */
    PAGE_BREAK_IN_ITEM,   /* between the lines of an item of a list */
    PAGE_BREAK_ROW,       /* between rows of a table */
    PAGE_BREAK_ANNOUNCED, /* words that end in a colon, and what they announce */
    PAGE_BREAK_AVOID,     /* inside of a callout */
    PAGE_BREAK_EDGE_ROW,  /* the last row of a table would stand alone */
    PAGE_BREAK_ORPHAN,    /* the first line of a paragraph would stand alone */
    PAGE_BREAK_WIDOW,     /* its last line would */
    PAGE_BREAK_NEVER,     /* heading and text, picture and caption: where there is no other way */
    PAGE_BREAK_FORCED,    /* a page ends here */
};

/* What pages cost. An empty share s of a page costs emptiness * s * s: pages that are filled cost
   nothing, and two that are a little short are better than one that is short by both. */
struct page_costs {
    float of[PAGE_BREAK_FORCED]; /* by reason; each the price of an empty share of a page */
    float emptiness;
    float divided_note; /* one that goes on at the next page's foot */
    float poor_last;    /* the last page has less than least_last on it */
    float least_last;   /* share of a page */
    float overfull;     /* each point that what cannot be divided reaches beyond the page */
};
extern const struct page_costs page_costs;

struct page_piece {
    float height;
    float gap;        /* above it, where another stands before it on the page */
    float head, foot; /* above it where it begins a page, and below it where it ends one */
    /* Notes that it calls: the height of all, of the last, and the least of the last that must
       stand on the same page. */
    float notes, last_note, least_note;
    uint8_t quality; /* enum break_quality of the place after it */
};

/* The pieces in sight, from the beginning of a page on. */
struct page_view {
    const struct page_piece *pieces;
    size_t count;
    float room;       /* of a page */
    float short_room; /* of the first short_count: columns below a title */
    unsigned short_count;
    float first_notes; /* height of notes that stand on the first page anyway, rule included */
    float note_rule;   /* height that the first note of a page asks for besides its own */
    bool no_new_notes; /* nothing that calls notes goes on the first page, unless it is alone */
    bool goes_on;      /* more pieces follow: the page that reaches the end of the view is not
                          judged. Else that page may be short */
    bool is_last;      /* the publication ends with the view */
};

/* Workspace; `steps` counts the pages that were weighed, for tests. */
struct page_breaker {
    struct page_node *nodes;
    size_t capacity;
    size_t steps;
};
void page_breaker_release(struct page_breaker *breaker);

/* How many pieces stand on the first page, so that all pages in view together cost the least: at
   least 1, unless there are none. *cost, if not NULL: of all pages in view. */
size_t page_breaker_choose(struct page_breaker *breaker, const struct page_view *view,
                           double *cost);

#endif
