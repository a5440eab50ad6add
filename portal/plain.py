"""One rule for all that people write: what nobody sees in it is not kept.

Marks that turn the direction of what follows make a subject, a name or a file name read
backwards; marks without width hide in a word, so that no search finds it. They come along
when somebody copies, and are never meant. Letters that are themselves written from right
to left stay, and so do the joiners of emoji and of Persian names.
(Unicode TR 36 and TR 39; OWASP ASVS 2.2.)
"""

import re
import unicodedata

from django import forms

# What ends a line for some programs, and for others is a part of it: an appointment in
# somebody's calendar could get a line of its own by it.
LINE_ENDS = re.compile("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")
# NUL is not among them: no text has it, and whoever sends it is told so.
UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def plain(text):
    """The text with what can be seen in it, and with lines that end as lines do.

    Each letter is written in one way: of å there are two, which look the same.
    """
    text = UNSEEN.sub("", LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def on_one_line(text):
    return " ".join(plain(text).split())


class PlainForm(forms.Form):
    """Each of its texts is plain before it is looked at, and when it is drawn again.

    What is written in a field of one line stands on one. A password is what it is.
    """

    def _widget_data_value(self, widget, html_name):
        value = super()._widget_data_value(widget, html_name)
        if isinstance(widget, forms.PasswordInput):
            return value
        if not isinstance(value, str):
            return value
        return on_one_line(value) if type(widget) in ONE_LINE else plain(value)


ONE_LINE = (forms.TextInput, forms.EmailInput, forms.URLInput)
