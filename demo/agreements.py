"""What residents, relatives and staff have agreed on, and what became of it.

Every step is taken by the portal's own actions on the day it is said to have happened.
An agreement is read by every relative who may see its topic, so none of them names
another relative.
"""

from demo.house import at, number
from relatives import actions
from relatives.models import Agreement
from residents.topics import Topic

DAILY, PHOTOS, GOALS, MEETINGS, HEALTH, TREATMENT, SOCIAL, SUBSTANCE, OFFENCES, ECONOMY, FORCE = Topic  # fmt: skip

# Resident, topic, days ago, by whom, what is agreed, who is responsible and until when,
# and then step by step: days ago, what, who, in which words.
AGREEMENTS = [
    ("Emil", HEALTH, -6, "Mette", "Emil skal til øjenlæge. Hans mor tager med, og Emil siger selv til, hvis han vil holde pause.", {"relative": "Hanne", "due": 3}, []),
    ("Emil", DAILY, -1, "Mette", "Emil kører selv i bus til arbejde mandag og onsdag. De andre dage følges han med en fra huset.", {"follow_up": 28}, []),
    ("Emil", GOALS, -11, "Mette", "Emil øver sig i at lave aftensmad til fire. Vi begynder med spaghetti med kødsovs.", {"responsible": "contact_person", "follow_up": 10}, [
        (-9, "agreed", "Hanne", ""),
    ]),
    ("Emil", MEETINGS, -58, "Mette", "Vi holder statusmøde hver tredje måned. Emil skriver selv dagsordenen.", {"responsible": "contact_person", "due": 32}, [
        (-55, "agreed", "Hanne", ""),
    ]),
    ("Emil", DAILY, -40, "Jonas", "Emil ringer hjem om torsdagen kl. 19. Vi minder ham om det.", {}, [
        (-38, "agreed", "Hanne", ""),
        (-5, "change", "Per", "Kan det blive kl. 20? Jeg er først hjemme fra arbejde ved halv otte."),
    ]),
    ("Emil", PHOTOS, -52, "Mette", "Vi lægger højst to billeder op om ugen. Emil vælger dem.", {}, [
        (-48, "change", "Hanne", "Må vi også få et billede fra musikaftenerne?"),
        (-45, "answer", "Mette", "Ja, hvis Emil siger ja den aften. Vi spørger ham hver gang."),
        (-44, "agreed", "Hanne", ""),
    ]),
    ("Emil", HEALTH, -75, "Sofie", "Vi bestiller et helbredstjek hos Emils egen læge. Emil vælger selv, hvem der går med.", {"due": -12}, [
        (-70, "agreed", "Hanne", ""),
    ]),
    ("Emil", GOALS, -120, "Mette", "Emil prøver to dage om ugen på værkstedet.", {"responsible": "resident", "due": -60}, [
        (-118, "agreed", "Hanne", ""),
        (-90, "new", "Mette", "Emil arbejder tre faste dage om ugen på værkstedet. Han har fri om fredagen."),
        (-88, "agreed", "Hanne", ""),
    ]),
    ("Emil", GOALS, -110, "Mette", "Vi finder et sted, hvor Emil kan spille trommer.", {"responsible": "contact_person", "due": -40}, [
        (-104, "agreed", "Hanne", ""),
        (-47, "done", "Mette", ""),
    ]),
    ("Emil", DAILY, -160, "Lars", "Emil får vækning kl. 6.30 på hverdage.", {}, [
        (-155, "agreed", "Hanne", ""),
        (-66, "ended", "Mette", ""),
    ]),
    ("Kirsten", DAILY, -3, "Jonas", "Kis holder fødselsdag i dagligstuen kl. 14. Hun inviterer selv.", {"responsible": "resident", "due": 16}, []),
    ("Kirsten", HEALTH, -33, "Sofie", "Kis får tjekket sit syn en gang om året. Vi bestiller tiden.", {"due": 330}, [
        (-30, "agreed", "Poul", ""),
    ]),
    ("Kirsten", MEETINGS, -104, "Jonas", "Vi mødes om Kis' hverdag hvert halve år.", {"responsible": "contact_person", "due": -5}, [
        (-101, "agreed", "Poul", ""),
    ]),
    ("Thomas", GOALS, -82, "Fatima", "Thomas er i gartneriet tre formiddage om ugen.", {"follow_up": -2}, [
        (-80, "agreed", "Bodil", ""),
    ]),
    ("Thomas", HEALTH, -8, "Fatima", "Thomas får nye fodindlæg. Hans mor kører ham til bandagisten.", {"relative": "Bodil", "due": 4}, [
        (-7, "agreed", "Bodil", ""),
    ]),
    ("Thomas", SOCIAL, -53, "Fatima", "Når Thomas er ked af det om aftenen, spørger vi, om han vil ringe til sin søster.", {}, [
        (-52, "agreed", "Pernille", ""),
    ]),
    ("Amina", DAILY, -17, "Mette", "Amina bestemmer selv fra dag til dag, om hun faster. Køkkenet gemmer mad til hende.", {}, [
        (-15, "agreed", "Idil", ""),
    ]),
    ("Amina", SOCIAL, -59, "Mette", "Amina spiser med i dagligstuen om onsdagen. Vi ser på det igen om to måneder.", {"responsible": "contact_person", "follow_up": 0}, [
        (-57, "change", "Idil", "Hun vil hellere om torsdagen, når der er syning bagefter."),
        (-55, "new", "Mette", "Amina spiser med i dagligstuen om torsdagen, før der er syning."),
        (-54, "agreed", "Idil", ""),
    ]),
    ("Amina", HEALTH, -3, "Mette", "Vi sender tid og sted for fysioterapi på skrift og bestiller tolk.", {"responsible": "contact_person", "due": 1}, []),
    ("Jørgen", HEALTH, -28, "Sofie", "Jørgen vejes hver anden uge. Vi ringer, hvis han taber sig.", {"follow_up": 14}, [
        (-25, "agreed", "Vera", ""),
    ]),
    ("Jørgen", DAILY, -44, "Lars", "Jørgen får læst avis højt hver eftermiddag.", {}, [
        (-40, "agreed", "Tove", ""),
    ]),
    ("Ditte", MEETINGS, -63, "Mette", "Ditte planlægger selv sin ferie. Vi hjælper med billetterne.", {"responsible": "resident", "due": -20}, [
        (-60, "agreed", "Marianne", ""),
        (-24, "done", "Mette", ""),
    ]),
    ("Ditte", DAILY, -36, "Fatima", "Ditte kan have gæst til at sove i weekenden. Hun siger til i huset inden kl. 18.", {}, [
        (-33, "change", "Steen", "Vi vil gerne have besked, før der sover nogen."),
        (-31, "answer", "Mette", "Ditte bestemmer, hvem hun har på besøg. Hun fortæller selv, hvis hun har lyst."),
    ]),
    ("Aksel", SOCIAL, -103, "Karen", "Ingen får oplyst, at Aksel bor her, uden at han selv har sagt ja.", {"responsible": "manager"}, [
        (-100, "agreed", "Rita", ""),
    ]),
    ("Lone", HEALTH, -32, "Birgit", "Vi ringer samme dag, hvis Lone falder.", {}, [
        (-31, "agreed", "Kurt", ""),
    ]),
    ("Lone", GOALS, -109, "Birgit", "Lone laver mad til sig selv om tirsdagen.", {"responsible": "resident", "follow_up": -6}, [
        (-105, "agreed", "Kurt", ""),
    ]),
    ("Inge", ECONOMY, -66, "Pernille", "Inge får 300 kr. om måneden til farver og lærred.", {"relative": "Niels", "follow_up": 25}, [
        (-63, "agreed", "Niels", ""),
    ]),
    ("Inge", ECONOMY, -1, "Pernille", "Inge køber ny lænestol for højst 4.500 kr. Regningen går til værgen.", {"relative": "Niels", "due": 13}, []),
    ("Inge", ECONOMY, -130, "Henrik", "Vi sender en oversigt over lommepengene hver måned.", {}, [
        (-127, "change", "Niels", "Kan I sende den inden den 5.? Så passer det med mit regnskab."),
        (-125, "new", "Henrik", "Vi sender en oversigt over lommepengene hver måned, senest den 5."),
        (-124, "agreed", "Niels", ""),
    ]),
    ("Inge", DAILY, -55, "Pernille", "Inge har malertid hver formiddag uden forstyrrelser.", {}, [
        (-50, "agreed", "Jytte", ""),
    ]),
    ("Mikkel", DAILY, -46, "Henrik", "Mikkel ringer selv, når han vil tale. Vi ringer kun på hans vegne, når han beder om det.", {}, [
        (-44, "agreed", "Lisbeth", ""),
        (-43, "agreed", "Sara", ""),
    ]),
    ("Mikkel", GOALS, -108, "Tomasz", "Mikkel er i praktik på øvelokalet i tre måneder. Så ser vi sammen på, hvordan det gik.", {"responsible": "contact_person", "due": -4}, [
        (-106, "agreed", "Lisbeth", ""),
    ]),
    ("Susanne", GOALS, -121, "Ole", "Sus ser sine børn hver anden weekend. Vi hjælper med bussen.", {"responsible": "contact_person", "follow_up": 7}, [
        (-119, "agreed", "Cecilie", ""),
    ]),
    ("Susanne", HEALTH, -25, "Anne-Grethe", "Sus' datter kører med til sygehuset.", {"relative": "Cecilie", "due": -12}, [
        (-24, "agreed", "Cecilie", ""),
        (-12, "done", "Anne-Grethe", ""),
    ]),
    ("Bashir", SOCIAL, -15, "Leyla", "Papirerne til opholdskortet sendes senest ti dage før fristen.", {"responsible": "contact_person", "due": 20}, [
        (-14, "agreed", "Omid", ""),
    ]),
    ("Else", DAILY, -43, "Ole", "Else har telefontid hver torsdag kl. 19.", {}, [
        (-41, "agreed", "Torben", ""),
        (-40, "agreed", "Anni", ""),
    ]),
    ("Else", HEALTH, -1, "Anne-Grethe", "Else øver sig med de nye høreapparater en time om dagen.", {"follow_up": 14}, []),
    ("Christian", DAILY, -52, "Ole", "Christian tager telefonen om fredagen kl. 10. De andre dage sender han en hilsen.", {}, [
        (-51, "agreed", "Birthe", ""),
    ]),
    ("Ewa", GOALS, -80, "Signe", "Ewa går med støtte uden rollator ti minutter om dagen.", {"follow_up": -4}, [
        (-78, "agreed", "Marek", ""),
    ]),
    ("Henning", DAILY, -37, "Signe", "Henning tager med taxaen til havnen hver anden tirsdag.", {"responsible": "contact_person"}, [
        (-35, "agreed", "Gerda", ""),
        (-34, "agreed", "Michael", ""),
    ]),
    ("Henning", TREATMENT, -3, "Anne-Grethe", "Henning og hans kone får en kopi, hver gang medicinlisten ændres.", {}, []),
    ("Liam", GOALS, -27, "Kasper", "Liam prøver tre lektioner i træk. Han har et kort, han kan lægge, når det er nok.", {"responsible": "contact_person", "follow_up": 4}, [
        (-26, "agreed", "Stine", ""),
        (-25, "agreed", "Martin", ""),
    ]),
    ("Liam", DAILY, -70, "Kasper", "Skærmen er slukket fra kl. 22.30 på skoledage.", {}, [
        (-68, "change", "Martin", "I weekenden er han længere oppe hos mig. Kan det gælde søndag til torsdag?"),
        (-66, "new", "Kasper", "Skærmen er slukket fra kl. 22.30 søndag til torsdag."),
        (-65, "agreed", "Martin", ""),
        (-64, "agreed", "Stine", ""),
    ]),
    ("Alberte", MEETINGS, -22, "Camilla", "Vi forbereder sammen, hvad der ændrer sig, når Alberte bliver 18.", {"responsible": "manager", "due": 38}, [
        (-20, "agreed", "Dorthe", ""),
    ]),
    ("Noah", GOALS, -25, "Yusuf", "Noah får lektiehjælp om tirsdagen og sin egen nøgle.", {"responsible": "staff"}, [
        (-24, "agreed", "Ivana", ""),
    ]),
    ("Zahra", MEETINGS, -10, "Camilla", "Vi finder en ny dag til mødet, hvor tolken kan komme.", {"responsible": "contact_person", "due": -1}, []),
    ("Magnus", ECONOMY, -41, "Kasper", "Magnus får sin egen konto og øver sig i at læse sin e-Boks.", {"responsible": "resident", "due": 9}, [
        (-7, "agreed", "Claus", ""),
    ]),
    ("Magnus", GOALS, -8, "Kasper", "Magnus søger læreplads som tømrer. Vi øver samtalen sammen.", {"responsible": "resident", "follow_up": 30}, []),
    ("Caroline", GOALS, -60, "Emma", "Caro læser til teoriprøven to gange om ugen.", {"responsible": "resident", "due": 12}, [
        (-58, "agreed", "Ingrid", ""),
    ]),
    ("Oscar", GOALS, -14, "Yusuf", "Oscar søger fritidsjob. Han viser ansøgningen til en fra huset, før den sendes.", {"responsible": "resident", "due": -3}, [
        (-12, "agreed", "Mona", ""),
    ]),
    ("Emil", DAILY, -30, "Jonas", "Vi går med til tøjindkøb forår og efterår. Emil vælger selv farverne, og hans mor køber støvler til vinteren.", {}, [
        (-28, "agreed", "Hanne", ""),
    ]),
]  # fmt: skip


