#include "document/words.h"

#include "base/buffer.h"
#include "document/language.h"

static const char *const english[] = {
#define WORD(symbol, english_words) [WORD_##symbol] = english_words,
#include "document/words.def"
#undef WORD
};
_Static_assert(sizeof english / sizeof english[0] == WORD_COUNT, "every word in English");

/* A translation is an array in the order of words.def. */
static const char *const german[] = {
    "Inhalt",
    "Literatur",
    "Anmerkungen",
    "Hinweis",
    "Tipp",
    "Wichtig",
    "Warnung",
    "Vorsicht",
    "Video",
    "Abbildung %1",
    "Tabelle %1",
    "Anmerkung %1",
    "Zurück zum Text bei Anmerkung %1",
    "Zurück zum Text bei Anmerkung %1, Stelle %2",
    "Quelle %1",
    "Zurück zur Stelle %2, die Quelle %1 nennt",
    "Seite %1",
    "Seite %1 von %2",
    "Video ansehen",
    "Zu diesem Video ist keine Adresse bekannt.",
    "QR-Code für %1",
    "Umschlag",
    "Anfang des Textes",
    "Seiten",
    "Link zu %1",
    "Beschreibung des Bildes",
    "„%1“",
    " (Seite\u00A0%1)",
    "Abbildungen",
    "Tabellen",
    ". ",
    "; ",
};
static const char *const spanish[] = {
    "Índice",
    "Referencias",
    "Notas",
    "Nota",
    "Consejo",
    "Importante",
    "Advertencia",
    "Precaución",
    "Vídeo",
    "Figura %1",
    "Tabla %1",
    "Nota %1",
    "Volver al texto de la nota %1",
    "Volver al texto de la nota %1, llamada %2",
    "Referencia %1",
    "Volver a la cita %2 de la referencia %1",
    "Página %1",
    "Página %1 de %2",
    "Ver el vídeo",
    "No se conoce ninguna dirección para este vídeo.",
    "Código QR de %1",
    "Portada",
    "Comienzo del texto",
    "Páginas",
    "Enlace a %1",
    "Descripción de la imagen",
    "«%1»",
    " (página\u00A0%1)",
    "Figuras",
    "Tablas",
    ". ",
    "; ",
};
static const char *const french[] = {
    "Sommaire",
    "Références",
    "Notes",
    "Note",
    "Conseil",
    "Important",
    "Avertissement",
    "Attention",
    "Vidéo",
    "Figure %1",
    "Tableau %1",
    "Note %1",
    "Retour au texte, note %1",
    "Retour au texte, note %1, appel %2",
    "Référence %1",
    "Retour à la citation %2 de la référence %1",
    "Page %1",
    "Page %1 sur %2",
    "Regarder la vidéo",
    "Aucune adresse n’est connue pour cette vidéo.",
    "Code QR pour %1",
    "Couverture",
    "Début du texte",
    "Pages",
    "Lien vers %1",
    "Description de l’image",
    "«\u00A0%1\u00A0»",
    " (page\u00A0%1)",
    "Figures",
    "Tableaux",
    ". ",
    "\u202F; ",
};
static const char *const arabic[] = {
    "المحتويات",
    "المراجع",
    "الحواشي",
    "ملاحظة",
    "نصيحة",
    "مهم",
    "تحذير",
    "احتراس",
    "فيديو",
    "الشكل %1",
    "الجدول %1",
    "الحاشية %1",
    "العودة إلى النص عند الحاشية %1",
    "العودة إلى النص عند الحاشية %1، الموضع %2",
    "المرجع %1",
    "العودة إلى الاقتباس %2 من المرجع %1",
    "الصفحة %1",
    "الصفحة %1 من %2",
    "شاهد الفيديو",
    "لا يُعرف عنوان لهذا الفيديو.",
    "رمز QR لـ %1",
    "الغلاف",
    "بداية النص",
    "الصفحات",
    "رابط إلى %1",
    "وصف الصورة",
    "«%1»",
    " (صفحة\u00A0%1)",
    "الأشكال",
    "الجداول",
    ". ",
    "؛ ",
};
static const char *const hindi[] = {
    "विषय-सूची",
    "संदर्भ",
    "टिप्पणियाँ",
    "टिप्पणी",
    "सुझाव",
    "महत्वपूर्ण",
    "चेतावनी",
    "सावधानी",
    "वीडियो",
    "चित्र %1",
    "तालिका %1",
    "टिप्पणी %1",
    "टिप्पणी %1 के पाठ पर वापस",
    "टिप्पणी %1, स्थान %2 के पाठ पर वापस",
    "संदर्भ %1",
    "संदर्भ %1 के उद्धरण %2 पर वापस",
    "पृष्ठ %1",
    "पृष्ठ %1, कुल %2",
    "वीडियो देखें",
    "इस वीडियो का कोई पता ज्ञात नहीं है।",
    "%1 के लिए क्यूआर कोड",
    "आवरण",
    "पाठ का आरंभ",
    "पृष्ठ",
    "%1 का लिंक",
    "चित्र का विवरण",
    "“%1”",
    " (पृष्ठ\u00A0%1)",
    "चित्र",
    "तालिकाएँ",
    ". ",
    "; ",
};
static const char *const chinese[] = {
    "目录",
    "参考文献",
    "注释",
    "说明",
    "提示",
    "重要",
    "警告",
    "注意",
    "视频",
    "图 %1",
    "表 %1",
    "注 %1",
    "返回注 %1 的正文",
    "返回注 %1 的正文，第 %2 处",
    "参考文献 %1",
    "返回参考文献 %1 的第 %2 处引用",
    "第 %1 页",
    "第 %1 页，共 %2 页",
    "观看视频",
    "此视频的地址未知。",
    "%1 的二维码",
    "封面",
    "正文开始",
    "页码",
    "链接至 %1",
    "图片说明",
    "“%1”",
    "（第%1页）",
    "图",
    "表",
    "：",
    "；",
};
#define COMPLETE(language)                                                                         \
    _Static_assert(sizeof(language) / sizeof(language)[0] == WORD_COUNT, "every word")
