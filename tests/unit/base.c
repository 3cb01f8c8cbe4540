#include "tests/unit/unit.h"

#include "base/address.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/raster_files.h"
#include "base/report.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void text_next_reads_every_length_of_sequence(void)
{
    text t = TEXT("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    size_t offset = 0;
    CHECK(text_next(t, &offset) == 'a');
    CHECK(text_next(t, &offset) == 0xE9);
    CHECK(text_next(t, &offset) == 0x20AC);
    CHECK(text_next(t, &offset) == 0x1F600);
    CHECK(text_next(t, &offset) == UINT32_MAX);
    CHECK(text_count(t) == 4);
}

static void words_are_found_from_a_place_on(void)
{
    text t = TEXT("one, two, one");
    CHECK(text_find(t, TEXT("one"), 0) == 0 && text_find(t, TEXT("one"), 1) == 10);
    CHECK(text_find(t, TEXT("one"), 11) == SIZE_MAX && text_find(t, TEXT("One"), 0) == SIZE_MAX);
    CHECK(text_find(t, t, 0) == 0 && text_find(TEXT("on"), TEXT("one"), 0) == SIZE_MAX);
    /* what is empty stands everywhere */
    CHECK(text_find(t, TEXT_EMPTY, 0) == 0 && text_find(t, TEXT_EMPTY, t.length) == t.length);
    CHECK(text_find(t, TEXT_EMPTY, t.length + 1) == SIZE_MAX);
}

static void a_text_is_cut_at_the_first_such_byte(void)
{
    text before, behind, rest = TEXT("a/b//c");
    CHECK(text_cut(rest, '/', &before, &behind));
    CHECK_TEXT(before, "a");
    CHECK_TEXT(behind, "b//c");
    CHECK(!text_cut(rest, '#', &before, &behind) && text_equal(before, rest) && !behind.length);
    CHECK(text_cut(TEXT("a="), '=', &before, &behind) && !behind.length);
    CHECK(text_cut(TEXT("a=b"), '=', NULL, &behind) && text_cut(TEXT("a=b"), '=', &before, NULL));
    CHECK(!text_cut(TEXT_EMPTY, '/', &before, &behind) && !before.length && !behind.length);
    const char *const parts[] = {"a", "b", "", "c"}; /* into itself, to its end */
    size_t count = 0;
    while (rest.length) {
        text_cut(rest, '/', &before, &rest);
        CHECK_TEXT(before, parts[count++]);
    }
    CHECK(count == 4);
}

static void a_text_is_looked_up_in_a_table(void)
{
    static const char *const words[] = {".md", "TOC"};
    CHECK(TEXT_IS_AMONG(TEXT("TOC"), words) && !TEXT_IS_AMONG(TEXT("toc"), words));
    CHECK(!TEXT_IS_AMONG(TEXT("TO"), words) && !TEXT_IS_AMONG(TEXT_EMPTY, words));
    CHECK(TEXT_IS_AMONG_IGNORING_CASE(TEXT("toc"), words));
    CHECK(!TEXT_IS_AMONG_IGNORING_CASE(TEXT("toc "), words));
    CHECK(TEXT_STARTS_WITH_ANY(TEXT("TOCs"), words) && !TEXT_STARTS_WITH_ANY(TEXT("a TOC"), words));
    CHECK(TEXT_ENDS_WITH_ANY(TEXT("a TOC"), words) && !TEXT_ENDS_WITH_ANY(TEXT("TOCs"), words));
    CHECK(TEXT_HOLDS_ANY(TEXT("a TOC in it"), words) && !TEXT_HOLDS_ANY(TEXT("md"), words));
    CHECK(TEXT_HAS_EXTENSION(TEXT("a.MD"), words) && !TEXT_HAS_EXTENSION(TEXT(".md"), words));
}

static void a_picture_is_known_by_its_first_bytes(void)
{
    CHECK(raster_format_of(TEXT("\x89PNG\r\n\x1A\n")) == RASTER_PNG);
    CHECK(raster_format_of(TEXT("\x89PNG\n\x1A\n")) ==
          RASTER_NONE); /* its line ends were changed */
    CHECK(raster_format_of(TEXT("\xFF\xD8\xFF\xE0")) == RASTER_JPEG);
    CHECK(raster_format_of(TEXT("RIFF\1\0\0\0WEBP")) == RASTER_WEBP);
    CHECK(raster_format_of(TEXT("RIFF\1\0\0\0WAVE")) == RASTER_NONE);
    CHECK(raster_format_of(TEXT("GIF89a")) == RASTER_GIF && !raster_format_of(TEXT_EMPTY));
}

static void chunks_of_a_picture_end_with_the_file(void)
{
    static const char bytes[] = "\x89PNG\r\n\x1A\n"
                                "\0\0\0\2acTL\1\2crc4"
                                "\0\0\0\0IENDcrc4";
    text png = {bytes, sizeof bytes - 1};
    struct png_chunk chunk;
    size_t at = PNG_SIGNATURE;
    CHECK(png_next_chunk(png, &at, &chunk) && png_chunk_is(&chunk, "acTL") && chunk.size == 2);
    CHECK(big_endian(chunk.data, 2) == 0x102 && chunk.whole.length == 14);
    CHECK(png_next_chunk(png, &at, &chunk) && png_chunk_is(&chunk, "IEND") && chunk.size == 0);
    CHECK(!png_next_chunk(png, &at, &chunk) && at == png.length);
    for (size_t length = 0; length < 22; length++) { /* cut within the first */
        at = PNG_SIGNATURE;
        CHECK(!png_next_chunk(text_slice(png, 0, length), &at, &chunk));
    }
    text endless = TEXT("\x89PNG\r\n\x1A\n\xFF\xFF\xFF\xFFIDATcrc4");
    at = PNG_SIGNATURE;
    CHECK(!png_next_chunk(endless, &at, &chunk));
}

static void ill_formed_utf8_is_found_where_it_begins(void)
{
    static const struct {
        const char *bytes;
        size_t place;
    } rows[] = {
        {"good", SIZE_MAX},   {"ab\x80", 2},       {"\xC0\x80", 0},
        {"a\xE0\x80\x80", 1}, {"\xED\xA0\x80", 0}, {"\xF4\x90\x80\x80", 0},
        {"x\xF0\x9F\x98", 1}, {"\xFF", 0},         {"\xC3\xA9\xC3", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(text_find_invalid_utf8(text_from_c(rows[i].bytes)) == rows[i].place);
}

static void encoding_and_decoding_agree_for_every_scalar_value(void)
{
    for (uint32_t c = 0; c < 0x110000; c += 7) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char bytes[4];
        size_t length = text_encode(c, bytes), offset = 0;
        CHECK(text_next((text){bytes, length}, &offset) == c && offset == length);
    }
}

static void names_of_files_are_written_as_addresses_and_read_back(void)
{
    static const struct {
        const char *name, *address;
    } rows[] = {
        {"What is asthma?.pdf", "./What%20is%20asthma%3F.pdf"},
        {"FAQ #1.pdf", "./FAQ%20%231.pdf"},
        {"50% off", "./50%25%20off"},
        {"The 50%25 rule", "./The%2050%2525%20rule"},
        {"a\\b\nc\"d'e", "./a%5Cb%0Ac%22d'e"},
        {"note: x", "./note%3A%20x"},
        {"<[{\x7F}]>|^`", "./%3C%5B%7B%7F%7D%5D%3E%7C%5E%60"},
        {"gr\xC3\xB6\xC3\x9F"
         "e",
         "./gr%C3%B6%C3%9Fe"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text name = text_from_c(rows[i].name), address = address_beside(&arena, name);
        CHECK(text_equal_c(address, rows[i].address));
        CHECK(text_equal(text_slice(address_decoded(&arena, address), 2, SIZE_MAX), name));
    }
    CHECK(text_equal_c(address_decoded(&arena, TEXT("%zz%4")), "%zz%4"));
    CHECK(text_equal_c(address_decoded(&arena, TEXT("a%00b")), "a%00b"));
    CHECK(text_equal_c(address_decoded(&arena, TEXT("%FF")), "%FF"));
    arena_release(&arena);
}

static void addresses_keep_what_has_a_meaning_there(void)
{
    static const struct {
        enum address_part part;
        const char *plain, *encoded;
    } rows[] = {
        {ADDRESS_WHOLE, "https://a.example/b%20c?d=[e]#f#g",
         "https://a.example/b%20c?d=%5Be%5D#f%23g"},
        {ADDRESS_WHOLE, "http://[::1]/100%", "http://[::1]/100%25"},
        {ADDRESS_FRAGMENT, "\xE4\xBD\xA0 #%", "\xE4\xBD\xA0%20%23%25"},
        {ADDRESS_PATH, "a/b:c", "a/b:c"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(text_equal_c(address_encoded(&arena, rows[i].part, text_from_c(rows[i].plain)),
                           rows[i].encoded));
    CHECK(text_equal_c(address_scheme(TEXT("MailTo:x")), "MailTo"));
    CHECK(address_scheme(TEXT("a b:c")).length == 0 && address_scheme(TEXT("1a:b")).length == 0);
    CHECK(address_scheme(TEXT(":")).length == 0 && address_scheme(TEXT("no")).length == 0);
    arena_release(&arena);
}

static void numbers_beyond_the_maximum_are_refused(void)
{
    unsigned long number = 7;
    CHECK(text_to_number(TEXT("120"), 120, &number) && number == 120);
    CHECK(!text_to_number(TEXT("121"), 120, &number));
    CHECK(text_to_number(TEXT("2"), 2, &number) && number == 2);
    CHECK(!text_to_number(TEXT("3"), 2, &number)); /* the largest is less than a digit may be */
    CHECK(text_to_number(TEXT("0"), 0, &number) && number == 0);
    CHECK(!text_to_number(TEXT("1"), 0, &number));
    CHECK(text_to_number(TEXT("007"), 7, &number) && number == 7);
    CHECK(!text_to_number(TEXT("99999999999999999999999"), 120, &number));
    CHECK(!text_to_number(TEXT(""), 120, &number));
    CHECK(!text_to_number(TEXT("1x"), 120, &number));
}

static void distance_counts_changes_and_stops_at_the_limit(void)
{
    CHECK(text_distance(TEXT("figure"), TEXT("figrue"), 3) == 2);
    CHECK(text_distance(TEXT("a"), TEXT("abcdef"), 3) == 4);
    CHECK(text_distance(TEXT(""), TEXT(""), 3) == 0);
}

static void arena_gives_zeroed_and_aligned_memory(void)
{
    struct arena arena;
    arena_init(&arena);
    for (size_t size = 0; size < 300000; size = size * 3 + 1) {
        unsigned char *memory = arena_allocate(&arena, size);
        CHECK((uintptr_t)memory % 16 == 0);
        for (size_t i = 0; i < size; i++)
            CHECK(memory[i] == 0);
        memset(memory, 0xAA, size);
    }
    arena_release(&arena);
}

static void count_release(void *object)
{
    ++*(int *)object;
}

static void arena_runs_its_clean_ups_once(void)
{
    struct arena arena;
    int released = 0;
    arena_init(&arena);
    arena_on_release(&arena, count_release, &released);
    arena_release(&arena);
    arena_release(&arena);
    CHECK(released == 1);
}

static void buffer_stops_at_its_maximum(void)
{
    struct buffer buffer;
    buffer_init(&buffer, 8);
    buffer_add_c(&buffer, "12345");
    buffer_add_c(&buffer, "6789");
    CHECK(buffer.overflowed);
    CHECK_TEXT(buffer_text(&buffer), "12345");
    buffer_release(&buffer);
}

static void a_buffer_may_keep_the_beginning_of_what_is_too_long(void)
{
    struct buffer buffer;
    buffer_init(&buffer, 4);
    buffer_cut(&buffer);
    buffer_add_text(&buffer, TEXT("ab"));
    CHECK(!buffer.overflowed);
    buffer_add_text(&buffer, TEXT("c\u00E9f")); /* a character of two bytes, one too many */
    CHECK_TEXT(buffer_text(&buffer), "abc");
    buffer_add_text(&buffer, TEXT("d"));
    CHECK_TEXT(buffer_text(&buffer), "abc");
    CHECK(buffer.overflowed);
    buffer_clear(&buffer);
    buffer_add_text(&buffer, TEXT("abcd"));
    CHECK_TEXT(buffer_text(&buffer), "abcd");
    CHECK(!buffer.overflowed);
    buffer_release(&buffer);
}

static void numbers_are_written_without_trailing_zeros(void)
{
    static const struct {
        double number;
        int places;
        const char *written;
    } rows[] = {
        {12.5, 2, "12.5"}, {0, 3, "0"},        {-0.0001, 2, "0"}, {-3.25, 2, "-3.25"},
        {1.005, 1, "1"},   {99.999, 2, "100"}, {0.05, 2, "0.05"}, {-0.5, 2, "-0.5"},
    };
    struct buffer buffer;
    buffer_init(&buffer, 100);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer_clear(&buffer);
        buffer_add_number(&buffer, rows[i].number, rows[i].places);
        CHECK_TEXT(buffer_text(&buffer), rows[i].written);
    }
    buffer_release(&buffer);
}

static void a_diagnostic_shows_its_line_a_caret_and_a_hint(void)
{
    struct arena arena;
    struct report report;
    struct buffer out;
    arena_init(&arena);
    report_init(&report, &arena);
    buffer_init(&out, 10000);
    uint32_t file = report_add_source(&report, TEXT("a.md"), TEXT("one\ntwo \xC3\xA9 words\n"));
    report_warning(&report, "footnote-unused", ((struct span){file, 2, 1, 2, 3}), NULL, "second %d",
                   2);
    report_error(&report, "link-empty", ((struct span){file, 2, 8, 2, 12}), "mend it", "first");
    report_error(&report, "link-empty", ((struct span){file, 2, 8, 2, 12}), "mend it", "first");
    report_print(&report, &out);
    CHECK(report.errors == 1 && report.warnings == 1);
    CHECK_TEXT(buffer_text(&out), "a.md:2:1: warning[footnote-unused]: second 2\n"
                                  "    two \xC3\xA9 words\n"
                                  "    ^~~\n"
                                  "    hint: call the note with [^name], or take it away\n"
                                  "a.md:2:7: error[link-empty]: first\n"
                                  "    two \xC3\xA9 words\n"
                                  "          ^~~~~\n"
                                  "    hint: mend it\n");
    buffer_release(&out);
    arena_release(&arena);
}

static void control_characters_never_reach_the_terminal(void)
{
    struct arena arena;
    struct report report;
    struct buffer out;
    arena_init(&arena);
    report_init(&report, &arena);
    buffer_init(&out, 10000);
    uint32_t file = report_add_source(&report, TEXT("a\x1B.md"), TEXT("x\x1B[31m\xE2\x80\xAEy\n"));
    report_error(&report, "internal", ((struct span){file, 1, 1, 1, 1}), NULL, "a\nb\x07");
    report_print(&report, &out);
    text printed = buffer_text(&out);
    CHECK(text_find_byte(printed, 0x1B, 0) == SIZE_MAX);
    CHECK(text_find_byte(printed, 0x07, 0) == SIZE_MAX);
    CHECK(text_find(printed, TEXT("\xE2\x80\xAE"), 0) == SIZE_MAX);
    buffer_release(&out);
    arena_release(&arena);
}

static void diagnostics_past_the_limit_are_counted(void)
{
    struct arena arena;
    struct report report;
    struct buffer out;
    arena_init(&arena);
    report_init(&report, &arena);
    buffer_init(&out, 1000000);
    uint32_t file = report_add_source(&report, TEXT("a.md"), TEXT("x"));
    for (uint32_t i = 0; i < LIMIT_DIAGNOSTICS + 5; i++)
        report_error(&report, "internal", ((struct span){file, i + 1, 1, i + 1, 1}), NULL, "again");
    report_print(&report, &out);
    CHECK(report.errors == LIMIT_DIAGNOSTICS + 5);
    CHECK(text_ends_with(buffer_text(&out), TEXT("lectern: 5 more not shown\n")));
    buffer_release(&out);
    arena_release(&arena);
}

static void a_span_is_found_from_offsets(void)
{
    struct arena arena;
    struct report report;
    arena_init(&arena);
    report_init(&report, &arena);
    uint32_t file = report_add_source(&report, TEXT("a.md"), TEXT("one\ntwo\nthree"));
    struct span span = report_span_of(&report, file, 5, 10);
    CHECK(span.line == 2 && span.column == 2);
    CHECK(span.end_line == 3 && span.end_column == 2);
    arena_release(&arena);
}

/* files */

static char folder_path[] = "/tmp/lectern-unit-XXXXXX";

static void write_file(const char *name, const char *bytes)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder_path, name);
    CHECK(file_write_whole(path, text_from_c(bytes)));
}

static void a_folder_cannot_be_left(void)
{
    struct arena arena;
    struct folder folder;
    char path[200];
    text bytes;
    arena_init(&arena);
    write_file("inside.txt", "inside");
    snprintf(path, sizeof path, "%s/link.txt", folder_path);
    CHECK(symlink("/etc/hostname", path) == 0);
    snprintf(path, sizeof path, "%s/good.txt", folder_path);
    CHECK(symlink("inside.txt", path) == 0);
    CHECK(folder_open(&folder, &arena, text_from_c(folder_path)));
    CHECK(folder_read(&folder, &arena, TEXT("inside.txt"), 100, &bytes) == FILE_OK);
    CHECK_TEXT(bytes, "inside");
    CHECK(folder_read(&folder, &arena, TEXT("good.txt"), 100, &bytes) == FILE_OK);
    CHECK(folder_read(&folder, &arena, TEXT("link.txt"), 100, &bytes) == FILE_OUTSIDE);
    CHECK(folder_read(&folder, &arena, TEXT("../etc/hostname"), 100, &bytes) == FILE_OUTSIDE);
    CHECK(folder_read(&folder, &arena, TEXT("/etc/hostname"), 100, &bytes) == FILE_OUTSIDE);
    CHECK(folder_read(&folder, &arena, TEXT("nothing"), 100, &bytes) == FILE_NOT_FOUND);
    CHECK(folder_read(&folder, &arena, TEXT("."), 100, &bytes) == FILE_NOT_REGULAR);
    CHECK(folder_read(&folder, &arena, TEXT("inside.txt"), 5, &bytes) == FILE_TOO_LARGE);
    CHECK(folder_read(&folder, &arena, (text){"in\0side", 7}, 5, &bytes) == FILE_NOT_FOUND);
    arena_release(&arena);
}

static void a_pipe_is_refused_without_waiting(void)
{
    struct arena arena;
    char path[200];
    text bytes;
    arena_init(&arena);
    snprintf(path, sizeof path, "%s/pipe", folder_path);
    CHECK(mkfifo(path, 0600) == 0);
    CHECK(file_read(&arena, path, 100, &bytes) == FILE_NOT_REGULAR);
    arena_release(&arena);
}

static void a_failed_write_leaves_the_old_file_and_nothing_else(void)
{
    struct arena arena;
    char path[200];
    text bytes, *names;
    size_t before, after;
    arena_init(&arena);
    write_file("kept.txt", "old");
    CHECK(folder_list(&arena, folder_path, &names, &before));
    snprintf(path, sizeof path, "%s/folder.txt", folder_path);
    CHECK(folder_make(path));
    CHECK(!file_write_whole(path, TEXT("new"))); /* a folder stands there */
    snprintf(path, sizeof path, "%s/kept.txt", folder_path);
    CHECK(file_read(&arena, path, 100, &bytes) == FILE_OK);
    CHECK_TEXT(bytes, "old");
    CHECK(folder_list(&arena, folder_path, &names, &after));
    CHECK(after == before + 1);
    arena_release(&arena);
}

static void files_are_written_together(void)
{
    struct arena arena;
    char good[200], taken[200], link[200], other[200];
    text bytes, *names;
    size_t before, after;
    arena_init(&arena);
    snprintf(good, sizeof good, "%s/together.txt", folder_path);
    snprintf(taken, sizeof taken, "%s/together", folder_path);
    snprintf(link, sizeof link, "%s/together-link.txt", folder_path);
    snprintf(other, sizeof other, "%s/together-other.txt", folder_path);
    CHECK(folder_make(taken));
    write_file("together-other.txt", "old");
    CHECK(symlink("together-other.txt", link) == 0);
    CHECK(folder_list(&arena, folder_path, &names, &before));
    struct file_content files[] = {
        {taken, TEXT("one"), 0}, {good, TEXT("two"), -1}, {link, TEXT("three"), -1}};
    file_write_together(files, 3);
    CHECK(files[0].error == EISDIR && files[1].error == 0 && files[2].error == 0);
    CHECK(file_read(&arena, good, 100, &bytes) == FILE_OK);
    CHECK_TEXT(bytes, "two");
    CHECK(file_read(&arena, other, 100, &bytes) == FILE_OK);
    CHECK_TEXT(bytes, "three");
    CHECK(folder_list(&arena, folder_path, &names, &after));
    CHECK(after == before + 1); /* the first that was not there; no temporary one */
    file_write_together(files, 0);
    CHECK(file_write_quickly(other, TEXT("four")) && !file_write_quickly(taken, TEXT("five")));
    CHECK(file_read(&arena, other, 100, &bytes) == FILE_OK);
    CHECK_TEXT(bytes, "four");
    arena_release(&arena);
}

static void remove_folder(void)
{
    struct arena arena;
    text *names;
    size_t count;
    arena_init(&arena);
    if (folder_list(&arena, folder_path, &names, &count)) {
        for (size_t i = 0; i < count; i++) {
            char path[300];
            snprintf(path, sizeof path, "%s/%s", folder_path, names[i].bytes);
            remove(path);
        }
    }
    rmdir(folder_path);
    arena_release(&arena);
}

int main(void)
{
    if (!mkdtemp(folder_path))
        return 1;
    RUN(text_next_reads_every_length_of_sequence);
    RUN(words_are_found_from_a_place_on);
    RUN(a_text_is_cut_at_the_first_such_byte);
    RUN(a_text_is_looked_up_in_a_table);
    RUN(a_picture_is_known_by_its_first_bytes);
    RUN(chunks_of_a_picture_end_with_the_file);
    RUN(ill_formed_utf8_is_found_where_it_begins);
    RUN(encoding_and_decoding_agree_for_every_scalar_value);
    RUN(names_of_files_are_written_as_addresses_and_read_back);
    RUN(addresses_keep_what_has_a_meaning_there);
    RUN(numbers_beyond_the_maximum_are_refused);
    RUN(distance_counts_changes_and_stops_at_the_limit);
    RUN(arena_gives_zeroed_and_aligned_memory);
    RUN(arena_runs_its_clean_ups_once);
    RUN(buffer_stops_at_its_maximum);
    RUN(a_buffer_may_keep_the_beginning_of_what_is_too_long);
    RUN(numbers_are_written_without_trailing_zeros);
    RUN(a_diagnostic_shows_its_line_a_caret_and_a_hint);
    RUN(control_characters_never_reach_the_terminal);
    RUN(diagnostics_past_the_limit_are_counted);
    RUN(a_span_is_found_from_offsets);
    RUN(a_folder_cannot_be_left);
    RUN(a_pipe_is_refused_without_waiting);
    RUN(files_are_written_together);
    RUN(a_failed_write_leaves_the_old_file_and_nothing_else);
    remove_folder();
    UNIT_EXIT();
}
