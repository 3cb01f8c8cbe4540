/* The tags of a page: lists within lists, an element a line with what belongs to it. Elements that
   began on an earlier page are opened again as continued. What stands in a line (links, runs in
   another language) stays within the words of its paragraph. */
#include "inspect/report/parts.h"

#include "inspect/print.h"

enum {
    DEEPEST = LIMIT_INSPECT_DEPTH + 16,
    DEEPEST_LIST = 24,
    MOST_MENTIONS = 5 /* of findings on one line */
};

enum open_kind { OPEN_ROW, OPEN_FOLDED, OPEN_INLINE };

struct open {
    uint32_t node;
    enum open_kind kind;
    bool has_list;  /* of a row: rows below it have begun */
    bool is_closed; /* of a row: ended before what is below it, which lies too deep */
};

struct tags {
    struct inspection_report *report;
    struct buffer *out;
    uint32_t page;
    struct open stack[DEEPEST];
    size_t depth, level;    /* all that is open; rows among them */
    bool is_line, is_extra; /* a line is open; it is no element's own */
};

static const struct details *details_of(const struct tags *tags, uint32_t node)
{
    return tags->report->inspection->nodes[node].details;
}

static void close_line(struct tags *tags)
{
    if (tags->is_line)
        buffer_add_c(tags->out, tags->is_extra ? "</div></li>\n" : "</div>");
    tags->is_line = tags->is_extra = false;
}

static struct open *top_row(struct tags *tags)
{
    for (size_t i = tags->depth; i-- > 0;)
        if (tags->stack[i].kind == OPEN_ROW)
            return &tags->stack[i];
    return NULL;
}

/* Where words can stand: the line of the row, or one of their own after rows within it. */
static void need_line(struct tags *tags)
{
    if (tags->is_line)
        return;
    buffer_add_c(tags->out, "<li class=\"text\"><div class=\"line\">");
    tags->is_line = tags->is_extra = true;
}

static void pop(struct tags *tags)
{
    struct open *open = &tags->stack[tags->depth - 1];
    if (open->kind == OPEN_INLINE)
        buffer_add_c(tags->out, "</span>");
    if (open->kind == OPEN_ROW) {
        close_line(tags);
        if (open->has_list)
            buffer_add_c(tags->out, "</ul>");
        if (!open->is_closed)
            buffer_add_c(tags->out, "</li>\n");
        tags->level--;
    }
    tags->depth--;
}

/* what stands on a line */

static void add_chip(struct tags *tags, const char *name, text words)
{
    if (!words.length)
        return;
    buffer_printf(tags->out, " <span class=\"chip\" lang=\"en\">%s ", name);
    report_cut(tags->out, words);
    buffer_add_c(tags->out, "</span>");
}

static void add_said(struct tags *tags, const char *name, text words, text language)
{
    if (!words.length)
        return;
    buffer_printf(tags->out, " <span class=\"said\"><span class=\"name\" lang=\"en\">%s</span> “",
                  name);
    report_words(tags->report, words, language);
    buffer_add_c(tags->out, "”</span>");
}

static void add_role(struct tags *tags, const struct details *details, const char *class)
{
    const char *words = report_role_words(details->role);
    buffer_printf(tags->out, "<span class=\"%s\" lang=\"en\">", class);
    report_cut(tags->out, print_role(details));
    buffer_add_c(tags->out, "</span>");
    if (words)
        buffer_printf(tags->out, " <span class=\"plain\" lang=\"en\">%s</span>", words);
    if (details->role.length && !text_equal(details->tag, details->role))
        add_chip(tags, "written as", details->tag);
    if (!details->role.length)
        buffer_add_c(tags->out, " <span class=\"chip\" lang=\"en\">no standard type</span>");
}

