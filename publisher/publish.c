#include "publish.h"

#include "base/files.h"
#include "base/levels.h"
#include "base/limits.h"
#include "base/report.h"
#include "check/check.h"
#include "check/fixes.h"
#include "cite/cite.h"
#include "document/document.h"
#include "document/language.h"
#include "epub/epub.h"
#include "evidence/evidence.h"
#include "layout/layout.h"
#include "layout/sheets.h"
#include "linear/linear.h"
#include "read/read.h"
#include "references/references.h"
#include "styles.h"
#include "translations.h"

#include <errno.h>
#include <unistd.h>

#ifndef LECTERN_VERSION
#error "the Makefile defines LECTERN_VERSION"
#endif

/* The article in one profile. */
struct edition {
    const struct profile *profile;
    struct theme theme;
    struct pages pages, sheets; /* as they are read; as they are printed */
    struct buffer pdf;
};

/* Formats that there is one file of, whatever the profiles. */
enum single { SINGLE_EPUB, SINGLE_HTML, SINGLE_TEXT, SINGLE_BRAILLE, SINGLE_COUNT };

/* One run of one article; everything it needs and everything it must give back. */
struct run {
    struct arena arena; /* document and report */
    struct arena pages_arena;
    struct report report;
    struct document document;
    struct translated translated;
    enum missing_policy missing;
    struct theme_file house;
    struct styles styles;
    struct cite_wording wording;
    struct edition editions[MOST_PROFILES];
    size_t edition_count;
    struct buffer singles[SINGLE_COUNT];
    struct publication *publication; /* what is given back; NULL: nothing is published */
    text failure;                    /* of the system, in a line */
};

static void run_init(struct run *run)
{
    *run = (struct run){0};
    arena_init(&run->arena);
    arena_init(&run->pages_arena);
    report_init(&run->report, &run->arena);
    run->document = (struct document){.arena = &run->arena, .report = &run->report};
    run->styles = (struct styles){.arena = &run->arena, .report = &run->report};
    for (size_t i = 0; i < MOST_PROFILES; i++)
        buffer_init(&run->editions[i].pdf, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i < SINGLE_COUNT; i++)
        buffer_init(&run->singles[i], LIMIT_OUTPUT_BYTES);
}

static void run_release(struct run *run)
{
    for (size_t i = 0; i < MOST_PROFILES; i++)
        buffer_release(&run->editions[i].pdf);
    for (size_t i = 0; i < SINGLE_COUNT; i++)
        buffer_release(&run->singles[i]);
    arena_release(&run->pages_arena);
    arena_release(&run->arena);
}

text article_path(struct arena *arena, const struct article *article, text name)
{
    bool is_here = text_equal_c(article->folder, ".");
    return is_here ? arena_copy(arena, name)
                   : arena_printf(arena, "%.*s%s%.*s", TEXT_ARGUMENTS(article->folder),
                                  text_ends_with(article->folder, TEXT("/")) ? "" : "/",
                                  TEXT_ARGUMENTS(name));
}

bool article_open(struct document *document, const struct article *article, text shown)
{
    if (folder_open(&document->folder, document->arena, article->folder))
        return true;
    uint32_t source = report_add_source(document->report, shown, TEXT_EMPTY);
    report_error(document->report, "file-unreadable", ((struct span){.file = source}), NULL,
                 "the folder %.*s cannot be opened", TEXT_ARGUMENTS(article->folder));
    return false;
}

static text words_of_report(struct run *run, struct arena *arena)
{
    translated_map_report(&run->translated);
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    report_print(&run->report, &out);
    text words = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return words;
}

static enum outcome outcome_of(const struct run *run)
{
    return run->report.errors ? OUTCOME_INPUT : OUTCOME_DONE;
}

/* Says what was reported, and lets go of everything. */
static enum outcome end_run(struct run *run, enum outcome outcome)
{
    stream_write(STDERR_FILENO, words_of_report(run, &run->arena));
    run_release(run);
    return outcome;
}

