"""Meetings beside the move-in conversation: held, to come, called off, and for everybody.

Nobody's name stands in the words, for each guest reads them, and some are in calendars.
"""

from demo.house import at, number
from meetings.actions import meetings as actions
from meetings.actions import minutes, planning
from residents.topics import Topic

# Resident, kind, days, hour, chair, minute taker, relatives, say, what it starts from.
ABOUT_ONE = [
    ("Emil", "status", -35, "14.00", "Karen", "Mette", ["Hanne"], "develop", "Kommunens handleplan fra i foråret."),
    ("Emil", "dialogue", 9, "15.30", "Mette", "", ["Hanne"], "involve", ""),
    ("Thomas", "cooperation", -12, "13.00", "Karen", "Fatima", ["Bodil"], "decide", ""),
]  # fmt: skip
# Which of them: topic, point, what was said, what was decided.
POINTS = {
    0: [
        ("", "Siden sidst", "Det har været en god sommer. Cyklen er blevet brugt hver uge.", ""),
        (Topic.GOALS, "Arbejde på værkstedet", "Emil vil gerne have en dag mere.", "Mette spørger værkstedet inden månedens udgang."),
        (Topic.HEALTH, "Søvn", "Det går bedre, når skærmen er slukket kl. 23.", "Vi fortsætter og ser på det igen om tre måneder."),
    ],
    1: [
        ("", "Jul: hvem er hvor, og hvornår?", "", ""),
        (Topic.ECONOMY, "Nye møbler", "", ""),
    ],
    2: [
        ("", "Haven til vinter", "Bedet bliver dækket til. Der er plads i drivhuset.", "Thomas og personalet henter gran sammen."),
    ],
}  # fmt: skip
# Department, days, hour, theme, chair, point.
FOR_MANY = [
    ("Åkanden", 16, "17.00", "Ny hverdag på Åkanden", "Karen", "Nye vagter i weekenden"),
    ("Åkanden", -80, "17.00", "Sommerens planer", "Karen", "Ture og ferie"),
]  # fmt: skip
CALLED_OFF = ("Åkanden", 2, "19.00", "Kaffe og spørgsmål", "Karen", "Vi flytter det til det store møde om to uger.")  # fmt: skip


def build(house):
    for place, row in enumerate(ABOUT_ONE):
        _about_one(house, place, *row)
    for row in FOR_MANY:
        _for_many(house, *row)
    *row, why = CALLED_OFF
    meeting = _for_many(house, *row, "")
    with at(house.moment(-1, "08.30")):
        actions.cancel(meeting, why=why, by=house.staff[row[-1]])


def _about_one(
    house, place, resident, kind, away, hour, chair, clerk, names, say, start
):
    asked, lead = min(away, 0) - 14, house.staff[chair]
    ties = [house.relations[resident, name] for name in names]
    with at(house.moment(asked, "09.20")):
        meeting = actions.plan(
            uuid=number("meeting", place),
            by=lead,
            resident=house.residents[resident],
            kind=kind,
            planned_at=house.moment(away, hour),
            place="Mødelokalet på Solgården",
            involvement=say,
            starts_from=start,
            chair=lead,
            minute_taker=house.staff[clerk] if clerk else None,
        )
        planning.choose_participants(
            meeting,
            relatives={tie: {"accepted_on": house.day(asked)} for tie in ties},
            colleagues={},
            others=[],
            by=lead,
        )
        items = _agenda(meeting, place, lead)
        actions.invite(meeting, by=lead)
    with at(house.moment(asked + 2, "19.05")):
        for tie in ties:
            if tie.relative.user:
                actions.answer(meeting, coming=True, relation=tie, by=tie.relative.user)
    if away < 0:
        with at(house.moment(away, hour.replace(".00", ".55"))):
            _held(house, meeting, items, place, by=house.staff[clerk])
    else:
        _suggested(house, meeting, ties[0])


def _agenda(meeting, place, by):
    return [
        minutes.add_item(
            meeting,
            title=title,
            topic=topic,
            number=row + 1,
            uuid=number("point", place, row),
            by=by,
        )
        for row, (topic, title, _text, _decided) in enumerate(POINTS[place])
    ]


def _held(house, meeting, items, place, by):
    for item, (_topic, _title, text, decided) in zip(items, POINTS[place], strict=True):
        minutes.write(item, seen=0, text=text, decided=decided, by=by)
    minutes.finish(
        meeting,
        held_at=meeting.planned_at,
        minutes=50,
        participation="whole",
        participation_note="",
        attendance={one.pk: "came" for one in meeting.participants.all()},
        by=by,
    )


def _suggested(house, meeting, tie):
    with at(house.moment(-1, "20.15")):
        minutes.suggest(
            meeting,
            title="Kan vi lave mad sammen en gang om måneden?",
            uuid=number("suggested", meeting.uuid),
            by=tie.relative.user or meeting.chair,
            relation=tie,
        )


def _for_many(house, department, away, hour, theme, chair, point):
    lead, place = house.staff[chair], house.departments[department]
    with at(house.moment(min(away, 0) - 20, "10.10")):
        meeting = actions.plan(
            uuid=number("gathering", department, theme),
            by=lead,
            home=house.home,
            department=place,
            kind="information",
            theme=theme,
            planned_at=house.moment(away, hour),
            planned_minutes=90,
            place="Fællesstuen",
            involvement="inform",
            chair=lead,
        )
        item = point and minutes.add_item(
            meeting,
            title=point,
            topic="",
            number=1,
            uuid=number("point", theme),
            by=lead,
        )
        actions.invite(meeting, by=lead)
    if away < 0:
        with at(house.moment(away, "19.10")):
            said = "Vi gennemgik planerne. Der er plads til alle, der vil med."
            minutes.write(item, seen=0, text=said, decided="", by=lead)
            minutes.finish(
                meeting,
                held_at=meeting.planned_at,
                minutes=75,
                guests=11,
                attendance={},
                by=lead,
            )
    return meeting
