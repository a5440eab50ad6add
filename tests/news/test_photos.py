"""Photographs of everyday life: each is seen by those whom everybody in it lets see it."""

import datetime as dt
import re
import time
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from consent import actions as consent
from news import actions, audience, photos
from news.models import AlsoInPhoto, DiaryEntry, DiaryPhoto
from news.views import photos as news_photos
from portal import clock, pictures, walls
from portal.models import AuditEvent, User
from portal.pictures import Kept
from relatives.models import Relation
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    DiaryEntryFactory,
    DiaryPhotoFactory,
    RelationFactory,
    ResidentFactory,
    UserFactory,
)
from tests.plain import HARDEST, lix, prose


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "pictures"


def file(content=None, name="IMG_0001.jpg"):
    if content is None:
        drawn, exif = BytesIO(), Image.Exif()
        exif[0x010F] = "Canary camera"
        Image.new("RGB", (640, 480), "green").save(drawn, "JPEG", exif=exif)
        content = drawn.getvalue()
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def sees(user):
    """The photographs that the user sees, by the gate and behind the second wall."""
    user = User.objects.get(pk=user.pk)
    seen = set(DiaryPhoto.objects.visible_to(user).values_list("pk", flat=True))
    if connection.vendor == "postgresql":
        with walls.seen_by(user):
            every = set(DiaryPhoto._base_manager.values_list("pk", flat=True))
            assert (
                set(DiaryPhoto.objects.visible_to(user).values_list("pk", flat=True))
                == seen
            )
        assert every == seen
    return seen


@pytest.fixture
def two(cast):
    """Bo and Kaj live together; a photograph of both, once with each."""
    cast.kaj = ResidentFactory(
        given_name="Kaj", department=cast.aakanden, user=UserFactory(name="Kaj")
    )
    cast.annas_kaj = RelationFactory(resident=cast.kaj, relative=cast.annas.relative)
    entries = photos.write_glimpses(
        uuid=cast.bo.uuid,
        texts={cast.bo: "We sang.", cast.kaj: "We sang."},
        topic=Topic.HEALTH,
        title="",
        happened_on=clock.today(),
        photos=[Kept("a" * 32, 640, 480)],
        by=cast.mette,
    )
    cast.of_bo, cast.of_kaj = (entry.photos.get() for entry in entries)
    return cast


# Who sees


def test_of_photographs_there_are_three_doors(cast):
    assert sees(cast.anna) == set()
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    assert sees(cast.anna) == {cast.photo.pk}
    # Photos without what the glimpse is about.
    tell(cast.jenss, Topic.PHOTOS, by=cast.mette)
    assert sees(cast.jens) == set()
    # And what it is about without photos.
    assert sees(cast.rikke) == set()
    for person in (cast.mette, cast.karen, cast.clara, cast.bos):
        assert cast.photo.pk in sees(person)
    for person in (cast.tim, cast.vera, cast.liv, cast.ole, cast.root):
        assert cast.photo.pk not in sees(person)


def test_what_one_resident_shows_opens_no_photo_of_another(cast):
    tell(cast.idas, Topic.PHOTOS, by=cast.tim)

    assert sees(cast.anna) == {cast.idas_photo.pk}


def test_a_stop_hides_it_at_once_and_so_does_the_end_of_a_yes(cast, move_clock):
    yes = tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    assert sees(cast.anna)
    move_clock(yes.ends_at)
    assert sees(cast.anna) == set()
    move_clock(clock.now() - dt.timedelta(days=400))
    again = Relation.objects.get(pk=cast.annas.pk).consents.standing()
    consent.withdraw(again.get(topic=Topic.PHOTOS), by=cast.mette)
    assert sees(cast.anna) == set()


def test_a_yes_to_what_comes_shows_no_photo_from_before(cast, move_clock):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette, since=clock.now())
    assert sees(cast.anna) == set()

    move_clock(clock.now() + dt.timedelta(hours=1))
    new = DiaryPhotoFactory(entry=cast.checkup, place=1)

    assert sees(cast.anna) == {new.pk}


