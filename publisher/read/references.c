/* The files of references that the front matter names, or the project's settings for other tools.
 */
#include "references/references.h"

#include "base/characters.h"
#include "base/limits.h"
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
        bool is_new = id_map_add(ids, reference->id, ARENA_NEW(reader->arena, struct node), NULL);
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

/* Jupyter Book and MyST name them for all articles of a book, from the folder of their settings on.
 */
void find_project_references(struct reader *reader)
{
    struct metadata *metadata = &reader->document->metadata;
    text body = text_slice((text){reader->source, reader->length}, reader->body, reader->length);
    bool may_cite =
        text_find(body, TEXT("{cite"), 0) != SIZE_MAX || text_find(body, TEXT("[@"), 0) != SIZE_MAX;
    if (metadata->bibliography_count || !may_cite)
        return;
    const struct yaml_value *names =
        value_of_file(reader, "_config.yml", &reader->site_config, TEXT("bibtex_bibfiles"));
    if (!names)
        names = value_of_file(reader, "_config.yml", &reader->site_config,
                              TEXT("sphinx.config.bibtex_bibfiles"));
    if (!names)
        names = value_of_file(reader, "myst.yml", &reader->site_myst, TEXT("project.bibliography"));
    const struct yaml_value *name = names && names->kind == YAML_SEQUENCE ? names->first : names;
    size_t count = 0;
    for (const struct yaml_value *one = name; one; one = one == names ? NULL : one->next)
        count++;
    metadata->bibliographies = ARENA_NEW_ARRAY(reader->arena, count + 1, struct named_file);
    for (; name; name = name == names ? NULL : name->next) {
        if (name->kind == YAML_SCALAR && text_trim(name->scalar).length)
            metadata->bibliographies[metadata->bibliography_count++] = (struct named_file){
                .path = arena_printf(reader->arena, "/%.*s", TEXT_ARGUMENTS(name->scalar)),
                .folder = NULL,
                .span = reader_span(reader, 0, 0)};
    }
}

/* folder: NULL, where the settings of another tool name it. */
static enum file_status read_named(struct reader *reader, const struct named_file *named,
                                   text *bytes)
{
    if (named->folder)
        return document_read_named(reader->document, named, LIMIT_REFERENCES_BYTES, bytes);
    struct site_file file =
        document_read_from_root(reader->document, named->path, LIMIT_REFERENCES_BYTES);
    *bytes = file.bytes;
    return file.other.length ? FILE_NOT_FOUND : file.status;
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
                         "put the file of references into the article's folder", "the file %.*s %s",
                         TEXT_ARGUMENTS(named->path), file_status_words(status));
    }
}
