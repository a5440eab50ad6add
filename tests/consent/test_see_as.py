"""The portal through a relative's eyes: what they see, of this resident, and no more."""

import datetime as dt
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_script_prefix, reverse

from community.models import Enquiry
from consent import actions as consent
from consent.models import Consent, TalkWish, UnconsentedDisclosure
from consent.views.see_as import PAGES
from portal import clock
from portal.backends import Backend
from portal.models import AuditEvent, Draft, User
from portal.rooms import Found
from relatives.models import (
    Agreement,
    AgreementReply,
    Relation,
    Relative,
    Representation,
)
from residents.models import Grant, Resident
from residents.sight import narrowed
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    EmploymentFactory,
    ExpectationFactory,
    ExtractItemFactory,
    MeetingFactory,
    RelationFactory,
    UserFactory,
)

TITLE = re.compile(r"(?<=<title>)Som [^:<]+: ")
BANNER = re.compile(r'\n\n<aside class="looking".*?</aside>\n', re.DOTALL)
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
# What opens a picture's address holds the second it was made in.
KEY = re.compile(r"\b[0-9A-Za-z]{6}:[\w-]{43}\b")


# A picture has no banner around it: tests/news/test_photos.py, knowledge/test_turning.py.
PICTURES = {"news:photo", "news:photo-small", "knowledge:portrait"}


def as_they_see(client, relation, page=""):
    return client.get(f"/as/{relation.uuid}/{page}")


def pages(cast):
    """Every page that relatives read, with something of Bo's about his health."""
    extract = ExtractItemFactory(
        hand_out__printout=cast.printed, hand_out__relation=cast.jenss
    ).hand_out
    return {
        "home": "",
        "relatives:my-agreements": "my-agreements/",
        "relatives:my-who-does-what": "my-agreements/who-does-what/",
        "relatives:my-calls": "my-calls/",
        "relatives:agreement": f"agreements/{cast.dentist.uuid}/",
        "relatives:my-residents": "my-residents/",
        "relatives:confidentiality": "confidentiality/",
        "meetings:extract": f"extracts/{extract.uuid}/",
        "meetings:my-expectations": "my-expectations/",
        "news:news": "news/",
        "news:news-item": f"news/{cast.party.address}/",
        "news:events": "events/",
        "news:events-past": "events/past/",
        "news:event": f"events/{cast.festival.address}/",
        "residents:search": "search/?q=p",
        "news:everyday": "everyday/",
        "news:everyday-of": f"residents/{cast.bo.uuid}/everyday/",
        "news:entry": f"everyday/{cast.checkup.address}/",
        "knowledge:articles": "knowledge/",
        "knowledge:article": f"knowledge/{cast.rules.address}/",
        "knowledge:words": "words/",
        "knowledge:associations": "associations/",
        "knowledge:whom": "whom/",
    }


@pytest.fixture
def guardian(cast):
    """Niels is Bo's legal guardian for his money, and for that alone."""
    relation = RelationFactory(
        resident=cast.bo,
        relative__given_name="Niels",
        relative__user__name="Niels",
        kind=Relation.Kind.LEGAL_GUARDIAN,
    )
    Representation.objects.create(
        relation=relation, kind=Representation.Kind.ECONOMIC, recorded_by=cast.karen
    )
    return relation


def test_every_page_that_may_be_looked_at_is_tried(cast):
    assert pages(cast).keys() == PAGES - PICTURES


@pytest.mark.parametrize("page", sorted(PAGES - PICTURES))
@pytest.mark.parametrize("previewer", ["mette", "bos"])
def test_the_page_is_the_relatives_own_but_for_banner_title_csrf_and_prefix(
    cast, sign_in, page, previewer, monkeypatch
):
    # What somebody has written to us nobody reads through their eyes.
    nothing = Found(Enquiry.objects.none(), lambda _rows: ())
    monkeypatch.setattr("community.rooms._own", lambda _user: nothing)
    tell(cast.jenss, Topic.HEALTH, by=cast.mette)
    path = pages(cast)[page]
    theirs = sign_in(cast.jens).get(f"/{path}")

    seen = as_they_see(sign_in(getattr(cast, previewer)), cast.jenss, path)

    text = seen.content.decode()
    assert len(BANNER.findall(text)) == 1
    assert len(TITLE.findall(text)) == 1
    text = BANNER.sub("", text).replace(f"/as/{cast.jenss.uuid}/", "/")
    text = TITLE.sub("", text)
    text, own = (
        KEY.sub("", CSRF.sub("", one)) for one in (text, theirs.content.decode())
    )
    assert text == own
    assert seen.status_code == theirs.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "agreements/{economy}/",
        "everyday/{purse}/",
        "residents/{ida}/everyday/",
        "agreements/{idas_rent}/",
        "news/{bakkens_party}/",
    ],
)
def test_what_the_relative_may_not_see_is_not_found_here_either(cast, sign_in, path):
    path = path.format(
        economy=cast.pocket_money.uuid,
        purse=cast.purse.address,
        ida=cast.ida.uuid,
        idas_rent=cast.idas_rent.uuid,
        bakkens_party=cast.bakkens_party.address,
    )
    EmploymentFactory(user=cast.anna, department=cast.bakken)

    response = as_they_see(sign_in(cast.clara), cast.annas, path)

    assert response.status_code == 404
    assert BANNER.search(response.content.decode())


