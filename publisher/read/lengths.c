#include "read/lengths.h"

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
