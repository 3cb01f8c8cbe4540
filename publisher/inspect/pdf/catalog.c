#include "inspect/pdf/catalog.h"

#include "base/limits.h"

#include <string.h>

#define FAULT(condition, ...)                                                                      \
    inspection_find(reader->inspection, CONDITION_##condition, 0, 0, 0, __VA_ARGS__)

/* RFC 3066's syntax, as ISO 14289-1 has it through ISO 32000-1, 14.9.2. */
static bool is_tag(text language)
{
    size_t length = 0;
    for (size_t i = 0, part = 0; i <= language.length; i++) {
        char c = i < language.length ? language.bytes[i] : '-';
        bool is_letter = text_is_ascii_letter(c);
        if (c == '-') {
            if (length < 1 || length > 8)
                return false;
            length = 0;
            part++;
        } else if (is_letter || (part > 0 && byte_is_digit(c))) {
            length++;
        } else {
            return false;
        }
    }
    return true;
}

void pdf_check_language(struct pdf_reader *reader, text language, uint32_t page, uint32_t object)
{
    if (!is_tag(language))
        inspection_find(reader->inspection, CONDITION_ISO_LANGUAGE, page, object, 0,
                        "the language is \"%.*s\"", TEXT_ARGUMENTS(language));
}

/* Whether the text holds a character of an area for private use (The Unicode Standard, 23.5). */
static bool has_private(text words)
{
    for (size_t offset = 0; offset < words.length;) {
        uint32_t c = text_next(words, &offset);
        if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000)
            return true;
    }
    return false;
}

bool pdf_check_private(struct pdf_reader *reader, text words, const char *what, uint32_t page,
                       uint32_t object)
{
    if (!reader->inspection->is_ua2 || !has_private(words))
        return false;
    bool is_instead = strcmp(what, "Alt") == 0 || strcmp(what, "ActualText") == 0;
    inspection_find(reader->inspection,
                    is_instead ? CONDITION_UA2_PRIVATE_WORDS : CONDITION_UA2_STRING, page, object,
                    0, "in %s", what);
    return true;
}

void pdf_check_file(struct pdf_reader *reader, pdf_object specification, enum condition condition,
                    uint32_t page)
{
    struct pdf_file *file = &reader->file;
    if (!pdf_is_dictionary(file, pdf_get(file, specification, "/EF")))
        return;
    if (reader->inspection->is_ua2) {
        if (condition == CONDITION_M21_001 && !pdf_has(file, specification, "/Desc"))
            inspection_find(reader->inspection, CONDITION_UA2_ATTACHED, page,
                            pdf_number(file, specification), 0, "its Desc entry is missing");
        return;
    }
    if (!pdf_text(file, pdf_get(file, specification, "/F")).length ||
        !pdf_text(file, pdf_get(file, specification, "/UF")).length)
        inspection_find(reader->inspection, condition, page, pdf_number(file, specification), 0,
                        "its F or UF entry is missing or empty");
}

/* The name tree of embedded files; its depth and its breadth are bounded. */
static void check_attached(struct pdf_reader *reader, pdf_object top)
{
    enum { DEEPEST = 16, MOST = 100000 };
    struct pdf_file *file = &reader->file;
    pdf_object stack[DEEPEST];
    int at[DEEPEST], depth = 0;
    stack[0] = top;
    at[0] = 0;
    for (int steps = 0; depth >= 0 && steps < MOST; steps++) {
        pdf_object names = pdf_get(file, stack[depth], "/Names");
        pdf_object kids = pdf_get(file, stack[depth], "/Kids");
        for (int i = 1; at[depth] == 0 && i < pdf_count(file, names) && i < MOST; i += 2)
            pdf_check_file(reader, pdf_item(file, names, i), CONDITION_M21_001, 0);
        if (at[depth] < pdf_count(file, kids) && depth + 1 < DEEPEST) {
            stack[depth + 1] = pdf_item(file, kids, at[depth]++);
            at[++depth] = 0;
        } else {
            depth--;
        }
    }
}

