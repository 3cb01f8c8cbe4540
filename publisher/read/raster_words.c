/* Words in pixels: whether a photograph or drawing holds lines of writing, in whatever script.
   Signs are told from their surroundings by the mean of what lies around, and joined into pieces;
   pieces of like height that stand side by side on a line, thin against their height and not all
   alike, are taken for writing. No word is read: it is only told that there may be some. */
#include "read/pictures.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    AROUND = 12,     /* pixels: the mean is taken of a square of twice this, and one */
    LEAST_STEP = 36, /* of 255: by which ink differs from it */
    SHORTEST = 5,    /* pixels: heights of pieces */
    TALLEST = 90,
    MOST_PIECES = 60000,
    BAND = 16,         /* pixels: pieces are looked up by the band of their middle */
    LEAST_IN_LINE = 7, /* pieces */
    LEAST_IN_ALL = 20,
    LEAST_SHARE = 15, /* per cent of all pieces: grass and gravel make lines by chance */
};

struct piece {
    int x0, y0, x1, y1; /* the last are within it */
    int area, runs;
    int next;      /* in its line; -1: none */
    bool is_taken; /* another leads to it */
};

struct run {
    int row, from, to; /* to: not within it */
    int piece;         /* in the forest: its parent */
};

struct scan {
    const unsigned char *grey;
    int width, height;
    unsigned char *means; /* around each pixel */
    struct run *runs;
    size_t run_count, run_capacity;
    struct piece *pieces;
    size_t piece_count;
};

/* The means of a row; the sums are those above its square, and those at its end. Within the margins
   every square has as many pixels, and the compiler makes no division of what it knows. */
static void find_row_means(unsigned char *means, const uint32_t *low, const uint32_t *high,
                           int width, int rows)
{
    enum { SIDE = 2 * AROUND + 1 };
    for (int x = 0; x < width; x++) {
        int x0 = x > AROUND ? x - AROUND : 0;
        int x1 = x + AROUND + 1 < width ? x + AROUND + 1 : width;
        uint32_t sum = high[x1] - high[x0] - low[x1] + low[x0];
        uint32_t count = (uint32_t)((x1 - x0) * rows);
        means[x] = (unsigned char)(count == SIDE * SIDE ? sum / (SIDE * SIDE) : sum / count);
    }
}

/* The mean around each pixel, by sums of all that is above and to the left. */
static void find_means(struct scan *scan)
{
    size_t stride = (size_t)scan->width + 1;
    uint32_t *sums = memory_allocate(stride * ((size_t)scan->height + 1) * sizeof *sums);
    memset(sums, 0, stride * sizeof *sums);
    for (int y = 0; y < scan->height; y++) {
        const unsigned char *grey = scan->grey + (size_t)y * (size_t)scan->width;
        uint32_t row = 0, *above = sums + (size_t)y * stride, *here = above + stride;
        here[0] = 0;
        for (int x = 0; x < scan->width; x++) {
            row += grey[x];
            here[x + 1] = above[x + 1] + row;
        }
    }
    for (int y = 0; y < scan->height; y++) {
        int y0 = y > AROUND ? y - AROUND : 0;
        int y1 = y + AROUND + 1 < scan->height ? y + AROUND + 1 : scan->height;
        const uint32_t *low = sums + (size_t)y0 * stride, *high = sums + (size_t)y1 * stride;
        find_row_means(scan->means + (size_t)y * (size_t)scan->width, low, high, scan->width,
                       y1 - y0);
    }
    free(sums);
}

/* pieces */

static int root_of(struct scan *scan, int run)
{
    while (scan->runs[run].piece != run) {
        scan->runs[run].piece = scan->runs[scan->runs[run].piece].piece;
        run = scan->runs[run].piece;
    }
    return run;
}

static void add_run(struct scan *scan, int row, int from, int to)
{
    if (scan->run_count == scan->run_capacity) {
        scan->run_capacity = scan->run_capacity ? scan->run_capacity * 2 : 4096;
        scan->runs = memory_reallocate(scan->runs, scan->run_capacity * sizeof *scan->runs);
    }
    scan->runs[scan->run_count] = (struct run){row, from, to, (int)scan->run_count};
    scan->run_count++;
}