/* Called by read/ when the front matter is known. */
static bool load_style(void *object, const struct document *document)
{
    struct run *run = object;
    const struct metadata *metadata = &document->metadata;
    if (metadata->csl.length)
        styles_load(&run->styles, &document->folder, metadata->csl, metadata->csl_span,
                    &run->wording);
    return run->wording.style && csl_style_uses_notes(run->wording.style);
}

/* Reads the article that the run is about into the run's document. */
static bool read_source(struct run *run, const struct article *article, text shown)
{
    if (article->language.length)
        return translated_read(&run->translated, &run->document, article, shown, run->missing);
    return read_article(&run->document, article->file, shown);
}

/* lectern.yaml beside the article, where there is one. */
static void read_settings(struct run *run, const struct article *article)
{
    text bytes, name = TEXT("lectern.yaml");
    const struct folder *folder = &run->document.folder;
    enum file_status status =
        folder_read(folder, &run->arena, name, LIMIT_FRONT_MATTER_BYTES, &bytes);
    if (status == FILE_NOT_FOUND)
        return;
    name = article_path(&run->arena, article, name);
    if (status == FILE_OK)
        levels_read_file(&run->report, name, bytes);
    else
        report_error(&run->report, "settings-syntax",
                     ((struct span){.file = report_add_source(&run->report, name, TEXT_EMPTY)}),
                     NULL, "lectern.yaml %s", file_status_words(status));
}

/* The stages up to the finished tree. Without a tree (false) everything is reported already. */
static bool read_and_check(struct run *run, const struct article *article)
{
    struct document *document = &run->document;
    document->name = article->name;
    text shown = article_path(&run->arena, article, article->file);
    if (!article_open(document, article, shown))
        return false;
    document->folder.log = run->publication ? run->publication->log : NULL;
    document->is_translation = article->language.length > 0;
    document->citations_are_notes = load_style;
    document->citation_style = run;
    if (!read_source(run, article, shown))
        return false;
    read_settings(run, article);
    cite_document_in_style(document, run->wording.style ? &run->wording : NULL);
    document_add_lists(document);
    document_add_contents(document);
    document_number_nodes(document);
    check_document(document);
    return true;
}

static text date_and_time(struct run *run, const struct publish_options *options)
{
    if (options->source_date.length)
        return options->source_date;
    text date = run->document.metadata.date;
    if (date.length == 0)
        return TEXT_EMPTY;
    const char *rest = date.length == 4 ? "-01-01" : date.length == 7 ? "-01" : "";
    return arena_printf(&run->arena, "%.*s%sT00:00:00Z", TEXT_ARGUMENTS(date), rest);
}

static bool make_pdf(struct run *run, struct edition *edition,
                     const struct publish_options *options)
{
    struct pdf_options pdf = {
        .standard = options->standard,
        .producer = TEXT("Lectern " LECTERN_VERSION),
        .date = date_and_time(run, options),
    };
    return pdf_write(&run->document, &edition->sheets, &pdf, &edition->pdf);
}

/* Every printed page has its marker. A page on which nothing begins (it holds the rest of a picture
   or of a note) is marked where the next page begins, at the end where the page before did. */
static void fill_page_starts(const struct run *run, const struct pages *pages,
                             struct page_start *starts)
{
    struct page_start next = {.node = NULL};
    for (size_t i = pages->count; i-- > 0;) {
        const struct page *page = &pages->pages[i];
        if (page->start_node)
            next = (struct page_start){.node = page->start_node, .offset = page->start_offset};
        starts[i] = next;
        starts[i].label = page->label;
    }
    for (size_t i = 0; i < pages->count; i++) {
        if (!starts[i].node) {
            starts[i].node = i ? starts[i - 1].node : run->document.root;
            starts[i].offset = i ? starts[i - 1].offset : 0;
        }
    }
}

