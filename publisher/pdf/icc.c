/* An sRGB profile (IEC 61966-2-1) as a matrix and a curve: ICC.1:2001-04 (version 2.4). The
   primaries are adapted to D50 by the Bradford method. */
#include "pdf/output.h"

#include <math.h>
#include <string.h>

enum { CURVE_ENTRIES = 1024, HEADER_LENGTH = 128, TAG_ENTRY_LENGTH = 12 };

static void add_number(struct buffer *out, uint32_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buffer_add_byte(out, (char)(number >> (8 * i) & 0xFF));
}

static void add_zeros(struct buffer *out, size_t count)
{
    while (count--)
        buffer_add_byte(out, 0);
}

static void pad(struct buffer *out)
{
    while (out->length % 4)
        buffer_add_byte(out, 0);
}

static void add_xyz(struct buffer *out, const double xyz[3])
{
    buffer_add_c(out, "XYZ ");
    add_zeros(out, 4);
    for (int i = 0; i < 3; i++) /* s15Fixed16Number */
        add_number(out, (uint32_t)(int32_t)lround(xyz[i] * 65536), 4);
}

static void add_text(struct buffer *out, const char *words)
{
    buffer_add_c(out, "text");
    add_zeros(out, 4);
    buffer_add(out, words, strlen(words) + 1);
}

static void add_description(struct buffer *out, const char *words)
{
    buffer_add_c(out, "desc");
    add_zeros(out, 4);
    add_number(out, (uint32_t)strlen(words) + 1, 4);
    buffer_add(out, words, strlen(words) + 1);
    add_zeros(out, 4 + 4 + 2 + 1 + 67); /* no Unicode and no Macintosh words */
}

static void add_curve(struct buffer *out)
{
    buffer_add_c(out, "curv");
    add_zeros(out, 4);
    add_number(out, CURVE_ENTRIES, 4);
    for (int i = 0; i < CURVE_ENTRIES; i++) {
        double v = i / (CURVE_ENTRIES - 1.0);
        double linear = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        add_number(out, (uint32_t)lround(linear * 65535), 2);
    }
}

static void add_header(struct buffer *out, uint32_t length)
{
    static const double d50[3] = {0.9642, 1.0, 0.8249};
    add_number(out, length, 4);
    add_zeros(out, 4);
    add_number(out, 0x02400000, 4);
    buffer_add_c(out, "mntrRGB XYZ ");
    static const uint16_t date[6] = {2026, 1, 1, 0, 0, 0};
    for (int i = 0; i < 6; i++)
        add_number(out, date[i], 2);
    buffer_add_c(out, "acsp");
    add_zeros(out, 28); /* platform, flags, device, intent: perceptual */
    for (int i = 0; i < 3; i++)
        add_number(out, (uint32_t)lround(d50[i] * 65536), 4);
    add_zeros(out, 48);
}

void icc_add_srgb(struct buffer *out)
{
    static const char tags[][5] = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ",
                                   "bXYZ", "rTRC", "gTRC", "bTRC"};
    static const double colours[4][3] = {
        {0.9642, 1.0, 0.8249},
        {0.4360747, 0.2225045, 0.0139322},
        {0.3850649, 0.7168786, 0.0971045},
        {0.1430804, 0.0606169, 0.7141733},
    };
    enum { TAGS = sizeof tags / sizeof tags[0], OWN_DATA = 7 };
    struct buffer data;
    buffer_init(&data, 65536);
    size_t start[TAGS], length[TAGS], base = HEADER_LENGTH + 4 + TAGS * TAG_ENTRY_LENGTH;
    for (size_t i = 0; i < TAGS; i++) {
        if (i >= OWN_DATA) { /* the three curves are one */
            start[i] = start[OWN_DATA - 1];
            length[i] = length[OWN_DATA - 1];
            continue;
        }
        start[i] = base + data.length;
        if (i == 0)
            add_description(&data, "sRGB");
        else if (i == 1)
            add_text(&data, "No copyright, use freely");
        else if (i < 6)
            add_xyz(&data, colours[i - 2]);
        else
            add_curve(&data);
        length[i] = base + data.length - start[i];
        pad(&data);
    }
    add_header(out, (uint32_t)(base + data.length));
    add_number(out, TAGS, 4);
    for (size_t i = 0; i < TAGS; i++) {
        buffer_add_c(out, tags[i]);
        add_number(out, (uint32_t)start[i], 4);
        add_number(out, (uint32_t)length[i], 4);
    }
    buffer_add_text(out, buffer_text(&data));
    buffer_release(&data);
}
