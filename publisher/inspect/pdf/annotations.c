/* Annotations of a page (ISO 32000-1, 12.5; ISO 14289-1, 7.18). */
#include "inspect/pdf/annotation.h"

#include "base/limits.h"
#include "inspect/pdf/catalog.h"

#include <string.h>

enum {
    FLAG_HIDDEN = 2,
    MOST_ANNOTATIONS = 100000,
    DEEPEST_FIELD = 32,
    FEW_BYTES = 64, /* decoded again rather than kept */
};

static const char *const subtypes[] = {
    "Text",        "Link",      "FreeText",       "Line",     "Square",    "Circle", "Polygon",
    "PolyLine",    "Highlight", "Underline",      "Squiggly", "StrikeOut", "Stamp",  "Caret",
    "Ink",         "Popup",     "FileAttachment", "Sound",    "Movie",     "Widget", "Screen",
    "PrinterMark", "TrapNet",   "Watermark",      "3D",       "RichMedia"};

#define FAULT(condition, ...)                                                                      \
    inspection_find(a->reader->inspection, CONDITION_##condition, a->page, a->number, a->node,     \
                    __VA_ARGS__)

static bool is_outside(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    struct box page = a->reader->inspection->pages[a->page - 1].box;
    pdf_object rectangle = pdf_get(file, a->object, "/Rect");
    double v[4];
    for (int i = 0; i < 4; i++)
        v[i] = pdf_real(file, pdf_item(file, rectangle, i), 0);
    double x0 = v[0] < v[2] ? v[0] : v[2], x1 = v[0] < v[2] ? v[2] : v[0];
    double y0 = v[1] < v[3] ? v[1] : v[3], y1 = v[1] < v[3] ? v[3] : v[1];
    if (a->node)
        a->reader->inspection->nodes[a->node].box =
            (struct box){(float)x0, (float)y0, (float)x1, (float)y1};
    return x1 <= (double)page.x0 || x0 >= (double)page.x1 || y1 <= (double)page.y0 ||
           y0 >= (double)page.y1;
}

enum entry { ENTRY_TU, ENTRY_T, ENTRY_CONTENTS };

static text *kept_text(struct object_texts *texts, enum entry entry, bool **has)
{
    *has = entry == ENTRY_TU  ? &texts->has_named
           : entry == ENTRY_T ? &texts->has_called
                              : &texts->has_contents;
    return entry == ENTRY_TU ? &texts->named : entry == ENTRY_T ? &texts->called : &texts->contents;
}

static struct object_texts *texts_of(struct pdf_reader *reader, uint32_t number)
{
    struct object_row *row = pdf_object_row(reader, number);
    if (!row->texts)
        row->texts = ARENA_NEW(reader->file.arena, struct object_texts);
    return row->texts;
}

/* A text of an annotation or a field; a long one is decoded once, however often the object is
 * named.
 */
static text text_of(struct pdf_reader *reader, pdf_object object, enum entry entry)
{
    static const char *const keys[] = {"/TU", "/T", "/Contents"};
    struct pdf_file *file = &reader->file;
    uint32_t number = pdf_number(file, object);
    bool *has;
    if (number && pdf_object_row(reader, number)->texts) {
        const text *kept = kept_text(pdf_object_row(reader, number)->texts, entry, &has);
        if (*has)
            return *kept;
    }
    text words = pdf_text(file, pdf_get(file, object, keys[entry]));
    if (number && words.length > FEW_BYTES) {
        *kept_text(texts_of(reader, number), entry, &has) = words;
        *has = true;
    }
    return words;
}

text annotation_contents(struct annotation *a)
{
    if (!a->has_contents)
        a->contents = text_of(a->reader, a->object, ENTRY_CONTENTS);
    a->has_contents = true;
    return a->contents;
}

text annotation_field_name(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    pdf_object at = a->object, parent = pdf_get(file, at, "/Parent");
    /* A widget without a name of its own is none but a place where its field is shown (12.7.3.1).
     */
    if (pdf_is_dictionary(file, parent) && !pdf_has(file, at, "/T"))
        at = parent;
    for (int depth = 0; depth < DEEPEST_FIELD && pdf_is_dictionary(file, at); depth++) {
        text name = text_of(a->reader, at, ENTRY_TU);
        if (name.length)
            return name;
        at = pdf_get(file, at, "/Parent");
    }
    return TEXT_EMPTY;
}

