#include "layout/sheets.h"

#include <math.h>
#include <string.h>

/* Crop marks are thin, black, and end before the trim, so that a blunt cut shows none of them. */
static const float mark_length = 14, mark_width = 0.25F, least_mark_gap = 6, outside = 4;
static const uint32_t mark_colour = 0x000000;

struct maker {
    const struct pages *pages;
    const struct theme *theme;
    struct arena *arena;
    bool right_to_left;
    float margin; /* of the sheet around the trim */
};

/* items */

static void move_item(struct maker *maker, struct page_item *item, float x, float y)
{
    struct glyph_run *run;
    switch (item->kind) {
    case ITEM_RUN:
        run = ARENA_NEW(maker->arena, struct glyph_run);
        *run = *item->run;
        run->x += x;
        run->baseline += y;
        item->run = run;
        break;
    case ITEM_RULE:
        item->rule.x += x;
        item->rule.y += y;
        break;
    case ITEM_PICTURE:
        item->picture.x += x;
        item->picture.y += y;
        break;
    }
}

static void add_rule(struct page *sheet, float x, float y, float width, float height,
                     uint32_t colour)
{
    struct page_item *item = &sheet->items[sheet->item_count++];
    *item = (struct page_item){.kind = ITEM_RULE, .piece = PIECE_DECORATION};
    item->rule = (struct rule){.x = x, .y = y, .width = width, .height = height, .colour = colour};
}

/* Puts a page on the sheet, its left edge at x of the trim. */
static void put_page(struct maker *maker, struct page *sheet, size_t number, float x)
{
    const struct page *page = &maker->pages->pages[number];
    bool is_odd = number % 2 == 0; /* the first page is page 1 */
    float gutter = maker->theme->page.gutter / 2;
    bool opens_right = is_odd != maker->right_to_left;
    x += maker->margin + (opens_right ? gutter : -gutter);
    for (size_t i = 0; i < page->item_count; i++) {
        struct page_item *item = &sheet->items[sheet->item_count++];
        *item = page->items[i];
        move_item(maker, item, x, maker->margin);
    }
}

static void add_crop_marks(struct page *sheet, float gap)
{
    const struct page_box *trim = &sheet->trim;
    float far = gap + mark_length, half = mark_width / 2;
    const float xs[] = {(float)trim->x, (float)(trim->x + trim->width)};
    const float ys[] = {(float)trim->y, (float)(trim->y + trim->height)};
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 2; k++) {
            float x = i ? xs[1] + gap : xs[0] - far, y = k ? ys[1] + gap : ys[0] - far;
            add_rule(sheet, x, ys[k] - half, mark_length, mark_width, mark_colour);
            add_rule(sheet, xs[i] - half, y, mark_width, mark_length, mark_colour);
        }
    }
}

/* sheets */

enum { CROP_MARKS = 8, MOST_PARTS = 2 };

/* A sheet for pages of that size, with room for so many items. */
static struct page *new_sheet(struct maker *maker, struct pages *sheets, float width, float height,
                              size_t items)
{
    float margin = maker->margin;
    double bleed = (double)maker->theme->page.bleed;
    ARENA_GROW(sheets->arena, sheets->pages, sheets->count, sheets->capacity);
    struct page *sheet = &sheets->pages[sheets->count++];
    *sheet = (struct page){
        .width = (double)(width + 2 * margin),
        .height = (double)(height + 2 * margin),
        .items = ARENA_NEW_ARRAY(maker->arena, items + CROP_MARKS + 1, struct page_item),
        .item_capacity = items + CROP_MARKS + 1,
    };
    if (margin > 0) {
        sheet->trim =
            (struct page_box){(double)margin, (double)margin, (double)width, (double)height};
        sheet->bleed =
            (struct page_box){sheet->trim.x - bleed, sheet->trim.y - bleed,
                              sheet->trim.width + 2 * bleed, sheet->trim.height + 2 * bleed};
    }
    uint32_t ground = maker->theme->page_ground;
    float reach = (float)bleed;
    if (ground != FRAME_NO_GROUND) {
        sheet->ground =
            (struct page_box){(double)(margin - reach), (double)(margin - reach),
                              (double)(width + 2 * reach), (double)(height + 2 * reach)};
        sheet->ground_colour = ground;
    }
    return sheet;
}

