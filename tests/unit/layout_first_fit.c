/* The breaker alone: boxes, glue, penalties. A row of items is written as text: a letter run is a
   box as wide as it is long, a space is glue of one, | a penalty 0, ! a forced one, ~ a poor one, ^
   an emergency,
   - a penalty whose hyphen is one wide. */
#include "tests/unit/unit.h"

#include "tests/unit/first_fit.h"

static struct break_item items[256];
static size_t breaks[256];

static size_t read_items(const char *row)
{
    size_t count = 0;
    for (const char *c = row; *c; c++) {
        struct break_item *item = &items[count];
        *item = (struct break_item){.kind = BREAK_PENALTY, .position = (uint32_t)(c - row)};
        switch (*c) {
        case ' ':
            *item = (struct break_item){.kind = BREAK_GLUE, .width = 1};
            break;
        case '|':
            break;
        case '!':
            item->penalty = PENALTY_FORCED;
            break;
        case '~':
            item->penalty = PENALTY_POOR;
            break;
        case '^':
            item->penalty = PENALTY_EMERGENCY;
            break;
        case '-':
            item->width = 1;
            break;
        default:
            *item = (struct break_item){.kind = BREAK_BOX, .width = 1};
            while (c[1] >= 'a' && c[1] <= 'z') {
                item->width++;
                c++;
            }
        }
        count++;
    }
    return count;
}

/* The ends as the characters of the row at which lines end. */
static const char *ends_of(const char *row, float measure)
{
    static char out[256];
    size_t count = read_items(row);
    size_t lines = break_first_fit(items, count, measure, breaks);
    size_t length = 0;
    for (size_t i = 0; i < lines; i++) {
        const struct break_item *item = &items[breaks[i]];
        out[length++] = item->kind == BREAK_GLUE             ? ' '
                        : item->penalty == PENALTY_FORCED    ? '!'
                        : item->penalty == PENALTY_POOR      ? '~'
                        : item->penalty == PENALTY_EMERGENCY ? '^'
                        : item->width > 0                    ? '-'
                                                             : '|';
    }
    out[length] = 0;
    return out;
}

static void a_line_takes_what_fits(void)
{
    CHECK(strcmp(ends_of("aaa bbb ccc!", 7), " !") == 0);
    CHECK(strcmp(ends_of("aaa bbb ccc!", 6), "  !") == 0);
    CHECK(strcmp(ends_of("aaa bbb ccc!", 11), "!") == 0);
}

static void space_at_the_end_of_a_line_takes_no_room(void)
{
    CHECK(strcmp(ends_of("aaa   bbb!", 3), " !") == 0);
    CHECK(strcmp(ends_of("aaa   !", 3), "!") == 0);
}

static void a_hyphen_needs_room(void)
{
    CHECK(strcmp(ends_of("aaa-bbb ccc!", 4), "- !") == 0);
    CHECK(strcmp(ends_of("aa aaa-bbb!", 6), " !") == 0);
    CHECK(strcmp(ends_of("aa aaa-bbb!", 7), "-!") == 0);
}

static void a_forced_end_ends_the_line(void)
{
    CHECK(strcmp(ends_of("aaa!bbb!", 100), "!!") == 0);
    CHECK(strcmp(ends_of("!!", 100), "!!") == 0);
}

static void a_box_wider_than_the_line_stands_alone(void)
{
    CHECK(strcmp(ends_of("aa bbbbbbbb cc!", 4), "  !") == 0);
}

static void a_poor_end_is_taken_only_where_little_would_be_left(void)
{
    CHECK(strcmp(ends_of("aaaaaaaa b~ccc!", 10), " !") == 0);
    CHECK(strcmp(ends_of("aa bbbb~cccc!", 10), "~!") == 0);
}

static void an_emergency_end_is_the_last_choice(void)
{
    CHECK(strcmp(ends_of("aaaa b^b^b^b^b^b^b^b!", 8), " !") == 0);
    CHECK(strcmp(ends_of("a b^b^b^b^b^b^b^b!", 8), "^!") == 0);
}

static void many_items_take_linear_time(void)
{
    enum { MANY = 2000000 };
    struct break_item *many = calloc(MANY, sizeof *many);
    size_t *ends = calloc(MANY, sizeof *ends);
    for (size_t i = 0; i + 1 < MANY; i++)
        many[i] = (struct break_item){.kind = i % 2 ? BREAK_GLUE : BREAK_BOX, .width = 1};
    many[MANY - 1] = (struct break_item){.kind = BREAK_PENALTY, .penalty = PENALTY_FORCED};
    CHECK(break_first_fit(many, MANY, 1e9F, ends) == 1);
    CHECK(break_first_fit(many, MANY, 10, ends) == MANY / 10);
    free(many);
    free(ends);
}

int main(void)
{
    RUN(a_line_takes_what_fits);
    RUN(space_at_the_end_of_a_line_takes_no_room);
    RUN(a_hyphen_needs_room);
    RUN(a_forced_end_ends_the_line);
    RUN(a_box_wider_than_the_line_stands_alone);
    RUN(a_poor_end_is_taken_only_where_little_would_be_left);
    RUN(an_emergency_end_is_the_last_choice);
    RUN(many_items_take_linear_time);
    UNIT_EXIT();
}