static void check_widget(struct annotation *a, bool has_alt)
{
    text name = annotation_field_name(a);
    if (a->node && name.length)
        a->reader->inspection->nodes[a->node].details->alt = name;
    if (!text_equal_c(a->role, "Form"))
        FAULT(M28_010, "a form field within %.*s",
              TEXT_ARGUMENTS(a->role.length ? a->role : TEXT("no element")));
    if (!name.length && !has_alt)
        FAULT(M28_005, "the field has no TU entry");
    /* The name is the field's, not the page's: the language of elements around does not reach it.
     */
    if (name.length && !a->reader->has_catalog_language &&
        !pdf_is_string(&a->reader->file, pdf_get(&a->reader->file, a->object, "/Lang")) &&
        !(a->element && a->element->has_language))
        FAULT(M11_005, "%.*s", TEXT_ARGUMENTS(name));
}

/* 13.2.4.2: the clip of a rendition. */
static void check_clip(struct annotation *a, pdf_object rendition)
{
    struct pdf_file *file = &a->reader->file;
    pdf_object clip = pdf_get(file, rendition, "/C");
    if (!pdf_name_is(file, pdf_get(file, clip, "/S"), "/MCD"))
        return;
    if (!pdf_is_string(file, pdf_get(file, clip, "/CT")))
        FAULT(M28_014, "its media clip has no CT entry");
    pdf_object alt = pdf_get(file, clip, "/Alt");
    int count = pdf_count(file, alt);
    bool is_right = count > 0 && count % 2 == 0;
    for (int i = 0; i < count && i < 1000; i++)
        is_right = is_right && pdf_is_string(file, pdf_item(file, alt, i));
    for (int i = 1; i < count && i < 1000; i += 2)
        is_right = is_right && pdf_text(file, pdf_item(file, alt, i)).length;
    if (!is_right)
        FAULT(M28_015, "its media clip has no Alt entry with a text for each language");
}

static void check_action(struct annotation *a, pdf_object action)
{
    struct pdf_file *file = &a->reader->file;
    if (!pdf_name_is(file, pdf_get(file, action, "/S"), "/Rendition"))
        return;
    pdf_object rendition = pdf_get(file, action, "/R");
    pdf_object choices = pdf_get(file, rendition, "/R");
    check_clip(a, rendition);
    for (int i = 0; i < pdf_count(file, choices) && i < 100; i++)
        check_clip(a, pdf_item(file, choices, i));
}

static void check_actions(struct annotation *a)
{
    /* 12.6.3, of annotations and of fields */
    static const char *const events[] = {"/E",  "/X",  "/D",  "/U", "/Fo", "/Bl", "/PO",
                                         "/PC", "/PV", "/PI", "/K", "/F",  "/V",  "/C"};
    struct pdf_file *file = &a->reader->file;
    check_action(a, pdf_get(file, a->object, "/A"));
    pdf_object more = pdf_get(file, a->object, "/AA");
    for (size_t i = 0; pdf_is_dictionary(file, more) && i < sizeof events / sizeof *events; i++)
        check_action(a, pdf_get(file, more, events[i]));
}

static void read_target(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    if (!a->node)
        return;
    struct details *details = a->reader->inspection->nodes[a->node].details;
    if (details->target.length) /* the page names the annotation again */
        return;
    pdf_object uri = pdf_get(file, pdf_get(file, a->object, "/A"), "/URI");
    uint32_t page = pdf_destination(a->reader, a->object);
    if (pdf_is_string(file, uri))
        details->target = pdf_text(file, uri);
    else if (page)
        details->target = arena_printf(file->arena, "page %u", page);
}

static bool is_known(text subtype)
{
    return TEXT_IS_AMONG(subtype, subtypes);
}

/* What every annotation that is seen needs. */
static void check_visible(struct annotation *a)
{
    text contents = annotation_contents(a);
    bool has_alt = a->element && a->element->alt.length;
    bool is_link = text_equal_c(a->subtype, "Link");
    if (text_equal_c(a->subtype, "Widget")) {
        check_widget(a, has_alt);
        return;
    }
    if (text_equal_c(a->subtype, "TrapNet"))
        FAULT(M28_007, "an annotation of subtype TrapNet");
    if (text_equal_c(a->subtype, "PrinterMark") && a->node)
        FAULT(M28_017, "it is within %.*s", TEXT_ARGUMENTS(a->role));
    if (is_link && !text_equal_c(a->role, "Link"))
        FAULT(M28_011, "a link within %.*s",
              TEXT_ARGUMENTS(a->role.length ? a->role : TEXT("no element")));
    if (is_link && !contents.length)
        FAULT(M28_012, "the link has no Contents entry");
    if (!contents.length && !has_alt)
        FAULT(M28_004, "an annotation of subtype %.*s", TEXT_ARGUMENTS(a->subtype));
    bool is_free =
        is_link || text_equal_c(a->subtype, "PrinterMark") || text_equal_c(a->subtype, "Popup");
    if (!is_free && !text_equal_c(a->role, "Annot")) {
        enum condition condition = is_known(a->subtype) ? CONDITION_M28_002 : CONDITION_M28_006;
        inspection_find(a->reader->inspection, condition, a->page, a->number, a->node,
                        "an annotation of subtype %.*s within %.*s", TEXT_ARGUMENTS(a->subtype),
                        TEXT_ARGUMENTS(a->role.length ? a->role : TEXT("no element")));
    }
}

