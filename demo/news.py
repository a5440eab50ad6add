"""What Solgården tells everybody, and what it has told one department."""

from demo.house import at, number
from news import actions, publishing

ALL, IMPORTANT = None, True

# Day and hour, who writes, for which department, important, headline, text.
NEWS = [
    (-64, "10.15", "Charlotte", ALL, False, "Velkommen til Samspil", """\
Nu er Samspil åben for jer alle.

Her kan du læse nyt fra huset. Du kan også læse det, som din nærmeste har valgt at dele \
med dig. Har du spørgsmål, så ring til os. Vi hjælper gerne med at komme i gang."""),
    (-57, "14.30", "Henrik", "Bakkehuset", False, "Ny sofa i stuen", """\
Vi har fået en ny sofa i fællesstuen. Borgerne valgte selv farven. Den blev grøn.

Den gamle er kørt på genbrugspladsen."""),
    (-49, "9.05", "Charlotte", ALL, False, "Temaaften om værgemål", """\
Mange af jer spørger, hvad en værge må og ikke må. Derfor holder vi en aften om det.

En jurist fra kommunen fortæller. Bagefter er der tid til spørgsmål. Vi byder på kaffe \
og kage. Skriv eller ring, hvis du vil med."""),
    (-41, "11.20", "Louise", "Havblik", False, "Vi leder efter et klaver", """\
De unge i Havblik vil gerne spille. Har du et klaver, som du ikke bruger? Så hører vi \
meget gerne fra dig. Vi henter det selv."""),
    (-33, "13.45", "Karen", "Åkanden", False, "Badeværelserne i Åkanden bliver malet", """\
I næste uge kommer maleren. Hvert badeværelse tager en dag. Imens kan borgerne bruge \
badet på gangen.

Det lugter lidt af maling. Vi lufter ud flere gange om dagen."""),
    (-26, "8.40", "Charlotte", ALL, IMPORTANT, "Telefonen er lukket på tirsdag", """\
Vi får nye telefoner på tirsdag. Derfor kan du ikke ringe til os mellem kl. 8 og kl. 12.

Er det vigtigt, så ring til afdelingens mobil. Nummeret står nederst på siden."""),
    (-19, "15.10", "Karen", "Åkanden", False, "Tak for en dejlig høstfest", """\
Tak, fordi I kom så mange. Vi var 41 om bordene, og der blev danset til klokken ni.

Suppen var lavet af husets egne græskar. Opskriften hænger på køkkendøren, hvis du vil \
have den med hjem."""),
    (-12, "10.00", "Charlotte", ALL, False, "Ny sygeplejerske i huset", """\
Vi har ansat endnu en sygeplejerske. Hun begynder den første i næste måned og skal \
arbejde i alle tre afdelinger.

Hun vil gerne hilse på jer. Kig ind, når du er på besøg."""),
    (-8, "12.30", "Henrik", "Bakkehuset", False, "Fælles tur til stranden", """\
På søndag tager Bakkehuset til stranden. Vi går en tur og drikker varm kakao. Pårørende \
er velkomne. Vi kører fra huset kl. 13."""),
    (-6, "9.30", "Charlotte", ALL, IMPORTANT, "Mange er syge: vask hænder", """\
Der er influenza i huset. Er du selv syg, så vent med at komme på besøg. Ring i stedet. \
Vi finder en dag, hvor du er rask.

Vask hænder, når du kommer og går. Der står sprit ved døren."""),
    (-3, "14.05", "Charlotte", ALL, False, "Jul på Solgården", """\
Vi tænder lys i gården den første søndag i advent. Der er gløgg, æbleskiver og sang.

Kom kl. 14, og tag gerne familien med. Du behøver ikke at svare. Der er nok til alle."""),
    (-1, "16.20", "Karen", "Åkanden", False, "Kaffe med Karen", """\
Hver onsdag kl. 15 står døren åben hos mig. Kom og få en kop kaffe, og sig, hvad der går \
godt, og hvad vi kan gøre bedre.

Kan du ikke komme om onsdagen, så ring. Vi finder en anden tid."""),
]  # fmt: skip

# The headline, when it was corrected, and the text from then on.
CORRECTED = (
    "Jul på Solgården",
    (-2, "10.30"),
    """\
Vi tænder lys i gården den første søndag i advent. Der er gløgg, æbleskiver og sang.

Kom kl. 15, ikke kl. 14, som vi først skrev. Tag gerne familien med. Du behøver ikke at \
svare. Der er nok til alle.""",
)
RECALLED = ("Ny sofa i stuen", (-56, "8.15"), "Billedet af stuen var fra et andet hus.")
# Written by a care worker, waiting for the manager to look at it.
DRAFT = (
    (-1, "13.15"),
    "Mette",
    "Åkanden",
    "Vi bager julekager",
    """\
Lørdag bager vi julekager i Åkanden. Vi mangler kagedåser. Har du en, du kan undvære, så \
tag den med næste gang, du er på besøg.""",
)


def build(house):
    told = {}
    for away, hour, author, department, important, title, text in NEWS:
        told[title] = _tell(
            house,
            house.moment(away, hour),
            house.staff[author],
            uuid=number("news", title),
            departments=places(house, department),
            important=important,
            title=title,
            text=text,
        )
    title, when, text = CORRECTED
    old = told[title]
    _tell(
        house,
        house.moment(*when),
        old.author,
        uuid=number("news", title, "corrected"),
        corrects=old,
        departments=None if old.whole_home else old.places,
        important=old.important,
        title=title,
        text=text,
    )
    title, when, reason = RECALLED
    with at(house.moment(*when)):
        actions.recall(told[title], reason=reason, by=told[title].author)
    when, author, department, title, text = DRAFT
    with at(house.moment(*when)):
        publishing.draft_news(
            uuid=number("news", title),
            home=house.home,
            departments=places(house, department),
            title=title,
            text=text,
            important=False,
            by=house.staff[author],
        )


def places(house, department):
    """The one department, or None for the whole home."""
    return [house.departments[department]] if department else None


def _tell(house, moment, author, **what):
    with at(moment):
        item = publishing.draft_news(home=house.home, by=author, **what)
        return publishing.publish(item, as_of=item.edited_at, by=author)
