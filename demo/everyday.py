"""Glimpses of everyday life at Solgården: which relatives see them, their answers decide."""

from demo.house import at, number
from demo.photographs import buns, cake, flowers, keep, wood
from news import actions, photos
from news.models import DiaryEntry
from residents.topics import Topic

DAILY, PHOTOS, GOALS, MEETINGS, HEALTH, TREATMENT, SOCIAL, SUBSTANCE, OFFENCES, ECONOMY, FORCE = Topic  # fmt: skip

KIND = {True: DiaryEntry.Kind.GOOD, False: DiaryEntry.Kind.ORDINARY}

# Resident, day and hour, who writes, topic, headline (may be empty), text.
ENTRIES = [
    ("Emil", -61, "15.40", "Mette", DAILY, "Første gang på biblioteket", "Emil lånte to bøger om lokomotiver og en film. Han spurgte selv bibliotekaren om vej. Vi skal tilbage om fire uger."),
    ("Emil", -52, "11.10", "Jonas", GOALS, "Busturen alene", "I dag tog Emil bussen til værkstedet på egen hånd. Jonas ventede ved stoppestedet. Det gik fint, og han vil gerne prøve igen."),
    ("Emil", -44, "19.05", "Fatima", DAILY, "", "Vi lavede lasagne. Emil rev osten og dækkede bord til otte."),
    ("Emil", -37, "13.30", "Sofie", HEALTH, "Hos tandlægen", "Ingen huller. Emil sad helt roligt og fik et klistermærke, som han satte på telefonen. Næste tid er om et halvt år."),
    ("Emil", -30, "16.50", "Mette", DAILY, "Græskar i vinduet", "Emil har skåret et græskar med ti tænder. Det står i hans vindue og kan ses fra vejen."),
    ("Emil", -27, "10.20", "Karen", ECONOMY, "Ny vinterjakke", "Emil har købt en vinterjakke for 899 kr. af sine egne penge. Kvitteringen ligger i mappen."),
    ("Emil", -22, "20.15", "Fatima", DAILY, "", "Fodbold i fjernsynet. Emil havde trøje på og råbte højest af alle."),
    ("Emil", -17, "14.00", "Mette", MEETINGS, "Statusmøde er aftalt", "Emil vil gerne have statusmødet om formiddagen. Han vil selv vise sit værksted frem."),
    ("Emil", -13, "17.25", "Birgit", GOALS, "Madplan for en uge", "Emil har lavet sin egen madplan. Mandag er det fiskefrikadeller. Han handler selv ind med en seddel."),
    ("Emil", -9, "12.45", "Sofie", HEALTH, "Influenzavaccine", "Emil er vaccineret. Han var lidt øm i armen om aftenen, men ellers frisk."),
    ("Emil", -6, "15.15", "Jonas", DAILY, "Vi så et rigtigt damptog", "Museumsbanen kørte. Emil fik lov at stå ved siden af føreren og trække i fløjten. Han har talt om det lige siden."),
    ("Emil", -3, "18.35", "Mette", DAILY, "Boller til hele gangen", "Emil bagte 24 boller. Han bankede selv på alle døre og delte ud. De sidste tre gemte han til dig, der læser det her."),
    ("Emil", -1, "16.10", "Mette", DAILY, "En tur i skoven", "Vi gik helt ud til søen. Emil fandt en gren, der lignede en krokodille. Den står nu ved døren og passer på."),
    ("Amina", -48, "14.20", "Mette", DAILY, "Symaskinen er kommet", "Amina har fået sin symaskine op fra kælderen. Hun har syet tre pudebetræk på to dage."),
    ("Amina", -29, "17.30", "Fatima", DAILY, "Somalisk aften", "Amina lavede sambusa til alle i huset. Der blev ikke en eneste tilbage."),
    ("Amina", -11, "10.40", "Sofie", TREATMENT, "Ny salve", "Lægen har givet en ny salve til hænderne. Den skal på morgen og aften."),
    ("Amina", -4, "15.55", "Jonas", DAILY, "", "Gik en lang tur langs åen og talte om sommerferien."),
    ("Ditte", -35, "19.20", "Lars", DAILY, "Karaoke i kælderen", "Ditte sang tre numre og fik stående bifald. Hun øver allerede på det næste."),
    ("Ditte", -15, "13.05", "Mette", DAILY, "Plads på holdet", "Ditte er begyndt til svømning om torsdagen. Hun kan ti baner."),
    ("Ditte", -2, "12.10", "Mette", HEALTH, "Brillerne er klar", "De nye briller er hentet. Stellet er rødt."),
    ("Kirsten", -39, "16.00", "Jonas", DAILY, "Syltede asier", "Kis har syltet ni glas asier efter sin mors opskrift."),
    ("Kirsten", -7, "11.35", "Jonas", DAILY, "Fuglene er kommet", "Kis har hængt fuglebrættet op. Der var gråspurve efter en time."),
    ("Jørgen", -24, "15.45", "Lars", DAILY, "Skak i dagligstuen", "Jørgen vandt to partier ud af tre og var meget tilfreds."),
    ("Lone", -20, "14.50", "Birgit", DAILY, "Strik til basaren", "Lone har strikket fire par vanter. De bliver solgt på julebasaren."),
    ("Inge", -50, "10.30", "Pernille", DAILY, "Roserne er klippet", "Inge har klippet roserne i gården. Hun ved præcis, hvor der skal klippes."),
    ("Inge", -31, "13.20", "Pernille", ECONOMY, "Nyt køleskab", "Køleskabet er gået i stykker. Et nyt koster 3.200 kr. Vi har bedt om et tilbud til."),
    ("Inge", -10, "16.40", "Anne-Grethe", HEALTH, "Blodtrykket er fint", "Målt tre gange i denne uge. Tallene er pæne."),
    ("Inge", -5, "15.00", "Pernille", DAILY, "", "Bagte drømmekage og hørte radioteater."),
    ("Mikkel", -42, "18.10", "Tomasz", DAILY, "Ny cykel", "Mikkel kørte sin første tur på den nye trehjulede. Han kom hjem med røde kinder."),
    ("Mikkel", -18, "12.00", "Tomasz", GOALS, "Vasker selv tøj", "Mikkel vasker nu selv tøj om onsdagen. Han har hængt en seddel op ved maskinen."),
    ("Mikkel", -4, "19.40", "Ole", DAILY, "Filmaften", "Mikkel valgte filmen og lavede popcorn til seks."),
    ("Susanne", -46, "14.15", "Ole", DAILY, "Havefest hos naboen", "Sus var med til havefest på den anden side af vejen. Hun kom hjem med en pose æbler."),
    ("Susanne", -21, "11.00", "Leyla", SOCIAL, "Besøg af støttekontakten", "De talte om, hvordan weekenderne kan blive bedre."),
    ("Susanne", -5, "17.10", "Ole", DAILY, "Æblekage", "De sidste æbler blev til kage. Sus gemte et stykke til søndag."),
    ("Bashir", -16, "20.05", "Leyla", DAILY, "Drager på bakken", "Bashir byggede en drage, som man gør i Kabul. Den fløj højere end huset."),
    ("Else", -14, "10.50", "Anne-Grethe", DAILY, "Sangformiddag", "Else kunne alle vers uden bog."),
    ("Christian", -28, "15.30", "Ole", DAILY, "Ny plade i samlingen", "Christian fandt en plade, han har ledt efter i to år."),
    ("Liam", -12, "16.30", "Kasper", DAILY, "Skateparken", "Liam lærte et nyt trick og faldt kun én gang."),
    ("Alberte", -8, "17.50", "Camilla", DAILY, "Første vagt i kiosken", "Alberte havde sin første vagt i fritidsjobbet. Chefen var glad, og det var hun også."),
    ("Magnus", -3, "13.40", "Kasper", DAILY, "Kørekort til knallert", "Magnus har bestået teoriprøven med to fejl."),
    ("Oscar", -2, "18.00", "Yusuf", DAILY, "Pizza fra bunden", "Oscar lavede dejen i går og bagte i dag. Der var kø i køkkenet."),
]  # fmt: skip

