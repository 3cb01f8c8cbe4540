#include "document/words.h"

#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { LONGEST_NAME = 256 /* UTF-16 units; "Traditional Chinese (Hong Kong SAR China)" has 41 */ };

text language_name(struct arena *arena, text of, text in)
{
    text known; /* ICU falls back to the process's locale for a language that it does not know */
    word_in(in, WORD_LANGUAGE, &known);
    UErrorCode error = U_ZERO_ERROR;
    char locale[ULOC_FULLNAME_CAPACITY], words_locale[ULOC_FULLNAME_CAPACITY];
    uloc_forLanguageTag(arena_copy_c(arena, of), locale, sizeof locale, NULL, &error);
    uloc_forLanguageTag(known.bytes, words_locale, sizeof words_locale, NULL, &error);
    UDisplayContext contexts[] = {UDISPCTX_DIALECT_NAMES,
                                  UDISPCTX_CAPITALIZATION_FOR_MIDDLE_OF_SENTENCE};
    ULocaleDisplayNames *names = uldn_openForContext(words_locale, contexts, 2, &error);
    UChar name[LONGEST_NAME];
    char bytes[3 * LONGEST_NAME + 1];
    int32_t length = 0;
    if (U_SUCCESS(error) && of.length) {
        int32_t units = uldn_localeDisplayName(names, locale, name, LONGEST_NAME, &error);
        u_strToUTF8(bytes, sizeof bytes, &length, name, units, &error);
    }
    uldn_close(names);
    return U_SUCCESS(error) && length ? arena_copy(arena, (text){bytes, (size_t)length}) : of;
}
