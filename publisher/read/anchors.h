/* Anchors: the names under which other tools know a heading. One id is written; a link may use any
   of them, so that links that work where a text comes from work here. */
#ifndef LECTERN_READ_ANCHORS_H
#define LECTERN_READ_ANCHORS_H

#include "document/document.h"

struct anchors;

/* Of all headings and titles of boxes below the root, in the arena; before numbers are put before
 * their words. */
struct anchors *anchors_collect(struct arena *arena, struct node *root);
/* The heading that GitHub would give the id; else the one that alone has its letters and digits,
   case, accents and signs aside, as GitLab, MkDocs, kramdown and VuePress may write them; or a box,
   by its title, which may have no id yet. NULL: none, or several. */
struct node *anchors_find(const struct anchors *anchors, text id);

#endif
