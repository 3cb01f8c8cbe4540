/* Objects that are packed into object streams (ISO 32000-1, 7.5.7), read without libqpdf: it parses
   all objects of a stream, some hundred, for the first that is asked for, and keeps each at a price
   of half a kilobyte. The elements of a structure tree lie in such streams, and are the most of a
   long file.

   Only what is plain is read here: a file whose one cross-reference stream lists all, that is not
   encrypted and was not mended by libqpdf; in it small dictionaries and arrays, but for lists of
   numbers and references, which may be long, and in which nothing is written oddly. packed_find
   says of the rest that it is not read here; libqpdf reads it then, and what is wrong with it is
   its to mend. The streams are unpacked by libqpdf in any case. */
#ifndef LECTERN_INSPECT_PDF_PACKED_H
#define LECTERN_INSPECT_PDF_PACKED_H

#include "base/pdf_lexer.h"

struct packed;
struct pdf_file;

/* A value within an object, or a reference to an object. */
struct packed_value {
    struct pdf_token token; /* of an array or a dictionary: where it begins */
    uint32_t number;        /* of the object that it is, or refers to; 0: it is within another */
    uint32_t place;         /* where its stream is kept */
    bool is_reference;
};

/* Reads the table of a file that libqpdf has opened. NULL: nothing of it is read here. The caller
   frees it with packed_free. */
struct packed *packed_new(struct pdf_file *file);
/* Frees the table and the streams; NULL is nothing. */
void packed_free(struct packed *packed);

/* Whether the object of that number is packed, and may be read here; packed may be NULL. */
bool packed_has(const struct packed *packed, uint32_t number);
/* The object of that number. True: its stream stays until packed_give_back is called for the value
   or for one within it, as often as it was found or packed_keep was called. False: libqpdf must
   read it. */
bool packed_find(struct packed *packed, uint32_t number, struct packed_value *found);
/* Keeps a value's stream for one that was found within it; nothing for a reference. */
void packed_keep(struct packed *packed, const struct packed_value *value);
/* The stream may go, as far as this value needs it. */
void packed_give_back(struct packed *packed, const struct packed_value *value);

/* The value of a dictionary's key (without its slash); the last, where there are several. False:
   there is none. */
bool packed_get(const struct packed *packed, const struct packed_value *dictionary, text key,
                struct packed_value *found);
/* The key at that index of a dictionary, as often as it stands there; empty past its end. */
text packed_key(const struct packed *packed, const struct packed_value *dictionary, int index);
/* How many elements an array has. */
int packed_count(struct packed *packed, const struct packed_value *array);
/* An array's element. False: past its end. */
bool packed_item(struct packed *packed, const struct packed_value *array, int index,
                 struct packed_value *found);
/* Of a name its bytes without the slash, of a string what it says, of a word the word; borrowed
   until the stream goes or the next string is asked for. */
text packed_bytes(struct packed *packed, const struct packed_value *value);

#endif
