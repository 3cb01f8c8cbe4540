/* Completion: scripts for shells that complete the command line, made from the tables of options
   that
   --help is made from. */
#ifndef LECTERN_COMMANDS_COMPLETION_H
#define LECTERN_COMMANDS_COMPLETION_H

#include "commands/commands.h"

/* Appends the script for that shell: bash, zsh or fish. False, and nothing is appended: there is no
   such shell. */
MUST_CHECK bool completion_write(struct settings *settings, const char *shell,
                                 const struct command *const *commands, size_t count,
                                 struct buffer *out);

#endif
