#!/bin/sh
# Writes the C of examples.h: the files of this folder, a line a string. KIND/LANGUAGE.md is the article of a kind in a
# language, KIND/LANGUAGE/FILE a file of it, and any other file of a kind is there in all languages.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

echo '#include "examples/examples.h"'
echo '#include <stddef.h>'
echo 'const struct example_file example_files[] = {'
for file in $(find . -mindepth 2 -type f | LC_ALL=C sort); do
    kind=${file#./} kind=${kind%%/*} name=${file#./*/} language=
    case $name in
    */*) language=${name%%/*} name=${name#*/} ;;
    *.md) language=${name%.md} name=article.md ;;
    esac
    echo "    {\"$kind\", \"$language\", \"$name\", (const char *const[]){"
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/.*/        "&\\n",/' "$file"
    echo '        NULL}},'
done
echo '    {NULL, NULL, NULL, NULL}};'
