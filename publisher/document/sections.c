#include "document/sections.h"

bool heading_begins(const struct node *heading, enum section_kind section)
{
    static const enum book_division divisions[] = {[SECTION_TEXT] = DIVISION_NONE,
                                                   [SECTION_GLOSSARY] = DIVISION_GLOSSARY,
                                                   [SECTION_INDEX] = DIVISION_INDEX,
                                                   [SECTION_ABBREVIATIONS] = DIVISION_NONE};
    if (heading->kind != NODE_HEADING)
        return false;
    return heading->heading.section == section ||
           (divisions[section] && heading->heading.division == divisions[section]);
}

const struct node *heading_over(struct node *const *headings, size_t count, const struct node *node)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (headings[middle]->index <= node->index)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? headings[low - 1] : NULL;
}

bool index_holds(const struct node *node)
{
    const struct node *group = node->kind == NODE_HEADING && node->generated ? node->next : node;
    return group && group->kind == NODE_DIV && group->div.is_index;
}
