"""What stands on the papers of a conversation, as plain words.

The words of the record are kept with each version (Printout.content), so that the paper
says the same after an answer, a name or a consent has changed.
"""

from meetings.papers.record import TEMPLATE, blank, record

__all__ = ["TEMPLATE", "blank", "record"]
