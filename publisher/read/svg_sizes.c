/* How small the words of a drawing are. Sizes that a style sheet sets are not looked for: then
   nothing is said. SVG 2, 8.5 (transform) and 11.7; CSS Fonts 3, 3.5 and 3.7. */
#include "base/lengths.h"
#include "read/svg.h"

#include <libxml/tree.h>

#include <math.h>
#include <string.h>

static const double default_size = 12; /* user units: what librsvg takes for "medium" */

/* How much larger a list of transforms makes what it is applied to, in the mean of both ways. */
static double factor_of(text list)
{
    double factor = 1;
    for (size_t open = text_find_byte(list, '(', 0); open != SIZE_MAX;
         open = text_find_byte(list, '(', open + 1)) {
        double numbers[6] = {0};
        size_t count = 0, used, end = text_find_byte(list, ')', open);
        text before = text_trim(text_slice(list, 0, open));
        text rest = text_slice(list, open + 1, end == SIZE_MAX ? list.length : end);
        while (count < 6) {
            while (rest.length && strchr(" ,\t\r\n", rest.bytes[0]))
                rest = text_slice(rest, 1, rest.length);
            bool is_negative = rest.length && rest.bytes[0] == '-';
            rest = text_slice(rest, is_negative, rest.length);
            double number = number_read(rest, &used);
            if (used == 0)
                break;
            numbers[count++] = is_negative ? -number : number;
            rest = text_slice(rest, used, rest.length);
        }
        if (text_ends_with(before, TEXT("scale")) && count)
            factor *= sqrt(fabs(numbers[0] * numbers[count > 1]));
        else if (text_ends_with(before, TEXT("matrix")) && count == 6)
            factor *= sqrt(fabs(numbers[0] * numbers[3] - numbers[1] * numbers[2]));
    }
    return factor;
}

/* A size in user units; of em and per cent the share of what is around it. False: neither. */
static bool read_size(text value, double *size, bool *is_share)
{
    size_t used;
    double number = number_read(value, &used);
    text unit = text_trim(text_slice(value, used, value.length));
    *is_share = text_equal_c(unit, "em") || text_equal_c(unit, "%");
    *size = text_equal_c(unit, "%")    ? number / 100
            : text_equal_c(unit, "pt") ? number / 0.75
                                       : number;
    return used &&
           (*is_share || unit.length == 0 || text_equal_c(unit, "px") || text_equal_c(unit, "pt"));
}

/* In `font`, the size is the word that begins with a digit: "italic 10px/1.2 sans-serif". A weight
   does too, and has no unit. */
static text size_in_font(text font)
{
    for (size_t start = 0; start < font.length;) {
        size_t end = text_find_byte(font, ' ', start);
        text word = text_slice(font, start, end == SIZE_MAX ? font.length : end);
        word = text_slice(word, 0, text_find_byte(word, '/', 0));
        size_t used;
        number_read(word, &used);
        if (used && used < word.length)
            return word;
        start = end == SIZE_MAX ? font.length : end + 1;
    }
    return TEXT_EMPTY;
}

static text size_of(struct arena *arena, xmlNode *element)
{
    text value = svg_property(arena, element, "font-size");
    return value.length ? value : size_in_font(svg_property(arena, element, "font"));
}

/* Of the words in the element, in units of the outermost; 0: not known. */
static double height_of(struct arena *arena, xmlNode *element, bool has_style)
{
    double height = 1;
    bool is_found = false;
    for (xmlNode *node = element; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        text value = is_found ? TEXT_EMPTY : size_of(arena, node);
        double size;
        bool is_share;
        if (value.length) {
            if (!read_size(value, &size, &is_share))
                return 0;
            height *= size;
            is_found = !is_share;
        }
        height *= factor_of(svg_property(arena, node, "transform"));
    }
    if (!is_found && has_style)
        return 0;
    return is_found ? height : height * default_size;
}

double svg_smallest_words(struct arena *arena, xmlNode *root, double units)
{
    double least = 0;
    bool has_style = false;
    for (xmlNode *node = root; node; node = svg_next(node))
        has_style |= svg_is_named(node, "style");
    for (xmlNode *node = root; node; node = svg_next(node)) {
        if ((!svg_is_named(node, "text") && !svg_is_named(node, "tspan")) || !svg_has_words(node))
            continue;
        double height = height_of(arena, node, has_style);
        if (height <= 0)
            return 0;
        least = least <= 0 || height < least ? height : least;
    }
    return least * units;
}
