/* The front matter: YAML between two lines of three hyphens at the very beginning. What each key
   may be stands in the table of keys, front_keys.def; a language or a title is never guessed. */
#include "base/limits.h"
#include "read/front.h"

#include <string.h>

static const struct front_key keys[] = {
#define FRONT_KEY(name, function) {name, front_read_##function},
#include "read/front_keys.def"
#undef FRONT_KEY
};

/* the block */

static bool is_fence(text line, bool closing)
{
    while (line.length &&
           (line.bytes[line.length - 1] == ' ' || line.bytes[line.length - 1] == '\t'))
        line.length--;
    return text_equal_c(line, "---") || (closing && text_equal_c(line, "..."));
}

static void read_yaml(struct front *front, text yaml)
{
    struct yaml_place place;
    const char *why;
    struct yaml_value *top = yaml_read(front->reader->arena, yaml, &why, &place);
    if (why) {
        report_error(front->reader->report, "front-matter-syntax", front_span(front, place),
                     "put words with a colon, a quote or another sign in them between quotes",
                     "the front matter is not proper YAML: %s", why);
        front->has_title = front->has_language = true; /* they may well stand there */
        return;
    }
    if (top && top->kind == YAML_MAPPING)
        FRONT_READ_KEYS(front, top, keys);
    else if (top)
        report_error(front->reader->report, "front-matter-syntax", front_span(front, top->place),
                     "write lines such as title: Water for everyone",
                     "the front matter is not a list of keys and values");
}

static void report_missing(struct front *front)
{
    struct span span = {
        .file = front->reader->file, .line = 1, .column = 1, .end_line = 1, .end_column = 1};
    bool has_block = front->reader->body_line > 0;
    if (!front->has_title)
        report_error(front->reader->report, "title-missing", span,
                     has_block ? "add a line title: … to the front matter"
                               : "begin the article with --- and a line title: … and a line ---",
                     "the article has no title");
    if (!front->has_language)
        report_error(front->reader->report, "language-missing", span,
                     has_block ? "add a line lang: en to the front matter, or what its language is"
                               : "begin the article with --- and a line lang: … and a line ---",
                     "the article does not say in which language it is");
}

bool read_front_matter(struct reader *reader)
{
    struct front front = {
        .reader = reader, .metadata = &reader->document->metadata, .first_line = 2};
    bool has_mark = reader->length >= 3 && memcmp(reader->source, "\xEF\xBB\xBF", 3) == 0;
    text first = reader_line(reader, 1);
    reader->body = has_mark ? 3 : 0;
    if (!is_fence(text_slice(first, reader->body, first.length), false)) {
        report_missing(&front);
        return true;
    }
    uint32_t last = 2;
    while (last <= reader->line_count && !is_fence(reader_line(reader, last), true))
        last++;
    size_t from = reader->line_starts[1];
    if (last > reader->line_count ||
        reader->line_starts[last - 1] - from > LIMIT_FRONT_MATTER_BYTES) {
        report_error(reader->report, "front-matter-syntax",
                     reader_span(reader, reader->body, reader->body + 3),
                     "end it with a line of three hyphens",
                     last > reader->line_count ? "the front matter does not end"
                                               : "the front matter is larger than 256 KB");
        return false;
    }
    reader->body = reader->line_starts[last];
    reader->body_line = last;
    read_yaml(&front, (text){reader->source + from, reader->line_starts[last - 1] - from});
    report_missing(&front);
    return true;
}
