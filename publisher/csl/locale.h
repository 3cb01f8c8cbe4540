/* Locale: terms, date formats and options, from the style, the language's file and en-US, in this
   order (CSL 1.0.2, "Locale Fallback"). Private to csl/. */
#ifndef LECTERN_CSL_LOCALE_H
#define LECTERN_CSL_LOCALE_H

#include "csl/csl.h"
#include "csl/style.h"

struct _xmlNode; /* libxml2's */

enum term_form {
    TERM_LONG,
    TERM_SHORT,
    TERM_VERB,
    TERM_VERB_SHORT,
    TERM_SYMBOL,
};

enum gender { GENDER_NEUTER, GENDER_MASCULINE, GENDER_FEMININE };

struct term {
    struct term *next, *next_in_bucket;
    text name;
    enum term_form form;
    enum gender gender;      /* of what the term stands for */
    enum gender gender_form; /* of an ordinal or a month: for which gender */
    text single, multiple;
    bool is_foreign; /* of English, where the language has no such term */
    size_t part;     /* of the locale that it is joined from */
    uint8_t
        match; /* of an ordinal: 0 by default, 1 last-digit, 2 last-two-digits, 3 whole-number */
};

/* cs:locale, or a locale file. */
struct locale_part {
    struct locale_part *next;
    text language; /* empty: of any */
    struct term *terms, *last_term;
    const struct element *dates[2];                  /* text, numeric */
    int8_t punctuation_in_quote, limit_day_ordinals; /* -1: says nothing */
    bool has_ordinals;
};

enum { LOCALE_PARTS = 16, LOCALE_BUCKETS = 1024 };

struct locale {
    struct arena *arena;
    const struct locale_part *parts[LOCALE_PARTS]; /* the first to say a thing is right */
    size_t part_count, own_part_count;             /* behind those of the language: English */
    const struct locale_part *ordinals;            /* the part whose ordinals hold */
    struct term *buckets[LOCALE_BUCKETS];
    text language; /* "de-AT" */
    text open_quote, close_quote, open_inner, close_inner;
    bool punctuation_in_quote, limit_day_ordinals;
};

/* Appends a cs:locale, of a style or of a locale's file, to the list; the words are copied into the
 * arena. */
void locale_add_part(struct arena *arena, struct locale_part **list, const struct _xmlNode *node);
/* Puts together what holds for a language: the parts of the style, of the language's file and of
 * en-US, in this order. `load` reads locale files, each once. */
void locale_open(struct locale *locale, struct arena *arena, const struct csl_style *style,
                 text language, csl_locale_loader load, void *object);
/* The term, or where it has no such form the next one that CSL names; NULL: there is none. */
const struct term *locale_term(const struct locale *locale, text name, enum term_form form,
                               enum gender gender_form);
/* Empty where there is none. */
text locale_word(const struct locale *locale, const char *name, enum term_form form, bool plural);
/* The form of that name ("short"); the long one for every other. */
enum term_form term_form_of(text form);
/* "th", for 4; its gender as asked for where the language has one. */
text locale_ordinal(const struct locale *locale, unsigned long number, enum gender gender);
/* The date format of the locale (cs:date), in numbers or in words; NULL: it has none. */
const struct element *locale_date(const struct locale *locale, bool numeric);

#endif
