#!/bin/sh
# Writes libraries/names.c: which files library.c opens. What the linker would link is asked of it, so that the names are
# those of the release that Lectern is built on. Beside it, `all` is a program that is linked with them: it calls what the
# headers here name, so that what is not there is found when Lectern is built, and a package knows what it depends on.
# usage: names.sh FOLDER COMPILER "LIBRARY..." FLAG...   (the flags of all that is linked)
set -eu
folder=$1 compiler=$2 deferred=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)

{
    sed -n 's/^#define \([a-zA-Z_][a-zA-Z_]*\)  *LIBRARY_CALL(.*/extern char \1[];/p' "$here"/*.h
    echo 'char *called[] = {'
    sed -n 's/^#define \([a-zA-Z_][a-zA-Z_]*\)  *LIBRARY_CALL(.*/    \1,/p' "$here"/*.h
    echo '}; int main(void) { return !called[0]; }'
} >"$folder/all.c"
$compiler -o "$folder/all" "$folder/all.c" -Wl,--no-as-needed "$@"

rest=
for flag; do
    case " $deferred " in *" ${flag#-l} "*) ;; *) rest="$rest $flag" ;; esac
done
echo 'int main(void) { return 0; }' >"$folder/rest.c"
# shellcheck disable=SC2086 # flags, one a word
$compiler -o "$folder/rest" "$folder/rest.c" -Wl,--no-as-needed $rest

files_of() {
    ldd "$1" | sed -n 's/^[[:space:]]*\([^/ ]*\) => .*/\1/p' | LC_ALL=C sort
}
files_of "$folder/all" >"$folder/all.files"
files_of "$folder/rest" >"$folder/rest.files"

echo '#include "libraries/names.h"'
echo '#include <stddef.h>'
echo 'const struct library_name library_names[] = {'
for library in $deferred; do
    name=$(objdump -p "$($compiler -print-file-name="lib$library.so")" | sed -n 's/^ *SONAME *//p')
    [ -n "$name" ] || { echo "names.sh: lib$library.so has no name" >&2; exit 1; }
    printf '    {"%s", "%s"},\n' "$library" "$name"
done
echo '    {NULL, NULL}};'
echo 'const char *const library_files[] = {'
LC_ALL=C comm -23 "$folder/all.files" "$folder/rest.files" | sed 's/.*/    "&",/'
echo '    NULL};'
