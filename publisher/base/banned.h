/* Functions that the house does not use: each hides a length, a locale or a shell.
   Included before every file of the program by the Makefile (-include). A call of one does not
   compile. (Not #pragma GCC poison: FreeType's headers name some of them in macros of their own.)
 */
#ifndef LECTERN_BASE_BANNED_H
#define LECTERN_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#undef atoi
#undef atol
#undef atof
#undef gets
#undef localtime
#undef gmtime
#undef system
#undef popen
#define strcpy(...)    strcpy_is_banned
#define strcat(...)    strcat_is_banned
#define strncpy(...)   strncpy_is_banned
#define strncat(...)   strncat_is_banned
#define sprintf(...)   sprintf_is_banned
#define vsprintf(...)  vsprintf_is_banned
#define strtok(...)    strtok_is_banned
#define atoi(...)      atoi_is_banned
#define atol(...)      atol_is_banned
#define atof(...)      atof_is_banned
#define gets(...)      gets_is_banned
#define localtime(...) localtime_is_banned
#define gmtime(...)    gmtime_is_banned
#define system(...)    system_is_banned
#define popen(...)     popen_is_banned

#endif
