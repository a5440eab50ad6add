"""What has been noted for people to be told of, put into messages at once."""

from portal import notices
from portal.models import Message, Notice


def gathered():
    """Every message there is; each notice is one by itself, as if nothing else were new."""
    for notice in Notice.objects.waiting().order_by("pk"):
        notices._post([notice])
    return Message.objects.all()
