/* Library: what the readers of one file of references share. Private to references/. */
#ifndef LECTERN_REFERENCES_LIBRARY_H
#define LECTERN_REFERENCES_LIBRARY_H

#include "references/references.h"

struct library {
    struct arena *arena;
    struct report *report;
    uint32_t file;
    text bytes;
    struct reference_list *list;
    struct id_map *ids;
    size_t repeated; /* bytes that entries took from an @string or another entry */
    /* lines are counted once, going forward */
    size_t counted, line_start;
    uint32_t line;
};

/* A value of CSL-JSON or CSL-YAML. */
enum item_kind { ITEM_NULL, ITEM_WORDS, ITEM_NUMBER, ITEM_LIST, ITEM_MAP };

struct item {
    enum item_kind kind;
    struct item *next, *first, *last;
    text key;   /* in a map */
    text words; /* ITEM_WORDS, ITEM_NUMBER as written ("true" and "false" too) */
    struct span span;
};

#define REFERENCE_FIELDS_MESSAGE "the reference has more than 1000 fields"

enum { ITEM_DEPTH = 8 }; /* values deeper than this are left out: no field has such */

/* The span of bytes from..to; fast where it is asked for in the file's order. */
struct span library_span(struct library *library, size_t from, size_t to);
/* A copy without control characters and without white space at the ends. */
text library_clean(const struct library *library, text words);
/* The same for the value of a key: a note keeps its lines, each of which may be a field. */
text library_clean_of(const struct library *library, text key, text words);
/* entities.c. The entity of HTML with which the text begins ("&amp;", "&beta;", "&#8211;"): its
   length, and its character. 0: there is none, or it is no character of a text. */
size_t library_entity(text rest, uint32_t *character);
/* The words without the entities that databases leave in what they hand out: "Hands &amp; soap".
   is_markup: "&lt;i>" is markup too; else it stays, for who wrote it by hand means no markup. In
   the arena, or the words themselves. */
text library_without_entities(const struct library *library, text words, bool is_markup);
/* The words written so that this reads them again as they are: "AT&amp;amp;T" of "AT&amp;T". In the
   arena, or the words themselves. */
text library_with_entities(struct arena *arena, text words);
/* Adds the reference unless its id is taken, which is reported. One that has an id_stem, and no id,
   gets its id at the end of the file. */
bool library_add(struct library *library, struct reference *reference);
/* Reports reference-syntax at the span. */
void library_report_syntax(struct library *library, struct span span, const char *hint,
                           const char *message);

/* An empty item in the arena. */
struct item *item_new(struct library *library, enum item_kind kind, struct span span);
/* Makes the child the last of the parent's. */
void item_append(struct item *parent, struct item *child);
/* item.c: the references that a list of maps holds, and one of them. */
void items_read(struct library *library, const struct item *items);
/* One reference from its map; what cannot be is reported. */
void item_read(struct library *library, const struct item *item);

/* The formats. */
void json_read(struct library *library);
/* CSL-YAML, as pandoc writes it. */
void yaml_references_read(struct library *library);
/* BibTeX and BibLaTeX. */
void bibtex_read(struct library *library);
/* RIS. */
void ris_read(struct library *library);
/* PubMed's. */
void nbib_read(struct library *library);
/* EndNote's XML and MODS. */
void xml_references_read(struct library *library);

/* Building a reference, for the formats that are not CSL's own. Empty values are left out. */
struct reference_field *reference_add(struct arena *arena, struct reference *reference,
                                      const char *key, enum reference_field_kind kind,
                                      struct span span);
/* The same with these words for its value. */
void reference_add_text(struct arena *arena, struct reference *reference, const char *key,
                        text value, struct span span);
/* A name more in the field, which is made where there is none yet. */
struct reference_name *reference_add_name(struct arena *arena, struct reference *reference,
                                          const char *key, struct span span);
/* "Family, Given, Jr" into the name; without a comma it is one whole. */
void reference_read_name(text written, struct reference_name *name);
/* The field, to change it; NULL: the reference has none. */
struct reference_field *reference_change(struct reference *reference, const char *key);

/* Words for a field that may have several, which the separator parts. Collected as they come, and
   joined once. */
struct words_list {
    text *words;
    size_t count, capacity;
};
/* Adds words at the end. */
void words_list_add(struct arena *arena, struct words_list *list, text words);
/* The words with the separator between them, in the arena. */
text words_list_join(struct arena *arena, const struct words_list *list, const char *separator);

enum { MOST_GATHERED = 4 }; /* fields of one format of which several lines give the words */

/* Fields of words from lines that stand apart. Begins as {0} for each reference. */
struct gathering {
    struct gathered_field {
        const char *csl, *separator;
        struct span span; /* of the first line */
        struct words_list list;
    } fields[MOST_GATHERED];
    size_t count;
};
/* Adds the words to those of field->csl, which begins with them where it has none yet. */
void gathering_add(struct arena *arena, struct gathering *gathering,
                   const struct gathered_field *field, text words);
/* Adds the fields to the reference, in the order in which they began. */
void gathering_end(struct arena *arena, const struct gathering *gathering,
                   struct reference *reference);
/* Among what no field is for. */
void reference_leave(struct arena *arena, struct reference *reference, text key, text value,
                     struct span span);
/* The language of the reference: a tag, a code of three letters or an English name; what is none is
   left out. */
void reference_set_language(struct arena *arena, struct reference *reference, text tag);
/* Of the field "language", which then holds the tag where there is one. */
void reference_take_language(struct arena *arena, struct reference *reference);
/* dates.c. EDTF (ISO 8601-2), levels 0 and 1: "2016", "2016-05-31", ranges "2016/2018" and open
   ones, seasons 21 to 24, "~", "?" and "%" at the end for about, digits that are not known ("199X",
   which is a range), "-0348" (349 before Christ: EDTF has a year 0), "Y17000". Anything else stays
   words, but for years as people write them: "c. 1800", "[1800]", "1999--2000"; and "20160531". */
void date_read(struct arena *arena, text written, struct reference_date *date);
/* The same where no rule says that it is EDTF: "2021-22" is two years and no summer. is_year: the
   field holds no months, "2008-09" is two years too. */
void date_read_written(struct arena *arena, text written, bool is_year,
                       struct reference_date *date);
/* "2019/03/15", "2019/Mar/15/", "2019///Spring": four digits first. False where it is anything
   else; the date is then as it was. other: words behind the third stroke that are not in the date.
   */
MUST_CHECK bool date_read_strokes(struct arena *arena, text written, struct reference_date *date,
                                  text *other);
/* "2020 Mar 15", "2019 Nov-Dec", "2016--", "1998 Dec-1999 Jan", "Spring 2000", "15 March 2020":
   English names of months and seasons. False where it is anything else; the date is then as it was.
 */
MUST_CHECK bool date_read_words(text written, struct reference_date *date);

#endif
