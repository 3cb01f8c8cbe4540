/* Catalogues: what `lectern translate` does for the translators of articles. Each file that is
   written has the budget of the options, by the bytes of the article and of the catalogues. */
#ifndef LECTERN_PUBLISH_CATALOGUES_H
#define LECTERN_PUBLISH_CATALOGUES_H

#include "publish/publish.h"

/* Writes the template, po/article.pot; of the options only the budget counts. */
MUST_CHECK enum outcome catalogues_extract(const struct article *article,
                                           const struct publish_options *options);
/* Brings the article's catalogues up to date; those of the languages named (canonical tags) are
   made where there are none. Without any name: all that there are. */
MUST_CHECK enum outcome catalogues_update(const struct article *article,
                                          const struct publish_options *options);
/* XLIFF 2.1 beside the catalogue, po/fr.xlf, with what the catalogue holds. */
MUST_CHECK enum outcome catalogues_export(const struct article *article,
                                          const struct publish_options *options);
/* Takes the translations of po/fr.xlf into the catalogue, po/fr.po. */
MUST_CHECK enum outcome catalogues_import(const struct article *article,
                                          const struct publish_options *options);

enum status_format { STATUS_TEXT, STATUS_JSON };

/* How far the catalogues of all articles are, as one table; of the options it heeds languages
   and the budget, for each article. */
MUST_CHECK enum outcome catalogues_status(const struct article *articles, size_t count,
                                          const struct publish_options *options,
                                          enum status_format format);

/* How much there is to translate in all articles together, by languages: words that stand in
   several messages or articles count once, and are translated where one article has them so. */
MUST_CHECK enum outcome catalogues_stats(const struct article *articles, size_t count,
                                         const struct publish_options *options,
                                         enum status_format format);

#endif
