/* Dates as people write them: "11 October 2019", "Feb 2021", "18.10.2022", "2019年10月11日",
   "2017-02-10 21:58:56 -0800". */
#ifndef LECTERN_DOCUMENT_DATES_H
#define LECTERN_DOCUMENT_DATES_H

#include "base/arena.h"

/* The date as 2019-10-11, 2021-02 or 2019, of the Gregorian calendar, in the arena. Names of months
   and weekdays are read in the language and in English (CLDR's, through ICU); a time of day is
   passed over. Three numbers with dots or hyphens between them have the day first; with strokes
   where the language's region does not put the month there, or where it could not be one. Empty
   where the words are no date, or where they could be two. */
text date_of_words(struct arena *arena, text words, text language);

#endif
