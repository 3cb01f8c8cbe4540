#include "document/node.h"

void walk_init(struct walk *walk, struct node *top)
{
    *walk = (struct walk){.top = top};
}

bool walk_next(struct walk *walk)
{
    if (!walk->node) {
        walk->node = (struct node *)(uintptr_t)walk->top;
        walk->entering = true;
        return walk->node != NULL;
    }
    if (walk->entering) {
        if (walk->node->first_child)
            walk->node = walk->node->first_child;
        else
            walk->entering = false;
        return true;
    }
    if (walk->node == walk->top)
        return false;
    if (walk->node->next) {
        walk->node = walk->node->next;
        walk->entering = true;
    } else {
        walk->node = walk->node->parent;
    }
    return true;
}

void walk_skip(struct walk *walk)
{
    walk->entering = false;
}
