#include "tests/unit/unit.h"

#include "base/limits.h"
#include "watch/editor.h"
#include "watch/news.h"
#include "watch/server.h"

#include <string.h>

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

int main(void)
{
    RUN(an_editors_command_is_words_and_no_shell_reads_them);
    RUN(faults_are_taken_apart_and_each_is_told_once);
    RUN(files_stay_when_a_later_build_fails);
    RUN(faults_that_are_too_many_are_counted);
    RUN(a_folder_is_nothing_to_open);
    RUN(a_host_is_the_loopback_at_the_port);
    RUN(a_build_that_fails_without_a_word_shows_what_it_printed);
    UNIT_EXIT();
}
