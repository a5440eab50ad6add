"""Agreements on paper: the sheet to sign, who does what, and a whole department at once."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from portal import batches, pdf
from portal.models import Drawing
from relatives import papers
from residents.models import AccessEvent
from tests.factories import AgreementFactory, ResidentFactory
from tests.papers import words


@pytest.fixture
def helped(cast):
    agreement = AgreementFactory(
        resident=cast.bo, text="Fodbold hver lørdag", recorded_by=cast.mette
    )
    agreement.parts.create(
        who="relative", relative=cast.annas.relative, task="kører derhen"
    )
    return agreement


@pytest.fixture
def nobody_waits(monkeypatch):
    monkeypatch.setattr(batches._line, "submit", lambda *job: None)


def test_the_sheet_says_what_holds_who_helps_and_has_lines_to_sign(cast, helped):
    AgreementFactory(resident=cast.ida, text="Idas hemmelighed", recorded_by=cast.tim)
    told, found = papers.of(cast.bo, by=cast.mette)

    paper = words(pdf.render(papers.SHEET, told))

    assert set(found) == {helped, cast.dentist, cast.pocket_money}
    for word in ("Fodbold hver lørdag", "Anna Holm: kører", "Underskrifter", "Bo Holm"):
        assert word in paper
    assert "Idas hemmelighed" not in paper


def test_the_table_shows_who_does_what(cast, helped):
    told, _found = papers.of(cast.bo, by=cast.mette)
    [row] = [row for row in told["rows"] if "Fodbold" in row["task"]]

    assert row["cells"] == [
        [],
        [["Anna Holm", "kører derhen", False]],
        [["Personalet", "sørger for det", True]],
        [],
    ]
    assert "Hvem gør hvad" in words(pdf.render(papers.ROLES, told))


@pytest.mark.parametrize("template", [papers.SHEET, papers.ROLES])
def test_both_can_be_written_by_hand(cast, template):
    paper = words(pdf.render(template, papers.blank(cast.solgaarden)))

    assert "Solgården" in paper
    assert "None" not in paper


def test_a_department_gives_one_sheet_a_resident_in_one_file(
    cast, sign_in, nobody_waits, helped
):
    ResidentFactory(department=cast.aakanden)
    client = sign_in(cast.karen)

    begun = client.post(
        reverse("relatives:agreement-sheets", args=[cast.aakanden.uuid])
    )
    again = client.post(
        reverse("relatives:agreement-sheets", args=[cast.aakanden.uuid])
    )

    assert begun.url == again.url
    assert "0 af 2 papirer er lavet" in client.get(begun.url + "").content.decode()
    batches.draw(Drawing.objects.get().pk)
    ready = Drawing.objects.get()
    assert (ready.state, ready.done) == ("done", 2)
    file = client.get(ready.path)
    with zipfile.ZipFile(BytesIO(file.content)) as together:
        assert together.namelist() == ["aftaleark-001.pdf", "aftaleark-002.pdf"]
        assert "Fodbold" in words(together.read("aftaleark-001.pdf"))
    assert AccessEvent.objects.filter(
        user=cast.karen, resident=cast.bo, way="print"
    ).exists()
    assert sign_in(cast.clara).get(ready.path).status_code == 404


def test_who_manages_no_more_gets_nothing(cast, sign_in, nobody_waits, monkeypatch):
    begun = batches.begin("agreement-sheets", department=cast.aakanden, by=cast.karen)
    monkeypatch.setattr(pdf, "render", lambda template, told: b"%PDF")
    job = cast.karen.employments.get()
    job.department = cast.bakken
    job.save()

    batches.draw(begun.pk)

    ready = Drawing.objects.get()
    with zipfile.ZipFile(BytesIO(bytes(ready.content))) as together:
        assert together.namelist() == []
    assert sign_in(cast.karen).get(ready.path).status_code == 403


def test_one_that_cannot_be_drawn_ends_the_batch(cast, nobody_waits, monkeypatch):
    def never(template, told):
        raise pdf.Failed("memory")

    begun = batches.begin("agreement-sheets", department=cast.aakanden, by=cast.karen)
    monkeypatch.setattr(pdf, "render", never)

    batches.draw(begun.pk)

    assert Drawing.objects.get().state == "failed"
