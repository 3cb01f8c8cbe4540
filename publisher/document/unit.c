#include "document/unit.h"

const char *unit_kind_name(enum unit_kind kind)
{
    static const char *const names[] = {
#define UNIT(symbol, name) [UNIT_##symbol] = name,
#include "document/units.def"
#undef UNIT
    };
    _Static_assert(sizeof names / sizeof names[0] == UNIT_KIND_COUNT, "every kind");
    return names[kind];
}