def test_a_photo_of_two_needs_a_yes_of_both(two):
    tell(two.annas, Topic.PHOTOS, by=two.mette)
    assert two.of_bo.pk not in sees(two.anna)

    tell(two.annas_kaj, Topic.PHOTOS, by=two.mette)
    assert two.of_bo.pk in sees(two.anna)
    # Kaj does not show her his health, which his own glimpse is about.
    assert two.of_kaj.pk not in sees(two.anna)

    consent.withdraw(
        two.annas_kaj.consents.standing().get(topic=Topic.PHOTOS), by=two.mette
    )
    assert two.of_bo.pk not in sees(two.anna)


def test_those_who_are_in_it_see_it_each_with_their_own_glimpse(two):
    assert two.of_bo.pk in sees(two.bos)
    assert two.of_kaj.pk not in sees(two.bos)
    assert sees(two.kaj.user) == {two.of_kaj.pk}


def test_what_is_told_of_one_says_nothing_of_the_other(two, sign_in):
    tell(two.annas, Topic.PHOTOS, by=two.mette)

    page = sign_in(two.anna).get(reverse("news:entry", args=[two.of_bo.entry.address]))

    assert page.status_code == 200
    assert "Kaj" not in page.content.decode()
    assert "<figure" not in page.content.decode()


def test_a_photo_goes_with_its_glimpse(cast):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    corrected = actions.correct_entry(
        cast.checkup,
        uuid=cast.bo.uuid,
        topic=Topic.HEALTH,
        title="",
        text="One cavity",
        happened_on=clock.today(),
        by=cast.mette,
    )
    assert sees(cast.anna) == {cast.photo.pk}
    assert corrected.photos.get() == cast.photo

    moved = actions.correct_entry(
        corrected,
        uuid=cast.ida.uuid,
        topic=Topic.ECONOMY,
        title="",
        text="One cavity",
        happened_on=clock.today(),
        by=cast.mette,
    )
    assert sees(cast.anna) == set()
    tell(cast.rikkes, Topic.PHOTOS, by=cast.mette)
    assert sees(cast.rikke) == {cast.photo.pk}

    actions.recall(moved, reason="Wrong person", by=cast.mette)
    assert sees(cast.rikke) == sees(cast.bos) == set()
    assert cast.photo.pk in sees(cast.mette)


def test_a_photo_taken_back_is_gone_for_everybody_but_staff_with_all_who_are_in_it(two):
    tell(two.annas, Topic.PHOTOS, by=two.mette)
    tell(two.annas_kaj, Topic.PHOTOS, by=two.mette)

    photos.take_back_photo(DiaryPhoto.objects.get(pk=two.of_kaj.pk), by=two.mette)

    assert two.of_bo.pk not in sees(two.anna)
    assert sees(two.kaj.user) == set()
    assert {two.of_bo.pk, two.of_kaj.pk} <= sees(two.mette)
    assert AuditEvent.objects.filter(verb="photo.recalled").count() == 2


def test_who_is_in_a_photo_only_staff_learn(two):
    tell(two.annas, Topic.PHOTOS, by=two.mette)
    assert AlsoInPhoto.objects.visible_to(two.mette).count() == 2
    for person in (two.anna, two.bos, two.tim, two.root):
        assert AlsoInPhoto.objects.visible_to(person).count() == 0


# What is said beforehand is what is so


def test_what_staff_are_told_beforehand_is_who_sees_it(two):
    tell(two.annas, Topic.PHOTOS, by=two.mette)
    tell(two.rikkes, Topic.PHOTOS, by=two.mette)
    tell(two.annas_kaj, Topic.PHOTOS, by=two.mette)
    tell(two.jenss, Topic.PHOTOS, by=two.mette)

    told = audience.of_photos(two.bo, also=[two.kaj], topic=Topic.HEALTH)

    sister = Relation.Kind.SISTER.label
    assert told.see == [f"Anna ({sister})"]
    assert (
        dict(told.do_not)
        == {
            f"Jens ({sister})": "no consent for what the text is about",
            f"Rikke ({sister})": "no consent for photos from Kaj",
        }
        or len(told.do_not) == 2
    )
    for name, user in (("Anna", two.anna), ("Rikke", two.rikke), ("Jens", two.jens)):
        said = any(one.startswith(name) for one in told.see)
        assert (two.of_bo.pk in sees(user)) is said


# Writing


def write(client, resident, *files, query="", **changed):
    url = reverse("news:entry-write", args=[resident.uuid]) + query
    form = client.get(url).context["form"]
    sent = {
        "slip": form.initial["slip"],
        "text": "We baked bread.",
        "happened_on": clock.today().isoformat(),
        "topic": "daily",
        "photos": list(files),
        **changed,
    }
    return sent, client.post(url, sent)


