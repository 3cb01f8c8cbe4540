#include "epub/claims.h"

#include "document/language.h"
#include "document/words.h"
#include "epub/facts.h"

static void write_meta(struct markup *markup, const char *property, const char *value)
{
    markup_open(markup, "meta");
    markup_attribute_c(markup, "property", property);
    markup_characters_c(markup, value);
    markup_close(markup);
    markup_newline(markup);
}

/* hazards: each of the three is stated or denied; `none` and `unknown` stand alone */

static const struct {
    const char *name, *denied, *unknown;
} hazards[] = {
    {"flashing", "noFlashingHazard", "unknownFlashingHazard"},
    {"motionSimulation", "noMotionSimulationHazard", "unknownMotionSimulationHazard"},
    {"sound", "noSoundHazard", "unknownSoundHazard"},
};
enum { HAZARD_COUNT = sizeof hazards / sizeof *hazards, HAZARD_SOUND = 2 };

static bool is_declared(const struct metadata *metadata, const char *value)
{
    for (size_t i = 0; i < metadata->hazard_count; i++) {
        if (text_equal_c(metadata->hazards[i], value))
            return true;
    }
    return false;
}

static void write_hazards(const struct metadata *metadata, const struct facts *facts,
                          struct markup *markup)
{
    const char *const property = "schema:accessibilityHazard";
    bool any_stated = false;
    for (size_t i = 0; i < HAZARD_COUNT; i++)
        any_stated = any_stated || is_declared(metadata, hazards[i].name);
    bool says_none = is_declared(metadata, "none");
    bool says_unknown = is_declared(metadata, "unknown");
    if (!any_stated && (says_none || says_unknown)) {
        write_meta(markup, property, says_none ? "none" : "unknown");
        return;
    }
    if (!any_stated && metadata->hazard_count == 0 && !facts->has_moving_picture) {
        write_meta(markup, property, "none");
        return;
    }
    for (size_t i = 0; i < HAZARD_COUNT; i++) {
        const char *value = hazards[i].denied;
        if (is_declared(metadata, hazards[i].name))
            value = hazards[i].name;
        else if (is_declared(metadata, hazards[i].unknown) ||
                 (i != HAZARD_SOUND && facts->has_moving_picture &&
                  !is_declared(metadata, hazards[i].denied)))
            value = hazards[i].unknown; /* what moves is not looked at, and a picture is silent */
        write_meta(markup, property, value);
    }
}

static bool is_calm(const struct metadata *metadata, const struct facts *facts)
{
    bool declares_none = metadata->hazard_count == 1 && is_declared(metadata, "none");
    return declares_none || (metadata->hazard_count == 0 && !facts->has_moving_picture);
}

/* ways to read it, and what helps */

static void write_modes(const struct facts *facts, struct markup *markup)
{
    write_meta(markup, "schema:accessMode", "textual");
    if (facts->has_pictures)
        write_meta(markup, "schema:accessMode", "visual");
    if (facts->all_have_alt)
        write_meta(markup, "schema:accessModeSufficient", "textual");
    if (facts->has_pictures)
        write_meta(markup, "schema:accessModeSufficient", "textual,visual");
}

static void write_features(const struct facts *facts, bool has_pages, struct markup *markup)
{
    const struct {
        const char *feature;
        bool holds;
    } features[] = {
        {"alternativeText", facts->has_pictures && facts->all_have_alt},
        {"longDescription", facts->has_descriptions},
        /* These three every book of ours has: one flow of text in the order in which it is read, a
           list of its headings, and a style sheet that leaves looks to the reader. */
        {"tableOfContents", true},
        {"readingOrder", true},
        {"displayTransformability", true},
        {"structuralNavigation", facts->has_headings},
        {"pageNavigation", has_pages},
        {"pageBreakMarkers", has_pages},
        {"ARIA", true},
        {"unlocked", true},
    };
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (features[i].holds)
            write_meta(markup, "schema:accessibilityFeature", features[i].feature);
    }
}

