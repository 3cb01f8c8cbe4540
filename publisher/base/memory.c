#include "base/memory.h"

#include <malloc.h>
#include <sys/resource.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || HAS_FEATURE(address_sanitizer)
const bool memory_can_be_limited = false;
#else
const bool memory_can_be_limited = true;
#endif

void memory_limit(size_t bytes)
{
    struct rlimit limit;
    if (!memory_can_be_limited || getrlimit(RLIMIT_AS, &limit) < 0 || limit.rlim_cur <= bytes)
        return;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_AS, &limit);
}

size_t memory_in_use(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

void memory_trim(void)
{
    malloc_trim(0);
}
