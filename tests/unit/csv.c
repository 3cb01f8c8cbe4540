/* Files of data: RFC 4180, and what spreadsheets make of it. */
#include "tests/unit/unit.h"

#include "base/buffer.h"
#include "base/csv.h"
#include "base/limits.h"

static struct arena arena;
static struct csv csv;
static struct csv_fault fault;

/* Cells with bars between them, rows with slashes. */
static bool reads_as(const char *bytes, const char *wanted)
{
    struct buffer out;
    arena_init(&arena);
    buffer_init(&out, 10000);
    bool is_read = csv_read(&arena, text_from_c(bytes), '\0', &csv, &fault);
    for (size_t i = 0; is_read && i < csv.count; i++) {
        for (size_t c = 0; c < csv.rows[i].count; c++)
            buffer_printf(&out, "%s%.*s",
                          c   ? "|"
                          : i ? "/"
                              : "",
                          TEXT_ARGUMENTS(csv.rows[i].cells[c].words));
    }
    bool is_same = is_read && text_equal(buffer_text(&out), text_from_c(wanted));
    buffer_release(&out);
    arena_release(&arena);
    return is_same;
}

static bool fails_at(const char *bytes, size_t from)
{
    arena_init(&arena);
    bool is_read = csv_read(&arena, text_from_c(bytes), '\0', &csv, &fault);
    arena_release(&arena);
    return !is_read && fault.from == from;
}

static void test_values_stand_between_separators_and_lines(void)
{
    CHECK(reads_as("a,b\r\n1,2\r\n", "a|b/1|2"));
    CHECK(reads_as("\xEF\xBB\xBF"
                   "a,b\n1,",
                   "a|b/1|"));
    CHECK(reads_as("a\n 1 \n", "a/1"));
    CHECK(reads_as("a,b\r\n\r\n,\n1,2\r", "a|b/1|2"));
}

static void test_values_between_quotation_marks_hold_everything(void)
{
    CHECK(reads_as("a,b\n\"1,\r\n2\",\" \"\"x\"\" \"\n", "a|b/1,\r\n2| \"x\" "));
    CHECK(reads_as("\"a\" , \"b\"\n\"\",1\n", "a|b/|1"));
    CHECK(reads_as("a,b\n\"\"\"\",1\n", "a|b/\"|1"));
}

static void test_the_first_row_says_what_stands_between_cells(void)
{
    CHECK(reads_as("a;b,c;d\n1;2;3\n", "a|b,c|d/1|2|3"));
    CHECK(reads_as("a\tb\n1,5\t2;5\n", "a|b/1,5|2;5"));
    CHECK(reads_as("\"a,,,\";b\n1;2\n", "a,,,|b/1|2"));
    CHECK(reads_as("a,b;c\n1,2\n", "a|b;c/1|2"));
    CHECK(reads_as("a\tb\n\t2\n1\t\n", "a|b/|2/1|"));
}

static void test_what_is_no_table_is_told_with_its_place(void)
{
    CHECK(fails_at("", 0));
    CHECK(fails_at("\n,\n", 0));
    CHECK(fails_at("a,b\n1\n", 4));
    CHECK(fails_at("a,b\n1,2,3\n", 4));
    CHECK(fails_at("a,b\n1,\"2", 6));
    CHECK(fails_at("a,b\n1,2\"\n", 7));
    CHECK(fails_at("a,b\n1,\"2\"x\n", 8));
}

static void test_cells_have_limits(void)
{
    struct buffer bytes;
    buffer_init(&bytes, 100 * 1000 * 1000);
    for (size_t i = 0; i < LIMIT_DATA_COLUMNS; i++)
        buffer_add_c(&bytes, i ? ",a" : "a");
    arena_init(&arena);
    CHECK(csv_read(&arena, buffer_text(&bytes), '\0', &csv, &fault));
    buffer_add_c(&bytes, ",a");
    CHECK(!csv_read(&arena, buffer_text(&bytes), '\0', &csv, &fault));
    buffer_clear(&bytes);
    for (size_t i = 0; i <= LIMIT_DATA_CELLS / 4; i++)
        buffer_add_c(&bytes, "a,b,c,d\n");
    CHECK(!csv_read(&arena, buffer_text(&bytes), '\0', &csv, &fault));
    CHECK(fault.from == (size_t)LIMIT_DATA_CELLS / 4 * 8);
    arena_release(&arena);
    buffer_release(&bytes);
}

int main(void)
{
    RUN(test_values_stand_between_separators_and_lines);
    RUN(test_values_between_quotation_marks_hold_everything);
    RUN(test_the_first_row_says_what_stands_between_cells);
    RUN(test_what_is_no_table_is_told_with_its_place);
    RUN(test_cells_have_limits);
    UNIT_EXIT();
}
