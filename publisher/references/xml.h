/* XML: files of references as elements with places. Private to references/. */
#ifndef LECTERN_REFERENCES_XML_H
#define LECTERN_REFERENCES_XML_H

#include "references/library.h"

struct xml_attribute {
    struct xml_attribute *next;
    text name, value; /* those with a prefix are other vocabularies', and left out */
};

struct xml_element {
    struct xml_element *parent, *next, *first, *last;
    text name;  /* without its prefix; empty: characters */
    text words; /* of characters */
    struct xml_attribute *attributes;
    struct span span;
    bool is_read; /* a reader has taken what it says */
};

/* The attribute's value, or an empty text. */
text xml_attribute_of(const struct xml_element *element, const char *name);
/* The first child of the name after the one given (NULL: of all), or NULL. */
struct xml_element *xml_child_of(const struct xml_element *element, const char *name,
                                 const struct xml_element *after);
/* "titles/title": the first of the first; NULL: none. */
struct xml_element *xml_find(struct xml_element *element, const char *path);
/* All characters below the element, which is then read, as are all below it; white space is one
   space. Clean. NULL: empty. */
text xml_words(struct library *library, struct xml_element *element);
/* The same, with EndNote's styles as CSL's marks. */
text xml_rich(struct library *library, struct xml_element *element);
/* The element and all below it: its words were of no use. */
void xml_unread(struct xml_element *element);
/* What nothing has read goes among what is left of the reference. */
void xml_leave_rest(struct library *library, struct reference *reference,
                    struct xml_element *element);

/* endnote.c: a record, which becomes a reference of the library. */
void endnote_read(struct library *library, struct xml_element *record);
/* mods.c: the same. */
void mods_read(struct library *library, struct xml_element *record);

#endif
