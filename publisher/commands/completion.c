/* A script for each shell, each in one quoted string a word: what stands in the tables may hold any
   sign. Where no option is meant, the shell completes names of files by itself. */
#include "commands/completion.h"

#include <stdlib.h>

struct script {
    struct settings *settings;
    const struct command *const *commands;
    size_t count;
    struct buffer *out;
};

enum { OPTION_USAGE = 0x7FFF }; /* no letter */

/* What argp adds to each command. */
static const struct argp_option common[] = {
    {"help", '?', NULL, 0, "say what the command takes", 0},
    {"usage", OPTION_USAGE, NULL, 0, "the same in a line", 0},
    {0},
};

/* The letter that is a short form of the option, or '\0'; of what argp adds it is "?", a pattern of
   the shells. */
static char letter_of(const struct argp_option *option)
{
    bool is_letter = option->key > ' ' && option->key < 127 && option->key != '?';
    return is_letter ? (char)option->key : '\0';
}

static bool is_shown(const struct argp_option *option)
{
    return option->name && !(option->flags & OPTION_HIDDEN);
}

/* Between single quotes of any of the shells; the signs in `special` have a backslash before them.
 */
static void add_quoted(struct script *script, const char *words, const char *special, bool is_fish)
{
    for (const char *c = words; *c; c++) {
        if (*c == '\'')
            buffer_add_c(script->out, is_fish ? "\\'" : "'\\''");
        else if (*c == '\\' && is_fish)
            buffer_add_c(script->out, "\\\\");
        else {
            if (strchr(special, *c))
                buffer_add_byte(script->out, '\\');
            buffer_add_byte(script->out, *c);
        }
    }
}

/* What --help says of the option: some words are put together when they are asked for. */
static void add_words(struct script *script, const struct command *command,
                      const struct argp_option *option, const char *special, bool is_fish)
{
    const char *words = option->doc;
    char *made = NULL;
    if (command->argp.help_filter && option->key)
        words = made = command->argp.help_filter(option->key, option->doc, script->settings);
    add_quoted(script, words ? words : option->name, special, is_fish);
    if (made != option->doc)
        free(made);
}

/* bash */

static void add_bash_options(struct script *script, const struct argp_option *option)
{
    for (; option && (option->name || option->key); option++) {
        if (!is_shown(option))
            continue;
        buffer_printf(script->out, " --%s%s", option->name, option->arg ? "=" : "");
        if (letter_of(option))
            buffer_printf(script->out, " -%c", letter_of(option));
    }
}

