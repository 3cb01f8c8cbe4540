/* Printers: the diagnostics of one run over any number of articles, as a person reads them or as a
   program does. Reports are added one after the other and need not outlive the call. */
#ifndef LECTERN_BASE_PRINTERS_H
#define LECTERN_BASE_PRINTERS_H

#include "base/report.h"

enum report_format {
    REPORT_TEXT,  /* report_print */
    REPORT_JSON,  /* Lectern's own: an object with a list */
    REPORT_SARIF, /* SARIF 2.1.0 (OASIS Standard, 27 March 2020): one run, all rules described */
    REPORT_JUNIT, /* XML as continuous-integration servers take it: a suite for each article */
};

struct printer {
    enum report_format format;
    struct buffer out;
    uint64_t *printed; /* owned: of each diagnostic that was added, a hash */
    size_t printed_count, printed_capacity;
    bool has_one; /* an item is there: a comma goes before the next */
    size_t errors, warnings, notices;
    bool is_strict;
};

/* False where no format has that name. */
bool report_format_find(text name, enum report_format *format);
/* version: Lectern's own, for formats that name their tool. */
/* is_strict: warnings are failures too. */
void printer_begin(struct printer *printer, enum report_format format, bool is_strict,
                   const char *version);
/* The first source of the report is the article that it is about. What was added before, at the
   same place, is left out: an article is read once for each of its languages. */
void printer_add(struct printer *printer, struct report *report);
/* After it, out holds everything. */
void printer_end(struct printer *printer);
/* How many of them the run fails for, so far. */
size_t printer_failures(const struct printer *printer);
/* Gives the memory back; what was written stays written. */
void printer_release(struct printer *printer);

/* Faults of one article that were said in one of its languages: its others have them too. */
struct said {
    uint64_t *hashes;
    size_t count, capacity; /* count 0: of the next article */
};

/* Of faults as report_print writes them: the end of the one that begins there. What belongs to it
   is indented. */
size_t said_fault_end(text words, size_t start);
/* Writes faults, as report_print has them, to standard error, but those that were said. The hashes
   live in the arena. */
void said_write_new(struct said *said, struct arena *arena, text diagnostics);

#endif
