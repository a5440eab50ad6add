"""The little that a text may hold beside words: headings, lists, paragraphs.

A line that begins with "## " is a heading, lines that begin with "- " are a list, and an
empty line parts paragraphs. All else is words: whatever somebody writes or pastes comes out
as they wrote it, so there is nothing to sanitise and nothing that nests.
"""

import re

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

BREAK = mark_safe("<br>")
HEADING, ITEM = "## ", "- "
# How a Danish noun may end: a guardian, the guardian, guardians, the guardian's.
ENDINGS = "(?:en|n|et|t|er|r|erne|rne|e|s|ens|ns|ets|ers|rs)?"


def blocks(text):
    """("heading" | "list" | "paragraph", lines) in order."""
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = []
        kind = "paragraph"
        for raw in part.splitlines():
            line = raw.strip()
            now = "list" if line.startswith(ITEM) else "paragraph"
            if line.startswith(HEADING):
                if lines:
                    yield kind, lines
                yield "heading", [line.removeprefix(HEADING)]
                lines = []
                continue
            if lines and now != kind:
                yield kind, lines
                lines = []
            kind = now
            lines.append(line.removeprefix(ITEM) if now == "list" else line)
        if lines:
            yield kind, lines


def html(text, *, level=2, words=None):
    """The text as HTML with its headings on this level.

    The first time one of `words` (knowledge.models.Word) is used, it leads to where it is
    explained. Without them, on paper, nothing leads anywhere.
    """
    explained = _Explained(words or [])
    return _joined(
        _block(kind, lines, level, explained) for kind, lines in blocks(text)
    )


def _block(kind, lines, level, explained):
    if kind == "heading":
        return format_html("<h{0}>{1}</h{0}>\n", level, lines[0])
    if kind == "list":
        items = format_html_join(
            "", "<li>{}</li>", ((explained.in_line(line),) for line in lines)
        )
        return format_html("<ul>{}</ul>\n", items)
    told = format_html_join(BREAK, "{}", ((explained.in_line(line),) for line in lines))
    return format_html("<p>{}</p>\n", told)


class _Explained:
    """Finds the words of the glossary, each the first time."""

    def __init__(self, words):
        self.words = {word.term.casefold(): word for word in words}
        self.pattern = None
        if self.words:
            # The longest first: a future power of attorney is no power of attorney.
            terms = sorted(map(re.escape, self.words), key=len, reverse=True)
            self.pattern = re.compile(
                rf"(?<!\w)({'|'.join(terms)}){ENDINGS}(?!\w)", re.IGNORECASE
            )

    def in_line(self, line):
        if not self.pattern:
            return conditional_escape(line)
        parts, end = [], 0
        for found in self.pattern.finditer(line):
            word = self.words.pop(found[1].casefold(), None)
            if word is None:
                continue
            parts.append(conditional_escape(line[end : found.start()]))
            parts.append(_link(found[0], word))
            end = found.end()
        parts.append(conditional_escape(line[end:]))
        return _joined(parts)


def _joined(parts):
    return format_html_join("", "{}", ((part,) for part in parts))


def _link(said, word):
    return format_html(
        '<a class="word" href="{}#{}">{}</a>',
        reverse("knowledge:words"),
        anchor(word),
        said,
    )


def anchor(word):
    """Where on the page of words it stands."""
    return f"word-{word.address}"
