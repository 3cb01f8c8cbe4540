/* Translations: an article read in another language, through its catalogue. */
#ifndef LECTERN_PUBLISH_TRANSLATIONS_H
#define LECTERN_PUBLISH_TRANSLATIONS_H

#include "publish/publish.h"
#include "translate/compose.h"

struct translated {
    struct document source; /* the article in its own language */
    struct catalogue catalogue;
    struct translation translation;
    uint32_t composed_file; /* the number of what is read in the report */
};

/* Reads article->file in article->language into the document, whose folder is open. shown: the
   file's name in diagnostics. False where there is nothing to go on with: reported. */
MUST_CHECK bool translated_read(struct translated *translated, struct document *document,
                                const struct article *article, text shown,
                                enum missing_policy missing);
/* Notes (unit->is_elsewhere) which units a translation into the language does not want. The
   language is empty for the template, which wants all. True: there are such. */
bool translation_find_elsewhere(struct document *source, text language);
/* Before the report is printed: moves what was found in the composed article to where it comes
   from. Does nothing where no translation was read. */
void translated_map_report(const struct translated *translated);

/* The name of a translation's catalogue in the article's folder: that of the one that is there, be
   it named in gettext's way; else "po/fr.po" for article.md, "po/NAME.fr.po" for others. extension:
   "po", "xlf". language: empty for the template. */
text translation_path(struct arena *arena, const struct article *article, text language,
                      const char *extension);
/* The languages that the article has catalogues in (po/…), sorted, each once, in the arena; none:
   NULL. extension: "po", "xlf". */
text *translation_languages(struct arena *arena, const struct article *article,
                            const char *extension, size_t *count);
/* Reports (catalogue-name) those in the article's folder that no article there is translated by,
   and two for one language. */
void translation_check_names(struct report *report, const struct article *article,
                             const char *extension);

#endif
