"""Whom do I turn to, how managers show themselves, and the folder that tells of both."""

import re

import pytest
from django.urls import reverse

from knowledge import library_files, papers, turning
from knowledge.actions import folders
from knowledge.models import Folder, Portrait, Presentation
from portal import pdf, pictures
from tests.conftest import tell
from tests.factories import ArticleFactory, PortraitFactory
from tests.papers import archival, silence, unbroken, words
from tests.plain import HARDEST, lix, prose


def told(sign_in, user):
    return sign_in(user).get(reverse("knowledge:whom")).content.decode()


def headings(user):
    return [str(step.heading) for step in turning.ladders(user)[0].steps]


def test_each_level_says_who_it_is_and_how_they_are_reached(cast, sign_in):
    cast.bo.contact_person = cast.mette
    cast.bo.save()

    text = told(sign_in, cast.anna)

    assert "Mette" in text
    assert "Karen" in text
    assert "87 65 43 21".replace(" ", "\u00a0") in text
    assert "Clara" in text
    assert "Vera" in text
    assert "The municipality" in text
    # Nobody from another department than that of the resident, and nobody from elsewhere.
    assert "Tim" not in text
    assert "Rikke" not in text


def test_who_is_not_let_in_on_anything_hears_of_no_contact_person(cast, sign_in):
    cast.bo.contact_person = cast.mette
    cast.bo.save()

    text = told(sign_in, cast.jens)

    assert "Karen" in text
    assert "Mette" not in text
    assert "Bo Holm" not in text
    tell(cast.jenss, "daily", by=cast.mette)
    assert "Mette" in told(sign_in, cast.jens)


def test_whoever_has_left_is_no_longer_named(cast, sign_in):
    job = cast.karen.employments.get()
    assert "Mondays 9-10" in told(sign_in, cast.anna)
    job.starts_on = job.starts_on.replace(year=2020)
    job.ends_on = job.starts_on
    job.save()

    assert "Mondays 9-10" not in told(sign_in, cast.anna)


def test_staff_see_all_departments_and_a_resident_the_own(cast):
    both = {"Åkanden", "Bakken"}

    def places(user):
        (ladder,) = turning.ladders(user)
        return {
            person.name
            for step in ladder.steps
            for person in step.people
            if person.name in both
        }

    assert places(cast.mette) == places(cast.vera) == both
    assert places(cast.bos) == {"Åkanden"}


def test_a_manager_is_shown_as_she_writes_herself(cast, sign_in):
    client = sign_in(cast.karen)
    path = reverse("knowledge:present", args=[cast.face.job.uuid])
    slip = client.get(path).context["form"].initial["slip"]

    client.post(path, {"slip": slip, "phone": "11 22 33 44", "hours": "Noon"})

    assert Presentation.objects.get(pk=cast.face.pk).hours == "Noon"
    assert "Noon" in told(sign_in, cast.anna)


def test_a_portrait_opens_to_those_who_belong_here_and_with_their_own_key(
    cast, sign_in, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    kept = pictures.keep(pictures.Drawn({"small": b"JPEG", "full": b"J"}, 9, 9))
    face = PortraitFactory(presentation=cast.face, **kept.fields)
    path = reverse("knowledge:portrait", args=[face.uuid])

    def status(user, key):
        return sign_in(user).get(f"{path}?key={key}").status_code

    assert face.file in Portrait.objects.visible_to(cast.anna).values_list(
        "file", flat=True
    )
    assert f"{path}?key=" in told(sign_in, cast.anna)
    assert status(cast.anna, pictures.key(face, cast.anna)) == 200
    assert status(cast.jens, pictures.key(face, cast.anna)) == 404
    assert status(cast.ole, pictures.key(face, cast.ole)) == 404


def test_a_portrait_is_shown_through_anothers_eyes_too(
    cast, sign_in, tmp_path, settings
):
    settings.DATA_DIR = tmp_path
    kept = pictures.keep(pictures.Drawn({"small": b"JPEG", "full": b"J"}, 9, 9))
    PortraitFactory(presentation=cast.face, **kept.fields)
    here = f"/as/{cast.jenss.uuid}/whom/"

    for person in (cast.mette, cast.bos):
        client = sign_in(person)
        page = client.get(here).content.decode()
        [address] = re.findall(r'<img src="(/as/[^"]+/whom/portraits/[^"]+)"', page)
        assert client.get(address).status_code == 200
        # It opens to them alone, and through no other eyes.
        assert sign_in(cast.anna).get(address).status_code == 404
        assert sign_in(cast.tim).get(address).status_code == 404


def test_the_page_is_easy_to_read(cast, sign_in):
    library_text = prose(told(sign_in, cast.anna))

    assert lix("\n".join(library_text)) <= HARDEST["relatives"]


@pytest.mark.parametrize("count", [1, 3])
def test_more_managers_cost_no_more_questions(
    cast, sign_in, count, django_assert_max_num_queries
):
    client = sign_in(cast.anna)
    for _number in range(count):
        PortraitFactory(
            presentation__job__department=cast.aakanden,
            presentation__job__home=cast.solgaarden,
        )

    with django_assert_max_num_queries(12):
        client.get(reverse("knowledge:whom"))


# The folder


def test_the_folder_is_the_homes_own_and_proud_to_be_kept(cast, caplog):
    own = ArticleFactory(
        home=cast.solgaarden, title="Visits", text="## When\n\n- At two"
    )
    folders.write(
        uuid=own.uuid,
        home=cast.solgaarden,
        welcome="Dear you",
        articles=[own.address, library_files.address("Article", "guardianship")],
        by=cast.clara,
    )

    with silence(caplog):
        paper = pdf.render(
            papers.TEMPLATE, papers.folder(cast.solgaarden, [cast.aakanden])
        )

    archival(paper)
    text = words(paper)
    for said in ("Dear you", "Visits", "At two", "Karen", "Åkanden", "12 34 56 78"):
        assert said in text.replace("\u00a0", " ")
    assert "Bakken" not in text
    assert "Confidential" not in text
    assert "FORTROLIG" not in unbroken(paper).upper()


def test_a_change_of_the_folder_is_a_new_version(cast, sign_in):
    client = sign_in(cast.clara)
    path = reverse("knowledge:folder-write")
    rules = str(cast.rules.address)
    for welcome in ("First", "Second"):
        slip = client.get(path).context["form"].initial["slip"]
        sent = {"slip": slip, "welcome": welcome, "place_0": rules, "place_1": rules}
        client.post(path, sent)
        # Pressed twice it is one.
        client.post(path, sent)

    newest, first = Folder.objects.all()
    assert (newest.welcome, first.welcome) == ("Second", "First")
    assert newest.articles == [rules]
    assert Folder.objects.of(cast.solgaarden) == newest


def test_what_is_for_staff_alone_is_not_in_the_folder(cast):
    ours = ArticleFactory(home=cast.solgaarden, audience="staff")
    folders.write(
        uuid=ours.uuid,
        home=cast.solgaarden,
        welcome="x",
        articles=[ours.address],
        by=cast.clara,
    )

    assert papers.folder(cast.solgaarden, [])["articles"] == []
