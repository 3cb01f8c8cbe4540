/* What the programs that run the processor of styles share: its tokens as HTML, in the way of CSL's
   own test suite, and cites read from JSON. */
#ifndef LECTERN_TESTS_CSL_CITING_H
#define LECTERN_TESTS_CSL_CITING_H

#include "base/buffer.h"
#include "csl/csl.h"
#include "references/references.h"

#include <cjson/cJSON.h>

/* markup */

static const struct {
    enum csl_look look;
    const char *open, *close;
} html_marks[] = {
    {CSL_ITALIC, "<i>", "</i>"},
    {CSL_OBLIQUE, "<em>", "</em>"},
    {CSL_UPRIGHT, "<span style=\"font-style:normal;\">", "</span>"},
    {CSL_BOLD, "<b>", "</b>"},
    {CSL_LIGHT, "<span style=\"font-weight:light;\">", "</span>"},
    {CSL_MEDIUM, "<span style=\"font-weight:normal;\">", "</span>"},
    {CSL_SMALL_CAPITALS, "<span style=\"font-variant:small-caps;\">", "</span>"},
    {CSL_PLAIN_CAPITALS, "<span style=\"font-variant:normal;\">", "</span>"},
    {CSL_UNDERLINED, "<span style=\"text-decoration:underline;\">", "</span>"},
    {CSL_NOT_UNDERLINED, "<span style=\"text-decoration:none;\">", "</span>"},
    {CSL_SUPERSCRIPT, "<sup>", "</sup>"},
    {CSL_SUBSCRIPT, "<sub>", "</sub>"},
    {CSL_ON_BASELINE, "<span style=\"baseline\">", "</span>"},
    {CSL_DISPLAY_BLOCK, "\n\n    <div class=\"csl-block\">", "</div>\n"},
    {CSL_DISPLAY_LEFT_MARGIN, "\n    <div class=\"csl-left-margin\">", "</div>"},
    {CSL_DISPLAY_RIGHT_INLINE, "<div class=\"csl-right-inline\">", "</div>\n  "},
    {CSL_DISPLAY_INDENT, "<div class=\"csl-indent\">", "</div>\n  "},
};

static inline void add_characters(struct buffer *out, text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] == '&')
            buffer_add_c(out, "&#38;");
        else if (t.bytes[i] == '<')
            buffer_add_c(out, "&#60;");
        else if (t.bytes[i] == '>')
            buffer_add_c(out, "&#62;");
        else
            buffer_add_byte(out, t.bytes[i]);
    }
}

static inline void add_tokens(struct buffer *out, const struct csl_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const struct csl_token *token = &tokens->tokens[i];
        if (token->kind == CSL_TEXT) {
            add_characters(out, token->text);
            continue;
        }
        for (size_t k = 0; k < sizeof html_marks / sizeof *html_marks; k++)
            if (html_marks[k].look == token->look)
                buffer_add_c(out,
                             token->kind == CSL_OPEN ? html_marks[k].open : html_marks[k].close);
    }
}

/* cites */

static inline text cite_string(struct arena *arena, const cJSON *map, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(map, name);
    if (cJSON_IsString(value))
        return arena_copy(arena, text_from_c(value->valuestring));
    if (cJSON_IsNumber(value))
        return arena_printf(arena, "%d", value->valueint);
    return TEXT_EMPTY;
}

static inline bool is_true_member(const cJSON *map, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(map, name);
    return cJSON_IsTrue(value) || (cJSON_IsNumber(value) && value->valueint);
}

static inline bool read_cite(struct arena *arena, const struct reference_list *references,
                             const cJSON *item, struct csl_cite *cite)
{
    text id = cite_string(arena, item, "id");
    for (size_t i = 0; i < references->count; i++) {
        if (!text_equal(references->items[i]->id, id))
            continue;
        *cite = (struct csl_cite){
            .reference = i,
            .prefix = cite_string(arena, item, "prefix"),
            .suffix = cite_string(arena, item, "suffix"),
            .locator = cite_string(arena, item, "locator"),
            .label = cite_string(arena, item, "label"),
            .author_suppressed = is_true_member(item, "suppress-author"),
            .author_only = is_true_member(item, "author-only"),
            .near_note = is_true_member(item, "near-note"),
        };
        const cJSON *position = cJSON_GetObjectItemCaseSensitive(item, "position");
        cite->position = cJSON_IsNumber(position) ? (unsigned)position->valueint : 0;
        return true;
    }
    return false;
}

/* A list of cites; what cites nothing that is there is left out. Lives in the arena. */
static inline struct csl_citation
citation_read(struct arena *arena, const struct reference_list *references, const cJSON *items)
{
    struct csl_cite *cites =
        ARENA_NEW_ARRAY(arena, (size_t)cJSON_GetArraySize(items), struct csl_cite);
    struct csl_citation citation = {.cites = cites};
    const cJSON *item;
    cJSON_ArrayForEach(item, items)
    {
        if (read_cite(arena, references, item, &cites[citation.cite_count]))
            citation.cite_count++;
    }
    return citation;
}

#endif
