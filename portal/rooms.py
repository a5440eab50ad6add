"""The start page, the menu and a resident's pages, put together from what each app adds.

An app's `rooms.py` may say who the person is (`role`), where they may go (`doors`), what
needs doing today (`cards`), what they must read before that (`first`), which pages a
resident has (`tabs`), what needs doing for one (`overview`), what somebody was handed about
residents (`was_handed`), what they may search (`searched`), which papers can be drawn for
a department (`batches`), who can see a thing about a resident (`who_sees`), what it was
made of (`comes_from`), as what a person is here (`stands_as`), what is open to them and why
(`opens`, `said_yes`), what a new home still lacks (`missing`), what somebody is here
(portal.selves asks), and why a department cannot be closed (`kept_open`). settings.ROOMS
names the apps, so that portal/ draws them all and knows none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.db.models import QuerySet

from portal.limited import all_of
from portal.models import Home


@dataclass(frozen=True)
class Door:
    """One entry of the main menu."""

    label: str
    url: str
    order: int = 50


@dataclass(frozen=True)
class Tab:
    """One of the pages about a resident."""

    label: str
    url: str
    order: int = 50


@dataclass(frozen=True)
class Row:
    """One line of a card: what it is, and where it leads."""

    title: str
    url: str
    meta: str = ""
    text: str = ""
    badge: str = ""
    # One of the design system's: info, success, warning, error.
    badge_kind: str = "info"
    # The pictogram of those who read by pictures.
    picture: str = ""


# Cards from this number on stand beside the others where the screen is wide enough.
LATER = 50


@dataclass(frozen=True)
class Card:
    """Something that needs doing today, or that is new."""

    heading: str
    rows: list[Row] = field(default_factory=list)
    # What to say when there is nothing.
    empty: str = ""
    # Label and address of the way to the whole list.
    more: tuple[str, str] | None = None
    # Label and address of what one would do here.
    action: tuple[str, str] | None = None
    order: int = 50
    picture: str = ""

    @property
    def is_pictured(self):
        return bool(self.picture or any(row.picture for row in self.rows))


@dataclass(frozen=True)
class Found:
    """What an app gives instead of cards whose rows must be looked up first.

    The rows of all apps are asked for together, so that a card with nothing on it costs
    no question of its own. `cards` makes cards of the list of rows, which may be empty.
    """

    rows: QuerySet
    cards: Callable[[list], Iterable[Card]]
    # Only whether there are any is of interest: `cards` gets True, or is not called.
    whether: bool = False


def _asked(what, *args):
    for name in settings.ROOMS:
        answer = getattr(import_module(name), what, None)
        if answer:
            yield answer(*args)


def _gathered(what, *args):
    things = [thing for answer in _asked(what, *args) for thing in answer]
    return sorted(things, key=lambda thing: thing.order)


def drawn(things):
    """Cards, and what has to be looked up for more of them: all of them as cards."""
    things = list(things)
    found = [one for one in things if isinstance(one, Found)]
    rows = iter(all_of((one.rows, one.whether) for one in found))
    for thing in things:
        if not isinstance(thing, Found):
            yield thing
        elif (there := next(rows)) or not thing.whether:
            yield from thing.cards(there)


def _cards(what, *args):
    things = [thing for answer in _asked(what, *args) for thing in answer]
    return sorted(drawn(things), key=lambda card: card.order)


def cards(user):
    """What the start page shows this person, in order."""
    return _cards("cards", user)


def columns(cards):
    """What to do or read today, and beside it what can wait. No column is empty."""
    today = [card for card in cards if card.order < LATER]
    later = [card for card in cards if card.order >= LATER]
    return [column for column in (today, later) if column]


def first(user):
    """The page that somebody without a job here must have read before the start page."""
    if user.employments_in_force:
        return None
    return next((url for url in _asked("first", user) if url), None)


def stands_as(user):
    """What the person is besides an employee: portal.models.PrivacyShown.Role."""
    return [role for answer in _asked("stands_as", user) for role in answer]


def opens(user):
    """What the person may see, and why: (about whom, sentences)."""
    return [one for answer in _asked("opens", user) for one in answer]


def said_yes(user):
    """When residents said yes to what the user sees: (resident's number, topic) to day."""
    return {key: day for answer in _asked("said_yes", user) for key, day in answer}


def tabs(user, resident):
    """The pages about this resident that this person may open."""
    return _gathered("tabs", user, resident)


def overview(user, resident):
    """What needs doing for one resident, for somebody who cares for them."""
    return _cards("overview", user, resident)


def was_handed(user):
    """What a relative was handed and may read now: (the resident's number, Row)."""
    return [one for answer in _asked("was_handed", user) for one in answer]


def who_sees(user, row):
    """Who can see a thing about a resident, and why; None if that is not for the user."""
    return next((known for known in _asked("who_sees", user, row) if known), None)


def searched(user):
    """What this person may search: a portal.searching.Kind for each kind of thing."""
    return _gathered("searched", user)


def comes_from(user, row):
    """What the row was made of, to whoever may know of it: rows that lead there."""
    return [one for answer in _asked("comes_from", user, row) for one in answer]


def doors(user):
    """The main menu of this person."""
    return _gathered("doors", user)


def missing(home):
    """What a new home still lacks before it can open: rows for its centre manager."""
    return [row for answer in _asked("missing", home) for row in answer]


def kept_open(department):
    """Why a department cannot be closed, in sentences: who lives there, say."""
    return [why for answer in _asked("kept_open", department) for why in answer]


def read_with_user():
    """What an app knows of each user and every page asks for, for select_related."""
    return [
        name
        for room in settings.ROOMS
        for name in getattr(import_module(room), "READ_WITH_USER", ())
    ]


def role(user):
    """What the person is here, in a word: shown beside the name on every page."""
    if user.employments_in_force:
        return user.employments_in_force[0].get_role_display()
    return next((word for word in _asked("role", user) if word), "")


def home_of(user):
    """The home whose name and telephone stand on the person's pages."""
    if user.is_authenticated:
        if user.employments_in_force:
            return user.employments_in_force[0].home
        known = next((home for home in _asked("home", user) if home), None)
        if known:
            return known
    return Home.objects.first()


def homes_beside_work(user):
    """The homes where the person is something else than staff: a relative, say."""
    return {home for home in _asked("home", user) if home}
