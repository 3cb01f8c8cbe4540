#include "base/lengths.h"

double number_read(text t, size_t *used)
{
    double value = 0, scale = 1;
    size_t i = 0, digits = 0;
    bool has_point = false;
    for (; i < t.length && digits < 16; i++) {
        char c = t.bytes[i];
        if (c == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        digits++;
        value = value * 10 + (c - '0');
        if (has_point)
            scale *= 10;
    }
    *used = digits ? i : 0;
    return value / scale;
}

bool length_read(text t, double *points)
{
    static const struct {
        const char *name;
        double points;
    } units[] = {
        {"mm", POINTS_PER_MM}, {"cm", 10 * POINTS_PER_MM}, {"in", 72}, {"pt", 1}, {"px", 0.75},
    };
    size_t used;
    double number = number_read(t, &used);
    text unit = text_trim(text_slice(t, used, t.length));
    if (used == 0)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (text_equal_c(unit, units[i].name)) {
            *points = number * units[i].points;
            return true;
        }
    }
    return false;
}

bool paper_find(text name, double *width, double *height)
{
    static const struct {
        const char *name;
        double width, height;
    } papers[] = {
        {"a3", 841.89, 1190.551}, {"a4", 595.276, 841.89}, {"a5", 419.528, 595.276},
        {"a6", 297.638, 419.528}, {"letter", 612, 792},    {"legal", 612, 1008},
    };
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        if (text_equal_ignoring_case(name, text_from_c(papers[i].name))) {
            *width = papers[i].width;
            *height = papers[i].height;
            return true;
        }
    }
    return false;
}