static bool make_epub(struct run *run, const struct edition *edition,
                      const struct publish_options *options, struct buffer *out)
{
    const struct pages *pages = &edition->pages;
    struct page_start *starts = ARENA_NEW_ARRAY(&run->arena, pages->count, struct page_start);
    fill_page_starts(run, pages, starts);
    const struct metadata *metadata = &run->document.metadata;
    text modified = date_and_time(run, options);
    struct epub_options epub = {
        .theme = &edition->theme,
        .page_starts = starts,
        .page_count = pages->count,
        /* Not the identifier: that names this EPUB, and the printed edition is another one. */
        .page_source = arena_printf(&run->arena, "%.*s (PDF)", TEXT_ARGUMENTS(metadata->title)),
        .generator = TEXT("Lectern " LECTERN_VERSION),
        /* EPUB asks for a date; without one in the source it is the first that a zip file can hold.
         */
        .modified = modified.length ? modified : TEXT("1980-01-01T00:00:00Z"),
    };
    return epub_write(&run->document, &epub, out);
}

static bool make_html(struct run *run, const struct edition *edition,
                      const struct publish_options *options, struct buffer *out)
{
    (void)options;
    return html_write_page(&run->document, &edition->theme, TEXT("Lectern " LECTERN_VERSION), out);
}

static bool make_text(struct run *run, const struct edition *edition,
                      const struct publish_options *options, struct buffer *out)
{
    (void)edition;
    (void)options;
    struct linear linear;
    linear_of_document(&run->document, &run->arena, &linear);
    linear_write_text(&linear, out);
    return !out->overflowed;
}

static bool make_braille(struct run *run, const struct edition *edition,
                         const struct publish_options *options, struct buffer *out)
{
    (void)edition;
    struct linear linear;
    linear_of_document(&run->document, &run->arena, &linear);
    return braille_write(&run->document, &linear, &options->braille, out);
}

static const struct {
    unsigned format;
    const char *name; /* and the file's extension */
    bool (*make)(struct run *run, const struct edition *edition,
                 const struct publish_options *options, struct buffer *out);
} singles[SINGLE_COUNT] = {
    [SINGLE_EPUB] = {FORMAT_EPUB, "epub", make_epub},
    [SINGLE_HTML] = {FORMAT_HTML, "html", make_html},
    [SINGLE_TEXT] = {FORMAT_TEXT, "txt", make_text},
    [SINGLE_BRAILLE] = {FORMAT_BRAILLE, "brf", make_braille},
};

/* extension: "pdf", "large-print.pdf" */
static enum outcome write_output(struct run *run, const struct publish_options *options,
                                 text extension, const struct buffer *bytes,
                                 struct published_file file)
{
    const struct document *document = &run->document;
    struct publication *publication = run->publication;
    file.name =
        arena_printf(publication->arena, "%.*s.%.*s.%.*s", TEXT_ARGUMENTS(document->name),
                     TEXT_ARGUMENTS(document->metadata.language), TEXT_ARGUMENTS(extension));
    text path = arena_printf(&run->arena, "%s/%.*s", options->output, TEXT_ARGUMENTS(file.name));
    if (!folder_make(options->output) || !file_write_whole(path.bytes, buffer_text(bytes))) {
        run->failure = arena_printf(publication->arena, "lectern: cannot write %.*s: %s\n",
                                    TEXT_ARGUMENTS(path), strerror(errno));
        return OUTCOME_SYSTEM;
    }
    file.bytes = bytes->length;
    bytes_digest(buffer_text(bytes), file.digest);
    ARENA_GROW(publication->arena, publication->files, publication->file_count,
               publication->file_capacity);
    publication->files[publication->file_count++] = file;
    return OUTCOME_DONE;
}

/* looks */

