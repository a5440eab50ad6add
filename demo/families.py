"""Whom each resident of the demo counts among their own, and what the law says of it."""

from relatives.models import Relation, Representation

K = Relation.Kind
HERE, INVITED, NOT_INVITED = "here", "invited", "not invited"

# Given and family name, who they are to the resident, how far they have come.
RELATIVES = {
    "Emil": [
        ("Hanne", "Nørgaard", K.MOTHER, HERE),
        ("Per", "Lykke Sørensen", K.FATHER, HERE),
        ("Rasmus", "Nørgaard", K.BROTHER, HERE),
        ("Ellen", "Nørgaard", K.GRANDPARENT, NOT_INVITED),
        ("Jonathan", "Bille", K.FRIEND, NOT_INVITED),
    ],
    "Kirsten": [
        ("Poul", "Bach Mortensen", K.BROTHER, HERE),
        ("Grethe", "Bach", K.SISTER, NOT_INVITED),
        ("Aase", "Nygaard", K.NEIGHBOUR, INVITED),
    ],
    "Thomas": [
        ("Bodil", "Skov", K.MOTHER, HERE),
        ("Erik", "Skov", K.FATHER, INVITED),
    ],
    "Amina": [
        ("Halima", "Hassan", K.MOTHER, HERE),
        ("Idil", "Hassan", K.SISTER, HERE),
        ("Sahra", "Hassan", K.SISTER, NOT_INVITED),
    ],
    "Jørgen": [
        ("Vera", "Kaalund", K.SISTER, HERE),
        ("Flemming", "Kaalund", K.BROTHER, NOT_INVITED),
    ],
    "Ditte": [
        ("Marianne", "Frost", K.MOTHER, HERE),
        ("Steen", "Frost", K.FATHER, HERE),
        ("Line", "Frost Albrecht", K.SISTER, INVITED),
        ("Sebastian", "Holk", K.PARTNER, HERE),
    ],
    "Aksel": [
        ("Rita", "Riis", K.MOTHER, HERE),
        ("Bjarne", "Thomsen", K.FATHER, NOT_INVITED),
    ],
    "Lone": [
        ("Kurt", "Bjerregaard", K.BROTHER, HERE),
        ("Tove", "Lassen", K.FRIEND, HERE),
    ],
    "Peter": [("Inger", "Abildgaard", K.MOTHER, HERE)],
    "Inge": [
        ("Niels", "Hertz", K.LEGAL_GUARDIAN, HERE),
        ("Jytte", "Thorup", K.SISTER, HERE),
        ("Dan", "Thorup", K.CHILD, INVITED),
    ],
    "Mikkel": [
        ("Lisbeth", "Østerby", K.MOTHER, HERE),
        ("John", "Østerby", K.FATHER, HERE),
        ("Sara", "Østerby", K.SISTER, HERE),
    ],
    "Susanne": [
        ("Benny", "Hvid", K.PARTNER, HERE),
        ("Cecilie", "Hvid", K.CHILD, HERE),
        ("Villads", "Hvid", K.CHILD, NOT_INVITED),
    ],
    "Bashir": [
        ("Nasrin", "Rahimi", K.MOTHER, INVITED),
        ("Omid", "Rahimi", K.BROTHER, HERE),
    ],
    "Else": [
        ("Torben", "Pilgaard", K.CHILD, HERE),
        ("Anni", "Pilgaard Møller", K.CHILD, HERE),
    ],
    "Christian": [("Birthe", "Vad", K.MOTHER, HERE)],
    "Ewa": [
        ("Marek", "Kowalski", K.BROTHER, HERE),
        ("Zofia", "Kowalska", K.MOTHER, NOT_INVITED),
    ],
    "Henning": [
        ("Gerda", "Brandt", K.PARTNER, HERE),
        ("Michael", "Brandt", K.CHILD, HERE),
    ],
    "Maria": [
        ("Ulla", "Lindskov", K.MOTHER, HERE),
        ("Ejner", "Lindskov", K.FATHER, NOT_INVITED),
    ],
    "Liam": [
        ("Stine", "Sejersen", K.MOTHER, HERE),
        ("Martin", "Voss", K.FATHER, HERE),
    ],
    "Alberte": [
        ("Dorthe", "Kragelund", K.MOTHER, HERE),
        ("Brian", "Holmgaard", K.FATHER, NOT_INVITED),
    ],
    "Noah": [
        ("Ivana", "Petrović", K.MOTHER, HERE),
        ("Goran", "Petrović", K.FATHER, INVITED),
        ("Luka", "Petrović", K.BROTHER, NOT_INVITED),
    ],
    "Zahra": [
        ("Parwana", "Karimi", K.MOTHER, HERE),
        ("Reza", "Karimi", K.FATHER, HERE),
    ],
    "Magnus": [
        ("Anette", "Bruun", K.MOTHER, HERE),
        ("Claus", "Bruun", K.FATHER, HERE),
        ("Astrid", "Bruun", K.SISTER, INVITED),
    ],
    "Caroline": [
        ("Helle", "Bay", K.MOTHER, HERE),
        ("Torsten", "Dahl", K.FATHER, INVITED),
        ("Ingrid", "Fabricius", K.NETWORK, HERE),
    ],
    "Oscar": [
        ("Mona", "Thygesen", K.MOTHER, HERE),
        ("Ruth", "Thygesen", K.GRANDPARENT, NOT_INVITED),
    ],
    "Simon": [
        ("Tina", "Holm", K.MOTHER, HERE),
        ("Nikolaj", "Holm", K.BROTHER, HERE),
    ],
}
# Also the relative of another resident: she visits Jørgen as a volunteer.
ALSO = [("Jørgen", "Lone", "Tove", K.NETWORK)]