/* sign: 1 for ink that is lighter than what lies around, -1 for darker. */
static void find_runs(struct scan *scan, int sign)
{
    size_t above = 0, above_end = 0;
    scan->run_count = 0;
    for (int y = 0; y < scan->height; y++) {
        const unsigned char *row = scan->grey + (size_t)y * (size_t)scan->width;
        const unsigned char *means = scan->means + (size_t)y * (size_t)scan->width;
        size_t first = scan->run_count;
        int from = -1;
        for (int x = 0; x <= scan->width; x++) {
            bool is_ink = x < scan->width && sign * (row[x] - means[x]) > LEAST_STEP;
            if (is_ink && from < 0)
                from = x;
            if (!is_ink && from >= 0) {
                add_run(scan, y, from, x);
                from = -1;
            }
        }
        size_t old = above;
        for (size_t i = first; i < scan->run_count; i++) {
            while (old < above_end && scan->runs[old].to < scan->runs[i].from)
                old++;
            for (size_t k = old; k < above_end && scan->runs[k].from <= scan->runs[i].to; k++) {
                int a = root_of(scan, (int)k), b = root_of(scan, (int)i);
                scan->runs[a > b ? a : b].piece = a > b ? b : a;
            }
        }
        above = first;
        above_end = scan->run_count;
    }
}

/* A letter, or a few that touch: not too large, not a line, not a blot. */
static bool may_be_sign(const struct scan *scan, const struct piece *piece)
{
    int height = piece->y1 - piece->y0 + 1, width = piece->x1 - piece->x0 + 1;
    double thickness = (double)piece->area / piece->runs;
    return height >= SHORTEST && height <= TALLEST && width <= 8 * height && height <= 12 * width &&
           piece->x0 > 0 && piece->y0 > 0 && piece->x1 < scan->width - 1 &&
           piece->y1 < scan->height - 1 && thickness <= 0.5 * height + 0.5 &&
           piece->area * 100 >= 8 * width * height;
}

static void find_pieces(struct scan *scan)
{
    int *number = memory_allocate((scan->run_count + 1) * sizeof *number);
    struct piece *all = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < scan->run_count; i++) {
        const struct run *run = &scan->runs[i];
        size_t root = (size_t)root_of(scan, (int)i);
        if (root == i) {
            if (count == capacity) {
                capacity = capacity ? capacity * 2 : 1024;
                all = memory_reallocate(all, capacity * sizeof *all);
            }
            number[i] = (int)count;
            all[count++] =
                (struct piece){run->from, run->row, run->to - 1, run->row, 0, 0, -1, false};
        }
        struct piece *piece = &all[number[root]];
        piece->x0 = run->from < piece->x0 ? run->from : piece->x0;
        piece->x1 = run->to - 1 > piece->x1 ? run->to - 1 : piece->x1;
        piece->y1 = run->row;
        piece->area += run->to - run->from;
        piece->runs++;
    }
    free(number);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < MOST_PIECES; i++)
        if (may_be_sign(scan, &all[i]))
            all[kept++] = all[i];
    scan->pieces = all;
    scan->piece_count = kept;
}

/* lines */

static int compare_pieces(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    int order = (a->x0 > b->x0) - (a->x0 < b->x0);
    return order ? order : (a->y0 > b->y0) - (a->y0 < b->y0);
}

static bool goes_on(const struct piece *a, const struct piece *b)
{
    int tall = a->y1 - a->y0 + 1, other = b->y1 - b->y0 + 1;
    int most = tall > other ? tall : other, least = tall > other ? other : tall;
    int top = a->y0 > b->y0 ? a->y0 : b->y0, bottom = a->y1 < b->y1 ? a->y1 : b->y1;
    int gap = b->x0 - a->x1;
    return gap > -most / 2 && gap <= most * 3 / 2 + 2 && b->x1 > a->x1 &&
           2 * (bottom - top + 1) >= least && 5 * least >= 2 * most;
}