/* The profiles asked for; false where the front matter's does not exist. */
static bool choose_profiles(struct run *run, const struct publish_options *options)
{
    const struct metadata *metadata = &run->document.metadata;
    run->edition_count = options->profile_count;
    for (size_t i = 0; i < options->profile_count; i++)
        run->editions[i].profile = options->profiles[i];
    if (run->edition_count)
        return true;
    run->edition_count = 1;
    run->editions[0].profile = profile_at(0);
    if (metadata->profile.length)
        run->editions[0].profile = profile_find(metadata->profile);
    if (run->editions[0].profile)
        return true;
    struct buffer names;
    buffer_init(&names, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; profile_at(i); i++)
        buffer_printf(&names, "%s%s", i ? ", " : "write one of ", profile_at(i)->name);
    report_error(&run->report, "profile-unknown", metadata->profile_span,
                 arena_copy(&run->arena, buffer_text(&names)).bytes, "there is no profile %.*s",
                 TEXT_ARGUMENTS(metadata->profile));
    buffer_release(&names);
    return false;
}

/* The house theme, from the command line or beside the article; false where it cannot be read. */
static bool read_house_theme(struct run *run, const struct publish_options *options)
{
    const struct metadata *metadata = &run->document.metadata;
    text name = options->theme ? text_from_c(options->theme) : metadata->theme, bytes;
    if (name.length == 0)
        return true;
    enum file_status status =
        options->theme
            ? file_read(&run->arena, options->theme, LIMIT_THEME_BYTES, &bytes)
            : folder_read(&run->document.folder, &run->arena, name, LIMIT_THEME_BYTES, &bytes);
    if (status == FILE_OK) {
        if (!options->theme)
            name = arena_printf(&run->arena, "%.*s/%.*s", TEXT_ARGUMENTS(run->document.folder.name),
                                TEXT_ARGUMENTS(name));
        return theme_file_read(&run->report, name, bytes, &run->house);
    }
    struct span span = metadata->theme_span;
    if (options->theme)
        span = (struct span){.file = report_add_source(&run->report, name, TEXT_EMPTY)};
    report_error(&run->report, "theme-unreadable", span, NULL, "the theme %.*s %s",
                 TEXT_ARGUMENTS(name), file_status_words(status));
    return false;
}

/* A figure with the logo above the title. */
static void add_logo(struct run *run, const struct theme_logo *logo, struct image *image)
{
    struct document *document = &run->document;
    struct node *figure = node_new(&run->arena, NODE_FIGURE, logo->span);
    struct node *picture = node_new(&run->arena, NODE_IMAGE, logo->span);
    picture->image.image = image;
    picture->image.alt = logo->alt;
    picture->image.width_points = image->width_points * (double)logo->height / image->height_points;
    node_append(figure, picture);
    node_prepend(document->root, figure);
    document_number_nodes(document);
}

/* The house theme's logo, the same in all editions; it lies in the theme's folder. */
static void read_theme_logo(struct run *run, const struct publish_options *options)
{
    const struct theme_logo *logo = &run->editions[0].theme.logo;
    if (logo->file.length == 0 || logo->span.line == 0)
        return;
    struct folder outside, *folder = &run->document.folder;
    text path = arena_printf(&run->arena, "%.*s%.*s",
                             TEXT_ARGUMENTS(text_folder(run->document.metadata.theme)),
                             TEXT_ARGUMENTS(logo->file));
    if (options->theme) {
        text place = text_folder(text_from_c(options->theme));
        folder = &outside;
        path = logo->file;
        if (!folder_open(folder, &run->arena, place.length ? place : TEXT(".")))
            return; /* the theme was read from it a moment ago */
        outside.log = run->document.folder.log;
    }
    struct image *image = read_logo(&run->document, folder, path, logo->span, !logo->decorative);
    if (!image)
        return;
    if (!logo->decorative)
        add_logo(run, logo, image);
    for (size_t i = 0; i < run->edition_count && logo->decorative; i++)
        run->editions[i].theme.logo.image = image;
}

/* The theme of each profile. */
static bool resolve_themes(struct run *run, const struct publish_options *options)
{
    if (!choose_profiles(run, options) || !read_house_theme(run, options))
        return false;
    bool is_good = true;
    for (size_t i = 0; i < run->edition_count; i++) {
        struct edition *edition = &run->editions[i];
        struct theme_options wishes = {
            .profile = edition->profile,
            .house = run->house.top ? &run->house : NULL,
            .paper_width = options->paper_width,
            .paper_height = options->paper_height,
        };
        is_good &= theme_resolve(&run->document, &wishes, &edition->theme);
    }
    if (is_good)
        read_theme_logo(run, options);
    return is_good && run->report.errors == 0;
}

