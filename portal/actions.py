"""What changes in the home itself. Every change goes through here."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q

from portal import audit, clock, invitations, outbox
from portal.accounts import sessions
from portal.models import Department, Employment, Home, User


class Refused(ValueError):
    """The change would leave the home in a state it must not be in."""


class LastCentreManager(Refused):
    """Nobody would be left to run the home."""


class NotEmpty(Refused):
    """Somebody still lives or works in the department."""


@transaction.atomic
def change_texts(home, *, by, **texts):
    """What the home says about itself: name, telephone, how soon it answers."""
    for field, text in texts.items():
        setattr(home, field, text)
    home.save(update_fields=[*texts])
    audit.record("home.changed", by=by, about=home, fields=sorted(texts))


@transaction.atomic
def open_department(*, home, name, phone="", by):
    """A department; the one of that name, if the button was pressed twice."""
    department, is_new = Department.objects.get_or_create(
        home=home, name=name, defaults={"phone": phone}
    )
    if is_new or department.closed_on:
        department.closed_on, department.phone = None, phone
        department.save(update_fields=["closed_on", "phone"])
        audit.record("department.opened", by=by, about=department)
    return department


@transaction.atomic
def change_department(department, *, name, phone, by):
    """Another name or telephone; people and rows stay where they are."""
    department.name, department.phone = name, phone
    department.save(update_fields=["name", "phone"])
    audit.record("department.changed", by=by, about=department)


@transaction.atomic
def close_department(department, *, by, reasons=()):
    """Nobody is entered there any more. Raises NotEmpty while it is in use.

    `reasons` are what the apps above say against it (portal.rooms.kept_open).
    """
    not_ended = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    if list(reasons) or department.employments.filter(not_ended).exists():
        raise NotEmpty
    department.closed_on = clock.today()
    department.save(update_fields=["closed_on"])
    audit.record("department.closed", by=by, about=department)


@transaction.atomic
def employ(
    *,
    home,
    name,
    email,
    role,
    profession,
    starts_on,
    by,
    department=None,
    invite=True,
):
    """Somebody works here, as this, from this day. Answers with the employment.

    A known e-mail address is the person it belongs to; whoever has never chosen a
    password is invited. Doing it twice is doing it once.
    """
    # Locks the home, so that two presses come one after the other.
    Home.objects.select_for_update().get(pk=home.pk)
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(email, name)
        audit.record("user.created", by=by, about=person)
    job, is_new = Employment.objects.get_or_create(
        user=person,
        home=home,
        department=department,
        role=role,
        ends_on=None,
        defaults={"profession": profession, "starts_on": starts_on},
    )
    if is_new:
        audit.record("employment.started", by=by, about=job, role=role)
    if invite and person.is_active and not person.has_usable_password():
        invitations.invite(person, by=by)
    return job


@transaction.atomic
def end_employment(job, *, last_day, by):
    """The job opens nothing from the day after its last day.

    A job that has not begun by then is taken back altogether. Raises LastCentreManager.
    """
    # Locks the home, so that two centre managers cannot end one another.
    Home.objects.select_for_update().get(pk=job.home_id)
    if job.role == Employment.Role.CENTRE_MANAGER:
        others = Employment.objects.in_force().filter(
            home=job.home, role=job.role, ends_on=None, user__is_active=True
        )
        if not others.exclude(user=job.user).exists():
            raise LastCentreManager
    audit.record(
        "employment.ended",
        by=by,
        about=job,
        last_day=last_day.isoformat(),
        was=job.ends_on and job.ends_on.isoformat(),
    )
    if job.starts_on > last_day:
        job.delete()
        return
    job.ends_on = last_day
    job.save(update_fields=["ends_on"])


@transaction.atomic
def change_person(person, *, name, email, by):
    """Correct somebody's name or address. A new address has to be invited anew."""
    person.name = name
    if email.lower() != person.email.lower():
        # Whoever has the new address has shown nothing yet: all sessions end here.
        person.set_unusable_password()
        EmailAddress.objects.filter(user=person).delete()
        SocialAccount.objects.filter(user=person).delete()
        audit.record("user.address_changed", by=by, about=person)
        person.email = email
        person.save()
        invitations.invite(person, by=by)
        return
    person.save(update_fields=["name"])
    audit.record("user.changed", by=by, about=person)


@transaction.atomic
def forget_second_factor(person, *, by):
    """For whoever has lost the telephone and the spare codes: they set it up anew."""
    gone, _kinds = Authenticator.objects.filter(user=person).delete()
    if gone:
        audit.record("user.second_factor_forgotten", by=by, about=person)
        # Whoever has found the telephone may be logged in on it.
        sessions.end(person, by=by)
        outbox.post(
            "account-changed",
            to=person,
            key=f"second-factor-forgotten:{person.pk}:{clock.now():%Y%m%d%H%M%S}",
            what="totp_deactivated",
        )
