import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from portal import actions, clock, house, invitations, rooms
from portal.models import Department, Employment, Home, Invitation, User
from tests.factories import (
    DepartmentFactory,
    EmploymentFactory,
    HomeFactory,
    RelativeFactory,
    UserFactory,
)

TODAY = clock.today()
Role = Employment.Role


def send(client, page, /, **data):
    """Fill in a kept form as a browser would: with the slip of the page."""
    path = reverse(page)
    slip = client.get(path).context["form"].initial["slip"]
    return client.post(path, {"slip": slip, **data}, follow=True)


def new(cast, **more):
    return {
        "name": "Nanna Friis",
        "email": "nanna@example.com",
        "role": "care",
        "profession": "nurse",
        "department": cast.aakanden.pk,
        "starts_on": TODAY.isoformat(),
        "invite": "on",
        **more,
    }


def names(response):
    return [person.name for person, _state in response.context["rows"]]


def test_a_centre_manager_changes_the_texts_of_the_home(sign_in, cast):
    send(
        sign_in(cast.clara),
        "home-texts",
        name="Solgården",
        phone="87 65 43 21",
        answer_days="2",
        about="Vi bor ved søen.",
    )

    home = Home.objects.get(pk=cast.solgaarden.pk)
    assert (home.phone, home.answer_days, home.about) == (
        "87 65 43 21",
        2,
        "Vi bor ved søen.",
    )


@pytest.mark.parametrize("phone", ["12", "hello", "12345678901234567890123"])
def test_a_telephone_number_that_cannot_be_one_is_refused(sign_in, cast, phone):
    answer = send(
        sign_in(cast.clara), "home-texts", name="S", phone=phone, answer_days="2"
    )

    assert "phone" in answer.context["form"].errors


def test_a_centre_manager_adds_renames_and_closes_a_department(sign_in, cast):
    client = sign_in(cast.clara)

    client.post(reverse("department-add"), {"name": "Engen"})
    engen = Department.objects.get(name="Engen", home=cast.solgaarden)
    client.post(reverse("department", args=[engen.uuid]), {"name": "Enghaven"})
    client.post(reverse("department-close", args=[engen.uuid]))

    engen.refresh_from_db()
    assert (engen.name, engen.closed_on) == ("Enghaven", TODAY)


def test_two_departments_of_one_home_do_not_share_a_name(sign_in, cast):
    answer = sign_in(cast.clara).post(reverse("department-add"), {"name": "åkanden"})

    assert answer.context["form"].errors["name"]


def test_a_department_where_somebody_lives_or_works_is_not_closed(sign_in, cast):
    client = sign_in(cast.clara)
    somebody_works = DepartmentFactory(home=cast.solgaarden)
    EmploymentFactory(department=somebody_works)

    for department in (cast.aakanden, somebody_works):
        client.post(reverse("department-close", args=[department.uuid]))
        department.refresh_from_db()
        assert department.closed_on is None
    assert rooms.kept_open(cast.aakanden)


def test_a_new_colleague_is_employed_and_invited(sign_in, cast):
    answer = send(sign_in(cast.clara), "staff-add", **new(cast))

    nanna = User.objects.get(email="nanna@example.com")
    assert answer.redirect_chain[-1][0] == reverse("employee", args=[nanna.uuid])
    assert nanna.works_in(cast.aakanden)
    assert Invitation.objects.get(user=nanna).invited_by == cast.clara


def test_a_button_pressed_twice_employs_once(sign_in, cast):
    client = sign_in(cast.clara)
    slip = client.get(reverse("staff-add")).context["form"].initial["slip"]

    for _ in range(2):
        client.post(reverse("staff-add"), {"slip": slip, **new(cast)})

    assert Employment.objects.filter(user__email="nanna@example.com").count() == 1
    assert Invitation.objects.count() == 1


