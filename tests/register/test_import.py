"""What an import writes, and what it leaves alone."""

import datetime as dt

import pytest
from django.db import IntegrityError

from portal import clock, cpr
from portal.models import AuditEvent, Department, Employment, User
from relatives.models import Relation, Relative, Representation
from relatives.register import actions
from relatives.register.plan import make_plan
from relatives.register.sheets import read_register
from residents.models import Resident
from tests.conftest import tell
from tests.factories import (
    DepartmentFactory,
    EmploymentFactory,
    RelationFactory,
    ResidentFactory,
    UserFactory,
)
from tests.register.conftest import EXAMPLES, examples

HOUSE = "Afdeling\nÅhuset\n"
BO = (
    "Borger-id;Fornavn;Efternavn;Fødselsdato;Afdeling;Indflytningsdato;Værelse\n"
    "B-1;Bo;Holm;04-06-1990;Åhuset;01-02-2024;12\n"
)
ANNA = (
    "Pårørende-id;Fornavn;Efternavn;E-mail;Telefon;Borger-id;Relation\n"
    "P-1;Anna;Holm;anna@example.dk;20 30 40 50;B-1;søster\n"
)


def told(plan, kind):
    """The changes of a kind: (name, heading, old, new)."""
    return [
        (change.name, *field)
        for change in plan.changed[kind]
        for field in change.fields
    ]


def notes(plan):
    return [note.text for note in plan.notes]


def test_the_example_comes_in_with_everybody_in_their_places(bring_in, home):
    plan = bring_in()

    assert plan.counts() == {
        "department": [3, 0, 0],
        "employee": [13, 0, 0],
        "resident": [24, 0, 0],
        "relative": [60, 0, 0],
        "relation": [65, 0, 0],
    }
    fie = Resident.objects.get(register_id="SG-604")
    assert str(fie.department) == "Lærkehuset"
    assert (fie.called, fie.room, fie.protected_address) == ("Fie", "4", True)
    assert fie.born_on == dt.date(1995, 8, 9)
    assert fie.contact_person.name == "Jesper Holst"
    lars = Relative.objects.get(register_id="P-739")
    assert {r.resident.given_name for r in lars.relations.all()} == {"Sigurd", "Freja"}
    katrine = User.objects.get(name="Katrine Aagaard")
    assert {str(job.department) for job in katrine.employments.all()} == {
        "Åhuset",
        "Æblegården",
    }
    assert not katrine.has_usable_password()
    lone = Representation.objects.get(relation__relative__register_id="P-732")
    assert (lone.kind, lone.topics) == ("personal", ["health", "treatment"])
    custody = Representation.objects.filter(relation__resident__register_id="SG-618")
    assert [r.kind for r in custody] == ["shared_custody", "shared_custody"]


def test_the_workbook_says_the_same_as_the_four_files(bring_in, home):
    bring_in()
    workbook = [("register.xlsx", (EXAMPLES / "register.xlsx").read_bytes())]

    plan = make_plan(home, read_register(workbook))

    assert plan.changes_nothing
    assert plan.errors == []


def test_the_same_files_again_change_nothing(bring_in):
    bring_in()
    events = AuditEvent.objects.count()

    plan = bring_in()

    assert plan.changes_nothing
    assert not any(plan.changed.values())
    assert sum(row[2] for row in plan.counts().values()) == 165
    assert AuditEvent.objects.count() == events + 1


def test_an_import_can_be_read_in_the_log(bring_in, manager, home):
    bring_in(HOUSE, BO)

    event = AuditEvent.objects.get(verb="register.imported")
    assert (event.actor, event.subject) == (manager, f"portal.home:{home.pk}")
    assert event.facts["resident"] == [1, 0, 0]
    bo = Resident.objects.get()
    assert AuditEvent.objects.get(subject=f"residents.resident:{bo.pk}").verb == (
        "register.added"
    )


def test_a_change_shows_what_was_and_what_will_be(bring_in, plan):
    bring_in(HOUSE, BO)

    found = plan(BO.replace("Holm", "Holm Lund").replace(";12", ";14"))

    assert told(found, "resident") == [
        ("Bo Holm Lund", "Efternavn", "Holm", "Holm Lund"),
        ("Bo Holm Lund", "Værelse", "12", "14"),
    ]


def test_a_resident_who_moves_between_departments_is_a_change(bring_in):
    bring_in(HOUSE, BO)

    done = bring_in("Afdeling\nBakken\n", BO.replace("Åhuset", "Bakken"))

    assert told(done, "resident") == [("Bo Holm", "Afdeling", "Åhuset", "Bakken")]
    assert str(Resident.objects.get().department) == "Bakken"


