/* Abbreviations: explained once, as [WHO]{abbr="…"}, or in brackets beside the words. */
#include "check/rooms.h"

#include <string.h>

/* Better known by their letters than by their words. */
static const char *const known[] = {
    "AIDS", "AM",   "API",  "ASCII", "BC",   "CD",  "CEO",  "CSS", "CSV",  "DIN",  "DNA", "DOI",
    "DVD",  "EPUB", "EU",   "FAQ",   "GIF",  "GMT", "GPS",  "HIV", "HTML", "HTTP", "ID",  "ISBN",
    "ISO",  "IT",   "JPEG", "JSON",  "NATO", "OK",  "PC",   "PDF", "PIN",  "PM",   "PNG", "PS",
    "QR",   "SMS",  "SOS",  "SVG",   "TV",   "UFO", "UK",   "UN",  "URL",  "US",   "USA", "USB",
    "UTC",  "UTF",  "VAT",  "WC",    "WLAN", "XML", "YAML", "ZIP"};

static bool is_known(text word)
{
    return TEXT_IS_AMONG(word, known);
}

/* IV, XII, MDC */
static bool is_roman(text word)
{
    for (size_t i = 0; i < word.length; i++) {
        if (!strchr("IVXLCDM", word.bytes[i]))
            return false;
    }
    return true;
}

void check_abbreviation(struct check *check, const struct node *node)
{
    text words = arena_copy(check->arena, check_words_of(check, node));
    id_map_add(check->abbreviations, words, (struct node *)(uintptr_t)node, NULL);
}

static char at(text words, size_t offset)
{
    return offset < words.length ? words.bytes[offset] : '\0';
}

/* The first of each is kept until the end: its explanation may come later. */
void check_short_form(struct check *check, const struct node *node, size_t from, size_t to)
{
    text word = text_slice(node->text, from, to);
    if (is_roman(word) || is_known(word))
        return;
    bool is_explained = (from && at(node->text, from - 1) == '(' && at(node->text, to) == ')') ||
                        (at(node->text, to) == ' ' && at(node->text, to + 1) == '(');
    if (!is_explained && id_map_find(check->abbreviations, word))
        return;
    if (is_explained) {
        id_map_add(check->abbreviations, word, (struct node *)(uintptr_t)node, NULL);
        return;
    }
    /* Under another name than one that is explained, so that each is kept once. */
    struct node *shown = NULL;
    text key = arena_printf(check->arena, "?%.*s", TEXT_ARGUMENTS(word));
    if (!id_map_add(check->abbreviations, key, (struct node *)(uintptr_t)node, NULL))
        return;
    shown = node_new_text(check->arena, word, check_span_of(check, node, from, to));
    ARENA_GROW(check->arena, check->short_forms, check->short_form_count,
               check->short_form_capacity);
    check->short_forms[check->short_form_count++] = shown;
}

void check_abbreviations(struct check *check)
{
    for (size_t i = 0; i < check->short_form_count; i++) {
        const struct node *node = check->short_forms[i];
        if (!id_map_add(check->abbreviations, node->text, (struct node *)(uintptr_t)node, NULL))
            continue;
        check_report(check, node->span, "abbreviation-unexplained",
                     "nothing says what %.*s stands for", TEXT_ARGUMENTS(node->text));
    }
}
