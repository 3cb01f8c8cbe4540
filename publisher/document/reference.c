#include "document/reference.h"

const struct reference_field *reference_field_of(const struct reference *reference, text key)
{
    for (const struct reference_field *field = reference->fields; key.length && field;
         field = field->next) {
        if (text_equal(field->key, key))
            return field;
    }
    return NULL;
}

const struct reference_field *reference_find(const struct reference *reference, const char *key)
{
    return reference_field_of(reference, text_from_c(key));
}

text reference_text(const struct reference *reference, const char *key)
{
    const struct reference_field *field = reference_find(reference, key);
    return field && field->kind == FIELD_TEXT ? field->value : TEXT_EMPTY;
}
