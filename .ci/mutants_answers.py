"""Mutants of who may answer for a resident, and of how an answer is recorded."""

RECORD, GIVERS = "consent/actions/answers.py", "consent/givers.py"
OWN = "consent/actions/own.py"

ANSWERS = [
    # Recording.
    (
        "recording: a yes that is not understood",
        RECORD,
        "if answer == Consent.Answer.YES and talk.is_not_understood",
        "if answer is None",
    ),
    (
        "recording: another resident's relative",
        RECORD,
        "if relation.resident_id != talk.resident_id",
        "if relation is None",
    ),
    (
        "recording: health for as long as one likes",
        RECORD,
        "if topic in HEALTH_TOPICS and ends_at and ends_at > limit",
        "if topic is None",
    ),
    (
        "recording: whoever represented once",
        RECORD,
        "            representation.holds_today\n            and representation",
        "            representation",
    ),
    (
        "recording: who represents another",
        RECORD,
        "            and representation.relation.resident_id == resident.pk",
        "",
    ),
    (
        "a stop stops what is closed already",
        RECORD,
        "    while consent.closed_because == Consent.Closed.REPLACED:\n        consent = consent.replaced_by\n",
        "",
    ),
    (
        "a no closes seeing and not telling",
        OWN,
        "    if answer != Consent.Answer.YES:\n        _stop",
        "    if answer is None:\n        _stop",
    ),
    (
        "a no waits for the page to be new",
        OWN,
        "if not pressed_before and answer != Consent.Answer.NO:",
        "if not pressed_before:",
    ),
    (
        "a yes on a page that has grown old",
        OWN,
        '(str(standing.uuid) if standing else "") != stood',
        "stood is None",
    ),
    ("undo opens for longer", OWN, '            "ends_at": earlier.ends_at,\n', ""),
    (
        "givers: 15 is under 15",
        GIVERS,
        "self.resident.age < 15",
        "self.resident.age <= 15",
    ),
    (
        "givers: health at 15",
        GIVERS,
        "self.resident.age >= 15 and",
        "self.resident.age > 15 and",
    ),
    (
        "givers: one of two is enough",
        GIVERS,
        "if not is_yes or not way.of_shared_custody:",
        "if True:",
    ),
    (
        "givers: the same holder twice",
        GIVERS,
        " and way.agreed_too != way.representation",
        "",
    ),
    (
        "givers: without capacity",
        GIVERS,
        "guardian := self.first(Kind.INCAPACITATED)",
        "guardian := None",
    ),
    (
        "givers: alone with a co-guardian",
        GIVERS,
        "guardian := self.first(Kind.JOINT)",
        "guardian := None",
    ),
]