def test_a_glimpse_with_photos_is_saved_once_however_often_it_is_pressed(
    cast, sign_in, folder
):
    client = sign_in(cast.mette)
    sent, first = write(client, cast.bo, file(), file(), alt="Bo with a tray")
    sent["photos"] = [file(), file()]
    second = client.post(reverse("news:entry-write", args=[cast.bo.uuid]), sent)

    assert first.status_code == second.status_code == 302
    entry = DiaryEntry.objects.get(text="We baked bread.")
    assert [photo.alt for photo in entry.photos.all()] == ["Bo with a tray"] * 2
    assert [photo.place for photo in entry.photos.all()] == [0, 1]


def test_a_photo_that_is_none_loses_neither_the_text_nor_the_good_ones(cast, sign_in):
    client = sign_in(cast.mette)
    svg = file(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "evil.svg")

    sent, page = write(client, cast.bo, file(), svg)

    html = page.content.decode()
    assert page.status_code == 200
    assert "evil.svg" in html
    assert "We baked bread." in html
    assert not DiaryEntry.objects.filter(text="We baked bread.").exists()
    kept = page.context["form"].fields["photos"].widget.kept
    assert len(kept) == 1

    sent |= {"photos": [], "photos-kept": kept}
    done = client.post(reverse("news:entry-write", args=[cast.bo.uuid]), sent)

    assert done.status_code == 302
    assert DiaryEntry.objects.get(text="We baked bread.").photos.count() == 1


def test_a_glimpse_of_two_must_not_name_one_to_the_others_relatives(cast, sign_in):
    kaj = ResidentFactory(given_name="Kaj", department=cast.aakanden)
    client, several = sign_in(cast.mette), {"several": "1", "others": [str(kaj.uuid)]}

    sent, page = write(
        client,
        cast.bo,
        file(),
        query="?several",
        text="Bo and Kaj sang.",
        **several,
    )

    field = f"text_{kaj.uuid}"
    assert page.context["form"].errors.keys() == {"text", field}

    sent |= {"text": "Bo sang.", field: "Kaj sang.", "photos": [file()]}
    url = reverse("news:entry-write", args=[cast.bo.uuid]) + "?several"
    done = client.post(url, sent)

    assert done.status_code == 302
    bos, kajs = DiaryEntry.objects.filter(text__endswith="sang.").order_by("pk")
    assert (bos.resident, bos.text) == (cast.bo, "Bo sang.")
    assert (kajs.resident, kajs.text) == (kaj, "Kaj sang.")
    assert bos.address != kajs.address
    # Not asked who is in it, it is everybody.
    assert {also.resident for also in bos.photos.get().also.all()} == {kaj}
    assert bos.photos.get().others == kajs.photos.get().others == 1
    assert bos.photos.get().file == kajs.photos.get().file


def test_of_those_in_a_photo_staff_say_who_they_are(cast, sign_in):
    kaj = ResidentFactory(given_name="Kaj", department=cast.aakanden)
    client = sign_in(cast.mette)
    asked = {"several": "1", "others": [str(kaj.uuid)], "pictured-asked": "1"}

    _sent, page = write(client, cast.bo, file(), query="?several", **asked)
    assert page.context["form"].errors.keys() == {"pictured"}

    _sent, done = write(
        client, cast.bo, file(), query="?several", pictured=[str(kaj.uuid)], **asked
    )

    assert done.status_code == 302
    bos, kajs = DiaryEntry.objects.filter(text="We baked bread.").order_by("pk")
    assert not bos.photos.exists()
    assert kajs.photos.get().others == 0


def test_nobody_is_made_part_of_a_glimpse_who_lives_elsewhere(cast, sign_in):
    ResidentFactory(given_name="Kaj", department=cast.aakanden)
    _sent, page = write(
        sign_in(cast.mette),
        cast.bo,
        query="?several",
        several="1",
        others=[str(cast.ida.uuid)],
    )

    assert page.context["form"].errors.keys() == {"others"}


def test_staff_see_beforehand_that_nobody_sees_photos(cast, sign_in):
    page = sign_in(cast.mette).get(reverse("news:entry-write", args=[cast.bo.uuid]))

    (told,) = page.context["form"].photo_audiences
    assert told.see == []
    assert len(told.do_not) == 3


