/* What a package says of its accessibility (EPUB Accessibility 1.1, 2.2 and 3.5), written as in
   EPUB 3 (<meta property="schema:accessMode">textual</meta>) or as in EPUB 2 (<meta
   name="schema:accessMode" content="textual"/>). */
#include "inspect/epub/reader.h"

#include <libxml/tree.h>
#include <string.h>

static const char *const hazards[] = {"flashing", "motionSimulation", "sound"};

enum { HAZARDS = 3 };

struct metadata {
    struct epub_reader *reader;
    const xmlNode *node; /* the metadata element */
    size_t modes, features, hazards;
    bool is_said[HAZARDS], is_denied[HAZARDS], is_none, is_unknown;
    bool has_certifier;
    const xmlNode *claim;
};

/* "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" (3.5.2) */
static bool is_claim(text value)
{
    static const char form[] = "EPUB Accessibility #.# - WCAG #.# Level A";
    size_t i = 0;
    for (; form[i]; i++) {
        bool is_digit = i < value.length && byte_is_digit(value.bytes[i]);
        if (i >= value.length || (form[i] == '#' ? !is_digit : value.bytes[i] != form[i]))
            return false;
    }
    text rest = text_slice(value, i, value.length);
    return text_equal_c(rest, "") || text_equal_c(rest, "A") || text_equal_c(rest, "AA");
}

static void read_hazard(struct metadata *m, const xmlNode *at, text value)
{
    bool is_known = false;
    m->hazards++;
    for (int i = 0; i < HAZARDS; i++) {
        text name = text_from_c(hazards[i]);
        text denied = {value.bytes + 2, value.length > 9 ? value.length - 2 : 0};
        bool is_other = text_starts_with(value, TEXT("no")) &&
                        text_ends_with(value, TEXT("Hazard")) && /* noFlashingHazard */
                        text_equal_ignoring_case(text_slice(denied, 0, name.length), name) &&
                        denied.length == name.length + 6;
        m->is_said[i] = m->is_said[i] || text_equal(value, name);
        m->is_denied[i] = m->is_denied[i] || is_other;
        is_known = is_known || is_other || text_equal(value, name);
    }
    bool is_none = text_equal_c(value, "none");
    bool is_unknown = text_equal_c(value, "unknown") ||
                      text_ends_with(value, TEXT("HazardUnknown")) ||
                      text_starts_with(value, TEXT("unknown"));
    m->is_none = m->is_none || is_none;
    m->is_unknown = m->is_unknown || text_equal_c(value, "unknown");
    if (!is_known && !is_none && !is_unknown)
        EPUB_FAULT(m->reader, HAZARD, m->reader->package, at, "\"%.*s\" is no hazard that is known",
                   TEXT_ARGUMENTS(value));
}

static void read_property(struct metadata *m, const xmlNode *at, text name, text value)
{
    struct inspection *inspection = m->reader->inspection;
    size_t colon = text_find_byte(name, ':', 0);
    text local = colon == SIZE_MAX ? name : text_slice(name, colon + 1, name.length);
    if (!value.length)
        return;
    if (text_equal_c(local, "accessMode"))
        m->modes++;
    else if (text_equal_c(local, "accessibilityFeature"))
        m->features++;
    else if (text_equal_c(local, "accessibilityHazard"))
        read_hazard(m, at, value);
    else if (text_equal_c(local, "certifiedBy"))
        m->has_certifier = true;
    else if (text_equal_c(local, "conformsTo") &&
             text_starts_with(value, TEXT("EPUB Accessibility"))) {
        m->claim = at;
        inspection->claims = value;
        if (!is_claim(value))
            EPUB_FAULT(m->reader, CLAIM, m->reader->package, at,
                       "\"%.*s\" is not of the form \"EPUB Accessibility 1.1 - WCAG 2.2 Level AA\"",
                       TEXT_ARGUMENTS(value));
    }
}

static void check_hazards(const struct metadata *m)
{
    bool has_other = false;
    for (int i = 0; i < HAZARDS; i++) {
        has_other = has_other || m->is_said[i] || m->is_denied[i];
        if (m->is_said[i] && m->is_denied[i])
            EPUB_FAULT(m->reader, HAZARD, m->reader->package, m->node, "%s is stated and denied",
                       hazards[i]);
    }
    if ((m->is_none || m->is_unknown) && (has_other || (m->is_none && m->is_unknown)))
        EPUB_FAULT(m->reader, HAZARD, m->reader->package, m->node, "%s stands beside others",
                   m->is_none ? "none" : "unknown");
    if (!m->hazards)
        EPUB_FAULT(m->reader, HAZARD, m->reader->package, m->node, "%s",
                   "there is no schema:accessibilityHazard");
}

void epub_read_metadata(struct epub_reader *reader, xmlNode *metadata)
{
    struct metadata record = {.reader = reader, .node = metadata}, *m = &record;
    for (xmlNode *at = metadata; at; at = epub_next(at, metadata)) {
        if (!epub_is(at, "meta") && !epub_is(at, "link"))
            continue;
        text property = epub_attribute(reader, at, "property");
        text name = epub_attribute(reader, at, "name");
        if (property.length)
            read_property(m, at, property, epub_content(reader, at));
        else if (name.length)
            read_property(m, at, name, epub_attribute(reader, at, "content"));
        if (epub_has_word(epub_attribute(reader, at, "rel"), "dcterms:conformsTo") &&
            text_find(epub_attribute(reader, at, "href"), TEXT("idpf.org/epub/a11y"), 0) !=
                SIZE_MAX) {
            m->claim = at; /* EPUB Accessibility 1.0 */
            reader->inspection->claims = TEXT("EPUB Accessibility 1.0");
        }
    }
    if (!m->modes)
        EPUB_FAULT(reader, ACCESS_MODE, reader->package, metadata, "%s", "schema:accessMode");
    if (!m->features)
        EPUB_FAULT(reader, FEATURE, reader->package, metadata, "%s", "schema:accessibilityFeature");
    check_hazards(m);
    if (m->claim && !m->has_certifier)
        EPUB_FAULT(reader, CERTIFIER, reader->package, m->claim, "%.*s",
                   TEXT_ARGUMENTS(reader->inspection->claims));
}
