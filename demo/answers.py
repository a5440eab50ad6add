"""What the residents of the demo have answered, in every state an answer can be in."""

from consent.models import Consent
from residents.topics import Topic

YES, NO, NOT_YET = Consent.Answer
SEE, BE_TOLD, BE_CONTACTED, TAKE_PART = Consent.Action
WRITTEN, PAPER, ORAL = "written", "paper", "oral"
DAILY, PHOTOS, GOALS, MEETINGS, HEALTH, TREATMENT, SOCIAL, SUBSTANCE, OFFENCES, ECONOMY, FORCE = Topic  # fmt: skip

TALKED = {"form": WRITTEN, "together": True}
ALONE = {"form": WRITTEN}
ON_PAPER = {
    "form": PAPER,
    "how_informed": "Gennemgået med billedkort i to omgange.",
    "how_expressed": "Skrev selv under.",
}


def aloud(reason, witness):
    return {
        "form": ORAL,
        "oral_reason": reason,
        "witness": witness,
        "how_informed": "Vi sad i lejligheden og tog ét emne ad gangen.",
        "how_expressed": "Svarede tydeligt ja og nej og gentog med egne ord.",
    }


# Resident, day and hour, who asked, how, and the answers: relative, topics, answer, more.
TALKS = [
    # Hanne may see much. Rasmus sees nothing yet. Per, divorced from Hanne, sees a little.
    ("Emil", -372, "10.30", "Mette", TALKED, [
        ("Hanne", [DAILY, PHOTOS, GOALS, MEETINGS, HEALTH], YES, {}),
        ("Ellen", [DAILY], YES, {"action": BE_TOLD}),
    ]),
    ("Emil", -118, "14.00", "Mette", TALKED, [
        ("Hanne", [DAILY, PHOTOS, GOALS, MEETINGS, HEALTH], YES, {}),
        ("Hanne", [ECONOMY, SOCIAL], NO, {}),
        ("Hanne", [MEETINGS], YES, {"action": TAKE_PART, "degree": "co_decides"}),
        ("Hanne", [HEALTH], YES, {"action": BE_CONTACTED}),
        ("Per", [DAILY], YES, {}),
        ("Per", [DAILY], YES, {"action": BE_TOLD, "degree": "important"}),
        ("Per", [HEALTH, ECONOMY], NO, {}),
        ("Rasmus", [DAILY, PHOTOS], NOT_YET, {"ask_again_on": 12}),
        ("Ellen", [DAILY], YES, {"action": BE_TOLD}),
    ]),
    ("Emil", -34, "11.40", "Emil", ALONE, [
        ("Per", [PHOTOS], YES, {"since": True}),
    ]),
    ("Kirsten", -200, "13.00", "Jonas", ON_PAPER, [
        ("Poul", [DAILY, HEALTH, MEETINGS], YES, {}),
        ("Poul", [ECONOMY], NO, {}),
        ("Grethe", [DAILY], YES, {"action": BE_TOLD}),
        ("Aase", [DAILY], YES, {}),
    ]),
    ("Thomas", -246, "10.00", "Fatima", TALKED, [
        ("Bodil", [DAILY, HEALTH, GOALS, PHOTOS], YES, {}),
        ("Erik", [DAILY, PHOTOS], YES, {}),
        ("Pernille", [DAILY, SOCIAL], YES, {}),
        ("Pernille", [HEALTH], NO, {}),
    ]),
    ("Amina", -175, "15.00", "Mette", aloud("Amina læser ikke dansk endnu.", "Tolk og Fatima El-Sayed"), [
        ("Idil", [DAILY, PHOTOS, SOCIAL], YES, {}),
        ("Halima", [DAILY, HEALTH], YES, {}),
        ("Halima", [ECONOMY], NO, {}),
        ("Sahra", [PHOTOS], YES, {"action": BE_TOLD}),
    ]),
    ("Jørgen", -210, "11.00", "Lars", aloud("Jørgen kan ikke længere skrive sit navn.", "Sofie Dam"), [
        ("Vera", [DAILY, PHOTOS], YES, {}),
        ("Flemming", [DAILY], YES, {"action": BE_TOLD}),
    ]),
    ("Jørgen", -205, "14.00", "Karen", {
        "form": PAPER,
        "for": "Vera",
        "given_by": "legal_guardian",
        "capacity_note": "Jørgen siger gerne ja til besøg, men kan ikke overskue et helt år.",
    }, [
        ("Tove", [DAILY], YES, {}),
    ]),
    ("Ditte", -92, "17.00", "Mette", TALKED, [
        ("Marianne", [DAILY, HEALTH, MEETINGS], YES, {}),
        ("Steen", [DAILY], YES, {}),
        ("Steen", [ECONOMY], NO, {}),
        ("Sebastian", [DAILY, PHOTOS], YES, {}),
        ("Line", [DAILY], YES, {"action": BE_TOLD}),
    ]),
    ("Aksel", -180, "10.00", "Karen", TALKED, [
        ("Rita", [DAILY, SOCIAL, MEETINGS], YES, {}),
        ("Bjarne", [DAILY, SOCIAL, HEALTH], NO, {}),
        ("Bjarne", [DAILY], NO, {"action": BE_CONTACTED}),
    ]),
    # Runs out in a few days, and nobody has asked again.
    ("Lone", -357, "13.30", "Birgit", ON_PAPER, [
        ("Kurt", [HEALTH], YES, {}),
    ]),
    ("Lone", -150, "13.30", "Birgit", TALKED, [
        ("Kurt", [DAILY, GOALS], YES, {}),
        ("Tove", [DAILY, PHOTOS], YES, {}),
    ]),
    # He has moved out, and so they open nothing.
    ("Peter", -260, "12.00", "Karen", TALKED, [
        ("Inger", [DAILY, SOCIAL, MEETINGS], YES, {}),
    ]),
    ("Inge", -165, "10.00", "Pernille", TALKED, [
        ("Niels", [HEALTH, SOCIAL], NO, {}),
        ("Jytte", [DAILY, PHOTOS], YES, {}),
        ("Dan", [DAILY], NOT_YET, {"ask_again_on": -3}),
    ]),
    ("Mikkel", -140, "16.00", "Tomasz", TALKED, [
        ("Lisbeth", [DAILY, GOALS], YES, {}),
        ("John", [DAILY], YES, {}),
        ("Lisbeth", [SUBSTANCE, OFFENCES], NO, {}),
        ("John", [SUBSTANCE, OFFENCES], NO, {}),
        ("Sara", [DAILY, PHOTOS], YES, {}),
        ("Sara", [MEETINGS], NOT_YET, {"action": TAKE_PART, "ask_again_on": 20}),
        ("John", [MEETINGS], YES, {"action": TAKE_PART, "degree": "informed"}),
        ("Lisbeth", [MEETINGS], YES, {"action": TAKE_PART, "degree": "heard"}),
    ]),
    ("Susanne", -230, "18.00", "Susanne", ALONE, [
        ("Cecilie", [DAILY, PHOTOS, HEALTH, GOALS], YES, {}),
        ("Benny", [DAILY], YES, {}),
        ("Villads", [PHOTOS], YES, {"action": BE_TOLD}),
    ]),
    ("Bashir", -145, "14.00", "Leyla", TALKED, [
        ("Omid", [DAILY, SOCIAL, MEETINGS], YES, {}),
    ]),
    # Begins when his mother has had her log-in explained.
    ("Bashir", -13, "14.00", "Leyla", TALKED, [
        ("Nasrin", [DAILY, PHOTOS], YES, {"starts_at": 6}),
    ]),
    # Her photos have run out.
    ("Else", -385, "10.00", "Anne-Grethe", TALKED, [
        ("Anni", [PHOTOS], YES, {}),
    ]),
    ("Else", -150, "10.00", "Anne-Grethe", aloud("Else ser dårligt og ville ikke have læst op to gange.", "Signe Overgaard"), [
        ("Anni", [DAILY, HEALTH, MEETINGS], YES, {}),
        ("Torben", [DAILY, ECONOMY], YES, {}),
    ]),
    ("Christian", -190, "11.00", "Ole", TALKED, [
        ("Birthe", [DAILY], YES, {}),
        ("Birthe", [HEALTH], YES, {"action": BE_CONTACTED}),
        ("Birthe", [SOCIAL, ECONOMY, TREATMENT], NO, {}),
    ]),
    ("Ewa", -342, "12.00", "Tomasz", TALKED, [
        ("Marek", [HEALTH, TREATMENT], YES, {}),
    ]),
    ("Ewa", -120, "12.00", "Tomasz", TALKED, [
        ("Marek", [DAILY, GOALS], YES, {}),
        ("Zofia", [DAILY], YES, {"action": BE_TOLD}),
    ]),
    ("Henning", -300, "13.00", "Henrik", {
        "form": PAPER,
        "for": "Gerda",
        "given_by": "future_power",
        "capacity_note": "Henning nikker til Michael, men kan ikke følge hele spørgsmålet.",
    }, [
        ("Michael", [DAILY], YES, {}),
    ]),
    # From 15, health needs their own yes; the rest follows custody.
    ("Liam", -160, "15.30", "Kasper", TALKED, [
        ("Stine", [HEALTH], NOT_YET, {"ask_again_on": 8}),
        ("Martin", [HEALTH, TREATMENT], NO, {}),
    ]),
    ("Alberte", -66, "16.00", "Camilla", TALKED, [
        ("Dorthe", [HEALTH], YES, {}),
        ("Brian", [DAILY, HEALTH], NO, {}),
    ]),
    ("Noah", -90, "15.00", "Yusuf", TALKED, [
        ("Ivana", [HEALTH], YES, {}),
        ("Goran", [HEALTH], YES, {"action": BE_TOLD}),
        ("Luka", [PHOTOS], YES, {"action": BE_TOLD}),
    ]),
    ("Zahra", -110, "16.30", "Camilla", TALKED, [
        ("Parwana", [HEALTH], NOT_YET, {"ask_again_on": 25}),
        ("Reza", [HEALTH], NO, {}),
    ]),
    # He turned 18 that day, and decides alone from now on.
    ("Magnus", -9, "14.30", "Kasper", TALKED, [
        ("Anette", [DAILY, GOALS], YES, {}),
        ("Anette", [HEALTH], NOT_YET, {"ask_again_on": 21}),
        ("Claus", [DAILY, ECONOMY], YES, {}),
        ("Astrid", [DAILY, PHOTOS], YES, {}),
    ]),
    ("Caroline", -130, "17.00", "Emma", TALKED, [
        ("Helle", [DAILY, MEETINGS], YES, {}),
        ("Helle", [HEALTH], NO, {}),
        ("Torsten", [DAILY], NOT_YET, {"ask_again_on": -30}),
        ("Ingrid", [DAILY, GOALS], YES, {}),
        ("Ingrid", [MEETINGS], YES, {"action": TAKE_PART}),
    ]),
    ("Oscar", -220, "17.00", "Yusuf", TALKED, [
        ("Mona", [DAILY, SOCIAL, GOALS, HEALTH], YES, {}),
        ("Ruth", [DAILY], YES, {"action": BE_TOLD}),
    ]),
    # He moves in soon: his mother may know and take part, his brother not yet.
    ("Simon", -2, "15.00", "Jonas", TALKED, [
        ("Tina", [DAILY, HEALTH, MEETINGS], YES, {}),
        ("Tina", [DAILY, HEALTH], YES, {"action": BE_TOLD}),
        ("Tina", [MEETINGS], YES, {"action": TAKE_PART, "degree": "heard"}),
        ("Tina", [ECONOMY], NO, {}),
        ("Nikolaj", [DAILY, HEALTH], NOT_YET, {"ask_again_on": 40}),
    ]),
]  # fmt: skip

# Resident, relative, topic, the day on which they said stop, and to whom.
STOPPED = [
    ("Susanne", "Benny", DAILY, -12, "Susanne"),
    ("Oscar", "Mona", HEALTH, -40, "Yusuf"),
]
