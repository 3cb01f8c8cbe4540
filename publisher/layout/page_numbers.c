/* Page numbers that are wanted before there are pages: in contents lists, and in references in the
   text. Room was kept for them; nothing is broken or placed anew. */
#include "layout/pager.h"

#include <string.h>

struct numbers {
    struct layout_builder *builder;
    const struct pages *pages;
    const uint32_t *page_of_box, *page_of_note_box;
};

static int compare_anchors(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const struct flow_anchor *)a)->node;
    uintptr_t y = (uintptr_t)((const struct flow_anchor *)b)->node;
    return (x > y) - (x < y);
}

static const struct page *find_in_flow(const struct numbers *numbers, const struct flow *flow,
                                       const uint32_t *page_of_box, const struct node *target)
{
    struct flow_anchor wanted = {.node = target};
    if (flow->anchor_count == 0)
        return NULL;
    const struct flow_anchor *anchor =
        bsearch(&wanted, flow->anchors, flow->anchor_count, sizeof wanted, compare_anchors);
    return anchor && anchor->box < flow->box_count
               ? &numbers->pages->pages[page_of_box[anchor->box]]
               : NULL;
}

static const struct page *find_page(const struct numbers *numbers, const struct node *target)
{
    const struct layout_builder *builder = numbers->builder;
    const struct page *page = find_in_flow(numbers, &builder->body, numbers->page_of_box, target);
    return page ? page : find_in_flow(numbers, &builder->notes, numbers->page_of_note_box, target);
}

/* The noughts must never be published as a number. What did not fit has no page: that is reported
   already, and nothing will be published. */
static void report_unset(const struct layout_builder *builder, const struct node *node)
{
    if (builder->document->report->errors == 0)
        report_error(builder->document->report, "internal", node->span, NULL,
                     "the number of a page cannot be set");
}

/* The advances of a run's spaces, taken together. */
static float width_of_spaces(const struct glyph_run *run, size_t *count)
{
    float sum = 0, before = run->width;
    size_t offset = 0;
    *count = 0;
    for (uint32_t i = 0; i < run->glyph_count; i++) { /* in logical order */
        float next = i + 1 < run->glyph_count ? run->glyphs[i + 1].x : run->width,
              x = run->glyphs[i].x;
        size_t at = offset;
        if (run->glyphs[i].text_length && text_is_space(text_next(run->text, &at))) {
            float advance = run->right_to_left ? before - x : next - x;
            sum += advance > 0 ? advance : 0;
            ++*count;
        }
        offset += run->glyphs[i].text_length;
        before = x;
    }
    return sum;
}

/* Sets the number in place of the noughts. What it is narrower or wider goes to the run's spaces,
   so that the words after it stay where they are; a run without spaces stands in the middle. No
   space gets narrower than words can be told apart by: what is wider still is set smaller. The
   run lies in its block of layout/run_store.h and leaves memory with it; the glyphs made for it lie
   in a later one, which nothing on its page keeps: they are copied. */
static void fit_run(struct arena *arena, struct glyph_run *run, const struct glyph_run *made,
                    float smallest_size)
{
    static const float most_squeezed = 0.4F; /* of a space */
    size_t spaces, offset = 0;
    uint32_t block = run->block;
    float x = run->x, width = run->width, baseline = run->baseline;
    float ascent = run->ascent, descent = run->descent;
    float squeezed = most_squeezed * width_of_spaces(made, &spaces), scale = 1;
    if (made->width - squeezed > width)
        scale = width / (made->width - squeezed);
    if (made->size * scale < smallest_size) /* rather do the words stand close */
        scale = made->size > smallest_size ? smallest_size / made->size : 1;
    float more = width - made->width * scale;
    *run = *made;
    run->block = block;
    run->glyphs = ARENA_NEW_ARRAY(arena, made->glyph_count, struct glyph);
    memcpy(run->glyphs, made->glyphs, made->glyph_count * sizeof *made->glyphs);
    run->size *= scale;
    run->width *= scale;
    for (uint32_t i = 0; i < run->glyph_count; i++)
        run->glyphs[i].x *= scale;
    run->x = spaces ? x : x + more / 2;
    run->baseline = baseline;
    run->ascent = ascent;
    run->descent = descent;
    if (spaces == 0)
        return;
    run->width = width;
    float shift = 0, step = more / (float)spaces;
    offset = 0;
    for (uint32_t i = 0; i < run->glyph_count; i++) { /* in logical order */
        size_t at = offset;
        bool is_space = run->glyphs[i].text_length && text_is_space(text_next(run->text, &at));
        offset += run->glyphs[i].text_length;
        if (run->right_to_left && is_space)
            shift += step;
        run->glyphs[i].x += run->right_to_left ? more - shift : shift;
        if (!run->right_to_left && is_space)
            shift += step;
    }
}

/* Tells the references on which pages their targets are, those that show nothing too. */
static void find_targets(const struct numbers *numbers)
{
    struct page_references *references = numbers->builder->references;
    for (size_t i = 0; references && i < references->count; i++) {
        struct page_reference *reference = &references->all[i];
        const struct page *page = find_page(numbers, reference->node->link.target);
        reference->target = page ? (size_t)(page - numbers->pages->pages) + 1 : 0;
    }
}

