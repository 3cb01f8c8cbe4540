/* Parts: what the build makes of page.js and page.css: their lines, NULL behind the last. */
#ifndef LECTERN_WATCH_PARTS_H
#define LECTERN_WATCH_PARTS_H

extern const char *const parts_js[], *const parts_css[];

#endif
