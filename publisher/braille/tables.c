#include "braille/braille.h"

#include "document/language.h"

/* The codes in use in the countries where a language is spoken most, as liblouis 3.24 has them.
   What has no contracted code has the same table twice. "pt" and the like: the primary subtag. */
#define BRF "en-us-brf.dis,"
static const struct {
    const char *language, *plain, *contracted;
} tables[] = {
    {"ar", BRF "ar-ar-g1.utb", BRF "ar-ar-g2.ctb"},
    {"bg", BRF "bg.ctb", BRF "bg.ctb"},
    {"bn", BRF "bn.tbl", BRF "bn.tbl"},
    {"cs", BRF "cs-g1.ctb", BRF "cs-g1.ctb"},
    {"da", BRF "da-dk-g16.ctb", BRF "da-dk-g26.ctb"},
    {"de", BRF "de-g0.utb", BRF "de-g2.ctb"},
    {"el", BRF "el.ctb", BRF "el.ctb"},
    {"en", BRF "en-ueb-g1.ctb", BRF "en-ueb-g2.ctb"},
    {"es", BRF "es-g1.ctb", BRF "es-g2.ctb"},
    {"et", BRF "et-g0.utb", BRF "et-g0.utb"},
    {"fa", BRF "fa-ir-g1.utb", BRF "fa-ir-g1.utb"},
    {"fi", BRF "fi.utb", BRF "fi.utb"},
    {"fr", BRF "fr-bfu-comp6.utb", BRF "fr-bfu-g2.ctb"},
    {"ga", BRF "ga-g1.utb", BRF "ga-g2.ctb"},
    {"he", BRF "he-IL.utb", BRF "he-IL.utb"},
    {"hi", BRF "hi-in-g1.utb", BRF "hi-in-g1.utb"},
    {"hr", BRF "hr-g1.ctb", BRF "hr-g1.ctb"},
    {"hu", BRF "hu-hu-g1.ctb", BRF "hu-hu-g2.ctb"},
    {"it", BRF "it-it-comp6.utb", BRF "it-it-comp6.utb"},
    {"ko", BRF "ko-2006-g1.ctb", BRF "ko-2006-g2.ctb"},
    {"lt", BRF "lt-6dot.utb", BRF "lt-6dot.utb"},
    {"mt", BRF "mt.ctb", BRF "mt.ctb"},
    {"nl", BRF "nl-NL-g0.utb", BRF "nl-NL-g0.utb"},
    {"no", BRF "no-no-g0.utb", BRF "no-no-g3.ctb"},
    {"nb", BRF "no-no-g0.utb", BRF "no-no-g3.ctb"},
    {"pl", BRF "pl.tbl", BRF "pl.tbl"},
    {"pt", BRF "pt-pt-g1.utb", BRF "pt-pt-g2.ctb"},
    {"ro", BRF "ro.ctb", BRF "ro.ctb"},
    {"ru", BRF "ru-ru-g1.ctb", BRF "ru-ru-g1.ctb"},
    {"sk", BRF "sk-g1.ctb", BRF "sk-g1.ctb"},
    {"sl", BRF "sl-si-g1.utb", BRF "sl-si-g1.utb"},
    {"sv", BRF "sv-g0.utb", BRF "sv-g2.ctb"},
    {"sw", BRF "sw-ke-g1.utb", BRF "sw-ke-g2.ctb"},
    {"tr", BRF "tr-g1.ctb", BRF "tr-g2.ctb"},
    {"uk", BRF "uk.utb", BRF "uk.utb"},
    {"ur", BRF "ur-pk-g1.utb", BRF "ur-pk-g2.ctb"},
    {"vi", BRF "vi-vn-g1.ctb", BRF "vi-vn-g2.ctb"},
    {"zh", BRF "zhcn-g1.ctb", BRF "zhcn-g2.ctb"},
};
#undef BRF

const char *braille_tables(text language, bool contracted)
{
    text primary = language_primary(language);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (text_equal_c(primary, tables[i].language))
            return contracted ? tables[i].contracted : tables[i].plain;
    }
    return NULL;
}
