/* Locators: the words before a place in a work ("p. 3", "Kap. 2"), in the languages that CSL's
   locales are in. */
#ifndef LECTERN_DOCUMENT_LOCATORS_H
#define LECTERN_DOCUMENT_LOCATORS_H

#include "base/text.h"

/* The length of such words at the start of t, in whatever case; 0: there are none, or nothing
   behind them. *label: CSL's name of what they count (CSL 1.0.2, appendix II, Locators); NULL: the
   words stay as they are written. */
size_t locator_words(text t, const char **label);

#endif
