"""The questions as dated files. A file is never edited: a change is a new file and migration."""

import json
from pathlib import Path

from django.db import transaction

from portal import clock

FILES = Path(__file__).parent / "templates_data"


@transaction.atomic
def load(version, apps):
    """Make the rows of one file, unless they are there. `apps` may be a migration's.

    From then on the version is in use, and the database lets nobody change it.
    """
    models = {
        name: apps.get_model("meetings", name)
        for name in ("Template", "Section", "Question")
    }
    template, created = models["Template"].objects.get_or_create(
        version=version, home=None
    )
    if not created:
        return template
    content = json.loads((FILES / f"{version}.json").read_text(encoding="utf-8"))
    for number, described in enumerate(content, start=1):
        questions = described.pop("questions")
        section = models["Section"].objects.create(
            template=template, number=number, **described
        )
        models["Question"].objects.bulk_create(
            models["Question"](
                section=section,
                number=place,
                audience=question.pop("audience", "topic"),
                **question,
            )
            for place, question in enumerate(questions, start=1)
        )
    template.issued_at = clock.now()
    template.save()
    return template
