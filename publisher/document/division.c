#include "document/division.h"

#include "base/paths.h"

static const struct division_facts facts[DIVISION_COUNT] = {
#define DIVISION(symbol, name, role, type) {name, role, type},
#include "document/divisions.def"
#undef DIVISION
};

/* Spellings of the same. */
static const struct {
    const char *name;
    enum book_division division;
} others[] = {
    {"acknowledgements", DIVISION_ACKNOWLEDGMENTS},
    {"appendices", DIVISION_APPENDIX},
    {"references", DIVISION_BIBLIOGRAPHY},
};
enum { OTHER_COUNT = sizeof others / sizeof *others };

const struct division_facts *division_facts(enum book_division division)
{
    return &facts[division];
}

enum book_division division_of_name(text name)
{
    for (size_t i = DIVISION_PART; i < DIVISION_COUNT; i++) {
        if (i != DIVISION_CONTENTS && text_equal_ignoring_case(name, text_from_c(facts[i].name)))
            return (enum book_division)i;
    }
    for (size_t i = 0; i < OTHER_COUNT; i++) {
        if (text_equal_ignoring_case(name, text_from_c(others[i].name)))
            return others[i].division;
    }
    return DIVISION_NONE;
}

enum book_division division_of_file(text path)
{
    size_t from = text_folder(path).length, end;
    while (from < path.length && !text_is_ascii_letter(path.bytes[from]))
        from++; /* "01-foreword.md" */
    for (end = from; end < path.length && text_is_ascii_letter(path.bytes[end]);)
        end++;
    return division_of_name(text_slice(path, from, end));
}
