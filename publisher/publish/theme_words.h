/* The words of a house theme, its head, its foot and what its logo says: units of each article that
   is set in it. */
#ifndef LECTERN_PUBLISH_THEME_WORDS_H
#define LECTERN_PUBLISH_THEME_WORDS_H

#include "publish/run.h"

/* Reads the theme that the options or the article name. False where it cannot be read, which is
   reported; house->top is NULL where none is named. */
MUST_CHECK bool theme_words_read_house(struct document *document,
                                       const struct publish_options *options,
                                       struct theme_file *house);
/* Adds the theme's words to the document's units, for a catalogue. False where the theme is at
   fault, which is reported: a catalogue without its words would lose their translations. */
MUST_CHECK bool theme_words_add_units(struct document *document,
                                      const struct publish_options *options);
/* Whether words of the theme that the options or the document name have no translation. Reports
   nothing. */
bool theme_words_lack(const struct document *document, const struct publish_options *options,
                      const struct translation *translation);
/* Of a translation whose themes are resolved: puts the catalogue's words in the place of the
   themes'. What is missing is reported by the policy, and stays; so is a field such as {page} that
   did not come back. */
void theme_words_translate(struct publish_run *run, const struct publish_options *options);

#endif
