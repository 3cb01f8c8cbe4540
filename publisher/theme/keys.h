/* Keys: what a theme file may say. The same table reads house themes and the profiles. */
#ifndef LECTERN_THEME_KEYS_H
#define LECTERN_THEME_KEYS_H

#include "base/yaml.h"
#include "theme/theme.h"

enum {
#define THEME_LOOK(look, name) KEY_OF_##look,
    KEY_LOOKS = -1,
#include "theme/looks.def"
    KEY_LOOK_COUNT,
#undef THEME_LOOK
    KEY_LOOK_GROUPS = 6, /* sizes, line-spacing, colours, space-before, space-after, styles */
#define THEME_KEY(group, name, kind, field, least, most) +1
    KEY_COUNT = KEY_LOOK_COUNT * KEY_LOOK_GROUPS
#include "theme/keys.def"
#undef THEME_KEY
};
_Static_assert((int)KEY_LOOK_COUNT == (int)LOOK_COUNT, "every look has its row in looks.def");

/* Where each key was set: a span with line 0 where it was not. */
struct theme_places {
    struct span spans[KEY_COUNT];
};

/* Puts what the file says into the theme, and where it says so into places. Unknown keys are warned
   of (theme-unknown-key), values that cannot be are errors (theme-value). False: there was an
   error. Words are copied into the report's arena. */
bool keys_apply(const struct theme_file *file, struct report *report, struct theme *theme,
                struct theme_places *places);
/* Where the file sets the member of struct theme that begins at that offset; NULL: nowhere. */
const struct span *keys_place(const struct theme_places *places, size_t offset);
/* Calls the key by its name, "colours: body", in the arena. Empty: no key sets that member. */
text keys_name(struct arena *arena, size_t offset);

#endif
