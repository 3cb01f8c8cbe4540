#include "layout/hyphenation.h"

#include "layout/manifest.h"

#include <hyphen.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ABSENT = 16, WORD_BYTES = HYPHENATION_LONGEST * 4 };
enum row_state { ROW_UNOPENED, ROW_OPEN, ROW_ABSENT };

struct hyphenation_row {
    struct hyphenation_row *next;
    text language, path, package;
    size_t least_before, least_after; /* characters that stay on either line */
    enum row_state state;
    HyphenDict *dictionary;
    iconv_t converter; /* from UTF-8; where the dictionary is not */
};

struct hyphenation {
    struct arena *arena;
    struct hyphenation_row *rows;
    struct {
        text language, package;
    } absent[MOST_ABSENT];
    size_t absent_count;
    /* the language asked for last */
    text last_language;
    struct hyphenation_row *last_row;
};

static void release(void *object)
{
    struct hyphenation *hyphenation = object;
    for (struct hyphenation_row *row = hyphenation->rows; row; row = row->next) {
        if (row->state != ROW_OPEN)
            continue;
        if (!row->dictionary->utf8)
            iconv_close(row->converter);
        hnj_hyphen_free(row->dictionary);
    }
}

/* LANGUAGE | LEAST BEFORE | LEAST AFTER | FILE | PACKAGE */
static bool read_row(struct hyphenation *hyphenation, text line)
{
    enum { COLUMNS = 5, MOST_LEAST = 9 };
    text columns[COLUMNS];
    unsigned long before, after;
    if (manifest_split(line, columns, COLUMNS) < COLUMNS || columns[0].length == 0 ||
        columns[3].length == 0 || !text_to_number(columns[1], MOST_LEAST, &before) ||
        !text_to_number(columns[2], MOST_LEAST, &after) || before == 0 || after == 0)
        return false;
    struct hyphenation_row *row = ARENA_NEW(hyphenation->arena, struct hyphenation_row);
    *row = (struct hyphenation_row){
        .next = hyphenation->rows,
        .language = columns[0],
        .path = arena_copy(hyphenation->arena, columns[3]),
        .package = columns[4],
        .least_before = before,
        .least_after = after,
    };
    hyphenation->rows = row;
    return true;
}

struct hyphenation *hyphenation_new(struct arena *arena, text list, size_t *bad_line)
{
    struct hyphenation *hyphenation = ARENA_NEW(arena, struct hyphenation);
    hyphenation->arena = arena;
    arena_on_release(arena, release, hyphenation);
    struct manifest_reader reader = {.bytes = list};
    text line;
    while (manifest_next(&reader, &line)) {
        if (!read_row(hyphenation, line)) {
            *bad_line = reader.line;
            return NULL;
        }
    }
    return hyphenation;
}

static bool open_row(struct hyphenation_row *row)
{
    if (row->state == ROW_UNOPENED) {
        row->state = ROW_ABSENT;
        row->dictionary = hnj_hyphen_load(row->path.bytes);
        if (row->dictionary && !row->dictionary->utf8)
            row->converter = iconv_open(row->dictionary->cset, "UTF-8");
        bool is_readable =
            row->dictionary && (row->dictionary->utf8 || row->converter != (iconv_t)-1);
        if (row->dictionary && !is_readable)
            hnj_hyphen_free(row->dictionary);
        if (is_readable)
            row->state = ROW_OPEN;
    }
    return row->state == ROW_OPEN;
}

static void note_absent(struct hyphenation *hyphenation, text language, text package)
{
    for (size_t i = 0; i < hyphenation->absent_count; i++) {
        if (text_equal(hyphenation->absent[i].language, language))
            return;
    }
    if (hyphenation->absent_count == MOST_ABSENT)
        return;
    hyphenation->absent[hyphenation->absent_count].language =
        arena_copy(hyphenation->arena, language);
    hyphenation->absent[hyphenation->absent_count++].package = package;
}

/* The row whose language the tag begins with; the longest. */
static struct hyphenation_row *find_row(const struct hyphenation *hyphenation, text language)
{
    struct hyphenation_row *best = NULL;
    for (struct hyphenation_row *row = hyphenation->rows; row; row = row->next) {
        size_t length = row->language.length;
        bool begins = length <= language.length &&
                      text_equal_ignoring_case(text_slice(language, 0, length), row->language) &&
                      (length == language.length || language.bytes[length] == '-');
        if (begins && (!best || length > best->language.length))
            best = row;
    }
    return best;
}

struct hyphenation_row *hyphenation_find(struct hyphenation *hyphenation, text language)
{
    if (hyphenation->last_language.length && text_equal(hyphenation->last_language, language))
        return hyphenation->last_row;
    struct hyphenation_row *row = find_row(hyphenation, language);
    if (!row || !open_row(row)) {
        if (row) /* where no dictionary is known there is nothing that the user could do */
            note_absent(hyphenation, language, row->package);
        row = NULL;
    }
    hyphenation->last_language = language;
    hyphenation->last_row = row;
    return row;
}

/* The word in the dictionary's own encoding; its length, 0: it cannot be written so. */
static size_t write_word(const struct hyphenation_row *row, const uint32_t *characters,
                         size_t count, char out[WORD_BYTES])
{
    char utf8[WORD_BYTES];
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += text_encode(characters[i], utf8 + length);
    if (row->dictionary->utf8) {
        memcpy(out, utf8, length);
        return length;
    }
    char *from = utf8, *to = out;
    size_t left = length, room = WORD_BYTES;
    iconv(row->converter, NULL, NULL, NULL, NULL);
    bool is_written = iconv(row->converter, &from, &left, &to, &room) == 0;
    return is_written && (size_t)(to - out) == count ? count : 0;
}

bool hyphenation_divide(struct hyphenation_row *row, const uint32_t *characters, size_t count,
                        bool marks[HYPHENATION_LONGEST])
{
    if (count > HYPHENATION_LONGEST || count < row->least_before + row->least_after)
        return false;
    char word[WORD_BYTES + 1], points[WORD_BYTES + 16];
    size_t length = write_word(row, characters, count, word);
    if (length == 0)
        return false;
    word[length] = '\0';
    char **replacements = NULL;
    int *places = NULL, *cuts = NULL;
    if (hnj_hyphen_hyphenate2(row->dictionary, word, (int)length, points, NULL, &replacements,
                              &places, &cuts))
        return false;
    bool has_any = false;
    for (size_t i = 0; i < count; i++) {
        bool is_place =
            points[i] & 1 && i + 1 >= row->least_before && count - (i + 1) >= row->least_after;
        /* A division that changes the spelling is left out: the text must stay as it is. */
        marks[i] = is_place && !(replacements && replacements[i]);
        has_any |= marks[i];
    }
    for (size_t i = 0; replacements && i < length; i++)
        free(replacements[i]);
    free(replacements);
    free(places);
    free(cuts);
    return has_any;
}

void hyphenation_begin(struct hyphenation *hyphenation)
{
    hyphenation->absent_count = 0;
    hyphenation->last_language = TEXT_EMPTY;
}

bool hyphenation_next_absent(const struct hyphenation *hyphenation, size_t *place, text *language,
                             text *package)
{
    if (*place >= hyphenation->absent_count)
        return false;
    *language = hyphenation->absent[*place].language;
    *package = hyphenation->absent[(*place)++].package;
    return true;
}