/* 7.10 */
static void check_layers(struct pdf_reader *reader, pdf_object properties)
{
    struct pdf_file *file = &reader->file;
    pdf_object usual = pdf_get(file, properties, "/D");
    pdf_object others = pdf_get(file, properties, "/Configs");
    if (!pdf_is_dictionary(file, properties))
        return;
    bool is_ua2 = reader->inspection->is_ua2;
    if (!pdf_text(file, pdf_get(file, usual, "/Name")).length) {
        FAULT(M20_002, "OCProperties D has no Name");
        if (is_ua2 && pdf_has(file, properties, "/Configs"))
            FAULT(UA2_LAYER_NAME, "OCProperties D has no Name");
    }
    if (pdf_has(file, usual, "/AS"))
        FAULT(M20_003, "OCProperties D has an AS entry");
    for (int i = 0; i < pdf_count(file, others) && i < 1000; i++) {
        pdf_object other = pdf_item(file, others, i);
        if (!pdf_text(file, pdf_get(file, other, "/Name")).length)
            FAULT(M20_001, "configuration %d has no Name", i + 1);
        if (is_ua2 && !pdf_text(file, pdf_get(file, other, "/Name")).length)
            FAULT(UA2_LAYER_NAME, "configuration %d has no Name", i + 1);
        if (pdf_has(file, other, "/AS"))
            FAULT(M20_003, "configuration %d has an AS entry", i + 1);
    }
}

/* 7.15 */
static void check_form(struct pdf_reader *reader, pdf_object form)
{
    struct pdf_file *file = &reader->file;
    pdf_object xfa = pdf_get(file, form, "/XFA");
    struct buffer bytes;
    if (reader->inspection->is_ua2) {
        if (!pdf_is_null(file, xfa))
            FAULT(UA2_XFA, "the form has an XFA entry");
        return;
    }
    buffer_init(&bytes, LIMIT_INSPECT_STREAM_BYTES);
    if (pdf_is_stream(file, xfa))
        pdf_stream(file, xfa, &bytes);
    for (int i = 0; i < pdf_count(file, xfa) && i < 1000; i++)
        if (pdf_is_stream(file, pdf_item(file, xfa, i)))
            pdf_stream(file, pdf_item(file, xfa, i), &bytes);
    text all = buffer_text(&bytes);
    for (size_t at = text_find(all, TEXT("dynamicRender"), 0); at != SIZE_MAX;
         at = text_find(all, TEXT("dynamicRender"), at + 1)) {
        size_t open = text_find_byte(all, '>', at);
        if (open == SIZE_MAX)
            break;
        size_t close = text_find_byte(all, '<', open);
        if (close != SIZE_MAX &&
            text_equal_c(text_trim(text_slice(all, open + 1, close)), "required")) {
            FAULT(M25_001, "dynamicRender is required");
            break;
        }
    }
    buffer_release(&bytes);
}

/* 7.16 */
static void check_encryption(struct pdf_reader *reader, pdf_object encryption)
{
    enum { FOR_ACCESSIBILITY = 1 << 9 };
    struct pdf_file *file = &reader->file;
    pdf_object permissions = pdf_get(file, encryption, "/P");
    if (!pdf_is_dictionary(file, encryption))
        return;
    if (pdf_is_null(file, permissions))
        FAULT(M26_001, "the encryption has no P entry");
    else if (!(pdf_integer(file, permissions, 0) & FOR_ACCESSIBILITY))
        FAULT(M26_002, "bit 10 of P is not set");
}

static text header_of(text bytes)
{
    size_t end = 0;
    while (end < bytes.length && end < 32 && bytes.bytes[end] != '\r' && bytes.bytes[end] != '\n')
        end++;
    return text_slice(bytes, 0, end);
}

/* PDF/UA-1 is for PDF 1.x alone: what is PDF 2 is judged by PDF/UA-2, whatever it claims. The
   catalog's version, where it has one, is that of a file that was changed later (7.5.2). libqpdf
   finds the header where other bytes stand before it, too. */
