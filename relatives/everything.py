"""What relatives are to portal.everything."""

from relatives.models import Relation, Relative


def selves(user):
    if getattr(user, "relative", None):
        yield "relative", user.relative


def named(selves):
    for given, family, *ways in Relative.objects.values_list(
        "given_name", "family_name", "email", "phone"
    ):
        yield f"{given} {family}"
        yield from ways


def knows(selves, row):
    """A resident knows their own people; a relative only oneself."""
    if isinstance(row, Relative):
        return "resident" in selves or row == selves.get("relative")
    if isinstance(row, Relation):
        resident, relative = selves.get("resident"), selves.get("relative")
        return bool(
            (resident and row.resident_id == resident.pk)
            or (relative and row.relative_id == relative.pk)
        )
    return False
