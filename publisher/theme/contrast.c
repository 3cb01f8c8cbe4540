#include "theme/contrast.h"

#include <math.h>
#include <stddef.h>

#define LOOK_COLOUR(look) offsetof(struct theme, looks[look].colour)
#define BAR(callout)      offsetof(struct theme, callouts[callout].bar)
#define GROUND(callout)   offsetof(struct theme, callouts[callout].ground)

/* The grounds that text in the flow may stand on. */
enum { ON_PAGE = 1, ON_CALLOUTS = 2, ON_HEAD = 4, ON_CODE = 8, ON_TITLE = 16 };

static const struct {
    size_t offset; /* of the ground in struct theme */
    unsigned which;
} grounds[] = {
    {offsetof(struct theme, page_ground), ON_PAGE},
    {offsetof(struct theme, title.ground), ON_TITLE},
    {offsetof(struct theme, head_ground), ON_HEAD},
    {offsetof(struct theme, code.ground), ON_CODE},
    {GROUND(CALLOUT_NOTE), ON_CALLOUTS},
    {GROUND(CALLOUT_TIP), ON_CALLOUTS},
    {GROUND(CALLOUT_IMPORTANT), ON_CALLOUTS},
    {GROUND(CALLOUT_WARNING), ON_CALLOUTS},
    {GROUND(CALLOUT_CAUTION), ON_CALLOUTS},
    {GROUND(CALLOUT_VIDEO), ON_CALLOUTS},
    {GROUND(CALLOUT_CONTACT), ON_CALLOUTS},
    {GROUND(CALLOUT_KEY), ON_CALLOUTS},
    {GROUND(CALLOUT_BOX), ON_CALLOUTS},
};

static const unsigned grounds_of_look[LOOK_COUNT] = {
    [LOOK_BODY] = ON_PAGE | ON_CALLOUTS,
    [LOOK_TITLE] = ON_PAGE | ON_TITLE,
    [LOOK_SUBTITLE] = ON_PAGE | ON_TITLE,
    [LOOK_BYLINE] = ON_PAGE | ON_TITLE,
    [LOOK_HEADING_2] = ON_PAGE | ON_CALLOUTS,
    [LOOK_HEADING_3] = ON_PAGE | ON_CALLOUTS,
    [LOOK_HEADING_4] = ON_PAGE | ON_CALLOUTS,
    [LOOK_HEADING_5] = ON_PAGE | ON_CALLOUTS,
    [LOOK_HEADING_6] = ON_PAGE | ON_CALLOUTS,
    [LOOK_CODE_BLOCK] = ON_CODE,
    [LOOK_TERM] = ON_PAGE | ON_CALLOUTS,
    [LOOK_STEP] = ON_PAGE | ON_CALLOUTS,
    [LOOK_CALLOUT_TITLE] = ON_CALLOUTS,
    [LOOK_CAPTION] = ON_PAGE | ON_CALLOUTS,
    [LOOK_TABLE_CELL] = ON_PAGE | ON_CALLOUTS,
    [LOOK_TABLE_HEAD] = ON_HEAD,
    [LOOK_FOOTNOTE] = ON_PAGE,
    [LOOK_CONTENTS] = ON_PAGE,
    [LOOK_CONTENTS_DEEPER] = ON_PAGE,
    [LOOK_BIBLIOGRAPHY] = ON_PAGE,
    [LOOK_HEADER] = ON_PAGE,
    [LOOK_FOOTER] = ON_PAGE,
};

/* Bars and rules that say something: what is quoted, what kind of callout, where the head ends. */
static const size_t lines[] = {
    offsetof(struct theme, quote.bar),
    offsetof(struct theme, head_rule_colour),
    offsetof(struct theme, note_rule_colour),
    offsetof(struct theme, break_colour),
    BAR(CALLOUT_NOTE),
    BAR(CALLOUT_TIP),
    BAR(CALLOUT_IMPORTANT),
    BAR(CALLOUT_WARNING),
    BAR(CALLOUT_CAUTION),
    BAR(CALLOUT_VIDEO),
    BAR(CALLOUT_CONTACT),
    BAR(CALLOUT_KEY),
    BAR(CALLOUT_BOX),
};

enum { WHITE = 0xFFFFFF };

struct checking {
    const struct theme *theme;
    const struct theme_places *places;
    uint32_t file;
    struct report *report;
    bool failed;
};

/* The colour that is seen: paper is white. */
static uint32_t ground_at(const struct theme *theme, size_t offset)
{
    uint32_t ground = theme_colour_at(theme, offset);
    if (ground == FRAME_NO_GROUND)
        ground = theme->page_ground;
    return ground == FRAME_NO_GROUND ? WHITE : ground;
}

/* True where the pair is good enough. */
static bool check_pair(struct checking *checking, size_t offset, size_t ground_offset,
                       double wanted, const char *what)
{
    uint32_t colour = theme_colour_at(checking->theme, offset);
    uint32_t ground = ground_at(checking->theme, ground_offset);
    double ratio = contrast_ratio(colour, ground);
    if (ratio >= wanted)
        return true;
    struct arena *arena = checking->report->arena;
    const struct span *place = keys_place(checking->places, offset);
    if (!place)
        place = keys_place(checking->places, ground_offset);
    struct span span = {.file = checking->file};
    text hint = arena_printf(arena, "%s needs %g:1 (WCAG 2.2, %s): choose a %s colour", what,
                             wanted, what[0] == 't' ? "1.4.3" : "1.4.11",
                             colour_luminance(ground) > 0.18 ? "darker" : "lighter");
    /* Rounded down: what is refused never shows the ratio that it misses. */
    report_error(checking->report, "theme-contrast", place ? *place : span, hint.bytes,
                 "%.*s, #%06X on #%06X (%.*s), has a contrast of %.2f:1",
                 TEXT_ARGUMENTS(keys_name(arena, offset)), (unsigned)colour, (unsigned)ground,
                 TEXT_ARGUMENTS(keys_name(arena, ground_offset)), floor(ratio * 100) / 100);
    checking->failed = true;
    return false;
}

/* Text of at least 18 points, or 14 bold, needs less (WCAG 2.2, "large scale"). Headings shrink on
   narrow pages: they are taken as small as they become there. */
static double text_needs(const struct theme *theme, enum look_name name)
{
    const struct look *look = &theme->looks[name];
    double size = (double)look->size, body = (double)theme->looks[LOOK_BODY].size;
    if (name >= LOOK_TITLE && name <= LOOK_HEADING_6 && size > body)
        size = body + (size - body) * (double)THEME_NARROWEST_SHARE;
    return size >= 18 || (size >= 14 && look->style & FONT_BOLD) ? 3 : 4.5;
}

static void check_text(struct checking *checking, size_t offset, unsigned which, double wanted)
{
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        if (grounds[i].which & which &&
            !check_pair(checking, offset, grounds[i].offset, wanted, "text of this size"))
            return; /* one ground is enough to say it */
    }
}

bool contrast_check(const struct theme *theme, const struct theme_places *places, uint32_t file,
                    struct report *report)
{
    struct checking checking = {theme, places, file, report, false};
    for (int i = 0; i < LOOK_COUNT; i++)
        check_text(&checking, LOOK_COLOUR(i), grounds_of_look[i],
                   text_needs(theme, (enum look_name)i));
    check_text(&checking, offsetof(struct theme, link_colour), ON_PAGE | ON_CALLOUTS | ON_HEAD,
               text_needs(theme, LOOK_BODY));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        check_pair(&checking, lines[i], offsetof(struct theme, page_ground), 3, "a line or bar");
    return !checking.failed;
}
