#include "document/letters.h"

#include "document/language.h"

#include <unicode/uchar.h>

enum direction letters_direction(text words, text language)
{
    size_t letters[2] = {0, 0}; /* from the left, from the right */
    for (size_t at = 0; at < words.length;) {
        UCharDirection direction = u_charDirection((UChar32)text_next(words, &at));
        letters[0] += direction == U_LEFT_TO_RIGHT;
        letters[1] += direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
    }
    bool is_said = language.length > 0;
    bool is_right = is_said && language_direction(language) == DIRECTION_RIGHT_TO_LEFT;
    if (letters[0] + letters[1] == 0)
        return DIRECTION_INHERITED;
    if (!is_said || letters[is_right] == 0)
        is_right = letters[1] > letters[0];
    return is_right ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT;
}
