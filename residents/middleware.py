"""What is shown about residents is written down before it leaves."""

from http import HTTPStatus

from residents import ledger


def reads_are_logged(get_response):
    """Every page that shows something about a resident is in the access log, or is none.

    Innermost, so that nothing can be drawn after it has been written down.
    """

    def middleware(request):
        with ledger.collecting() as page:
            response = get_response(request)
            if _shows_something(response):
                page.write()
        return response

    return middleware


def _shows_something(response):
    """Not where it only sends one on, or says no: these pages name nobody."""
    status = response.status_code
    return status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.CONFLICT
