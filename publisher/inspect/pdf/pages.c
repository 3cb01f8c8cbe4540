#include "inspect/pdf/reader.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OUTLINE = 100000, MOST_NAMES = 1000000 };

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
    struct inspection_page *page = inspection_add_page(inspection);
    page->object = pdf_number(file, object);
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

/* destinations */

/* What stands at the front of a destination: of its SD, where it has one and that is asked for, or
   of its D. An object's number; 0: there is none. */
static uint32_t front_of(struct pdf_file *file, pdf_object destination, bool is_structure)
{
    if (pdf_is_dictionary(file, destination)) {
        pdf_object structure = pdf_get(file, destination, "/SD");
        destination = is_structure && !pdf_is_null(file, structure)
                          ? structure
                          : pdf_get(file, destination, "/D");
    }
    return pdf_number(file, pdf_item(file, destination, 0));
}

static void add_names(struct pdf_reader *reader, pdf_object names)
{
    struct pdf_file *file = &reader->file;
    struct destinations *all = &reader->destinations;
    int count = pdf_count(file, names);
    for (int i = 0; i + 1 < count; i += 2) {
        size_t mark = pdf_begin(file);
        if (all->count == MOST_NAMES) {
            inspection_fail(reader->inspection, "it names more than %d destinations", MOST_NAMES);
            return;
        }
        pdf_object value = pdf_item(file, names, i + 1);
        ARENA_GROW(file->arena, all->list, all->count, all->capacity);
        all->list[all->count] =
            (struct destination){.name = pdf_string(file, pdf_item(file, names, i)),
                                 .order = (uint32_t)all->count,
                                 .page = front_of(file, value, false),
                                 .structure = front_of(file, value, true)};
        all->count++;
        pdf_end(file, mark);
    }
}

static int compare_destinations(const void *left, const void *right)
{
    const struct destination *a = left, *b = right;
    int order = text_compare(a->name, b->name);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* The name tree of destinations (7.9.6), whole, once; it may be asked for any number of times. */
static void read_destinations(struct pdf_reader *reader)
{
    enum { DEEPEST = 32 };
    struct pdf_file *file = &reader->file;
    struct number_set seen = {0};
    pdf_object stack[DEEPEST];
    int at[DEEPEST], depth = 0;
    size_t marks[DEEPEST];
    size_t begin = pdf_begin(file);
    stack[0] = pdf_get(file, pdf_get(file, pdf_root(file), "/Names"), "/Dests");
    at[0] = 0;
    add_names(reader, pdf_get(file, stack[0], "/Names"));
    while (depth >= 0 && !reader->inspection->failure.length) {
        pdf_object kids = pdf_get(file, stack[depth], "/Kids");
        if (at[depth] >= pdf_count(file, kids) || depth + 1 == DEEPEST) {
            if (depth > 0)
                pdf_end(file, marks[depth]);
            depth--;
            continue;
        }
        size_t mark = pdf_begin(file);
        pdf_object kid = pdf_item(file, kids, at[depth]++);
        uint32_t number = pdf_number(file, kid);
        if (!pdf_is_dictionary(file, kid) || (number && !number_set_add(reader, &seen, number))) {
            pdf_end(file, mark);
            continue;
        }
        depth++;
        stack[depth] = kid;
        at[depth] = 0;
        marks[depth] = mark;
        add_names(reader, pdf_get(file, kid, "/Names"));
    }
    pdf_end(file, begin);
    if (reader->destinations.count)
        qsort(reader->destinations.list, reader->destinations.count,
              sizeof *reader->destinations.list, compare_destinations);
}

static uint32_t named_front(struct pdf_reader *reader, text name, bool is_structure)
{
    struct destinations *all = &reader->destinations;
    if (!all->is_read)
        read_destinations(reader);
    all->is_read = true;
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(all->list[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == all->count || !text_equal(all->list[low].name, name))
        return 0;
    return is_structure ? all->list[low].structure : all->list[low].page;
}

/* What stands at the front of a destination; a name is one of the catalog's Dests, a string one of
   the name tree. */
static uint32_t target_of(struct pdf_reader *reader, pdf_object destination, bool is_structure)
{
    struct pdf_file *file = &reader->file;
    if (pdf_is_string(file, destination))
        return named_front(reader, pdf_string(file, destination), is_structure);
    if (pdf_is_name(file, destination)) {
        text path = arena_printf(file->arena, "/%.*s", TEXT_ARGUMENTS(pdf_name(file, destination)));
        destination = pdf_get(file, pdf_get(file, pdf_root(file), "/Dests"), path.bytes);
    }
    return front_of(file, destination, is_structure);
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
    uint32_t number = target_of(reader, destination, false);
    return number ? pdf_page_of(reader, number) : 0;
}

/* The element at the front of a destination; 0: it begins with a page, or with nothing. */
static uint32_t element_of(struct pdf_reader *reader, pdf_object destination)
{
    struct pdf_file *file = &reader->file;
    uint32_t number = target_of(reader, destination, true);
    if (!number)
        return 0;
    pdf_object target = pdf_by_number(file, number);
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
