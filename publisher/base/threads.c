#include "base/threads.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MOST_THREADS = 64, STACK_BYTES = 2 * 1024 * 1024 };

struct crew {
    size_t count;
    void (*work)(void *object, size_t piece);
    void *object;
    atomic_size_t next;
};

static void *do_pieces(void *closure)
{
    struct crew *crew = closure;
    for (size_t piece = atomic_fetch_add(&crew->next, 1); piece < crew->count;
         piece = atomic_fetch_add(&crew->next, 1))
        crew->work(crew->object, piece);
    return NULL;
}

void threads_run(unsigned threads, size_t count, void (*work)(void *object, size_t piece),
                 void *object)
{
    struct crew crew = {.count = count, .work = work, .object = object};
    pthread_t others[MOST_THREADS];
    pthread_attr_t small;
    unsigned started = 0, wanted = threads < MOST_THREADS ? threads : MOST_THREADS;
    if (!count)
        return;
    atomic_init(&crew.next, 1);
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK_BYTES);
    while (started + 1 < wanted && started + 1 < count &&
           !pthread_create(&others[started], &small, do_pieces, &crew))
        started++;
    pthread_attr_destroy(&small);
    work(object, 0);
    do_pieces(&crew);
    for (unsigned i = 0; i < started; i++)
        pthread_join(others[i], NULL);
}
