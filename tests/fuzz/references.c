/* Files of references in every format, written in every format: no crash, no hang, UTF-8 in every
   field, spans inside. The first byte chooses the format. */
#include "references/write.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_utf8(text t)
{
    if (text_find_invalid_utf8(t) != SIZE_MAX)
        abort();
}

static void check_reference(const struct reference *reference)
{
    check_utf8(reference->id);
    check_utf8(reference->type);
    check_utf8(reference->language);
    for (const struct reference_field *field = reference->fields; field; field = field->next) {
        check_utf8(field->key);
        check_utf8(field->value);
        check_utf8(field->date.literal);
        for (size_t i = 0; i < field->name_count; i++) {
            check_utf8(field->names[i].family);
            check_utf8(field->names[i].given);
            check_utf8(field->names[i].literal);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena arena;
    struct report report;
    struct reference_list list = {NULL, 0, 0};
    arena_init(&arena);
    report_init(&report, &arena);
    text bytes = arena_copy(&arena, (text){(const char *)data + 1, size - 1});
    uint32_t file = report_add_source(&report, TEXT("r"), bytes);
    references_read(&arena, &report, file, bytes,
                    (enum reference_format)(data[0] % REFERENCES_UNKNOWN), &list);
    for (size_t i = 0; i < list.count; i++)
        check_reference(list.items[i]);
    for (size_t i = 0; i < report.count; i++) {
        if (report.diagnostics[i].span.line == 0)
            abort();
    }
    struct buffer out;
    buffer_init(&out, 1 << 24);
    for (int target = 0; target < REFERENCES_TARGETS; target++) {
        buffer_clear(&out);
        references_write(&arena, &report, &list, (enum reference_target)target, &out);
        check_utf8(buffer_text(&out));
    }
    buffer_clear(&out);
    report_print(&report, &out);
    buffer_release(&out);
    arena_release(&arena);
    return 0;
}
