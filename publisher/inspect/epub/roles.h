/* What elements, roles and languages of XHTML stand for. */
#ifndef LECTERN_INSPECT_EPUB_ROLES_H
#define LECTERN_INSPECT_EPUB_ROLES_H

#include "base/text.h"

/* The standard type of ISO 32000-1; "": nothing of its own; "-": nothing in it is read. */
const char *epub_element_role(text name);
/* The same of an ARIA role; "!": it is deprecated; NULL: there is no such role. */
const char *epub_aria_role(text name);
/* Whether it is a tag of BCP 47. Here, for the document's nodes and the inspection's share names.
 */
bool epub_language_is_valid(text tag);

#endif
