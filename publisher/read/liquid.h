/* Liquid: the templates of Jekyll's and of other sites. */
#ifndef LECTERN_READ_LIQUID_H
#define LECTERN_READ_LIQUID_H

/* The tags around what it leaves as it is, for tables of them. */
#define LIQUID_RAW_BEGINS "{% raw %}", "{%- raw -%}", "{%raw%}"
#define LIQUID_RAW_ENDS   "{% endraw %}", "{%- endraw -%}", "{%endraw%}"

#endif