def test_a_good_moment_has_a_mark(cast, sign_in):
    write(sign_in(cast.mette), cast.bo, is_good="on")

    assert DiaryEntry.objects.get(text="We baked bread.").is_good_moment


def test_at_most_ten_lie_with_one_glimpse(cast, sign_in):
    DiaryPhotoFactory.create_batch(9, entry=cast.checkup)
    client = sign_in(cast.mette)
    url = reverse("news:entry-photos", args=[cast.checkup.address])
    slip = client.get(url).context["form"].initial["slip"]

    full = client.post(url, {"slip": slip, "photos": [file()]})

    assert full.context["form"].errors.keys() == {"photos"}
    assert cast.checkup.photos.count() == 10


def test_two_at_once_put_no_more_than_ten_there_and_no_photo_is_lost(
    cast, sign_in, monkeypatch
):
    url = reverse("news:entry-photos", args=[cast.checkup.address])
    client = sign_in(cast.mette)
    slip = client.get(url).context["form"].initial["slip"]
    ask = news_photos.PhotosForm.of

    def meanwhile(request, **how):
        DiaryPhotoFactory.create_batch(8, entry=cast.checkup)
        return ask(request, **how)

    monkeypatch.setattr(news_photos.PhotosForm, "of", meanwhile)

    both = client.post(url, {"slip": slip, "photos": [file(), file()]})

    form = both.context["form"]
    assert form.errors.keys() == {"photos"}
    assert "1" in form.errors["photos"][0]
    assert cast.checkup.photos.count() == 9
    assert "photos-kept" in both.content.decode()


# The picture itself


@pytest.fixture
def shown(cast):
    """Bo's check-up with a real photograph, which Anna may see."""
    kept = pictures.keep(pictures.read(file()))
    cast.real = DiaryPhotoFactory(entry=cast.checkup, place=1, **kept.fields)
    cast.yes = tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    return cast


def addresses(client, entry):
    page = client.get(reverse("news:entry", args=[entry.address]))
    return [one.src for one in page.context["photos"]] if page.context else []


def test_whom_it_is_shown_to_gets_it_and_its_link_is_no_other_persons(shown, sign_in):
    client = sign_in(shown.anna)
    url = addresses(client, shown.checkup)[1]

    answer = client.get(url)

    assert answer["Content-Type"] == "image/jpeg"
    assert b"Canary" not in answer.content
    assert sign_in(shown.jens).get(url).status_code == 404
    assert sign_in(shown.rikke).get(url).status_code == 404
    # Mette may see it, by an address of her own.
    assert sign_in(shown.mette).get(url).status_code == 302


def test_after_a_stop_the_same_link_opens_nothing(shown, sign_in):
    client = sign_in(shown.anna)
    url = addresses(client, shown.checkup)[1]
    small = url.replace("/?", "/small/?")
    assert client.get(url).status_code == client.get(small).status_code == 200

    consent.withdraw(shown.yes, by=shown.mette)

    assert client.get(url).status_code == client.get(small).status_code == 404


def test_a_picture_that_is_shown_is_written_down(shown, sign_in):
    client = sign_in(shown.anna)
    url = addresses(client, shown.checkup)[1]
    before = AccessEvent.objects.filter(user=shown.anna).count()

    client.get(url)

    logged = AccessEvent.objects.filter(user=shown.anna).order_by("-pk")
    assert logged.count() == before + 1
    assert logged.first().items == {"diaryphoto": [shown.real.pk]}
    assert logged.first().topic == Topic.PHOTOS
    assert logged.first().ground_id == shown.yes.pk


@pytest.mark.parametrize("key", ["", "x", "\x00", "a:b", "é" * 3000])
def test_without_a_key_that_lasts_one_comes_to_the_page_it_stands_on(
    shown, sign_in, key
):
    answer = sign_in(shown.anna).get(
        reverse("news:photo", args=[shown.real.uuid]), {"key": key}
    )

    assert answer.url == reverse("news:entry", args=[shown.checkup.address])


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("person", "queries"), [("anna", 7), ("mette", 6)])
def test_a_list_with_photos_costs_one_question_more(
    cast, sign_in, person, queries, count, django_assert_max_num_queries
):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    for entry in DiaryEntryFactory.create_batch(
        count, resident=cast.bo, topic=Topic.HEALTH
    ):
        DiaryPhotoFactory.create_batch(5, entry=entry)
    client = sign_in(getattr(cast, person))

    with django_assert_max_num_queries(queries):
        page = client.get(reverse("news:everyday"))

    assert len(page.context["rows"][0].thumbs) == 3


