#include "publish/translations.h"

#include "base/files.h"
#include "base/limits.h"
#include "base/report.h"
#include "document/identifier.h"
#include "document/language.h"
#include "read/read.h"

/* reading */

/* The article in its own language, for its units. Its warnings come again when the translation is
   read; its errors are moved into the document's report, and nothing else is. */
static bool read_original(struct translated *translated, struct document *document,
                          const struct article *article, text shown)
{
    struct translation *translation = &translated->translation;
    struct report *report = document->report, quiet;
    report_init(&quiet, document->arena);
    translated->source = *document;
    translated->source.report = &quiet;
    translated->source.keeps_units = true;
    translated->source.citations_are_notes = NULL;
    document->translated_into = article->language;
    bool is_read = read_article(&translated->source, article->file, shown);
    translated->source.report = report;
    if (!is_read || quiet.errors) {
        *report = quiet;
        return false;
    }
    translation->source_bytes = quiet.sources[0].bytes;
    translation->source_file = report_add_source(report, shown, translation->source_bytes);
    return true;
}

static bool read_catalogue(struct translated *translated, struct document *document,
                           const struct article *article)
{
    struct arena *arena = document->arena;
    struct report *report = document->report;
    struct catalogue *catalogue = &translated->catalogue;
    text bytes, name = arena_printf(arena, "%.*s/%.*s", TEXT_ARGUMENTS(article->folder),
                                    TEXT_ARGUMENTS(article->catalogue));
    enum file_status status =
        folder_read(&document->folder, arena, article->catalogue, LIMIT_CATALOGUE_BYTES, &bytes);
    catalogue_init(catalogue, arena);
    if (status != FILE_OK) {
        struct span span = {.file = report_add_source(report, name, TEXT_EMPTY)};
        report_error(report, "catalogue-unreadable", span, NULL, "the catalogue %s",
                     file_status_words(status));
        return false;
    }
    if (!catalogue_read_po(catalogue, report, name, bytes))
        return false;
    catalogue_index(catalogue);
    if (catalogue->language.length && !text_equal(catalogue->language, article->language))
        report_warning(report, "catalogue-language", ((struct span){.file = catalogue->file}),
                       "the name of the file counts",
                       "the catalogue says that its language is %.*s",
                       TEXT_ARGUMENTS(catalogue->language));
    return true;
}

/* A translation is a publication of its own: it never goes by its original's name. */
static void name_translation(const struct translated *translated, struct document *document)
{
    text original = document->metadata.identifier;
    text own = catalogue_header_field(&translated->catalogue, "X-Identifier");
    const text texts[] = {original, document->metadata.language};
    if (own.length)
        document->metadata.identifier = arena_copy(document->arena, own);
    else if (original.length)
        document->metadata.identifier = identifier_make(document->arena, texts, 2);
}

bool translated_read(struct translated *translated, struct document *document,
                     const struct article *article, text shown, enum missing_policy missing)
{
    struct translation *translation = &translated->translation;
    *translation = (struct translation){.arena = document->arena,
                                        .report = document->report,
                                        .source = &translated->source,
                                        .catalogue = &translated->catalogue,
                                        .language = article->language,
                                        .missing = missing};
    if (!read_original(translated, document, article, shown) ||
        !read_catalogue(translated, document, article))
        return false;
    translation_compose(translation);
    document->keeps_units = true;
    document->known_images = translated->source.image_files;
    document->outside_words = translation_outside_words;
    document->outside_object = translation;
    translated->composed_file = (uint32_t)document->report->source_count;
    if (!read_article_bytes(document, translation->bytes, shown))
        return false;
    name_translation(translated, document);
    translation_finish(translation, document);
    translation_add_notice(translation, document);
    return true;
}

void translated_map_report(const struct translated *translated)
{
    if (translated->translation.bytes.length)
        translation_map_report(&translated->translation, translated->composed_file);
}

/* names */

/* Before the language in the names of an article's catalogues: "", "NAME.". */
static text catalogue_prefix(struct arena *arena, const struct article *article)
{
    if (text_equal_c(article->file, "article.md"))
        return TEXT_EMPTY;
    text file = article->file;
    if (text_ends_with(file, TEXT(".md")))
        file.length -= 3;
    return arena_printf(arena, "%.*s.", TEXT_ARGUMENTS(file));
}

text translation_path(struct arena *arena, const struct article *article, text language,
                      const char *extension)
{
    text prefix = catalogue_prefix(arena, article);
    if (language.length == 0)
        return prefix.length ? arena_printf(arena, "po/%.*s%s", TEXT_ARGUMENTS(prefix), extension)
                             : arena_printf(arena, "po/article.%s", extension);
    return arena_printf(arena, "po/%.*s%.*s.%s", TEXT_ARGUMENTS(prefix), TEXT_ARGUMENTS(language),
                        extension);
}

text *translation_languages(struct arena *arena, const struct article *article, size_t *count)
{
    text *names, *languages, prefix = catalogue_prefix(arena, article);
    size_t name_count;
    *count = 0;
    text folder = arena_printf(arena, "%.*s/po", TEXT_ARGUMENTS(article->folder));
    if (file_kind(folder.bytes) != 'd' || !folder_list(arena, folder.bytes, &names, &name_count))
        return NULL;
    languages = ARENA_NEW_ARRAY(arena, name_count, text);
    for (size_t i = 0; i < name_count; i++) {
        text name = names[i];
        if (!text_starts_with(name, prefix) || !text_ends_with(name, TEXT(".po")))
            continue;
        text language = text_slice(name, prefix.length, name.length - 3);
        if (language_is_valid(language) &&
            text_equal(language, language_canonical(arena, language)))
            languages[(*count)++] = language;
    }
    return languages;
}
