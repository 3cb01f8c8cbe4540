/* Theme files: whatever they say, the theme that comes out can be laid out in. The first byte of
   the input chooses the profile. */
#include "base/report.h"
#include "theme/contrast.h"

#include <assert.h>
#include <math.h>

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

static void check_theme(const struct theme *theme)
{
    for (int i = 0; i < LOOK_COUNT; i++) {
        const struct look *look = &theme->looks[i];
        assert(look->size >= 5 && look->size <= 144 && look->size >= theme->smallest_size);
        assert(look->leading >= 1 && look->leading <= 3 && look->colour <= 0xFFFFFF);
        assert(look->before >= 0 && look->after >= 0 && look->after <= 144);
    }
    assert(theme->columns == 1 || theme->columns == 2);
    assert(theme->page.bleed >= 0 && theme->page.bleed <= 72 && theme->page.gutter <= 144);
    assert(theme->page.width >= 0 && isfinite(theme->page.height));
    assert(theme->link_colour <= 0xFFFFFF && theme->widest_measure >= 72);
    assert(text_find_invalid_utf8(theme->header) == SIZE_MAX);
    assert(text_find_invalid_utf8(theme->body_family) == SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0 || length > 65536)
        return 0;
    struct arena arena;
    struct report report;
    struct buffer out;
    arena_init(&arena);
    report_init(&report, &arena);
    buffer_init(&out, (size_t)1 << 26);
    report_add_source(&report, TEXT("article.md"), TEXT_EMPTY);
    struct document document = {.arena = &arena, .report = &report};
    struct theme_file file;
    struct theme theme;
    text words = arena_copy(&arena, (text){(const char *)bytes + 1, length - 1});
    bool is_read = theme_file_read(&report, TEXT("house.yaml"), words, &file);
    assert(is_read || report.errors);
    struct theme_options options = {.profile = profile_at(bytes[0] % 5), .house = &file};
    bool is_good = theme_resolve(&document, &options, &theme);
    assert(is_good || report.errors);
    assert(!is_read || is_good == (report.errors == 0));
    check_theme(&theme);
    check_places(&report);
    report_print(&report, &out);
    assert(text_find_invalid_utf8(buffer_text(&out)) == SIZE_MAX);
    buffer_release(&out);
    arena_release(&arena);
    return 0;
}
