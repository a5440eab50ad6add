"""What the law alone changes soon, on the start page of those who prepare it."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent import policy
from consent.ahead import turning
from consent.ahead.words import prepare
from portal import clock
from portal.rooms import Card, Found, Row
from residents import ledger
from residents import policy as residents

A_CARD = 5


def cards(user):
    if getattr(user, "resident", None):
        yield Card(
            _("More about who may see what"),
            [
                Row(*way, picture=picture)
                for picture, *way in (
                    ("see", _("Who has looked?"), reverse("consent:who-has-looked")),
                    (
                        "calendar",
                        _("What changes by itself?"),
                        reverse("consent:my-changes"),
                    ),
                    (
                        "tell",
                        _("What was told without asking me?"),
                        reverse("consent:my-disclosures"),
                    ),
                )
            ],
            order=10,
        )
    if not residents.any_job(user):
        return
    yield Found(
        turning.with_a_turn(turning.residents_of_interest(user)),
        lambda found: _of_work(user, found),
    )


def _of_work(user, found):
    known = {one.pk: one for one in found}
    by_law = turning.representations(found) if found else []
    turns = turning.soon_by_law(found, by_law)
    few = [(turn, known[turn.resident_id]) for turn in turns[:A_CARD]]
    ledger.read(user, [one for _turn, one in few], purpose=ledger.Purpose.CONSENT)
    rows = [_row(turn, resident, named=True) for turn, resident in few]
    if rows:
        yield Card(
            _("Changes by itself soon"),
            rows,
            more=(_("All of the next 60 days"), reverse("consent:changes-soon")),
            order=30,
        )


def overview(user, resident):
    """The talk to have before a birthday, and what the law changes soon."""
    if not policy.can_record_answers(user, resident):
        return
    yield Found(
        turning.representations([resident]),
        lambda by_law: _of_one(resident, turning.soon_by_law([resident], by_law)),
    )


def _of_one(resident, turns):
    if turns:
        yield Card(
            _("Changes by itself soon"),
            [_row(turn, resident) for turn in turns[:A_CARD]],
            order=28,
        )


def _row(turn, resident, *, named=False):
    talk = prepare([turn], resident)
    return Row(
        title=turn.why if turn.is_birthday or not named else f"{resident}: {turn.why}",
        url=reverse("consent:what-changes", args=[resident.uuid]),
        meta=date_format(turn.day, "DATE_FORMAT"),
        text=talk,
        badge=_("Have the talk") if talk else "",
        badge_kind="warning"
        if turn.day <= clock.today() + turning.A_DAY * 14
        else "info",
    )
