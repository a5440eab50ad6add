"""How hard a text is to read: Björnsson's LIX, shown to whoever writes."""

import re

from django.utils.translation import gettext as _

# Below 25 is very easy, below 35 easy, below 45 middling.
EASY, PLAIN, MIDDLING = 25, 35, 45


def lix(text):
    """Words a sentence, and the hundredth part of words with more than six letters."""
    # "3. november" and "kl. 9.05" end no sentence.
    text = re.sub(r"(\d|\bkl)\.(?=\s?[a-z\u00e6\u00f8\u00e5\d])", r"\1", text)
    words = re.findall(r"[^\W\d_]+", text)
    if not words:
        return 0
    # A line by itself is a sentence too, with or without a full stop.
    sentences = len(re.findall(r"[.!?:;]+(?:\s|$)|[^.!?:;\s][ \t]*(?:\n|$)", text))
    long = sum(len(word) > 6 for word in words)
    return round(len(words) / max(1, sentences) + 100 * long / len(words))


def said(text):
    """The number in words, with what to do about it; empty for no text."""
    number = lix(text)
    if not number:
        return ""
    if number < EASY:
        word = _("very easy to read")
    elif number < PLAIN:
        word = _("easy to read")
    elif number < MIDDLING:
        word = _("rather hard to read: shorter sentences help")
    else:
        word = _("hard to read: shorter words and sentences help")
    return _("LIX %(number)d: %(word)s.") % {"number": number, "word": word}
