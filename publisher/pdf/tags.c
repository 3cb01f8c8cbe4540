#include "pdf/tags.h"

#include <string.h>

#define T(symbol) (UINT64_C(1) << TAG_##symbol)

static const struct {
    const char *name[2]; /* by enum pdf_standard */
    int space;
    enum tag otherwise;
    uint64_t contains;
} rows[] = {
#define TAG(symbol, name17, name20, space, otherwise, contains)                                    \
    {{name17, name20}, space, TAG_##otherwise, contains},
#include "pdf/tags.def"
#undef TAG
};
_Static_assert(TAG_COUNT <= 64, "a set of tags fits into 64 bits");
_Static_assert(sizeof rows / sizeof rows[0] == TAG_COUNT, "a row for every tag");
_Static_assert(PDF_UA1 == 0 && PDF_UA2 == 1, "names are found by the standard's number");

const char *tag_name(enum tag tag, enum pdf_standard standard)
{
    return rows[tag].name[standard];
}

enum tag tag_find(const char *name, enum pdf_standard standard)
{
    for (int tag = 0; tag < TAG_COUNT; tag++) {
        const char *candidate = rows[tag].name[standard];
        if (candidate && strcmp(candidate, name) == 0)
            return (enum tag)tag;
    }
    return TAG_COUNT;
}

const char *tag_in_older_readers(enum tag tag)
{
    const char *old = rows[tag].name[PDF_UA1], *new = rows[tag].name[PDF_UA2];
    if (!new || (old && strcmp(old, new) == 0))
        return NULL;
    return old ? old : rows[rows[tag].otherwise].name[PDF_UA1];
}

int tag_namespace(enum tag tag)
{
    return rows[tag].space;
}

bool tag_admits(enum tag parent, enum tag child)
{
    return rows[parent].contains >> child & 1;
}

enum tag tag_fitted(enum tag parent, enum tag child)
{
    /* A row's replacement may need one itself: Aside, Sect, Div. The chains are short and end. */
    for (int step = 0; step < 3 && !tag_admits(parent, child); step++)
        child = rows[child].otherwise;
    return child;
}