def test_an_empty_cell_changes_nothing(bring_in):
    bring_in(HOUSE, BO)

    assert bring_in(BO.replace(";12", ";")).changes_nothing


def test_whoever_is_not_in_the_file_is_told_and_left(bring_in, home):
    bring_in(HOUSE, BO)
    ida = ResidentFactory(
        given_name="Ida", department=Department.objects.get(), register_id="B-2"
    )

    plan = bring_in(BO)

    assert plan.absent["resident"] == ["Ida Holm (B-2)"]
    assert "employee" not in plan.absent
    ida.refresh_from_db()
    assert ida.moved_out_on is None


def test_another_homes_people_are_not_touched_by_equal_numbers(bring_in, home):
    elsewhere = ResidentFactory(given_name="Bob", register_id="B-1")

    bring_in(HOUSE, BO)

    assert Resident.objects.get(home=home).given_name == "Bo"
    elsewhere.refresh_from_db()
    assert elsewhere.given_name == "Bob"


# What was decided in the portal stays decided


def test_consents_stand_through_an_import(bring_in, manager):
    bring_in(HOUSE, BO, ANNA)
    relation = Relation.objects.get()
    consent = tell(relation, "health", by=manager)

    bring_in(HOUSE, BO.replace(";12", ";14"), ANNA.replace("søster", "mor"))

    consent.refresh_from_db()
    assert consent.closed_at is None
    assert consent.relation == relation


def test_a_relation_that_was_ended_stays_ended(bring_in, manager):
    bring_in(HOUSE, BO, ANNA)
    relation = Relation.objects.get()
    relation.ended_at, relation.ended_by = clock.now(), manager
    relation.save()

    plan = bring_in(HOUSE, BO, ANNA)

    assert plan.changes_nothing
    assert list(Relation.objects.all()) == [relation]
    assert len(notes(plan)) == 1


def test_who_has_moved_out_stays_out_until_they_move_in_again(bring_in):
    bring_in(HOUSE, BO)
    bo = Resident.objects.get()
    bo.moved_out_on = dt.date(2026, 10, 1)
    bo.save()

    assert bring_in(BO).changes_nothing
    bring_in(BO.replace("01-02-2024", "01-11-2026"))

    bo.refresh_from_db()
    assert (bo.moved_in_on, bo.moved_out_on) == (dt.date(2026, 11, 1), None)


STAFF = (
    "Medarbejder-id;Navn;E-mail;Afdeling;Ansat fra;Ansat til\n"
    "M-1;Mette Lund;mette@example.dk;Åhuset;01-08-2021;\n"
)


def test_an_employment_that_was_ended_stays_ended(bring_in):
    bring_in(HOUSE, STAFF)
    job = Employment.objects.get(register_id="M-1")
    job.ends_on = dt.date(2026, 10, 31)
    job.save()

    plan = bring_in(STAFF)
    later = bring_in(STAFF.replace(";\n", ";31-12-2026\n"))

    assert plan.changes_nothing
    assert later.changes_nothing
    assert len(notes(plan)) == len(notes(later)) == 1


def test_somebody_who_is_hired_again_has_a_new_employment(bring_in):
    bring_in(HOUSE, STAFF)
    Employment.objects.filter(register_id="M-1").update(ends_on=dt.date(2026, 10, 31))

    bring_in(STAFF.replace("01-08-2021", "15-11-2026"))

    assert Employment.objects.filter(register_id="M-1").count() == 2
    assert User.objects.filter(email="mette@example.dk").count() == 1


def test_a_log_in_keeps_its_address(bring_in):
    bring_in(HOUSE, STAFF)
    mette = User.objects.get(email="mette@example.dk")
    mette.set_password("long enough for anybody")
    mette.save()

    plan = bring_in(STAFF.replace("mette@", "lund@"))

    mette.refresh_from_db()
    assert mette.email == "mette@example.dk"
    assert plan.changes_nothing
    assert len(notes(plan)) == 1


def test_an_address_that_nobody_has_been_written_to_on_is_put_right(bring_in):
    bring_in(HOUSE, STAFF)

    bring_in(STAFF.replace("mette@", "lund@"))

    assert User.objects.get(name="Mette Lund").email == "lund@example.dk"


