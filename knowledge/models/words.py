from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.models.pieces import Piece, PieceQuerySet


class Word(Piece):
    """A word of the field, and what it means in everyday words."""

    logged_as = "word"

    term = models.CharField(_("word"), max_length=60)
    meaning = models.CharField(_("what it means"), max_length=400)

    objects = PieceQuerySet.as_manager()

    class Meta(Piece.Meta):
        ordering = ["term", "pk"]
        verbose_name = _("explained word")
        verbose_name_plural = _("explained words")
        constraints = [
            *Piece.Meta.constraints,
            models.UniqueConstraint(
                "home",
                "address",
                condition=Q(replaced_at=None),
                name="one_meaning_of_a_word_holds",
            ),
        ]

    def __str__(self):
        return self.term


class Association(Piece):
    """Somebody outside the home who helps residents and relatives."""

    logged_as = "association"

    name = models.CharField(_("name"), max_length=100)
    about = models.CharField(_("what they help with"), max_length=400)
    url = models.URLField(_("web address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    objects = PieceQuerySet.as_manager()

    class Meta(Piece.Meta):
        ordering = ["name", "pk"]
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        constraints = [
            *Piece.Meta.constraints,
            models.UniqueConstraint(
                "home",
                "address",
                condition=Q(replaced_at=None),
                name="one_entry_of_an_association_holds",
            ),
        ]

    def __str__(self):
        return self.name
