/* Allowances: <!-- lectern-allow: RULE why --> before a block lets that block break the rule. The
   reason is for those who read the source later, so there must be one. */
#include "read/build.h"

#include <cmark-gfm/node.h>

static text comment_words(const cmark_node *node)
{
    text html =
        text_trim((text){(const char *)node->as.literal.data, (size_t)node->as.literal.len});
    if (!text_starts_with(html, TEXT("<!--")) || !text_ends_with(html, TEXT("-->")) ||
        html.length < 7)
        return TEXT_EMPTY;
    return text_trim(text_slice(html, 4, html.length - 3));
}

/* The block that the comment stands before; further comments may stand between. */
static const cmark_node *next_block(const cmark_node *node)
{
    const cmark_node *next = node->next;
    while (next && next->type == CMARK_NODE_HTML_BLOCK && comment_words(next).length)
        next = next->next;
    return next;
}

void build_allowance(struct builder *builder, const cmark_node *node, struct span span)
{
    static const char mark[] = "lectern-allow:";
    struct report *report = builder->reader->report;
    text words = comment_words(node);
    if (!text_starts_with(words, text_from_c(mark)))
        return;
    words = text_trim(text_slice(words, sizeof mark - 1, words.length));
    size_t end = 0;
    while (end < words.length && words.bytes[end] != ' ' && words.bytes[end] != '\n')
        end++;
    text id = text_slice(words, 0, end), reason = text_trim(text_slice(words, end, words.length));
    const struct rule_facts *rule = rule_find(id);
    const cmark_node *next = next_block(node);
    if (!rule) {
        report_error(report, "rule-unknown", span, NULL, "there is no rule %.*s",
                     TEXT_ARGUMENTS(id));
    } else if (reason.length == 0) {
        report_error(report, "allowance-without-reason", span, NULL,
                     "%s is allowed here without a reason", rule->id);
    } else if (!next) {
        report_error(report, "allowance-without-block", span, NULL,
                     "nothing follows that could be allowed anything");
    } else {
        struct span block = places_of_block(builder->reader, next);
        if (!report_allow(report, rule, span, block.line,
                          block.end_line < block.line ? block.line : block.end_line))
            report_error(report, "rule-level", span,
                         "mend the fault: a reader could not do with such an article",
                         "the rule %s is an error always", rule->id);
    }
}
