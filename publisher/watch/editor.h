/* Editor: the program that opens a file at a line, as the user named it. */
#ifndef LECTERN_WATCH_EDITOR_H
#define LECTERN_WATCH_EDITOR_H

#include "base/arena.h"

#include <signal.h>

enum { MOST_EDITORS = 8 }; /* that are running at a time */

struct editor {
    struct arena arena;
    text *words; /* of the command, with {file}, {line} and {column} in them; NULL: there is none */
    size_t count;
    char key[33]; /* made anew for each run; empty: no file is opened */
    pid_t running[MOST_EDITORS];
    sigset_t signals; /* blocked signals that it begins with */
};

/* The words of a command, between white space; what stands in quotation marks ("…", '…') is of one
   word. No shell reads it. NULL: it has no word, or a quotation mark that does not end. */
text *editor_words(struct arena *arena, text command, size_t *count);
/* command: NULL: no file is opened, whoever asks. False: it is no command, or the machine gives
   nothing to make a key of. */
MUST_CHECK bool editor_init(struct editor *editor, const char *command, const sigset_t *signals);
/* Forgets those that are running: they go on. */
void editor_release(struct editor *editor);
/* What a page of ours shows when it asks; empty: no file is opened. */
text editor_key(const struct editor *editor);
/* Starts it for a file; line and column from 1. False: there is no such file, too many are running,
   or it cannot be started. */
MUST_CHECK bool editor_open(struct editor *editor, text file, unsigned long line,
                            unsigned long column);
/* To be called when a child has ended. */
void editor_reap(struct editor *editor);

#endif