static void add_mentions(struct tags *tags, uint32_t node)
{
    const struct inspection_report *report = tags->report;
    size_t low = 0, high = report->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->mentions[middle].row < node)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = 0; low + i < report->mention_count && report->mentions[low + i].row == node;
         i++) {
        uint32_t index = report->mentions[low + i].finding;
        const struct condition_row *row =
            &conditions[report->inspection->findings[index].condition];
        if (i == MOST_MENTIONS) {
            buffer_add_c(tags->out, " <span class=\"fault\">and more findings</span>");
            break;
        }
        buffer_printf(tags->out, " <a class=\"fault\" href=\"#f%u\">%s: %s</a>", index, row->id,
                      row->words);
    }
}

static void add_details(struct tags *tags, uint32_t node, bool is_annotation)
{
    const struct inspection *inspection = tags->report->inspection;
    const struct details *details = details_of(tags, node);
    text language = inspection_language(inspection, node);
    if (details->has_language)
        add_chip(tags, "language", details->language.length ? details->language : TEXT("none"));
    if (details_more(details)->scope.length)
        add_chip(tags, "header of the", details_more(details)->scope);
    if (details_more(details)->column_span > 1)
        buffer_printf(tags->out, " <span class=\"chip\">%u columns wide</span>",
                      details_more(details)->column_span);
    if (details_more(details)->row_span > 1)
        buffer_printf(tags->out, " <span class=\"chip\">%u rows high</span>",
                      details_more(details)->row_span);
    add_chip(tags, "numbered", details_more(details)->numbering);
    add_said(tags, is_annotation ? "described" : "alternative text", details->alt, language);
    add_said(tags, "read instead", details_more(details)->actual, language);
    add_said(tags, "in full", details_more(details)->expansion, language);
    add_said(tags, "titled", details_more(details)->title, language);
    if (report_is_figure(inspection, node) && !details->alt.length && !details->has_actual)
        buffer_add_c(tags->out, " <strong class=\"fault\">no alternative text</strong>");
    add_chip(tags, "leads to", details->target);
}

/* opening */

static uint32_t number_of(const struct tags *tags, uint32_t node)
{
    uint32_t number = report_number(tags->report, node);
    uint32_t first = tags->report->inspection->nodes[node].first;
    if (!number && first && tags->report->parts[first] & PART_FOLDED)
        number = report_number(tags->report, first);
    return number;
}

static void open_row(struct tags *tags, uint32_t node, bool is_continued)
{
    struct inspection_report *report = tags->report;
    struct open *above = top_row(tags);
    uint32_t number = number_of(tags, node);
    close_line(tags);
    if (above && tags->level < DEEPEST_LIST && !above->has_list) {
        buffer_add_c(tags->out, "\n<ul>\n");
        above->has_list = true;
    } else if (above && tags->level >= DEEPEST_LIST && !above->has_list && !above->is_closed) {
        buffer_add_c(tags->out, "</li>\n");
        above->is_closed = true;
    }
    buffer_printf(tags->out, "<li class=\"row\" id=\"t%u", node);
    if (report->was_shown[node])
        buffer_printf(tags->out, "-p%u", tags->page);
    buffer_add_c(tags->out, "\"");
    if (number)
        buffer_printf(tags->out, " data-b=\"%u\"", number);
    buffer_add_c(tags->out, "><div class=\"line\">");
    if (number)
        buffer_printf(tags->out, "<span class=\"number\">%u</span> ", number);
    add_role(tags, details_of(tags, node), "role");
    if (is_continued || report->was_shown[node])
        buffer_add_c(tags->out, " <span class=\"chip\">continued</span>");
    else
        add_details(tags, node, false);
    if (!report->was_shown[node])
        add_mentions(tags, node);
    report->was_shown[node] = 1;
    report->rows++;
    buffer_add_byte(tags->out, ' ');
    tags->is_line = true;
    tags->level++;
}

static void open_inline(struct tags *tags, uint32_t node, bool is_continued)
{
    const struct details *details = details_of(tags, node);
    need_line(tags);
    buffer_add_c(tags->out, "<span class=\"inline\"");
    if (details->has_language)
        report_language(tags->out, details->language);
    buffer_add_byte(tags->out, '>');
    add_role(tags, details, "tag");
    if (!is_continued)
        add_details(tags, node, false);
    buffer_add_byte(tags->out, ' ');
}

