import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.clock


def forwards(apps, schema_editor):
    """One department or none, and shown since it was published."""
    NewsItem = apps.get_model("news", "NewsItem")
    for item in NewsItem.objects.order_by("pk").iterator():
        item.whole_home = item.department_id is None
        item.shown_from = item.published_at
        item.save(update_fields=["whole_home", "shown_from"])
        if item.department_id:
            item.departments.add(item.department_id)
    checked(schema_editor)


def backwards(apps, schema_editor):
    """Nobody is told more than before: what is not for all becomes a draft again."""
    NewsItem = apps.get_model("news", "NewsItem")
    for item in NewsItem.objects.order_by("pk").iterator():
        if not item.whole_home:
            item.department = item.departments.order_by("pk").first()
        for_all = item.for_relatives and item.for_residents
        is_shown = item.shown_from is None or item.shown_from <= portal.clock.now()
        nowhere = not item.whole_home and item.department is None
        is_told = not (item.replaced_at or item.recalled_at)
        if is_told and (nowhere or not (for_all and is_shown)):
            item.published_at = item.published_by = None
        item.save(update_fields=["department", "published_at", "published_by"])
    checked(schema_editor)


def checked(schema_editor):
    """PostgreSQL alters no table whose rows it has yet to check."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0005_events"),
        ("portal", "0006_drawing_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("file", models.CharField(max_length=32)),
                ("size", models.PositiveIntegerField()),
                (
                    "added_at",
                    models.DateTimeField(default=portal.clock.now, editable=False),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="NewsRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("at", models.DateTimeField(default=portal.clock.now, editable=False)),
            ],
        ),
        migrations.AlterModelOptions(
            name="newsitem",
            options={
                "ordering": ["-shown_from", "-pk"],
                "verbose_name": "piece of news",
                "verbose_name_plural": "news",
            },
        ),
        migrations.RemoveConstraint(
            model_name="newsitem",
            name="news_is_published_by_somebody_at_some_time",
        ),
        migrations.RemoveIndex(
            model_name="newsitem",
            name="news_of_a_home",
        ),
        migrations.AddField(
            model_name="newsitem",
            name="asked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="departments",
            field=models.ManyToManyField(
                blank=True, related_name="news", to="portal.department"
            ),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="easy_text",
            field=models.TextField(
                blank=True, max_length=2000, verbose_name="easy to read"
            ),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="for_relatives",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="for_residents",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="return_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="returned_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="returned_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="shown_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="shown_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="newsitem",
            name="whole_home",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(forwards, backwards),
        migrations.RemoveField(
            model_name="newsitem",
            name="department",
        ),
        migrations.AddIndex(
            model_name="newsitem",
            index=models.Index(
                fields=["home", "-shown_from", "-id"], name="shown_news_of_a_home"
            ),
        ),
        migrations.AddConstraint(
            model_name="newsitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    models.Q(
                        ("published_at__isnull", False),
                        ("published_by__isnull", False),
                        ("shown_from__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="news_is_published_by_somebody_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="newsitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shown_from", None),
                    ("shown_until", None),
                    ("shown_until__gt", models.F("shown_from")),
                    _connector="OR",
                ),
                name="news_is_shown_until_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="newsitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("return_reason", ""),
                        ("returned_at", None),
                        ("returned_by", None),
                    ),
                    models.Q(
                        ("returned_at__isnull", False),
                        ("returned_by__isnull", False),
                        models.Q(("return_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_draft_is_returned_by_somebody_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attachments",
                to="news.newsitem",
            ),
        ),
        migrations.AddField(
            model_name="newsread",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reads",
                to="news.newsitem",
            ),
        ),
        migrations.AddField(
            model_name="newsread",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="news_read",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="newsread",
            constraint=models.UniqueConstraint(
                models.F("item"), models.F("user"), name="one_read_mark_a_person"
            ),
        ),
    ]
