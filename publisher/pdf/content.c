#include "pdf/content.h"

#include "pdf/marker.h"
#include "pdf/writer.h"

/* Operators that leave something on the page, and are so only allowed in marked content. */
static const char painters[][4] = {"Tj", "TJ", "'", "\"", "S",  "s",  "f",  "F", "f*",
                                   "B",  "B*", "b", "b*", "sh", "Do", "EI", "BI"};

struct scanner {
    text content;
    size_t at;
    size_t operands; /* where the operands of the next operator begin */
    const char *fault;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
           c == '}' || c == '/' || c == '%';
}

static void skip_string(struct scanner *s)
{
    unsigned depth = 0;
    for (; s->at < s->content.length; s->at++) {
        char c = s->content.bytes[s->at];
        if (c == '\\') {
            s->at++;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && --depth == 0) {
            s->at++;
            return;
        }
    }
    s->fault = "a string in a content stream does not end";
}

static void skip_hexadecimal(struct scanner *s)
{
    size_t end = text_find_byte(s->content, '>', s->at);
    if (end == SIZE_MAX)
        s->fault = "a string in a content stream does not end";
    s->at = end == SIZE_MAX ? s->content.length : end + 1;
}

static void skip_comment(struct scanner *s)
{
    while (s->at < s->content.length && s->content.bytes[s->at] != '\n' &&
           s->content.bytes[s->at] != '\r')
        s->at++;
}

/* The data of an inline image: ID, one white space, bytes, white space, EI (ISO 32000-1, 8.9.7). */
static void skip_inline_image(struct scanner *s)
{
    for (size_t i = s->at + 1; i + 2 < s->content.length; i++) {
        const char *b = s->content.bytes + i;
        bool ends = i + 3 >= s->content.length || is_space(b[3]);
        if (is_space(b[0]) && b[1] == 'E' && b[2] == 'I' && ends) {
            s->at = i + 3;
            return;
        }
    }
    s->fault = "an inline image does not end";
    s->at = s->content.length;
}

/* Moves over one token; true where it was an operator, which then is *word. */
static bool scan_token(struct scanner *s, text *word)
{
    const char *bytes = s->content.bytes;
    size_t start = s->at;
    char c = bytes[start];
    bool is_doubled = start + 1 < s->content.length && bytes[start + 1] == c;
    if (c == '(') {
        skip_string(s);
    } else if (c == '<' && !is_doubled) {
        skip_hexadecimal(s);
    } else if ((c == '<' || c == '>') && is_doubled) {
        s->at += 2;
    } else if (c == '%') {
        skip_comment(s);
    } else if (is_delimiter(c) && c != '/') {
        s->at++;
    } else {
        s->at++;
        while (s->at < s->content.length && !is_space(bytes[s->at]) && !is_delimiter(bytes[s->at]))
            s->at++;
        *word = text_slice(s->content, start, s->at);
        return c != '/' && !(c >= '0' && c <= '9') && c != '-' && c != '+' && c != '.';
    }
    return false;
}

/* The next operator; false at the end. s->operands is where its operands begin. */
static bool scan_operator(struct scanner *s, text *word)
{
    s->operands = s->at;
    bool has_operand = false;
    while (s->at < s->content.length && !s->fault) {
        if (is_space(s->content.bytes[s->at])) {
            s->at++;
            continue;
        }
        if (!has_operand)
            s->operands = s->at;
        has_operand = true;
        if (scan_token(s, word)) {
            if (text_equal_c(*word, "true") || text_equal_c(*word, "false") ||
                text_equal_c(*word, "null"))
                continue;
            if (text_equal_c(*word, "ID"))
                skip_inline_image(s);
            return true;
        }
    }
    return false;
}

static bool is_painter(text word)
{
    if (word.length > 2)
        return false;
    for (size_t i = 0; i < sizeof painters / sizeof painters[0]; i++)
        if (text_equal_c(word, painters[i]))
            return true;
    return false;
}

/* A path that is being made. */
struct path {
    bool begun;
    bool other; /* it is no polygon of three corners */
    bool moved; /* away from the polygon: Cairo writes a move behind one that it closes */
    size_t start;
    size_t count; /* of corners; the first may come again as the last */
    struct corner corners[MARKER_CORNERS + 1];
};

