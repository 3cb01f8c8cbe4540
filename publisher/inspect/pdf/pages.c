#include "inspect/pdf/reader.h"

#include "base/limits.h"

#include <string.h>

enum { MOST_OUTLINE = 100000 };

pdf_object pdf_inherited(struct pdf_reader *reader, pdf_object page, const char *key)
{
    struct pdf_file *file = &reader->file;
    pdf_object value = pdf_get(file, page, key);
    for (int depth = 0; depth < 64 && pdf_is_null(file, value); depth++) {
        page = pdf_get(file, page, "/Parent");
        if (!pdf_is_dictionary(file, page))
            break;
        value = pdf_get(file, page, key);
    }
    return value;
}

static struct box read_box(struct pdf_file *file, pdf_object array)
{
    double v[4];
    for (int i = 0; i < 4; i++)
        v[i] = pdf_real(file, pdf_item(file, array, i), 0);
    struct box box = {(float)(v[0] < v[2] ? v[0] : v[2]), (float)(v[1] < v[3] ? v[1] : v[3]),
                      (float)(v[0] < v[2] ? v[2] : v[0]), (float)(v[1] < v[3] ? v[3] : v[1])};
    return box;
}

/* The crop box as far as it lies on the media box (14.11.2). */
static struct box visible_box(struct pdf_reader *reader, pdf_object page)
{
    struct pdf_file *file = &reader->file;
    struct box media = read_box(file, pdf_inherited(reader, page, "/MediaBox"));
    pdf_object crop = pdf_inherited(reader, page, "/CropBox");
    if (pdf_count(file, crop) < 4)
        return media;
    struct box box = read_box(file, crop);
    box.x0 = box.x0 > media.x0 ? box.x0 : media.x0;
    box.y0 = box.y0 > media.y0 ? box.y0 : media.y0;
    box.x1 = box.x1 < media.x1 ? box.x1 : media.x1;
    box.y1 = box.y1 < media.y1 ? box.y1 : media.y1;
    return box.x0 < box.x1 && box.y0 < box.y1 ? box : media;
}

static void add_page(struct pdf_reader *reader, pdf_object object)
{
    struct inspection *inspection = reader->inspection;
    struct pdf_file *file = &reader->file;
    if (inspection->page_count >= LIMIT_INSPECT_PAGES) {
        inspection_fail(inspection, "it has more than %d pages", LIMIT_INSPECT_PAGES);
        return;
    }
    ARENA_GROW(inspection->arena, inspection->pages, inspection->page_count,
               inspection->page_capacity);
    struct inspection_page *page = &inspection->pages[inspection->page_count++];
    *page = (struct inspection_page){.object = pdf_number(file, object)};
    page->box = visible_box(reader, object);
    page->rotation =
        (uint32_t)(pdf_integer(file, pdf_inherited(reader, object, "/Rotate"), 0) % 360 + 360) %
        360;
    page->label = arena_printf(inspection->arena, "%zu", inspection->page_count);
    pdf_object_row(reader, page->object)->page = (uint32_t)inspection->page_count;
}

/* The page tree (7.7.3), walked without recursion: each level remembers a node and a place. */
void pdf_read_pages(struct pdf_reader *reader)
{
    enum { DEEPEST = 64 };
    struct pdf_file *file = &reader->file;
    struct {
        uint32_t number;
        int at;
    } stack[DEEPEST];
    struct number_set seen = {0};
    int depth = 0;
    stack[0].number = pdf_number(file, pdf_get(file, pdf_root(file), "/Pages"));
    stack[0].at = 0;
    number_set_add(reader, &seen, stack[0].number);
    while (depth >= 0 && !reader->inspection->failure.length) {
        pdf_refresh(file);
        pdf_object kids = pdf_get(file, pdf_by_number(file, stack[depth].number), "/Kids");
        int count = pdf_count(file, kids);
        if (stack[depth].at >= count) {
            depth--;
            continue;
        }
        pdf_object kid = pdf_item(file, kids, stack[depth].at++);
        uint32_t number = pdf_number(file, kid);
        if (!number || !pdf_is_dictionary(file, kid))
            continue;
        if (!number_set_add(reader, &seen, number)) {
            inspection_fail(reader->inspection, "its page tree runs in a circle at object %u",
                            number);
        } else if (!pdf_is_array(file, pdf_get(file, kid, "/Kids"))) {
            add_page(reader, kid);
        } else if (depth + 1 == DEEPEST) {
            inspection_fail(reader->inspection, "its page tree is deeper than %d", DEEPEST);
        } else {
            depth++;
            stack[depth].number = number;
            stack[depth].at = 0;
        }
    }
}

/* A name or string in the catalog's Dests or in the name tree of destinations. The tree's leaves
   are looked through in their order. */
static pdf_object named_destination(struct pdf_reader *reader, pdf_object key)
{
    struct pdf_file *file = &reader->file;
    pdf_object root = pdf_root(file);
    if (pdf_is_name(file, key)) {
        text name = pdf_name(file, key);
        text path = arena_printf(file->arena, "/%.*s", TEXT_ARGUMENTS(name));
        return pdf_get(file, pdf_get(file, root, "/Dests"), path.bytes);
    }
    text wanted = pdf_string(file, key);
    pdf_object node = pdf_get(file, pdf_get(file, root, "/Names"), "/Dests");
    for (int depth = 0; depth < 32; depth++) {
        pdf_object names = pdf_get(file, node, "/Names"), kids = pdf_get(file, node, "/Kids");
        for (int i = 0; i + 1 < pdf_count(file, names); i += 2) {
            size_t mark = pdf_begin(file);
            if (text_equal(pdf_string(file, pdf_item(file, names, i)), wanted))
                return pdf_item(file, names, i + 1);
            pdf_end(file, mark);
        }
        int count = pdf_count(file, kids), i = 0;
        for (; i < count; i++) {
            pdf_object last = pdf_item(file, pdf_get(file, pdf_item(file, kids, i), "/Limits"), 1);
            if (text_compare(wanted, pdf_string(file, last)) <= 0)
                break;
        }
        if (i >= count)
            break;
        node = pdf_item(file, kids, i);
    }
    return pdf_get(file, root, "/ThereIsNone");
}

