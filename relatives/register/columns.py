"""What a column and a kind of row are. Which there are: relatives.register.kinds."""

from collections.abc import Callable
from dataclasses import dataclass

from relatives.register import words


@dataclass(frozen=True)
class Column:
    field: str
    read: Callable
    help: str
    example: str = ""
    # Every row must have it; and so must the file.
    needed: bool = False
    # The list of words in words.toml that a cell is one of.
    words: str = ""

    @property
    def choices(self):
        return words.choices(self.words) if self.words else []


@dataclass(frozen=True)
class Kind:
    name: str
    # In the plural, and as the heading of a sheet.
    label: str
    columns: tuple[Column, ...]
    # One of each pair is needed.
    either: tuple[tuple[str, str], ...] = ()

    def heading(self, field):
        """The heading that we print for the column."""
        return words.headings(self.name)[field][0]

    @property
    def headings(self):
        return [self.heading(column.field) for column in self.columns]

    @property
    def documented(self):
        """Every column, with its heading: for the page that explains them."""
        return [
            {
                "heading": self.heading(column.field),
                "help": column.help,
                "example": column.example,
                "needed": column.needed,
                "choices": column.choices,
            }
            for column in self.columns
        ]