/* A number as Cairo writes it: no exponent (ISO 32000-1, 7.3.3). */
static bool read_number(text t, size_t *at, double *number)
{
    while (*at < t.length && is_space(t.bytes[*at]))
        ++*at;
    double digits = 0, scale = 1;
    size_t start = *at;
    bool has_point = false;
    for (; *at < t.length && !is_space(t.bytes[*at]); ++*at) {
        char c = t.bytes[*at];
        if (c == '-' && *at == start) {
            scale = -1;
        } else if (c == '.' && !has_point) {
            has_point = true;
        } else if (c >= '0' && c <= '9') {
            digits = digits * 10 + (c - '0');
            scale = has_point ? scale * 10 : scale;
        } else {
            return false;
        }
    }
    *number = digits / scale;
    return *at > start;
}

static bool add_corner(struct path *path, text operands)
{
    if (path->count > MARKER_CORNERS)
        return false;
    struct corner *corner = &path->corners[path->count++];
    size_t at = 0;
    return read_number(operands, &at, &corner->x) && read_number(operands, &at, &corner->y);
}

/* Takes in the operator; `start` is where its operands begin. */
static void follow_path(struct path *path, text word, text operands, size_t start)
{
    static const char others[][3] = {"c", "v", "y", "re", "W", "W*"};
    bool moves = text_equal_c(word, "m"), is_other = false;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        is_other = is_other || text_equal_c(word, others[i]);
    if (!is_other && !moves && !text_equal_c(word, "l") && !text_equal_c(word, "h")) {
        path->begun = false;
        return;
    }
    if (!path->begun)
        *path = (struct path){.begun = true, .start = start};
    if (is_other)
        path->other = true;
    else if (moves && path->count >= MARKER_CORNERS)
        path->moved = true;
    else if (!text_equal_c(word, "h") &&
             (moves != (path->count == 0) || path->moved || !add_corner(path, operands)))
        path->other = true;
}

/* Is it a marker that this operator fills? */
static bool fills_marker(const struct path *path, text word, uint32_t *number)
{
    if (!path->begun || path->other || path->count < MARKER_CORNERS ||
        !(text_equal_c(word, "f") || text_equal_c(word, "f*")))
        return false;
    const struct corner *first = path->corners, *last = &path->corners[MARKER_CORNERS];
    if (path->count > MARKER_CORNERS && (last->x != first->x || last->y != first->y))
        return false;
    return marker_number(path->corners, number);
}

