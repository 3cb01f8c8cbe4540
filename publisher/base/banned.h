/* Functions that the house does not use: each hides a length, a locale or a shell.
   Included before every file of the program by the Makefile (-include). */
#ifndef LECTERN_BASE_BANNED_H
#define LECTERN_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atof localtime gmtime system    \
    popen
#pragma GCC poison gets strncpy strncat

#endif
