#include "inspect/epub/roles.h"

#include "document/language.h"

#include <stdlib.h>
#include <string.h>

struct row {
    const char *name, *role;
};

static const struct row elements[] = {
#define ELEMENT(name, role) {name, role},
#include "inspect/epub/elements.def"
#undef ELEMENT
};

static const struct row roles[] = {
#define ROLE(name, role) {name, role},
#include "inspect/epub/roles.def"
#undef ROLE
};

static int compare(const void *key, const void *row)
{
    return text_compare(*(const text *)key, text_from_c(((const struct row *)row)->name));
}

const char *epub_element_role(text name)
{
    const struct row *row =
        bsearch(&name, elements, sizeof elements / sizeof *elements, sizeof *elements, compare);
    return row ? row->role : "";
}

const char *epub_aria_role(text name)
{
    const struct row *row =
        bsearch(&name, roles, sizeof roles / sizeof *roles, sizeof *roles, compare);
    return row ? row->role : NULL;
}

bool epub_language_is_valid(text tag)
{
    return language_is_valid(tag);
}
