import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from portal import sqlviews


def fill_in(apps, editor):
    department = apps.get_model("portal", "Department").objects
    apps.get_model("residents", "Resident").objects.update(
        home=Subquery(department.filter(pk=OuterRef("department")).values("home")[:1])
    )
    if editor.connection.vendor == "postgresql":
        # A table whose foreign keys are still to be checked cannot be changed.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    """Two homes may both have a resident number 17 in their care systems."""

    dependencies = [
        ("portal", "0001_initial"),
        ("residents", "0001_initial"),
    ]

    operations = [
        sqlviews.left_standing(),
        migrations.AddField(
            model_name="resident",
            name="home",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="residents",
                to="portal.home",
            ),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="resident",
            name="home",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="residents",
                to="portal.home",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="resident", name="one_resident_a_number_in_the_care_system"
        ),
        migrations.AddConstraint(
            model_name="resident",
            constraint=models.UniqueConstraint(
                models.F("home"),
                models.F("register_id"),
                name="one_resident_a_number_in_the_care_system",
            ),
        ),
        sqlviews.looked_at_again(),
    ]
