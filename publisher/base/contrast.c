#include "base/contrast.h"

#include <math.h>

static double linear(uint32_t part)
{
    double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

double colour_luminance(uint32_t colour)
{
    return 0.2126 * linear(colour >> 16 & 0xFF) + 0.7152 * linear(colour >> 8 & 0xFF) +
           0.0722 * linear(colour & 0xFF);
}

double contrast_ratio(uint32_t a, uint32_t b)
{
    double light = colour_luminance(a), dark = colour_luminance(b);
    if (light < dark) {
        double kept = light;
        light = dark;
        dark = kept;
    }
    return (light + 0.05) / (dark + 0.05);
}
