from django.db import migrations, models

from portal.sqlviews import left_standing, looked_at_again


def forget_them(apps, editor):
    apps.get_model("relatives", "Relative").objects.filter(
        protected_address=True
    ).update(address="", postcode="", city="")


class Migration(migrations.Migration):
    dependencies = [("relatives", "0008_representations_have_addresses")]

    operations = [
        left_standing(),
        migrations.RunPython(forget_them, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(protected_address=False)
                | models.Q(address="", postcode="", city=""),
                name="a_protected_address_is_not_kept",
            ),
        ),
        looked_at_again(),
    ]
