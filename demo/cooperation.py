"""Agreements in which many have a part: what for, why, who helps.

Like demo.agreements: nobody's name stands in the words, for one relative does not know
of another.
"""

from demo.house import at, number
from relatives import actions
from relatives.models import TOPICS
from residents.topics import Topic

# Resident, topic, days ago, by whom, what is agreed, on what terms, and who helps.
TOGETHER = [
    ("Emil", Topic.DAILY, -24, "Mette", "Emil cykler til træning om mandagen.", {
        "responsible": "contact_person", "follow_up": -3,
        "goal": "Emil bliver stærkere og møder nogen på sin egen alder.",
        "reason": "En fast dag giver ro. Emil har selv valgt cyklen.",
        "involvement": "develop", "participation": "self",
    }, [
        ("resident", "Pumper cyklen og tager hjelm på"),
        ("Hanne", "Henter ham i bilen, når det regner"),
        ("staff", "Tjekker lygterne hver søndag"),
        ("other", "Træneren ringer, hvis Emil ikke kommer"),
    ]),
    ("Thomas", Topic.GOALS, -30, "Fatima", "Thomas dyrker sit eget bed i haven.", {
        "responsible": "resident", "follow_up": 12,
        "goal": "Thomas er ude hver dag og har noget, der er hans.",
        "involvement": "involve", "participation": "support",
    }, [
        ("Bodil", "Tager frø med"),
        ("staff", "Låser haven op kl. 9"),
    ]),
    ("Henning", Topic.HEALTH, -18, "Signe", "Henning går til holdtræning om onsdagen.", {
        "relative": "Gerda", "due": 40, "follow_up": 10,
        "goal": "Henning kan gå selv til havnen.",
        "reason": "Fysioterapeuten har set, at han går bedre med andre.",
        "involvement": "decide", "participation": "self",
    }, [
        ("staff", "Bestiller kørsel hver mandag"),
        ("resident", "Ringer selv, hvis han er træt"),
    ]),
]  # fmt: skip

# Which of them, days ago, by whom: how it went, why not, and when it is looked at again.
LOOKED_AT = [
    (1, -9, "Fatima", "partly", "Det har regnet meget, og haven var låst to gange.", "continues", 12),
    (2, -4, "Signe", "kept", "", "continues", 10),
]  # fmt: skip
# Which of them, days ago, and who has said that it is too much.
TOO_MUCH = [(2, -1, "Gerda")]

# Resident, relative, about what and when, how, whether at night too, and who passes it on.
CALLS = [
    ("Emil", "Hanne", {"fall": "at_once", "illness": "same_day", "hospital": "at_once", "doctor": "next_status"}, "phone", True, ""),
    ("Jørgen", "Tove", {"fall": "next_weekday"}, "phone", False, ""),
    ("Jørgen", "Vera", {"fall": "at_once", "illness": "same_day", "death": "at_once"}, "phone", True, ""),
    ("Lone", "Kurt", {"fall": "same_day", "hospital": "at_once"}, "phone", False, ""),
    ("Thomas", "Bodil", {"fall": "at_once", "hospital": "at_once"}, "phone", True, ""),
]  # fmt: skip


def build(house):
    _chains(house)
    made = _made(house)
    for place, away, by, was_kept, why, outcome, again in LOOKED_AT:
        with at(house.moment(away, f"1{place}.40")):
            actions.review_agreement(
                made[place],
                uuid=number("looked at", place, away),
                was_kept=was_kept,
                why=why,
                outcome=outcome,
                next_on=house.day(again),
                by=house.staff[by],
            )
    for place, away, who in TOO_MUCH:
        relative = house.relations[TOGETHER[place][0], who].relative
        with at(house.moment(away, "19.05")):
            actions.say_too_much(made[place], relative=relative, by=relative.user)


def _chains(house):
    """Only as far as the relative may be told today."""
    for place, (resident, who, events, channel, at_night, told_by) in enumerate(CALLS):
        relation = house.relations[resident, who]
        topics = set(relation.tellings.values_list("topic", flat=True))
        open_now = {e: when for e, when in events.items() if TOPICS[e] in topics}
        with at(house.moment(-1, f"1{place}.50")):
            actions.set_calls(
                relation,
                uuid=number("calls", place),
                events=open_now,
                place=9,
                channel=channel,
                at_night=at_night,
                told_by=house.relations.get((resident, told_by)),
                by=house.residents[resident].contact_person,
            )


def _made(house):
    made = []
    for place, (resident, topic, away, by, text, terms, helpers) in enumerate(TOGETHER):
        with at(house.moment(away, f"1{place}.20")):
            agreement = actions.record_agreement(
                uuid=number("together", place),
                resident=house.residents[resident],
                topic=topic,
                text=text,
                by=house.staff[by],
                parts=[_part(house, resident, *one) for one in helpers],
                **_details(house, resident, terms),
            )
        made.append(agreement)
    return made


def _part(house, resident, who, task):
    relation = house.relations.get((resident, who))
    if relation:
        return {"who": "relative", "relative": relation.relative, "task": task}
    return {"who": who, "task": task}


def _details(house, resident, terms):
    details = dict(terms)
    for name, field in (("due", "due_on"), ("follow_up", "follow_up_on")):
        if name in details:
            details[field] = house.day(details.pop(name))
    if "relative" in details:
        relation = house.relations[resident, details.pop("relative")]
        details |= {
            "responsible": "relative",
            "responsible_relative": relation.relative,
        }
    return details