/* Each piece is followed by the nearest that goes on with it. */
static void find_lines(struct scan *scan)
{
    size_t bands = (size_t)(scan->height / BAND + 2);
    int *last = memory_allocate(bands * sizeof *last), *before;
    before = memory_allocate((scan->piece_count + 1) * sizeof *before);
    for (size_t i = 0; i < bands; i++)
        last[i] = -1;
    if (scan->piece_count) /* else there is no array */
        qsort(scan->pieces, scan->piece_count, sizeof *scan->pieces, compare_pieces);
    for (size_t i = 0; i < scan->piece_count; i++) {
        struct piece *piece = &scan->pieces[i];
        size_t band = (size_t)((piece->y0 + piece->y1) / 2 / BAND), reach = TALLEST / BAND / 2 + 1;
        int found = -1, nearest = 0;
        for (size_t k = band > reach ? band - reach : 0; k <= band + reach && k < bands; k++) {
            int tried = 0;
            for (int at = last[k]; at >= 0 && tried < 12; at = before[at], tried++) {
                const struct piece *other = &scan->pieces[at];
                if (!other->is_taken && goes_on(other, piece) &&
                    (found < 0 || other->x1 > nearest)) {
                    found = at;
                    nearest = other->x1;
                }
            }
        }
        if (found >= 0) {
            scan->pieces[found].next = (int)i;
            scan->pieces[found].is_taken = true;
        }
        before[i] = last[band];
        last[band] = (int)i;
    }
    free(last);
    free(before);
}

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* How many of the values lie within `reach` of some one value. */
static size_t most_alike(double *values, size_t count, double reach)
{
    size_t most = 0, first = 0;
    qsort(values, count, sizeof *values, compare_numbers);
    for (size_t i = 0; i < count; i++) {
        while (values[i] - values[first] > 2 * reach)
            first++;
        most = i - first + 1 > most ? i - first + 1 : most;
    }
    return most;
}

/* The slope of a line through the middles: a scan may lie a little askew. */
static double slope_of(const struct piece *pieces, const int *line, size_t count)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, n = (double)count;
    for (size_t i = 0; i < count; i++) {
        double x = pieces[line[i]].x0, y = pieces[line[i]].y1;
        sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    double spread = n * sxx - sx * sx;
    return spread > 0 ? (n * sxy - sx * sy) / spread : 0;
}

/* Writing stands on a line, reaches to one or two heights, and is of many shapes. */
static bool is_writing(const struct piece *pieces, const int *line, size_t count, double *room)
{
    double slope = slope_of(pieces, line, count), tall = 0;
    for (size_t i = 0; i < count; i++)
        room[i] = pieces[line[i]].y1 - pieces[line[i]].y0 + 1;
    qsort(room, count, sizeof *room, compare_numbers);
    tall = room[count * 3 / 4];
    double reach = tall * 0.08 + 0.6;
    if (fabs(slope) > 0.15)
        return false;
    for (size_t i = 0; i < count; i++)
        room[i] = pieces[line[i]].y1 - slope * pieces[line[i]].x0;
    size_t standing = most_alike(room, count, reach);
    for (size_t i = 0; i < count; i++)
        room[i] = pieces[line[i]].y0 - slope * pieces[line[i]].x0;
    size_t reaching = most_alike(room, count, reach);
    for (size_t i = 0; i < count; i++)
        room[i] = (double)pieces[line[i]].area / (pieces[line[i]].y1 - pieces[line[i]].y0 + 1);
    size_t alike = most_alike(room, count, tall * 0.02 + 0.05);
    return standing * 10 >= count * 6 && reaching * 10 >= count * 4 && alike * 10 <= count * 8;
}

/* Pieces in lines of writing. */
static size_t count_writing(const struct scan *scan)
{
    size_t letters = 0;
    bool *is_inner = memory_allocate(scan->piece_count + 1);
    int *line = memory_allocate((scan->piece_count + 1) * sizeof *line);
    double *room = memory_allocate((scan->piece_count + 1) * sizeof *room);
    memset(is_inner, 0, scan->piece_count + 1);
    for (size_t i = 0; i < scan->piece_count; i++)
        if (scan->pieces[i].next >= 0)
            is_inner[scan->pieces[i].next] = true;
    for (size_t i = 0; i < scan->piece_count; i++) {
        size_t count = 0;
        for (int at = is_inner[i] ? -1 : (int)i; at >= 0; at = scan->pieces[at].next)
            line[count++] = at;
        if (count >= LEAST_IN_LINE && is_writing(scan->pieces, line, count, room))
            letters += count;
    }
    free(is_inner);
    free(line);
    free(room);
    return letters;
}

bool grey_holds_words(const unsigned char *grey, int width, int height)
{
    struct scan scan = {.grey = grey, .width = width, .height = height};
    bool has_words = false;
    scan.means = memory_allocate((size_t)width * (size_t)height);
    find_means(&scan);
    for (int sign = -1; sign <= 1 && !has_words; sign += 2) {
        find_runs(&scan, sign);
        find_pieces(&scan);
        find_lines(&scan);
        size_t letters = count_writing(&scan);
        has_words = letters >= LEAST_IN_ALL && letters * 100 >= LEAST_SHARE * scan.piece_count;
        free(scan.pieces);
    }
    free(scan.runs);
    free(scan.means);
    return has_words;
}
