#include "read/html_elements.h"

static const struct html_element elements[] = {
#define HTML_ELEMENT(name, way, kind, hint) {name, HTML_WAY_##way, NODE_##kind, hint},
#include "read/html_elements.def"
#undef HTML_ELEMENT
};

/* Not `<Br>`, which people type at the end of a line. */
static bool is_component(text name)
{
    bool has_capital = false, has_small = false;
    for (size_t i = 0; i < name.length; i++) {
        has_capital = has_capital || (name.bytes[i] >= 'A' && name.bytes[i] <= 'Z');
        has_small = has_small || (name.bytes[i] >= 'a' && name.bytes[i] <= 'z');
    }
    return has_capital && has_small && !text_equal_c(name, "Br");
}

const struct html_element *html_element_find(text name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements && !is_component(name); i++) {
        if (text_equal_ignoring_case(name, text_from_c(elements[i].name)))
            return &elements[i];
    }
    return NULL;
}

bool html_element_is_block(const struct html_element *element)
{
    return element->way >= HTML_WAY_RULE;
}

bool html_element_is_void(const struct html_element *element)
{
    return element->way >= HTML_WAY_BREAK && element->way <= HTML_WAY_RULE;
}

bool html_element_ends_itself(const struct html_element *element)
{
    switch (element->way) {
    case HTML_WAY_PARAGRAPH:
    case HTML_WAY_ITEM:
    case HTML_WAY_WORDS:
    case HTML_WAY_DEFINITION:
    case HTML_WAY_GROUP:
    case HTML_WAY_ROW:
    case HTML_WAY_CELL:
    case HTML_WAY_COLUMN:
    case HTML_WAY_READING:
        return true;
    default:
        return false;
    }
}
