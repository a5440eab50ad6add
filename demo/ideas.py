"""The idea box: two that are answered for everybody, one that waits."""

from community.actions import ideas
from demo.house import at, number

# Days ago, who, as what, department, the words.
IDEAS = [
    (-60, "Hanne", "relative", "Åkanden", "Kunne I ikke spise sammen ude i haven om sommeren? Så kunne vi andre også være med engang imellem."),
    (-45, "Emil", "resident", "Åkanden", "Jeg vil gerne have en bænk ved busstoppet."),
    (-4, "Jonas", "staff", "Åkanden", "En fast gåtur om søndagen for alle, der har lyst. Vi kan skiftes til at gå forrest."),
]  # fmt: skip
# Which of them: days ago, status, the idea for everybody, our answer.
ANSWERED = {
    0: (-52, "done", "Fællesspisning i haven om sommeren", "Det gør vi. Fra maj spiser vi ude den sidste fredag i måneden, når vejret er til det. Alle er velkomne."),
    1: (-40, "considered", "En bænk ved busstoppet", "Vi har spurgt kommunen, for det er deres vej. Vi skriver her, når vi har hørt fra dem."),
}  # fmt: skip


def build(house):
    for place, (away, who, capacity, department, text) in enumerate(IDEAS):
        with at(house.moment(away, "19.20")):
            idea = ideas.suggest(
                home=house.home,
                department=house.departments[department],
                text=text,
                capacity=capacity,
                uuid=number("idea", place),
                by=_writer(house, who),
            )
        if place in ANSWERED:
            away, status, title, answer = ANSWERED[place]
            with at(house.moment(away, "10.15")):
                ideas.answer(
                    idea,
                    status=status,
                    title=title,
                    answer=answer,
                    is_public=True,
                    uuid=number("idea answer", place),
                    by=house.staff["Karen"],
                )


def _writer(house, who):
    if who in house.staff:
        return house.staff[who]
    if who in house.residents:
        return house.residents[who].user
    return next(
        tie.relative.user for (_of, name), tie in house.relations.items() if name == who
    )
