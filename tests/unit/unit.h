/* Unit tests: a program a file. Each test is a function named as a sentence; RUN(test) prints
   `ok NAME`, or `not ok NAME: why` when a CHECK in it did not hold. */
#ifndef LECTERN_TESTS_UNIT_H
#define LECTERN_TESTS_UNIT_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdio.h>
#include <string.h>

static const char *unit_failure; /* of the test that runs now */
static char unit_message[4096];
static int unit_failures;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition) && !unit_failure) {                                                       \
            snprintf(unit_message, sizeof unit_message, "%s:%d: %s", __FILE__, __LINE__,           \
                     #condition);                                                                  \
            unit_failure = unit_message;                                                           \
        }                                                                                          \
    } while (0)

/* a: a text; b: a C string */
#define CHECK_TEXT(a, b)                                                                           \
    do {                                                                                           \
        text unit_a = (a);                                                                         \
        if (!text_equal_c(unit_a, (b)) && !unit_failure) {                                         \
            snprintf(unit_message, sizeof unit_message, "%s:%d: got \"%.*s\", wanted \"%s\"",      \
                     __FILE__, __LINE__, TEXT_ARGUMENTS(unit_a), (b));                             \
            unit_failure = unit_message;                                                           \
        }                                                                                          \
    } while (0)

#define RUN(test)                                                                                  \
    do {                                                                                           \
        unit_failure = NULL;                                                                       \
        test();                                                                                    \
        if (unit_failure)                                                                          \
            printf("not ok %s: %s\n", #test, unit_failure), unit_failures++;                       \
        else                                                                                       \
            printf("ok %s\n", #test);                                                              \
        fflush(stdout);                                                                            \
    } while (0)

#define UNIT_EXIT() return unit_failures != 0

#endif
