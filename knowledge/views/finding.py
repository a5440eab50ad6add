"""The piece that the reader means, among a home's own and the common ones."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from knowledge import audience, policy


def one_each(pieces, user):
    """Of somebody who belongs to two homes: each text once, from the home on their pages."""
    homes = audience.homes_of(user)
    kept = {}
    for piece in pieces:
        first = kept.setdefault(piece.address, piece)
        # Only two homes' own meet here: a common text gives way to either.
        if first is not piece and piece.home_id == homes[0]:
            kept[piece.address] = piece
    return list(kept.values())


def readable(pieces, user, address):
    """What the user may read at this address, or 404."""
    found = one_each(pieces.visible_to(user).filter(address=address), user)
    if not found:
        raise Http404
    return found[0]


def changeable(pieces, user, address):
    """The same for those who look after the library, also what has been taken back."""
    own = pieces.holding().kept_by(user).filter(address=address).first()
    piece = own or readable(pieces, user, address)
    if not policy.can_change(user, piece):
        raise PermissionDenied
    return piece


def home_of(user, piece=None):
    """The home in whose name the user writes, or 403."""
    homes = audience.run_by(user)
    if piece and piece.home_id:
        homes = [home for home in homes if home.pk == piece.home_id]
    if not homes:
        raise PermissionDenied
    return homes[0]


def must_belong(user):
    if not policy.can_read(user):
        raise PermissionDenied
