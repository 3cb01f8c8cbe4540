/* What the rooms that look at a drawing's elements share. */
#ifndef LECTERN_READ_SVG_H
#define LECTERN_READ_SVG_H

#include "base/arena.h"

struct _xmlNode; /* libxml2's */

/* The value of a property that the element itself has, as an attribute or in its style, in the
   arena; empty: not set. */
text svg_property(struct arena *arena, struct _xmlNode *element, const char *name);
/* Whether the node is an element of that name. */
bool svg_is_named(const struct _xmlNode *node, const char *name);
/* The next in document order; NULL: the last. */
struct _xmlNode *svg_next(struct _xmlNode *node);
/* Whether characters other than spaces stand in the element itself. */
bool svg_has_words(const struct _xmlNode *node);
/* svg_sizes.c: how high the smallest words are in points, where the drawing is as large as it says;
   0: it has none, or that cannot be told. units: points of one unit of the outermost element. */
double svg_smallest_words(struct arena *arena, struct _xmlNode *root, double units);
/* svg_ids.c: names of parts that an EPUB refuses are made anew, and what leads to them with them.
 */
void svg_mend_ids(struct arena *arena, struct _xmlNode *root);
/* svg_schemes.c: colours for light and dark screens become those for light ones. */
void svg_take_light(struct arena *arena, struct _xmlNode *root);
/* svg_budget.c: why the drawing is refused before it is drawn, in the arena; NULL: it is not.
   weight: the number of elements that it draws, each as often as it is used. */
const char *svg_over_budget(struct arena *arena, struct _xmlNode *root, size_t *weight);

#endif
