"""What residents, relatives and the home expect of each other, and what became of it.

Each relative reads only their own wishes; the resident reads all of them.
"""

from demo.house import at, number
from meetings.actions import expectations as actions

RESIDENT, HOME = "resident", "home"
CAN, PARTLY, CANNOT = "can", "partly", "cannot"

# Resident, whose wish, days ago, written by, the wish, and the answers to it: days ago, by
# whom, which, and why.
WISHES = [
    ("Emil", RESIDENT, -64, "Mette", "Jeg vil selv fortælle det, hvis jeg har haft en dårlig dag. I skal ikke ringe hjem først.", [
        (-64, "Mette", CAN, "Vi spørger Emil, før vi ringer. Det gælder også vikarer."),
    ]),
    ("Emil", RESIDENT, -64, "Mette", "Jeg vil spille trommer, også om aftenen.", [
        (-64, "Mette", CANNOT, "Naboen under kælderen sover tidligt."),
        (-41, "Karen", PARTLY, "Til kl. 20 i kælderen. Vi har talt med naboen og sat plader op på væggen."),
    ]),
    ("Emil", RESIDENT, -6, "Mette", "Jeg vil have en kat.", []),
    ("Emil", "Hanne", -64, "Mette", "Jeg vil gerne have besked samme dag, hvis Emil bliver syg.", [
        (-64, "Mette", CAN, "Kontaktpersonen ringer, når Emil har sagt ja til det den dag."),
    ]),
    ("Emil", "Hanne", -64, "Mette", "Jeg vil gerne have, at Emil er hjemme hver søndag.", [
        (-64, "Mette", PARTLY, "Emil bestemmer selv over sine søndage. Han vil gerne komme hver anden."),
    ]),
    ("Emil", HOME, -64, "Mette", "Vi ønsker, at et besøg bliver aflyst senest dagen før, så Emil kan nå at finde på noget andet.", [
        (-64, "Mette", CAN, "Det er Emil og hans mor enige om."),
    ]),
    ("Aksel", RESIDENT, -240, "Sofie", "At I kommer, når I siger, I kommer.", [
        (-240, "Karen", PARTLY, "Vi siger til, hvis vi bliver mere end ti minutter forsinket."),
    ]),
    ("Aksel", RESIDENT, -240, "Sofie", "At mor holder op med at ringe for at høre, om jeg har spist.", [
        (-238, "Sofie", CAN, "Aksel ringer selv søndag. Det har han aftalt med sin mor."),
    ]),
    ("Aksel", "Rita", -240, "Sofie", "At jeg får besked, når der sker noget alvorligt, og at jeg ikke skal spørge tre forskellige.", [
        (-240, "Karen", CAN, "Sofie eller Lars ringer. De har begge dit nummer liggende."),
    ]),
    ("Aksel", "Rita", -240, "Sofie", "At der altid er den samme, når Aksel har haft et anfald.", [
        (-240, "Karen", CANNOT, "Vi er seks på skift. Alle kan førstehjælp og kender planen på tavlen."),
    ]),
    ("Aksel", HOME, -240, "Sofie", "At vi må ringe til Rita om dagen uden aftale, når Aksel beder om det.", [
        (-240, "Sofie", CAN, ""),
    ]),
]  # fmt: skip

# To which wish (its place above), days ago, by whom, how they and how the home see it, when
# they talk again; then days ago, by whom, what came of it, and when again.
SEEN_DIFFERENTLY = [
    (4, -63, "Mette",
     "For mig er søndagen den dag, hvor vi er en familie. Jeg er bange for, at han glider væk fra os.",
     "Vi kan høre, hvor meget søndagen betyder. Emil er voksen og vil også have tid til sine venner. Vi vil gerne hjælpe jer med at finde en rytme, som I begge kan holde.",
     -20,
     (-20, "Karen", "Emil og hans mor talte sammen, og Karen ledte samtalen. De prøver hver anden søndag og en opringning om onsdagen. Alle vil se, hvordan det går.", 9)),
    (9, -239, "Karen",
     "Jeg har været der ved alle hans anfald i ti år. En fremmed ser ikke, hvornår det begynder.",
     "Du ser det før os andre. Vil du vise os det? Så kan flere lære det. Vi kan ikke love den samme person, for ingen er på arbejde hele døgnet.",
     -190,
     (-190, "Karen", "Rita har vist Sofie og Lars, hvordan et anfald begynder. De har skrevet det på tavlen. Rita er mere rolig nu.", None)),
]  # fmt: skip


def build(house):
    wishes = [_wish(house, place, row) for place, row in enumerate(WISHES)]
    for place, away, by, theirs, ours, again, talk in SEEN_DIFFERENTLY:
        with at(house.moment(away, "13.10")):
            differ = actions.disagree(
                wishes[place],
                their_words=theirs,
                our_words=ours,
                next_talk_on=house.day(again),
                uuid=number("differ", place),
                by=house.staff[by],
            )
        away, by, outcome, again = talk
        with at(house.moment(away, "14.50")):
            actions.talked(
                differ,
                talked_on=house.day(away),
                outcome=outcome,
                next_talk_on=again and house.day(again),
                uuid=number("differ again", place),
                by=house.staff[by],
            )


def _wish(house, place, row):
    resident, whose, away, by, text, answers = row
    relation = house.relations.get((resident, whose))
    with at(house.moment(away, f"11.{place:02}")):
        wish = actions.record_expectation(
            resident=house.residents[resident],
            party="relatives" if relation else whose,
            relation=relation,
            text=text,
            uuid=number("wish", place),
            by=house.staff[by],
        )
    for turn, (away, who, kind, because) in enumerate(answers):
        with at(house.moment(away, f"12.{place:02}")):
            actions.answer(
                wish,
                kind=kind,
                because=because,
                uuid=number("wish answered", place, turn),
                by=house.staff[who],
            )
    return wish
