"""Who reads what is said in an enquiry, in names, and what may be told there."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from portal import clock
from residents.access import standing, topic_grants
from residents.topics import Topic


def open_topics(enquiry):
    """What the sender may be told of the resident at this instant, in the topics' order.

    Whoever reads it in the portal: what the gate would show them. Whoever is called or
    gets a letter: what the telephone's card says. A resident hears all of it.
    """
    if enquiry.relation_id is None:
        return list(Topic)
    user = enquiry.sender_user
    if user is None:
        told = set(enquiry.relation.tellings.values_list("topic", flat=True))
    elif enquiry.relation.ended_at or not user.is_active:
        told = set()
    else:
        told = {
            topic
            for topic, since, _ground in standing(user.pk, enquiry.resident_id)
            if since is None or since <= clock.now()
        }
    return [topic for topic in Topic if topic in told]


def participants(enquiry):
    """Those who take part by name now."""
    return list(
        enquiry.participants.filter(
            left_at=None, relation__ended_at=None
        ).select_related("relation__relative")
    )


def who_could_take_part(enquiry):
    """Relatives who log in, and with whom the resident shares the matter now.

    Of what is between the sender and us, or of no topic, nobody else hears.
    """
    if not enquiry.topic or enquiry.between_us or enquiry.relation_id is None:
        return []
    users = topic_grants(enquiry.resident, enquiry.topic).filter(
        Q(since=None) | Q(since__lte=enquiry.recorded_at)
    )
    there = [one.relation_id for one in participants(enquiry)]
    return list(
        enquiry.resident.relations.standing()
        .filter(relative__user__in=users.values("user"))
        .exclude(pk__in=[enquiry.relation_id, *there])
        .select_related("relative")
    )


def in_words(enquiry):
    """To staff, before they send: one sentence for each who reads the answer."""
    if enquiry.sender_user:
        yield _("%(name)s reads it here.") % {"name": enquiry.sender}
    else:
        yield _("%(name)s has no log-in: tell it, or send a letter.") % {
            "name": enquiry.sender
        }
    for one in participants(enquiry):
        yield _("%(name)s takes part, and reads what is shared with them.") % {
            "name": one.relation.relative
        }
    if enquiry.relation_id and enquiry.resident.user_id:
        name = {"name": enquiry.resident.short_name}
        if enquiry.between_us:
            yield _("%(name)s reads only an answer that tells about them.") % name
        else:
            yield _("%(name)s can read it with their own log-in.") % name
    yield _("Nobody else outside the staff reads it.")


@dataclass(frozen=True)
class May:
    """What the sender may be told just now, in words."""

    name: str
    may: list
    may_not: list


def may_in_words(enquiry):
    """For the page on which the answer is written; None if a resident asks."""
    if enquiry.relation_id is None:
        return None
    told = open_topics(enquiry)
    return May(
        enquiry.sender,
        [topic.label for topic in Topic if topic in told],
        [topic.label for topic in Topic if topic not in told],
    )


def others_for(user, enquiry):
    """The names of those who take part besides the reader, who all know of it."""
    people = [one.relation.relative for one in participants(enquiry)]
    if enquiry.relation_id:
        people.append(enquiry.relation.relative)
    return [str(one) for one in people if one.user_id != user.pk]