@pytest.mark.parametrize(
    "path",
    [
        "account/",
        "account/password/change/",
        "account/mfa/",
        "drafts/",
        "residents/",
        "agreements/",
        "everyday/write/",
        "home/staff/",
        "no-such-page/",
        "my-agreements",
        "/news/",
        "as/{annas}/",
        "my-consents/",
        "agreements/{dentist}/ask/",
    ],
)
def test_pages_that_nobody_reads_as_a_relative_are_left_out(cast, sign_in, path):
    path = path.format(annas=cast.annas.uuid, dentist=cast.dentist.uuid)

    response = as_they_see(sign_in(cast.mette), cast.annas, path)

    assert response.status_code == 404
    assert not BANNER.search(response.content.decode())


@pytest.mark.parametrize("path", ["", "agreements/{0}/confirm/", "account/logout/"])
def test_nothing_can_be_sent_from_there(cast, sign_in, path):
    path = path.format(cast.dentist.uuid)
    before = AgreementReply.objects.count()
    client = sign_in(cast.mette)

    response = client.post(f"/as/{cast.annas.uuid}/{path}")

    assert response.status_code == 403
    assert "consent/looking_only.html" in {t.name for t in response.templates}
    assert AgreementReply.objects.count() == before
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_no_other_way_of_asking_is_known(cast, sign_in, method):
    path = reverse("consent:see-as", args=[cast.annas.uuid])

    assert sign_in(cast.mette).generic(method, path).status_code == 405


def test_looking_is_in_the_log_page_by_page(cast, sign_in):
    client = sign_in(cast.mette)
    as_they_see(client, cast.annas)
    as_they_see(client, cast.annas, "my-agreements/")

    looked = AuditEvent.objects.filter(verb="relative.seen_as", actor=cast.mette)
    assert list(looked.values_list("subject", "facts__page")) == [
        (f"relatives.relation:{cast.annas.pk}", "home"),
        (f"relatives.relation:{cast.annas.pk}", "relatives:my-agreements"),
    ]


def test_looking_changes_nothing_for_the_relative(cast, sign_in):
    before = User.objects.filter(pk=cast.anna.pk).values().get()
    client, every = sign_in(cast.mette), pages(cast).values()

    with CaptureQueriesContext(connection) as asked:
        for page in every:
            as_they_see(client, cast.annas, page)

    assert User.objects.filter(pk=cast.anna.pk).values().get() == before
    assert not Draft.objects.filter(user=cast.anna).exists()
    written = {
        query["sql"].split('"')[1]
        for query in asked
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }
    assert written == {"portal_auditevent", "residents_accessevent"}


def test_a_page_that_would_write_fails_instead(cast, sign_in, monkeypatch):
    def greedy(user):
        with transaction.atomic():
            Draft.objects.create(user=cast.anna, form="/", fields={})
        return []

    monkeypatch.setattr("news.rooms.cards", greedy)
    client = sign_in(cast.mette)

    with pytest.raises(TypeError, match="Nothing is written"):
        as_they_see(client, cast.annas)

    # And the way out of the mode is taken also then.
    assert get_script_prefix() == "/"
    assert not Draft.objects.exists()


def test_addresses_lead_out_again_after_every_page(cast, sign_in):
    client = sign_in(cast.mette)
    for page in ("", "everyday/00000000-0000-4000-8000-000000000000/", "account/"):
        as_they_see(client, cast.annas, page)

        assert get_script_prefix() == "/"
        assert "/as/" not in client.get("/").content.decode()


def test_news_for_the_reader_waits_for_a_page_of_the_readers_own(cast, sign_in):
    client = sign_in(cast.mette)
    client.post(
        reverse("consent:consent-withdraw", args=[cast.annas.consents.get().uuid])
    )

    in_the_mode = as_they_see(client, cast.annas).content.decode()
    outside = client.get("/").content.decode()

    assert "alert-success" not in in_the_mode
    assert "alert-success" in outside


