/* Two texts that are 60 per cent alike have so many words in common that one of the rarer words of
   the one is in the other: only candidates with such words are looked at, by an index of words, and
   of these only those compared that have enough of them. */
#include "translate/similar.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_WORDS = 256,
    ENOUGH = 60,        /* per cent */
    MOST_LETTERS = 64,  /* text_distance compares no longer texts */
    MOST_PARTS = 256,   /* words, or groups of letters of a short text */
    GROUPS_SHARED = 25, /* per cent of the groups of three letters that short texts must share */
};

/* A word or three letters; those that a text has again count as others. */
struct similar_part {
    uint32_t hash;
    uint32_t candidate;
};

struct similar_candidate {
    const struct message *message;
    uint32_t *hashes;
    uint16_t count;   /* words */
    uint16_t letters; /* groups of three letters; 0: the text is longer */
};

/* The words of a text as hashes, in their order. */
static size_t hash_words(text words, uint32_t hashes[MOST_WORDS])
{
    size_t count = 0;
    uint64_t hash = HASH_START;
    bool in_word = false;
    for (size_t i = 0; i <= words.length && count < MOST_WORDS; i++) {
        char c = i < words.length ? words.bytes[i] : ' ';
        if (c != ' ' && c != '\n') {
            char lower = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
            hash = hash_number(hash, (unsigned char)lower);
            in_word = true;
        } else if (in_word) {
            hashes[count++] = (uint32_t)(hash ^ hash >> 32);
            hash = HASH_START;
            in_word = false;
        }
    }
    return count;
}

/* Per cent: twice the longest common sequence of words, by the number of words of both. */
static unsigned similarity(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    uint16_t lengths[MOST_WORDS + 1] = {0};
    if (a_count + b_count == 0)
        return 0;
    for (size_t i = 0; i < a_count; i++) {
        uint16_t diagonal = 0;
        for (size_t j = 0; j < b_count; j++) {
            uint16_t above = lengths[j + 1];
            if (a[i] == b[j])
                lengths[j + 1] = (uint16_t)(diagonal + 1);
            else if (lengths[j] > above)
                lengths[j + 1] = lengths[j];
            diagonal = above;
        }
    }
    return (unsigned)(200u * lengths[b_count] / (a_count + b_count));
}

/* Short words have few words to compare: their letters count. */
static unsigned letters_in_common(text a, text b)
{
    if (a.length > MOST_LETTERS || b.length > MOST_LETTERS)
        return 0;
    size_t most = a.length > b.length ? a.length : b.length;
    size_t distance = text_distance(a, b, most);
    return most && distance < most ? (unsigned)(100 * (most - distance) / most) : 0;
}

/* parts */

static int compare_hashes(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int compare_parts(const void *a, const void *b)
{
    const struct similar_part *x = a, *y = b;
    int order = compare_hashes(&x->hash, &y->hash);
    return order ? order : compare_hashes(&x->candidate, &y->candidate);
}

/* What stands there again becomes another part: the second "the" is only in texts with two. */
static void number_repeated(uint32_t *parts, size_t count)
{
    qsort(parts, count, sizeof *parts, compare_hashes);
    uint32_t before = 0, times = 0;
    for (size_t i = 0; i < count; i++) {
        times = i && parts[i] == before ? times + 1 : 0;
        before = parts[i];
        uint64_t hash = hash_number(hash_number(HASH_START, before), times);
        parts[i] = times ? (uint32_t)(hash ^ hash >> 32) : before;
    }
}

static size_t word_parts(const uint32_t *hashes, size_t count, uint32_t parts[MOST_PARTS])
{
    if (count)
        memcpy(parts, hashes, count * sizeof *hashes);
    number_repeated(parts, count);
    return count;
}

/* Groups of three letters, with the edges of the text for letters. Longer texts have none. */
static size_t letter_parts(text words, uint32_t parts[MOST_PARTS])
{
    size_t count = 0;
    if (words.length == 0 || words.length > MOST_LETTERS)
        return 0;
    uint32_t group = 0;
    for (size_t i = 0; i < words.length + 1; i++) {
        unsigned char letter = i < words.length ? (unsigned char)words.bytes[i] : 0;
        group = (group << 8 | letter) & 0xffffffu;
        parts[count++] = group;
    }
    number_repeated(parts, count);
    return count;
}

/* The first part in the index with this hash. */
static size_t find_part(const struct similar_part *index, size_t count, uint32_t hash)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* candidates */

/* Adds the parts of all candidates, words or letters, sorted. */
static struct similar_part *make_index(struct arena *arena, struct similar *similar,
                                       bool is_of_words, size_t *count)
{
    uint32_t parts[MOST_PARTS];
    size_t total = 0, used = 0;
    for (size_t i = 0; i < similar->count; i++)
        total += is_of_words ? similar->candidates[i].count : similar->candidates[i].letters;
    struct similar_part *index = ARENA_NEW_ARRAY(arena, total, struct similar_part);
    for (size_t i = 0; i < similar->count; i++) {
        const struct similar_candidate *candidate = &similar->candidates[i];
        size_t made = is_of_words ? word_parts(candidate->hashes, candidate->count, parts)
                                  : letter_parts(candidate->message->words, parts);
        for (size_t k = 0; k < made; k++)
            index[used++] = (struct similar_part){parts[k], (uint32_t)i};
    }
    if (used)
        qsort(index, used, sizeof *index, compare_parts);
    *count = used;
    return index;
}

void similar_init(struct similar *similar, const struct catalogue *catalogue)
{
    struct arena *arena = catalogue->arena;
    *similar = (struct similar){0};
    similar->candidates = ARENA_NEW_ARRAY(arena, catalogue->count, struct similar_candidate);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct message *message = &catalogue->messages[i];
        uint32_t hashes[MOST_WORDS], parts[MOST_PARTS];
        if (text_is_blank(message->translation))
            continue;
        size_t words = hash_words(message->words, hashes);
        struct similar_candidate *candidate = &similar->candidates[similar->count++];
        *candidate = (struct similar_candidate){
            .message = message,
            .hashes = ARENA_NEW_ARRAY(arena, words, uint32_t),
            .count = (uint16_t)words,
            .letters = (uint16_t)letter_parts(message->words, parts),
        };
        if (words)
            memcpy(candidate->hashes, hashes, words * sizeof *hashes);
    }
    similar->words = make_index(arena, similar, true, &similar->word_count);
    similar->letters = make_index(arena, similar, false, &similar->letter_count);
    similar->shared = ARENA_NEW_ARRAY(arena, similar->count, uint16_t);
    similar->likely = ARENA_NEW_ARRAY(arena, 2 * similar->count, uint32_t);
    similar->touched = ARENA_NEW_ARRAY(arena, similar->count, uint32_t);
}

