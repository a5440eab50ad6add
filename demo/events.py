"""What Solgården invites to: what has been, what comes, and one that was called off."""

import datetime as dt

from demo.house import at, number
from news.events import actions
from portal import clock

ALL = None
EVERYBODY, RELATIVES, STAFF = (True, True), (True, False), (False, False)

# Written on which day and by whom, for which department and for whom, on which day from
# when to when, where, headline and text.
EVENTS = [
    (-60, "Charlotte", ALL, EVERYBODY, -20, "15.00", "21.00", "Den store sal",
     "Høstfest", """\
Vi spiser græskarsuppe og danser bagefter. Et lille orkester spiller. Kom, som du er."""),
    (-50, "Charlotte", ALL, RELATIVES, -14, "19.00", "21.00", "Mødelokale 2",
     "Temaaften om værgemål", """\
En jurist fra kommunen fortæller, hvad en værge må og ikke må. Der er god tid til \
spørgsmål. Vi byder på kaffe og kage."""),
    (-20, "Karen", "Åkanden", EVERYBODY, 4, "14.00", "16.00", "Køkkenet i Åkanden",
     "Vi bager julekager", """\
Vi ruller, former og pynter. Tag gerne et forklæde og en kagedåse med. Alle kan være \
med, også de helt små."""),
    (-15, "Charlotte", ALL, EVERYBODY, 9, "15.00", "17.00", "Gården",
     "Vi tænder lys i gården", """\
Der er gløgg, æbleskiver og sang ved bålet. Tag varmt tøj på, og tag gerne familien med."""),
    (-10, "Charlotte", ALL, RELATIVES, 23, "19.00", "20.30", "Den store sal",
     "Pårørendecafé", """\
Kom og mød andre pårørende. Denne gang taler vi om at være søskende. Vibeke er vært, og \
der er kaffe på kanden."""),
    (-6, "Henrik", "Bakkehuset", EVERYBODY, 12, "10.00", "15.00", "Vi mødes ved bussen",
     "Tur til akvariet", """\
Bussen kører kl. 10. Vi spiser madpakker derude. Billetten er betalt."""),
    (-5, "Charlotte", ALL, STAFF, 16, "13.00", "15.00", "Personalestuen",
     "Kursus i Samspil", """\
For alle, der vil være bedre til at skrive aftaler. Tag en rigtig sag med."""),
    (-4, "Charlotte", ALL, EVERYBODY, 205, "14.00", "20.00", "Gården",
     "Sommerfest", """\
Vi griller i gården, og der er musik hele dagen. Sæt allerede nu kryds i kalenderen."""),
]  # fmt: skip
# The headline, the day it was called off, and why.
CALLED_OFF = ("Tur til akvariet", -1, "Bussen er på værksted. Vi finder en ny dag.")
# Written by a care worker, waiting for the manager to look at it.
DRAFT = (
    -1, "Mette", "Åkanden", EVERYBODY, 30, "18.00", "20.00", "Stuen i Åkanden",
    "Filmaften", "Vi ser en gammel dansk film og spiser popcorn.",
)  # fmt: skip


def build(house):
    told = {}
    for written, author, *what in EVENTS:
        with at(house.moment(written, "10.20")):
            draft = _draft(house, author, *what)
            event = actions.publish(
                draft, as_of=draft.edited_at, by=house.staff[author]
            )
        told[event.title] = event
    title, day, why = CALLED_OFF
    with at(house.moment(day, "8.10")):
        actions.call_off(told[title], reason=why, by=told[title].author)
    written, author, *what = DRAFT
    with at(house.moment(written, "14.40")):
        _draft(house, author, *what)


def _draft(house, author, department, readers, day, starts, ends, place, title, text):
    relatives, residents = readers
    return actions.draft(
        uuid=number("event", title),
        by=house.staff[author],
        home=house.home,
        department=house.departments.get(department),
        for_relatives=relatives,
        for_residents=residents,
        title=title,
        text=text,
        place=place,
        starts_at=_at(house.day(day), starts),
        ends_at=_at(house.day(day), ends),
    )


def _at(day, hour):
    return dt.datetime.combine(day, dt.time(*map(int, hour.split("."))), clock.DENMARK)
