/* Fixes: what a program may mend in an article by itself, because nothing that the author means can
   be lost by it. */
#ifndef LECTERN_CHECK_FIXES_H
#define LECTERN_CHECK_FIXES_H

#include "base/buffer.h"
#include "base/report.h"

/* Mends the source, a file of the report, by what was reported there: out gets its new bytes, said
   a line for each fix. Only the bytes of the fixes change. The number of fixes; 0: out is empty. */
size_t fixes_apply(struct report *report, uint32_t file, struct buffer *out, struct buffer *said);

#endif
