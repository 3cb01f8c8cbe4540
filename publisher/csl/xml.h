/* XML: what reading styles and locales share. Private to csl/. */
#ifndef LECTERN_CSL_XML_H
#define LECTERN_CSL_XML_H

#include "base/arena.h"

/* libxml2's */
struct _xmlDoc;
struct _xmlNode;

/* Without entities of its own, without a network. NULL: not well-formed. The caller frees it. */
struct _xmlDoc *xml_read(text bytes);
/* In the arena; empty where there is none. */
text xml_attribute(struct arena *arena, const struct _xmlNode *node, const char *name);
/* Whether the attribute is there, be it empty. */
bool xml_has_attribute(const struct _xmlNode *node, const char *name);
/* The characters below a node, joined. */
text xml_content(struct arena *arena, const struct _xmlNode *node);
/* The first child element of that name, or NULL. */
const struct _xmlNode *xml_child(const struct _xmlNode *node, const char *name);

#endif
