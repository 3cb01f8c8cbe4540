/* Blocks of lines, after Pandoc: lines that begin with a bar end where they are typed. */
#include "read/build.h"

/* Each line begins with a bar and a space, or is a bar; one that ends with a bar is of a table, and
   a bar that touches a word belongs to it (|x|).
   Where several do, a line without a bar goes on with the one before it. */
bool line_block_is(text content)
{
    size_t bars = 0, others = 0;
    for (size_t line = 0; line < content.length;) {
        size_t end = text_find_byte(content, '\n', line);
        text words = text_slice(content, line, end == SIZE_MAX ? content.length : end);
        text bare = text_trim(words);
        bool is_bar = text_equal_c(bare, "|");
        if (!is_bar && text_ends_with(bare, TEXT("|")))
            return false;
        if (!is_bar && words.length && words.bytes[0] == '|' &&
            !text_starts_with(words, TEXT("| ")))
            return false;
        bars += is_bar || text_starts_with(words, TEXT("| "));
        others += !is_bar && !text_starts_with(words, TEXT("| "));
        line += words.length + 1;
    }
    return text_starts_with(content, TEXT("| ")) && (others == 0 || bars > 1);
}

/* The bar and space before a line of a block of lines; spaces behind them stay. */
text line_block_drop_bar(struct builder *builder, text words, size_t *from)
{
    text content = builder->places.content;
    if ((*from && content.bytes[*from - 1] != '\n') || !words.length || words.bytes[0] != '|')
        return words;
    size_t skipped = words.length > 1 && words.bytes[1] == ' ' ? 2 : 1, spaces = skipped;
    while (spaces < words.length && words.bytes[spaces] == ' ')
        spaces++;
    struct span span = places_span(&builder->places, *from, *from + spaces);
    for (size_t i = skipped; i < spaces; i++)
        build_add_characters(builder, TEXT("\u2002"),
                             span); /* a row of no-break spaces is a fault */
    *from += spaces;
    return text_slice(words, spaces, words.length);
}
