/* The cover is the picture that the author names, or it is drawn from the title, the subtitle and
   the authors, and always the same way. No font is measured: a character counts one unit, a wide
   one (Han and its neighbours) two, and the letters shrink until the lines fit, so that the words
   stay inside with any font that the reader has. */
#include "document/language.h"
#include "document/words.h"
#include "epub/parts.h"
#include "html/markup.h"

enum {
    COVER_WIDTH = 1600,
    COVER_HEIGHT = 2400,
    COVER_MARGIN = 140,
    TITLE_SIZE = 170, /* the largest letters, in user units */
    TITLE_LEAST = 64, /* the smallest */
    TITLE_STEP = 6,
    SUBTITLE_SIZE = 80,
    AUTHOR_SIZE = 72,
    MOST_LINES = 12,
    TITLE_BOTTOM = 1500, /* the title stays above */
    AUTHOR_TOP = 2020,
};

/* A unit's width in parts of a letter's size: a generous mean, so that wide words fit too. */
static const double UNIT_WIDTH = 0.62;
static const double LINE_HEIGHT = 1.25;

struct cover_lines {
    text lines[MOST_LINES];
    size_t count;
    bool fits; /* all of it, in so many lines of that width */
};

static unsigned units_of(uint32_t c)
{
    bool is_wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                   (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                   (c >= 0xFE30 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x3FFFF);
    return is_wide ? 2 : 1;
}

static void add_line(struct cover_lines *lines, text line, size_t most)
{
    line = text_trim(line);
    if (line.length == 0)
        return;
    if (lines->count == most)
        lines->fits = false;
    else
        lines->lines[lines->count++] = line;
}

/* Breaks at spaces and before wide characters; a word wider than the line does not fit. */
static void break_lines(struct cover_lines *lines, text words, double size, size_t most)
{
    unsigned widest = (unsigned)((COVER_WIDTH - 2 * COVER_MARGIN) / (size * UNIT_WIDTH));
    *lines = (struct cover_lines){.fits = true};
    size_t start = 0, offset = 0, chance = 0;
    unsigned units = 0, units_at_chance = 0;
    while (offset < words.length) {
        size_t before = offset;
        uint32_t c = text_next(words, &offset);
        bool is_space = text_is_space(c);
        if (units && (is_space || units_of(c) == 2)) {
            chance = before;
            units_at_chance = units;
        }
        units += units_of(c);
        if (units <= widest || is_space)
            continue;
        if (chance > start) {
            add_line(lines, text_slice(words, start, chance), most);
            start = chance;
            units -= units_at_chance;
        } else {
            lines->fits = false;
            add_line(lines, text_slice(words, start, before), most);
            start = before;
            units = units_of(c);
        }
    }
    add_line(lines, text_slice(words, start, words.length), most);
}

/* The largest size at which the words fit; the smallest where none does. */
static unsigned fit_lines(struct cover_lines *lines, text words, unsigned largest, unsigned least,
                          size_t most, unsigned height)
{
    unsigned size = largest;
    for (;; size -= TITLE_STEP) {
        break_lines(lines, words, size, most);
        bool is_low = (double)lines->count * size * LINE_HEIGHT <= height;
        if ((lines->fits && is_low) || size < least + TITLE_STEP)
            return size;
    }
}

static void write_number(struct markup *markup, const char *name, double number)
{
    struct buffer digits;
    buffer_init(&digits, 64);
    buffer_add_number(&digits, number, 2);
    markup_attribute(markup, name, buffer_text(&digits));
    buffer_release(&digits);
}

/* Writes the lines from the top; returns where the next may begin. */
static double write_lines(struct markup *markup, const struct cover_lines *lines, double top,
                          unsigned size, const char *weight)
{
    for (size_t i = 0; i < lines->count; i++) {
        markup_open(markup, "text");
        markup_attribute_number(markup, "x", COVER_WIDTH / 2);
        write_number(markup, "y", top + size);
        markup_attribute_number(markup, "font-size", size);
        markup_attribute_c(markup, "font-weight", weight);
        markup_characters(markup, lines->lines[i]);
        markup_close(markup);
        markup_newline(markup);
        top += size * LINE_HEIGHT;
    }
    return top;
}

static text authors_of(const struct parts *parts)
{
    const struct metadata *metadata = &parts->document->metadata;
    struct buffer names;
    buffer_init(&names, 64 * 1024);
    for (size_t i = 0; i < metadata->author_count; i++) {
        if (i)
            buffer_add_c(&names, ", ");
        buffer_add_text(&names, metadata->authors[i].name);
    }
    text result = arena_copy(parts->arena, buffer_text(&names));
    buffer_release(&names);
    return result;
}

static void write_rectangle(struct markup *markup, double x, double y, double width, double height,
                            const char *colour)
{
    markup_open(markup, "rect");
    write_number(markup, "x", x);
    write_number(markup, "y", y);
    write_number(markup, "width", width);
    write_number(markup, "height", height);
    markup_attribute_c(markup, "fill", colour);
    markup_close(markup);
    markup_newline(markup);
}

static void write_words(struct markup *markup, const struct parts *parts)
{
    const struct metadata *metadata = &parts->document->metadata;
    struct cover_lines lines;
    double top = 2.0 * COVER_MARGIN + 60;
    unsigned size = fit_lines(&lines, metadata->title, TITLE_SIZE, TITLE_LEAST, MOST_LINES,
                              TITLE_BOTTOM - (unsigned)top);
    top = write_lines(markup, &lines, top, size, "bold") + SUBTITLE_SIZE;
    unsigned subtitle_size = size < SUBTITLE_SIZE ? size : SUBTITLE_SIZE;
    size = fit_lines(&lines, metadata->subtitle, subtitle_size, TITLE_LEAST / 2, 4,
                     AUTHOR_TOP > (unsigned)top ? AUTHOR_TOP - (unsigned)top : 0);
    write_lines(markup, &lines, top, size, "normal");
    size = fit_lines(&lines, authors_of(parts), AUTHOR_SIZE, TITLE_LEAST / 2, 3,
                     COVER_HEIGHT - COVER_MARGIN - AUTHOR_TOP);
    write_lines(markup, &lines, AUTHOR_TOP, size, "normal");
}

bool cover_write_image(const struct parts *parts, struct buffer *out)
{
    /* White on a dark blue: a contrast of 12 to 1. */
    static const char ground[] = "#123a5c", ink[] = "#ffffff", accent[] = "#f2b84b";
    text language = parts->document->metadata.language;
    bool is_rtl = language_direction(language) == DIRECTION_RIGHT_TO_LEFT;
    if (parts->document->metadata.cover_image)
        return true; /* the author's takes its place */
    struct markup *markup = markup_new(out);
    if (!markup)
        return false;
    markup_open(markup, "svg");
    markup_attribute_c(markup, "xmlns", "http://www.w3.org/2000/svg");
    markup_attribute(markup, "viewBox",
                     arena_printf(parts->arena, "0 0 %d %d", COVER_WIDTH, COVER_HEIGHT));
    markup_attribute_number(markup, "width", COVER_WIDTH);
    markup_attribute_number(markup, "height", COVER_HEIGHT);
    markup_attribute(markup, "xml:lang", language);
    markup_newline(markup);
    markup_element(markup, "title", parts->document->metadata.title);
    markup_newline(markup);
    write_rectangle(markup, 0, 0, COVER_WIDTH, COVER_HEIGHT, ground);
    write_rectangle(markup, COVER_MARGIN, COVER_MARGIN, COVER_WIDTH - 2 * COVER_MARGIN, 16, accent);
    write_rectangle(markup, COVER_MARGIN, COVER_HEIGHT - COVER_MARGIN,
                    COVER_WIDTH - 2 * COVER_MARGIN, 16, accent);
    markup_open(markup, "g");
    markup_attribute_c(markup, "fill", ink);
    markup_attribute_c(markup, "font-family", "sans-serif");
    markup_attribute_c(markup, "text-anchor", "middle");
    if (is_rtl)
        markup_attribute_c(markup, "direction", "rtl");
    markup_newline(markup);
    write_words(markup, parts);
    markup_close(markup);
    markup_newline(markup);
    return markup_finish(markup);
}

/* What the picture says: the same words. */
static text cover_alt(const struct parts *parts)
{
    const struct metadata *metadata = &parts->document->metadata;
    text authors = authors_of(parts);
    text cover = word_in(metadata->language, WORD_COVER, NULL);
    return arena_printf(parts->arena, "%.*s: %.*s%s%.*s%s%.*s", TEXT_ARGUMENTS(cover),
                        TEXT_ARGUMENTS(metadata->title), metadata->subtitle.length ? ". " : "",
                        TEXT_ARGUMENTS(metadata->subtitle), authors.length ? ". " : "",
                        TEXT_ARGUMENTS(authors));
}

bool cover_write_page(const struct parts *parts, struct buffer *out)
{
    struct markup *markup = markup_new(out);
    if (!markup)
        return false;
    text language = parts->document->metadata.language;
    xhtml_begin(markup, parts, word_in(language, WORD_COVER, NULL));
    markup_open(markup, "p");
    markup_attribute_c(markup, "class", "cover");
    markup_open(markup, "img");
    const struct metadata *metadata = &parts->document->metadata;
    const struct image *own = metadata->cover_image;
    markup_attribute(markup, "src",
                     own ? html_image_name(parts->arena, own) : TEXT(COVER_IMAGE_NAME));
    markup_attribute(markup, "alt", own ? metadata->cover_alt : cover_alt(parts));
    markup_attribute_c(markup, "role", "doc-cover");
    markup_close(markup);
    markup_close(markup);
    markup_newline(markup);
    return markup_finish(markup);
}
