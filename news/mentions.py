"""Whether a text names a resident: as in residents.mentions, for the texts of this app."""

from residents.mentions import named_in, shown_to

__all__ = ["named_in", "shown_to"]