/* What a form might be called and show, however often, is printed each time. */
static void count_field_bytes(struct annotation *a, size_t bytes)
{
    a->reader->field_bytes += bytes;
    if (a->reader->field_bytes > LIMIT_INSPECT_FIELD_BYTES)
        inspection_fail(a->reader->inspection,
                        "what its form fields and annotations are called and show has more than "
                        "%d megabytes",
                        LIMIT_INSPECT_FIELD_BYTES / 1024 / 1024);
}

/* Each is read once, whoever shares it; its words belong to all that show it. */
static void read_form(struct annotation *a, pdf_object form, bool is_shown)
{
    struct pdf_file *file = &a->reader->file;
    uint32_t number = pdf_number(file, form);
    if (!pdf_is_stream(file, form))
        return;
    if (number_set_add(a->reader, &a->reader->appearances, number)) {
        text words = pdf_read_appearance(a->reader, form, a->page, a->node);
        if (words.length)
            texts_of(a->reader, number)->shown = words;
    }
    const struct object_texts *texts = pdf_object_row(a->reader, number)->texts;
    if (!is_shown || !texts)
        return;
    a->shown = texts->shown;
    count_field_bytes(a, a->shown.length);
    if (a->node)
        a->reader->inspection->nodes[a->node].words = a->shown;
}

/* Whether the forms were looked at where another annotation shares their dictionary. */
static bool are_read(struct annotation *a, pdf_object appearances, pdf_object forms)
{
    struct pdf_file *file = &a->reader->file;
    uint32_t number = pdf_number(file, forms);
    if (!number)
        number = pdf_number(file, appearances);
    if (!number)
        number = a->number;
    return number && !number_set_add(a->reader, &a->reader->states, number);
}

/* 12.5.5: what is shown while nothing is done with it. Of several that of its state is shown; but
   the others may be at any time, and their fonts are looked at too. */
static void read_appearance(struct annotation *a)
{
    enum { MOST_STATES = 100 };
    struct pdf_file *file = &a->reader->file;
    pdf_object appearances = pdf_get(file, a->object, "/AP");
    pdf_object forms = pdf_get(file, appearances, "/N");
    if (pdf_is_stream(file, forms)) {
        read_form(a, forms, true);
        return;
    }
    text state = pdf_name(file, pdf_get(file, a->object, "/AS"));
    text key = arena_printf(file->arena, "/%.*s", TEXT_ARGUMENTS(state)), *keys;
    if (!pdf_is_dictionary(file, forms))
        return;
    read_form(a, pdf_get(file, forms, key.bytes), true);
    if (are_read(a, appearances, forms))
        return;
    size_t count = pdf_keys(file, forms, MOST_STATES, &keys);
    for (size_t i = 0; i < count; i++)
        read_form(a, pdf_get(file, forms, keys[i].bytes), false);
}

/* What is not shown now may be shown by a script or a button: its fonts are looked at. */
static void note_appearance(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    pdf_object form = pdf_get(file, pdf_get(file, a->object, "/AP"), "/N");
    text state = pdf_name(file, pdf_get(file, a->object, "/AS"));
    if (pdf_is_dictionary(file, form) && !pdf_is_stream(file, form))
        form = pdf_get(file, form, arena_printf(file->arena, "/%.*s", TEXT_ARGUMENTS(state)).bytes);
    if (pdf_is_stream(file, form))
        pdf_note_drawn(a->reader, pdf_number(file, form), pdf_number(file, form));
}

/* T of the field, or of the nearest one around it that has one. */
static text called(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    pdf_object at = a->object;
    for (int depth = 0; depth < DEEPEST_FIELD && pdf_is_dictionary(file, at); depth++) {
        text own = text_of(a->reader, at, ENTRY_T);
        if (own.length)
            return own;
        at = pdf_get(file, at, "/Parent");
    }
    return TEXT_EMPTY;
}

static void add_field(struct annotation *a)
{
    struct inspection *inspection = a->reader->inspection;
    text name = annotation_field_name(a), own = called(a);
    if (!name.length)
        name = annotation_contents(a);
    if (!name.length && a->element)
        name = a->element->alt;
    count_field_bytes(a, name.length + own.length);
    ARENA_GROW(inspection->arena, inspection->fields, inspection->field_count,
               inspection->field_capacity);
    inspection->fields[inspection->field_count++] =
        (struct form_field){a->page, name, own, a->shown};
}