/* Those shared by all, or new ones; NULL, and the failure says why in that arena, where there are
   none. */
static struct fonts *open_fonts(struct run *run, const struct publish_options *options,
                                struct arena *arena)
{
    text why;
    struct fonts *fonts = options->shared_fonts ? options->shared_fonts
                                                : fonts_new(&run->arena, options->fonts, &why);
    if (!fonts)
        run->failure = arena_printf(arena, "lectern: %.*s\n", TEXT_ARGUMENTS(why));
    return fonts;
}

/* Lays the article out in each profile. */
static bool lay_out(struct run *run, struct fonts *fonts)
{
    bool right_to_left =
        language_direction(run->document.metadata.language) == DIRECTION_RIGHT_TO_LEFT;
    bool made = true;
    for (size_t i = 0; i < run->edition_count; i++) {
        struct edition *edition = &run->editions[i];
        struct layout_options layout = {.theme = &edition->theme};
        bool is_laid =
            layout_document(&run->document, &layout, fonts, &run->pages_arena, &edition->pages);
        if (is_laid)
            sheets_make(&edition->pages, &edition->theme, right_to_left, &edition->sheets);
        made &= is_laid;
    }
    return made && run->report.errors == 0;
}

static bool make_files(struct run *run, const struct publish_options *options)
{
    bool made = true;
    for (size_t i = 0; made && options->formats & FORMAT_PDF && i < run->edition_count; i++)
        made = make_pdf(run, &run->editions[i], options);
    for (size_t i = 0; made && i < SINGLE_COUNT; i++) {
        if (options->formats & singles[i].format)
            made = singles[i].make(run, &run->editions[0], options, &run->singles[i]);
    }
    return made && run->report.errors == 0;
}

static enum outcome write_files(struct run *run, const struct publish_options *options)
{
    enum outcome outcome = OUTCOME_DONE;
    for (size_t i = 0; i < run->edition_count && options->formats & FORMAT_PDF; i++) {
        const struct edition *edition = &run->editions[i];
        text extension = edition->profile == profile_at(0)
                             ? TEXT("pdf")
                             : arena_printf(&run->arena, "%s.pdf", edition->profile->name);
        struct published_file file = {.format = TEXT("pdf"),
                                      .profile = text_from_c(edition->profile->name),
                                      .pages = edition->pages.count};
        if (outcome == OUTCOME_DONE)
            outcome = write_output(run, options, extension, &edition->pdf, file);
    }
    for (size_t i = 0; i < SINGLE_COUNT && outcome == OUTCOME_DONE; i++) {
        text name = text_from_c(singles[i].name);
        struct published_file file = {.format = name};
        if (singles[i].format == FORMAT_EPUB)
            file.pages = run->editions[0].pages.count;
        if (options->formats & singles[i].format)
            outcome = write_output(run, options, name, &run->singles[i], file);
    }
    return outcome;
}

/* evidence */

static text standards_of(const struct published_file *file, const struct publish_options *options)
{
    if (text_equal_c(file->format, "pdf"))
        return options->standard == PDF_UA1 ? TEXT("PDF/UA-1, PDF/A-2a")
                                            : TEXT("PDF/UA-2, PDF/A-4, WTPDF 1.0");
    return text_equal_c(file->format, "epub") ? TEXT("EPUB 3.3") : TEXT_EMPTY;
}

