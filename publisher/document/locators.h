/* Locators: the words before a place in a work ("p. 3", "Kap. 2"), in the languages that CSL's
   locales are in. A short word means another thing in another language ("s. 5" is a page in
   Swedish, a section of an Act in English): so the language of the publication says what counts. */
#ifndef LECTERN_DOCUMENT_LOCATORS_H
#define LECTERN_DOCUMENT_LOCATORS_H

#include "base/text.h"

/* The length of such words at the start of t, in whatever case, that count in the language (BCP 47;
   empty: words of every language count); 0: there are none, or nothing behind them. *label: CSL's
   name of what they count (CSL 1.0.2, appendix II, Locators); NULL: the words stay as they are
   written. */
size_t locator_words(text t, text language, const char **label);

#endif
