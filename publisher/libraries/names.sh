#!/bin/sh
# Writes libraries/names.c: which files library.c opens. What the linker would link is asked of it, so that the names are
# those of the release that Lectern is built on. Beside it, `all` is a program that is linked with them: it calls what the
# headers here name, so that what is not there is found when Lectern is built, and a package knows what it depends on.
# usage: names.sh FOLDER COMPILER "LIBRARY..." FLAG...   (the flags of all that is linked)
set -eu
folder=$1 compiler=$2 deferred=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)

fail() {
    echo "names.sh: $1" >&2
    exit 1
}

# "LIBRARY FUNCTION" a line, of each macro of the headers, also of those on two lines.
cat "$here"/*.h | sed -e ':join' -e '/\\$/{' -e N -e 's/\\\n//' -e 'b join' -e '}' |
    sed -n 's/^#define \([A-Za-z_][A-Za-z_0-9]*\)  *LIBRARY_CALL("\([^"]*\)", *\1)$/\2 \1/p' >"$folder/calls"
functions_of() {
    sed -n "s/^$1 //p" "$folder/calls"
}
named=0
for library in $deferred; do
    named=$((named + $(functions_of "$library" | wc -l)))
done
[ "$named" -eq "$(cat "$here"/*.h | grep -c 'LIBRARY_CALL("')" ] || fail "a LIBRARY_CALL is not understood, or of no library of these: $deferred"

{
    sed 's/.* \(.*\)/extern char \1[];/' "$folder/calls"
    echo 'char *called[] = {'
    sed 's/.* \(.*\)/    \1,/' "$folder/calls"
    echo '}; int main(void) { return !called[0]; }'
} >"$folder/all.c"
$compiler -o "$folder/all" "$folder/all.c" -Wl,--no-as-needed "$@"

# A library's name is what a program that is linked with it needs and one without it does not.
echo 'int main(void) { return 0; }' >"$folder/one.c"
places=
for flag; do
    case $flag in -l*) ;; *) places="$places $flag" ;; esac
done
needed() {
    # shellcheck disable=SC2086 # flags, one a word
    $compiler -o "$folder/one" "$folder/one.c" -Wl,--no-as-needed $places "$@" || exit 1
    objdump -p "$folder/one" | sed -n 's/^ *NEEDED *//p' | LC_ALL=C sort
}
needed >"$folder/none.files"

echo '#include "libraries/names.h"'
echo '#include <stddef.h>'
for library in $deferred; do
    echo "static const char *const functions_$(echo "$library" | tr -c '[:alnum:]\n' _)[] = {"
    functions_of "$library" | sed 's/.*/    "&",/'
    echo '    NULL};'
done
echo 'const struct library_name library_names[] = {'
for library in $deferred; do
    needed "-l$library" >"$folder/one.files"
    name=$(LC_ALL=C comm -13 "$folder/none.files" "$folder/one.files")
    [ "$(echo "$name" | wc -w)" -eq 1 ] || fail "the file of lib$library is not one: $name"
    printf '    {"%s", "%s", functions_%s},\n' "$library" "$name" "$(echo "$library" | tr -c '[:alnum:]\n' _)"
done
echo '    {NULL, NULL, NULL}};'
# The linker's flags name all that the program may be linked with, and ldd what these need.
echo 'const char *const library_files[] = {'
ldd "$folder/all" | sed -n 's/^[[:space:]]*\([^/ ]*\) => .*/\1/p' | LC_ALL=C sort -u | sed 's/.*/    "&",/'
echo '    NULL};'