/* Each sentence stands only where it is true. */
static void write_summary(const struct metadata *metadata, const struct facts *facts,
                          bool has_pages, struct arena *arena, struct markup *markup)
{
    const struct {
        enum word sentence;
        bool holds;
    } sentences[] = {
        {WORD_SUMMARY_TEXT, facts->all_have_alt},
        {WORD_SUMMARY_PICTURES, facts->has_pictures && facts->all_have_alt},
        {WORD_SUMMARY_DESCRIPTIONS, facts->has_descriptions},
        {WORD_SUMMARY_HEADINGS, facts->has_headings},
        {WORD_SUMMARY_PAGES, has_pages},
        {WORD_SUMMARY_CALM, is_calm(metadata, facts)},
    };
    text spoken;
    word_in(metadata->language, WORD_SUMMARY_TEXT, &spoken);
    bool is_spoken = language_is_same(spoken, metadata->language);
    /* Chinese and Japanese sentences stand without a space between them. */
    bool is_tight = language_primary_is(spoken, "zh") || language_primary_is(spoken, "ja");
    struct buffer summary;
    buffer_init(&summary, 64 * 1024);
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if (!sentences[i].holds)
            continue;
        buffer_add_c(&summary, summary.length && !is_tight ? " " : "");
        buffer_add_text(&summary, word_in(spoken, sentences[i].sentence, NULL));
    }
    text words = arena_copy(arena, buffer_text(&summary));
    buffer_release(&summary);
    bool is_own = metadata->accessibility_summary.length > 0;
    if (is_own)
        words = metadata->accessibility_summary;
    if (words.length == 0)
        return;
    markup_open(markup, "meta");
    markup_attribute_c(markup, "property", "schema:accessibilitySummary");
    if (!is_own && !is_spoken)
        markup_attribute_c(markup, "xml:lang", "en");
    markup_characters(markup, words);
    markup_close(markup);
    markup_newline(markup);
}

/* Conformance is a person's claim: it stands only where the front matter names who makes it. The
   words are fixed (EPUB Accessibility 1.1, 3.5.2). */
static void write_conformance(const struct metadata *metadata, struct markup *markup)
{
    if (metadata->certified_by.length == 0)
        return;
    markup_open(markup, "meta");
    markup_attribute_c(markup, "property", "dcterms:conformsTo");
    markup_attribute_c(markup, "id", "conformance");
    markup_characters_c(markup, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA");
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "meta");
    markup_attribute_c(markup, "property", "a11y:certifiedBy");
    markup_attribute_c(markup, "refines", "#conformance");
    markup_attribute_c(markup, "id", "certifier");
    markup_characters(markup, metadata->certified_by);
    markup_close(markup);
    markup_newline(markup);
    if (!text_starts_with(metadata->certifier_report, TEXT("https://")) &&
        !text_starts_with(metadata->certifier_report, TEXT("http://")))
        return;
    markup_open(markup, "link");
    markup_attribute_c(markup, "rel", "a11y:certifierReport");
    markup_attribute_c(markup, "refines", "#certifier");
    markup_attribute(markup, "href", metadata->certifier_report);
    markup_close(markup);
    markup_newline(markup);
}

void claims_write(const struct document *document, const struct epub_options *options,
                  struct arena *arena, struct markup *markup)
{
    const struct metadata *metadata = &document->metadata;
    bool has_pages = options->page_count > 0;
    struct facts facts;
    facts_find(&facts, document);
    write_modes(&facts, markup);
    write_features(&facts, has_pages, markup);
    write_hazards(metadata, &facts, markup);
    write_summary(metadata, &facts, has_pages, arena, markup);
    if (has_pages && options->page_source.length) {
        markup_open(markup, "meta");
        markup_attribute_c(markup, "property", "pageBreakSource");
        markup_characters(markup, options->page_source);
        markup_close(markup);
        markup_newline(markup);
    }
    write_conformance(metadata, markup);
}
