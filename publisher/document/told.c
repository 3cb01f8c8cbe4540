#include "document/told.h"

#include "base/buffer.h"
#include "document/words.h"

#include <string.h>

/* Figures and the signs of sums only: letters that Unicode has raised belong to phonetics, and few
   voices read them. */
static const struct {
    char plain;
    const char *raised, *lowered;
} signs[] = {
    {'0', "\u2070", "\u2080"}, {'1', "\u00B9", "\u2081"}, {'2', "\u00B2", "\u2082"},
    {'3', "\u00B3", "\u2083"}, {'4', "\u2074", "\u2084"}, {'5', "\u2075", "\u2085"},
    {'6', "\u2076", "\u2086"}, {'7', "\u2077", "\u2087"}, {'8', "\u2078", "\u2088"},
    {'9', "\u2079", "\u2089"}, {'+', "\u207A", "\u208A"}, {'-', "\u207B", "\u208B"},
    {'=', "\u207C", "\u208C"}, {'(', "\u207D", "\u208D"}, {')', "\u207E", "\u208E"},
};

char told_plain_sign(uint32_t sign, bool *is_raised)
{
    char bytes[5] = {0};
    text_encode(sign, bytes);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        *is_raised = strcmp(bytes, signs[i].raised) == 0;
        if (*is_raised || strcmp(bytes, signs[i].lowered) == 0)
            return signs[i].plain;
    }
    return '\0';
}

static bool is_script(const struct node *node)
{
    return node->kind == NODE_SUPERSCRIPT || node->kind == NODE_SUBSCRIPT;
}

/* The sign of the character at the offset, which moves behind it; NULL: there is none. */
static const char *next_sign(text words, size_t *offset, bool raised)
{
    uint32_t c = text_next(words, offset);
    c = c == 0x2212 ? '-' : c; /* the minus sign */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (c == (uint32_t)signs[i].plain)
            return raised ? signs[i].raised : signs[i].lowered;
    }
    return NULL;
}

/* Whether Unicode has signs for all that it holds, which then is one text. */
static bool has_signs(const struct node *node)
{
    const struct node *only = node->first_child;
    if (!only || only->next || only->kind != NODE_TEXT || only->text.length == 0 ||
        is_script(node->parent))
        return false;
    for (size_t offset = 0; offset < only->text.length;) {
        if (!next_sign(only->text, &offset, node->kind == NODE_SUPERSCRIPT))
            return false;
    }
    return true;
}

static bool begin_script(const struct node *node, struct buffer *out)
{
    bool is_raised = node->kind == NODE_SUPERSCRIPT;
    if (!has_signs(node)) {
        buffer_add_c(out, is_raised ? "^(" : "_(");
        return false;
    }
    for (size_t offset = 0; offset < node->first_child->text.length;)
        buffer_add_c(out, next_sign(node->first_child->text, &offset, is_raised));
    return true;
}

/* The word before what is in brackets; false: for this kind there is none. */
static bool find_word(const struct node *node, enum word *word)
{
    static const struct {
        enum node_kind kind;
        enum word word;
    } words[] = {
        {NODE_STRIKETHROUGH, WORD_DELETED},
        {NODE_INSERTION, WORD_INSERTED},
        {NODE_HIGHLIGHT, WORD_HIGHLIGHTED},
        {NODE_UNDERLINE, WORD_UNDERLINED},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *word = words[i].word;
        if (words[i].kind == node->kind)
            return true;
    }
    return false;
}

bool told_begin(const struct node *node, struct buffer *out)
{
    enum word word;
    if (is_script(node))
        return begin_script(node, out);
    if (!find_word(node, &word))
        return false;
    const struct node *top = node;
    while (top->parent)
        top = top->parent;
    buffer_add_byte(out, '(');
    buffer_add_text(out, word_in(top->language, word, NULL));
    buffer_add_text(out, word_in(top->language, WORD_COLON, NULL));
    return false;
}

void told_end(const struct node *node, struct buffer *out)
{
    enum word word;
    if (is_script(node) ? !has_signs(node) : find_word(node, &word))
        buffer_add_byte(out, ')');
}
