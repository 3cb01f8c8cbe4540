#include "publish/formats.h"

static const struct output_format rows[FORMAT_COUNT] = {
#define FORMAT(symbol, name, media_type, served_type, shown, made, standards, maker)               \
    {FORMAT_##symbol, name, media_type, served_type, shown, made, standards},
#include "publish/formats.def"
#undef FORMAT
};

const struct output_format *format_at(size_t i)
{
    return &rows[i];
}

const struct output_format *format_find(text name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (text_equal_ignoring_case(name, text_from_c(rows[i].name)))
            return &rows[i];
    }
    return NULL;
}

unsigned formats_made(unsigned made)
{
    unsigned formats = 0;
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        formats |= rows[i].made & made ? rows[i].bit : 0;
    return formats;
}

void formats_list(unsigned formats, const char *between, struct buffer *out)
{
    bool is_first = true;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (!(formats & rows[i].bit))
            continue;
        if (!is_first)
            buffer_add_c(out, between);
        buffer_add_c(out, rows[i].name);
        is_first = false;
    }
}
