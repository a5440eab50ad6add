"""Everything that is held about oneself, to take home."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal import drawing, handing_over, pdf, rooms
from portal import selves as own


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def my_data(request):
    """What one gets, and the file: made when it is asked for, and kept nowhere."""
    selves = own.selves(request.user)
    if request.method == "GET":
        return render(request, "account/my_data.html", {"selves": selves})
    return handed_over(
        request, selves, name=request.user.name, home=rooms.home_of(request.user)
    )


def handed_over(request, selves, *, name, home):
    """The file, or a page that says why there is none."""
    try:
        content = handing_over.pack(selves, by=request.user, name=name, home=home)
    except pdf.Unavailable:
        return pdf.unavailable(request)
    except pdf.Failed as error:
        return drawing.failed(request, error)
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="oplysninger.zip"',
            "Cache-Control": "no-store, private",
        },
    )
