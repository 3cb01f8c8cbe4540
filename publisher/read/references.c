/* The files of references that the front matter names, or the project's settings for other tools.
 */
#include "references/references.h"

#include "base/characters.h"
#include "base/limits.h"
#include "base/paths.h"
#include "base/yaml.h"
#include "read/passes.h"
#include "read/values.h"

/* Of two references with one id in two files the first holds: files of references overlap. */
static void drop_repeated(struct reader *reader, const struct named_file *named, size_t before)
{
    struct document *document = reader->document;
    struct id_map *ids = id_map_new(reader->arena);
    size_t kept = before;
    for (size_t i = 0; i < document->reference_count; i++) {
        struct reference *reference = document->references[i];
        bool is_new = reference->id_stem.length || /* made, as no other: nobody wrote it */
                      id_map_add(ids, reference->id, ARENA_NEW(reader->arena, struct node), NULL);
        if (i < before)
            continue;
        if (is_new)
            document->references[kept++] = reference;
        else
            report_rule(reader->report, "reference-repeated", reference->span, NULL,
                        "the id \"%.*s\" stands in a file of references before %.*s",
                        TEXT_ARGUMENTS(reference->id), TEXT_ARGUMENTS(named->path));
    }
    document->reference_count = kept;
}

void read_reference_bytes(struct reader *reader, const struct named_file *named, text bytes)
{
    struct document *document = reader->document;
    enum reference_format format = references_format(named->path);
    if (format == REFERENCES_UNKNOWN) {
        report_error(reader->report, "references-syntax", named->span, REFERENCES_ENDINGS_HINT,
                     "the format of the file %.*s is not known", TEXT_ARGUMENTS(named->path));
        return;
    }
    /* shown as what the author wrote beside the name of the file that names it */
    text folder = text_folder(reader->report->sources[named->span.file].name);
    text name = arena_printf(reader->arena, "%.*s%.*s", TEXT_ARGUMENTS(folder),
                             TEXT_ARGUMENTS(named->path));
    bytes = characters_of_file(reader->arena, bytes);
    uint32_t file = report_add_source(reader->report, name, bytes);
    struct reference_list list = {document->references, document->reference_count,
                                  document->reference_capacity};
    size_t before = list.count;
    references_read(reader->arena, reader->report, file, bytes, format, &list);
    document->references = list.items;
    document->reference_count = list.count;
    document->reference_capacity = list.capacity;
    if (before && list.count > before)
        drop_repeated(reader, named, before);
}

/* An address: such a file is not fetched, and the article has none. */
static bool is_address(text name)
{
    return text_find(name, TEXT("://"), 0) != SIZE_MAX;
}

/* The file of the project that names its references, with that list in *names; NULL: none does. */
static const struct site_values *find_names(struct reader *reader, const struct yaml_value **names)
{
    static const char *const keys[] = {"bibtex_bibfiles", "sphinx.config.bibtex_bibfiles"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        *names = value_of_file(reader, "_config.yml", &reader->site_config, text_from_c(keys[i]));
        if (*names)
            return &reader->site_config;
    }
    *names = value_of_file(reader, "myst.yml", &reader->site_myst, TEXT("project.bibliography"));
    return *names ? &reader->site_myst : NULL;
}

/* Jupyter Book and MyST name them for all articles of a book, from the folder of their settings on.
 */
void find_project_references(struct reader *reader)
{
    struct document *document = reader->document;
    struct metadata *metadata = &document->metadata;
    struct arena *arena = reader->arena;
    text body = reader_body(reader);
    bool may_cite =
        text_find(body, TEXT("{cite"), 0) != SIZE_MAX || text_find(body, TEXT("[@"), 0) != SIZE_MAX;
    if (metadata->bibliography_count || !may_cite)
        return;
    const struct yaml_value *names;
    const struct site_values *settings = find_names(reader, &names);
    if (!settings)
        return;
    const struct yaml_value *name = names->kind == YAML_SEQUENCE ? names->first : names;
    size_t count = 0;
    for (const struct yaml_value *one = name; one; one = one == names ? NULL : one->next)
        count++;
    metadata->bibliographies = ARENA_NEW_ARRAY(arena, count + 1, struct named_file);
    text here = document->root_folder ? path_normal(arena, document->root_path) : TEXT_EMPTY;
    text shown =
        arena_printf(arena, "%.*s%.*s",
                     TEXT_ARGUMENTS(text_folder(document->report->sources[reader->file].name)),
                     TEXT_ARGUMENTS(path_between(arena, here, settings->place)));
    uint32_t file = 0;
    for (; name; name = name == names ? NULL : name->next) {
        text path = name->kind == YAML_SCALAR ? text_trim(name->scalar) : TEXT_EMPTY;
        if (path.length == 0 || is_address(path))
            continue;
        if (file == 0)
            file = report_add_source(document->report, path_normal(arena, shown), settings->bytes);
        uint32_t line = (uint32_t)name->place.line + 1, column = (uint32_t)name->place.column + 1;
        path = path_normal(arena, path);
        metadata->bibliographies[metadata->bibliography_count++] = (struct named_file){
            .path = path,
            .from_root = path_normal(
                arena, arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(text_folder(settings->place)),
                                    TEXT_ARGUMENTS(path))),
            .span = {file, line, column, line, column}};
    }
}

/* folder: NULL, where the settings of another tool name it. */
static enum file_status read_named(struct reader *reader, const struct named_file *named,
                                   text *bytes)
{
    const struct document *document = reader->document;
    if (named->folder)
        return document_read_named(document, named, LIMIT_REFERENCES_BYTES, bytes);
    const struct folder *root = document->root_folder ? document->root_folder : &document->folder;
    return folder_read(root, reader->arena, named->from_root, LIMIT_REFERENCES_BYTES, bytes);
}

void read_references(struct reader *reader)
{
    const struct metadata *metadata = &reader->document->metadata;
    for (size_t i = 0; i < metadata->bibliography_count; i++) {
        const struct named_file *named = &metadata->bibliographies[i];
        text bytes;
        enum file_status status = read_named(reader, named, &bytes);
        if (status == FILE_OK)
            read_reference_bytes(reader, named, bytes);
        else
            report_error(reader->report, "references-missing", named->span,
                         named->folder ? "put the file of references into the article's folder"
                                       : "put the file of references where these settings name it",
                         "the file %.*s %s", TEXT_ARGUMENTS(named->path),
                         file_status_words(status));
    }
}
