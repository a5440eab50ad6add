"""Mutants of what the house tells: news, newsletters, calendars, the library."""

AUDIENCE, ITEMS = "news/audience.py", "news/models/items.py"
LETTERS, LETTER = "news/letters.py", "news/models/newsletters.py"
SENT, PAPER = "news/newsletters.py", "news/views/newsletter_papers.py"
EVENTS, FEED = "news/events/readers.py", "news/events/feed.py"

HOUSE = [
    (
        "news: for relatives, though it is not",
        AUDIENCE,
        "Q(for_relatives=True) & _for(",
        "_for(",
    ),
    (
        "news: for residents, though it is not",
        AUDIENCE,
        "Q(for_residents=True) & _for(",
        "_for(",
    ),
    (
        "news: to whose relation ended",
        AUDIENCE,
        "relations__relative__user=user, relations__ended_at=None",
        "relations__relative__user=user",
    ),
    (
        "news: to every department",
        AUDIENCE,
        "Q(home__in=homes) & (Q(whole_home=True) | _told_in(departments))",
        "Q(home__in=homes)",
    ),
    (
        "news: whole homes of others",
        AUDIENCE,
        "return Q(home__in=homes) & (",
        "return (",
    ),
    (
        "news: edited though it is also for others",
        AUDIENCE,
        "_told_in(managed) & ~_told_beyond(managed)",
        "_told_in(managed)",
    ),
    (
        "news: a colleague's draft",
        AUDIENCE,
        "Q(author=user, published_at=None)",
        "Q(published_at=None)",
    ),
    (
        "news: published where one does not manage",
        "news/policy.py",
        "return all(user.manages",
        "return any(user.manages",
    ),
    (
        "news: shown before its time",
        ITEMS,
        "TOLD & BEGUN & audience.read_by(user) | audience",
        "TOLD & audience.read_by(user) | audience",
    ),
    (
        "news: taken back",
        ITEMS,
        "replaced_at=None, recalled_at=None)",
        "replaced_at=None)",
    ),
    (
        "news: before it was corrected",
        ITEMS,
        "replaced_at=None, recalled_at=None)",
        "recalled_at=None)",
    ),
    (
        "news: the files of any",
        "news/models/attachments.py",
        "self.filter(item__in=NewsItem.objects.visible_to(user))",
        "self.all()",
    ),
    (
        "letter: with news for others in it",
        LETTERS,
        "NewsItem.objects.readable_by(user).current()",
        "NewsItem.objects.current()",
    ),
    (
        "letter: with what was taken back",
        LETTERS,
        "readable_by(user).current().filter",
        "readable_by(user).filter",
    ),
    (
        "letter: with nothing in it for the reader",
        LETTER,
        "NewsItem.objects.readable_by(user)",
        "NewsItem.objects",
    ),
    (
        "letter: before it is sent",
        LETTER,
        "Exists(chosen), sent_at__isnull=False)",
        "Exists(chosen))",
    ),
    (
        "letter: another manager's",
        LETTER,
        "home__in=managed, author=user.pk",
        "home__in=managed",
    ),
    ("letter: to the staff unasked", SENT, "if letter.to_staff:", "if letter.pk:"),
    ("letter: to whoever is locked out", SENT, "(them, is_active=True)", "(them)"),
    (
        "letter: to who wants none",
        SENT,
        '.exclude(\n        pk__in=never.values("user")\n    )',
        "",
    ),
    (
        "letter: addresses of any department",
        PAPER,
        " or not (\n        request.user.manages(department)\n    )",
        "",
    ),
    ("letter: on paper what is for staff", PAPER, "item.for_relatives and (", "("),
    (
        "event: for relatives, though it is not",
        EVENTS,
        "Q(for_relatives=True) & _at(",
        "_at(",
    ),
    (
        "event: for residents, though it is not",
        EVENTS,
        "Q(for_residents=True) & _at(",
        "_at(",
    ),
    (
        "event: to whose relation ended",
        EVENTS,
        "relations__relative__user=user, relations__ended_at=None",
        "relations__relative__user=user",
    ),
    (
        "event: of any department",
        EVENTS,
        " & (Q(department=None) | Q(department__in=departments))",
        "",
    ),
    (
        "calendar: what others read of",
        "news/events/files.py",
        "HouseEvent.objects.told_to(user)\n        .filter",
        "HouseEvent.objects.filter(published_at__isnull=False)\n        .filter",
    ),
    (
        "calendar: of whoever may not log in",
        FEED,
        "user = Backend().get_user(number) if number else None\n    return user if user and user.is_active else None",
        "from portal.models import User\n    return User.objects.filter(pk=number).first()",
    ),
    (
        "calendar: an address that was closed",
        "news/events/actions.py",
        "CalendarFeed.objects.filter(user=by).delete()",
        "CalendarFeed.objects.filter(user=None).delete()",
    ),
    (
        "library: what is written for others",
        "knowledge/models/articles.py",
        "audience__in=audience.read_by(user)",
        "audience__isnull=False",
    ),
]
