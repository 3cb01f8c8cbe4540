/* Structure types: which there are, and which may stand in which. */
#include "unit.h"

#include "document/node.h"
#include "pdf/tags.h"

static void test_every_kind_of_node_has_its_tag_in_both_standards(void)
{
    for (int kind = 0; kind < NODE_KIND_COUNT; kind++) {
        const struct node_kind_facts *facts = node_kind_facts((enum node_kind)kind);
        if (facts->pdf17)
            CHECK(tag_find(facts->pdf17, PDF_UA1) != TAG_COUNT);
        if (facts->pdf20)
            CHECK(tag_find(facts->pdf20, PDF_UA2) != TAG_COUNT);
        CHECK(!facts->pdf17 == !facts->pdf20);
    }
}

static void test_tags_go_by_the_names_of_their_standard(void)
{
    CHECK(tag_find("Em", PDF_UA1) == TAG_COUNT);
    CHECK(tag_find("Em", PDF_UA2) == TAG_EM);
    CHECK(tag_find("Sect", PDF_UA1) == TAG_SECT);
    CHECK(tag_find("Note", PDF_UA1) == TAG_NOTE);
    CHECK(tag_find("FENote", PDF_UA2) == TAG_NOTE);
}

static void test_deprecated_types_stand_in_the_old_namespace(void)
{
    static const enum tag old[] = {TAG_BLOCK_QUOTE, TAG_CODE, TAG_REFERENCE,
                                   TAG_BIB_ENTRY,   TAG_TOC,  TAG_TOCI};
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++)
        CHECK(tag_namespace(old[i]) == 17);
    CHECK(tag_namespace(TAG_DOCUMENT) == 20);
    CHECK(tag_namespace(TAG_NOTE) == 20);
}

static void test_containment_follows_the_table(void)
{
    CHECK(tag_admits(TAG_TABLE, TAG_CAPTION));
    CHECK(tag_admits(TAG_LI, TAG_LBODY));
    CHECK(!tag_admits(TAG_LI, TAG_CONTENT));
    CHECK(!tag_admits(TAG_P, TAG_P));
    CHECK(!tag_admits(TAG_LINK, TAG_LINK));
    CHECK(!tag_admits(TAG_DOCUMENT, TAG_SPAN));
    CHECK(!tag_admits(TAG_TOCI, TAG_LINK));
    CHECK(tag_admits(TAG_TOCI, TAG_REFERENCE));
}

static void test_what_a_parent_does_not_admit_is_replaced(void)
{
    CHECK(tag_fitted(TAG_BLOCK_QUOTE, TAG_ASIDE) == TAG_SECT);
    CHECK(tag_fitted(TAG_NOTE, TAG_H3) == TAG_P);
    CHECK(tag_fitted(TAG_REFERENCE, TAG_CODE) == TAG_SPAN);
    CHECK(tag_fitted(TAG_DOCUMENT, TAG_CAPTION) == TAG_P);
    CHECK(tag_fitted(TAG_P, TAG_LINK) == TAG_LINK);
}

static void test_an_older_reader_knows_every_type_of_pdf_2(void)
{
    CHECK(strcmp(tag_in_older_readers(TAG_EM), "Span") == 0);
    CHECK(strcmp(tag_in_older_readers(TAG_ASIDE), "Sect") == 0);
    CHECK(strcmp(tag_in_older_readers(TAG_NOTE), "Note") == 0);
    for (int tag = 0; tag < TAG_COUNT; tag++) {
        const char *old = tag_in_older_readers((enum tag)tag);
        CHECK((old ? tag_find(old, PDF_UA1)
                   : tag_find(tag_name((enum tag)tag, PDF_UA2), PDF_UA1)) != TAG_COUNT);
    }
}

int main(void)
{
    RUN(test_every_kind_of_node_has_its_tag_in_both_standards);
    RUN(test_tags_go_by_the_names_of_their_standard);
    RUN(test_deprecated_types_stand_in_the_old_namespace);
    RUN(test_containment_follows_the_table);
    RUN(test_what_a_parent_does_not_admit_is_replaced);
    RUN(test_an_older_reader_knows_every_type_of_pdf_2);
    UNIT_EXIT();
}
