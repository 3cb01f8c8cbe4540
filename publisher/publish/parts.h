/* Parts: what of an article is for some formats, profiles or languages alone (document/only.h). Of
   publish/, where it is known which there are. */
#ifndef LECTERN_PUBLISH_PARTS_H
#define LECTERN_PUBLISH_PARTS_H

#include "document/only.h"
#include "publish/run.h"

/* Reports names that no format, profile or language of the article has (only-unknown), and what
   leads to a part from where that is left out (only-target). The nodes are numbered. */
void parts_check(struct publish_run *run, const struct article *article);
/* check_document for what each output has of the article: a fault is reported once. The nodes are
   numbered. */
void parts_check_document(struct publish_run *run);

#endif