uint32_t pdf_destination(struct pdf_reader *reader, pdf_object holder)
{
    struct pdf_file *file = &reader->file;
    pdf_object destination = pdf_get(file, holder, "/Dest");
    if (pdf_is_null(file, destination)) {
        pdf_object action = pdf_get(file, holder, "/A");
        if (!pdf_name_is(file, pdf_get(file, action, "/S"), "/GoTo"))
            return 0;
        destination = pdf_get(file, action, "/D");
    }
    if (pdf_is_name(file, destination) || pdf_is_string(file, destination))
        destination = named_destination(reader, destination);
    if (pdf_is_dictionary(file, destination))
        destination = pdf_get(file, destination, "/D");
    uint32_t number = pdf_number(file, pdf_item(file, destination, 0));
    return pdf_object_row(reader, number)->page;
}

/* The element at the front of a destination; 0: it begins with a page, or with nothing. */
static uint32_t element_of(struct pdf_reader *reader, pdf_object destination)
{
    struct pdf_file *file = &reader->file;
    if (pdf_is_name(file, destination) || pdf_is_string(file, destination))
        destination = named_destination(reader, destination);
    if (pdf_is_dictionary(file, destination)) {
        pdf_object structure = pdf_get(file, destination, "/SD");
        destination = pdf_is_null(file, structure) ? pdf_get(file, destination, "/D") : structure;
    }
    pdf_object target = pdf_item(file, destination, 0);
    uint32_t number = pdf_number(file, target);
    bool is_page = pdf_name_is(file, pdf_get(file, target, "/Type"), "/Page") ||
                   pdf_object_row(reader, number)->page;
    return pdf_is_dictionary(file, target) && !is_page ? number : 0;
}

bool pdf_leads_to_page(struct pdf_reader *reader, pdf_object holder, uint32_t *element)
{
    struct pdf_file *file = &reader->file;
    pdf_object direct = pdf_get(file, holder, "/Dest"), action = pdf_get(file, holder, "/A");
    *element = 0;
    if (!pdf_is_null(file, direct)) {
        *element = element_of(reader, direct);
        return !*element;
    }
    if (!pdf_name_is(file, pdf_get(file, action, "/S"), "/GoTo"))
        return false;
    *element = element_of(reader, pdf_get(file, action, "/SD"));
    if (!*element)
        *element = element_of(reader, pdf_get(file, action, "/D"));
    return !*element && pdf_is_null(file, pdf_get(file, action, "/SD"));
}

/* ISO 14289-2, 8.6 and 8.8 */
static void check_entry(struct pdf_reader *reader, pdf_object item, text title)
{
    uint32_t element, number = pdf_number(&reader->file, item);
    if (!reader->inspection->is_ua2)
        return;
    pdf_check_private(reader, title, "a bookmark", 0, number);
    if (pdf_leads_to_page(reader, item, &element))
        inspection_find(reader->inspection, CONDITION_UA2_DESTINATION, 0, number, 0,
                        "the bookmark \"%.*s\"", TEXT_ARGUMENTS(title));
}

/* 12.3.3; Next leads along, First down. */
void pdf_read_outline(struct pdf_reader *reader)
{
    enum { DEEPEST = 64 };
    struct inspection *inspection = reader->inspection;
    struct pdf_file *file = &reader->file;
    struct number_set seen = {0};
    uint32_t next[DEEPEST];
    uint32_t depth = 0;
    next[0] = pdf_number(file, pdf_get(file, pdf_get(file, pdf_root(file), "/Outlines"), "/First"));
    for (;;) {
        while (depth > 0 && !next[depth])
            depth--;
        if (!next[depth])
            break;
        pdf_refresh(file);
        if (inspection->outline_count == MOST_OUTLINE) {
            inspection_fail(inspection, "its outline has more than %d entries", MOST_OUTLINE);
            return;
        }
        uint32_t number = next[depth];
        pdf_object item = pdf_by_number(file, number);
        if (!number_set_add(reader, &seen, number)) {
            inspection_fail(inspection, "its outline runs in a circle at object %u", number);
            return;
        }
        ARENA_GROW(inspection->arena, inspection->outline, inspection->outline_count,
                   inspection->outline_capacity);
        inspection->outline[inspection->outline_count++] =
            (struct outline_entry){.title = pdf_text(file, pdf_get(file, item, "/Title")),
                                   .depth = depth + 1,
                                   .page = pdf_destination(reader, item)};
        check_entry(reader, item, inspection->outline[inspection->outline_count - 1].title);
        next[depth] = pdf_number(file, pdf_get(file, item, "/Next"));
        uint32_t first = pdf_number(file, pdf_get(file, item, "/First"));
        if (first && depth + 1 < DEEPEST)
            next[++depth] = first;
    }
    pdf_refresh(file);
    if (inspection->outline_count && !reader->has_catalog_language)
        inspection_find(inspection, CONDITION_M11_003, 0, 0, 0,
                        "the file has an outline and names no language");
}
