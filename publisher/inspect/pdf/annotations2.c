/* What PDF/UA-2 asks of annotations (ISO 14289-2, 8.8 to 8.10). */
#include "inspect/pdf/annotation.h"

enum { FLAG_INVISIBLE = 1, FLAG_NO_VIEW = 32, FLAG_TOGGLE = 256 };

/* ISO 32000-2, table 171: those that stand beside the content and say something of it */
static const char *const markups[] = {
    "Text",     "FreeText",  "Line",           "Square",   "Circle",    "Polygon",
    "PolyLine", "Highlight", "Underline",      "Squiggly", "StrikeOut", "Stamp",
    "Caret",    "Ink",       "FileAttachment", "Redact",   "Projection"};

/* Kinds that must have a description. */
static const struct {
    const char *subtype;
    enum condition condition;
} described[] = {
    {"Ink", CONDITION_UA2_INK},
    {"Screen", CONDITION_UA2_SCREEN},
    {"3D", CONDITION_UA2_MEDIA},
    {"RichMedia", CONDITION_UA2_MEDIA},
};

#define FAULT(condition, ...)                                                                      \
    inspection_find(a->reader->inspection, CONDITION_UA2_##condition, a->page, a->number, a->node, \
                    __VA_ARGS__)

static bool is(const struct annotation *a, const char *subtype)
{
    return text_equal_c(a->subtype, subtype);
}

static bool is_markup(const struct annotation *a)
{
    return TEXT_IS_AMONG(a->subtype, markups);
}

static text place(const struct annotation *a)
{
    return a->role.length ? a->role : TEXT("no element");
}

static void check_link(struct annotation *a)
{
    uint32_t element;
    if (!text_equal_c(a->role, "Link") && !text_equal_c(a->role, "Reference"))
        FAULT(LINK, "a link within %.*s", TEXT_ARGUMENTS(place(a)));
    if (pdf_leads_to_page(a->reader, a->object, &element))
        FAULT(DESTINATION, "the link leads to a page");
    if (a->node)
        a->reader->inspection->nodes[a->node].details->leads_to = element;
}

/* Whether the element around the widget holds a label too. */
static bool has_label(const struct annotation *a)
{
    const struct inspection *inspection = a->reader->inspection;
    uint32_t kid = a->node ? inspection->nodes[inspection->nodes[a->node].parent].first : 0;
    while (kid && !(inspection->nodes[kid].kind == NODE_ELEMENT && node_is(inspection, kid, "Lbl")))
        kid = inspection->nodes[kid].next;
    return kid != 0;
}

static void check_widget(struct annotation *a, bool is_described)
{
    struct pdf_file *file = &a->reader->file;
    pdf_object box = pdf_get(file, a->object, "/Rect");
    double width =
        pdf_real(file, pdf_item(file, box, 2), 0) - pdf_real(file, pdf_item(file, box, 0), 0);
    double height =
        pdf_real(file, pdf_item(file, box, 3), 0) - pdf_real(file, pdf_item(file, box, 1), 0);
    bool has_size = width > 0 || width < 0 || height > 0 || height < 0;
    text name = annotation_field_name(a);
    struct details *details = a->node ? a->reader->inspection->nodes[a->node].details : NULL;
    if (details && !details->alt.length)
        details->alt = name;
    pdf_check_private(a->reader, name, "TU", a->page, a->number);
    if (!has_size && a->node)
        FAULT(WIDGET, "its rectangle is empty");
    if (a->node && !text_equal_c(a->role, "Form"))
        FAULT(FORM, "a form field within %.*s", TEXT_ARGUMENTS(place(a)));
    if (!is_described && !has_label(a))
        FAULT(FIELD, "there is neither a Lbl beside it nor a Contents entry");
    if (!is_described && pdf_has(file, a->object, "/AA"))
        FAULT(FIELD_ACTION, "it has an AA entry and no Contents");
}

static void check_attachment(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    pdf_object attached = pdf_get(file, a->object, "/FS");
    if (pdf_is_dictionary(file, attached) && !pdf_has(file, attached, "/AFRelationship"))
        FAULT(ATTACHMENT, "its file specification has no AFRelationship");
}

/* What an annotation that is part of the structure must be, and what must not be one. */
static void check_place(struct annotation *a)
{
    struct pdf_file *file = &a->reader->file;
    long long flags = pdf_integer(file, pdf_get(file, a->object, "/F"), 0);
    if (a->node && (flags & FLAG_INVISIBLE))
        FAULT(HIDDEN, "its flags say that it is invisible");
    if (a->node && (flags & FLAG_NO_VIEW) && !(flags & FLAG_TOGGLE))
        FAULT(HIDDEN, "its flags say that it is not to be viewed");
    if (is(a, "Popup") && a->node)
        FAULT(POPUP, "it is within %.*s", TEXT_ARGUMENTS(place(a)));
    if (is(a, "PrinterMark") && a->node)
        FAULT(PRINTER, "it is within %.*s", TEXT_ARGUMENTS(place(a)));
    if (is(a, "Watermark") && a->node && !text_equal_c(a->role, "Annot"))
        FAULT(WATERMARK, "it is within %.*s", TEXT_ARGUMENTS(place(a)));
    if (is(a, "TrapNet"))
        FAULT(TRAP_NET, "an annotation of subtype TrapNet");
    if (is(a, "Sound") || is(a, "Movie"))
        FAULT(SOUND, "an annotation of subtype %.*s", TEXT_ARGUMENTS(a->subtype));
}

void annotation_check_2(struct annotation *a, bool is_unseen)
{
    struct pdf_file *file = &a->reader->file;
    pdf_object contents = pdf_get(file, a->object, "/Contents");
    bool is_described = pdf_is_string(file, contents);
    text words = annotation_contents(a);
    if (text_equal_c(a->role, "Artifact")) /* ISO 32000-2, 14.8.2.2: it is none for readers */
        return;
    check_place(a);
    if (is(a, "FileAttachment"))
        check_attachment(a);
    if (is_unseen)
        return;
    pdf_check_private(a->reader, words, "Contents", a->page, a->number);
    if (a->element && a->element->has_alt && is_described && !text_equal(a->element->alt, words))
        FAULT(CONTENTS, "the one is \"%.*s\", the other \"%.*s\"", TEXT_ARGUMENTS(words),
              TEXT_ARGUMENTS(a->element->alt));
    for (size_t i = 0; i < sizeof described / sizeof *described; i++)
        if (is(a, described[i].subtype) && !is_described)
            inspection_find(a->reader->inspection, described[i].condition, a->page, a->number,
                            a->node, "it has no Contents entry");
    if (is(a, "Stamp") && !is_described && !pdf_has(file, a->object, "/Name"))
        FAULT(STAMP, "it has neither a Name nor a Contents entry");
    if (is_markup(a) && !text_equal_c(a->role, "Annot"))
        FAULT(MARKUP, "an annotation of subtype %.*s within %.*s", TEXT_ARGUMENTS(a->subtype),
              TEXT_ARGUMENTS(place(a)));
    if (is(a, "Link"))
        check_link(a);
    else if (is(a, "Widget"))
        check_widget(a, is_described);
}
