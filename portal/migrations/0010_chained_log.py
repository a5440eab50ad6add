import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.clock
import portal.models.log
from portal import chain

A_BATCH = 1_000


def chain_what_is_there(apps, schema_editor):
    """Each line that is there gets its digest, and its place in the chain."""
    event = apps.get_model("portal", "AuditEvent")
    some = []
    for row in event.objects.order_by("pk").iterator(A_BATCH):
        row.digest = chain.digest(
            at=row.at,
            actor=row.actor_id,
            verb=row.verb,
            subject=row.subject,
            facts=row.facts,
        )
        some.append(row)
        if len(some) == A_BATCH:
            event.objects.bulk_update(some, ["digest"])
            some = []
    event.objects.bulk_update(some, ["digest"])
    chain.add_the_rest(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0009_invitation_for_one_cpr"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="digest",
            field=portal.models.log.Digest(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditevent",
            name="hash",
            field=models.CharField(default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="number",
            field=models.BigIntegerField(editable=False, null=True, unique=True),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="actor",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="at",
            field=models.DateTimeField(db_index=True, default=portal.clock.now),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["actor", "-id"], name="events_by_somebody"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["verb", "-id"], name="events_of_a_kind"),
        ),
        migrations.RunPython(chain_what_is_there, migrations.RunPython.noop),
    ]
