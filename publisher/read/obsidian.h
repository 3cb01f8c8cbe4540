/* Obsidian's notations within a line: embedded pictures, comments. */
#ifndef LECTERN_READ_OBSIDIAN_H
#define LECTERN_READ_OBSIDIAN_H

#include "read/build.h"

/* Whether the brackets at the offset of a line embed a picture: `![[map.png|300]]`. */
bool obsidian_embeds(text line, size_t brackets);
/* The picture that a mark MARK_EMBED_PICTURE stands for, as a node in builder->into. */
void obsidian_enter_picture(struct builder *builder, const struct mark *mark, struct span span);
/* Gives the block, or the one before it, the name that a mark MARK_BLOCK_NAME stands for. */
void obsidian_enter_name(struct builder *builder, const struct mark *mark);
/* In an embedding whose first bracket stands at the offset: where the words begin and end that say
   what the picture shows. False: it has none. */
bool obsidian_find_words(text source, size_t bracket, size_t *from, size_t *to);
/* Whether the article has a link as Obsidian writes them: `#^name`, `[[name]]`. */
bool obsidian_has_links(struct reader *reader);
/* The length of a comment that begins at the offset and has its lines for itself, with the line end
   behind it; 0: none does. */
size_t obsidian_skip_comment(text content, size_t at);

#endif
