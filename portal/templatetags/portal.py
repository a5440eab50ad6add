"""The small pieces that every template may use."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

_SPRITE = {}


@register.simple_tag
def icon(name, label="", css=""):
    """An icon of the design system. Without a label it is decoration."""
    if "href" not in _SPRITE:
        _SPRITE["href"] = static("vendor/dkfds/img/all-svg-icons.svg")
    if label:
        return format_html(
            '<svg class="icon-svg {}" focusable="false" role="img" aria-label="{}">'
            '<use href="{}#{}"></use></svg>',
            css,
            label,
            _SPRITE["href"],
            name,
        )
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        css,
        _SPRITE["href"],
        name,
    )


_DRAWN = {}


@register.simple_tag
def pictogram(name, label="", css=""):
    """A drawing from static/vendor/openmoji. Without a label it only goes with words.

    Topics and answers have the pictogram of their own name: {% pictogram "health" %}.
    """
    if name not in _DRAWN:
        _DRAWN[name] = static(f"vendor/openmoji/{name}.svg")
    return format_html(
        '<img class="pictogram {}" src="{}" alt="{}" width="72" height="72">',
        css,
        _DRAWN[name],
        label,
    )


@register.filter
def unbroken(number):
    """A telephone number that is never broken over two lines."""
    return number.replace(" ", "\u00a0")


@register.inclusion_tag("components/crumbs.html")
def crumbs(*pairs):
    """The way back: label, address, label, address, …, label of this page."""
    *ways, here = pairs
    return {
        "ways": list(zip(ways[::2], ways[1::2], strict=True)),
        "here": here,
    }


@register.inclusion_tag("components/empty.html")
def empty(text, label="", url=""):
    """Says that there is nothing here, why, and what one can do about it."""
    return {"text": text, "label": label, "url": url}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context, page):
    """Previous and next, with the filters of the list kept."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": query.urlencode()}
