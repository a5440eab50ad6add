"""How hard the portal's own words are, on the pages that people meet most, by role."""

import pytest
from django.urls import reverse

from tests.plain import HARDEST, lix, prose

EVERYBODYS = (
    "home",
    "news:news",
    "news:news-archive",
    "news:newsletters",
    "news:events",
    "news:events-past",
    "news:everyday",
    "community:ideas",
    "community:idea-new",
    "residents:search",
    "knowledge:articles",
    "knowledge:words",
    "knowledge:associations",
    "knowledge:whom",
)
OUTSIDE = ("community:my-enquiries", "community:my-enquiry-new")
AT_WORK = (
    "news:news-write",
    "news:newsletter-write",
    "news:everyday-choose",
    "community:enquiries",
    "knowledge:article-write",
    "knowledge:word-write",
    "knowledge:association-write",
)
# Lists of texts that are the library's own words; residents have an easy version of each
# article, and tests/knowledge measures all of them.
OF_THE_LIBRARY = {"knowledge:articles", "knowledge:words", "knowledge:associations"}
ROLES = {
    "anna": ("relatives", EVERYBODYS + OUTSIDE),
    "bos": (
        "residents",
        tuple(name for name in EVERYBODYS + OUTSIDE if name not in OF_THE_LIBRARY),
    ),
    "clara": ("staff", EVERYBODYS + AT_WORK),
    "dora": (
        "staff",
        (
            "home",
            "consent:the-logs",
            "consent:log-events",
            "consent:incidents",
            "consent:incident-report",
        ),
    ),
}


@pytest.mark.parametrize("person", ROLES)
def test_what_the_portal_says_is_easy_to_read(cast, sign_in, person):
    whom, names = ROLES[person]
    client = sign_in(getattr(cast, person))
    told = {reverse(name): client.get(reverse(name)) for name in names}
    told["nothing found"] = client.get(reverse("residents:search"), {"q": "zzzz"})

    assert {page: shown.status_code for page, shown in told.items()} == dict.fromkeys(
        told, 200
    )
    texts = {page: prose(shown.content.decode()) for page, shown in told.items()}
    hard = {
        page: round(lix("\n".join(said)))
        for page, said in texts.items()
        if said and lix("\n".join(said)) > HARDEST[whom]
    }
    assert hard == {}
