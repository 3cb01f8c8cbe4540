/* Environments that hold blocks: lists, quotations, boxes. They are open on a stack, each with what
   stands before its lines; the words between are written step by step. */
#include "read/tex_blocks.h"

#include "read/dialect.h"

#include <string.h>

enum { MOST_OPEN = 16, MARK_WIDTH = 24 };

enum environment_kind {
    PLAIN, /* places what stands in it */
    BULLETS,
    NUMBERS,
    TERMS,
    QUOTE,
    VERSE, /* its lines end as others do: by two backslashes */
    BOX,
    FIGURE,
    TABLE,
    TABULAR,
    CODE,
};

static const struct environment {
    const char *name;
    enum environment_kind kind;
    unsigned arguments; /* of its beginning, that say nothing here */
} environments[] = {
    {"itemize", BULLETS, 0},
    {"enumerate", NUMBERS, 0},
    {"description", TERMS, 0},
    {"compactitem", BULLETS, 0},
    {"compactenum", NUMBERS, 0},
    {"quote", QUOTE, 0},
    {"quotation", QUOTE, 0},
    {"displayquote", QUOTE, 0},
    {"verse", VERSE, 0},
    {"abstract", BOX, 0},
    {"theorem", BOX, 0},
    {"lemma", BOX, 0},
    {"proposition", BOX, 0},
    {"corollary", BOX, 0},
    {"definition", BOX, 0},
    {"remark", BOX, 0},
    {"proof", BOX, 0},
    {"figure", FIGURE, 0},
    {"sidewaysfigure", FIGURE, 0},
    {"SCfigure", FIGURE, 0},
    {"marginfigure", FIGURE, 0},
    {"wrapfigure", FIGURE, 2},
    {"table", TABLE, 0},
    {"sidewaystable", TABLE, 0},
    {"margintable", TABLE, 0},
    {"wraptable", TABLE, 2},
    {"tabular", TABULAR, 0},
    {"tabularx", TABULAR, 1},
    {"tabulary", TABULAR, 1},
    {"longtable", TABULAR, 0},
    {"verbatim", CODE, 0},
    {"Verbatim", CODE, 0},
    {"lstlisting", CODE, 0},
    {"minted", CODE, 0},
    {"center", PLAIN, 0},
    {"centering", PLAIN, 0},
    {"flushleft", PLAIN, 0},
    {"flushright", PLAIN, 0},
    {"minipage", PLAIN, 1},
    {"spacing", PLAIN, 1},
    {"landscape", PLAIN, 0},
    {"small", PLAIN, 0},
    {"footnotesize", PLAIN, 0},
    {"samepage", PLAIN, 0},
    {"singlespace", PLAIN, 0},
    {"doublespace", PLAIN, 0},
};

/* A star says where a float may stand, and of `tabular` that it has a width. */
static const struct environment *find_environment(text name)
{
    static const struct environment wide = {"tabular*", TABULAR, 1};
    if (text_equal_c(name, wide.name))
        return &wide;
    if (text_ends_with(name, TEXT("*")))
        name.length--;
    for (size_t i = 0; i < sizeof environments / sizeof *environments; i++) {
        if (text_equal_c(name, environments[i].name))
            return &environments[i];
    }
    return NULL;
}

bool tex_knows_environment(text name, bool may_place)
{
    const struct environment *found = find_environment(name);
    return found && (may_place || found->kind != PLAIN);
}

static bool is_list(const struct environment *environment)
{
    return environment->kind == BULLETS || environment->kind == NUMBERS ||
           environment->kind == TERMS;
}

/* Else a bracket behind its name begins words. */
static bool has_options(const struct environment *environment)
{
    text name = text_from_c(environment->name);
    return is_list(environment) || text_equal_c(name, "minipage") ||
           (environment->kind == BOX && !text_equal_c(name, "abstract"));
}

/* An environment that is open. */
struct level {
    const struct environment *environment;
    text name;       /* as it was written */
    text prefix;     /* of the lines around it */
    unsigned number; /* of its last item */
    size_t depth;    /* of the groups around it */
};

struct flow {
    struct tex_writer *writer;
    struct tex_line *line;
    struct level levels[MOST_OPEN];
    size_t count;
};

