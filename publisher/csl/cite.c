/* Cite: what a style says of one item in a citation. */
#include "csl/process.h"

struct output *cite_render(struct run *run, struct arena *arena, struct cite_state *state,
                           bool without_suffix)
{
    struct context context;
    context_init(&context, run, arena, state->item, run->style->citation);
    context.cite = state->cite;
    context.position = state->position;
    context.near_note = state->near_note;
    context.choice = &state->item->choice;
    context.without_suffix = without_suffix;
    context.author_suppressed = state->cite->author_suppressed;
    context.has_text = state->has_text;
    struct output *output = render_children(&context, run->style->citation_layout);
    state->shows_locator = context.shows_locator;
    return output;
}
