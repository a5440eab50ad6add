"""What everybody may read about their data, and about how accessible the portal is."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import privacy as texts
from portal import rooms
from portal.privacy_texts import COMPLAIN, RESPONSIBLE, RIGHTS, TEXTS, VERSION


@login_not_required
@require_safe
def privacy(request):
    """The general part, for whoever wants to know before logging in."""
    home = rooms.home_of(request.user)
    return render(
        request,
        "privacy/general.html",
        {"sections": _said((RESPONSIBLE, RIGHTS), home), "complain": COMPLAIN},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def my_privacy(request):
    """The text for what one is here; and at first what is open to one, and why."""
    if request.method == "POST":
        texts.shown(request.user)
        request.session.pop(texts.DUE, None)
        return redirect("home")
    home = rooms.home_of(request.user)
    roles = texts.roles(request.user)
    return render(
        request,
        "privacy/mine.html",
        {
            "texts": [(role.label, _said(TEXTS[role], home)) for role in roles],
            "is_easy": texts.Role.RESIDENT in roles,
            "complain": COMPLAIN,
            "is_new": bool(texts.not_shown(request.user)),
            "opens": [*_of_work(request.user), *rooms.opens(request.user)],
            "version": VERSION,
            "rows": request.user.privacy_shown.all(),
        },
    )


@login_not_required
@require_safe
def accessibility(request):
    """The statement that the law asks for (lov nr. 692 af 8. juni 2018, § 4)."""
    return render(request, "privacy/accessibility.html")


@login_not_required
@require_safe
def was(request):
    """The easy address: to the statement in the state's WAS-Tool, or to our own."""
    return redirect(settings.WAS_URL or "accessibility")


def _said(sections, home):
    """The sections with the home's own name and telephone in them."""
    about = {
        "home": home.name if home else "Samspil",
        "phone": home.phone if home else "",
    }
    return [
        (one.picture, one.heading, [str(said) % about for said in one.paragraphs])
        for one in sections
    ]


def _of_work(user):
    for job in user.employments_in_force:
        place = job.department or job.home
        yield (
            str(place),
            [
                _("You work here as %(role)s, and see what your work asks.")
                % {"role": job.get_role_display()}
            ],
        )