size_t tex_find_end(text source, size_t from, text name)
{
    text reach = text_slice(source, 0, from + TEX_LONGEST_BLOCK);
    const struct environment *environment = find_environment(name);
    bool has_comments = !environment || environment->kind != CODE;
    size_t depth = 1, at = from;
    for (;;) {
        while (at < reach.length && reach.bytes[at] != '\\') {
            bool is_comment = has_comments && reach.bytes[at] == '%' && tex_is_comment(source, at);
            at = is_comment ? tex_past_comment(reach, at, reach.length) : at + 1;
        }
        if (at + 1 >= reach.length)
            return SIZE_MAX;
        text rest = text_slice(reach, at + 1, reach.length);
        bool begins = text_starts_with(rest, TEXT("begin{"));
        if (begins || text_starts_with(rest, TEXT("end{"))) {
            text word = text_slice(rest, begins ? 6 : 4, rest.length);
            bool is_same = text_starts_with(word, name) && word.length > name.length &&
                           word.bytes[name.length] == '}';
            depth += is_same && begins;
            depth -= is_same && !begins;
            if (depth == 0)
                return at;
        }
        at += 2;
    }
}

/* leaves */

static size_t write_formula(struct flow *flow, size_t from, size_t to)
{
    tex_begin_block(flow->writer, flow->line, from);
    tex_put(flow->writer, flow->line, from, to);
    flow->line->line_ends = 2;
    return to;
}

/* What holds no blocks: begins at `from`, `at` is behind its name; the offset behind it, or 0. */
static size_t write_leaf(struct flow *flow, const struct environment *environment, text name,
                         size_t from, size_t at)
{
    struct tex_writer *writer = flow->writer;
    text source = writer->source;
    size_t close = tex_find_end(source, at, name);
    if (close == SIZE_MAX)
        return 0;
    size_t end = close + strlen("\\end{}") + name.length;
    struct tex_range options = {0, 0}, argument = {0, 0}, none = {0, 0};
    if (!environment)
        return formula_is_of_environment(text_slice(source, from, end))
                   ? write_formula(flow, from, end)
                   : 0;
    if (source.bytes[at] == '[' && !tex_take_argument(source, &at, close, '[', &options))
        return 0;
    for (unsigned i = 0; i < environment->arguments; i++) {
        if (!tex_take_argument(source, &at, close, '{', &argument))
            return 0;
        (void)tex_take_argument(source, &at, close, '[', &none);
    }
    bool is_written;
    if (environment->kind == FIGURE || environment->kind == TABLE) {
        is_written = tex_write_float(writer, flow->line, (struct tex_range){at, close},
                                     environment->kind == TABLE);
    } else if (environment->kind == TABULAR) {
        (void)tex_take_argument(source, &at, close, '[', &none);
        struct tex_range empty = {0, 0};
        is_written = tex_take_argument(source, &at, close, '{', &argument) &&
                     tex_write_rows(writer, flow->line, argument, (struct tex_range){at, close},
                                    empty, empty);
    } else {
        argument = (struct tex_range){0, 0};
        is_written =
            (!text_equal_c(name, "minted") ||
             tex_take_argument(source, &at, close, '{', &argument)) &&
            tex_write_code(writer, flow->line, options, argument, (struct tex_range){at, close});
    }
    return is_written ? end : 0;
}

/* levels */

/* Options of lists that do not change what stands before an item. */
static bool is_of_look(text options)
{
    static const char *const signs[] = {"label", "ref", "start", "resume"};
    bool is_sign = text_find_byte(options, '=', 0) == SIZE_MAX &&
                   text_find(options, TEXT("sep"), 0) == SIZE_MAX && !text_is_blank(options);
    return !is_sign && !TEXT_HOLDS_ANY(options, signs);
}

static void write_box_title(struct flow *flow, struct tex_range title)
{
    struct tex_line one = {.form = TEX_LINE, .is_begun = true};
    tex_begin_words(flow->writer, flow->line, title.from);
    tex_make(flow->writer, title.from, TEXT("## "));
    struct tex_mark mark = tex_mark(flow->writer);
    if (!tex_write_words(flow->writer, &one, title)) {
        tex_go_back(flow->writer, mark);
        tex_copy(flow->writer, title.from, title.to);
    }
    flow->line->line_ends = 2;
}

