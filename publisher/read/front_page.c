/* The page that the front matter asks for. */
#include "base/lengths.h"
#include "read/front.h"

enum { LEAST_PAGE_MM = 40, MOST_PAGE_MM = 2000 };

static void read_page_size(struct front *front, const struct yaml_value *value)
{
    struct page_setup *page = &front->metadata->page;
    if (!paper_find(front_words(front, value), &page->width, &page->height))
        front_report_kind(front, value,
                          "write a3, a4, a5, a6, letter or legal, or give width and height");
}

static void read_page_length(struct front *front, const struct yaml_value *value, double *points,
                             double least)
{
    double length;
    if (!length_read(front_words(front, value), &length)) {
        front_report_kind(front, value, "write a length with its unit: 80mm, 2cm, 8.5in or 300pt");
        return;
    }
    if (length < least || length > MOST_PAGE_MM * POINTS_PER_MM) {
        report_error(front->reader->report, front_rule(front), front_span(front, value->place),
                     "a page is between 40mm and 2000mm wide and high",
                     "the length of %.*s cannot be", TEXT_ARGUMENTS(value->key));
        return;
    }
    *points = length;
}

static void read_page_width(struct front *front, const struct yaml_value *value)
{
    read_page_length(front, value, &front->metadata->page.width, LEAST_PAGE_MM * POINTS_PER_MM);
}

static void read_page_height(struct front *front, const struct yaml_value *value)
{
    read_page_length(front, value, &front->metadata->page.height, LEAST_PAGE_MM * POINTS_PER_MM);
}

#define PAGE_LENGTH_KEY(field)                                                                     \
    static void read_page_##field(struct front *front, const struct yaml_value *value)             \
    {                                                                                              \
        read_page_length(front, value, &front->metadata->page.field, 0);                           \
    }
PAGE_LENGTH_KEY(margin)
PAGE_LENGTH_KEY(margin_top)
PAGE_LENGTH_KEY(margin_bottom)
PAGE_LENGTH_KEY(margin_sides)

static void read_page_bleed(struct front *front, const struct yaml_value *value)
{
    enum { MOST_BLEED_MM = 25 };
    struct page_setup *page = &front->metadata->page;
    read_page_length(front, value, &page->bleed, 0);
    if (page->bleed > MOST_BLEED_MM * POINTS_PER_MM) {
        front_report_kind(front, value, "write a length up to 25mm; printers ask for 3mm");
        page->bleed = 0;
    }
}

static void read_page_columns(struct front *front, const struct yaml_value *value)
{
    text words = front_words(front, value);
    if (text_equal_c(words, "1") || text_equal_c(words, "2"))
        front->metadata->page.columns = words.bytes[0] == '1' ? 1 : 2;
    else
        front_report_kind(front, value, "write 1 or 2");
}

static void read_page_fold(struct front *front, const struct yaml_value *value)
{
    struct page_setup *page = &front->metadata->page;
    page->fold = text_equal_c(front_words(front, value), "3") ? 3 : 0;
    page->fold_span = front_span(front, value->place);
    if (!page->fold)
        front_report_kind(front, value, "write 3: a sheet that is folded twice has three panels");
}

static void read_page_crop_marks(struct front *front, const struct yaml_value *value)
{
    text words = front_words(front, value);
    if (!text_equal_c(words, "true") && !text_equal_c(words, "false"))
        front_report_kind(front, value, "write true or false");
    front->metadata->page.crop_marks = text_equal_c(words, "true");
}

static const struct front_key page_keys[] = {
    {"size", read_page_size},
    {"width", read_page_width},
    {"height", read_page_height},
    {"margin", read_page_margin},
    {"margin-top", read_page_margin_top},
    {"margin-bottom", read_page_margin_bottom},
    {"margin-sides", read_page_margin_sides},
    {"columns", read_page_columns},
    {"fold", read_page_fold},
    {"crop-marks", read_page_crop_marks},
    {"bleed", read_page_bleed},
};

/* Pandoc's "a4paper", LaTeX's name for it. */
void front_read_paper_size(struct front *front, const struct yaml_value *value)
{
    struct page_setup *page = &front->metadata->page;
    text name = front_words(front, value);
    if (text_ends_with(name, TEXT("paper")))
        name.length -= 5;
    if (name.length && !paper_find(name, &page->width, &page->height))
        front_report_kind(front, value,
                          "write page: {size: a5}, or another size that Lectern knows");
}

void front_read_page(struct front *front, const struct yaml_value *value)
{
    struct page_setup *page = &front->metadata->page;
    if (value->kind != YAML_MAPPING) {
        front_report_kind(
            front, value,
            "give size, or width and height; margin, columns, fold, crop-marks, bleed");
        return;
    }
    FRONT_READ_KEYS(front, value, page_keys);
    const char *wrong = NULL;
    if ((page->width > 0) != (page->height > 0))
        wrong = "give both width and height";
    /* A page without its size is A4. */
    double width = 210 * POINTS_PER_MM, height = 297 * POINTS_PER_MM;
    if (page->width > 0 && page->height > 0) {
        width = page->width;
        height = page->height;
    }
    double least = LEAST_PAGE_MM / 2 * POINTS_PER_MM;
    double sides = page->margin_sides > 0 ? page->margin_sides : page->margin;
    double top = page->margin_top > 0 ? page->margin_top : page->margin;
    double bottom = page->margin_bottom > 0 ? page->margin_bottom : page->margin;
    if (width - 2 * sides < least || height - top - bottom < least)
        wrong = "make the margin smaller: at least 20mm must be left for the text";
    if (wrong) {
        report_error(front->reader->report, front_rule(front), front_span(front, value->place),
                     wrong, "nothing can be printed on such a page");
        *page = (struct page_setup){0};
    }
}

void front_read_number_sections(struct front *front, const struct yaml_value *value)
{
    text word = front_words(front, value);
    front->metadata->number_sections = text_equal_c(word, "true");
    if (word.length && !text_equal_c(word, "true") && !text_equal_c(word, "false"))
        front_report_kind(front, value, "write true or false");
}

void front_read_typography(struct front *front, const struct yaml_value *value)
{
    text word = front_words(front, value);
    front->metadata->as_typed = text_equal_c(word, "as-typed");
    if (word.length && !front->metadata->as_typed && !text_equal_c(word, "language"))
        front_report_kind(front, value, "write as-typed, or language, which counts without it");
}

void front_read_captions(struct front *front, const struct yaml_value *value)
{
    text word = front_words(front, value);
    front->metadata->brackets_are_captions = text_equal_c(word, "brackets");
    if (word.length && !text_equal_c(word, "brackets") && !text_equal_c(word, "lines"))
        front_report_kind(front, value, "write brackets, or lines, which counts without it");
}