def build(house):
    _finish_what_came_before(house)
    for place, row in enumerate(AGREEMENTS):
        resident, topic, away, by, text, terms, steps = row
        details = _details(house, resident, terms)
        with at(_hour(house, away, place)):
            agreement = actions.record_agreement(
                uuid=number("agreement", place),
                resident=house.residents[resident],
                topic=topic,
                text=text,
                by=house.staff[by],
                **details,
            )
        for step, (away, what, who, words) in enumerate(steps):
            with at(_hour(house, away, place + step)):
                slip = number("agreement", place, step)
                agreement = _take(
                    house, agreement, what, who, words, resident, slip, details
                )


def _finish_what_came_before(house):
    """What was agreed on when they moved in has long been done when it was due."""
    for agreement in Agreement.objects.open().filter(due_on__lt=house.day(-60)):
        with at(house.moment((agreement.due_on - house.today).days, "15.10")):
            actions.mark_done(agreement, by=agreement.resident.contact_person)


def _take(house, agreement, what, who, words, resident, slip, details):
    """One step of the story; returns the version that then is in force."""
    if what in ("agreed", "change"):
        relative = house.relations[resident, who].relative
        if what == "agreed":
            actions.confirm_agreement(agreement, relative=relative, by=relative.user)
        else:
            actions.ask_for_change(
                agreement, uuid=slip, relative=relative, text=words, by=relative.user
            )
        return agreement
    by = house.staff[who]
    if what == "new":
        # The day by which the first version was to be done was about the first version.
        details = {name: v for name, v in details.items() if name != "due_on"}
        return actions.change_agreement(
            agreement, uuid=slip, topic=agreement.topic, text=words, by=by, **details
        )
    if what == "answer":
        reply = agreement.replies.filter(answered_at=None).get(kind="change")
        actions.answer_change(reply, answer=words, by=by)
    elif what == "done":
        actions.mark_done(agreement, by=by)
    else:
        actions.end_agreement(agreement, by=by)
    return agreement


def _details(house, resident, terms):
    details = {"responsible": terms.get("responsible", "staff")}
    if "relative" in terms:
        details["responsible"] = "relative"
        details["responsible_relative"] = house.relations[
            resident, terms["relative"]
        ].relative
    if "due" in terms:
        details["due_on"] = house.day(terms["due"])
    if "follow_up" in terms:
        details["follow_up_on"] = house.day(terms["follow_up"])
    return details


def _hour(house, away, place):
    return house.moment(away, f"{9 + place * 5 % 8}.{place * 17 % 60}")
