/* Merging, as msgmerge does it: a translation follows its words; words that changed a little take
   it along, marked as fuzzy. */
#include "translate/catalogue.h"

#include "base/hash.h"

#include <string.h>

/* similarity */

enum { MOST_WORDS = 256, ENOUGH = 60 /* per cent */ };

/* The words of a text as hashes, sorted by place. */
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
    enum { LONGEST = 120 };
    if (a.length > LONGEST || b.length > LONGEST)
        return 0;
    size_t most = a.length > b.length ? a.length : b.length;
    size_t distance = text_distance(a, b, most);
    return most && distance < most ? (unsigned)(100 * (most - distance) / most) : 0;
}

struct candidate {
    const struct message *message;
    uint32_t *hashes;
    size_t count;
};

static const struct message *find_similar(const struct candidate *candidates, size_t count,
                                          text words)
{
    uint32_t hashes[MOST_WORDS];
    size_t word_count = hash_words(words, hashes);
    const struct message *best = NULL;
    unsigned most = ENOUGH - 1;
    for (size_t i = 0; i < count; i++) {
        size_t other = candidates[i].count;
        size_t less = other < word_count ? other : word_count;
        if (200 * less < most * (other + word_count))
            continue; /* cannot be more alike than the best */
        unsigned alike = similarity(hashes, word_count, candidates[i].hashes, other);
        unsigned letters = letters_in_common(words, candidates[i].message->words);
        if (letters > alike)
            alike = letters;
        if (alike > most) {
            most = alike;
            best = candidates[i].message;
        }
    }
    return best;
}

/* merging */

/* The old message with exactly these words; one that is obsolete comes back. */
static const struct message *find_exact(const struct catalogue *old, text words)
{
    const struct message *found = catalogue_find(old, words);
    for (size_t i = 0; i < old->count && !found; i++) {
        if (old->messages[i].is_obsolete && text_equal(old->messages[i].words, words))
            found = &old->messages[i];
    }
    return found;
}

static size_t collect_candidates(const struct catalogue *old, struct candidate *candidates)
{
    size_t count = 0;
    for (size_t i = 0; i < old->count; i++) {
        const struct message *message = &old->messages[i];
        if (text_is_blank(message->translation))
            continue;
        uint32_t hashes[MOST_WORDS];
        size_t words = hash_words(message->words, hashes);
        struct candidate *candidate = &candidates[count++];
        *candidate =
            (struct candidate){message, ARENA_NEW_ARRAY(old->arena, words, uint32_t), words};
        if (words)
            memcpy(candidate->hashes, hashes, words * sizeof *hashes);
    }
    return count;
}

static void add_obsolete(const struct catalogue *old, const struct catalogue *fresh,
                         struct catalogue *merged)
{
    for (size_t i = 0; i < old->count; i++) {
        const struct message *message = &old->messages[i];
        if (text_is_blank(message->translation) || catalogue_find(fresh, message->words))
            continue;
        struct message *kept = catalogue_add(merged, message->words);
        *kept = *message;
        kept->is_obsolete = true;
        kept->place_count = 0;
        kept->note = TEXT_EMPTY;
    }
}

void catalogue_merge(const struct catalogue *old, const struct catalogue *fresh,
                     struct catalogue *merged)
{
    catalogue_init(merged, old->arena);
    merged->file = old->file;
    merged->header = old->header;
    struct candidate *candidates = ARENA_NEW_ARRAY(old->arena, old->count, struct candidate);
    size_t candidate_count = collect_candidates(old, candidates);
    for (size_t i = 0; i < fresh->count; i++) {
        const struct message *message = &fresh->messages[i];
        struct message *made = catalogue_add(merged, message->words);
        *made = *message;
        const struct message *before = find_exact(old, message->words);
        if (!before) { /* what stood there without a translation waits for a person, not a guess */
            const struct message *similar =
                find_similar(candidates, candidate_count, message->words);
            if (similar) {
                made->translation = similar->translation;
                made->previous = similar->words;
                made->is_fuzzy = true;
                made->comments = similar->comments;
                continue;
            }
        }
        if (!before)
            continue;
        made->translation = before->translation;
        made->comments = before->comments;
        made->is_fuzzy = before->is_fuzzy;
        made->previous = before->is_fuzzy ? before->previous : TEXT_EMPTY;
    }
    add_obsolete(old, fresh, merged);
    catalogue_read_header(merged);
    catalogue_index(merged);
}

void catalogue_take(struct catalogue *catalogue, const struct catalogue *other,
                    struct report *report)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct message *theirs = &other->messages[i];
        struct message *ours = catalogue_find(catalogue, theirs->words);
        if (!ours) {
            report_warning(report, "xliff-unknown-unit", theirs->span,
                           "export again after the article has changed",
                           "the article has no such words: the unit is left out");
            continue;
        }
        message_check_markup(theirs, catalogue->arena, report);
        if (ours->is_taken && !text_equal(ours->translation, theirs->translation))
            report_warning(
                report, "xliff-target-left-out", theirs->span,
                "translate the same words in the same way",
                "another target for the same words: that of the unit before is left out");
        ours->is_taken = true;
        ours->translation = theirs->translation;
        ours->is_fuzzy = false;
        ours->previous = TEXT_EMPTY;
    }
}
