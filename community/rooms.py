"""Enquiries on the start pages, in the menu and on the pages of one resident."""

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from community import finding, policy
from community import searched as in_search
from community.matters import MANAGER
from community.models import Enquiry, Idea
from portal.rooms import Card, Door, Found, Row, Tab
from relatives.models import Agreement, Contact
from residents import ledger
from residents.policy import cares_for

A_CARD = 5


def doors(user):
    if policy.can_list(user):
        yield Door(_("Enquiries"), reverse("community:enquiries"), order=17)
    if getattr(user, "relative", None):
        yield Door(_("Write to us"), reverse("community:my-enquiries"), order=25)
    elif getattr(user, "resident", None):
        yield Door(_("Write to the staff"), reverse("community:my-enquiries"), order=25)

    if user.employments_in_force or outside(user):
        yield Door(_("Idea box"), reverse("community:ideas"), order=58)


def outside(user):
    """A relative or a resident, wherever else they work."""
    return getattr(user, "relative", None) or getattr(user, "resident", None)


def searched(user):
    return in_search.kinds(user)


def tabs(user, resident):
    if cares_for(user, resident):
        yield Tab(
            _("Enquiries"),
            reverse("community:of-resident", args=[resident.uuid]),
            order=27,
        )


def cards(user):
    # What somebody has written is not read through their eyes.
    if outside(user) and user.sight is None:
        yield _own(user)
    if policy.can_list(user):
        yield _at_work(user)
    if any(job.is_manager for job in user.employments_in_force):
        found = Idea.objects.to_answer(user).order_by("recorded_at")[:A_CARD]
        yield Found(found, _card_of_ideas)


def overview(user, resident):
    """What waits for an answer about one resident."""
    if cares_for(user, resident):
        found = Enquiry.objects.waiting().filter(resident=resident).most_urgent_first()
        yield Found(
            found.with_people()[:A_CARD],
            lambda rows: _card_of_work(
                user,
                rows,
                heading=_("Enquiries"),
                more=reverse("community:of-resident", args=[resident.uuid]),
            ),
        )


def comes_from(user, row):
    """The enquiry of which an entry of the contact log or an agreement was made."""
    kinds = {Contact: "contact", Agreement: "agreement"}
    if type(row) not in kinds or not policy.can_list(user):
        return
    first = getattr(row, "first_id", None) or row.pk
    made = Enquiry.objects.at_work_of(user).filter(
        **{f"outcomes__{kinds[type(row)]}": first}
    )
    for one in made:
        yield Row(
            title=_("Made of enquiry %(number)s") % {"number": one.number},
            url=reverse("community:enquiry", args=[one.uuid]),
        )


def _own(user):
    """What waits with us, and what we have answered since the last log-in."""
    new = Q(answered_at__isnull=False)
    if user.previous_login:
        new = Q(answered_at__gt=user.previous_login)
    found = Enquiry.objects.sent_by(user).filter(~Q(status="answered") | new)
    return Found(
        found.select_related("resident")[:A_CARD],
        lambda rows: _card_of_own(user, rows),
    )


def _card_of_own(user, enquiries):
    easy = not getattr(user, "relative", None)
    rows = []
    for one in enquiries:
        day = {"day": date_format(one.expected_by)}
        answered = one.is_answered
        rows.append(
            Row(
                title=finding.title_for(user, one),
                url=reverse("community:my-enquiry", args=[one.uuid]),
                meta="" if easy else _("Number %(number)s") % {"number": one.number},
                badge=_("We have answered")
                if answered
                else _("You get an answer by %(day)s") % day,
                badge_kind="success" if answered else "info",
                picture="talk" if easy else "",
            )
        )
    if rows:
        yield Card(
            _("What you have asked us"),
            rows,
            more=(_("All that you have written"), reverse("community:my-enquiries")),
            order=12,
        )


def _at_work(user):
    """To a manager what is overdue or to be decided; to others what is theirs or new."""
    waiting = Enquiry.objects.at_work_of(user).waiting()
    jobs = user.employments_in_force
    professions = {job.profession for job in jobs}
    theirs = Q(owner=user) | Q(owner=None, routed_to__in=professions)
    if any(job.is_manager for job in jobs):
        late = Enquiry.objects.overdue().values("pk")
        theirs |= Q(pk__in=late) | Q(escalated_at__isnull=False)
        theirs |= Q(owner=None, routed_to=MANAGER)
        waiting = Enquiry.objects.at_work_of(user).filter(
            ~Q(status="answered") | Q(escalated_at__isnull=False)
        )
    found = waiting.filter(theirs).most_urgent_first().with_people()[:A_CARD]
    return Found(
        found,
        lambda rows: _card_of_work(
            user,
            rows,
            heading=_("Enquiries to answer"),
            more=reverse("community:enquiries"),
        ),
    )


def _card_of_work(user, enquiries, *, heading, more):
    ledger.read(user, enquiries, purpose=ledger.Purpose.CONTACT)
    rows = [
        Row(
            title=one.subject,
            url=reverse("community:enquiry", args=[one.uuid]),
            meta=f"{one.number} · {one.sender} · {one.resident}",
            **_badge(one),
        )
        for one in enquiries
    ]
    if rows:
        yield Card(heading, rows, more=(_("All enquiries"), more), order=12)


def _card_of_ideas(ideas):
    rows = [
        Row(
            title=Truncator(one.text).chars(80),
            url=reverse("community:idea", args=[one.uuid]),
            meta=one.get_capacity_display(),
        )
        for one in ideas
    ]
    if rows:
        more = (_("Idea box"), reverse("community:ideas"))
        yield Card(_("Ideas to answer"), rows, more=more, order=55)


def _badge(enquiry):
    day = {"day": date_format(enquiry.expected_by, "MONTH_DAY_FORMAT")}
    if enquiry.is_overdue:
        return {"badge": _("Overdue: %(day)s") % day, "badge_kind": "error"}
    if enquiry.escalated_at:
        return {"badge": _("To be decided"), "badge_kind": "warning"}
    kind = "info" if enquiry.owner_id else "warning"
    return {"badge": _("Answer by %(day)s") % day, "badge_kind": kind}
