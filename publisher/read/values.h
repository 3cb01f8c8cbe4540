/* What stands for words between braces. */
#ifndef LECTERN_READ_VALUES_H
#define LECTERN_READ_VALUES_H

#include "read/build.h"

/* The value at a path of keys ("project.title") in a file of the project, beside the article or in
   a folder above it; kept: read once, then remembered. NULL: there is none. */
const struct yaml_value *value_of_file(struct reader *reader, const char *name,
                                       struct site_values *kept, text path);
/* The words of a mark MARK_WORDS in builder->into; a link, where they lead to an address. */
void values_enter(struct builder *builder, const struct mark *mark);
/* videos.c: the words and the address of a video that a shortcode shows; inside: what stands
   between its braces. False: it is none, or it has no title. */
bool video_find(struct arena *arena, text inside, text *words, text *address);

/* What a template stands between. */
enum template_form {
    TEMPLATE_SHORTCODE, /* {{< … >}}, {{% … %}} */
    TEMPLATE_BRACES,    /* {{ … }} */
    TEMPLATE_TAG,       /* {% … %} */
};

/* template_words.c: the words of a template that nobody but its own program knows, and the address
   of the web to which they lead, or none; inside: what stands between its signs, trimmed. Both are
   parts of `inside`. False: it says no words, or may say more. */
bool template_words_find(enum template_form form, text inside, text *words, text *address);
/* Whether a pair of shortcodes of that name does something with the words between them: they are
   code, are shown to some, or are no Markdown. */
bool shortcode_is_for_program(text name);
/* The words of an address that is typed as such, `<https://example.org/{{name}}>`, in which the
   parser looks for no variables: from start to end in the source. False: the node is none, or holds
   none; nothing is done. */
bool values_enter_address(struct builder *builder, const cmark_node *node, size_t start,
                          size_t end);

#endif