void page_numbers_wish_again(struct layout_builder *builder, const struct page_layers *layers,
                             size_t first)
{
    struct line_sink *sink = &builder->sink;
    for (size_t i = first; i < layers->text_count; i++) {
        const struct page_item *item = &layers->text[i];
        if (item->kind != ITEM_RUN || !item->node || item->node->kind != NODE_PAGE_REFERENCE)
            continue;
        for (size_t w = 0; w < sink->page_wish_count; w++) {
            struct page_wish wish = sink->page_wishes[w];
            if (wish.node != item->node || wish.run->text_offset != item->run->text_offset)
                continue;
            wish.run = item->run;
            WORK_GROW(sink->page_wishes, sink->page_wish_count, sink->page_wish_capacity);
            sink->page_wishes[sink->page_wish_count++] = wish;
            break;
        }
    }
}

/* References to pages in the text. */
static void fill_references(const struct numbers *numbers)
{
    struct layout_builder *builder = numbers->builder;
    struct flow line;
    flow_init(&line);
    flow_add_box(&line);
    for (size_t i = 0; i < builder->sink.page_wish_count; i++) {
        const struct page_wish *wish = &builder->sink.page_wishes[i];
        const struct page *page = find_page(numbers, wish->node->link.target);
        if (!page) {
            report_unset(builder, wish->node);
            continue;
        }
        text shown = wish->run->text;
        size_t from = text_find(wish->node->text, TEXT("%1"), 0) - wish->run->text_offset;
        size_t to = from + paragraph_page_number_length(&builder->paragraph, wish->node);
        if (text_equal(text_slice(shown, from, to), page->label))
            continue; /* as it was known */
        text words = arena_printf(
            numbers->pages->arena, "%.*s%.*s%.*s", TEXT_ARGUMENTS(text_slice(shown, 0, from)),
            TEXT_ARGUMENTS(page->label), TEXT_ARGUMENTS(text_slice(shown, to, shown.length)));
        /* In the run's own direction it is one run again. */
        struct paragraph *small = &builder->small;
        struct line_place place = {.left = 0, .right = 1e5F};
        paragraph_begin(small, &wish->look, wish->run->right_to_left, node_language(wish->node));
        paragraph_add_text(small, words, wish->node, 0, PIECE_PAGE_NUMBER);
        paragraph_prepare(small);
        paragraph_break(small, 1e6F);
        line.item_count = 0;
        builder->sink.flow = &line;
        size_t wishes = builder->sink.page_wish_count;
        line_write(&builder->sink, small, &small->lines[0], &place);
        builder->sink.page_wish_count = wishes; /* "10" is not a wish */
        if (line.item_count == 1)
            fit_run(numbers->pages->arena, wish->run, line.items[0].run,
                    builder->theme->smallest_size);
        else
            report_unset(builder, wish->node);
    }
    flow_release(&line);
}

/* The numbers of contents lists. */
static void fill_numbers(const struct numbers *numbers)
{
    struct layout_builder *builder = numbers->builder;
    struct flow line;
    flow_init(&line);
    flow_add_box(&line);
    for (size_t i = 0; i < builder->number_count; i++) {
        const struct number_wish *wish = &builder->numbers[i];
        const struct page *page = find_page(numbers, wish->target);
        if (!page)
            continue;
        const struct glyph_run *empty = wish->runs[0];
        float moved = empty->x - wish->left; /* to its column */
        struct line_place place = {
            .left = wish->left + moved,
            .right = wish->right + moved,
            .baseline = empty->baseline,
            .above = empty->ascent,
            .below = empty->descent,
            .alignment = wish->right_to_left ? ALIGN_LEFT : ALIGN_RIGHT,
        };
        line.item_count = 0;
        /* a space between the words and the number, for those who hear them */
        furniture_set(builder, &line,
                      arena_printf(builder->arena, " %.*s", TEXT_ARGUMENTS(page->label)),
                      wish->entry, PIECE_PAGE_NUMBER, &wish->look, &place);
        /* The space is a run of its own where text goes from the right, and where the script's font
           has no figures. */
        if (line.item_count > NUMBER_RUNS)
            report_unset(builder, wish->entry);
        for (size_t run = 0; run < line.item_count && run < NUMBER_RUNS; run++)
            *wish->runs[run] = *line.items[run].run;
    }
    flow_release(&line);
}

void page_numbers_fill(struct layout_builder *builder, struct pages *pages,
                       const uint32_t *page_of_box, const uint32_t *page_of_note_box)
{
    struct flow *flows[] = {&builder->body, &builder->notes};
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++) {
        if (flows[i]->anchor_count)
            qsort(flows[i]->anchors, flows[i]->anchor_count, sizeof *flows[i]->anchors,
                  compare_anchors);
    }
    struct numbers numbers = {builder, pages, page_of_box, page_of_note_box};
    fill_numbers(&numbers);
    find_targets(&numbers);
    fill_references(&numbers);
}