def test_a_stop_empties_the_view_at_the_next_click(cast, sign_in):
    client = sign_in(cast.mette)
    path = f"everyday/{cast.checkup.address}/"
    assert as_they_see(client, cast.annas, path).status_code == 200

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    assert as_they_see(client, cast.annas, path).status_code == 404


def test_a_relative_without_a_log_in_sees_nothing_and_the_page_says_why(cast, sign_in):
    Relative.objects.filter(pk=cast.jenss.relative_id).update(user=None)

    response = as_they_see(sign_in(cast.mette), cast.jenss)

    assert response.status_code == 200
    assert "consent/no_eyes.html" in {t.name for t in response.templates}


def test_a_closed_log_in_sees_nothing(cast, sign_in):
    User.objects.filter(pk=cast.jens.pk).update(is_active=False)

    response = as_they_see(sign_in(cast.mette), cast.jenss, "news/")

    assert "consent/no_eyes.html" in {t.name for t in response.templates}


def test_who_has_not_read_the_duty_is_seen_before_it(cast, sign_in):
    Relative.objects.update(confidentiality_accepted_at=None)
    client = sign_in(cast.mette)

    first = as_they_see(client, cast.annas)

    duty = f"/as/{cast.annas.uuid}/confidentiality/"
    assert (first.status_code, first.url) == (302, duty)
    assert client.get(duty).status_code == 200
    assert client.post(duty).status_code == 403
    assert not Relative.objects.exclude(confidentiality_accepted_at=None).exists()


def test_an_ended_relation_is_nobodys_eyes(cast, sign_in):
    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=clock.now(), ended_by=cast.mette
    )

    for who in (cast.mette, cast.bos):
        assert as_they_see(sign_in(who), cast.annas).status_code == 404


def test_a_legal_guardian_looks_only_where_they_act_and_somebody_was_let_in(
    cast, sign_in, guardian
):
    client = sign_in(guardian.relative.user)

    # Rikke hears of Bo's health and his economy; Anna of his health alone, Jens of nothing.
    assert as_they_see(client, cast.rikkes).status_code == 200
    for other in (cast.annas, cast.jenss, cast.idas, guardian):
        assert as_they_see(client, other).status_code == 404

    def statuses(relation):
        return [
            as_they_see(client, relation, path).status_code
            for path in (
                f"everyday/{cast.purse.address}/",
                f"agreements/{cast.pocket_money.uuid}/",
                f"everyday/{cast.checkup.address}/",
                f"agreements/{cast.dentist.uuid}/",
            )
        ]

    assert statuses(cast.rikkes) == [200, 200, 404, 404]


def test_wishes_are_seen_as_the_relative_sees_them_and_not_by_who_acts_by_law(
    cast, sign_in, guardian
):
    tell(cast.rikkes, Topic.MEETINGS, action="take_part", by=cast.mette)
    ExpectationFactory(
        resident=cast.bo,
        relation=cast.rikkes,
        text="Aunt's hope",
        recorded_by=cast.mette,
    )

    for person, status in (
        (cast.mette, 200),
        (cast.bos, 200),
        (guardian.relative.user, 404),
    ):
        seen = as_they_see(sign_in(person), cast.rikkes, "my-expectations/")
        assert seen.status_code == status, person
        assert ("Aunt&#x27;s hope" in seen.content.decode()) == (status == 200)


def test_a_legal_guardian_finds_the_way_and_nobody_else_is_named(
    cast, sign_in, guardian
):
    page = sign_in(guardian.relative.user).get("/my-residents/").content.decode()

    assert set(re.findall(r"/as/([0-9a-f-]+)/", page)) == {str(cast.rikkes.uuid)}
    assert "Rikke" in page
    assert "Anna" not in page
    assert "Jens" not in page
    for other in (cast.anna, cast.jens, cast.rikke):
        assert "/as/" not in sign_in(other).get("/my-residents/").content.decode()


def test_only_what_a_resident_decides_is_said_to_change(cast, sign_in, guardian):
    def by_consent(user):
        return sign_in(user).get("/my-residents/").context["by_consent"]

    assert by_consent(cast.anna)
    assert not by_consent(guardian.relative.user)


def test_a_legal_guardian_is_seen_as_they_see(cast, sign_in, guardian):
    theirs = sign_in(guardian.relative.user).get("/my-residents/")

    seen = as_they_see(sign_in(cast.mette), guardian, "my-residents/")

    text = TITLE.sub("", BANNER.sub("", seen.content.decode()))
    text = text.replace(f"/as/{guardian.uuid}/", "/")
    text, own = (
        KEY.sub("", CSRF.sub("", one)) for one in (text, theirs.content.decode())
    )
    assert text == own


