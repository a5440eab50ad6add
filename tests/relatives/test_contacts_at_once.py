"""Two presses, or two people, at the same instant: on whichever database this is."""

import uuid

import pytest
from django.http import QueryDict

from portal import drafts
from portal.models import AuditEvent, Draft
from relatives.actions import contacts as actions
from relatives.models import Contact
from tests.factories import ContactFactory, UserFactory


@pytest.fixture
def contact(transactional_db):
    return ContactFactory()


def test_two_presses_at_once_are_one_entry(apart, contact):
    number, mette = uuid.uuid4(), UserFactory()

    def press():
        return actions.log_contact(
            resident=contact.resident,
            relative=contact.relative,
            note="Once",
            uuid=number,
            by=mette,
        )

    pressed = apart(*[press] * 4)

    assert len({entry.pk for entry, _is_new in pressed}) == 1
    assert sorted(is_new for _entry, is_new in pressed) == [False, False, False, True]
    (found,) = apart(
        lambda: (
            Contact.objects.filter(note="Once").count(),
            AuditEvent.objects.filter(verb="contact.logged").count(),
        )
    )
    assert found == (1, 1)


def test_two_people_log_at_once_and_both_are_kept(apart, contact):
    def log(note):
        return actions.log_contact(
            resident=contact.resident,
            relative=contact.relative,
            note=note,
            uuid=uuid.uuid4(),
            by=contact.recorded_by,
        )

    logged = apart(*[lambda note=str(n): log(note) for n in range(4)])

    assert [is_new for _entry, is_new in logged] == [True] * 4
    (found,) = apart(
        lambda: set(
            Contact.objects.exclude(pk=contact.pk).values_list("note", flat=True)
        )
    )
    assert found == {"0", "1", "2", "3"}


def test_of_corrections_at_once_one_stands_and_the_others_are_told(apart, contact):
    def correct(note):
        return actions.correct_contact(
            contact,
            relative=contact.relative,
            note=note,
            uuid=uuid.uuid4(),
            by=contact.recorded_by,
        )

    tried = apart(*[lambda note=str(n): correct(note) for n in range(3)])

    made = [one for one in tried if isinstance(one, Contact)]
    told = [one for one in tried if isinstance(one, actions.CorrectedMeanwhile)]
    assert (len(made), len(told)) == (1, 2)
    assert {one.latest for one in told} == set(made)


def test_the_same_correction_pressed_twice_at_once_is_one(apart, contact):
    number = uuid.uuid4()

    def correct():
        return actions.correct_contact(
            contact,
            relative=contact.relative,
            note="Once",
            uuid=number,
            by=contact.recorded_by,
        )

    assert len({one.pk for one in apart(*[correct] * 3)}) == 1


def test_autosave_of_two_tabs_at_once_keeps_one_and_fails_in_neither(apart, contact):
    def keep(text):
        drafts.save(contact.recorded_by, "/x/", QueryDict(f"note={text}"))
        return "kept"

    assert (
        apart(lambda: keep("a"), lambda: keep("b"), lambda: keep("c")) == ["kept"] * 3
    )
    (kept,) = apart(lambda: Draft.objects.get().fields["note"][0])
    assert kept in "abc"


def test_an_autosave_that_meets_the_save_never_outlives_it(apart, contact):
    number = uuid.uuid4()

    apart(
        lambda: drafts.forget(contact.recorded_by, "/x/", number),
        *[
            lambda: drafts.save(
                contact.recorded_by, "/x/", QueryDict("note=late"), number
            )
        ]
        * 3,
    )

    (kept,) = apart(lambda: drafts.of(contact.recorded_by, "/x/"))
    assert kept is None
