/* Runs: what a style gives back → nodes. */
#include "cite/citing.h"
#include "document/language.h"
#include "document/numerals.h"
#include "document/words.h"

struct node *cite_add_node(struct cite *cite, struct node *parent, enum node_kind kind)
{
    return node_add_generated(cite->arena, parent, kind);
}

void cite_add_characters(struct cite *cite, struct node *parent, text characters)
{
    if (characters.length == 0)
        return;
    struct node *last = parent->last_child;
    if (last && last->kind == NODE_TEXT && last->generated &&
        last->text.bytes + last->text.length == characters.bytes) {
        last->text.length += characters.length; /* two runs cut from one string */
        return;
    }
    cite_add_node(cite, parent, NODE_TEXT)->text = characters;
}

/* Wraps what follows in a node for each bit of the look; returns the innermost. */
static struct node *add_look(struct cite *cite, struct node *parent, unsigned look)
{
    static const struct {
        unsigned look;
        enum node_kind kind;
    } looks[] = {
        {LOOK_ITALIC, NODE_EMPHASIS},
        {LOOK_BOLD, NODE_STRONG},
        {LOOK_SMALL_CAPITALS, NODE_SMALL_CAPITALS},
        {LOOK_SUPERSCRIPT, NODE_SUPERSCRIPT},
        {LOOK_SUBSCRIPT, NODE_SUBSCRIPT},
    };
    _Static_assert(sizeof looks / sizeof *looks == LOOK_COUNT, "a row for every look");
    for (size_t i = 0; i < LOOK_COUNT; i++) {
        if (look & looks[i].look)
            parent = cite_add_node(cite, parent, looks[i].kind);
    }
    return parent;
}

static struct node *add_language(struct cite *cite, struct node *parent, text language)
{
    if (language.length == 0 || text_equal(language, node_language(parent)))
        return parent;
    struct node *span = cite_add_node(cite, parent, NODE_SPAN);
    span->language = language;
    if (language_direction(language) != node_direction(parent))
        span->direction = language_direction(language);
    return span;
}

text cite_number_text(struct cite *cite, size_t number)
{
    return numeral_in(cite->arena, cite->wording ? TEXT_EMPTY : cite->language, number);
}

static struct node *add_link(struct cite *cite, struct node *parent, const struct style_run *run)
{
    struct node *link = cite_add_node(cite, parent, NODE_LINK);
    link->link.url = run->url;
    link->link.name = run->name;
    if (run->reference != STYLE_NO_REFERENCE) {
        struct node *entry = cite->group->entries[run->reference];
        link->link.target = entry;
        if (!entry->entry.unnumbered) /* a name and a year say enough by themselves */
            link->link.name = word_filled(
                cite->arena, cite->language, WORD_REFERENCE_NUMBER,
                cite_number_text(cite, cite->group->numbers[run->reference]), TEXT_EMPTY);
    }
    return link;
}

static bool is_linked(const struct cite *cite, const struct style_run *run)
{
    return run->url.length ||
           (run->reference != STYLE_NO_REFERENCE && cite->group->entries[run->reference]);
}

static bool same_link(const struct style_run *a, const struct style_run *b)
{
    return a->reference == b->reference && text_equal(a->url, b->url) &&
           text_equal(a->language, b->language);
}

void cite_add_runs(struct cite *cite, struct node *top, const struct style_runs *runs)
{
    struct node *part = top, *link = NULL;
    const struct style_run *before = NULL;
    text language = TEXT_EMPTY;
    for (const struct style_run *run = runs->first; run; before = run, run = run->next) {
        if (!text_equal(run->language, language)) {
            part = add_language(cite, top, run->language);
            language = run->language;
        }
        bool goes_on = before && link && same_link(before, run);
        if (!goes_on)
            link = is_linked(cite, run) ? add_link(cite, part, run) : NULL;
        cite_add_characters(cite, add_look(cite, link ? link : part, run->look), run->characters);
    }
}
