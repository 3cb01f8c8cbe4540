/* Links: a screen reader lists them by their words, without the text around. */
#include "check/rooms.h"
#include "document/alternatives.h"
#include "document/phrases.h"

static bool leads_alike(const struct node *a, const struct node *b)
{
    return a->link.target == b->link.target && text_equal(a->link.url, b->link.url);
}

/* Typed as it is, without the angle brackets that make it a link on purpose. */
static bool is_bare(struct check *check, const struct node *node, text words)
{
    if (!text_starts_with(words, TEXT("http://")) && !text_starts_with(words, TEXT("https://")) &&
        !text_starts_with(words, TEXT("www.")))
        return false;
    text line = report_line(check->report, node->span.file, node->span.line);
    size_t column = node->span.column;
    return column > 0 && column <= line.length &&
           text_starts_with(text_slice(line, column - 1, line.length), words);
}

/* "*", "...": nothing in it is a letter or a digit. */
static bool is_of_signs(text words)
{
    for (size_t at = 0; at < words.length;) {
        uint32_t c = text_next(words, &at);
        bool is_general_punctuation = c >= 0x2000 && c <= 0x206F;
        if ((c < 0x80 && text_is_ascii_letter((char)c)) || (c >= '0' && c <= '9') ||
            (c >= 0x80 && !is_general_punctuation))
            return false;
    }
    return true;
}

static bool is_video(text url)
{
    static const char *const signs[] = {"youtube.com/watch",   "youtube.com/embed/",
                                        "youtu.be/",           "//vimeo.com/",
                                        "//player.vimeo.com/", "dailymotion.com/video"};
    static const char *const endings[] = {".mp4", ".webm", ".mov", ".m4v", ".ogv"};
    return TEXT_HOLDS_ANY(url, signs) || TEXT_ENDS_WITH_ANY(url, endings);
}

static bool is_in_video(const struct node *node)
{
    for (; node; node = node->parent) {
        if (node->kind == NODE_CALLOUT && node->callout.variety == CALLOUT_VIDEO)
            return true;
    }
    return false;
}

void check_link(struct check *check, const struct node *node)
{
    const struct node *target = node->link.target;
    if (target)
        check->targets[target->index / 8] |= (unsigned char)(1u << target->index % 8);
    if (node->generated)
        return;
    text words = check_words_of(check, node);
    if (words.length == 0) {
        check_report(check, node->span, "link-empty", "a link without words");
        return;
    }
    if (is_video(node->link.url) && !is_in_video(node))
        check_report(check, node->span, "video-transcript-missing",
                     "the link leads to a video, and nothing here says what it shows");
    if (!node->link.qr && is_bare(check, node, words)) { /* for paper it stands there */
        check_report(check, node->span, "link-bare-address", "an address typed into the text");
        return;
    }
    if (node->link.is_picture && !text_equal(words, node->link.url) &&
        alternative_is_file_name(words, node->link.url)) {
        check_report(check, node->span, "image-alt-file-name",
                     "the alternative text is the name of a file");
        return;
    }
    text plain = check_plain_words(check, node);
    if (phrase_find(PHRASE_VAGUE_LINK, plain, true) ||
        (node->link.is_picture && is_of_signs(words))) {
        check_report(check, node->span, "link-name-vague",
                     "\"%.*s\" does not say where the link leads", TEXT_ARGUMENTS(plain));
        return;
    }
    struct node *holder = NULL;
    if (check->document->second_language.length) /* each language has its own links */
        plain = arena_printf(check->arena, "%.*s %.*s", TEXT_ARGUMENTS(plain),
                             TEXT_ARGUMENTS(node_language(node)));
    if (!id_map_add(check->names, plain, (struct node *)(uintptr_t)node, &holder) &&
        !leads_alike(holder, node))
        check_report(check, node->span, "link-name-ambiguous",
                     "the link in %.*s has the same words and leads elsewhere",
                     TEXT_ARGUMENTS(report_where(check->report, holder->span)));
}

void check_video(struct check *check, const struct node *node)
{
    const struct node *child = node->first_child;
    while (child && (child->generated || child->kind == NODE_CALLOUT_TITLE))
        child = child->next;
    if (!child)
        check_report(check, node->span, "video-transcript-missing",
                     "nothing says what the video shows and what is said in it");
}
