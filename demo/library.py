"""What Solgården has put in its own words, and how its managers show themselves."""

from demo.house import at, number
from knowledge import library_files, papers
from knowledge.actions import articles, folders, pieces, turning
from knowledge.models import Article, Association
from portal.models import Employment

# Given name: telephone, when it is answered, what one can ask about.
MANAGERS = {
    "Charlotte": (
        "20 00 10 01",
        "Hverdage kl. 10-11. Torsdag også kl. 16-18.",
        (
            "Jeg leder hele Solgården. Ring, hvis noget ikke er blevet løst, eller hvis du har "
            "en god idé."
        ),
    ),
    "Karen": (
        "20 00 10 11",
        "Hverdage kl. 8-9. Onsdag er døren åben kl. 15-17.",
        "Jeg leder Åkanden. Spørg mig om aftaler, vagter og samarbejdet med jer.",
    ),
    "Henrik": ("20 00 10 21", "Mandag til torsdag kl. 12-13.", "Jeg leder Bakkehuset."),
    "Louise": (
        "20 00 10 31",
        "Hverdage kl. 13-14.",
        "Jeg leder Havblik, hvor de unge bor.",
    ),
}
GUIDE = {
    "authority": "Myndighed Voksne, Strandby Kommune",
    "phone": "20 00 90 00",
    "hours": "Mandag til fredag kl. 9-14.",
    "url": "",
    "complaints": "Du kan altid bede om en samtale. Vi svarer inden tre hverdage. En klage "
    "over kommunens svar sender du til kommunen senest fire uger efter brevet.",
}
MONEY = """\

## Sådan gør vi på Solgården

- Lommepenge ligger i en pung for hver borger. Vi skriver op, hver gang der bliver brugt.
- Du kan få en kopi af listen, hvis borgeren har sagt ja.
- Større køb, fx en cykel, taler vi om først."""
VISITS = {
    "title": "Besøg på Solgården",
    "summary": "Kom, når det passer jer. Her er det, der er godt at vide.",
    "subject": "house",
    "audience": "everybody",
    "source": "",
    "text": """\
Du er velkommen hele dagen. Ring gerne først, hvis du kommer langt fra. Så er I sikre på, \
at der er nogen hjemme.

## Godt at vide

- Der er kaffe og te i fællesstuen. Tag bare.
- Du kan spise med, hvis du siger til før kl. 12. Det koster 35 kroner.
- Der er et værelse til gæster. Spørg afdelingen.
- Hunde er velkomne i haven.

Er du syg, så vent med at komme, til du er rask.""",
    "easy": """\
Din familie og dine venner må komme.
Du bestemmer, hvem der kommer.

- De kan få kaffe.
- De kan spise med.
- De må tage en hund med i haven.""",
}

WELCOME = """\
Kære du, som er ny hos os

Vi glæder os til at lære jer at kende. Det er stort at flytte ind et nyt sted, og det er \
stort at give slip. Giv jer god tid.

Spørg os om alt. Der er ingen dumme spørgsmål her.

Kærlig hilsen Charlotte og alle på Solgården"""


def build(house):
    clara = house.staff["Charlotte"]
    for name, (phone, hours, words) in MANAGERS.items():
        job = (
            Employment.objects.in_force()
            .filter(user=house.staff[name], role__in=["manager", "centre_manager"])
            .first()
        )
        turning.present(
            job, phone=phone, hours=hours, words=words, by=house.staff[name]
        )
    turning.guide(house.home, by=clara, **GUIDE)
    _adapt(house, clara)
    _told(house, clara, "visits", (-30, "10.20"), **VISITS)
    visits = str(number("article", "visits"))
    folders.write(
        uuid=number("folder"),
        home=house.home,
        welcome=WELCOME,
        articles=[visits, *papers.chosen(house.home)],
        by=clara,
    )
    common = Association.objects.common().get(name="LEV")
    pieces.write(
        Association,
        uuid=number("association", "lev"),
        home=house.home,
        corrects=common,
        by=clara,
        name="LEV",
        about="Landsforening for mennesker med udviklingshandicap og deres familier. "
        "Kredsen holder caféaften hos os den første tirsdag i måneden.",
        url=common.url,
        phone="",
    )


def _adapt(house, by):
    """The common article on money, and below it how it is done here."""
    common = Article.objects.common().get(
        address=library_files.address("Article", "economy")
    )
    words = {
        name: getattr(common, name)
        for name in ("title", "summary", "easy", "subject", "audience", "source")
    }
    _told(
        house,
        by,
        "economy",
        (-20, "13.10"),
        corrects=common,
        text=common.text + MONEY,
        **words,
    )


def _told(house, by, key, when, **words):
    with at(house.moment(*when)):
        draft = articles.draft(
            uuid=number("article", key), home=house.home, by=by, **words
        )
        articles.publish(draft, as_of=draft.edited_at, by=by)
