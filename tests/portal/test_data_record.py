"""The record of processing activities, made from the tables."""

import html

from django.urls import reverse
from django.utils import translation

from portal import personal, records, retention
from portal.uses import Category, Periods, Person, Uses
from tests.plain import HARDEST, lix, prose


def test_the_record_tells_of_everything_that_is_held(cast, sign_in):
    answer = sign_in(cast.clara).get(reverse("data-record"))
    page = html.unescape(answer.content.decode())

    with translation.override("da"):
        told = [
            *(use.value.title for use in Uses),
            *(use.value.purpose for use in Uses),
            *(one.value for one in (*Category, *Person)),
            *(rule.what for rule in retention.rules()),
            *(data.kept.value for data in personal.all_classes().values()),
        ]
        assert [str(one) for one in told if str(one) not in page] == []
    assert "Solgården" in page


def test_a_table_changes_what_the_record_says():
    logs = next(one for one in records.activities() if one.use is Uses.LOG)
    house = next(one for one in records.activities() if one.use is Uses.HOUSE)

    assert logs.people == list(Person)
    assert logs.periods == [Periods.LOG]
    assert Category.TOPIC in logs.categories
    assert house.people == []


def test_the_record_is_plain(cast, sign_in):
    page = sign_in(cast.clara).get(reverse("data-record")).content.decode()

    assert lix("\n".join(prose(page))) <= HARDEST["staff"]


def test_the_paper_is_a_paper(cast, sign_in):
    paper = sign_in(cast.sysse).get(reverse("data-record-paper"))

    assert paper["Content-Type"] == "application/pdf"
    assert paper["Cache-Control"] == "no-store, private"
    assert paper.content.startswith(b"%PDF")


def test_the_data_protection_officer_reads_it_too(cast, sign_in):
    for page in ("data-record", "data-record-paper"):
        assert sign_in(cast.dora).get(reverse(page)).status_code == 200
