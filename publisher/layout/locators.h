/* Locators: the numbers of pages in an index. */
#ifndef LECTERN_LAYOUT_LOCATORS_H
#define LECTERN_LAYOUT_LOCATORS_H

#include "layout/builder.h"

/* What each place of an index shows by the pages as they are: *words, by the ordinals of the
   places, in the arena; empty where another place of the entry shows the same page. True: that is
   what *words were before (NULL: they were not known), so that the pages are right as they are. */
bool locators_settle(const struct document *document, const struct pages *pages,
                     struct arena *arena, const text **words);

#endif
