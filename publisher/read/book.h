/* Book: a publication of many files, which the lectern.yaml of its folder lists. Its files become
   one text, one behind the other (read/includes.h, base/assembled.h), so that all stages see one
   article; what is found in it is told at its place in its own file. Each file is parsed by itself:
   what one leaves open (code, a box, the definition of a link) ends with it, and its notes are its
   own. */
#ifndef LECTERN_READ_BOOK_H
#define LECTERN_READ_BOOK_H

#include "read/reader.h"

/* A line of a list of the book's: a file, or the title of a part. */
struct book_entry {
    text words;       /* the path from the book's folder, or the title */
    struct span span; /* in lectern.yaml */
    bool is_part;
    bool is_in_part; /* its headings are a level deeper */
};

struct book_list {
    struct book_entry *entries;
    size_t count, capacity;
};

/* A file or a part's title in the text, while it is read. */
struct book_part {
    size_t from, to; /* in reader->source */
    uint32_t line;   /* the first, from 1 */
    text path;       /* from the book's folder; of a part's title: lectern.yaml */
    enum book_division division;
    enum matter matter;
    struct assembled_part *assembled;
    uint32_t dropped_line;  /* of a title that its first heading says as well; 0: there is none */
    struct node *first;     /* of its level-1 headings; NULL: it has none yet */
    struct id_map *own_ids; /* what its headings would be called if it stood alone → a node whose
                               link.target is what has the id; may be NULL */
};

struct book {
    struct book_list lists[3]; /* by enum matter */
    uint32_t file;             /* lectern.yaml in the report */
    struct book_part *parts;   /* in their order */
    size_t part_count;
    struct id_map *paths;   /* path → a node whose index is the part's */
    struct id_map *own_ids; /* of all parts: the first that has it, whose index counts the others;
                               NULL: not made yet */
};

/* Puts the book's files into reader->source. Of a translation they are there already. */
void read_book(struct reader *reader);
/* Finds reader->book->parts in the source as it is parsed. */
void book_find_parts(struct reader *reader);
/* The part that holds a place of the article; NULL: none does, or it is no book. */
struct book_part *book_part_at(const struct reader *reader, struct span span);
/* The part of that path from the book's folder; NULL: none. */
struct book_part *book_part_of_file(const struct reader *reader, text path);
/* A part is parsed: its headings get their levels in the book, and those that begin a division are
   marked. They are the root's children behind `before` (NULL: all). Reports `book-file-untitled`.
 */
void book_finish_part(struct reader *reader, struct book_part *part, struct node *before);

#endif