static void push(struct tags *tags, uint32_t node, bool is_continued)
{
    uint8_t part = tags->report->parts[node];
    enum open_kind kind = part & PART_ROW      ? OPEN_ROW
                          : part & PART_FOLDED ? OPEN_FOLDED
                                               : OPEN_INLINE;
    if (kind == OPEN_ROW) {
        open_row(tags, node, is_continued);
    } else if (kind == OPEN_INLINE) {
        open_inline(tags, node, is_continued);
    } else {
        need_line(tags);
        buffer_add_c(tags->out, "› ");
        add_role(tags, details_of(tags, node), "role");
        add_details(tags, node, false);
        buffer_add_byte(tags->out, ' ');
    }
    tags->stack[tags->depth++] = (struct open){.node = node, .kind = kind};
}

/* Opens and closes until just the node's ancestors are open; false where they are too many. */
static bool go_to(struct tags *tags, uint32_t node)
{
    const struct inspection_node *nodes = tags->report->inspection->nodes;
    uint32_t path[DEEPEST];
    size_t length = 0, same = 0;
    for (uint32_t at = nodes[node].parent; at; at = nodes[at].parent) {
        if (length == DEEPEST - 1)
            return false;
        path[length++] = at;
    }
    while (same < length && same < tags->depth && tags->stack[same].node == path[length - 1 - same])
        same++;
    while (tags->depth > same)
        pop(tags);
    for (size_t i = length - same; i-- > 0;)
        push(tags, path[i], nodes[path[i]].page != tags->page);
    return true;
}

/* content */

static bool is_replaced(const struct tags *tags)
{
    for (size_t i = 0; i < tags->depth; i++) {
        const struct details *details = details_of(tags, tags->stack[i].node);
        if (details->has_actual || details->alt.length || details_more(details)->expansion.length)
            return true;
    }
    return false;
}

static void add_content(struct tags *tags, const struct inspection_node *content, uint32_t index)
{
    bool is_drawn = is_replaced(tags);
    need_line(tags);
    if (!content->words.length) {
        buffer_printf(tags->out, "<span class=\"none\" lang=\"en\">(%s)</span> ",
                      content->has_image    ? "picture"
                      : content->is_painted ? "drawing"
                                            : "nothing");
        return;
    }
    if (is_drawn)
        buffer_add_c(tags->out, "<span class=\"drawn\">(<span lang=\"en\">drawn:</span> ");
    report_words(tags->report, content->words,
                 inspection_language(tags->report->inspection, index));
    if (is_drawn)
        buffer_add_c(tags->out, ")</span> ");
}

static void add_annotation(struct tags *tags, uint32_t node)
{
    const struct details *details = details_of(tags, node);
    need_line(tags);
    buffer_add_c(tags->out, " <span class=\"inline\"><span class=\"tag\" lang=\"en\">annotation ");
    report_cut(tags->out, details->tag);
    buffer_add_c(tags->out, "</span>");
    add_details(tags, node, true);
    buffer_add_c(tags->out, "</span> ");
}

void report_tags(struct inspection_report *report, uint32_t page)
{
    const struct inspection *inspection = report->inspection;
    struct tags *tags = ARENA_NEW(report->arena, struct tags);
    size_t from = report->page_starts[page], to = report->page_starts[page + 1], i = from;
    tags->report = report;
    tags->out = report->out;
    tags->page = page;
    buffer_add_c(tags->out, "<ul class=\"tags\">\n");
    for (; i < to && report->rows < LIMIT_REPORT_ROWS; i++) {
        uint32_t index = report->by_page[i];
        const struct inspection_node *node = &inspection->nodes[index];
        if (!go_to(tags, index))
            continue;
        if (node->kind == NODE_ELEMENT)
            push(tags, index, false);
        else if (node->kind == NODE_CONTENT)
            add_content(tags, node, index);
        else
            add_annotation(tags, index);
    }
    while (tags->depth)
        pop(tags);
    close_line(tags);
    if (i < to)
        buffer_add_c(tags->out, "<li class=\"more\">More tags than this report shows.</li>\n");
    buffer_add_c(tags->out, "</ul>\n");
}
