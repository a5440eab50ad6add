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
LIKELIEST = {
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
