/* The file of references that the front matter names. */
#include "references/references.h"
#include "base/limits.h"
#include "read/reader.h"

void read_references(struct reader *reader)
{
    const struct metadata *metadata = &reader->document->metadata;
    if (metadata->bibliography.length == 0)
        return;
    text bytes;
    enum file_status status = folder_read(&reader->document->folder, reader->arena,
                                          metadata->bibliography, LIMIT_REFERENCES_BYTES, &bytes);
    if (status != FILE_OK) {
        report_error(reader->report, "references-missing", metadata->bibliography_span,
                     "put the file of references into the article's folder", "the file %.*s %s",
                     TEXT_ARGUMENTS(metadata->bibliography), file_status_words(status));
        return;
    }
    read_reference_bytes(reader, bytes);
}

void read_reference_bytes(struct reader *reader, text bytes)
{
    struct document *document = reader->document;
    text path = document->metadata.bibliography;
    enum reference_format format = references_format(path);
    if (format == REFERENCES_UNKNOWN) {
        report_error(reader->report, "references-syntax", document->metadata.bibliography_span,
                     "give it the ending .json, .yaml, .bib or .ris",
                     "the format of the file %.*s is not known", TEXT_ARGUMENTS(path));
        return;
    }
    /* shown as what the author wrote beside the article's own name */
    text folder = text_folder(reader->report->sources[reader->file].name);
    text name =
        arena_printf(reader->arena, "%.*s%.*s", TEXT_ARGUMENTS(folder), TEXT_ARGUMENTS(path));
    uint32_t file = report_add_source(reader->report, name, bytes);
    struct reference_list list = {document->references, document->reference_count,
                                  document->reference_capacity};
    references_read(reader->arena, reader->report, file, bytes, format, &list);
    document->references = list.items;
    document->reference_count = list.count;
    document->reference_capacity = list.capacity;
}