PROTECTED_ADDRESS = {"Rita", "Martin", "Parwana", "Reza"}
# Age and days since the birthday.
CHILDREN = {"Sahra": (14, 40), "Villads": (13, 210), "Luka": (12, 95)}
LANGUAGES = {
    "Halima": ("somali", True),
    "Nasrin": ("dari", True),
    "Zofia": ("polsk", True),
    "Marek": ("polsk", False),
    "Ivana": ("bosnisk", False),
    "Parwana": ("dari", True),
}
ROADS = [
    ("Kirkestien", "8999", "Vesterlund"),
    ("Møllevangen", "8999", "Vesterlund"),
    ("Søndre Strandvej", "8998", "Klintehavn"),
    ("Bøgeparken", "8997", "Nørre Broby Hede"),
    ("Stationsvej", "8996", "Hjortlund"),
    ("Lærkehøj", "8999", "Vesterlund"),
]

# Resident, relative, kind, from, until, topics, what was shown.
V = Representation.Kind
REPRESENTATIONS = [
    ("Inge", "Niels", V.ECONOMIC, -1400, None, ["economy"], "Værgebeskikkelse"),
    ("Jørgen", "Vera", V.PERSONAL, -2000, None, ["health", "treatment", "social", "daily"], "Værgebeskikkelse"),
    ("Henning", "Gerda", V.FUTURE_POWER, -310, None, ["health", "treatment", "economy", "daily"], "Fremtidsfuldmagt, sat i kraft"),
    ("Kirsten", "Poul", V.ECONOMIC, -2200, -140, ["economy"], "Værgebeskikkelse, ophævet"),
    ("Liam", "Stine", V.SHARED_CUSTODY, -270, None, [], "Oplyst af begge forældre"),
    ("Liam", "Martin", V.SHARED_CUSTODY, -270, None, [], "Oplyst af begge forældre"),
    ("Alberte", "Dorthe", V.SOLE_CUSTODY, -420, None, [], "Afgørelse fra Familieretshuset"),
    ("Noah", "Ivana", V.SHARED_CUSTODY, -95, None, [], "Oplyst af begge forældre"),
    ("Noah", "Goran", V.SHARED_CUSTODY, -95, None, [], "Oplyst af begge forældre"),
    ("Zahra", "Parwana", V.SHARED_CUSTODY, -190, None, [], "Oplyst af begge forældre"),
    ("Zahra", "Reza", V.SHARED_CUSTODY, -190, None, [], "Oplyst af begge forældre"),
    ("Magnus", "Anette", V.SHARED_CUSTODY, -760, -10, [], "Oplyst af begge forældre"),
    ("Magnus", "Claus", V.SHARED_CUSTODY, -760, -10, [], "Oplyst af begge forældre"),
]  # fmt: skip
