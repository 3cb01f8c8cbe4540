#include "tests/unit/unit.h"

#include "base/limits.h"
#include "base/memory.h"
#include "watch/editor.h"
#include "watch/news.h"
#include "watch/server.h"
#include "watch/view.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void check_words(const char *command, const char *expected)
{
    struct arena arena;
    struct buffer joined;
    size_t count;
    arena_init(&arena);
    buffer_init(&joined, LIMIT_OUTPUT_BYTES);
    text *words = editor_words(&arena, text_from_c(command), &count);
    for (size_t i = 0; words && i < count; i++)
        buffer_printf(&joined, "%s<%.*s>", i ? " " : "", TEXT_ARGUMENTS(words[i]));
    CHECK_TEXT(words ? buffer_text(&joined) : TEXT("none"), expected);
    buffer_release(&joined);
    arena_release(&arena);
}

static void an_editors_command_is_words_and_no_shell_reads_them(void)
{
    check_words("code -g {file}:{line}:{column}", "<code> <-g> <{file}:{line}:{column}>");
    check_words("  vi\t+{line}  {file} ", "<vi> <+{line}> <{file}>");
    check_words("'/a b/ed' \"\" x'y z'\"w\"", "</a b/ed> <> <xy zw>");
    check_words("ed $(rm) `x` ; a && b\\ c", "<ed> <$(rm)> <`x`> <;> <a> <&&> <b\\> <c>");
    check_words("ed \"{file}", "none");
    check_words(" ", "none");
    check_words("", "none");
}

/* builds */

struct told {
    const char *article, *language, *diagnostics, *file;
    bool failed, only_behind;
    char digest;
};

static void pack(const struct told *told, struct arena *arena, struct buffer *out)
{
    struct job job = {
        .article = {.name = text_from_c(told->article), .language = text_from_c(told->language)}};
    struct published_file *file = ARENA_NEW(arena, struct published_file);
    *file = (struct published_file){.name = text_from_c(told->file), .format = TEXT("html")};
    memset(file->digest, told->digest, 64);
    job.publication =
        (struct publication){.outcome = told->failed ? OUTCOME_INPUT : OUTCOME_DONE,
                             .language = text_from_c(told->language[0] ? told->language
                                                     : told->file      ? "en"
                                                                       : ""),
                             .diagnostics = text_from_c(told->diagnostics),
                             .only_behind = told->only_behind,
                             .behind = told->only_behind ? 3 : 0,
                             .files = file,
                             .file_count = told->file ? 1 : 0};
    news_pack_job(&job, out);
}

static void take(struct news *news, const struct told *told, size_t count, const char *words)
{
    struct arena arena;
    struct buffer out;
    bool failed = false;
    arena_init(&arena);
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i < count; i++) {
        pack(&told[i], &arena, &out);
        failed |= told[i].failed;
    }
    news_pack_words(text_from_c(words), &out);
    news_take(news, buffer_text(&out), TEXT("all that was printed\n"), failed, false);
    buffer_release(&out);
    arena_release(&arena);
}

static void check_state(const struct news *news, const char *file, const char *expected)
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    news_write_state(news, text_from_c(file), 0, TEXT("ab"), &out);
    CHECK_TEXT(buffer_text(&out), expected);
    buffer_release(&out);
}

#define FAULT   "a:b.md:3:14: error[x-y]: no: such thing\n    line\n    ^\n"
#define WARNING "a:b.md: warning[z]: hm\n"