static void open_mark(struct buffer *out, const struct pdf_mark *mark, enum pdf_standard standard)
{
    static const char *const artifacts[] = {
        [ARTIFACT_NONE] = "/Artifact BMC",
        [ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC",
        [ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC",
        [ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC",
        [ARTIFACT_REPEATED] = "/Artifact<</Type/Pagination>>BDC",
    };
    if (!mark->content) {
        buffer_add_c(out, artifacts[mark->artifact]);
        return;
    }
    pdf_add_name(out, tag_name((enum tag)mark->content->parent->tag, standard));
    buffer_add_c(out, "<</MCID ");
    pdf_add_unsigned(out, mark->mcid);
    buffer_add_c(out, ">>BDC");
}

struct rewriter {
    const struct content *content;
    struct buffer *out;
    struct path path;
    size_t copied;        /* bytes of the content that are in out */
    size_t next;          /* the mark that begins next */
    bool open, counting;  /* is one open that ends at a marker, at a glyph? */
    bool begun, ended;    /* is the first marker met, the last? */
    uint32_t left;        /* glyphs to come of the mark that is counted */
    uint32_t code_bytes;  /* of the font that is set */
    size_t depth;         /* of marked content inside a mark */
    long saves, expected; /* of graphics states: now, at the first marker */
    bool in_text;
};

static void copy_until(struct rewriter *r, size_t end)
{
    buffer_add_text(r->out, text_slice(r->content->bytes, r->copied, end));
    r->copied = end;
}

/* The next mark, which is counted or not; NULL: there is none. */
static const struct pdf_mark *next_mark(const struct rewriter *r)
{
    return r->next < r->content->mark_count ? &r->content->marks[r->next] : NULL;
}

static uint32_t next_number(const struct rewriter *r)
{
    return (r->content->first_number + (uint32_t)r->next) % MARKER_COUNT;
}

/* Marks whose glyphs Cairo was not asked for, as none of them has ink: nothing is in them. Those
   before the one with that number, which may be empty itself; MARKER_COUNT: all that come next. */
static void pass_empty(struct rewriter *r, uint32_t number)
{
    for (const struct pdf_mark *mark = next_mark(r);
         mark && mark->counted && !mark->glyph_count && next_number(r) != number;
         mark = next_mark(r)) {
        open_mark(r->out, mark, r->content->standard);
        buffer_add_c(r->out, " EMC\n");
        r->next++;
    }
}

/* Puts what the marker stands for in its place: the end of the mark before it, and the beginning of
   one that is not counted. */
static const char *pass_marker(struct rewriter *r, const struct scanner *s, uint32_t number)
{
    const struct content *content = r->content;
    if (r->ended)
        return "a marker stands behind the last one";
    if (r->depth || r->in_text || r->counting)
        return "a marker stands inside something";
    if (!r->begun)
        r->expected = r->saves;
    r->begun = true;
    if (r->saves != r->expected)
        return "a graphics state spans two markers";
    copy_until(r, r->path.start);
    r->copied = s->at;
    if (r->open)
        buffer_add_c(r->out, "EMC\n");
    pass_empty(r, number);
    if (number != next_number(r))
        return "a marker is missing, doubled or in a wrong place";
    const struct pdf_mark *mark = next_mark(r);
    r->open = mark && !mark->counted;
    r->ended = !mark;
    if (r->open) {
        open_mark(r->out, mark, content->standard);
        r->next++;
    }
    return NULL;
}

/* An operator that shows text, and the string in it that is passed. */
struct shown {
    text word;
    size_t start, end; /* of its operands */
    bool is_array;
    size_t string; /* where it begins */
    size_t codes;  /* passed in it */
    bool is_hexadecimal;
};

/* Before a glyph: is it the first of a mark, then that begins here, and the one before ends. */
static const char *pass_glyph(struct rewriter *r, const struct shown *shown, size_t at)
{
    if (r->counting && r->left) {
        r->left--;
        return NULL;
    }
    bool is_torn = r->counting && shown->codes;
    copy_until(r, !r->counting ? shown->start : shown->codes ? at : shown->string);
    if (is_torn)
        buffer_add_byte(r->out, shown->is_hexadecimal ? '>' : ')');
    if (r->counting && shown->is_array)
        buffer_add_byte(r->out, ']');
    if (r->counting) {
        buffer_add_text(r->out, shown->word);
        buffer_add_c(r->out, " EMC\n");
    }
    pass_empty(r, MARKER_COUNT);
    const struct pdf_mark *mark = next_mark(r);
    if (!mark || !mark->counted || r->depth || r->saves != r->expected || !r->begun)
        return "something is painted outside of all marks";
    open_mark(r->out, mark, r->content->standard);
    buffer_add_byte(r->out, ' ');
    if (r->counting && shown->is_array)
        buffer_add_byte(r->out, '[');
    if (is_torn)
        buffer_add_byte(r->out, shown->is_hexadecimal ? '<' : '(');
    r->counting = true;
    r->left = mark->glyph_count - 1;
    r->next++;
    return NULL;
}

/* The bytes of one character of a literal string (ISO 32000-1, 7.3.4.2). */
static size_t literal_length(text content, size_t at)
{
    if (content.bytes[at] != '\\')
        return 1;
    size_t digits = 0;
    while (digits < 3 && at + 1 + digits < content.length &&
           content.bytes[at + 1 + digits] >= '0' && content.bytes[at + 1 + digits] <= '7')
        digits++;
    return digits ? 1 + digits : 2;
}

/* What breaks a string over lines and says nothing: 0: none stands here. */
static size_t length_of_break(text content, size_t at, bool is_hexadecimal)
{
    if (is_hexadecimal)
        return is_space(content.bytes[at]);
    bool breaks =
        content.bytes[at] == '\\' && at + 1 < content.length && content.bytes[at + 1] == '\n';
    return breaks ? 2 : 0;
}

/* Passes the string's codes; *at: where it begins, then the byte behind it. */
static const char *pass_string(struct rewriter *r, struct shown *shown, size_t *at)
{
    text content = r->content->bytes;
    shown->string = *at;
    shown->codes = 0;
    shown->is_hexadecimal = content.bytes[*at] == '<';
    uint32_t units = 0, code = shown->is_hexadecimal ? 2 * r->code_bytes : r->code_bytes;
    for (++*at; *at < shown->end;) {
        char c = content.bytes[*at];
        size_t skipped = length_of_break(content, *at, shown->is_hexadecimal);
        if (skipped) { /* nothing of the string */
            *at += skipped;
            continue;
        }
        if (c == (shown->is_hexadecimal ? '>' : ')')) {
            ++*at;
            return units % code ? "a string in a content stream holds half a glyph" : NULL;
        }
        if (c == '(' && !shown->is_hexadecimal)
            return "a bracket in a content stream is not escaped"; /* it might be torn from its pair
                                                                    */
        if (units % code == 0) {
            const char *why = pass_glyph(r, shown, *at);
            if (why)
                return why;
            shown->codes++;
        }
        *at += shown->is_hexadecimal ? 1 : literal_length(content, *at);
        units++;
    }
    return "a string in a content stream does not end";
}

/* Text that stands in marks which are counted. */
static const char *pass_text(struct rewriter *r, const struct scanner *s, text word)
{
    struct shown shown = {.word = word, .start = s->operands, .end = s->at - word.length};
    shown.is_array = s->content.bytes[shown.start] == '[';
    if (!r->code_bytes || shown.is_array != text_equal_c(word, "TJ"))
        return "text is shown in no font, or in another way";
    for (size_t at = shown.start; at < shown.end;) {
        char c = s->content.bytes[at];
        const char *why = NULL;
        if (c == '<' || c == '(')
            why = pass_string(r, &shown, &at);
        else
            at++;
        if (why)
            return why;
    }
    if (r->counting && !r->left) {
        copy_until(r, s->at);
        buffer_add_c(r->out, " EMC");
        r->counting = false;
    }
    return NULL;
}

static void set_font(struct rewriter *r, text operands)
{
    text name = text_trim(operands);
    size_t end = 1;
    while (end < name.length && !is_space(name.bytes[end]))
        end++;
    name = text_slice(name, name.length ? 1 : 0, end < name.length ? end : name.length);
    r->code_bytes = 0;
    for (size_t i = 0; i < r->content->font_count && !r->code_bytes; i++)
        if (text_equal(r->content->fonts[i].name, name))
            r->code_bytes = r->content->fonts[i].code_bytes;
}

static const char *pass_painter(struct rewriter *r, const struct scanner *s, text word)
{
    if (r->open)
        return NULL;
    if (text_equal_c(word, "Tj") || text_equal_c(word, "TJ"))
        return pass_text(r, s, word);
    return "something is painted outside of all markers";
}

static const char *pass_operator(struct rewriter *r, const struct scanner *s, text word)
{
    text operands = text_slice(s->content, s->operands, s->at - word.length);
    uint32_t number;
    if (fills_marker(&r->path, word, &number)) {
        r->path.begun = false;
        return pass_marker(r, s, number);
    }
    follow_path(&r->path, word, operands, s->operands);
    if (is_painter(word))
        return pass_painter(r, s, word);
    if (text_equal_c(word, "BDC") || text_equal_c(word, "BMC")) {
        if (text_find(operands, TEXT("/MCID"), 0) != SIZE_MAX)
            return "Cairo marks content of its own";
        r->depth++;
    } else if (text_equal_c(word, "EMC")) {
        if (r->depth-- == 0)
            return "marked content ends that never began";
    } else if (text_equal_c(word, "BT") || text_equal_c(word, "ET")) {
        r->in_text = word.bytes[0] == 'B';
        if (r->counting)
            return "a mark spans two text objects";
    } else if (text_equal_c(word, "Tf")) {
        set_font(r, operands);
    } else if (text_equal_c(word, "q") || text_equal_c(word, "Q")) {
        r->saves += word.bytes[0] == 'q' ? 1 : -1;
    }
    return NULL;
}

const char *content_rewrite(const struct content *content, struct buffer *out)
{
    struct scanner s = {.content = content->bytes};
    struct rewriter r = {.content = content, .out = out};
    text word;
    while (scan_operator(&s, &word)) {
        const char *why = pass_operator(&r, &s, word);
        if (why)
            return why;
    }
    if (s.fault)
        return s.fault;
    if (r.depth)
        return "marked content does not end";
    if (!r.ended)
        return "the last markers of a page are missing";
    copy_until(&r, content->bytes.length);
    return NULL;
}