# Relatives' and residents' own


def test_a_relative_writes_under_what_is_shown_to_them(cast, sign_in):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    client = sign_in(cast.anna)
    form = client.get(reverse("news:entry-write", args=[cast.bo.uuid])).context["form"]
    assert [topic for topic, _ in form.fields["topic"].choices] == ["health"]

    _sent, done = write(client, cast.bo, file(), topic="health", text="From Anna.")

    assert done.status_code == 302
    entry = DiaryEntry.objects.get(text="From Anna.")
    assert entry.written_as == "relative"
    assert entry.photos.get().pk in sees(cast.anna)
    url = reverse("news:entry", args=[entry.address])
    for person, name in (
        ("mette", True),
        ("bos", True),
        ("anna", True),
        ("rikke", False),
    ):
        html = sign_in(getattr(cast, person)).get(url).content.decode()
        assert "From Anna." in html
        assert ("Anna" in html.replace("From Anna.", "")) is name, person
    assert sign_in(cast.jens).get(url).status_code == 404


def test_a_relative_who_sees_nothing_writes_nothing(cast, sign_in):
    answer = sign_in(cast.anna).get(reverse("news:entry-write", args=[cast.ida.uuid]))
    assert answer.status_code == 200
    assert "photos" not in answer.context["form"].fields
    nothing = sign_in(cast.jens).get(reverse("news:entry-write", args=[cast.bo.uuid]))
    assert nothing.status_code == 404


def test_a_relative_who_names_somebody_learns_nothing_by_it(cast, sign_in):
    ResidentFactory(department=cast.bakken, given_name="Karla")

    _sent, done = write(
        sign_in(cast.anna), cast.bo, topic="health", text="Karla was there."
    )

    assert done.status_code == 302


def test_a_resident_takes_back_what_a_relative_wrote_and_no_note_of_the_staff(
    cast, sign_in
):
    theirs = DiaryEntryFactory(
        resident=cast.bo,
        topic=Topic.HEALTH,
        written_as="relative",
        recorded_by=cast.anna,
    )
    url = reverse("news:entry-recall", args=[theirs.address])
    assert sign_in(cast.rikke).post(url).status_code == 403

    assert sign_in(cast.bos).post(url).status_code == 302

    theirs.refresh_from_db()
    assert theirs.recalled_by == cast.bos
    staffs = reverse("news:entry-recall", args=[cast.checkup.address])
    assert sign_in(cast.bos).post(staffs).status_code == 403


def test_nobody_rewrites_the_words_of_a_relative(cast, sign_in):
    theirs = DiaryEntryFactory(
        resident=cast.bo, written_as="relative", recorded_by=cast.anna
    )
    for name in ("news:entry-correct", "news:entry-photos"):
        answer = sign_in(cast.mette).get(reverse(name, args=[theirs.address]))
        assert answer.status_code == 403


def test_a_resident_writes_about_the_day_and_reads_who_can_read_it(cast, sign_in):
    tell(cast.annas, Topic.DAILY, by=cast.mette)
    client = sign_in(cast.bos)
    page = client.get(reverse("news:entry-write", args=[cast.bo.uuid]))
    assert "topic" not in page.context["form"].fields
    assert "Anna" in page.content.decode()
    assert "Jens" not in page.content.decode()

    _sent, done = write(client, cast.bo, file(), topic="", text="I swam.")

    entry = DiaryEntry.objects.get(text="I swam.")
    assert done.status_code == 302
    assert (entry.topic, entry.written_as) == ("daily", "resident")
    # Photographs are asked about by themselves.
    assert entry.photos.get().pk not in sees(cast.anna)


def test_through_a_relatives_eyes_the_photo_is_there_and_only_there(shown, sign_in):
    client = sign_in(shown.mette)
    as_anna = reverse("consent:see-as", args=[shown.annas.uuid])
    entry = reverse("news:entry", args=[shown.checkup.address]).removeprefix("/")

    page = client.get(f"{as_anna}{entry}").content.decode()

    (url,) = set(re.findall(rf'src="({as_anna}[^"]+)"', page)) - {
        src
        for src in re.findall(r'src="([^"]+)"', page)
        if str(shown.photo.uuid) in src
    }
    assert client.get(url).headers["Content-Type"] == "image/jpeg"
    assert sign_in(shown.karen).get(url.replace(as_anna, "/")).status_code == 302


