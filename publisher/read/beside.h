/* What stands beside a node in its line: for what is put into a line or taken out of it. */
#ifndef LECTERN_READ_BESIDE_H
#define LECTERN_READ_BESIDE_H

#include "document/node.h"

/* Whether a link stands around the node, or it is one. */
bool is_in_link(const struct node *node);
/* A letter or a digit, of any script; no punctuation. */
bool is_of_word(uint32_t character);
/* Puts a space between an inline and the words, links and pictures that touch it, so that the words
   of neither become the other's; none before a comma or a stop, or behind an opening bracket. */
void keep_apart(struct arena *arena, struct node *node);
/* Takes an inline out of its line, and one of the spaces around it where they are two, or where
   they would stand before punctuation or at an end of the line. */
void take_out_of_line(struct node *node);

#endif