def test_an_employee_who_moves_department_is_moved(bring_in):
    bring_in(HOUSE, STAFF)

    plan = bring_in("Afdeling\nBakken\n", STAFF.replace("Åhuset", "Bakken"))

    assert told(plan, "employee") == [
        ("Mette Lund, Bakken", "Afdeling", "Åhuset", "Bakken")
    ]
    assert Employment.objects.filter(register_id="M-1").count() == 1


def test_a_file_without_roles_makes_no_care_worker_of_the_centre_manager(
    bring_in, manager, home
):
    email = manager.email
    rows = f"Medarbejder-id;Navn;E-mail;Afdeling\nM-9;{manager.name};{email};Åhuset\n"

    bring_in(HOUSE, rows)

    assert {job.role for job in manager.employments.all()} == {"centre_manager", "care"}


def test_another_homes_employee_is_employed_here_and_keeps_the_name(bring_in):
    ole = EmploymentFactory(user__name="Ole", user__email="ole@example.dk").user

    bring_in(HOUSE, STAFF.replace("mette@", "ole@"))

    ole.refresh_from_db()
    assert ole.name == "Ole"
    assert ole.employments.count() == 2


def test_somebody_with_a_log_in_is_told_about_before_being_let_in(plan):
    UserFactory(email="mette@example.dk")

    found = plan(HOUSE, STAFF)

    assert [(n.line, n.column[:1]) for n in found.notes] == [(2, "C")]


# Relatives


def test_a_protected_address_is_not_kept(bring_in, plan):
    with_address = ANNA.replace(";Borger-id", ";Adresse;Adressebeskyttelse;Borger-id")
    row = with_address.replace(";B-1", ";Hemmelig Vej 1;ja;B-1")
    bring_in(HOUSE, BO, row)
    anna = Relative.objects.get()
    assert (anna.address, anna.protected_address) == ("", True)

    # An empty cell does not take the protection away either.
    later = bring_in(HOUSE, BO, with_address.replace(";B-1", ";Hemmelig Vej 1;;B-1"))

    assert later.changes_nothing


def test_an_address_that_becomes_protected_is_forgotten_and_not_shown(bring_in):
    headings = ANNA.replace(";Borger-id", ";Adresse;Adressebeskyttelse;Borger-id")
    bring_in(HOUSE, BO, headings.replace(";B-1", ";Ågade 1;;B-1"))

    plan = bring_in(HOUSE, BO, headings.replace(";B-1", ";Ågade 1;ja;B-1"))

    assert Relative.objects.get().address == ""
    assert "Ågade" not in str(told(plan, "relative"))


def test_somebody_whom_we_entered_by_hand_is_known_again(bring_in, home):
    bring_in(HOUSE, BO)
    anna = RelationFactory(
        resident=Resident.objects.get(),
        relative__given_name="Anna",
        relative__register_id="samspil-1234",
        relative__phone="20304050",
        relative__user=None,
    ).relative

    bring_in(HOUSE, BO, ANNA)

    assert Relative.objects.get().pk == anna.pk
    assert Relative.objects.get().register_id == "P-1"


CHILD = BO.replace("1990", "2012")
MOTHER = (
    "Pårørende-id;Fornavn;Efternavn;Borger-id;Relation;Forældremyndighed\n"
    "P-2;Lis;Holm;B-1;mor;{}\n"
)


def test_custody_that_changes_is_ended_and_begun(bring_in):
    bring_in(HOUSE, CHILD, MOTHER.format("ene"))

    plan = bring_in(CHILD, MOTHER.format("delt"))

    assert len(told(plan, "relation")) == 1
    assert sorted(Representation.objects.values_list("kind", "ends_on")) == [
        ("shared_custody", None),
        ("sole_custody", clock.today()),
    ]
    assert bring_in(CHILD, MOTHER.format("delt")).changes_nothing


def test_custody_that_was_ended_here_is_not_begun_again(bring_in):
    bring_in(HOUSE, CHILD, MOTHER.format("delt"))
    held = Representation.objects.get()
    held.starts_on, held.ends_on = dt.date(2026, 1, 1), dt.date(2026, 11, 1)
    held.save()

    # Without custody the child cannot stay below 18 in the file either.
    with pytest.raises(actions.NotImported) as refused:
        bring_in(CHILD, MOTHER.format(""))

    assert [p.line for p in refused.value.plan.errors] == [2]
    assert bring_in(CHILD, MOTHER.format("delt")).changes_nothing
    assert Representation.objects.count() == 1


