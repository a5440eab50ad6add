"""Before and after the conversations: what was prepared, who got the paper, the first days."""

from demo.house import at, number
from meetings.actions import first_days, handing, preparing
from meetings.models import Conversation, FirstTalk, HandOut

# Resident, the relative or who sat at the keyboard with the resident, days ago, answers.
PREPARED = [
    ("Maria", "Ulla", -2, {
        "important": "At Maria ikke er alene de første aftener. Hun ringer ikke selv, hvis hun er ked af det.",
        "good-life": "Heste, musik og nogen at grine med. Hun har brug for at blive spurgt to gange.",
        "involved": "Jeg vil gerne hjælpe med at pakke ud og køre til ridning om torsdagen. Jeg vil helst ikke stå for penge mere.",
        "experience": "Det gode: en kontaktperson, der skrev, når noget gik godt. Det svære: at vi hørte om flytningen to dage før.",
        "practical": "Vask, indkøb og alle breve i toogtredive år.",
    }),
    ("Maria", "+Pernille", -1, {
        "like": "Heste. Guitar. Havregrød.",
        "help": "At finde bussen. At huske pillerne.",
        "see": "Mor og far. Min kusine Signe.",
        "not-like": "Torden. At nogen råber.",
        "say": "Min seng skal stå ved vinduet.",
    }),
]  # fmt: skip

# Resident, days ago, who hands out, to whom (None is the resident), and how.
HANDED = [
    ("Emil", -1216, "Karen", None, "paper"),
    ("Aksel", -239, "Karen", None, "paper"),
    ("Aksel", -178, "Karen", "Rita", "portal"),
    ("Emil", -116, "Karen", "Hanne", "portal"),
]

# Resident, days after moving in, days ago, by whom, what became of it, and in which words.
FIRST_DAYS = [
    ("Emil", 14, -1196, "Mette", "held", "Emil sover godt, men bliver vækket for sent. Vi vækker kl. 6.30. Hans mor synes, at han lyder glad i telefonen."),
    ("Emil", 42, -1168, "Mette", "held", "Bussen går godt. Trommerne er for høje for naboen; vi finder et sted i kælderen."),
    ("Emil", 100, -1110, "Mette", "held", "Emil siger: Nu bor jeg her. Vi ses igen til statusmødet."),
    ("Bashir", 14, -316, "Leyla", "declined", "Bashir orkede ikke endnu et møde. Vi har drukket te i stedet, og han ved, hvem han kan spørge."),
    ("Bashir", 42, -287, "Leyla", "held", "Tolk med. Bashir sover bedre, når der er lys på gangen. Leyla taler med nattevagten."),
    ("Bashir", 100, -230, "Leyla", "held", "Volleyball om mandagen er det bedste. Omid er med, når han kan."),
    ("Aksel", 14, -215, "Sofie", "held", "Radioen står rigtigt. Aksel vil have sin mad kl. 12 og ikke kl. 13. Det gør vi fra i morgen."),
    ("Aksel", 42, -188, "Sofie", "moved", "Sofie var syg, og Aksel ville vente på hende."),
    ("Aksel", 42, -184, "Sofie", "held", "Ingen anfald. Aksel savner værkstedet, når der er ferie. Rita er mindre bekymret."),
    ("Aksel", 100, -130, "Sofie", "held", "Det går godt. Entréen er malet. Budgettet holder."),
    ("Noah", 14, -81, "Yusuf", "held", "Noah har fundet to at spille med. Forældrene vil gerne høre lidt oftere, også når det går godt."),
    ("Noah", 42, -52, "Yusuf", "held", "Skolen går bedre med lektiehjælp. Penalhuset bliver væk; kontaktpersonen har et ekstra."),
]  # fmt: skip


def build(house):
    for resident, who, away, answers in PREPARED:
        _prepare(house, resident, who, away, answers)
    for row in HANDED:
        _hand_out(house, *row)
    for resident, days, away, by, what, words in FIRST_DAYS:
        _settle(house, resident, days, away, by, what, words)


def _talk_with(house, resident):
    return Conversation.objects.standing().get(resident=house.residents[resident])


def _prepare(house, resident, who, away, answers):
    together = who.startswith("+")
    relation = None if together else house.relations[resident, who]
    with at(house.moment(away, "19.30")):
        preparing.send(
            _talk_with(house, resident),
            relation=relation,
            answers=answers,
            by=relation.relative.user if relation else house.staff[who[1:]],
            together=together,
        )


def _hand_out(house, resident, away, by, to, how):
    version = _talk_with(house, resident).printouts.get()
    details = {
        "how": HandOut.How(how),
        "uuid": number("handed", resident, to),
        "by": house.staff[by],
    }
    with at(house.moment(away, "10.20")):
        if to:
            relation = house.relations[resident, to]
            handing.hand_to_relative(version, relation=relation, **details)
        else:
            handing.hand_to_resident(version, **details)


def _settle(house, resident, days, away, by, what, words):
    talk = FirstTalk.objects.get(resident=house.residents[resident], number=days)
    with at(house.moment(away, "10.50")):
        if what == "moved":
            later = house.day(away + 4)
            first_days.move(talk, to=later, why=words, by=house.staff[by])
        else:
            first_days.settle(
                talk,
                status=what,
                on=house.day(away),
                words=words,
                by=house.staff[by],
            )