static void faults_are_taken_apart_and_each_is_told_once(void)
{
    const struct told told[] = {
        {"a", "", FAULT WARNING FAULT "lectern: cannot\n", NULL, true, false, 0},
        {"a", "fr", FAULT "po: notice[q]: only here\n", NULL, true, false, 0}};
    struct news news;
    news_init(&news, "/nowhere");
    take(&news, told, 2, "");
    CHECK(news.count == 2 && news.rows[0].problems.count == 3 && news.rows[1].problems.count == 2);
    const struct problem *problem = news_problem(&news, 1, 0);
    CHECK_TEXT(problem->file, "a:b.md");
    CHECK(problem->line == 3 && problem->column == 14 && problem->severity == SEVERITY_ERROR);
    CHECK_TEXT(problem->words, "error[x-y]: no: such thing");
    CHECK_TEXT(problem->detail, "    line\n    ^\n");
    problem = news_problem(&news, 1, 1);
    CHECK_TEXT(problem->file, "a:b.md");
    CHECK(problem->line == 0 && problem->severity == SEVERITY_WARNING);
    problem = news_problem(&news, 1, 2);
    CHECK(problem->file.length == 0 && problem->severity == SEVERITY_ERROR);
    CHECK(!news_problem(&news, 0, 0) && !news_problem(&news, 2, 0) && !news_problem(&news, 1, 5));
    CHECK(news.rows[1].problems.list[0].was_said && !news.rows[1].problems.list[1].was_said);
    check_state(
        &news, "",
        "{\"run\": \"0\", \"build\": 1, \"version\": 1, \"key\": \"ab\", \"problems\": [\n"
        " {\"number\": 0, \"severity\": \"error\", \"file\": \"a:b.md\", \"line\": 3, \"column\": "
        "14, "
        "\"detail\": \"    line\\u000a    ^\\u000a\", \"words\": \"error[x-y]: no: such thing\"},\n"
        " {\"number\": 1, \"severity\": \"warning\", \"file\": \"a:b.md\", \"line\": 0, "
        "\"column\": 0, "
        "\"detail\": \"\", \"words\": \"warning[z]: hm\"},\n"
        " {\"number\": 2, \"severity\": \"error\", \"line\": 0, \"column\": 0, \"detail\": \"\", "
        "\"words\": \"lectern: cannot\"},\n"
        " {\"number\": 4, \"severity\": \"notice\", \"file\": \"po\", \"line\": 0, \"column\": 0, "
        "\"detail\": \"\", \"words\": \"notice[q]: only here\"}],\n"
        " \"more\": 0, \"errors\": 2, \"warnings\": 1, \"behind\": 0, \"only_behind\": false}\n");
    news_release(&news);
}

static void files_stay_when_a_later_build_fails(void)
{
    const struct told good[] = {{"a", "", "", "a.en.html", false, false, '1'},
                                {"a", "fr", "", "a.fr.html", false, false, '2'},
                                {"b", "", "", "b.en.html", false, false, '3'}};
    const struct told bad[] = {{"a", "", FAULT, NULL, true, false, 0},
                               {"a", "fr", "po: error[t]: behind\n", NULL, true, true, 0}};
    struct news news;
    news_init(&news, "/nowhere");
    take(&news, good, 3, "");
    take(&news, bad, 2, "");
    CHECK(news.count == 3 && news.build == 2 && news.failed);
    const struct news_row *row = news_find(&news, TEXT("a.en.html"));
    CHECK(row == &news.rows[0] && row->failed && !row->only_behind && row->version == 1);
    CHECK_TEXT(row->language, "en");
    row = news_find(&news, TEXT("a.fr.html"));
    CHECK(row == &news.rows[1] && row->only_behind && row->behind == 3 && row->version == 1);
    row = news_find(&news, TEXT("b.en.html"));
    CHECK(row && !row->failed && row->problems.count == 0);
    CHECK(!news_find(&news, TEXT("c.en.html")));
    /* of a translation that lags the list says no fault, and the English page neither */
    check_state(
        &news, "b.en.html",
        "{\"run\": \"0\", \"build\": 2, \"version\": 1, \"key\": \"ab\", \"problems\": [],\n"
        " \"more\": 0, \"errors\": 0, \"warnings\": 0, \"behind\": 0, \"only_behind\": false}\n");
    check_state(
        &news, "a.fr.html",
        "{\"run\": \"0\", \"build\": 2, \"version\": 1, \"key\": \"ab\", \"problems\": [\n"
        " {\"number\": 1, \"severity\": \"error\", \"file\": \"po\", \"line\": 0, \"column\": 0, "
        "\"detail\": \"\", \"words\": \"error[t]: behind\"}],\n"
        " \"more\": 0, \"errors\": 1, \"warnings\": 0, \"behind\": 3, \"only_behind\": true}\n");
    take(&news, good, 2, "");
    CHECK(news_find(&news, TEXT("a.en.html"))->version == 1);
    const struct told new = {"a", "", "", "a.en.html", false, false, '9'};
    take(&news, &new, 1, "");
    CHECK(news_find(&news, TEXT("a.en.html"))->version == 4);
    CHECK(!news_find(&news, TEXT("a.fr.html")) && news_find(&news, TEXT("b.en.html")));
    news_release(&news);
}