# Resident, headline, when and by whom, the text from then on.
CORRECTED = (
    "Emil",
    "Influenzavaccine",
    (-8, "9.30"),
    "Sofie",
    """\
Emil er vaccineret mod influenza. Han var lidt øm i armen om aftenen, men ellers frisk. \
Næste gang er til efteråret.""",
)
RECALLED = (
    "Kirsten",
    "Fuglene er kommet",
    (-6, "8.20"),
    "Jonas",
    "Skrevet om den forkerte borger.",
)


# Resident, headline: is it a good moment, the pictures, and what can be seen in them.
PICTURED = {
    ("Emil", "Boller til hele gangen"): (True, [buns], "En bageplade med ti boller på et køkkenbord."),
    ("Emil", "En tur i skoven"): (False, [wood, flowers], "Skoven og søen, og blomsterne på vej hjem."),
    ("Inge", "Roserne er klippet"): (True, [flowers], "Roser i mange farver i gården."),
    ("Susanne", "Æblekage"): (False, [cake], "En lagkage med fire lys på bordet."),
}  # fmt: skip
# About two at once: each in words of its own, with one picture of what both were at.
TOGETHER = (
    ("Emil", "Amina"),
    (-2, "14.30", "Mette"),
    "Fødselsdag på gangen",
    "Der var lagkage og sang til alle. Emil pustede lysene ud i ét pust og fik det første stykke.",
    "Der var lagkage og sang til alle. Amina havde bagt bundene dagen før.",
    "En lagkage med fire lys på bordet.",
)
# Resident, when, who writes and as what, the text.
OWN = [
    ("Emil", (-2, "19.20"), "Hanne", "relative", "Emil var hjemme i søndags. Vi så tog hele eftermiddagen, og han spiste tre portioner frikadeller."),
    ("Emil", (-1, "20.10"), "Emil", "resident", "Jeg har købt et nyt tog. Det er rødt. Det kører stærkt."),
]  # fmt: skip


