/* Address: what may stand in a URL, and how the rest is written there (RFC 3986, 2.1). Every name
   of a file, every id and every address that an author wrote goes through here before it stands in
   an href, a src or a uri. */
#ifndef LECTERN_BASE_ADDRESS_H
#define LECTERN_BASE_ADDRESS_H

#include "base/arena.h"
#include "base/buffer.h"

/* What a text is in the address. */
enum address_part {
    ADDRESS_WHOLE, /* an address already: what has a meaning there keeps it, also "%20" */
    ADDRESS_PATH,  /* the path of a file: slashes lead into folders, every other byte is a name */
    ADDRESS_FRAGMENT, /* the id behind the number sign; letters beyond ASCII stand (RFC 3987) */
};

/* Appends the text with what may not stand in that part percent-encoded. */
void address_add(struct buffer *out, enum address_part part, text t);
/* The same in the arena; the text itself where nothing had to be encoded. */
text address_encoded(struct arena *arena, enum address_part part, text t);
/* A file beside the one that names it: "./" and its name as a path. */
text address_beside(struct arena *arena, text name);
/* A copy in the arena, with every "%20" and its like as the byte that it stands for. What is no
   UTF-8 then, or would hold a byte 0, stays as it is. */
text address_decoded(struct arena *arena, text address);
/* The scheme before the colon (RFC 3986, 3.1); empty: it has none. */
text address_scheme(text address);
/* Whether it is one of the web: its scheme is http or https, in any case. */
bool address_is_web(text address);

#endif