static void read_annotation(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    struct inspection *inspection = a->reader->inspection;
    a->subtype = pdf_name(file, pdf_get(file, a->object, "/Subtype"));
    a->number = pdf_number(file, a->object);
    a->node = pdf_object_row(a->reader, a->number)->annotation;
    if (a->node) {
        a->element = inspection->nodes[inspection->nodes[a->node].parent].details;
        a->role = a->element->role;
        inspection->nodes[a->node].page = a->page;
        inspection->nodes[a->node].details->tag = a->subtype;
    }
    text contents = annotation_contents(a);
    if (a->node)
        inspection->nodes[a->node].details->alt = contents;
    bool has_language = a->reader->has_catalog_language ||
                        pdf_is_string(file, pdf_get(file, a->object, "/Lang")) ||
                        (a->node && inspection_language(inspection, a->node).length);
    if (contents.length && !has_language)
        FAULT(M11_004, "%.*s", TEXT_ARGUMENTS(contents));
    long long flags = pdf_integer(file, pdf_get(file, a->object, "/F"), 0);
    bool outside = is_outside(a);
    read_target(a);
    check_actions(a);
    pdf_object attached = pdf_get(file, a->object, "/FS");
    if (text_equal_c(a->subtype, "FileAttachment"))
        pdf_check_file(a->reader, attached, CONDITION_M28_016, a->page);
    if (outside || flags & FLAG_HIDDEN) {
        note_appearance(a);
    } else {
        read_appearance(a);
        if (text_equal_c(a->subtype, "Widget"))
            add_field(a);
    }
    if (inspection->is_ua2)
        annotation_check_2(a, outside || (flags & FLAG_HIDDEN));
    else if (!outside && !(flags & FLAG_HIDDEN))
        check_visible(a);
}

/* A link belongs to one page (12.5.2) and is all that libqpdf keeps of a long text's pages but the
   pages themselves. Where it stands on a second page all the same, no link is dropped from then on.
 */
static void drop(struct annotation *a)
{
    struct object_row *row = pdf_object_row(a->reader, a->number);
    if (!a->number || a->reader->keeps_annotations || row->page ||
        !text_equal_c(a->subtype, "Link"))
        return;
    row->flags |= ANNOTATION_DROPPED;
    pdf_drop(&a->reader->file, a->number);
}

static bool is_dropped(struct annotation *a)
{
    uint32_t number = pdf_number(&a->reader->file, a->object);
    return number && !a->reader->keeps_annotations &&
           pdf_object_row(a->reader, number)->flags & ANNOTATION_DROPPED;
}

void pdf_read_annotations(struct pdf_reader *reader, uint32_t page)
{
    struct pdf_file *file = &reader->file;
    struct inspection *inspection = reader->inspection;
    pdf_object object = pdf_by_number(file, inspection->pages[page - 1].object);
    pdf_object list = pdf_get(file, object, "/Annots");
    int count = pdf_count(file, list);
    if (count > MOST_ANNOTATIONS)
        inspection_fail(inspection, "page %u has more than %d annotations", page, MOST_ANNOTATIONS);
    for (int i = 0; i < count && i < MOST_ANNOTATIONS && !inspection->failure.length; i++) {
        size_t mark = pdf_begin(file);
        struct annotation annotation = {
            .reader = reader, .object = pdf_item(file, list, i), .page = page};
        if (is_dropped(&annotation)) {
            reader->keeps_annotations = true;
            if (!pdf_reload(file))
                return;
            object = pdf_by_number(file, inspection->pages[page - 1].object);
            list = pdf_get(file, object, "/Annots");
            mark = pdf_begin(file);
            annotation.object = pdf_item(file, list, i);
        }
        if (pdf_is_dictionary(file, annotation.object)) {
            inspection->pages[page - 1].has_annotations = true;
            read_annotation(&annotation);
            drop(&annotation);
        }
        pdf_end(file, mark);
    }
    pdf_object tabs = pdf_get(file, object, "/Tabs");
    bool is_ordered =
        pdf_name_is(file, tabs, "/S") ||
        (inspection->is_ua2 && (pdf_name_is(file, tabs, "/A") || pdf_name_is(file, tabs, "/W")));
    if (!inspection->pages[page - 1].has_annotations || is_ordered)
        return;
    if (pdf_is_null(file, tabs))
        inspection_find(inspection, CONDITION_M28_008, page, inspection->pages[page - 1].object, 0,
                        "the page has no Tabs entry");
    else
        inspection_find(inspection, CONDITION_M28_009, page, inspection->pages[page - 1].object, 0,
                        "Tabs is %.*s", TEXT_ARGUMENTS(pdf_name(file, tabs)));
}
