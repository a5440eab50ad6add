"""Addresses that a browser sends us, to be led to."""

from django.utils.http import url_has_allowed_host_and_scheme


def ours(address):
    """The address, if it is that of one of our own pages; else nothing.

    A page's address begins with a slash: the rest could be another site, or the name of
    a view, which redirect() would look up and fail to find.
    """
    address = (address or "").replace("\x00", "")
    if not address.startswith("/"):
        return ""
    return (
        address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
    )