@pytest.mark.parametrize(
    ("person", "whom"),
    [("bos", "residents"), ("anna", "relatives"), ("mette", "staff")],
)
def test_what_people_read_when_they_write_is_plain(cast, sign_in, person, whom):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    page = sign_in(getattr(cast, person)).get(
        reverse("news:entry-write", args=[cast.bo.uuid])
    )

    assert lix(" ".join(prose(page.content.decode()))) <= HARDEST[whom]


def test_a_resident_takes_a_photo_back_also_where_they_cannot_see_it(two, sign_in):
    url = reverse("news:photo-recall", args=[two.of_bo.uuid])

    assert sign_in(two.bos).post(url).status_code == 302

    assert not DiaryPhoto.objects.current().filter(file=two.of_bo.file).exists()
    assert sees(two.kaj.user) == set()


def test_a_relative_takes_back_what_they_wrote(cast, sign_in):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    client = sign_in(cast.anna)
    write(client, cast.bo, file(), topic="health", text="From Anna.")
    entry = DiaryEntry.objects.get(text="From Anna.")
    photo = entry.photos.get()

    done = client.post(reverse("news:photo-recall", args=[photo.uuid]))
    assert done.url == reverse("news:entry", args=[entry.address])
    assert photo.pk not in sees(cast.anna)

    done = client.post(reverse("news:entry-recall", args=[entry.address]))
    assert done.url == reverse("news:everyday-of", args=[cast.bo.uuid])
    assert client.get(reverse("news:entry", args=[entry.address])).status_code == 404


# What is said of a photograph


def test_what_is_seen_in_a_photo_of_two_names_neither_to_the_others_relatives(
    cast, sign_in
):
    kaj = ResidentFactory(given_name="Kaj", department=cast.aakanden)
    asked = {"several": "1", "others": [str(kaj.uuid)], "pictured-asked": "1"}
    client, both = sign_in(cast.mette), [str(cast.bo.uuid), str(kaj.uuid)]

    def errors(**said):
        _sent, page = write(
            client,
            cast.bo,
            file(),
            query="?several",
            **asked | {"pictured": both} | said,
        )
        return page.context["form"].errors.keys() if page.context else set()

    for alt in ("Bo and Kaj with a tray", "Kaj holds up a bun", "Bo's bun"):
        assert errors(alt=alt) == {"alt"}
    assert not DiaryPhoto.objects.filter(alt__contains="Kaj")

    # Who is in it alone may be named, also where others are told of the same.
    assert errors(alt="Kaj holds up a bun", pictured=[str(kaj.uuid)]) == set()
    assert DiaryPhoto.objects.get(alt__contains="Kaj").resident == kaj
    assert errors(alt="They hold up a tray") == set()


def test_a_photo_that_names_a_neighbour_is_asked_about(cast, sign_in):
    ResidentFactory(given_name="Karla", department=cast.aakanden)
    client = sign_in(cast.mette)
    _sent, page = write(client, cast.bo, file(), alt="Bo and Karla")
    assert page.context["form"].errors.keys() == {"names_others"}

    url = reverse("news:entry-photos", args=[cast.checkup.address])
    slip = client.get(url).context["form"].initial["slip"]
    sent = {"slip": slip, "photos": [file()], "alt": "Bo and Karla"}
    asked = client.post(url, sent)
    assert asked.context["form"].errors.keys() == {"names_others"}
    assert "Karla" in asked.context["form"].errors["names_others"][0]
    assert cast.checkup.photos.count() == 1

    sent |= {"photos": [file()], "names_others": "on"}
    assert client.post(url, sent).status_code == 302
    assert cast.checkup.photos.last().alt == "Bo and Karla"


def test_a_name_that_is_corrected_away_is_in_no_photos_words(cast, sign_in):
    client = sign_in(cast.mette)
    _sent, _done = write(client, cast.bo, file(), title="With Karla")
    entry = DiaryEntry.objects.get(title="With Karla")
    assert "With Karla" in entry.photos.get().says

    actions.correct_entry(
        entry,
        uuid=cast.ida.uuid,
        topic=Topic.DAILY,
        title="With a friend",
        text="Buns",
        happened_on=clock.today(),
        by=cast.mette,
    )

    page = client.get(reverse("news:everyday")).content.decode()
    assert "With a friend" in page
    assert "Karla" not in page
    page = sign_in(cast.bos).get(reverse("news:entry", args=[entry.address]))
    assert "Karla" not in page.content.decode()
    assert "With a friend" in page.context["photos"][0].alt