def test_a_guardian_may_be_of_two_kinds(bring_in):
    rows = (
        "Pårørende-id;Borger-id;Relation;Værge;Værgemål omfatter;Værge fra\n"
        'P-1;B-1;søster;"personlig, økonomisk";helbred;01-01-2026\n'
    )
    bring_in(HOUSE, BO, ANNA.replace(";B-1;søster", ";;"), rows)

    assert sorted(Representation.objects.values_list("kind", "topics")) == [
        ("economic", []),
        ("personal", ["health"]),
    ]
    bring_in(rows.replace("personlig, økonomisk", "nej").replace("helbred", ""))
    assert not Representation.objects.filter(ends_on=None).exists()


# CPR


def test_a_cpr_number_is_nowhere_to_be_found(bring_in, home, manager):
    number = "040690-1231"
    rows = BO.replace("Fødselsdato", "CPR-nummer").replace("04-06-1990", number)
    upload = actions.keep_upload(
        home=home,
        files=[(f"{number}.csv", rows.encode()), ("hus.csv", HOUSE.encode())],
        by=manager,
    )
    upload.refresh_from_db()
    kept = f"{upload.read} {upload.files}"
    assert "1231" not in kept

    actions.confirm(upload, seen=actions.plan_of(upload).fingerprint, by=manager)

    bo = Resident.objects.get()
    assert bo.born_on == dt.date(1990, 6, 4)
    assert bo.cpr_digest == cpr.digests("0406901231")[0]
    assert "1231" not in str(list(Resident.objects.values()))
    assert "1231" not in str(list(AuditEvent.objects.values()))


def test_a_cpr_number_is_known_again_after_the_secret_has_changed(bring_in, settings):
    rows = BO.replace("Fødselsdato", "CPR-nummer").replace("04-06-1990", "040690-1231")
    bring_in(HOUSE, rows)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    assert bring_in(rows).changes_nothing


# All or nothing


def test_one_bad_row_stops_everything(bring_in):
    bad = BO + "B-2;Ida;Holm;31-02-1990;Åhuset;01-02-2024;\n"

    with pytest.raises(actions.NotImported):
        bring_in(HOUSE, bad)

    assert not Resident.objects.exists()
    assert not Department.objects.exists()


@pytest.mark.parametrize("model", [Department, User, Resident, Relative, Relation])
def test_a_fault_half_way_leaves_nothing(bring_in, monkeypatch, model):
    def fail(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(type(model.objects.all()), "bulk_create", fail)
    before = [m.objects.count() for m in (Department, User, Resident, AuditEvent)]

    with pytest.raises(IntegrityError):
        bring_in()

    after = [m.objects.count() for m in (Department, User, Resident, AuditEvent)]
    assert after == before


def test_a_second_press_imports_once(home, manager):
    upload = actions.keep_upload(home=home, files=examples(), by=manager)
    seen = actions.plan_of(upload).fingerprint

    actions.confirm(upload, seen=seen, by=manager)
    again = actions.confirm(upload, seen=seen, by=manager)

    assert again.imported_at
    assert again.read == {}
    assert AuditEvent.objects.filter(verb="register.imported").count() == 1


def test_nothing_is_imported_if_the_portal_has_changed_since_the_preview(
    bring_in, home, manager
):
    bring_in(HOUSE, BO)
    files = [("borgere.csv", BO.replace(";12", ";14").encode())]
    upload = actions.keep_upload(home=home, files=files, by=manager)
    seen = actions.plan_of(upload).fingerprint
    Resident.objects.update(room="13")

    with pytest.raises(actions.NotImported):
        actions.confirm(upload, seen=seen, by=manager)

    assert Resident.objects.get().room == "13"


def test_a_clash_with_somebody_else_in_the_same_moment_is_no_fault(
    home, manager, monkeypatch
):
    upload = actions.keep_upload(home=home, files=examples(), by=manager)
    seen = actions.plan_of(upload).fingerprint

    def clash(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(actions, "_write", clash)
    with pytest.raises(actions.NotImported):
        actions.confirm(upload, seen=seen, by=manager)


def test_what_was_not_said_yes_to_is_forgotten_after_a_day(home, manager, move_clock):
    upload = actions.keep_upload(home=home, files=examples(), by=manager)
    move_clock(clock.now() + dt.timedelta(days=1, minutes=1))

    actions.forget_old_uploads()

    assert not type(upload).objects.exists()


def test_a_closed_department_takes_nobody_in(plan, home):
    DepartmentFactory(home=home, name="Åhuset", closed_on=dt.date(2026, 1, 1))

    assert [error.line for error in plan(BO).errors] == [2]
