/* Every limit of the program in one place. A limit that is met is a diagnostic, never a crash. */
#ifndef LECTERN_BASE_LIMITS_H
#define LECTERN_BASE_LIMITS_H

enum {
    LIMIT_ARTICLE_BYTES = 64 * 1024 * 1024,    /* article.md */
    LIMIT_REFERENCES_BYTES = 32 * 1024 * 1024, /* references.json */
    LIMIT_CATALOGUE_BYTES = 64 * 1024 * 1024,  /* po/fr.po, fr.xlf */
    LIMIT_MANIFEST_BYTES = 256 * 1024 * 1024,  /* out/manifest.json, out/index.html */
    LIMIT_IMAGE_BYTES = 128 * 1024 * 1024,     /* one image file */
    LIMIT_IMAGE_PIXELS = 100 * 1000 * 1000,    /* width times height, checked before decoding */
    LIMIT_FRONT_MATTER_BYTES = 256 * 1024,
    LIMIT_THEME_BYTES = 64 * 1024,
    LIMIT_YAML_NODES = 10000,
    LIMIT_DEPTH = 100, /* nested blocks; nested inlines too */
    LIMIT_NODES = 20 * 1000 * 1000,
    LIMIT_ALLOWANCES = 1000,  /* comments that allow a fault; each fault is held against them all */
    LIMIT_DIAGNOSTICS = 1000, /* kept; the rest are counted */
    LIMIT_TABLE_COLUMNS = 63,
    LIMIT_ATTRIBUTES = 64,           /* on one node */
    LIMIT_WORDS_BYTES = 1024 * 1024, /* of one heading, link, caption or cell, for checks */
};

/* Outputs: more than this is a runaway, not a document. */
#define LIMIT_OUTPUT_BYTES ((size_t)2 * 1024 * 1024 * 1024)

#endif
