"""The conversations before somebody moves in: to come, held, printed, declined."""

import datetime as dt
import json
import uuid
from pathlib import Path

from django.apps import apps

from demo.house import at
from meetings import template_files
from meetings.actions import holding, planning, printing
from meetings.models import Question
from relatives.models import Agreement

VERSION = "2026-11-01"
ANSWERS = Path(__file__).with_suffix(".json")
BY = {"r": "resident", "p": "relative", "s": "staff", "-": "staff"}

# Resident, day, hour, chair, minute taker, day of printing, why after moving in.
HELD = [
    ("Emil", -1218, "15.00", "Karen", "Mette", -1217, ""),
    ("Bashir", -318, "13.00", "Henrik", "Leyla", -317, "Bashir flyttede ind med fire dages varsel, og tolken kunne først komme ugen efter."),
    ("Aksel", -241, "14.00", "Karen", "Sofie", -240, ""),
    ("Noah", -101, "15.30", "Louise", "Yusuf", None, ""),
]  # fmt: skip
TO_COME = [("Maria", 3, "13.30", "Henrik", "Pernille")]
# Resident, relatives to whom the resident said yes, colleagues, others.
PEOPLE = {
    "Emil": (["Hanne"], ["Karen", "Mette"], [("Lene Boye", "Sagsbehandler")]),
    "Bashir": (["Omid"], ["Henrik", "Leyla"], [("Farid Noori", "Tolk"), ("Lene Boye", "Sagsbehandler")]),
    "Aksel": (["Rita"], ["Karen", "Sofie"], [("Villy Holst", "Ven af Aksel"), ("Lene Boye", "Sagsbehandler")]),
    "Noah": (["Ivana", "Goran"], ["Louise", "Yusuf"], [("Ditte Storm", "Sagsbehandler")]),
    "Maria": (["Ulla"], ["Henrik", "Pernille"], [("Lene Boye", "Sagsbehandler")]),
}  # fmt: skip
APOLOGIES = {"Lene Boye"}
PARTICIPATION = {
    "Noah": ("part", "Noah var med den første halve time. Resten gennemgik Yusuf med ham samme aften."),
}  # fmt: skip
# Who declined, why, when to ask again.
DECLINED = [
    ("Mikkel", -625, "Henrik", "resident", "Mikkel ville ikke sidde til møde om sig selv. Vi har talt med ham på en gåtur i stedet og spørger igen.", 18),
    ("Ewa", -465, "Henrik", "relatives", "Broren kunne ikke få fri, og Ewa ville ikke uden ham.", -2),
]  # fmt: skip

# Resident: topic, text, responsible, due and follow-up in days from today.
AGREEMENTS = {
    "Emil": [
        ("daily", "Emil og Mette øver bussen til byen, til Emil kan køre alene.", "contact_person", -1120, None),
    ],
    "Aksel": [
        ("health", "Sofie ringer til Rita samme dag, hvis Aksel har haft et anfald.", "contact_person", None, 60),
        ("social", "Rita melder flytning til folkeregisteret sammen med Aksel.", "Rita", -228, None),
        ("health", "Der bestilles tid hos tandlægen.", "contact_person", -200, None),
        ("economy", "Aksel og Sofie gennemgår budgettet den første hverdag i måneden.", "contact_person", None, 30),
        ("daily", "Ingen banker på mellem kl. 13 og kl. 14.", "staff", None, None),
        ("daily", "Aksel maler selv entréen. Villy låner ham en stige.", "resident", -150, None),
    ],
    "Bashir": [
        ("social", "Leyla bestiller tolk til alle møder om helbred.", "contact_person", None, 45),
        ("daily", "Omid henter Bashir fredag kl. 16 hver anden uge.", "Omid", None, 45),
    ],
    "Noah": [
        ("daily", "Skærmen slukkes kl. 22.30 på hverdage. Noah gør det selv.", "resident", None, 12),
        ("health", "Forældrene giver besked til afdelingen, når pennen er brugt.", "Ivana", None, None),
    ],
}  # fmt: skip


