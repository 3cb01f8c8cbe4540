#include "watch/editor.h"

#include "base/buffer.h"
#include "base/files.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

text *editor_words(struct arena *arena, text command, size_t *count)
{
    text *words = NULL;
    size_t capacity = 0;
    struct buffer word;
    char quote = 0;
    bool is_word = false;
    *count = 0;
    buffer_init(&word, LIMIT_OUTPUT_BYTES);
    for (size_t i = 0; i <= command.length; i++) {
        char byte = i < command.length ? command.bytes[i] : ' ';
        bool is_end = byte_is_white(byte) && (!quote || i == command.length);
        if (is_end && is_word) {
            ARENA_GROW(arena, words, *count, capacity);
            words[(*count)++] = arena_copy(arena, buffer_text(&word));
            buffer_clear(&word);
        }
        if (is_end) {
            is_word = false;
            continue;
        }
        is_word = true;
        if (quote ? byte == quote : byte == '"' || byte == '\'')
            quote = quote ? 0 : byte;
        else
            buffer_add_byte(&word, byte);
    }
    buffer_release(&word);
    return quote ? NULL : words;
}

bool editor_init(struct editor *editor, const char *command, const sigset_t *signals)
{
    unsigned char random[(sizeof editor->key - 1) / 2];
    *editor = (struct editor){.signals = *signals};
    arena_init(&editor->arena);
    if (!command)
        return true;
    editor->words = editor_words(&editor->arena, text_from_c(command), &editor->count);
    if (!editor->words || getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return false;
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(editor->key + 2 * i, 3, "%02x", random[i]);
    return true;
}

void editor_release(struct editor *editor)
{
    arena_release(&editor->arena);
}

text editor_key(const struct editor *editor)
{
    return text_from_c(editor->key);
}

/* A word of the command, with what it asks for in it. */
static char *fill(struct arena *arena, text word, const text values[3])
{
    static const char *const places[] = {"{file}", "{line}", "{column}"};
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    for (size_t at = 0; at < word.length;) {
        text rest = text_slice(word, at, word.length);
        size_t i = 0;
        while (i < 3 && !text_starts_with(rest, text_from_c(places[i])))
            i++;
        if (i < 3)
            buffer_add_text(&out, values[i]);
        else
            buffer_add_byte(&out, word.bytes[at]);
        at += i < 3 ? strlen(places[i]) : 1;
    }
    char *filled = arena_copy_c(arena, buffer_text(&out));
    buffer_release(&out);
    return filled;
}

/* In the child: nothing is read from the terminal, whose Control-C is for watch alone, and what it
   says does not mix with addresses. Into the pipe goes why there is no such program. */
static void become(char **arguments, const sigset_t *signals, int pipe_end)
{
    enum { WHY = STDERR_FILENO + 1 };
    int nothing[2];
    setsid();
    if (pipe(nothing) == 0) {
        close(nothing[1]);
        dup2(nothing[0], STDIN_FILENO);
        close(nothing[0]);
    }
    dup2(STDERR_FILENO, STDOUT_FILENO);
    if (pipe_end != WHY)
        dup3(pipe_end, WHY, O_CLOEXEC);
    close_range(WHY + 1, ~0U, 0); /* no connection of the server's outlives it */
    sigprocmask(SIG_SETMASK, signals, NULL);
    execvp(arguments[0], arguments);
    int error = errno;
    ssize_t written = write(WHY, &error, sizeof error);
    _exit(written == sizeof error ? 127 : 126);
}

/* Starts the program; -1: there is none that can be started. */
static pid_t start(char **arguments, const sigset_t *signals)
{
    int ends[2], error = 0;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    pid_t process = fork();
    if (process == 0)
        become(arguments, signals, ends[1]);
    close(ends[1]);
    /* nothing comes where the program has begun: that has closed the pipe */
    bool is_none = process > 0 && read(ends[0], &error, sizeof error) > 0;
    close(ends[0]);
    if (is_none)
        waitpid(process, NULL, 0);
    return is_none ? -1 : process;
}

bool editor_open(struct editor *editor, text file, unsigned long line, unsigned long column)
{
    size_t place = 0;
    struct arena arena;
    arena_init(&arena);
    while (place < MOST_EDITORS && editor->running[place])
        place++;
    /* whole: no name is taken for an option, and none depends on the folder */
    char *path = file_kind(arena_copy_c(&arena, file)) == 'f'
                     ? realpath(arena_copy_c(&arena, file), NULL)
                     : NULL;
    pid_t process = -1;
    if (editor->words && path && place < MOST_EDITORS) {
        const text values[] = {text_from_c(path), arena_printf(&arena, "%lu", line ? line : 1),
                               arena_printf(&arena, "%lu", column ? column : 1)};
        char **arguments = ARENA_NEW_ARRAY(&arena, editor->count + 1, char *);
        for (size_t i = 0; i < editor->count; i++)
            arguments[i] = fill(&arena, editor->words[i], values);
        process = start(arguments, &editor->signals);
        if (process > 0)
            editor->running[place] = process;
    }
    free(path);
    arena_release(&arena);
    return process > 0;
}

void editor_reap(struct editor *editor)
{
    for (size_t i = 0; i < MOST_EDITORS; i++) {
        if (editor->running[i] && waitpid(editor->running[i], NULL, WNOHANG) != 0)
            editor->running[i] = 0;
    }
}