/* looking for one */

/* Where the candidates with a part stand in the index. */
struct postings {
    size_t begin, count;
};

static int compare_postings(const void *a, const void *b)
{
    const struct postings *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->begin > y->begin) - (x->begin < y->begin);
}

/* Counts for each candidate how many of the parts it has, without so many of the commonest: those
   touched then have more than none. */
static size_t count_shared(struct similar *similar, bool is_of_words, const uint32_t *parts,
                           size_t count, size_t left_out)
{
    struct postings postings[MOST_PARTS];
    const struct similar_part *index = is_of_words ? similar->words : similar->letters;
    size_t size = is_of_words ? similar->word_count : similar->letter_count, touched = 0;
    for (size_t i = 0; i < count; i++) {
        size_t begin = find_part(index, size, parts[i]), end = begin;
        while (end < size && index[end].hash == parts[i])
            end++;
        postings[i] = (struct postings){begin, end - begin};
    }
    qsort(postings, count, sizeof *postings, compare_postings);
    for (size_t i = 0; i + left_out < count; i++) {
        for (size_t k = 0; k < postings[i].count; k++) {
            uint32_t candidate = index[postings[i].begin + k].candidate;
            if (similar->shared[candidate]++ == 0)
                similar->touched[touched++] = candidate;
        }
    }
    return touched;
}

/* Of the candidates touched, puts those with enough in common behind `kept`, and forgets the rest.
   Words: as many as 60 per cent of both need, where each that was left out may be in common. */
static size_t keep_likely(struct similar *similar, size_t touched, bool is_of_words, size_t count,
                          size_t left_out, uint32_t *kept)
{
    size_t kept_count = 0;
    for (size_t i = 0; i < touched; i++) {
        uint32_t at = similar->touched[i];
        const struct similar_candidate *candidate = &similar->candidates[at];
        size_t shared = similar->shared[at] + left_out;
        size_t most = candidate->letters > count ? candidate->letters : count;
        bool is_likely = is_of_words ? 200 * shared >= ENOUGH * (count + candidate->count)
                                     : 100 * shared >= GROUPS_SHARED * most;
        similar->shared[at] = 0;
        if (is_likely)
            kept[kept_count++] = at;
    }
    return kept_count;
}

/* The candidates, in their order, that may be enough alike; some stand there twice. */
static size_t find_likely(struct similar *similar, text words, const uint32_t *hashes, size_t count,
                          uint32_t *likely)
{
    uint32_t parts[MOST_PARTS];
    size_t needed = (3 * count + 6) / 7; /* of the least candidate that is 60 per cent alike */
    size_t left_out = needed ? needed - 1 : 0;
    word_parts(hashes, count, parts);
    size_t touched = count_shared(similar, true, parts, count, left_out);
    size_t kept = keep_likely(similar, touched, true, count, left_out, likely);
    size_t letters = letter_parts(words, parts);
    touched = count_shared(similar, false, parts, letters, 0);
    kept += keep_likely(similar, touched, false, letters, 0, likely + kept);
    if (kept)
        qsort(likely, kept, sizeof *likely, compare_hashes);
    return kept;
}

const struct message *similar_find(struct similar *similar, text words)
{
    uint32_t hashes[MOST_WORDS];
    size_t word_count = hash_words(words, hashes);
    const struct message *best = NULL;
    unsigned most = ENOUGH - 1;
    size_t count = find_likely(similar, words, hashes, word_count, similar->likely);
    for (size_t i = 0; i < count; i++) {
        const struct similar_candidate *candidate = &similar->candidates[similar->likely[i]];
        size_t other = candidate->count;
        size_t less = other < word_count ? other : word_count;
        if ((i && similar->likely[i] == similar->likely[i - 1]) ||
            200 * less < most * (other + word_count))
            continue; /* cannot be more alike than the best */
        unsigned alike = similarity(hashes, word_count, candidate->hashes, other);
        unsigned letters = letters_in_common(words, candidate->message->words);
        similar->compared++;
        if (letters > alike)
            alike = letters;
        if (alike > most) {
            most = alike;
            best = candidate->message;
        }
    }
    return best;
}