def build(house):
    # The questions came with a migration; emptying the database took them.
    template_files.load(VERSION, apps)
    for resident, away, who, declined_by, why, again in DECLINED:
        with at(house.moment(away, "11.20")):
            planning.decline(
                resident=house.residents[resident],
                declined_by=declined_by,
                declined_why=why,
                ask_again_on=house.day(again),
                uuid=uuid.uuid4(),
                by=house.staff[who],
            )
    for resident, away, hour, chair, clerk, printed, late in HELD:
        conversation = _planned(house, resident, away, hour, chair, clerk, late)
        with at(house.moment(away, hour) + dt.timedelta(minutes=95)):
            _answered(house, conversation, resident, house.staff[clerk])
            _agreed(house, conversation, resident, house.staff[clerk])
            _finished(conversation, resident, by=house.staff[clerk])
        if printed:
            with at(house.moment(printed, "9.10")):
                printing.print_record(conversation, by=house.staff[chair])
    for resident, away, hour, chair, clerk in TO_COME:
        conversation = _planned(house, resident, away, hour, chair, clerk)
        with at(house.moment(-1, "14.40")):
            _answered(house, conversation, resident, house.staff[clerk])


def _planned(house, resident, away, hour, chair, clerk, late=""):
    relatives, colleagues, others = PEOPLE[resident]
    asked = min(away, 0) - 15
    with at(house.moment(asked, "10.30")):
        conversation = planning.plan(
            resident=house.residents[resident],
            planned_at=house.moment(away, hour),
            place="Mødelokalet på Solgården",
            late_reason=late,
            chair=house.staff[chair],
            minute_taker=house.staff[clerk],
            uuid=uuid.uuid4(),
            by=house.staff[chair],
        )
        planning.choose_participants(
            conversation,
            relatives={
                house.relations[resident, name]: _ground(house, resident, asked)
                for name in relatives
            },
            colleagues={
                house.staff[name]: role
                for name, role in zip(
                    colleagues, ("Afdelingsleder", "Kontaktperson"), strict=True
                )
            },
            others=others,
            by=house.staff[chair],
        )
    return conversation


def _ground(house, resident, asked):
    """Parents of a child take part by law; the others because the resident says yes."""
    if house.residents[resident].is_minor:
        return {"by_law": True}
    return {"accepted_on": house.day(asked)}


def _answered(house, conversation, resident, by):
    questions = {
        f"{question.section.key}/{question.key}": question
        for question in Question.objects.filter(
            section__template=conversation.template
        ).select_related("section")
    }
    said = []
    for key, (who, *words) in json.loads(ANSWERS.read_text())[resident].items():
        value, text = words if len(words) == 2 else ("", words[0])
        if value.startswith("date:"):
            value = house.day(int(value.removeprefix("date:"))).isoformat()
        said.append(
            holding.Said(
                question=questions[key],
                seen=0,
                value=value,
                text=text,
                answered_by=BY[who],
                not_relevant=who == "-",
            )
        )
    holding.save_answers(conversation, said=said, by=by)


def _agreed(house, conversation, resident, by):
    kinds = set(Agreement.Responsible.values)
    for topic, text, who, due, again in AGREEMENTS[resident]:
        relation = house.relations.get((resident, who))
        holding.agree(
            conversation,
            uuid=uuid.uuid4(),
            topic=topic,
            text=text,
            responsible=who if who in kinds else Agreement.Responsible.RELATIVE,
            responsible_relative=relation and relation.relative,
            due_on=None if due is None else house.day(due),
            follow_up_on=None if again is None else house.day(again),
            by=by,
        )


def _finished(conversation, resident, *, by):
    participation, note = PARTICIPATION.get(resident, ("whole", ""))
    holding.finish(
        conversation,
        held_at=conversation.planned_at,
        minutes=80,
        participation=participation,
        participation_note=note,
        attendance={
            person.pk: "apologies" if person.name in APOLOGIES else "came"
            for person in conversation.participants.all()
        },
        by=by,
    )
    conversation.refresh_from_db()