static void write_bash(struct script *script)
{
    buffer_add_c(script->out,
                 "# Completion of lectern for bash, as lectern --completion=bash prints it.\n"
                 "_lectern() {\n"
                 "    local word=${COMP_WORDS[COMP_CWORD]} options=\n"
                 "    COMPREPLY=()\n"
                 "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                 "        options='help --help --version");
    for (size_t i = 0; i < script->count; i++)
        buffer_printf(script->out, " %s", script->commands[i]->name);
    buffer_add_c(script->out, "'\n    else\n        case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < script->count; i++) {
        buffer_printf(script->out, "        %s) options='", script->commands[i]->name);
        add_bash_options(script, script->commands[i]->argp.options);
        add_bash_options(script, common);
        buffer_add_c(script->out, "' ;;\n");
    }
    buffer_add_c(script->out, "        esac\n"
                              "        [[ $word == -* ]] || return\n"
                              "    fi\n"
                              "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
                              "    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then\n"
                              "        compopt -o nospace 2>/dev/null || true\n"
                              "    fi\n"
                              "}\n"
                              "complete -o default -F _lectern lectern\n");
}

/* zsh */

static void add_zsh_options(struct script *script, const struct command *command,
                            const struct argp_option *option)
{
    for (; option && (option->name || option->key); option++) {
        if (!is_shown(option))
            continue;
        buffer_printf(script->out, " \\\n            '--%s%s[", option->name,
                      option->arg ? "=" : "");
        add_words(script, command, option, "[]:\\", false);
        buffer_add_byte(script->out, ']');
        if (option->arg) {
            buffer_add_byte(script->out, ':');
            add_quoted(script, option->arg, ":\\", false);
            buffer_add_c(script->out, ":_files");
        }
        buffer_add_byte(script->out, '\'');
        if (letter_of(option))
            buffer_printf(script->out, " '-%c%s'", letter_of(option),
                          option->arg ? "+: :_files" : "");
    }
}

static void write_zsh(struct script *script)
{
    buffer_add_c(script->out,
                 "#compdef lectern\n"
                 "# Completion of lectern for zsh, as lectern --completion=zsh prints it.\n"
                 "_lectern() {\n"
                 "    local -a commands=(\n"
                 "        'help:say what a command takes'\n");
    for (size_t i = 0; i < script->count; i++) {
        buffer_printf(script->out, "        '%s:", script->commands[i]->name);
        add_quoted(script, script->commands[i]->summary, ":\\", false);
        buffer_add_c(script->out, "'\n");
    }
    buffer_add_c(script->out, "    )\n"
                              "    if (( CURRENT == 2 )); then\n"
                              "        _describe command commands\n"
                              "        _arguments '--help[say what lectern takes]' "
                              "'--version[print the version]'\n"
                              "        return\n"
                              "    fi\n"
                              "    local command=$words[2]\n"
                              "    shift words\n"
                              "    (( CURRENT-- ))\n"
                              "    case $command in\n"
                              "    help) _describe command commands ;;\n");
    for (size_t i = 0; i < script->count; i++) {
        const struct command *command = script->commands[i];
        buffer_printf(script->out, "    %s)\n        _arguments -s", command->name);
        add_zsh_options(script, command, command->argp.options);
        add_zsh_options(script, command, common);
        buffer_add_c(script->out, " \\\n            '*:source:_files' ;;\n");
    }
    buffer_add_c(script->out, "    esac\n}\n"
                              "if [ \"$funcstack[1]\" = _lectern ]; then\n"
                              "    _lectern \"$@\"\n"
                              "else\n"
                              "    compdef _lectern lectern\n"
                              "fi\n");
}

/* fish */

static void add_fish_options(struct script *script, const struct command *command,
                             const struct argp_option *option)
{
    for (; option && (option->name || option->key); option++) {
        if (!is_shown(option))
            continue;
        buffer_printf(script->out, "complete -c lectern -n '__fish_seen_subcommand_from %s' -l %s",
                      command->name, option->name);
        if (letter_of(option))
            buffer_printf(script->out, " -s %c", letter_of(option));
        buffer_printf(script->out, "%s -d '", option->arg ? " -r" : "");
        add_words(script, command, option, "", true);
        buffer_add_c(script->out, "'\n");
    }
}

static void write_fish(struct script *script)
{
    buffer_add_c(
        script->out,
        "# Completion of lectern for fish, as lectern --completion=fish prints it.\n"
        "complete -c lectern -n __fish_use_subcommand -l version -d 'print the version'\n"
        "complete -c lectern -n __fish_use_subcommand -l help -d 'say what lectern takes'\n"
        "complete -c lectern -n __fish_use_subcommand -f -a help -d 'say what a command "
        "takes'\n");
    for (size_t i = 0; i < script->count; i++) {
        const struct command *command = script->commands[i];
        buffer_printf(script->out, "complete -c lectern -n __fish_use_subcommand -f -a %s -d '",
                      command->name);
        add_quoted(script, command->summary, "", true);
        buffer_add_c(script->out, "'\n");
        add_fish_options(script, command, command->argp.options);
        add_fish_options(script, command, common);
    }
}

bool completion_write(struct settings *settings, const char *shell,
                      const struct command *const *commands, size_t count, struct buffer *out)
{
    static const struct {
        const char *name;
        void (*write)(struct script *script);
    } shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    struct script script = {settings, commands, count, out};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shell, shells[i].name) == 0) {
            shells[i].write(&script);
            return true;
        }
    }
    return false;
}
