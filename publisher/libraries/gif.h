/* What Lectern calls of giflib, which unpacks GIFs: see library.h. */
#ifndef LECTERN_LIBRARIES_GIF_H
#define LECTERN_LIBRARIES_GIF_H

#include "libraries/library.h"

#include <gif_lib.h>

#define DGifCloseFile        LIBRARY_CALL("gif", DGifCloseFile)
#define DGifGetExtension     LIBRARY_CALL("gif", DGifGetExtension)
#define DGifGetExtensionNext LIBRARY_CALL("gif", DGifGetExtensionNext)
#define DGifGetImageDesc     LIBRARY_CALL("gif", DGifGetImageDesc)
#define DGifGetLine          LIBRARY_CALL("gif", DGifGetLine)
#define DGifGetRecordType    LIBRARY_CALL("gif", DGifGetRecordType)
#define DGifOpen             LIBRARY_CALL("gif", DGifOpen)

#endif
