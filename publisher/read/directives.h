/* Directives, after MyST: ```` ```{name} argument ```` or `:::{name} argument`, lines of options
   (`:key: value`, or YAML between lines of three hyphens), contents, and the fence again.

   What holds Markdown becomes a box with a mark of a directive. Between colons divs.c finds it.
   Between backticks it is code for the parser at first: when its first line has been read,
   directives_take makes a box of it, so that nobody but the parser has to know what is code. It
   then ends as MyST says, at the first line of as many backticks. What holds none stays code until
   it is built. */
#ifndef LECTERN_READ_DIRECTIVES_H
#define LECTERN_READ_DIRECTIVES_H

#include "read/dialect.h"

/* What becomes of the directive of that name, or of the half of a box of two; DIRECTIVE_UNKNOWN:
 * nobody has said. */
enum directive_form directive_find(text name);
/* The last line of a directive was read: what begins a box of two directives stays open (true),
   what ends one closes it. */
bool directive_passes_gate(cmark_node *directive);
/* The end of `{name}` at the offset, and the name; 0: none stands there. R Markdown's `{block,
   type="tip"}` is one too. */
size_t directive_name(text line, size_t at, text *name);

/* divs.c found `:::{name}`: opens it. line: from the fence on; signs: how long the fence is. */
cmark_node *directive_open(cmark_syntax_extension *divs, cmark_parser *parser,
                           cmark_node *container, const unsigned char *input, text line,
                           size_t signs, size_t brace);
/* After a line was read: code between backticks that is a box becomes one. */
void directives_take(struct dialect *dialect, cmark_parser *parser);

/* One line of options. The attribute's span holds columns of the line: from..to, exclusive. */
enum option_line { OPTION_NONE, OPTION_SKIP, OPTION_FOUND, OPTION_UNKNOWN };
enum option_line option_read(struct option_reader *reader, text line, struct attribute *attribute);

/* The value of an option without its quotes, and without the backslashes between them. */
text option_value(struct arena *arena, text value);

#endif
