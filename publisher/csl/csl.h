/* CSL: the Citation Style Language 1.0.2 (citationstyles.org, specification). A style, locales,
   references and the citations of a document in their order go in; for each citation and for each
   entry of the sorted bibliography marked-up text comes out. Knows nothing of documents.

     style.h       the style as a tree: element.c; style_read.c reads a whole one
     locale.h      terms, date formats, options; locale.c reads and chains them
     output.h      a tree of formatted text; join.c joins it (punctuation, quotes, flip-flop)
     context.h     what an element asks for while it is rendered: variables, terms, its dress
     render.h      the elements of a style; render.c, names.c, name.c, dates.c, numbers.c
     process.h     a run: cite.c, sort.c, disambiguate.c, collapse.c, bibliography.c; cites.c leads

   A file calls those that stand before it in publisher/layers.txt, and none behind it. render.c and
   names.c alone need each other: names may have any element in their place (cs:substitute). */
#ifndef LECTERN_CSL_CSL_H
#define LECTERN_CSL_CSL_H

#include "base/report.h"
#include "document/reference.h"

/* What the text says goes through these in turn. Markup is properly nested. */
enum csl_token_kind {
    CSL_TEXT,
    CSL_OPEN,  /* a look begins, ... */
    CSL_CLOSE, /* ... ends */
};

enum csl_look {
    CSL_LOOK_NONE,
    CSL_ITALIC,
    CSL_OBLIQUE,
    CSL_UPRIGHT, /* within italics */
    CSL_BOLD,
    CSL_LIGHT,
    CSL_MEDIUM, /* within bold */
    CSL_SMALL_CAPITALS,
    CSL_PLAIN_CAPITALS, /* within small capitals */
    CSL_UNDERLINED,
    CSL_NOT_UNDERLINED,
    CSL_SUPERSCRIPT,
    CSL_SUBSCRIPT,
    CSL_ON_BASELINE,
    CSL_DISPLAY_BLOCK, /* parts of an entry that are set apart (CSL 1.0.2, display) */
    CSL_DISPLAY_LEFT_MARGIN,
    CSL_DISPLAY_RIGHT_INLINE,
    CSL_DISPLAY_INDENT,
    CSL_CITE,     /* what one item of a citation says; `item` is its place in the citation */
    CSL_LINK,     /* `text` is the address */
    CSL_LANGUAGE, /* `text` is the tag: a title in the language of its reference */
    CSL_LOOK_COUNT,
};

struct csl_token {
    enum csl_token_kind kind;
    enum csl_look look; /* of CSL_OPEN and CSL_CLOSE */
    size_t item;
    text text;
};

struct csl_tokens {
    struct csl_token *tokens;
    size_t count, capacity;
};

/* One cited item. */
struct csl_cite {
    size_t reference;                    /* in csl_input.references */
    text prefix, suffix, locator, label; /* label: CSL's name of a locator; empty: page */
    bool author_suppressed, author_only, near_note;
    unsigned position; /* where csl_input.has_positions: 0 first, 1 subsequent, 2 ibid, 3 ibid with
                          a locator */
};

struct csl_citation {
    const struct csl_cite *cites;
    size_t cite_count;
    unsigned note; /* the number of the note that it stands in; 0: in the text */
};

/* Gives the bytes of a locale file (locales-TAG.xml) for a tag such as de-DE; empty: there is none.
   They must stay until the run is over. */
typedef text (*csl_locale_loader)(void *object, text tag);

struct csl_style;

struct csl_input {
    struct report *report; /* whose budget it takes from; NULL: none */
    const struct csl_style *style;
    text language; /* BCP 47; empty: the style's default locale, else en-US */
    const struct reference *const *references; /* in the order of their numbers, if nothing sorts */
    size_t reference_count;
    const struct csl_citation *citations;
    size_t citation_count;
    bool has_positions; /* positions are given, not worked out */
    csl_locale_loader load_locale;
    void *locales; /* the loader's */
};

struct csl_entry {
    size_t reference;
    unsigned number; /* citation-number */
    struct csl_tokens tokens;
};

struct csl_output {
    struct csl_tokens *citations; /* one for each */
    struct csl_entry *entries;    /* one for each reference, sorted */
    size_t entry_count;
    bool cut;      /* the citations from cut_at on are empty: all before came to the limits */
    size_t cut_at; /* the place of a citation */
};

/* Compiles a style. NULL after an error, which is reported (`style-syntax`, `style-macro`): no XML,
   no style, a macro that is not there or that calls itself. A dependent style gives a style that
   has nothing but csl_style_parent. file: the source that report_add_source gave for the bytes.
   Everything is in the arena. */
const struct csl_style *csl_style_read(struct arena *arena, struct report *report, uint32_t file,
                                       text bytes);
/* The address of the style that a dependent style names; empty: it stands for itself. */
text csl_style_parent(const struct csl_style *style);
/* Whether the style has cs:bibliography: one that only has notes lists nothing. */
bool csl_style_has_bibliography(const struct csl_style *style);
/* True where citations stand in notes, and not in the text. */
bool csl_style_uses_notes(const struct csl_style *style);

/* Formats everything. Output is in the arena. */
void csl_process(struct arena *arena, const struct csl_input *input, struct csl_output *output);

#endif
