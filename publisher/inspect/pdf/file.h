/* A PDF opened by libqpdf, read through handles that are given back scope by scope. libqpdf keeps
   every object that it has parsed; pdf_refresh forgets them, so that memory does not grow with the
   file. What packed.h reads has handles of its own kind, whose highest bit is set. No object's
   depth leads to recursion here. */
#ifndef LECTERN_INSPECT_PDF_FILE_H
#define LECTERN_INSPECT_PDF_FILE_H

#include "inspect/model.h"
#include "inspect/pdf/packed.h"
#include "libraries/qpdf.h"

typedef qpdf_oh pdf_object; /* valid until its scope ends or the file is refreshed */

/* What a handle of our own stands for. */
struct pdf_value {
    struct packed_value value; /* a reference until it is looked at */
    pdf_object other;          /* libqpdf's handle, where libqpdf has to read it; else 0 */
};

struct pdf_file {
    qpdf_data qpdf;
    struct arena *arena;
    struct inspection *inspection;
    text bytes;
    const char *encryption; /* the trailer's key for it, as it stands in the bytes */
    pdf_object *handles;    /* those given out and not yet back */
    size_t handle_count, handle_capacity;
    struct packed *packed;    /* NULL: libqpdf reads all */
    struct pdf_value *values; /* of those handles that are our own, in their order */
    size_t value_count, value_capacity;
    size_t asked, measured; /* objects asked for since the last refresh; up to the last look */
    size_t loaded, weight;  /* bytes on the heap after the last load; what it took of them */
    size_t most;            /* by which the heap may grow until the next */
    size_t decoded;         /* bytes of all streams so far */
    /* What was asked last is often asked again: each question to libqpdf costs a thousand steps. */
    pdf_object dictionary, inner; /* known to be a dictionary, or a stream with that one; 0: none */
    pdf_object array;             /* known to be an array of so many; 0: none */
    int array_count;
};

/* False, with the inspection's failure set, where the file cannot be read. */
MUST_CHECK bool pdf_open(struct pdf_file *file, struct inspection *inspection);
/* Gives libqpdf's memory and the handles back; what was read of it stays, in the arena. */
void pdf_close(struct pdf_file *file);

/* What was asked for since pdf_begin is given back by pdf_end. */
size_t pdf_begin(const struct pdf_file *file);
/* Gives back what was asked for since pdf_begin gave that mark. */
void pdf_end(struct pdf_file *file, size_t mark);
/* Gives all back, and lets libqpdf forget what it parsed once that is much. No handle outlives it.
 */
void pdf_refresh(struct pdf_file *file);

/* Gives all back, and lets libqpdf forget all. False, with the failure set: it cannot be read a
   second time. */
MUST_CHECK bool pdf_reload(struct pdf_file *file);

/* Lets libqpdf forget an object that is not read again: an empty dictionary stands for it until the
   file is refreshed. Its handles stay valid. */
void pdf_drop(struct pdf_file *file, uint32_t number);

/* The trailer dictionary. */
pdf_object pdf_trailer(struct pdf_file *file);
/* The catalog; null where it is none. */
pdf_object pdf_root(struct pdf_file *file);
/* The object of that number, generation 0; null where there is none. */
pdf_object pdf_by_number(struct pdf_file *file, uint32_t number);
/* Of a dictionary or a stream's dictionary; null where there is none. key: "/K". */
pdf_object pdf_get(struct pdf_file *file, pdf_object dictionary, const char *key);
/* An element of an array; null past its end. */
pdf_object pdf_item(struct pdf_file *file, pdf_object array, int index);
int pdf_count(struct pdf_file *file, pdf_object array); /* 0 where it is no array */
/* Whether the dictionary has the key, with a value that is not null: cheaper than to ask for it. */
bool pdf_has(struct pdf_file *file, pdf_object dictionary, const char *key);
/* Whether it is null, or leads to no object. */
bool pdf_is_null(struct pdf_file *file, pdf_object object);
bool pdf_is_dictionary(struct pdf_file *file, pdf_object object); /* or a stream */
/* Whether it is a stream. */
bool pdf_is_stream(struct pdf_file *file, pdf_object object);
/* Whether it is an array. */
bool pdf_is_array(struct pdf_file *file, pdf_object object);
/* Whether it is a string of bytes. */
bool pdf_is_string(struct pdf_file *file, pdf_object object);
/* Whether it is a name. */
bool pdf_is_name(struct pdf_file *file, pdf_object object);
/* Whether it is a number, whole or not. */
bool pdf_is_number(struct pdf_file *file, pdf_object object);
bool pdf_name_is(struct pdf_file *file, pdf_object object, const char *name); /* "/Figure" */
/* The number of an indirect object; 0 where it is direct. */
uint32_t pdf_number(struct pdf_file *file, pdf_object object);
/* Without the slash; empty where it is no name. In the arena; not always UTF-8 in the file, always
   here. */
text pdf_name(struct pdf_file *file, pdf_object object);
/* The same as it is in the file, borrowed until its handle is given back. */
text pdf_raw_name(struct pdf_file *file, pdf_object object);
/* A text string as UTF-8 in the arena (ISO 32000-1, 7.9.2.2), without language escapes. */
text pdf_text(struct pdf_file *file, pdf_object object);
/* The bytes of a string as they are, in the arena. */
text pdf_string(struct pdf_file *file, pdf_object object);
/* Its value, or `otherwise` where it is no number. */
double pdf_real(struct pdf_file *file, pdf_object object, double otherwise);
/* Its value, or `otherwise` where it is no whole number. */
long long pdf_integer(struct pdf_file *file, pdf_object object, long long otherwise);
/* Whether it is the boolean true. */
bool pdf_true(struct pdf_file *file, pdf_object object);
/* Whether it is the boolean false: what is missing is neither. */
bool pdf_false(struct pdf_file *file, pdf_object object);
/* The names of a dictionary's first keys, at most so many, with their slashes, in the arena. */
size_t pdf_keys(struct pdf_file *file, pdf_object dictionary, size_t most, text **keys);
/* Appends a stream's bytes, decoded; false where it is none, cannot be decoded, or grows past the
   limits: then the inspection's failure is set. */
bool pdf_stream(struct pdf_file *file, pdf_object stream, struct buffer *out);
/* The same, without a failure: false where they are more than the buffer may hold. work: grows by
   the bytes that were read and made. */
bool pdf_unpack(struct pdf_file *file, pdf_object stream, struct buffer *out, size_t *work);
/* Bytes of any origin as UTF-8 in the arena: those that are not become U+FFFD. */
text pdf_clean(struct arena *arena, text bytes);
/* A text string's bytes as UTF-8, as pdf_text. */
text pdf_decode_text(struct arena *arena, text bytes);

#endif
