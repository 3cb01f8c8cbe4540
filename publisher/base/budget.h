/* Budget: what the work on one article may take of the machine, in all stages together. Computing
   counts, of this process and of its children, and no clock of the wall: on a busy machine the same
   input is refused or published as on an idle one. What is made never depends on it: a run ends as
   it would without a budget, or in an error.

   Twice it says no. Before it is used up, every stage that asks (budget_allows) is told to stop;
   the error stands among the others, at the place that was being worked on. A stage that does not
   ask until all is used up is ended with the process, which says the same in a line: nothing has
   been written by then, and nothing is half-written.

       budget_begin(&budget, &report, seconds);
       while (…) {
           if (!budget_allows(&report, node->span))
               return false;
           …
       }
       budget_end(&budget);      before anything is written
*/
#ifndef LECTERN_BASE_BUDGET_H
#define LECTERN_BASE_BUDGET_H

#include "base/report.h"

#include <signal.h>
#include <time.h>

/* The exit code of a process that did not ask: the input has errors. A worker's is one that nothing
   else ends with, so that whoever waits for it can tell a budget from a crash. */
enum { BUDGET_EXIT = 1, BUDGET_EXIT_OF_WORKER = 76 };

struct budget {
    struct report *report;
    unsigned seconds;       /* for each megabyte; 0: no bound */
    uint64_t began_ms;      /* of computing, before */
    uint64_t memory_before; /* bytes */
    uint64_t other_bytes;   /* of input that is no source of the report: pictures */
    unsigned editions;      /* each is laid out and painted anew; 0 counts as 1 */
    struct span place;      /* that was worked on when it was last asked */
    bool is_told;           /* its error is in the report */
    bool is_watched;        /* the timer exists */
    timer_t timer;
    _Atomic int spent; /* what of: 0, or one of budget.c's; any thread's signal sets it, all ask */
};

/* The work on one article begins: report->budget is this from now on. seconds: of computing, for
   each megabyte of input that is begun, LIMIT_RUN_SECONDS unless the user says otherwise; memory
   goes with them, and is never less than LIMIT_RUN_MEMORY. 0: no bound. */
void budget_begin(struct budget *budget, struct report *report, unsigned seconds);
/* What was done so far counts no more: the next work on the same input has the whole budget, by
   what was read for it. */
void budget_renew(struct budget *budget);
/* This process is a worker: from now on it ends with BUDGET_EXIT_OF_WORKER. */
void budget_be_worker(void);
/* It is over; nothing is bounded any more. Also of a budget that was never begun (all zero). */
void budget_end(struct budget *budget);
/* A file that is no source of the report was read: larger input may take longer. A picture says at
   least LIMIT_RUN_PICTURE_BYTES, since few bytes can be many pixels to unpack; a drawing with
   effects and a figure in PDF at least a megabyte, since few bytes can be much to draw: it adds as
   much time as an article of a megabyte has, which is more than trying it may take. So what is
   bounded is the text, and each picture by its own share. */
void budget_add_input(const struct report *report, size_t bytes);
/* The article is published in so many profiles. */
void budget_set_editions(const struct report *report, size_t editions);
/* Whether there is anything left (report NULL: there is); asked for every block, paragraph,
   reference and page, and as cheap as that wants. place: where the work is. False, and an error is
   reported, once, where the budget is used up: then the caller stops. Of the thread that owns the
   report alone. */
MUST_CHECK bool budget_allows(struct report *report, struct span place);
/* The same without a place, from any thread; nothing is reported. */
MUST_CHECK bool budget_is_left(const struct report *report);

#endif