static void faults_that_are_too_many_are_counted(void)
{
    struct buffer said;
    struct buffer out;
    struct news news;
    buffer_init(&said, LIMIT_OUTPUT_BYTES);
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    for (size_t i = 1; i <= 260; i++)
        buffer_printf(&said, "a.md:%zu:1: %s[x]: no\n", i, i > 250 ? "warning" : "error");
    buffer_add_byte(&said, 0);
    const struct told told[] = {{"a", "", said.bytes, NULL, true, false, 0},
                                {"a", "fr", said.bytes, NULL, true, false, 0}};
    static const char end[] =
        "],\n \"more\": 60, \"errors\": 250, \"warnings\": 10, \"behind\": 0, "
        "\"only_behind\": false}\n";
    static const char *const files[] = {"", "a.en.html"};
    news_init(&news, "/nowhere");
    take(&news, told, 2, "");
    for (size_t i = 0; i < 2; i++) {
        buffer_clear(&out);
        news_write_state(&news, text_from_c(files[i]), 0, TEXT("ab"), &out);
        CHECK(text_ends_with(buffer_text(&out), text_from_c(end)));
    }
    news_release(&news);
    buffer_release(&out);
    buffer_release(&said);
}

static void a_folder_is_nothing_to_open(void)
{
    const struct told told = {"a", "", "/: error[x]: no\n", "a.en.html", true, false, '1'};
    struct news news;
    news_init(&news, "/nowhere");
    take(&news, &told, 1, "");
    check_state(
        &news, "a.en.html",
        "{\"run\": \"0\", \"build\": 1, \"version\": 1, \"key\": \"ab\", \"problems\": [\n"
        " {\"number\": 0, \"severity\": \"error\", \"file\": \"/\", \"folder\": true, \"line\": 0, "
        "\"column\": 0, \"detail\": \"\", \"words\": \"error[x]: no\"}],\n"
        " \"more\": 0, \"errors\": 1, \"warnings\": 0, \"behind\": 0, \"only_behind\": false}\n");
    news_release(&news);
}

