"""What the residents of the demo have answered, in every state an answer can be in."""

from consent import actions
from consent.models import Consent
from demo.house import at
from residents.topics import Topic

YES, NO, NOT_YET = Consent.Answer
SEE, BE_TOLD, BE_CONTACTED, TAKE_PART = Consent.Action
WRITTEN, PAPER, ORAL = "written", "paper", "oral"
DAILY, PHOTOS, GOALS, MEETINGS, HEALTH, TREATMENT, SOCIAL, SUBSTANCE, OFFENCES, ECONOMY = Topic  # fmt: skip

VERSION = "2026-1"
TEXT = """\
Det er dig, der bestemmer, hvem vi må dele med. Vi spørger om én person og ét emne ad \
gangen. Du kan svare ja, nej eller ikke nu. Siger du ja, holder dit ja højst et år. Du \
kan altid sige stop. Så lukker vi med det samme. Det får ingen betydning for den hjælp, \
du får."""

TALKED = {"form": WRITTEN, "together": True}
ON_PAPER = {
    "form": PAPER,
    "how_informed": "Gennemgået med billedkort i to omgange.",
    "how_expressed": "Skrev selv under.",
}


def aloud(reason, witness):
    return {
        "form": ORAL,
        "oral_reason": reason,
        "witness": witness,
        "how_informed": "Vi sad i lejligheden og tog ét emne ad gangen.",
        "how_expressed": "Svarede tydeligt ja og nej og gentog med egne ord.",
    }


# Resident, day and hour, who asked, how, and the answers: relative, topics, answer, more.
TALKS = [
    # Hanne may see much. Rasmus sees nothing yet. Per, divorced from Hanne, sees a little.
    ("Emil", -372, "10.30", "Mette", TALKED, [
        ("Hanne", [DAILY, PHOTOS, GOALS, MEETINGS], YES, {}),
        ("Hanne", [HEALTH], YES, {}),
        ("Ellen", [DAILY], YES, {"action": BE_TOLD}),
    ]),
    ("Emil", -118, "14.00", "Mette", TALKED, [
        ("Hanne", [DAILY, PHOTOS, GOALS, MEETINGS, HEALTH], YES, {}),
        ("Hanne", [ECONOMY, SOCIAL], NO, {}),
        ("Hanne", [MEETINGS], YES, {"action": TAKE_PART}),
        ("Per", [DAILY], YES, {"degree": "important"}),
        ("Per", [HEALTH, ECONOMY], NO, {}),
        ("Rasmus", [DAILY, PHOTOS], NOT_YET, {"ask_again_on": 12}),
    ]),
    ("Emil", -30, "16.20", "Emil", {"form": WRITTEN}, [
        ("Per", [PHOTOS], YES, {"since": True}),
    ]),
]  # fmt: skip

# Resident, relative, topic, the day on which they said stop.
WITHDRAWN = []


def build(house):
    for resident, away, hour, by, how, answers in TALKS:
        _talk(
            house, house.residents[resident], house.moment(away, hour), by, how, answers
        )
    for resident, relative, topic, away in WITHDRAWN:
        consent = (
            house.relations[resident, relative]
            .consents.standing()
            .get(topic=topic, action=SEE)
        )
        with at(house.moment(away, "15.40")):
            actions.withdraw(
                consent,
                by=house.residents[resident].user
                or house.residents[resident].contact_person,
            )


def _talk(house, resident, asked_at, by, how, answers):
    how = dict(how)
    asker = house.staff.get(by) or resident.user
    if relative := how.pop("for", None):
        relation = house.relations[resident.given_name, relative]
        how["representation"] = relation.representations.get(ends_on=None)
    with at(asked_at):
        talk = actions.record_talk(
            resident=resident, text_version=VERSION, text_shown=TEXT, by=asker, **how
        )
        for relative, topics, answer, more in answers:
            relation = house.relations[resident.given_name.split()[0], relative]
            for topic in topics:
                actions.record_answer(
                    talk=talk,
                    relation=relation,
                    topic=topic,
                    answer=answer,
                    by=asker,
                    **_dated(house, asked_at, more),
                )


def _dated(house, asked_at, more):
    """Days counted from today become instants; `since` is the talk itself."""
    more = dict(more)
    if more.pop("since", False):
        more["since"] = asked_at
    for name in ("starts_at", "ends_at"):
        if name in more:
            more[name] = house.moment(more[name], "0.00")
    if "ask_again_on" in more:
        more["ask_again_on"] = house.day(more["ask_again_on"])
    return more
