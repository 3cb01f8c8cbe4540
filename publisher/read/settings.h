/* Settings: what is said once for a whole project, in a lectern.yaml of the article's folder or of
   folders above it. Here the files are found and read; what stands in them is read with the front
   matter, as defaults: the nearest file has the last word, key by key. */
#ifndef LECTERN_READ_SETTINGS_H
#define LECTERN_READ_SETTINGS_H

#include "document/document.h"

#define SETTINGS_NAME "lectern.yaml"

/* The settings files of the folder and of those above it, up to `top` and with it (a folder above,
   as paths_above gives it; empty: the folder alone), the nearest first. Each folder in which one
   was looked for is noted in the log, which may be NULL. A file that is there and cannot be read is
   among them, with its status; so is one of a name such as lectern.yml, which is told and not
   read. */
struct settings_files *settings_find(struct arena *arena, text folder, text top,
                                     struct file_log *log);

#endif
