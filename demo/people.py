"""Those who live at Solgården."""

import datetime as dt

from dateutil.relativedelta import relativedelta

from demo.house import number
from demo.staff import new_user
from residents.models import Resident


def _turned(age, *, days):
    """So old, and so many days past the birthday."""
    return lambda house: house.today - relativedelta(years=age, days=days)


def _on(year, month, day):
    return lambda house: dt.date(year, month, day)


# Given and family name, likes to be called, born, room, contact person, moved in.
RESIDENTS = {
    "Åkanden": [
        ("Emil", "Nørgaard", "", _on(1999, 3, 14), "1", "Mette", -1210),
        ("Kirsten", "Bach Mortensen", "Kis", _on(1968, 11, 2), "2", "Jonas", -3300),
        ("Thomas", "Skov", "", _on(1985, 6, 21), "3", "Fatima", -1760),
        ("Amina", "Hassan", "", _on(1996, 1, 30), "4", "Mette", -540),
        ("Jørgen", "Kaalund", "", _on(1954, 9, 8), "5", "Lars", -4100),
        ("Ditte Marie", "Frost", "Ditte", _on(1990, 12, 17), "6", "Mette", -890),
        ("Aksel", "Riis Thomsen", "", _on(1978, 4, 3), "7", "Sofie", -230),
        ("Lone", "Bjerregaard", "", _on(1962, 7, 26), "8", "Birgit", -2650),
        ("Peter", "Abildgaard", "", _on(1981, 5, 11), "", None, -1900),
        ("Simon", "Holm", "", _on(2001, 8, 24), "9", "Jonas", 12),
    ],
    "Bakkehuset": [
        ("Inge", "Thorup", "", _on(1966, 2, 19), "11", "Pernille", -1420),
        ("Mikkel", "Østerby", "", _on(1994, 8, 11), "12", "Tomasz", -610),
        ("Susanne", "Hvid", "Sus", _on(1973, 5, 5), "13", "Ole", -980),
        ("Bashir", "Rahimi", "", _on(1988, 10, 23), "14", "Leyla", -330),
        ("Else", "Pilgaard", "", _on(1949, 3, 30), "15", "Anne-Grethe", -2900),
        ("Christian", "Vad", "", _on(1984, 9, 27), "16", "Ole", -1130),
        ("Ewa", "Kowalska", "", _on(1979, 4, 18), "17", "Tomasz", -450),
        ("Henning", "Brandt", "", _on(1959, 6, 9), "18", "Anne-Grethe", -700),
        ("Maria", "Lindskov", "", _on(1992, 2, 25), "19", "Pernille", 7),
    ],
    "Havblik": [
        ("Liam", "Sejersen", "", _turned(16, days=131), "21", "Kasper", -270),
        ("Alberte", "Kragelund", "", _turned(17, days=320), "22", "Camilla", -420),
        ("Noah", "Petrović", "", _turned(15, days=204), "23", "Yusuf", -95),
        ("Zahra", "Karimi", "", _turned(17, days=266), "24", "Camilla", -190),
        ("Magnus", "Bruun", "", _turned(18, days=9), "25", "Kasper", -760),
        ("Caroline", "Bay Dahl", "Caro", _turned(20, days=77), "26", "Emma", -1010),
        ("Oscar", "Thygesen", "", _turned(19, days=160), "27", "Yusuf", -505),
    ],
}
MOVED_OUT = {"Peter": -62}
PROTECTED_ADDRESS = ("Aksel", "Zahra")
# Who has a log-in of their own, and when they last used it.
LOG_INS = {"Emil": -2, "Susanne": -6, "Simon": -1}


def build(house):
    count = 0
    for department, rows in RESIDENTS.items():
        for given, family, called, born_on, room, contact, moved_in in rows:
            count += 1
            name = f"{given} {family}"
            seen = LOG_INS.get(given)
            user = seen and new_user(house, name, seen=house.moment(seen, "16.10"))
            left = MOVED_OUT.get(given)
            house.residents[given.split()[0]] = Resident.objects.create(
                uuid=number("resident", name),
                user=user,
                department=house.departments[department],
                given_name=given,
                family_name=family,
                called=called,
                born_on=born_on(house),
                register_id=f"B-{2400 + count}",
                room=room and f"Lejlighed {room}",
                moved_in_on=house.day(moved_in),
                moved_out_on=left and house.day(left),
                protected_address=given in PROTECTED_ADDRESS,
                contact_person=house.staff.get(contact),
            )