def test_a_known_address_is_the_person_it_belongs_to(sign_in, cast):
    send(
        sign_in(cast.clara),
        "staff-add",
        **new(cast, email=cast.anna.email.upper(), name="Somebody else"),
    )

    assert cast.anna.employments.get().department == cast.aakanden
    assert User.objects.get(pk=cast.anna.pk).name == "Anna"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "manager", "department": ""}, "department"),
        ({"role": "king"}, "role"),
        ({"email": "nobody"}, "email"),
        ({"starts_on": "31.02.2026"}, "starts_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"name": ""}, "name"),
    ],
)
def test_an_employment_that_cannot_be_is_refused(sign_in, cast, changes, field):
    answer = send(sign_in(cast.clara), "staff-add", **new(cast, **changes))

    assert field in answer.context["form"].errors
    assert not User.objects.filter(email="nanna@example.com").exists()


def test_a_department_manager_employs_care_workers_in_their_department_only(
    sign_in, cast
):
    client = sign_in(cast.karen)

    for changes in ({"role": "manager"}, {"department": cast.bakken.pk}):
        answer = send(client, "staff-add", **new(cast, **changes))
        assert answer.context["form"].errors
    send(client, "staff-add", **new(cast))

    assert Employment.objects.get(user__email="nanna@example.com").role == Role.CARE


def test_a_department_manager_sees_the_care_workers_of_the_department(sign_in, cast):
    client = sign_in(cast.karen)

    assert names(client.get(reverse("staff"))) == ["Mette"]
    assert names(client.get(reverse("staff"), {"way": "gone"})) == ["Liv"]
    assert client.get(reverse("employee", args=[cast.tim.uuid])).status_code == 404


def test_a_centre_manager_sees_the_staff_of_the_home(sign_in, cast):
    client = sign_in(cast.clara)

    assert names(client.get(reverse("staff"))) == [
        "Clara",
        "Dora",
        "Karen",
        "Mette",
        "Sysse",
        "Tim",
        "Vera",
    ]
    # NUL is dropped and parts no words: no name here begins with "te", and a word that
    # short is looked for at the beginning only (docs/decisions/0023).
    assert names(client.get(reverse("staff"), {"q": "me met\x00te"})) == ["Mette"]
    assert names(client.get(reverse("staff"), {"q": "met te"})) == []
    assert client.get(reverse("staff"), {"page": "9" * 40}).status_code == 200


def test_the_list_of_staff_costs_the_same_however_long(sign_in, cast):
    client = sign_in(cast.clara)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("staff"))
        costs.append(len(queries))
        EmploymentFactory.create_batch(3, department=cast.aakanden)

    assert costs[0] == costs[1] <= 12


def test_a_job_ends_with_its_last_day(sign_in, cast, move_clock):
    job = cast.mette.employments.get()
    sign_in(cast.karen).post(
        reverse("job-end", args=[job.uuid]), {"last_day": TODAY.isoformat()}
    )
    mettes = sign_in(cast.mette)
    bo = reverse("residents:resident", args=[cast.bo.uuid])

    assert mettes.get(bo).status_code == 200
    move_clock(clock.now() + dt.timedelta(days=1))
    assert sign_in(cast.mette).get(bo).status_code == 404


def test_a_job_that_has_not_begun_is_taken_back(sign_in, cast):
    job = EmploymentFactory(
        department=cast.aakanden, starts_on=TODAY + dt.timedelta(days=9)
    )

    actions.end_employment(job, last_day=TODAY, by=cast.clara)

    assert not Employment.objects.filter(pk=job.pk).exists()


def test_the_last_centre_manager_cannot_stop(sign_in, cast):
    job = cast.clara.employments.get()
    path = reverse("job-end", args=[job.uuid])
    client = sign_in(cast.clara)
    # One who has left or may not log in, one elsewhere, and a department manager.
    for other in (
        {"ends_on": TODAY - dt.timedelta(days=1)},
        {"ends_on": TODAY + dt.timedelta(days=3)},
        {"user__is_active": False},
        {"home": cast.elsewhere.home},
    ):
        EmploymentFactory(
            role=Role.CENTRE_MANAGER,
            department=None,
            **{"home": cast.solgaarden} | other,
        )

    answer = client.post(path, {"last_day": TODAY.isoformat()})

    assert answer.context["form"].non_field_errors()
    EmploymentFactory(role=Role.CENTRE_MANAGER, department=None, home=cast.solgaarden)
    assert client.post(path, {"last_day": TODAY.isoformat()}).status_code == 302


