"""What a few have chosen to have mail about, and one address that mails do not reach."""

from demo.house import at
from portal import bounces, kinds

# Resident, relative, and what they have chosen otherwise than is usual.
CHOSEN = [
    ("Emil", "Hanne", {"diary": "daily"}),
    ("Ditte", "Marianne", {"news": "never"}),
]
REFUSED = [("Aksel", "Rita", -2, "5.1.1 smtp; 550 5.1.1 No such user")]


def build(house):
    for resident, relative, choices in CHOSEN:
        kinds.choose(house.relations[resident, relative].relative.user, choices)
    for resident, relative, away, why in REFUSED:
        user = house.relations[resident, relative].relative.user
        with at(house.moment(away, "17.00")):
            bounces.mark(user, user.email, why, at_the_door=False)
