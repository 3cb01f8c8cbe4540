/* Resolve: which theme a document is set in. */
#include "theme/theme.h"

/* What the front matter says of the page. */
static void take_page(struct theme *theme, const struct page_setup *setup)
{
    if (setup->width > 0) {
        theme->page.width = setup->width;
        theme->page.height = setup->height;
    }
    if (setup->margin > 0)
        theme->page.margin_top = theme->page.margin_bottom = theme->page.margin_sides =
            (float)setup->margin;
}

void theme_resolve(const struct document *document, const struct theme_options *options,
                   struct theme *theme)
{
    *theme = theme_handout;
    take_page(theme, &document->metadata.page);
    if (options->paper_width > 0) {
        theme->page.width = options->paper_width;
        theme->page.height = options->paper_height;
    }
}
