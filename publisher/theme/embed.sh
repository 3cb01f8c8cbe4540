#!/bin/sh
# Writes the C of theme_own (theme.h): the theme files of this folder, by their names. Lines that are only a comment
# stay here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

echo '#include "theme/theme.h"'
echo '#include <stddef.h>'
echo 'const struct own_theme theme_own[] = {'
for file in $(printf '%s\n' *.yaml | LC_ALL=C sort); do
    echo "    {\"${file%.yaml}\","
    sed -e '/^#/d' -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/.*/        "&\\n"/' "$file"
    echo '    },'
done
echo '    {NULL, NULL}};'
