"""Which tests see a mutant, the likeliest first, and on which database."""

PREDICATES = [
    "tests/consent/test_grants.py",
    "tests/consent/test_given_for_another.py",
    "tests/consent/test_readers.py",
    "tests/consent/test_reference_model.py",
    "tests/consent/test_refusals.py",
    "tests/news/test_everyday_life.py",
]
TELLING = [
    "tests/consent/test_may_i_tell.py",
    "tests/consent/test_verify_access.py",
    "tests/consent/test_reference_model.py",
    "tests/consent/test_renewals.py",
]
# What sees a mutant of such a file, where it is not all that.
SEARCH = ["tests/residents/test_search.py"]
HOUSE_NEWS = [
    "tests/news/test_house_news.py",
    "tests/news/test_house_news_whole.py",
    "tests/news/test_news_files.py",
]
LIKELIEST = {
    "news/searched.py": SEARCH,
    "community/searched.py": [*SEARCH, "tests/community/test_enquiries.py"],
    "relatives/searched.py": SEARCH,
    "meetings/searched.py": SEARCH,
    "residents/searched.py": SEARCH,
    "knowledge/searched.py": SEARCH,
    "news/events/rooms.py": [*SEARCH, "tests/news/test_events.py"],
    "news/events": ["tests/news/test_feed.py", "tests/news/test_events.py"],
    "news/newsletters.py": ["tests/news/test_newsletters.py"],
    "news/letters.py": ["tests/news/test_newsletters.py"],
    "news/models/newsletters.py": ["tests/news/test_newsletters.py"],
    "news/views/newsletter_papers.py": ["tests/news/test_newsletters.py"],
    "news/audience.py": HOUSE_NEWS,
    "news/models/items.py": HOUSE_NEWS,
    "news/models/attachments.py": HOUSE_NEWS,
    "news/mails.py": ["tests/news/test_telling.py"],
    "news/policy.py": [*HOUSE_NEWS, "tests/news/test_photos.py"],
    "news": ["tests/news/test_photos.py", "tests/news/test_everyday_life.py"],
    "portal/pictures.py": [
        "tests/news/test_photos.py",
        "tests/news/test_news_files.py",
        "tests/knowledge/test_turning.py",
    ],
    "knowledge": ["tests/knowledge/test_articles.py"],
    "community": [
        "tests/community/test_enquiries.py",
        "tests/community/test_ideas.py",
    ],
    "portal/refusals.py": ["tests/consent/test_refusals.py"],
    "consent/phone": ["tests/consent/test_may_i_tell.py"],
    "relatives/actions/tellings.py": [
        "tests/consent/test_may_i_tell.py",
        "tests/relatives/test_telling_at_once.py",
    ],
    "residents/ledger.py": ["tests/residents/test_ledger.py"],
    "residents/showing.py": ["tests/residents/test_ledger.py"],
    "residents/policy.py": [
        "tests/residents/test_access_log.py",
        "tests/residents/test_ledger.py",
    ],
    "residents/models/residents.py": [
        "tests/portal/test_ages.py",
        "tests/consent/test_see_as.py",
    ],
    "residents/models": [
        "tests/residents/test_access_log.py",
        "tests/consent/test_looking.py",
        "tests/consent/test_givers.py",
    ],
    "residents/sight.py": ["tests/consent/test_see_as.py"],
    "consent/looking": ["tests/consent/test_looking.py"],
    "consent/actions/own.py": ["tests/consent/test_my_consents.py"],
    "consent/actions": [
        "tests/consent/test_answers.py",
        "tests/consent/test_given_for_another.py",
    ],
    "consent/models": [
        "tests/consent/test_given_for_another.py",
        "tests/consent/test_disclosures.py",
    ],
    "consent/policy.py": ["tests/consent/test_my_consents.py"],
    "consent/givers.py": ["tests/consent/test_givers.py"],
    "relatives/models": ["tests/relatives/test_representations.py"],
}
SECOND_WALL = ["tests/portal/test_walls.py"]


def database_of(mutant):
    """The walls, and SQL of its own, are PostgreSQL's."""
    name, _file, old, _new = mutant
    return "postgresql" if name.startswith("wall") or "to_char" in old else "sqlite"


def tests_for(mutant):
    name, file, old, _new = mutant
    if database_of(mutant) == "postgresql" and "to_char" not in old:
        return SECOND_WALL
    if database_of(mutant) == "postgresql":
        return [
            "tests/consent/test_grants.py",
            "tests/consent/test_given_for_another.py",
        ]
    if name.startswith(("telling", "in force")):
        return TELLING
    first = next((LIKELIEST[one] for one in LIKELIEST if file.startswith(one)), [])
    return first or PREDICATES
