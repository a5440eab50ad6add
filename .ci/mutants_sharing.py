"""Mutants of what is told and asked: photographs, enquiries, the search, news, calendars."""

PHOTOS, SEEN = "news/models/photos.py", "news/views/looking.py"
GLIMPSE, PICTURES = "news/glimpse_forms.py", "portal/pictures.py"
ASKED, SAID = "community/models/enquiries.py", "community/models/messages.py"
PART, IDEAS = "community/models/events.py", "community/models/ideas.py"
READERS, FINDING = "community/readers.py", "community/finding.py"

SHARING = [
    # Photographs: three doors, and who else is in it.
    (
        "photo: the topic photos is closed",
        PHOTOS,
        "Q(open_to(user, Topic.PHOTOS), recalled_at=None, entry__in=glimpses)",
        "Q(recalled_at=None, entry__in=glimpses)",
    ),
    (
        "photo: of any glimpse",
        PHOTOS,
        "recalled_at=None, entry__in=glimpses)",
        "recalled_at=None)",
    ),
    (
        "photo: though it was taken back",
        PHOTOS,
        "PHOTOS), recalled_at=None, entry",
        "PHOTOS), entry",
    ),
    (
        "photo: nobody else in it is asked",
        PHOTOS,
        "            & (everybody | Q(resident__user=user))\n",
        "",
    ),
    (
        "photo: somebody else in it is closed",
        PHOTOS,
        "Q(others=Coalesce(",
        "Q(others__gte=Coalesce(",
    ),
    (
        "photo: who else is in it, to everybody",
        PHOTOS,
        "self.filter(about__department__in=workplaces(user))",
        "self.all()",
    ),
    (
        "photo: of any department",
        PHOTOS,
        "            Q(resident__department__in=workplaces(user))\n",
        "            Q(resident__department__isnull=False)\n",
    ),
    (
        "photo: shown unasked",
        SEEN,
        "DiaryPhoto.objects.visible_to(request.user)",
        "DiaryPhoto.objects",
    ),
    (
        "photo: of somebody it knows nobody else",
        "news/photos.py",
        '"others": len(others)',
        '"others": 0',
    ),
    (
        "photo: taken back from one of them only",
        "news/photos.py",
        "filter(file=photo.file)",
        "filter(pk=photo.pk)",
    ),
    ("photo: its link lasts for ever", PICTURES, "max_age=KEY_LASTS", "max_age=None"),
    (
        "picture: any link opens it",
        PICTURES,
        "    if not opens(picture, request.user, key):\n        raise Http404\n",
        "",
    ),
    (
        "picture: a link is everybody's",
        PICTURES,
        'return f"{picture.uuid}:{user.pk}"',
        'return f"{picture.uuid}"',
    ),
    (
        "glimpse: a photo's words name another",
        GLIMPSE,
        "if alt and (",
        "if not alt and (",
    ),
    (
        "glimpse: a text names another",
        GLIMPSE,
        "            if others:\n                self._refuse",
        "            if not others:\n                self._refuse",
    ),
    (
        "glimpse: a relative learns of a relative",
        "news/rows.py",
        'return _("a relative")',
        "return str(entry.recorded_by)",
    ),
    (
        "glimpse: written on a topic that is closed to the writer",
        GLIMPSE,
        "if topic in topics and topic != Topic.PHOTOS",
        "if topic != Topic.PHOTOS",
    ),
    # Enquiries: whose they are, who takes part, what is answered.
    (
        "enquiry: who takes part reads it without consent",
        ASKED,
        'Q(pk__in=named.values("enquiry")) & shared_with(user)',
        'Q(pk__in=named.values("enquiry"))',
    ),
    (
        "enquiry: of any department",
        ASKED,
        "Q(resident__department__in=workplaces(user))",
        "Q(resident__department__isnull=False)",
    ),
    (
        "enquiry: what was between us",
        ASKED,
        "of(user), resident_knows=True)",
        "of(user))",
    ),
    (
        "enquiry: through its sender's eyes",
        ASKED,
        "    if user.sight is not None:\n        return Q(pk__in=[])\n    return Q(relation__in",
        "    return Q(relation__in",
    ),
    (
        "enquiry: somebody takes part whose relation ended",
        PART,
        "            relation__ended_at=None,\n",
        "",
    ),
    (
        "enquiry: somebody takes part who left",
        PART,
        "            left_at=None,\n        )\n\n\nclass",
        "        )\n\n\nclass",
    ),
    (
        "answer: whatever is shared with the sender",
        SAID,
        '| mine(user, "enquiry__") & told',
        '| mine(user, "enquiry__")',
    ),
    (
        "answer: another's words on no topic",
        SAID,
        'told = Q(topic="", is_question=False)',
        'told = Q(topic="")',
    ),
    (
        "answer: words that were between us, to the resident",
        SAID,
        'Q(enquiry__between_us=False) | ~Q(topic="") & Q(is_question=False)',
        "Q(pk__gt=0)",
    ),
    (
        "answer: one's own words through another's eyes",
        SAID,
        "Q(relation__relative__user=user) if user.sight is None else Q(pk__in=[])",
        "Q(relation__relative__user=user)",
    ),
    (
        "answer: on what is opened from tomorrow",
        READERS,
        "            if since is None or since <= clock.now()\n",
        "",
    ),
    (
        "answer: sent on a topic that is closed",
        "community/actions/answers.py",
        "if topic and topic not in open_topics(enquiry):",
        "if topic and not enquiry.pk:",
    ),
    (
        "takes part: in what is between us",
        READERS,
        "or enquiry.between_us or",
        "or",
    ),
    (
        "takes part: with whom nothing is shared",
        READERS,
        '.filter(relative__user__in=users.values("user"))',
        "",
    ),
    (
        "enquiry: the subject of what was between us",
        FINDING,
        "if enquiry.between_us and enquiry.resident.user_id == user.pk:",
        "if enquiry.pk is None:",
    ),
    (
        "enquiry: a name of whom nothing is known",
        FINDING,
        'resident.short_name if resident else ""',
        "one.resident.short_name",
    ),
    (
        "enquiry: words between us into an agreement",
        "community/views/answering.py",
        'text = "" if found.between_us else found.subject',
        "text = found.subject",
    ),
    (
        "idea: of any home",
        IDEAS,
        "published_at__isnull=False, home__in=homes_of(user)",
        "published_at__isnull=False",
    ),
    (
        "idea: before it is public",
        IDEAS,
        "Q(published_at__isnull=False, home",
        "Q(home",
    ),
    (
        "mail: of an answer that may not be read",
        "community/mails.py",
        "EnquiryMessage.objects.visible_to(message.to)",
        "EnquiryMessage.objects",
    ),
    (
        "mail: of a glimpse that may not be read",
        "news/mails.py",
        "DiaryEntry.objects.visible_to(user).current()",
        "DiaryEntry.objects.current()",
    ),
]
