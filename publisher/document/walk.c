#include "document/node.h"

void walk_init(struct walk *walk, struct node *top)
{
    *walk = (struct walk){.top = top};
}

void walk_skip(struct walk *walk)
{
    walk->entering = false;
}