def test_a_new_address_has_to_be_invited_anew(sign_in, cast, client):
    mette = cast.mette
    mette.set_password("tre grønne heste i regnvejr")
    mette.save()

    sign_in(cast.clara).post(
        reverse("employee-edit", args=[mette.uuid]),
        {"name": "Mette Lund", "email": "mette.lund@example.com"},
    )

    mette = User.objects.get(pk=mette.pk)
    assert (mette.name, mette.email) == ("Mette Lund", "mette.lund@example.com")
    assert not mette.has_usable_password()
    assert invitations.states([mette])[mette] == invitations.State.OPEN


def test_an_address_of_somebody_else_is_refused(sign_in, cast):
    answer = sign_in(cast.clara).post(
        reverse("employee-edit", args=[cast.mette.uuid]),
        {"name": "Mette", "email": cast.karen.email.upper()},
    )

    assert "email" in answer.context["form"].errors


@pytest.mark.parametrize("page", ["employee-edit", "employee-forget-codes"])
def test_employing_somebody_opens_no_way_into_their_other_home(sign_in, cast, page):
    cast.rikke.set_password("tre grønne heste i regnvejr")
    cast.rikke.save()
    client = sign_in(cast.clara)
    send(client, "staff-add", **new(cast, email=cast.rikke.email))

    taken = client.post(
        reverse(page, args=[cast.rikke.uuid]),
        {"name": "Rikke", "email": "clara.too@example.com"},
    )

    assert taken.status_code == 403
    rikke = User.objects.get(pk=cast.rikke.pk)
    assert (rikke.email, rikke.has_usable_password()) == (cast.rikke.email, True)
    # Nor is it told what she does there.
    shown = client.get(reverse("employee", args=[cast.rikke.uuid]))
    assert [job.home for job, _can_end in shown.context["jobs"]] == [cast.solgaarden]


def test_a_relative_of_another_home_keeps_their_log_in(sign_in, cast):
    stranger = RelativeFactory(home=cast.elsewhere.home).user
    client = sign_in(cast.clara)
    send(client, "staff-add", **new(cast, email=stranger.email))

    page = reverse("employee-edit", args=[stranger.uuid])
    assert client.get(page).status_code == 403
    # Her own home's she knows anyway.
    send(client, "staff-add", **new(cast, email=cast.jens.email))
    page = reverse("employee-edit", args=[cast.jens.uuid])
    assert client.get(page).status_code == 200


def test_who_has_left_is_nobodys_but_the_new_homes(sign_in, cast):
    EmploymentFactory(user=cast.liv, department=cast.elsewhere)

    page = reverse("employee-edit", args=[cast.liv.uuid])

    assert sign_in(cast.clara).get(page).status_code == 403


def test_a_lost_telephone_is_forgotten(sign_in, cast):
    for person in (cast.mette, cast.tim):
        Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    sign_in(cast.clara).post(reverse("employee-forget-codes", args=[cast.mette.uuid]))

    assert list(Authenticator.objects.values_list("user__name", flat=True)) == ["Tim"]


def test_the_first_card_says_what_a_new_home_lacks(db):
    home = HomeFactory(phone="")
    manager = EmploymentFactory(
        home=home, department=None, role=Role.CENTRE_MANAGER, user=UserFactory()
    ).user
    manager.set_password("x")
    manager.save()

    [card] = house.cards(manager)

    assert [row.url for row in card.rows] == [
        reverse("home-texts"),
        reverse("department-add"),
        reverse("staff-add"),
        reverse("relatives:register-upload"),
    ]


def test_the_first_card_goes_away_when_nothing_is_missing(cast):
    User.objects.update(password="x")

    assert list(house.cards(cast.clara)) == []


@pytest.mark.parametrize("who", ["vera", "sysse"])
def test_who_works_with_no_resident_is_told_why_they_see_none(cast, who):
    with override("en"):
        told = [card.empty for card in rooms.cards(getattr(cast, who))]
        others = [card.empty for card in rooms.cards(cast.clara)]
    assert "You see no residents" in told[0]
    assert not any("You see no residents" in empty for empty in others)
