"""Words of many languages and scripts, and the sentences that are made of them."""

LATIN = {
    "en": "office staff affluent fluffy first find clean water helps children families learn to walk together because "
          "every small step counts and nobody is left behind internationalisation",
    "de": "Straße Übergröße schöne Hände waschen Wasser hilft Kindern und Familien gehen lernen weil jeder Schritt zählt "
          "Donaudampfschifffahrtsgesellschaft Ärztin Öffnung",
    "fr": "œuvre naïve été garçon façade l’enfant marche déjà où l’eau claire aide les familles à grandir cœur aperçu "
          "anticonstitutionnellement",
    "es": "niño pequeño agua limpia ayuda a las familias año corazón camina también después según señal pingüino",
    "cs": "příliš žluťoučký kůň úpěl ďábelské ódy čistá voda pomáhá dětem řeřicha",
    "tr": "ışık iğne çocuk su temizdir aileler öğrenir yürümek şimdi güzel İstanbul kıyı",
    "vi": "nước sạch tốt cho tất cả mọi người trẻ em học đi cùng gia đình ngưỡng nghiệm",
    "el": "καθαρό νερό βοηθά τα παιδιά και τις οικογένειες κάθε βήμα μετράει όλους ώρα ΰλη",
    "ru": "чистая вода помогает детям и семьям каждый шаг важен ёлка объём съезд щука",
    "hi": "स्वच्छ पानी सभी के लिए अच्छा है क्षेत्र ज्ञान शक्ति स्त्री हिन्दी बच्चे कार्यक्रम",
    "bn": "পরিষ্কার জল সবার জন্য ভালো ক্ষমা জ্ঞান স্ত্রী কোন শিশু",
    "ta": "சுத்தமான நீர் அனைவருக்கும் நல்லது கொடு சௌகரியம் குழந்தை",
    "ar": "الماء النظيف مفيد للجميع لا إله الأطفال سلامٌ ١٢٣ يتعلم المشي مع الأسرة لأن كل خطوة مهمة",
    "fa": "آب پاک برای همه خوب است می‌خواهم کودک خانواده گام ۴۵۶ پژوهش",
    "ur": "صاف پانی سب کے لیے اچھا ہے بچے خاندان قدم",
    "he": "מים נקיים טובים לכולם שָׁלוֹם ילדים לומדים ללכת עם המשפחה כל צעד חשוב",
    "ko": "깨끗한 물은 모두에게 좋습니다 아이들은 가족과 함께 걷기를 배웁니다 한국어",
    "hy": "Մաքուր ջուրը լավ է բոլորի համար երեխա",
    "ka": "სუფთა წყალი ყველასთვის კარგია ბავშვი",
    "am": "ንጹህ ውሃ ለሁሉም ጥሩ ነው ልጆች",
}
# Written without spaces: pieces that stand next to each other.
RUNNING = {
    "zh-Hans": "干净的 水 对 所有人 都 好 孩子们 学习 走路 因为 每一步 重要 骨头 直接 角度 门",
    "zh-Hant": "乾淨的 水 對 所有人 都 好 孩子們 學習 走路 因為 每一步 重要 骨頭 直接 角度 門",
    "ja": "きれいな 水は みんなに よいもの です カタカナ 漢字 子どもたちが 歩く ことを 学ぶ 直接 骨 ー っ",
    "th": "น้ำสะอาด ดี สำหรับ ทุกคน ที่นี่ เด็ก เรียนรู้ การเดิน กับ ครอบครัว",
    "km": "ទឹកស្អាត ល្អ សម្រាប់ មនុស្ស គ្រប់គ្នា",
    "my": "ရေသန့်သည် လူတိုင်း အတွက် ကောင်းသည်",
}
LANGUAGES = sorted(LATIN) + sorted(RUNNING)
RIGHT_TO_LEFT = {"ar", "fa", "ur", "he"}
WORDS = {language: text.split() for language, text in {**LATIN, **RUNNING}.items()}
STOPS = {"hi": "।", "bn": "।", "ur": "۔", "zh-Hans": "。", "zh-Hant": "。", "ja": "。", "th": "", "hy": "։", "am": "።",
         "my": "။", "km": "។"}


def rare_han(chance):
    """Hanzi that hardly anyone reads: they make large and odd subsets of the font."""
    return "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(chance.randint(1, 12)))


def word(chance, language):
    if language.startswith("zh") and chance.random() < 0.1:
        return rare_han(chance)
    if language == "ko" and chance.random() < 0.2:
        return "".join(chr(chance.randint(0xAC00, 0xD7A3)) for _ in range(chance.randint(1, 5)))
    return chance.choice(WORDS[language])


def phrase(chance, language, count):
    space = "" if language in RUNNING else " "
    return space.join(word(chance, language) for _ in range(count))


def stop(language):
    return STOPS.get(language, ".")
