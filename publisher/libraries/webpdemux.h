/* What Lectern calls of libwebpdemux, which unpacks the frames of a WebP that moves: see library.h.
 */
#ifndef LECTERN_LIBRARIES_WEBPDEMUX_H
#define LECTERN_LIBRARIES_WEBPDEMUX_H

#include "libraries/library.h"

#include <webp/demux.h>

#define WebPAnimDecoderDelete      LIBRARY_CALL("webpdemux", WebPAnimDecoderDelete)
#define WebPAnimDecoderGetInfo     LIBRARY_CALL("webpdemux", WebPAnimDecoderGetInfo)
#define WebPAnimDecoderGetNext     LIBRARY_CALL("webpdemux", WebPAnimDecoderGetNext)
#define WebPAnimDecoderNewInternal LIBRARY_CALL("webpdemux", WebPAnimDecoderNewInternal)

#endif