def test_whoever_rests_on_law_is_not_looked_through_by_another(cast, sign_in, guardian):
    other = RelationFactory(resident=cast.bo)
    Representation.objects.create(
        relation=other, kind=Representation.Kind.ECONOMIC, recorded_by=cast.karen
    )
    tell(other, Topic.ECONOMY, by=cast.mette)

    assert as_they_see(sign_in(guardian.relative.user), other).status_code == 404
    assert as_they_see(sign_in(other.relative.user), guardian).status_code == 404
    assert as_they_see(sign_in(cast.mette), guardian).status_code == 200


def test_an_invitation_is_not_shown_to_whoever_acts_in_other_matters(
    cast, sign_in, guardian
):
    tell(cast.rikkes, Topic.ECONOMY, by=cast.mette)
    meeting = MeetingFactory(
        resident=cast.bo,
        status="planned",
        planned_at=clock.now() + dt.timedelta(days=1),
    )
    meeting.participants.create(relation=cast.rikkes, accepted_on=clock.today())
    invitation = str(meeting.uuid)

    theirs = as_they_see(sign_in(guardian.relative.user), cast.rikkes)

    assert theirs.status_code == 200
    assert invitation not in theirs.content.decode()
    assert invitation in as_they_see(sign_in(cast.mette), cast.rikkes).content.decode()


def test_a_guardianship_that_has_ended_opens_no_eyes(cast, sign_in, guardian):
    today = clock.today()
    Representation.objects.update(
        starts_on=today - dt.timedelta(days=9), ends_on=today - dt.timedelta(days=1)
    )

    assert as_they_see(sign_in(guardian.relative.user), cast.rikkes).status_code == 404


def test_guardian_answers_for_the_narrowed_as_the_gate_does(cast):
    """has_perm() at the person seen as: of this resident, of these topics, else no."""
    ida = Resident.objects.get(pk=cast.ida.pk)

    def eyes(**narrower):
        return narrowed(Backend().get_user(cast.rikke.pk), resident=cast.bo, **narrower)

    tell(
        RelationFactory(resident=ida, relative=cast.rikkes.relative),
        Topic.HEALTH,
        by=cast.tim,
    )
    assert cast.rikke.has_perm("residents.see_health", ida)
    whole, part = eyes(), eyes(topics={Topic.ECONOMY})
    answers = [
        (person.has_perm(f"residents.see_{topic}", one))
        for person in (whole, part)
        for one in (cast.bo, ida)
        for topic in ("health", "economy", "daily")
    ]

    assert answers == [True, True, False, False, False, False] + [
        False,
        True,
        False,
        False,
        False,
        False,
    ]
    assert not whole.has_perm("portal.work_in_department", cast.elsewhere)
    assert not whole.has_perm("residents.see_health")


def test_the_narrowed_have_no_job_no_power_and_no_home_of_their_own(cast):
    Resident.objects.filter(pk=cast.ida.pk).update(user=cast.rikke)

    rikke = Backend().get_user(cast.rikke.pk)
    rikke.is_superuser = True

    eyes = narrowed(rikke, resident=cast.bo)

    assert eyes.employments_in_force == []
    assert not eyes.is_superuser
    assert not hasattr(eyes, "resident")
    assert list(Resident.objects.visible_to(eyes)) == [cast.bo]
    assert not Resident.objects.of(eyes).exists()
    # Bo's by a consent to her, and none of what is Ida's own.
    for model in (Consent, TalkWish, UnconsentedDisclosure):
        assert not model.objects.visible_to(eyes).exists()
    assert set(Grant.objects.of(eyes).values_list("content_object", flat=True)) == {
        cast.bo.pk
    }
    assert set(Agreement.objects.visible_to(eyes)) == {
        cast.dentist,
        cast.pocket_money,
    }
    with pytest.raises(TypeError, match="Nothing is written"):
        eyes.save()


def test_a_page_costs_one_look_at_the_relation_more(cast, sign_in):
    tell(cast.jenss, Topic.HEALTH, by=cast.mette)
    client = sign_in(cast.jens)
    client.get("/my-agreements/")
    with CaptureQueriesContext(connection) as theirs:
        client.get("/my-agreements/")
    client = sign_in(cast.mette)
    as_they_see(client, cast.jenss, "my-agreements/")
    with CaptureQueriesContext(connection) as ours:
        as_they_see(client, cast.jenss, "my-agreements/")

    assert len(ours) <= 12
    assert len(ours) - len(theirs) <= 7


def test_nobody_signed_in_is_led_to_the_log_in(cast, client):
    UserFactory()
    response = as_they_see(client, cast.annas)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
