#include "document/reference.h"

const struct reference_field *reference_find(const struct reference *reference, const char *key)
{
    for (const struct reference_field *field = reference->fields; field; field = field->next) {
        if (text_equal_c(field->key, key))
            return field;
    }
    return NULL;
}

text reference_text(const struct reference *reference, const char *key)
{
    const struct reference_field *field = reference_find(reference, key);
    return field && field->kind == FIELD_TEXT ? field->value : TEXT_EMPTY;
}