/* Beside the outputs that the publication lists so far. */
static enum outcome write_evidence(struct run *run, const struct publish_options *options)
{
    const struct publication *publication = run->publication;
    size_t count = publication->file_count;
    struct evidence_file *files = ARENA_NEW_ARRAY(&run->arena, count, struct evidence_file);
    for (size_t i = 0; i < count; i++) {
        const struct published_file *file = &publication->files[i];
        files[i] =
            (struct evidence_file){.name = file->name,
                                   .format = file->format,
                                   .profile = file->profile,
                                   .standards = standards_of(file, options),
                                   .bytes = file->bytes,
                                   .digest = arena_copy_c(&run->arena, text_from_c(file->digest))};
    }
    const struct evidence evidence = {.document = &run->document,
                                      .report = &run->report,
                                      .files = files,
                                      .file_count = count,
                                      .version = LECTERN_VERSION,
                                      .libraries = LECTERN_LIBRARIES,
                                      .has_pages = options->formats & FORMAT_EPUB,
                                      .is_translation =
                                          run->translated.translation.bytes.length > 0};
    struct buffer proof, statement;
    buffer_init(&proof, LIMIT_OUTPUT_BYTES);
    buffer_init(&statement, LIMIT_OUTPUT_BYTES);
    translated_map_report(&run->translated);
    enum outcome outcome = OUTCOME_SYSTEM;
    if (evidence_write(&evidence, &proof) &&
        evidence_write_statement(&evidence, &run->arena, &statement))
        outcome = write_output(run, options, TEXT("evidence.json"), &proof,
                               (struct published_file){.format = TEXT("evidence")});
    if (outcome == OUTCOME_DONE)
        outcome = write_output(run, options, TEXT("accessibility.html"), &statement,
                               (struct published_file){.format = TEXT("statement")});
    buffer_release(&proof);
    buffer_release(&statement);
    return outcome;
}

/* All outputs, and the evidence of them where it is asked for. */
static enum outcome write_all(struct run *run, const struct publish_options *options)
{
    enum outcome outcome = write_files(run, options);
    return outcome == OUTCOME_DONE && options->has_evidence ? write_evidence(run, options)
                                                            : outcome;
}

static enum outcome make_outputs(struct run *run, const struct publish_options *options)
{
    if (!resolve_themes(run, options))
        return OUTCOME_INPUT;
    if (!(options->formats & (FORMAT_PDF | FORMAT_EPUB))) /* nothing has pages */
        return make_files(run, options) ? write_all(run, options) : OUTCOME_INPUT;
    struct fonts *fonts = open_fonts(run, options, run->publication->arena);
    if (!fonts)
        return OUTCOME_SYSTEM;
    if (!lay_out(run, fonts) || !make_files(run, options))
        return OUTCOME_INPUT;
    return write_all(run, options);
}

bool publish_wants_language(const struct publish_options *options, text language)
{
    size_t i = 0;
    while (i < options->language_count && !text_equal(options->languages[i], language))
        i++;
    return options->language_count == 0 || i < options->language_count;
}

void publish_article(const struct article *article, const struct publish_options *options,
                     struct publication *publication)
{
    struct run run;
    run_init(&run);
    run.missing = options->missing;
    run.publication = publication;
    bool has_tree = read_and_check(&run, article);
    const struct metadata *metadata = &run.document.metadata;
    publication->language = arena_copy(publication->arena, metadata->language);
    publication->title = arena_copy(publication->arena, metadata->title);
    publication->is_unwanted = has_tree && !publish_wants_language(options, metadata->language);
    publication->outcome = outcome_of(&run);
    if (has_tree && publication->outcome == OUTCOME_DONE && !publication->is_unwanted)
        publication->outcome = make_outputs(&run, options);
    if (!publication->is_unwanted) {
        text said = words_of_report(&run, publication->arena);
        publication->diagnostics = arena_printf(publication->arena, "%.*s%.*s",
                                                TEXT_ARGUMENTS(run.failure), TEXT_ARGUMENTS(said));
    }
    publication->errors = run.report.errors;
    publication->warnings = run.report.warnings;
    run_release(&run);
}

/* Sets the pages, and throws them away: what is found on them is reported. False where there are no
   fonts. */
static bool check_pages(struct run *run, const struct publish_options *options)
{
    struct fonts *fonts = open_fonts(run, options, &run->arena);
    if (fonts)
        lay_out(run, fonts);
    else
        stream_write(STDERR_FILENO, run->failure);
    return fonts != NULL;
}

