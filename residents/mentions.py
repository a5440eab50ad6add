"""Whether a text names another resident than the one it is about.

A relative may hear nothing of the neighbours (002: "information om andre borgere").
Names are also words, so this only asks the author; it forbids nothing.
"""

import re

from django.utils.translation import gettext as _

from portal.plain import plain
from residents.models import Resident

# Shorter names are everyday words in small letters: Bo, Per, Eva.
SHORT = 4


def named_in(text, home, *, about=None):
    """Residents living in the home whose name stands in the text, but not `about`."""
    others = Resident.objects.living_here().filter(department__home=home)
    own = set()
    if about:
        others = others.exclude(pk=about.pk)
        own = {name.casefold() for name in _names(about)}
    return [
        other
        for other in others
        if any(
            _stands_in(name, text)
            for name in _names(other)
            if name.casefold() not in own
        )
    ]


def shown_to(user, named):
    """Their names, as far as the author may know them: guessing tells of no strangers."""
    known = set(
        Resident.objects.visible_to(user)
        .filter(pk__in=[one.pk for one in named])
        .values_list("pk", flat=True)
    )
    names = [str(one) for one in named if one.pk in known]
    if len(known) < len(named):
        names.append(_("somebody in another department"))
    return names


def _names(resident):
    """What others call the resident; a double given name is also called by its first."""
    names = {str(resident), resident.given_name, resident.called}
    names.update(re.split(r"[\s-]+", resident.given_name)[:1])
    return {name for name in names if name}


def _stands_in(name, text):
    name = plain(name)
    # Danish puts the genitive on the name itself: Bos, Idas, Jens'.
    pattern = rf"(?<!\w){re.escape(name)}(?:s|'s|’s)?(?!\w)"
    flags = 0 if len(name) < SHORT else re.IGNORECASE
    return re.search(pattern, text, flags) is not None
