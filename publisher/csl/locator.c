/* Locator: a place in a work that brings its own label, as reference managers pass them on:
   "vol. 1, fol. 18" is no page, "7, p. 8" names the pages once. */
#include "csl/process.h"
#include "document/locators.h"

#include <string.h>

/* The label of an abbreviation with a stop that begins here and a space that follows it; NULL:
   none. Whole words are the author's. *length: of both. */
static const char *label_at(text t, size_t at, text language, size_t *length)
{
    const char *label;
    size_t end = at + locator_words(text_slice(t, at, t.length), language, &label);
    bool fits = label && t.bytes[end - 1] == '.' && t.bytes[end] == ' ';
    *length = fits ? end - at + 1 : 0;
    return fits ? label : NULL;
}

/* The rest without the label that stands before it already; behind another label all stay:
   "vol. 1, p. 5, vol. 2, p. 9". */
static text without_label(struct arena *arena, text locator, const char *label, text language)
{
    char *bytes = arena_allocate(arena, locator.length + 1);
    size_t length = 0;
    bool is_alone = true;
    for (size_t at = 0; at < locator.length;) {
        size_t skipped;
        const char *here =
            at && locator.bytes[at - 1] == ' ' ? label_at(locator, at, language, &skipped) : NULL;
        is_alone = is_alone && (!here || strcmp(here, label) == 0);
        if (here && is_alone)
            at += skipped;
        else
            bytes[length++] = locator.bytes[at++];
    }
    return (text){bytes, length};
}

struct csl_cite locator_read(struct arena *arena, const struct csl_cite *cite, text language)
{
    struct csl_cite read = *cite;
    if (text_find(cite->locator, TEXT(". "), 0) == SIZE_MAX)
        return read;
    bool is_page = !cite->label.length || text_equal_c(cite->label, "page");
    size_t length;
    const char *label = is_page ? label_at(cite->locator, 0, language, &length) : NULL;
    if (label) {
        read.label = text_from_c(label);
        read.locator = text_slice(cite->locator, length, cite->locator.length);
    }
    const char *now = arena_copy_c(arena, read.label.length ? read.label : TEXT("page"));
    read.locator = without_label(arena, read.locator, now, language);
    return read;
}