static void finish_sheet(const struct maker *maker, struct page *sheet)
{
    float bleed = maker->theme->page.bleed;
    if (maker->theme->page.crop_marks)
        add_crop_marks(sheet, bleed > least_mark_gap ? bleed : least_mark_gap);
}

static void make_single(struct maker *maker, struct pages *sheets)
{
    for (size_t i = 0; i < maker->pages->count; i++) {
        const struct page *page = &maker->pages->pages[i];
        struct page *sheet =
            new_sheet(maker, sheets, (float)page->width, (float)page->height, page->item_count);
        sheet->label = page->label;
        sheet->start_node = page->start_node;
        sheet->start_offset = page->start_offset;
        put_page(maker, sheet, i, 0);
        finish_sheet(maker, sheet);
    }
}

/* The paper on whose one side two pages fit: a named one where it is within a millimetre of a
   fold's rounding (A5 is not quite half of A4), else just twice as wide. */
static float sheet_width(const struct page *page)
{
    static const double papers[][2] = {
        {1190.551, 841.89}, {841.89, 595.276}, {595.276, 419.528}, {419.528, 297.638}};
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        if (fabs(papers[i][1] - page->height) < 1 && fabs(papers[i][0] - 2 * page->width) < 4)
            return (float)papers[i][0];
    }
    return (float)(2 * page->width);
}

static void add_part(struct maker *maker, struct page *sheet, size_t number, float x, bool is_first)
{
    if (number >= maker->pages->count)
        return; /* blank */
    struct page_part *part = &sheet->parts[sheet->part_count++];
    part->first_item = is_first ? 0 : sheet->item_count; /* the ground goes with the first */
    part->page = number;
    text label = maker->pages->pages[number].label;
    sheet->label = sheet->label.length
                       ? arena_printf(maker->arena, "%.*s, %.*s", TEXT_ARGUMENTS(sheet->label),
                                      TEXT_ARGUMENTS(label))
                       : label;
    put_page(maker, sheet, number, x);
}

static void make_booklet(struct maker *maker, struct pages *sheets)
{
    size_t count = maker->pages->count, whole = (count + 3) / 4 * 4;
    const struct page *first = &maker->pages->pages[0];
    float width = sheet_width(first), page_width = (float)first->width;
    for (size_t side = 0; side < whole / 2; side++) {
        /* On the front the lower number stands at the right of the fold, on the back at its left.
         */
        size_t low = side, high = whole - 1 - side;
        bool low_is_left = (side % 2 == 1) != maker->right_to_left;
        size_t left = low_is_left ? low : high, right = low_is_left ? high : low;
        size_t items = (low < count ? maker->pages->pages[low].item_count : 0) +
                       (high < count ? maker->pages->pages[high].item_count : 0);
        struct page *sheet = new_sheet(maker, sheets, width, (float)first->height, items);
        sheet->parts = ARENA_NEW_ARRAY(maker->arena, MOST_PARTS, struct page_part);
        add_part(maker, sheet, left, width / 2 - page_width, true);
        add_part(maker, sheet, right, width / 2, sheet->part_count == 0);
        finish_sheet(maker, sheet);
    }
}

void sheets_make(const struct pages *pages, const struct theme *theme, bool right_to_left,
                 struct pages *sheets)
{
    const struct theme_page *page = &theme->page;
    *sheets = *pages;
    bool is_plain = !page->booklet && !page->crop_marks && page->gutter <= 0 && page->bleed <= 0 &&
                    theme->page_ground == FRAME_NO_GROUND;
    if (is_plain || pages->count == 0)
        return;
    sheets->pages = NULL;
    sheets->count = sheets->capacity = 0;
    struct maker maker = {
        .pages = pages, .theme = theme, .arena = pages->arena, .right_to_left = right_to_left};
    if (page->crop_marks)
        maker.margin = fmaxf(page->bleed, least_mark_gap) + mark_length + outside;
    else
        maker.margin = page->bleed;
    if (page->booklet)
        make_booklet(&maker, sheets);
    else
        make_single(&maker, sheets);
}
