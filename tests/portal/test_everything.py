"""What somebody is handed of what is held about them, and what they are not."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from portal import everything, personal, selves
from portal.models import AuditEvent
from residents.models import AccessEvent
from tests.plain import HARDEST, lix, prose

PEOPLE = ("mette", "karen", "clara", "vera", "tim", "bos", "anna", "rikke", "jens")


@pytest.fixture(autouse=True)
def quick_papers(monkeypatch):
    monkeypatch.setattr("portal.pdf.draw", lambda document: document.encode())


def fetched(client, path):
    answer = client.post(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    return zipfile.ZipFile(io.BytesIO(answer.content))


@pytest.fixture
def as_if_just_logged_in(monkeypatch):
    monkeypatch.setattr(
        "allauth.account.internal.flows.reauthentication.is_reauthentication_required",
        lambda *args, **kwargs: False,
    )


def test_a_resident_gets_what_is_theirs(cast, sign_in, as_if_just_logged_in):
    sign_in(cast.mette).get(reverse("residents:resident", args=[cast.bo.uuid]))

    file = fetched(sign_in(cast.bos), reverse("my-data"))

    said = file.read("oplysninger.json").decode()
    paper = file.read("oplysninger.pdf").decode()
    for text in ("No cavities", "Dentist"):
        assert text in said
        assert text in paper
    assert "A red purse" not in said + paper
    tables = {one["table"] for one in json.loads(said)["sections"]}
    assert {"consent.consent", "news.diaryentry", "log", "portal.user"} <= tables
    # Who has looked, by role alone.
    assert "Mette" not in said + paper
    assert "Medarbejder" in paper


def test_a_relative_gets_nothing_of_another_relative_nor_what_is_not_shared(
    cast, sign_in, as_if_just_logged_in
):
    said = fetched(sign_in(cast.jens), reverse("my-data")).read("oplysninger.json")

    # Bo shares nothing with Jens.
    for text in ("No cavities", "Dentist", "Anna", "Rikke", "A red purse"):
        assert text not in said.decode()
    assert "Jens" in said.decode()


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_exactly_what_they_may_see(
    cast, sign_in, as_if_just_logged_in, person
):
    """A row is handed over only if its own gate opens it to the reader at this instant."""
    user = getattr(cast, person)
    own = selves.selves(user)
    whole = everything.about(own, reader=user)

    for row in whole.rows:
        data = personal.all_classes()[type(row)]
        gated = getattr(row, data.behind) if data.behind else row
        rows = type(gated)._default_manager.all()
        if hasattr(rows, "visible_to"):
            assert gated in rows.visible_to(user)
        paths = {kind: getattr(data, kind) for kind in own if getattr(data, kind)}
        assert any(reached(row, path) == own[kind].pk for kind, path in paths.items())
    assert fetched(sign_in(user), reverse("my-data"))


def reached(row, path):
    for step in path.split("__"):
        row = getattr(row, step, None)
    return getattr(row, "pk", row)


def test_a_manager_hands_over_only_in_their_own_department(
    cast, sign_in, as_if_just_logged_in
):
    path = reverse("residents:resident-data", args=[cast.bo.uuid])

    said = fetched(sign_in(cast.karen), path).read("oplysninger.json").decode()
    assert "No cavities" in said
    enquiries = [
        row["relation"]
        for one in json.loads(said)["sections"]
        if one["table"] == "community.enquiry"
        for row in one["rows"]
    ]
    # Jens wrote in confidence.
    assert enquiries == [str(cast.annas)]
    for stranger in (cast.tim, cast.ole):
        assert sign_in(stranger).post(path).status_code == 404
    for known in (cast.mette, cast.rikke):
        assert sign_in(known).post(path).status_code == 403


def test_it_is_written_down_that_it_was_handed_over(
    cast, sign_in, as_if_just_logged_in
):
    fetched(
        sign_in(cast.karen), reverse("residents:resident-data", args=[cast.bo.uuid])
    )

    event = AuditEvent.objects.get(verb="handed_over")
    assert (event.actor, event.subject) == (
        cast.karen,
        f"residents.resident:{cast.bo.pk}",
    )
    read = AccessEvent.objects.filter(
        user=cast.karen, resident=cast.bo, way=AccessEvent.Way.PRINT
    )
    assert {"", "health"} <= set(read.values_list("topic", flat=True))


def test_it_takes_a_fresh_log_in(cast, sign_in):
    answer = sign_in(cast.bos).post(reverse("my-data"))

    assert answer.status_code == 302
    assert reverse("account_reauthenticate") in answer["Location"]


def test_nothing_that_proves_a_log_in_leaves(cast, sign_in, as_if_just_logged_in):
    said = fetched(sign_in(cast.bos), reverse("my-data")).read("oplysninger.json")

    assert cast.bos.email in said.decode()
    for data in personal.all_classes().values():
        assert not set(data.proof.split()) & {
            name
            for one in json.loads(said)["sections"]
            for row in one["rows"]
            for name in row
        }


def test_the_names_of_others_are_masked_in_what_was_written(cast):
    mask = everything.Mask(selves.selves(cast.bos))

    told = mask.words({"a": [f"{cast.jenss.relative} rang, and so did {cast.ida}."]})

    assert told == {"a": [f"{mask.word} rang, and so did {mask.word}."]}
    assert mask.words(f"It was {cast.bo}.") == f"It was {cast.bo}."


def test_the_log_is_short_where_nobody_has_looked(cast):
    whole = everything.about(selves.selves(cast.anna), reader=cast.anna)

    assert [one.rows for one in whole.sections if one.table == "log"] == [[]]


@pytest.mark.parametrize(
    ("person", "whom"), [("bos", "residents"), ("anna", "relatives")]
)
def test_what_one_gets_is_told_plainly(cast, sign_in, person, whom):
    page = sign_in(getattr(cast, person)).get(reverse("my-data")).content.decode()

    assert lix("\n".join(prose(page))) <= HARDEST[whom]
