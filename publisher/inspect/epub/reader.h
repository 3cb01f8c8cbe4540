/* An EPUB on its way into an inspection: what the passes share. */
#ifndef LECTERN_INSPECT_EPUB_READER_H
#define LECTERN_INSPECT_EPUB_READER_H

#include "inspect/epub/archive.h"

/* libxml2's */
struct _xmlDoc;
struct _xmlNode;

/* A file that the manifest names (EPUB 3.3, 5.6.2). */
struct epub_item {
    text id, path, media, properties, fallback, overlay;
    text url;          /* as written: the path of what lies on the web is empty */
    uint32_t page;     /* its place in the spine, from 1; 0: none */
    uint32_t line;     /* in the package document */
    bool is_aside;     /* the spine leaves it out of the reading order (linear="no") */
    bool is_led_to;    /* by a link, the navigation or an element that shows it */
    bool is_narration; /* that was read */
};

/* A file that an element shows or plays. */
struct epub_use {
    enum {
        EPUB_PICTURE,
        EPUB_MEDIUM, /* sound, film, a track */
        EPUB_PART,   /* in a frame */
        EPUB_FILM,   /* the element itself, which tracks belong to */
    } kind;
    uint32_t page, node, line;
    text path;
    bool is_captioned; /* of a film */
};

/* A place that links may lead to. */
struct epub_anchor {
    uint32_t page, node, line;
    text id;
    bool is_break;  /* a page break, */
    bool is_listed; /* that the page list names */
};

struct epub_link {
    uint32_t page, node, line;
    text path, fragment;
    bool is_judged; /* a fault, where nothing is there; else it only leads to what is */
};

/* Names that elements have from others (aria-labelledby, aria-describedby), and form controls that
   need one. */
struct epub_reference {
    uint32_t page, node, line;
    text ids; /* with spaces between them; of a control: its own */
    enum { EPUB_LABELLED, EPUB_DESCRIBED, EPUB_CONTROL } kind;
};

struct epub_reader {
    struct inspection *inspection;
    struct epub_archive archive;
    text package; /* its path */
    bool is_old;  /* EPUB 2 */
    struct epub_item *items;
    size_t item_count, item_capacity;
    text navigation, ncx;        /* paths; empty: none */
    struct epub_anchor *anchors; /* in reading order */
    size_t anchor_count, anchor_capacity;
    struct epub_link *links;
    size_t link_count, link_capacity;
    size_t breaks; /* page breaks among the anchors */
    struct epub_use *uses;
    size_t use_count, use_capacity;
    struct epub_item **by_id; /* the items, sorted by their ids */
    uint32_t *spine;          /* of each itemref in order: its page; 0: none */
    size_t spine_count, spine_capacity;
    struct epub_reference *references;
    size_t reference_count, reference_capacity;
    text *labels; /* of controls: page, space, id; sorted */
    size_t label_count, label_capacity;
};

/* A finding in a file that is no page: its name stands before the message. */
#define EPUB_FAULT(reader, condition, file, node, format, ...)                                     \
    inspection_find((reader)->inspection, CONDITION_EPUB_##condition, 0, epub_line(node), 0,       \
                    "%.*s: " format, TEXT_ARGUMENTS(file), __VA_ARGS__)

/* A small XML file as a tree, without a network, entities of its own refused; NULL, with a finding,
   where it cannot be read. Freed with xmlFreeDoc. */
struct _xmlDoc *epub_read_xml(struct epub_reader *reader, text path);
/* The line of a node of it, 0 for NULL. */
uint32_t epub_line(const struct _xmlNode *node);
/* An attribute in the arena, white space at its ends gone; of the name in any or no namespace. */
text epub_attribute(struct epub_reader *reader, const struct _xmlNode *node, const char *name);
/* The characters below a node in the arena, white space made one space. */
text epub_content(struct epub_reader *reader, const struct _xmlNode *node);
/* Whether it is an element of that name, whatever its namespace; NULL is none. */
bool epub_is(const struct _xmlNode *node, const char *name);
/* The next node behind it in the order of the document below top, or NULL. */
struct _xmlNode *epub_next(struct _xmlNode *node, const struct _xmlNode *top);
/* Whether the words, with spaces between them, have the one; letters of ASCII are folded. */
bool epub_has_word(text words, const char *word);

/* Container, package: package.c; false: there is nothing to read on. */
MUST_CHECK bool epub_read_package(struct epub_reader *reader);
/* The item of the package with that path; NULL: there is none, or the path is empty. */
const struct epub_item *epub_find_item(const struct epub_reader *reader, text path);
/* The same by its id. */
struct epub_item *epub_find_id(const struct epub_reader *reader, text id);
/* What is known of one of the items of a file is known of all: they are found by their path. */
void epub_share_items(struct epub_reader *reader);
/* A document that shows what every reader can: XHTML or SVG (EPUB 3.3, 3.3). */
bool epub_is_document(const struct epub_item *item);
/* Notes that something leads to the file of that path. */
void epub_lead_to(struct epub_reader *reader, text path);
/* Whether the place is one of a fragment identifier of EPUB's (EPUB CFI 1.1) in the package
   document, and the page of the spine that it lies in; 0: there is none. */
bool epub_is_cfi(struct epub_reader *reader, text path, text fragment, uint32_t *page);
/* Fallbacks of the manifest, once it is read: resources.c */
void epub_check_fallbacks(struct epub_reader *reader);
/* What documents show, and what leads to them, once all links are known: resources.c */
void epub_check_resources(struct epub_reader *reader);
/* Media overlays (EPUB 3.3, 9), once the anchors are sorted: resources.c */
void epub_check_overlays(struct epub_reader *reader);
/* What the package says of its accessibility: metadata.c */
void epub_read_metadata(struct epub_reader *reader, struct _xmlNode *metadata);
/* A document of the spine, of XHTML or SVG: content.c */
void epub_read_document(struct epub_reader *reader, uint32_t page, text path);
/* Names taken from other elements, then what elements show together, once all is read and the
   anchors are sorted: rules.c */
void epub_check_elements(struct epub_reader *reader);
/* Table of contents, page list; where links lead: navigation.c */
void epub_read_navigation(struct epub_reader *reader);
/* After all documents: links that lead nowhere are found fault with. */
void epub_check_links(struct epub_reader *reader);
/* The place of that name in a document; NULL: there is none. */
struct epub_anchor *epub_find_anchor(struct epub_reader *reader, uint32_t page, text id);
/* Sorts the anchors so that they are found. */
void epub_sort_anchors(struct epub_reader *reader);

#endif
