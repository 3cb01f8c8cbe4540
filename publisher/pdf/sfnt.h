/* sfnt: the tables of a TrueType or OpenType font's file (OpenType 1.9, "Organization of an
   OpenType font"). */
#ifndef LECTERN_PDF_SFNT_H
#define LECTERN_PDF_SFNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a font, or of a table of it. What lies outside is 0 and makes it unsound. */
struct sfnt_table {
    unsigned char *bytes;
    size_t length;
    bool is_unsound;
};

/* Without length where the font has no such table. */
struct sfnt_table sfnt_find(unsigned char *font, size_t length, const char *tag);
/* The `size` bytes (1 to 4) at a place, the highest first. */
uint32_t sfnt_number(struct sfnt_table *table, size_t at, unsigned size);
/* The same as a signed number of two bytes. */
int sfnt_signed(struct sfnt_table *table, size_t at);

#endif