# Words for each


def words_page(entry):
    return reverse("news:photo-words", args=[entry.address])


def described(client, entry, *said, **others):
    page = client.get(words_page(entry))
    form = page.context["form"]
    names = [field.name for _one, field in form.pairs]
    sent = {"slip": form.initial["slip"]} | dict(zip(names, said, strict=True))
    return client.post(words_page(entry), sent | others)


def test_each_of_several_photos_is_described_beside_it(cast, sign_in):
    client = sign_in(cast.mette)
    _sent, done = write(client, cast.bo, file(), file(), title="Buns")
    entry = DiaryEntry.objects.latest("pk")
    assert done.url == words_page(entry)

    done = described(client, entry, "Bo with a tray", "Buns on a table")

    assert done.url == reverse("news:entry", args=[entry.address])
    assert [one.says for one in entry.photos.all()] == [
        "Bo with a tray",
        "Buns on a table",
    ]
    assert AuditEvent.objects.filter(verb="photo.described").count() == 2
    # One that says nothing is again what it lies with.
    described(client, entry, "Bo with a tray", "")
    assert [one.says for one in entry.photos.all()] == [
        "Bo with a tray",
        "Billede: Buns",
    ]


def test_one_photo_leads_on_as_before(cast, sign_in):
    _sent, done = write(sign_in(cast.mette), cast.bo, file())

    assert done.url == reverse("news:everyday-of", args=[cast.bo.uuid])


def test_a_description_that_names_a_neighbour_is_asked_about_and_kept(cast, sign_in):
    ResidentFactory(given_name="Karla", family_name="Vig", department=cast.aakanden)
    client = sign_in(cast.mette)

    page = described(client, cast.checkup, "Bo and Karla")

    assert page.status_code == 200
    assert "Bo and Karla" in page.content.decode()
    cast.photo.refresh_from_db()
    assert "Karla" not in cast.photo.alt
    described(client, cast.checkup, "Bo and Karla", names_others="on")
    cast.photo.refresh_from_db()
    assert cast.photo.alt == "Bo and Karla"


def test_who_describes_is_who_may_take_it_back(cast, sign_in):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)

    # Anna sees it, and it is not hers.
    assert sign_in(cast.anna).get(words_page(cast.checkup)).status_code == 403
    described(sign_in(cast.bos), cast.checkup, "Me")
    cast.photo.refresh_from_db()
    assert cast.photo.alt == "Me"
    write(sign_in(cast.anna), cast.bo, file(), topic="health", text="From Anna.")
    entry = DiaryEntry.objects.get(text="From Anna.")
    described(sign_in(cast.anna), entry, "My son")
    assert entry.photos.get().alt == "My son"


@pytest.mark.parametrize(
    ("person", "whom"), [("anna", "relatives"), ("bos", "residents")]
)
def test_the_page_of_descriptions_is_easy_to_read(cast, sign_in, person, whom):
    tell(cast.annas, Topic.PHOTOS, by=cast.mette)
    client = sign_in(getattr(cast, person))
    entry = cast.checkup
    if person == "anna":
        write(client, cast.bo, file(), topic="health", text="From Anna.")
        entry = DiaryEntry.objects.get(text="From Anna.")

    page = client.get(words_page(entry)).content.decode()

    assert lix(" ".join(prose(page))) <= HARDEST[whom]


def test_a_link_lasts_for_a_day(shown, sign_in, monkeypatch):
    client, made = sign_in(shown.anna), time.time()
    url = addresses(client, shown.checkup)[1]

    def later(seconds):
        # The link's own clock: the log-in has ended long before.
        monkeypatch.setattr(
            signing, "time", SimpleNamespace(time=lambda: made + seconds)
        )
        return client.get(url)

    assert later(pictures.KEY_LASTS - 60).status_code == 200
    answer = later(pictures.KEY_LASTS + 60)
    assert answer.status_code == 302
    assert answer.url == reverse("news:entry", args=[shown.checkup.address])
