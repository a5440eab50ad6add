"""How people log in: what allauth leaves to us, and how long a log-in lasts."""
