/* Dates as people write them. */
#include "tests/unit/unit.h"

#include "document/dates.h"

static void check_rows(const char *const (*rows)[3], size_t count)
{
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < count; i++)
        CHECK_TEXT(date_of_words(&arena, text_from_c(rows[i][0]), text_from_c(rows[i][1])),
                   rows[i][2]);
    arena_release(&arena);
}
#define CHECK_ROWS(rows) check_rows((rows), sizeof(rows) / sizeof(rows)[0])

static void test_dates_of_standards_are_read(void)
{
    static const char *const rows[][3] = {
        {"2019", "en", "2019"},
        {"2019-10", "en", "2019-10"},
        {"2019-10-11", "en", "2019-10-11"},
        {"2019-10-11T10:00:00Z", "en", "2019-10-11"},
        {"2017-02-10 21:58:56 -0800", "en", "2017-02-10"},
        {"2017-02-10T21:58:56.123+05:30", "en", "2017-02-10"},
        {"2020-02-29", "en", "2020-02-29"},
        {"2022/10/18", "en", "2022-10-18"},
    };
    CHECK_ROWS(rows);
}

static void test_names_of_months_are_read_in_the_language_and_in_english(void)
{
    static const char *const rows[][3] = {
        {"11 October 2019", "en", "2019-10-11"},
        {"October 11, 2019", "en", "2019-10-11"},
        {"11th of October, 2019", "en", "2019-10-11"},
        {"Fri, 11 Oct 2019, 3:15 pm", "en", "2019-10-11"},
        {"Feb 2021", "en", "2021-02"},
        {"Sept. 2019", "en", "2019-09"},
        {"11. Oktober 2019", "de", "2019-10-11"},
        {"Freitag, den 11. Okt. 2019", "de", "2019-10-11"},
        {"11 October 2019", "de", "2019-10-11"},
        {"1er octobre 2019", "fr", "2019-10-01"},
        {"le 11 févr. 2019", "fr", "2019-02-11"},
        {"11 de octubre de 2019", "es", "2019-10-11"},
        {"11 mar 2019", "it", "2019-03-11"},
        {"11 октября 2019 г.", "ru", "2019-10-11"},
        {"Октябрь 2019", "ru", "2019-10"},
        {"2019年10月11日", "ja", "2019-10-11"},
        {"2019年1月", "zh-Hans", "2019-01"},
        {"2019년 10월 11일", "ko", "2019-10-11"},
        {"2019年10月11日", "en", "2019-10-11"},
        {"١١ أكتوبر ٢٠١٩", "ar-EG", "2019-10-11"},
        {"11 Ekim 2019", "tr", "2019-10-11"},
        {"2019 年 10 月 11 日", "zh-Hans", "2019-10-11"},
        {"2019 年 10 月 11 號", "zh-Hant", "2019-10-11"},
        {"2019년 10 월 11 일", "ko", "2019-10-11"},
        {"ngày 11 tháng 10 năm 2019", "vi", "2019-10-11"},
        {"2019 m. spalio 11 d.", "lt", "2019-10-11"},
        {"11 ตุลาคม 2562", "th", "2019-10-11"},
        {"2562", "th", "2019"},
        {"11 ตุลาคม 2019", "th", "2019-10-11"},
    };
    CHECK_ROWS(rows);
}

static void test_numbers_are_read_as_the_region_orders_them(void)
{
    static const char *const rows[][3] = {
        {"18.10.2022", "de", "2022-10-18"},  {"18-10-2022", "nl", "2022-10-18"},
        {"18/10/2022", "fr", "2022-10-18"},  {"3/4/2019", "fr", "2019-04-03"},
        {"3/4/2019", "en-GB", "2019-04-03"}, {"3/4/2019", "en-US", "2019-03-04"},
        {"10/18/2022", "en", "2022-10-18"},  {"10/2022", "en", "2022-10"},
    };
    CHECK_ROWS(rows);
}

static void test_what_is_no_date_or_two_is_none(void)
{
    static const char *const rows[][3] = {
        {"", "en", ""},
        {"today", "en", ""},
        {"3/4/2019", "en", ""},
        {"2019-02-29", "en", ""},
        {"2019-13-01", "en", ""},
        {"31 April 2019", "en", ""},
        {"12 May 21", "en", ""},
        {"Winter 2021", "en", ""},
        {"October–November 2019", "en", ""},
        {"11 12 October 2019", "en", ""},
        {"20191011", "en", ""},
        {"{{date}}", "en", ""},
        {"`r Sys.Date()`", "en", ""},
        {"0000", "en", ""},
        {"Mayor 2019", "en", ""},
        {"99999999999999999999", "en", ""},
    };
    CHECK_ROWS(rows);
}

int main(void)
{
    RUN(test_dates_of_standards_are_read);
    RUN(test_names_of_months_are_read_in_the_language_and_in_english);
    RUN(test_numbers_are_read_as_the_region_orders_them);
    RUN(test_what_is_no_date_or_two_is_none);
    UNIT_EXIT();
}
