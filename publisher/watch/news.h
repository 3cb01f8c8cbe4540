/* News: what the builds have given so far, publication by publication: its files, which stay when a
   later build fails, and what the last build said of it. Pages ask for what is theirs. */
#ifndef LECTERN_WATCH_NEWS_H
#define LECTERN_WATCH_NEWS_H

#include "base/buffer.h"
#include "base/rules.h"
#include "batch/manifest.h"

/* A fault, as report_print writes it. */
struct problem {
    enum severity severity;
    text file; /* empty: it has no place */
    unsigned long line, column;
    text words;  /* what is the matter, with the rule's name */
    text detail; /* the line of the source and the hint, over several lines */
    text whole;  /* all of it, as it was printed */
    uint64_t hash;
    bool was_said;  /* of another language of the article too, before */
    bool is_folder; /* its file is one: there is nothing to open */
};

/* What is said, as far as it is shown. */
struct problems {
    struct problem *list; /* each once */
    size_t count;         /* those that are kept */
    size_t left_errors, left_warnings,
        left; /* those that are not; left: all of them, notices too */
};

/* One article in one language. */
struct news_row {
    text article;  /* its name */
    text language; /* empty: it could not be read so far */
    text title;
    bool is_translation;
    bool is_known;                /* a build has told of it; else an earlier manifest */
    bool failed;                  /* the last build did not publish it */
    bool only_behind;             /* for nothing but words that are not translated yet */
    size_t behind;                /* units that are not translated */
    uint64_t version;             /* the build that changed its files */
    struct published_file *files; /* of the last build that published it */
    size_t file_count;
    struct problems problems;
    size_t errors, warnings;
};

struct news {
    struct arena arena;
    uint64_t run;   /* the watch's, which a page compares: another one counts from 0 again */
    uint64_t build; /* how many have ended */
    struct news_row *rows;
    size_t count, capacity;
    struct problems problems; /* of the whole build, and of no publication */
    bool failed;              /* the build as a whole */
};

/* What an earlier build left in the folder. */
void news_init(struct news *news, const char *folder);
/* Lets go of all that it holds. */
void news_release(struct news *news);
/* In the process that builds: appends what became of a job. */
void news_pack_job(const struct job *job, struct buffer *out);
/* The same: what is said of the whole. */
void news_pack_words(text words, struct buffer *out);
/* When a build has ended: takes what was packed. said: all that it printed, which is of the whole
   where it failed and nothing else says why. is_broken: it could not do its work. */
void news_take(struct news *news, text packed, text said, bool failed, bool is_broken);
/* The publication that the file is of, or would be; NULL: none. Borrows. */
const struct news_row *news_find(const struct news *news, text file);
/* The version of what a page of that file (empty: of the list of all) shows. */
uint64_t news_version(const struct news *news, text file);
/* The problem of that number, as news_write_state counts them; NULL: there is none in this build.
 */
const struct problem *news_problem(const struct news *news, uint64_t build, size_t number);
/* Appends what a page of that file (empty: of the list of all) must know, as JSON (RFC 8259); of
   the build that it knows already, little. key: hexadecimal digits that show that a question comes
   from a page of ours; empty: no file is opened. */
void news_write_state(const struct news *news, text file, uint64_t known, text key,
                      struct buffer *out);

#endif
