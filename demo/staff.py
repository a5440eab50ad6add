"""The home, its departments, and those who work there."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from demo.house import number
from portal.models import Department, Employment, Home, Profession, User

PASSWORD = "solskin-og-kaffe"

CARE, MANAGER, CENTRE_MANAGER, ADVISER, SYSTEM, PROTECTION = Employment.Role
P = Profession

ABOUT = """\
Solgården er et botilbud for unge og voksne, der har brug for støtte i hverdagen. Vi bor \
i tre afdelinger omkring den samme gård, tæt på skov, søbad og bus.

Det er borgeren, der bestemmer, hvad vi må fortælle videre. Spørg os endelig. Vi siger \
til, hvis der er noget, vi ikke må svare på."""

DEPARTMENTS = [
    ("Åkanden", "20 00 10 11"),
    ("Bakkehuset", "20 00 10 22"),
    ("Havblik", "20 00 10 33"),
]

# Name, department, role, profession, first day and last day, counted from today.
STAFF = [
    ("Charlotte Vang", None, CENTRE_MANAGER, P.PEDAGOGUE, -2600, None),
    ("Vibeke Juul", None, ADVISER, P.SOCIAL_WORKER, -900, None),
    ("Søren Kjær", None, SYSTEM, P.OFFICE, -1500, None),
    ("Bodil Aagaard", None, PROTECTION, P.OTHER, -700, None),
    ("Karen Birk", "Åkanden", MANAGER, P.PEDAGOGUE, -2100, None),
    ("Mette Lund", "Åkanden", CARE, P.PEDAGOGUE, -1300, None),
    ("Jonas Krogh", "Åkanden", CARE, P.CARE_ASSISTANT, -840, None),
    ("Fatima El-Sayed", "Åkanden", CARE, P.CARE_ASSISTANT, -620, None),
    ("Lars Winther", "Åkanden", CARE, P.CARER, -3900, None),
    ("Sofie Dam", "Åkanden", CARE, P.NURSE, -410, None),
    ("Birgit Holst", "Åkanden", CARE, P.OCCUPATIONAL, -1750, None),
    ("Malte Friis", "Åkanden", CARE, P.CARER, -75, 60),
    ("Henrik Toft", "Bakkehuset", MANAGER, P.PEDAGOGUE, -1100, None),
    ("Pernille Skov", "Bakkehuset", CARE, P.PEDAGOGUE, -1980, None),
    ("Tomasz Nowak", "Bakkehuset", CARE, P.CARE_ASSISTANT, -700, None),
    ("Anne-Grethe Bech", "Bakkehuset", CARE, P.NURSE, -5200, None),
    ("Ole Mikkelsen", "Bakkehuset", CARE, P.PEDAGOGUE, -1450, None),
    ("Leyla Demir", "Bakkehuset", CARE, P.SOCIAL_WORKER, -530, None),
    ("Signe Overgaard", "Bakkehuset", CARE, P.PHYSIO, -260, None),
    ("Louise Marker", "Havblik", MANAGER, P.PSYCHOLOGIST, -950, None),
    ("Kasper Ravn", "Havblik", CARE, P.PEDAGOGUE, -1230, None),
    ("Camilla Storm", "Havblik", CARE, P.PEDAGOGUE, -480, None),
    ("Yusuf Warsame", "Havblik", CARE, P.CARER, -330, None),
    ("Emma Dalsgaard", "Havblik", CARE, P.PEDAGOGUE, -150, None),
    ("Viktor Lauge", "Havblik", CARE, P.CARER, -700, -21),
    ("Freja Mølgaard", "Havblik", CARE, P.PEDAGOGUE, 9, None),
]

PLAIN = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ć": "c", "ö": "oe", " ": "."}
)


def address_of(name):
    return f"{name.lower().translate(PLAIN)}@example.dk"


def new_user(house, name, *, seen=None, password=True):
    """Somebody who can sign in; all with the one password, which is slow to digest."""
    user = User(
        uuid=number("user", name),
        name=name,
        email=address_of(name),
        password=house.digest if password else make_password(None),
        last_login=seen,
        previous_login=seen,
    )
    user.save()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=password, primary=True
    )
    return user


def build(house):
    house.digest = make_password(PASSWORD)
    house.home = Home.objects.create(
        uuid=number("home", "Botilbuddet Solgården"),
        name="Botilbuddet Solgården",
        phone="20 00 10 00",
        email="solgaarden@example.dk",
        address="Engdraget 14, 8999 Vesterlund",
        opening_hours="Hverdage kl. 9-15. Afdelingen kan ringes op hele døgnet.",
        answer_days=3,
        about=ABOUT,
    )
    for name, phone in DEPARTMENTS:
        house.departments[name] = Department.objects.create(
            uuid=number("department", name), home=house.home, name=name, phone=phone
        )
    for turn, (name, department, role, profession, first, last) in enumerate(STAFF):
        # The last log-in of each was at some hour of yesterday or the day before.
        seen = house.moment(-1 - turn % 2, f"{7 + turn % 14}.{turn * 7 % 60}")
        user = new_user(house, name, seen=seen if first < 0 else None)
        house.staff[name.split()[0]] = user
        Employment.objects.create(
            user=user,
            home=house.home,
            department=house.departments.get(department),
            role=role,
            profession=profession,
            starts_on=house.day(first),
            ends_on=None if last is None else house.day(last),
            register_id=f"M-{101 + turn}",
        )
