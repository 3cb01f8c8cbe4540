#include "inspect/inspect.h"

#include "inspect/epub/epub.h"
#include "inspect/model.h"
#include "inspect/pdf/pdf.h"
#include "inspect/print.h"
#include "inspect/report/report.h"
#include "inspect/rules.h"

static bool is_pdf(text bytes)
{
    return text_find(text_slice(bytes, 0, 1024), TEXT("%PDF-"), 0) != SIZE_MAX;
}

static bool is_epub(text bytes)
{
    return text_starts_with(bytes, TEXT("PK"));
}

const char *inspect_library(text bytes)
{
    return is_pdf(bytes) ? "qpdf" : is_epub(bytes) ? "zip" : NULL;
}

struct inspection *inspect(struct arena *arena, text name, text bytes)
{
    struct inspection *inspection = ARENA_NEW(arena, struct inspection);
    inspection->arena = arena;
    inspection->name = name;
    inspection->bytes = bytes;
    inspection_add(inspection, 0, NODE_ELEMENT);
    if (is_pdf(bytes))
        pdf_inspect(inspection);
    else if (is_epub(bytes))
        epub_inspect(inspection);
    else
        inspection_fail(inspection, "it is neither a PDF nor an EPUB");
    rules_note(inspection);
    return inspection;
}

bool inspection_write(const struct inspection *inspection, enum inspect_format format,
                      struct buffer *out)
{
    if (format == INSPECT_JSON)
        print_json(inspection, out);
    else if (format == INSPECT_HTML)
        print_html(inspection, out);
    else
        print_text(inspection, out);
    return !out->overflowed;
}

text inspection_failure(const struct inspection *inspection)
{
    return inspection->failure;
}

size_t inspection_findings(const struct inspection *inspection)
{
    return inspection->finding_count;
}
