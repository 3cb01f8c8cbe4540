#include "inspect_file.h"

#include "base/limits.h"
#include "base/memory.h"

#include <unistd.h>

static void complain(struct arena *arena, const char *path, const char *rule, text why)
{
    stream_write(STDERR_FILENO, arena_printf(arena, "%s: error[%s]: %s: %.*s\n", path, rule, path,
                                             TEXT_ARGUMENTS(why)));
}

/* What goes to standard output goes there bit by bit; a report is written whole or not at all. */
static void print(void *is_printed, text bytes)
{
    bool *all = is_printed;
    *all = *all && stream_write(STDOUT_FILENO, bytes);
}

enum outcome inspect_file(struct arena *arena, const char *path, enum inspect_format format,
                          const char *report)
{
    struct arena own; /* freed when the file is done: a batch of them may be long */
    struct buffer out;
    text bytes;
    enum outcome outcome = OUTCOME_DONE;
    arena_init(&own);
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    bool is_delivered = true;
    if (!report)
        buffer_drain(&out, print, &is_delivered);
    enum file_status status = file_read(&own, path, LIMIT_INSPECT_FILE_BYTES, &bytes);
    if (status != FILE_OK) {
        complain(arena, path, status == FILE_NOT_FOUND ? "file-missing" : "inspect-unreadable",
                 text_from_c(file_status_words(status)));
        outcome = OUTCOME_INPUT;
    } else {
        memory_limit(LIMIT_INSPECT_MEMORY + 2 * bytes.length);
        const struct inspection *inspection = inspect(&own, text_from_c(path), bytes);
        bool is_written = inspection_write(inspection, format, &out);
        if (is_written && report)
            is_delivered = file_write_whole(report, buffer_text(&out));
        else if (is_written)
            print(&is_delivered, buffer_text(&out));
        if (!is_delivered) {
            complain(arena, report ? report : "standard output", "inspect-unwritten",
                     TEXT("cannot be written"));
            outcome = OUTCOME_SYSTEM;
        } else if (inspection_failure(inspection).length || !is_written) {
            complain(arena, path, "inspect-unreadable",
                     is_written ? inspection_failure(inspection)
                                : TEXT("its report would be too large"));
            outcome = OUTCOME_INPUT;
        } else if (inspection_findings(inspection)) {
            outcome = OUTCOME_INPUT;
        }
    }
    buffer_release(&out);
    arena_release(&own);
    return outcome;
}
