"""House news that are not for everybody or not for ever, and a newsletter."""

from demo.house import at, number
from demo.news import places
from news import newsletters, publishing
from news.models import NewsItem
from portal import clock

STAFF = {"for_relatives": False, "for_residents": False}
FAMILIES = {"for_residents": False}

# Day and hour, who writes, for which department, headline, text, and what is special.
NEWS = [
    (-10, "9.20", "Karen", "Åkanden", "Vandet er lukket på tirsdag", """\
På tirsdag lukker vi for vandet mellem kl. 9 og kl. 12. En rørlægger skal skifte en hane.

Vi har fyldt vand på flasker, så der er nok at drikke. Kaffen laver vi om morgenen.""",
        {"days": 5, "easy_text": "Der er ikke vand tirsdag formiddag.\nVi har vand på flasker."}),
    (-5, "13.10", "Karen", "Åkanden", "Ny vagtplan fra mandag", """\
Den nye vagtplan hænger på kontoret og gælder fra mandag. Byt kun vagter efter aftale \
med mig.

Sig til senest fredag, hvis noget ikke passer.""",
        {"important": True, **STAFF}),
    (-4, "10.45", "Charlotte", None, "Pårørende søges til et udvalg om mad", """\
Vi vil gerne spise bedre sammen. Derfor søger vi tre pårørende, der har lyst til at mødes \
med kokken to gange.

Skriv eller ring til os inden den første. Du behøver ikke at kunne lave mad.""",
        FAMILIES),
    (-2, "9.15", "Charlotte", None, "Sommerfest i gården", """\
Vi holder sommerfest i gården igen næste år. Dagen står under Begivenheder. Der er grill, \
musik og spil for både små og store. Maden koster ikke noget.

Tag en kage med, hvis du har lyst. Skriv til os, hvis du kan hjælpe med at stille borde op.""",
        {"easy_text": "Der er fest i gården næste år.\nDagen står under Begivenheder.\nDu kan spise, danse og spille.\nDin familie må gerne komme."}),
]  # fmt: skip
READ = ["Mette", "Jonas", "Fatima"]
LETTER = (
    "Nyt fra Solgården",
    (-1, "10.30"),
    "Charlotte",
    """\
Kære alle. Her er det vigtigste fra de sidste uger. I kan altid læse mere i Samspil.""",
)
IN_IT = ["Sommerfest i gården", "Jul på Solgården", "Ny sygeplejerske i huset"]


def build(house):
    for line in NEWS:
        _tell(house, *line)
    rota = NewsItem.objects.get(title=NEWS[1][4])
    with at(house.moment(-4, "8.00")):
        for name in READ:
            publishing.mark_read(rota, by=house.staff[name])
    title, when, author, introduction = LETTER
    with at(house.moment(*when)):
        letter = newsletters.write(
            uuid=number("newsletter", title),
            home=house.home,
            title=title,
            introduction=introduction,
            items=[NewsItem.objects.current().get(title=one) for one in IN_IT],
            to_staff=False,
            by=house.staff[author],
        )
        newsletters.send(letter, as_of=letter.edited_at, by=house.staff[author])


def _tell(house, away, hour, author, department, title, text, special):
    special = dict(special)
    days = special.pop("days", None)
    with at(house.moment(away, hour)):
        item = publishing.draft_news(
            uuid=number("news", title),
            home=house.home,
            departments=places(house, department),
            title=title,
            text=text,
            by=house.staff[author],
            shown_until=clock.midnight(house.day(away + days)) if days else None,
            **special,
        )
        publishing.publish(item, as_of=item.edited_at, by=house.staff[author])
