"""What the templates of papers may use."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from portal import typography

register = template.Library()
BULLETS = ("- ", "– ", "• ", "* ")


@register.filter
def paper(text):
    """A word or a line, as it stands on paper."""
    return typography.on_paper(str(text))


@register.filter
def paragraphs(text, by=""):
    """What somebody has written: its lines as paragraphs, its dashes as a list.

    `by` says at the end of it who did.
    """
    blocks = []
    for line in typography.on_paper(text).splitlines():
        line = line.strip()
        if line.startswith(BULLETS):
            if not blocks or not isinstance(blocks[-1], list):
                blocks.append([])
            blocks[-1].append([line[2:].strip(), ""])
        elif line:
            blocks.append((line, ""))
    if by and blocks:
        mark = format_html(' <span class="by">{}</span>', spoken_by(by))
        if isinstance(blocks[-1], list):
            blocks[-1][-1][1] = mark
        else:
            blocks[-1] = (blocks[-1][0], mark)
    return format_html_join("", "{}", ((_block(block),) for block in blocks))


@register.filter
def spoken_by(by):
    """Who said it, on one line. WeasyPrint breaks a nowrap badly, and any line at a dash."""
    return f"({by})".replace(" ", typography.NBSP)


def _block(block):
    if isinstance(block, list):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{}</li>", block))
    return format_html("<p>{}{}</p>", *block)


@register.simple_tag
def box(label):
    """A box to tick by hand, with its word."""
    return format_html(
        '<span class="option"><span class="box">☐</span> {}</span> ',
        typography.on_paper(str(label)),
    )


@register.simple_tag
def writing_lines(number):
    """Lines to write on by hand."""
    if not number:
        return ""
    rules = mark_safe("<div></div>" * int(number))  # noqa: S308 – our own
    return format_html('<div class="lines">{}</div>', rules)
