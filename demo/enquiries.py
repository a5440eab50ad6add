"""What relatives and residents have asked, and what was answered: some of it waits."""

from community.actions import answers, enquiries
from demo.house import at, number
from residents.topics import Topic

# Resident, who asks ("": the resident), days ago, hour, matter, between us, subject, words.
ASKED = [
    ("Emil", "Hanne", -20, "20.40", "belongings", False, "Emils vinterjakke", "Hej. Emils grønne jakke var ikke med hjemme i weekenden. Er den blevet væk, eller hænger den hos jer? Skal vi købe en ny til ham?"),
    ("Emil", "Hanne", -2, "21.15", "health", False, "Næseblod igen?", "Emil sagde i telefonen, at han havde haft næseblod to gange. Er det noget, I holder øje med? Skal lægen se på det?"),
    ("Emil", "Hanne", -34, "22.05", "other", True, "Jeg sover dårligt", "Det er mest om mig selv. Jeg ligger vågen og tænker på, om vi gør det godt nok for ham. Er der nogen, jeg kan tale med?"),
    ("Thomas", "Bodil", -12, "18.30", "complaint", False, "For mange nye vikarer", "Der har været fire nye på en uge. Thomas bliver urolig, og jeg ved ikke, hvem jeg skal ringe til. Det er jeg ikke tilfreds med."),
    ("Emil", "", -1, "16.10", "practical", False, "Min cykel er punkteret", "Min cykel er punkteret. Kan vi lappe den i morgen?"),
]  # fmt: skip
# Which of them: days ago, hour, who, topic, words.
ANSWERED = {
    0: (-18, "10.20", "Mette", Topic.DAILY, "Hej Hanne. Jakken hænger i gangen hos Emil. Han ville hellere have den blå på. I behøver ikke købe en ny. Venlig hilsen Mette"),
    2: (-32, "13.45", "Karen", "", "Kære Hanne. Tak, fordi du skriver. Ring til mig på mandag, så finder vi en tid til en kop kaffe. Vores pårørendevejleder kan du også tale med. Venlig hilsen Karen"),
}  # fmt: skip
TAKEN = {1: (-1, "09.10", "Sofie")}
ESCALATED = {
    3: (-6, "11.00", "Fatima", "Bodil vil gerne have en fast person at ringe til i næste måned. Det kan jeg ikke love alene."),
}  # fmt: skip


def build(house):
    for place, row in enumerate(ASKED):
        enquiry = _asked(house, place, *row)
        if place in TAKEN:
            away, hour, who = TAKEN[place]
            with at(house.moment(away, hour)):
                enquiries.take(enquiry, by=house.staff[who])
        if place in ANSWERED:
            _answer(house, place, enquiry, *ANSWERED[place])
        if place in ESCALATED:
            away, hour, who, why = ESCALATED[place]
            with at(house.moment(away, hour)):
                enquiries.escalate(enquiry, why=why, by=house.staff[who])


def _asked(house, place, resident, who, away, hour, matter, between_us, subject, text):
    relation = house.relations[resident, who] if who else None
    about = house.residents[resident]
    with at(house.moment(away, hour)):
        return enquiries.send(
            resident=about,
            relation=relation,
            uuid=number("enquiry", place),
            by=relation.relative.user if relation else about.user,
            matter=matter,
            subject=subject,
            text=text,
            between_us=between_us,
        )


def _answer(house, place, enquiry, away, hour, who, topic, text):
    with at(house.moment(away, hour)):
        answers.answer(
            enquiry,
            uuid=number("enquiry answer", place),
            text=text,
            topic=topic,
            by=house.staff[who],
            seen=1,
        )
