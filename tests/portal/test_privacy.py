"""What people are told about their own data: to whom, when, in which words, once."""

import hashlib
import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from portal import clock, privacy, privacy_texts
from portal.models import AuditEvent, PrivacyShown
from residents.models import AccessEvent
from tests.factories import RepresentationFactory
from tests.plain import HARDEST, lix, prose

MINE = reverse("my-privacy")
GOOD = "tre grønne heste i regnvejr"
# A change of words is a new version: write both anew.
WORDS = {"2026-11-22": "27016938f65d2265"}


@pytest.fixture
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


def log_in(client, user):
    """By the form, as people do."""
    user.set_password(GOOD)
    user.save()
    user.emailaddress_set.update_or_create(
        email=user.email, defaults={"verified": True, "primary": True}
    )
    return client.post(
        reverse("account_login"), {"login": user.email, "password": GOOD}
    )


@pytest.mark.usefixtures("in_english")
def test_after_the_first_log_in_the_text_comes_before_the_start_page_and_then_never(
    client, cast
):
    log_in(client, cast.mette)
    assert client.get("/").headers["Location"] == MINE

    page = client.get(MINE).content.decode()
    assert "Welcome, Mette" in page
    assert "Åkanden" in page
    assert client.post(MINE).headers["Location"] == "/"
    assert client.get("/").status_code == 200

    [row] = PrivacyShown.objects.all()
    assert (row.user, row.role, row.version) == (
        cast.mette,
        "employee",
        privacy_texts.VERSION,
    )
    event = AuditEvent.objects.get(verb="privacy.shown")
    assert (event.actor, event.facts["role"]) == (cast.mette, "employee")
    client.post(reverse("account_logout"))
    log_in_again = client.post(
        reverse("account_login"), {"login": cast.mette.email, "password": GOOD}
    )
    assert log_in_again.status_code == 302
    assert client.get("/").status_code == 200


def test_a_new_version_is_shown_again_and_the_old_row_is_kept(
    client, cast, monkeypatch
):
    privacy.shown(cast.mette)
    monkeypatch.setattr(privacy, "VERSION", "2027-01-01")
    log_in(client, cast.mette)

    assert client.get("/").headers["Location"] == MINE
    client.post(MINE)
    client.post(MINE)

    assert sorted(PrivacyShown.objects.values_list("version", flat=True)) == [
        privacy_texts.VERSION,
        "2027-01-01",
    ]


@pytest.mark.parametrize(
    ("person", "roles"),
    [
        ("mette", ["employee"]),
        ("anna", ["relative"]),
        ("bos", ["resident"]),
        ("rikke", ["employee", "relative"]),
        ("root", []),
        ("liv", []),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_everybody_is_told_as_what_they_are_here(cast, sign_in, person, roles):
    user = getattr(cast, person)

    assert privacy.roles(user) == roles
    told = sign_in(user).get(MINE).content.decode()
    assert ("Your duty of confidentiality" in told) is ("employee" in roles)
    assert ("whose relative you are" in told) is ("relative" in roles)
    assert ("You decide what your family may see" in told) is ("resident" in roles)


def test_who_acts_by_law_today_is_told_what_that_is(cast):
    assert privacy.roles(cast.jens) == ["relative"]
    RepresentationFactory(relation=cast.jenss, recorded_by=cast.karen)
    assert privacy.roles(cast.jens) == ["representative"]


@pytest.mark.usefixtures("in_english")
def test_a_relative_reads_what_is_open_why_and_since_when_and_no_other_does(
    cast, sign_in
):
    annas = sign_in(cast.anna).get(MINE).content.decode()
    jenss = sign_in(cast.jens).get(MINE).content.decode()

    with translation.override("en"):
        day = date_format(clock.today(), "DATE_FORMAT")
    assert re.search(rf"\(since {day}\)", annas)
    assert "Bo has decided this" in annas
    assert "Do not pass on what you read here" in annas
    assert "Bo" not in re.findall(r"\w+", jenss)
    # Whom it was about is in the access log.
    assert AccessEvent.objects.filter(user=cast.anna, resident=cast.bo).exists()


def test_before_confidentiality_no_resident_is_named(cast, sign_in):
    relative = cast.annas.relative
    relative.confidentiality_accepted_at = None
    relative.save()

    page = sign_in(cast.anna).get(MINE).content.decode()

    assert not {"Bo", "Ida"} & set(re.findall(r"\w+", page))


def test_a_changed_wording_is_a_new_version():
    with translation.override("en"):
        words = "\n".join(
            f"{role}|{one.heading}|{'|'.join(map(str, one.paragraphs))}"
            for role, sections in sorted(privacy_texts.TEXTS.items())
            for one in sections
        )
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]

    assert {privacy_texts.VERSION: digest} == WORDS


@pytest.mark.parametrize("page", ["privacy", "accessibility"])
def test_what_everybody_may_read_needs_no_log_in(client, cast, page):
    answer = client.get(reverse(page))

    assert answer.status_code == 200
    told = answer.content.decode()
    assert cast.solgaarden.name in told or "Elsewhere" in told
    footer = client.get(reverse("account_login")).content.decode()
    assert f'href="{reverse(page)}"' in footer


def test_was_leads_to_the_statement(client, db, settings):
    for path in ("/was", "/was/"):
        assert client.get(path).headers["Location"] == reverse("accessibility")
    settings.WAS_URL = "https://was.digst.dk/portal-example-dk"
    assert client.get("/was").headers["Location"] == settings.WAS_URL


def test_from_every_page_one_finds_ones_own_text_again(cast, sign_in):
    page = sign_in(cast.anna).get(reverse("news:news")).content.decode()

    assert f'href="{MINE}"' in page


@pytest.mark.parametrize(
    ("person", "whom"),
    [
        ("bos", "residents"),
        ("anna", "relatives"),
        ("jens", "relatives"),
        ("mette", "staff"),
        (None, "relatives"),
    ],
)
def test_the_texts_are_easy_to_read(cast, sign_in, client, person, whom):
    RepresentationFactory(relation=cast.jenss, recorded_by=cast.karen)
    pages = ["privacy", "accessibility"] if person is None else ["my-privacy"]
    reader = sign_in(getattr(cast, person)) if person else client

    for page in pages:
        said = prose(reader.get(reverse(page)).content.decode())
        assert len(said) > 5
        limit = HARDEST["staff" if page == "accessibility" else whom]
        assert lix("\n".join(said)) <= limit, (page, lix("\n".join(said)))