COMPLETE(german);
COMPLETE(spanish);
COMPLETE(french);
COMPLETE(arabic);
COMPLETE(hindi);
COMPLETE(chinese);

static const struct {
    const char *language; /* primary subtag */
    const char *tag;
    const char *const *words;
} languages[] = {
    {"en", "en", english}, {"de", "de", german}, {"es", "es", spanish},      {"fr", "fr", french},
    {"ar", "ar", arabic},  {"hi", "hi", hindi},  {"zh", "zh-Hans", chinese},
};

text word_in(text language, enum word word, text *language_used)
{
    size_t chosen = 0;
    bool is_traditional = text_equal_c(text_from_c(language_script(language)), "Hant");
    for (size_t i = 0; i < sizeof languages / sizeof *languages && !is_traditional; i++) {
        if (language_primary_is(language, languages[i].language))
            chosen = i;
    }
    if (language_used)
        *language_used = text_from_c(languages[chosen].tag);
    return text_from_c(languages[chosen].words[word]);
}

text word_filled(struct arena *arena, text language, enum word word, text first, text second)
{
    text pattern = word_in(language, word, NULL);
    struct buffer filled;
    buffer_init(&filled, pattern.length + first.length + second.length + 1);
    for (size_t i = 0; i < pattern.length; i++) {
        bool is_place = pattern.bytes[i] == '%' && i + 1 < pattern.length &&
                        (pattern.bytes[i + 1] == '1' || pattern.bytes[i + 1] == '2');
        if (is_place)
            buffer_add_text(&filled, pattern.bytes[++i] == '1' ? first : second);
        else
            buffer_add_byte(&filled, pattern.bytes[i]);
    }
    text result = arena_copy(arena, buffer_text(&filled));
    buffer_release(&filled);
    return result;
}