static void begin_level(struct flow *flow, struct level *level, size_t from,
                        struct tex_range options)
{
    struct tex_line *line = flow->line;
    struct arena *arena = flow->writer->reader->arena;
    enum environment_kind kind = level->environment->kind;
    line->break_at = 0;
    bool is_part = flow->count > 1 && is_list(flow->levels[flow->count - 2].environment);
    if (line->is_begun && !line->is_fresh) /* a list in an item touches its words */
        line->line_ends = is_part && (kind == BULLETS || kind == NUMBERS) ? 1 : 2;
    if (line->is_after_list && is_list(level->environment)) { /* a comment keeps them apart */
        line->line_ends = 2;
        tex_begin_words(flow->writer, line, from);
        tex_make(flow->writer, from, TEXT(TEX_BETWEEN_LISTS));
        line->line_ends = 2;
    }
    if (kind == QUOTE)
        line->prefix = arena_printf(arena, "%.*s> ", TEXT_ARGUMENTS(line->prefix));
    if (line->is_fresh && kind == QUOTE) {
        tex_make(flow->writer, from, TEXT("> "));
    } else if (kind == BOX) {
        tex_begin_words(flow->writer, line, from);
        tex_make(flow->writer, from, arena_printf(arena, "::: %s", level->environment->name));
        line->line_ends = 1;
        if (options.to)
            write_box_title(flow, options);
    }
}

static bool end_level(struct flow *flow, size_t at)
{
    struct level *level = &flow->levels[--flow->count];
    struct tex_line *line = flow->line;
    if (line->depth != level->depth || (level->environment->kind == TERMS && line->is_fresh))
        return false;
    line->prefix = level->prefix;
    line->break_at = 0;
    if (level->environment->kind == BOX) {
        line->line_ends = 1;
        tex_begin_words(flow->writer, line, at);
        tex_make(flow->writer, at, TEXT(":::"));
    }
    line->line_ends = 2;
    line->is_fresh = false;
    line->is_after_list = is_list(level->environment);
    return true;
}

/* `\item`, which begins at `from`; `at` is behind its name. */
static size_t begin_item(struct flow *flow, size_t from, size_t at, size_t to)
{
    struct tex_writer *writer = flow->writer;
    struct tex_line *line = flow->line;
    struct arena *arena = writer->reader->arena;
    struct level *level = flow->count ? &flow->levels[flow->count - 1] : NULL;
    struct tex_range term;
    enum environment_kind kind = level ? level->environment->kind : PLAIN;
    bool has_brackets = at < to && tex_take_argument(writer->source, &at, to, '[', &term);
    bool is_empty = has_brackets && text_is_blank(text_slice(writer->source, term.from, term.to));
    bool has_term = has_brackets && !(kind == BULLETS && term.to == term.from);
    if (!level || !is_list(level->environment) || has_term != (kind == TERMS) ||
        line->depth != level->depth ||
        (kind == TERMS && (is_empty || (level->number && line->is_fresh))))
        return 0;
    bool is_first = level->number++ == 0;
    line->prefix = level->prefix;
    line->break_at = 0;
    if (!is_first)
        line->line_ends = kind == TERMS ? 2 : 1;
    if (!line->is_fresh || !is_first)
        tex_begin_words(writer, line, from);
    if (kind == TERMS) {
        struct tex_line one = {.form = TEX_LINE, .is_begun = true};
        if (!tex_write_words(writer, &one, term))
            return 0;
        tex_make(writer, from, TEXT("\n"));
        tex_make(writer, from, line->prefix);
    }
    text mark = kind == TERMS     ? TEXT(": ")
                : kind == BULLETS ? TEXT("- ")
                                  : arena_printf(arena, "%u. ", level->number);
    tex_make(writer, from, mark);
    line->prefix = arena_printf(arena, "%.*s%*s", TEXT_ARGUMENTS(level->prefix),
                                (int)(mark.length < MARK_WIDTH ? mark.length : MARK_WIDTH), "");
    line->line_ends = 0;
    line->is_begun = line->is_fresh = true;
    return tex_past_blanks(writer->source, at, to);
}

