"""What staff may tell a relative, in words. Read at every page: consents change."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from relatives import models
from residents.topics import Topic


@dataclass
class Telling:
    """One relative, and the topics that staff may speak of with them just now."""

    relation: models.Relation
    topics: frozenset

    @classmethod
    def of(cls, relations):
        """One for each of the relations, in their order."""
        relations = list(relations)
        told = {relation.pk: set() for relation in relations}
        rows = models.Telling.objects.filter(relation__in=relations)
        for relation, topic in rows.values_list("relation_id", "topic"):
            told[relation].add(topic)
        return [cls(relation, frozenset(told[relation.pk])) for relation in relations]

    @property
    def name(self):
        return str(self.relation.relative)

    @property
    def value(self):
        """The relative's, in a form."""
        return str(self.relation.relative.uuid)

    @cached_property
    def may(self):
        return [str(topic.label) for topic in Topic if topic in self.topics]

    @cached_property
    def may_not(self):
        return [str(topic.label) for topic in Topic if topic not in self.topics]

    @property
    def closed_topics(self):
        return [topic.value for topic in Topic if topic not in self.topics]

    @property
    def closed(self):
        """The same, for data-when."""
        return "|".join(self.closed_topics)

    def warning(self, topic):
        """To staff, who may always listen: what they tell is theirs to weigh."""
        return _(
            "%(name)s may not be told about: %(topic)s. You may listen, but tell nothing "
            "that the resident has not said yes to."
        ) % {"name": self.name, "topic": topic}
