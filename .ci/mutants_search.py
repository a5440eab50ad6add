"""Mutants of the search: what each app gives it to look in."""

SEARCH = [
    (
        "search: drafts of news",
        "news/searched.py",
        "NewsItem.objects.visible_to(user)\n        .current()",
        "NewsItem.objects.visible_to(user)",
    ),
    (
        "search: anybody's news",
        "news/searched.py",
        "NewsItem.objects.visible_to(user)",
        "NewsItem.objects",
    ),
    (
        "search: anybody's glimpses",
        "news/searched.py",
        "DiaryEntry.objects.visible_to(user)",
        "DiaryEntry.objects",
    ),
    (
        "search: glimpses as they were",
        "news/searched.py",
        "DiaryEntry.objects.visible_to(user)\n        .current()",
        "DiaryEntry.objects.visible_to(user)",
    ),
    (
        "search: anybody's enquiries",
        "community/searched.py",
        "EnquiryMessage.objects.visible_to(user)",
        "EnquiryMessage.objects",
    ),
    (
        "search: by the subject of what was between us",
        "community/searched.py",
        'When(own & Q(enquiry__between_us=True), then=Value("")),',
        'When(own & Q(pk=None), then=Value("")),',
    ),
    (
        "search: anybody's events",
        "news/events/rooms.py",
        'HouseEvent.objects.told_to(user)\n        .select_related("department")\n        .order_by("-starts_at"',
        'HouseEvent.objects.select_related("department")\n        .order_by("-starts_at"',
    ),
    (
        "search: anybody's agreements",
        "relatives/searched.py",
        "Agreement.objects.visible_to(user)",
        "Agreement.objects",
    ),
    (
        "search: anybody's contacts",
        "relatives/searched.py",
        "Contact.objects.visible_to(user)",
        "Contact.objects",
    ),
    (
        "search: anybody's relatives",
        "relatives/searched.py",
        "Relation.objects.visible_to(user)",
        "Relation.objects",
    ),
    (
        "search: anybody's meetings",
        "meetings/searched.py",
        "Meeting.objects.visible_to(user)",
        "Meeting.objects",
    ),
    (
        "search: anybody's minutes",
        "meetings/searched.py",
        "AgendaItem.objects.visible_to(user)\n        .on()",
        "AgendaItem.objects.on()",
    ),
    (
        "search: anybody's papers",
        "meetings/searched.py",
        "ExtractItem.objects.visible_to(user)",
        "ExtractItem.objects",
    ),
    (
        "search: any resident",
        "residents/searched.py",
        "Resident.objects.cared_for_by(user)",
        "Resident.objects",
    ),
    (
        "search: any article",
        "knowledge/searched.py",
        "Article.objects.visible_to(user)",
        "Article.objects",
    ),
]
