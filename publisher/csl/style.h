/* Style: a CSL style as a tree. Private to csl/. */
#ifndef LECTERN_CSL_STYLE_H
#define LECTERN_CSL_STYLE_H

#include "base/arena.h"

#include <stdbool.h>

enum element_kind {
    ELEMENT_UNKNOWN,
    ELEMENT_TEXT,
    ELEMENT_NUMBER,
    ELEMENT_LABEL,
    ELEMENT_DATE,
    ELEMENT_DATE_PART,
    ELEMENT_NAMES,
    ELEMENT_NAME,
    ELEMENT_NAME_PART,
    ELEMENT_ET_AL,
    ELEMENT_INSTITUTION,
    ELEMENT_SUBSTITUTE,
    ELEMENT_GROUP,
    ELEMENT_CHOOSE,
    ELEMENT_IF,
    ELEMENT_ELSE_IF,
    ELEMENT_ELSE,
    ELEMENT_LAYOUT,
    ELEMENT_SORT,
    ELEMENT_KEY,
    ELEMENT_MACRO,
    ELEMENT_CITATION,
    ELEMENT_BIBLIOGRAPHY,
    ELEMENT_LOCALE,
    ELEMENT_STYLE,
};

enum csl_attribute {
#define ATTRIBUTE(symbol, name) ATTRIBUTE_##symbol,
#include "csl/attributes.def"
#undef ATTRIBUTE
    ATTRIBUTE_COUNT,
};

/* Looks of an element; 0: says nothing. */
struct format {
    uint8_t style, variant, weight, decoration, vertical; /* enum csl_look */
    uint8_t display;
};

struct attribute_value {
    struct attribute_value *next;
    enum csl_attribute attribute;
    text value;
};

struct element {
    enum element_kind kind;
    struct element *parent, *next, *first;
    struct attribute_value *attributes;
    struct format format;
    bool has_format, has_quotes, strips_periods;
    text prefix, suffix, delimiter;
    text *variables; /* of variable="..."; NULL: none */
    size_t variable_count;
    const struct element *macro; /* what macro="..." names */
};

struct csl_style {
    text parent; /* of a dependent style */
    text default_locale;
    const struct element *root; /* cs:style: holds what is inherited */
    const struct element *citation, *bibliography;
    const struct element *citation_layout, *bibliography_layout;
    const struct element *citation_sort, *bibliography_sort;
    struct locale_part *locales; /* those of the style itself, first in the file first */
    bool uses_notes;
};

struct _xmlNode; /* libxml2's */

/* element.c: an element with all below it but the locales, in the arena. *too_deep: where the
   elements nest too deeply, and the rest is left out; else it is left alone. */
struct element *element_read(struct arena *arena, const struct _xmlNode *top,
                             const struct _xmlNode **too_deep);
/* The attribute's value, which may be empty; NULL: the element does not have it. */
const text *element_find(const struct element *element, enum csl_attribute attribute);
/* The attribute's value, or empty. */
text element_attribute(const struct element *element, enum csl_attribute attribute);
/* Whether the attribute is there and has that value. */
bool element_is(const struct element *element, enum csl_attribute attribute, const char *value);
/* The first child of that kind, or NULL. */
const struct element *element_child(const struct element *element, enum element_kind kind);

#endif