/* `\begin{name}` at the offset; the offset behind what was written, or 0. */
static size_t begin_environment(struct flow *flow, size_t from, size_t to)
{
    text source = flow->writer->source;
    struct tex_range inside, options = {0, 0}, argument;
    size_t at = from + strlen("\\begin");
    if (!tex_take_argument(source, &at, to, '{', &inside))
        return 0;
    text name = text_slice(source, inside.from, inside.to);
    const struct environment *environment = find_environment(name);
    if (!environment || environment->kind >= FIGURE)
        return write_leaf(flow, environment, name, from, at);
    if (flow->count == MOST_OPEN)
        return 0;
    if (has_options(environment) && at < to && source.bytes[at] == '[' &&
        !tex_take_argument(source, &at, to, '[', &options))
        return 0;
    for (unsigned i = 0; i < environment->arguments; i++) {
        if (!tex_take_argument(source, &at, to, '{', &argument))
            return 0;
    }
    bool has_numbers = environment->kind == NUMBERS;
    if (has_numbers && !is_of_look(text_slice(source, options.from, options.to)))
        return 0;
    struct level *level = &flow->levels[flow->count++];
    *level = (struct level){.environment = environment,
                            .name = name,
                            .prefix = flow->line->prefix,
                            .depth = flow->line->depth};
    begin_level(flow, level, from, options);
    return at;
}

static size_t end_environment(struct flow *flow, size_t from, size_t to)
{
    text source = flow->writer->source;
    struct tex_range inside;
    size_t at = from + strlen("\\end");
    if (flow->count == 0 || !tex_take_argument(source, &at, to, '{', &inside) ||
        !text_equal(text_slice(source, inside.from, inside.to), flow->levels[flow->count - 1].name))
        return 0;
    const struct level *level = &flow->levels[flow->count - 1];
    if (is_list(level->environment) && level->number == 0)
        return 0;
    return end_level(flow, from) ? at : 0;
}

static size_t write_picture(struct flow *flow, size_t at, size_t to)
{
    text source = flow->writer->source;
    struct tex_range options = {0, 0}, file;
    size_t end = at + strlen("\\includegraphics");
    (void)tex_take_argument(source, &end, to, '[', &options);
    bool is_written = tex_take_argument(source, &end, to, '{', &file) &&
                      tex_write_picture(flow->writer, flow->line, at, options, file);
    return is_written ? end : 0;
}

/* Commands that change the numbers of the items around them. */
static bool is_of_numbers(text name)
{
    static const char *const names[] = {"setcounter", "addtocounter",   "stepcounter", "setlist",
                                        "def",        "refstepcounter", "renewcommand"};
    return TEXT_IS_AMONG(name, names);
}

static size_t flow_step(struct flow *flow, size_t at, size_t to)
{
    text source = flow->writer->source;
    if (source.bytes[at] == '\\') {
        text name = tex_name_at(source, at, to);
        if (text_equal_c(name, "begin"))
            return begin_environment(flow, at, to);
        if (text_equal_c(name, "end"))
            return end_environment(flow, at, to);
        if (text_equal_c(name, "item"))
            return begin_item(flow, at, at + strlen("\\item"), to);
        if (text_equal_c(name, "includegraphics"))
            return write_picture(flow, at, to);
        if (is_of_numbers(name) && flow->levels[flow->count - 1].environment->kind == NUMBERS)
            return 0;
    }
    /* words before the first item of a list stand nowhere */
    const struct level *level = &flow->levels[flow->count - 1];
    bool is_before = level->number == 0 && is_list(level->environment);
    struct tex_mark mark = tex_mark(flow->writer);
    size_t next = tex_step(flow->writer, flow->line, at, to);
    bool has_words = tex_mark(flow->writer).length > mark.length;
    return is_before && has_words ? 0 : next;
}

size_t tex_write_environment(struct tex_writer *writer, struct tex_line *line, size_t at)
{
    struct flow flow = {.writer = writer, .line = line};
    size_t to = writer->source.length;
    to = to - at > TEX_LONGEST_BLOCK ? at + TEX_LONGEST_BLOCK : to;
    do
        at = flow.count ? flow_step(&flow, at, to) : begin_environment(&flow, at, to);
    while (at && at < to && flow.count);
    return flow.count ? 0 : at;
}
