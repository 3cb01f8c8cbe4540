/* Settings and front matter, in each of its notations: whatever they say, reading ends, every place
   is in its file, every text is UTF-8, and nothing is opened outside. A line "====" divides the
   bytes: the nearest lectern.yaml, the one above it, the front matter. */
#include "base/report.h"
#include "read/read.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_places(const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct span *span = &report->diagnostics[i].span;
        assert(span->file < report->source_count);
        text source = report->sources[span->file].bytes;
        uint32_t lines = 1;
        for (size_t b = 0; b < source.length; b++)
            lines += source.bytes[b] == '\n';
        assert(span->line <= lines + 1 && span->end_line >= span->line);
    }
}

static void check_text(text words)
{
    assert(text_find_invalid_utf8(words) == SIZE_MAX);
}

static void check_metadata(const struct metadata *metadata)
{
    for (size_t i = 0; i < metadata->author_count; i++) {
        const struct author *author = &metadata->authors[i];
        assert(author->name.length);
        check_text(author->name);
        check_text(author->sorted_name);
        assert(author->orcid.length == 0 || author->orcid.length == 19);
        for (size_t k = 0; k < author->affiliation_count; k++)
            assert(author->affiliations[k] < metadata->affiliation_count);
    }
    for (size_t i = 0; i < metadata->affiliation_count; i++)
        check_text(metadata->affiliations[i]);
    assert(metadata->date.length == 0 || metadata->date.length == 4 || metadata->date.length == 7 ||
           metadata->date.length == 10);
    check_text(metadata->license);
    check_text(metadata->rights);
    check_text(metadata->title);
}

/* The bytes up to the next line of four equals signs. */
static text next_part(text *rest)
{
    size_t end = text_find(*rest, TEXT("====\n"), 0);
    text part = text_slice(*rest, 0, end == SIZE_MAX ? rest->length : end);
    *rest = text_slice(*rest, end == SIZE_MAX ? rest->length : end + 5, rest->length);
    return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length > 65536)
        return 0;
    struct arena arena;
    struct report report;
    struct buffer out;
    struct folder nowhere = {.descriptor = -1, .name = TEXT("nowhere")};
    arena_init(&arena);
    report_init(&report, &arena);
    buffer_init(&out, (size_t)1 << 26);
    text rest = arena_copy(&arena, (text){(const char *)bytes, length});
    struct settings_file files[2] = {{.name = TEXT("a/lectern.yaml"), .folder = &nowhere},
                                     {.name = TEXT("lectern.yaml"), .folder = &nowhere}};
    files[0].bytes = next_part(&rest);
    files[1].bytes = next_part(&rest);
    const struct settings_files settings = {files, 2};
    struct document document = {.arena = &arena,
                                .report = &report,
                                .folder = nowhere,
                                .settings = &settings,
                                .keeps_given = true,
                                .is_book = text_starts_with(files[0].bytes, TEXT("book:")),
                                .name = TEXT("a")};
    /* what begins like front matter of another notation is that */
    bool has_own = rest.length && strchr("+{%T", rest.bytes[0]);
    const char *fence = has_own ? "" : "---\n";
    text article =
        arena_printf(&arena, "%s%.*s\n%s\n# One\n\nWords.\n", fence, TEXT_ARGUMENTS(rest), fence);
    bool is_read = read_article_bytes(&document, article, TEXT("a/article.md"));
    assert(is_read || report.errors);
    assert(!document.root_folder || report.errors == 0 || document.root_folder->descriptor >= 0);
    check_metadata(&document.metadata);
    check_places(&report);
    for (size_t i = 0; i < document.given_count; i++)
        check_text(document.given[i].value);
    report_print(&report, &out);
    check_text(buffer_text(&out));
    buffer_release(&out);
    arena_release(&arena);
    return 0;
}
