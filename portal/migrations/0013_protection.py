from django.db import migrations, models

from portal import workplaces

ONLY = "only_care_and_department_managers_have_a_department"


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0012_privacy_shown"),
    ]

    operations = [
        workplaces.V1.dropped(),
        migrations.RemoveConstraint(model_name="employment", name=ONLY),
        migrations.AlterField(
            model_name="employment",
            name="role",
            field=models.CharField(
                choices=[
                    ("care", "care worker"),
                    ("manager", "department manager"),
                    ("centre_manager", "centre manager"),
                    ("adviser", "relatives' adviser"),
                    ("system", "system administrator"),
                    ("protection", "data protection officer"),
                ],
                default="care",
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("department__isnull", False), ("role__in", ["care", "manager"])
                    ),
                    models.Q(
                        ("department__isnull", True),
                        (
                            "role__in",
                            ["centre_manager", "adviser", "system", "protection"],
                        ),
                    ),
                    _connector="OR",
                ),
                name=ONLY,
            ),
        ),
        workplaces.V1.created(),
    ]