def build(house):
    written = {}
    for name, away, hour, author, topic, title, text in ENTRIES:
        moment = house.moment(away, hour)
        with at(moment):
            written[name, title] = actions.write_entry(
                uuid=number("entry", name, away),
                resident=house.residents[name],
                topic=topic,
                title=title,
                text=text,
                happened_on=moment.date(),
                by=house.staff[author],
                kind=KIND[(name, title) in PICTURED and PICTURED[name, title][0]],
            )
            if (name, title) in PICTURED:
                _good, paints, alt = PICTURED[name, title]
                entry = written[name, title]
                photos.add_photos(
                    entry,
                    uuid=entry.uuid,
                    photos=[keep(paint) for paint in paints],
                    alt=alt,
                    by=house.staff[author],
                )
    _together(house)
    _own(house)
    name, title, when, author, text = CORRECTED
    old = written[name, title]
    with at(house.moment(*when)):
        actions.correct_entry(
            old,
            uuid=number("entry", name, title, "corrected"),
            topic=old.topic,
            title=old.title,
            text=text,
            happened_on=old.happened_on,
            by=house.staff[author],
        )
    name, title, when, author, reason = RECALLED
    with at(house.moment(*when)):
        actions.recall(written[name, title], reason=reason, by=house.staff[author])


def _together(house):
    names, (away, hour, author), title, *texts, alt = TOGETHER
    moment = house.moment(away, hour)
    with at(moment):
        photos.write_glimpses(
            uuid=number("entry", *names),
            texts={
                house.residents[name]: text
                for name, text in zip(names, texts, strict=True)
            },
            topic=DAILY,
            title=title,
            happened_on=moment.date(),
            kind=DiaryEntry.Kind.GOOD,
            photos=[keep(cake)],
            alt=alt,
            by=house.staff[author],
        )


def _own(house):
    for name, (away, hour), author, written_as, text in OWN:
        resident, moment = house.residents[name], house.moment(away, hour)
        with at(moment):
            photos.write_glimpses(
                uuid=number("entry", name, away, author),
                texts={resident: text},
                topic=DAILY,
                title="",
                happened_on=moment.date(),
                written_as=written_as,
                by=resident.user
                if written_as == "resident"
                else house.relations[name, author].relative.user,
            )