enum outcome publish_check(const struct article *article, const struct publish_options *options)
{
    struct run run;
    run_init(&run);
    run.missing = options->missing;
    bool has_tree = read_and_check(&run, article);
    if (has_tree && !publish_wants_language(options, run.document.metadata.language)) {
        run_release(&run);
        return OUTCOME_DONE;
    }
    bool is_set = true;
    if (has_tree && resolve_themes(&run, options) && options->sets_pages)
        is_set = check_pages(&run, options);
    translated_map_report(&run.translated);
    enum outcome outcome = is_set ? outcome_of(&run) : OUTCOME_SYSTEM;
    if (is_set && options->is_strict && run.report.warnings)
        outcome = OUTCOME_INPUT;
    printer_add(options->printer, &run.report);
    run_release(&run);
    return outcome;
}

enum outcome publish_fix(const struct article *article)
{
    struct run run;
    struct buffer bytes, said;
    enum outcome outcome = OUTCOME_DONE;
    run_init(&run);
    buffer_init(&bytes, 2 * (size_t)LIMIT_ARTICLE_BYTES);
    buffer_init(&said, LIMIT_OUTPUT_BYTES);
    if (read_and_check(&run, article) && fixes_apply(&run.report, 0, &bytes, &said)) {
        text path = article_path(&run.arena, article, article->file);
        if (bytes.overflowed || !file_write_whole(path.bytes, buffer_text(&bytes))) {
            buffer_clear(&said);
            buffer_printf(&said, "lectern: cannot write %.*s: %s\n", TEXT_ARGUMENTS(path),
                          strerror(errno));
            outcome = OUTCOME_SYSTEM;
        }
    }
    stream_write(STDERR_FILENO, buffer_text(&said));
    buffer_release(&said);
    buffer_release(&bytes);
    run_release(&run);
    return outcome;
}

enum outcome publish_dump(const struct article *article, const struct publish_options *options)
{
    struct run run;
    run_init(&run);
    run.missing = options->missing;
    bool has_tree = read_and_check(&run, article);
    if (has_tree && publish_wants_language(options, run.document.metadata.language)) {
        struct buffer out;
        buffer_init(&out, LIMIT_OUTPUT_BYTES);
        document_dump(&run.document, &out);
        stream_write(STDOUT_FILENO, buffer_text(&out));
        buffer_release(&out);
    }
    return end_run(&run, outcome_of(&run));
}

enum outcome publish_references(const char *path, text style, text language,
                                enum cite_format format)
{
    struct run run;
    run_init(&run);
    text bytes = TEXT_EMPTY, name = text_from_c(path);
    enum file_status status = file_read(&run.arena, path, LIMIT_REFERENCES_BYTES, &bytes);
    uint32_t source = report_add_source(&run.report, name, bytes);
    struct span span = {.file = source};
    struct reference_list list = {NULL, 0, 0};
    if (status != FILE_OK)
        report_error(&run.report, "references-missing", span, NULL, "the file %.*s %s",
                     TEXT_ARGUMENTS(name), file_status_words(status));
    else
        references_read(&run.arena, &run.report, source, bytes, references_format(name), &list);
    if (style.length)
        styles_load(&run.styles, NULL, style, span, &run.wording);
    if (run.wording.style && !csl_style_has_bibliography(run.wording.style))
        report_warning(&run.report, "style-without-list", span, "name another style, such as apa",
                       "the style %.*s words citations only: it has no list of references",
                       TEXT_ARGUMENTS(style));
    if (list.count && !run.report.errors) {
        struct buffer out;
        buffer_init(&out, LIMIT_OUTPUT_BYTES);
        cite_format_list(&run.arena, (const struct reference *const *)list.items, list.count,
                         language.length || run.wording.style ? language : TEXT("en"),
                         run.wording.style ? &run.wording : NULL, format, &out);
        stream_write(STDOUT_FILENO, buffer_text(&out));
        buffer_release(&out);
    }
    return end_run(&run, outcome_of(&run));
}