static void a_host_is_the_loopback_at_the_port(void)
{
    static const struct {
        unsigned port;
        const char *host;
        bool is_own;
    } rows[] = {
        {8080, "127.0.0.1:8080", true}, {8080, "localhost:8080", true}, {8080, "localhost", false},
        {8080, "localhost:80", false},  {80, "localhost", true},        {80, "127.0.0.1", true},
        {80, "localhost:80", true},     {80, "example.org", false},     {80, NULL, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(server_is_own_host(rows[i].port, rows[i].host) == rows[i].is_own);
}

static void a_build_that_fails_without_a_word_shows_what_it_printed(void)
{
    const struct told good = {"a", "", "", "a.en.html", false, false, '1'};
    struct news news;
    news_init(&news, "/nowhere");
    take(&news, &good, 1, "a folder: warning[w]: of the whole\n");
    CHECK(news.problems.count == 1);
    check_state(
        &news, "a.en.html",
        "{\"run\": \"0\", \"build\": 1, \"version\": 1, \"key\": \"ab\", \"problems\": [],\n"
        " \"more\": 0, \"errors\": 0, \"warnings\": 0, \"behind\": 0, \"only_behind\": false}\n");
    news_take(&news, TEXT_EMPTY, TEXT("two files: error[output-same]: no\n"), true, false);
    CHECK(news.problems.count == 1 && news_find(&news, TEXT("a.en.html")));
    check_state(
        &news, "a.en.html",
        "{\"run\": \"0\", \"build\": 2, \"version\": 1, \"key\": \"ab\", \"problems\": [\n"
        " {\"number\": 0, \"severity\": \"error\", \"file\": \"two files\", \"line\": 0, "
        "\"column\": 0, "
        "\"detail\": \"\", \"words\": \"error[output-same]: no\"}],\n"
        " \"more\": 0, \"errors\": 1, \"warnings\": 0, \"behind\": 0, \"only_behind\": false}\n");
    news_release(&news);
}

/* pages of a PDF */

static char view_folder[] = "/tmp/lectern-unit-XXXXXX";

/* Writes a PDF of one page with a word on it. */
static void write_pdf(double width, double height)
{
    char name[64];
    snprintf(name, sizeof name, "%s/a.pdf", view_folder);
    FILE *file = fopen(name, "wb");
    CHECK(file != NULL);
    if (!file)
        return;
    fprintf(
        file,
        "%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents 4 0 R\n"
        "/Resources << /Font << /F 5 0 R >> >> >>\nendobj\n"
        "4 0 obj\n<< /Length 32 >>\nstream\nBT /F 5 Tf 2 2 Td (Water) Tj ET \nendstream\nendobj\n"
        "5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        "trailer\n<< /Size 6 /Root 1 0 R >>\n%%%%EOF\n",
        width, height);
    fclose(file);
}

/* Appends the answer, of that status. */
static unsigned ask(struct view *view, enum view_kind kind, struct buffer *out)
{
    struct answer answer = {.status = 200};
    struct pollfd waits[LIMIT_VIEW_CHILDREN];
    buffer_init(&answer.body, LIMIT_OUTPUT_BYTES);
    struct view_question *question = view_ask(view, view_folder, TEXT("a.pdf"), kind, 1);
    while (!view_is_ended(question)) {
        view_waits(view, waits);
        poll(waits, LIMIT_VIEW_CHILDREN, VIEW_TICK_MILLISECONDS);
        view_run(view);
    }
    view_take(view, question, &answer);
    buffer_clear(out);
    buffer_add_text(out, buffer_text(&answer.body));
    buffer_release(&answer.body);
    return answer.status;
}

/* PNG (RFC 2083, 4.1.1). */
static unsigned long number_in(const struct buffer *png, size_t offset)
{
    unsigned long number = 0;
    for (size_t i = offset; i < offset + 4; i++)
        number = number << 8 | (i < png->length ? (unsigned char)png->bytes[i] : 0);
    return number;
}

static void a_page_is_drawn_with_no_more_pixels_than_its_limit(void)
{
    static const struct {
        double width, height;
        unsigned long columns, rows;
    } pages[] = {{1000, 1000, 2000, 2000}, /* the limit itself */
                 {1001, 1000, 2000, 1999},
                 {1000.2, 999.7, 2000, 1999},
                 {16383.5, 10, 32767, 20}, /* Cairo's own */
                 {20000, 10, 32767, 16}};
    struct view view;
    struct buffer png;
    view_init(&view);
    buffer_init(&png, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        write_pdf(pages[i].width, pages[i].height);
        CHECK(ask(&view, VIEW_PICTURE, &png) == 200);
        CHECK(number_in(&png, 16) == pages[i].columns && number_in(&png, 20) == pages[i].rows);
        CHECK(number_in(&png, 16) * number_in(&png, 20) <= LIMIT_VIEW_PIXELS);
    }
    buffer_release(&png);
}

static void an_answer_has_no_more_bytes_than_its_limit(void)
{
    static const enum view_kind kinds[] = {VIEW_PAGE, VIEW_PICTURE, VIEW_WORDS};
    struct buffer whole, again;
    buffer_init(&whole, LIMIT_OUTPUT_BYTES);
    buffer_init(&again, LIMIT_OUTPUT_BYTES);
    write_pdf(100, 100);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct view view;
        view_init(&view);
        CHECK(view.limits.bytes == LIMIT_VIEW_BYTES);
        CHECK(ask(&view, kinds[i], &whole) == 200);
        /* what the child sends for the page are the count and one size */
        view.limits.bytes =
            kinds[i] == VIEW_PAGE ? sizeof(size_t) + 2 * sizeof(float) : whole.length;
        CHECK(ask(&view, kinds[i], &again) == 200);
        CHECK(text_equal(buffer_text(&whole), buffer_text(&again)));
        view.limits.bytes--;
        CHECK(ask(&view, kinds[i], &again) == 404 && view.failed_count == 0);
        CHECK(!view.first && view.children == 0);
    }
    buffer_release(&whole);
    buffer_release(&again);
}

/* Of this process; a child has as much from the beginning. */
static size_t address_space(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    CHECK(file && fscanf(file, "%lu", &pages) == 1);
    if (file)
        fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void a_page_is_drawn_within_its_limit_of_memory(void)
{
    const size_t picture_bytes = (size_t)4 * LIMIT_VIEW_PIXELS;
    struct view view;
    struct buffer png;
    view_init(&view);
    buffer_init(&png, LIMIT_OUTPUT_BYTES);
    write_pdf(1000, 1000);
    CHECK(view.limits.memory_bytes == LIMIT_VIEW_MEMORY);
    view.limits.memory_bytes = address_space() + picture_bytes / 2;
    CHECK(ask(&view, VIEW_PICTURE, &png) == (memory_can_be_limited ? 404 : 200));
    view.limits.memory_bytes = address_space() + 32 * picture_bytes;
    CHECK(ask(&view, VIEW_PICTURE, &png) == 200);
    buffer_release(&png);
}

static void questions_wait_for_their_turn_and_leave_no_child_behind(void)
{
    enum { COUNT = LIMIT_VIEW_CHILDREN + 2 };
    struct view view;
    struct view_question *questions[COUNT];
    view_init(&view);
    write_pdf(1000, 1000);
    for (size_t i = 0; i < COUNT; i++) {
        questions[i] = view_ask(&view, view_folder, TEXT("a.pdf"), VIEW_PICTURE, 1);
        CHECK(!view_is_ended(questions[i]));
    }
    CHECK(view.children == LIMIT_VIEW_CHILDREN);
    view_forget(&view, questions[0]);
    CHECK(view.children == LIMIT_VIEW_CHILDREN - 1);
    view_run(&view);
    CHECK(view.children <= LIMIT_VIEW_CHILDREN);
    for (size_t i = 1; i < COUNT; i++)
        view_forget(&view, questions[i]);
    CHECK(!view.first && view.children == 0);
    CHECK(waitpid(-1, NULL, WNOHANG) < 0);
}

static bool is_tried(struct view *view)
{
    struct view_question *question = view_ask(view, view_folder, TEXT("a.pdf"), VIEW_PICTURE, 1);
    bool is_begun = !view_is_ended(question);
    while (!view_is_ended(question))
        view_run(view);
    view_forget(view, question);
    return is_begun;
}

static void what_took_too_long_is_tried_again_when_the_file_is_another(void)
{
    struct view view;
    view_init(&view);
    view.limits.seconds = 0; /* no time is enough */
    write_pdf(1000, 1000);
    CHECK(is_tried(&view));
    CHECK(view.failed_count == 1);
    CHECK(!is_tried(&view));
    write_pdf(500, 500); /* published anew */
    CHECK(is_tried(&view));
    CHECK(view.failed_count == 2);
}

int main(void)
{
    if (!mkdtemp(view_folder))
        return 1;
    RUN(an_editors_command_is_words_and_no_shell_reads_them);
    RUN(faults_are_taken_apart_and_each_is_told_once);
    RUN(files_stay_when_a_later_build_fails);
    RUN(faults_that_are_too_many_are_counted);
    RUN(a_folder_is_nothing_to_open);
    RUN(a_host_is_the_loopback_at_the_port);
    RUN(a_build_that_fails_without_a_word_shows_what_it_printed);
    RUN(a_page_is_drawn_with_no_more_pixels_than_its_limit);
    RUN(an_answer_has_no_more_bytes_than_its_limit);
    RUN(a_page_is_drawn_within_its_limit_of_memory);
    RUN(questions_wait_for_their_turn_and_leave_no_child_behind);
    RUN(what_took_too_long_is_tried_again_when_the_file_is_another);
    char name[64];
    snprintf(name, sizeof name, "%s/a.pdf", view_folder);
    unlink(name);
    rmdir(view_folder);
    UNIT_EXIT();
}