static bool is_pdf_2(struct pdf_reader *reader)
{
    struct pdf_file *file = &reader->file;
    pdf_object later = pdf_get(file, pdf_root(file), "/Version");
    return text_starts_with(text_from_c(qpdf_get_pdf_version(file->qpdf)), TEXT("2.")) ||
           text_starts_with(pdf_name(file, later), TEXT("2."));
}

static void check_version(struct pdf_reader *reader)
{
    text header = header_of(reader->inspection->bytes);
    bool is_right = header.length == 8 && text_starts_with(header, TEXT("%PDF-1.")) &&
                    header.bytes[7] >= '0' && header.bytes[7] <= '7';
    if (reader->inspection->is_ua2)
        is_right = is_pdf_2(reader);
    if (!is_right)
        FAULT(ISO_VERSION, "the header is \"%.*s\"",
              TEXT_ARGUMENTS(pdf_clean(reader->file.arena, header)));
}

static void check_preferences(struct pdf_reader *reader, pdf_object root)
{
    struct pdf_file *file = &reader->file;
    pdf_object marks = pdf_get(file, root, "/MarkInfo");
    pdf_object show = pdf_get(file, pdf_get(file, root, "/ViewerPreferences"), "/DisplayDocTitle");
    if (!pdf_true(file, pdf_get(file, marks, "/Marked")))
        FAULT(ISO_MARKED, "MarkInfo does not say that the file is marked");
    if (pdf_true(file, pdf_get(file, marks, "/Suspects")))
        FAULT(M01_007, "Suspects is true");
    if (pdf_false(file, show))
        FAULT(M07_002, "DisplayDocTitle is false");
    else if (!pdf_true(file, show))
        FAULT(M07_001, "there is no DisplayDocTitle entry");
    if (!pdf_is_dictionary(file, pdf_get(file, root, "/StructTreeRoot")))
        FAULT(ISO_TREE, "the catalog has no StructTreeRoot");
}

static void read_metadata(struct pdf_reader *reader, pdf_object metadata)
{
    struct buffer packet;
    buffer_init(&packet, LIMIT_INSPECT_STREAM_BYTES);
    if (pdf_is_stream(&reader->file, metadata) && pdf_stream(&reader->file, metadata, &packet))
        pdf_read_metadata(reader, buffer_text(&packet));
    else
        FAULT(M06_001, "the catalog has no metadata stream");
    buffer_release(&packet);
}

void pdf_read_catalog(struct pdf_reader *reader)
{
    struct pdf_file *file = &reader->file;
    pdf_object root = pdf_root(file);
    pdf_object language = pdf_get(file, root, "/Lang");
    reader->has_catalog_language = pdf_is_string(file, language);
    reader->inspection->is_ua2 = is_pdf_2(reader);
    read_metadata(reader, pdf_get(file, root, "/Metadata"));
    check_version(reader);
    check_preferences(reader, root);
    reader->inspection->language = pdf_text(file, language);
    if (reader->inspection->is_ua2 && !reader->inspection->language.length)
        FAULT(UA2_LANGUAGE, "the catalog has no Lang, or an empty one");
    pdf_check_private(reader, reader->inspection->language, "Lang", 0, 0);
    if (reader->has_catalog_language)
        pdf_check_language(reader, reader->inspection->language, 0, 0);
    text version = text_from_c(qpdf_get_pdf_version(file->qpdf));
    reader->inspection->version =
        arena_printf(file->arena, "PDF %.*s", TEXT_ARGUMENTS(pdf_clean(file->arena, version)));
    check_layers(reader, pdf_get(file, root, "/OCProperties"));
    check_attached(reader, pdf_get(file, pdf_get(file, root, "/Names"), "/EmbeddedFiles"));
    pdf_object associated = pdf_get(file, root, "/AF");
    for (int i = 0; i < pdf_count(file, associated) && i < 1000; i++)
        pdf_check_file(reader, pdf_item(file, associated, i), CONDITION_M21_001, 0);
    check_form(reader, pdf_get(file, root, "/AcroForm"));
    check_encryption(reader, pdf_get(file, pdf_trailer(file), file->encryption));
    pdf_refresh(file);
}
