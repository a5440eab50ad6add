"""What was told without consent: once because it had to be, once by a slip."""

from consent import actions
from consent.models import DutyMet, UnconsentedDisclosure
from demo.house import at, number
from residents.topics import Topic

Ground = UnconsentedDisclosure.Ground

# Resident, relative, topics, day, hour, by whom, ground, what, why, the day the resident
# was told and how; None while nobody has told them.
TOLD = [
    ("Emil", "Per", [Topic.HEALTH], -23, "17.35", "Sofie", Ground.HEALTH_INTERESTS,
     "At Emil er på skadestuen efter et styrt på cyklen, og at han er ved bevidsthed.",
     "Per stod ved døren for at hente Emil. Emil kunne ikke selv ringe, og der var ingen anden, der kunne tage med ham.",
     -22, "Sofie fortalte det ved morgenmaden. Emil sagde, at det var fint, og at han selv ville ringe til sin far."),
    ("Ditte", "Steen", [Topic.ECONOMY], -1, "19.20", "Malte", Ground.MISTAKE,
     "At Ditte har lånt penge af en veninde.",
     "Det røg ud i en snak om weekenden. Vi taler om det på personalemødet, og Malte slår op, hvad han må sige, før han tager telefonen.",
     None, ""),
]  # fmt: skip


def build(house):
    for place, line in enumerate(TOLD):
        disclosure = _told(house, place, *line[:9])
        day, how = line[9:]
        if day is not None:
            with at(house.moment(day, "9.10")):
                actions.meet_duty(
                    disclosure,
                    kind=DutyMet.Kind.TOLD,
                    told_on=house.day(day),
                    how=how,
                    by=house.staff[line[5]],
                )


def _told(house, place, resident, relative, topics, away, hour, by, ground, what, why):
    teller = house.staff[by]
    with at(house.moment(away, hour)):
        return actions.record_disclosure(
            resident=house.residents[resident],
            relation=house.relations[resident, relative],
            recipient="",
            topics=[topic.value for topic in topics],
            what=what,
            ground=ground,
            why=why,
            decided_by=teller.name,
            profession="Sygeplejerske"
            if ground in UnconsentedDisclosure.OF_HEALTH
            else "",
            happened_at=house.moment(away, hour),
            uuid=number("disclosure", place),
            by=teller,
        )
