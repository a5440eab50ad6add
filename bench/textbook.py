"""The same pages as django-guardian's manual has them, to measure ours against.

A permission row for each item and each person who may see it, and for each item and the
group of its department; `get_objects_for_user` finds the newest. The rows lie in tables
of the bench's own, because the portal's refuse to hold any.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.shortcuts import render
from django.views.decorators.http import require_safe
from guardian.models import GroupObjectPermission, UserObjectPermission
from guardian.shortcuts import get_objects_for_user  # noqa: TID251 -- to compare

from bench.sizes import shared_with
from bench.sql import Database, numbers
from portal import walls
from portal.models import User
from portal.rooms import Card, Row

A_PAGE = 4
GRANTS = (UserObjectPermission, GroupObjectPermission)


class Item(models.Model):
    """The diary entries once more, as items with permissions of their own."""

    resident = models.ForeignKey("residents.Resident", models.DO_NOTHING)
    text = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "news_diaryentry"
        default_permissions = ()
        permissions = [("see_item", "See an item")]

    def __str__(self):
        return str(self.pk)


def use_own_tables():
    """From now on guardian reads and writes the bench's tables."""
    for grants in GRANTS:
        grants._meta.db_table = f"bench_{grants._meta.model_name}"


def build():
    """A row for each relative and item shared with them, and for each department's items."""
    db = Database()
    for grants in GRANTS:
        _copy_table(db, grants._meta.db_table)
    # New tables are nobody's but the owner's, and pages are made as somebody else.
    walls.put_up(using=connection.alias)
    use_own_tables()
    kind = ContentType.objects.get_for_model(Item)
    permission, _created = Permission.objects.get_or_create(
        codename="see_item", content_type=kind, defaults={"name": "See an item"}
    )
    departments = db.number("SELECT count(*) FROM portal_department")
    db.fill(Group, numbers(1, departments), id="i", name=f"'Hus ' || {db.text('i')}")
    db.fill(
        User.groups.through,
        "portal_employment AS job",
        user_id="job.user_id",
        group_id="job.department_id",
    )
    what = {
        "permission_id": permission.pk,
        "content_type_id": kind.pk,
        "object_pk": db.text("item.id"),
    }
    db.fill(
        UserObjectPermission,
        "news_diaryentry AS item"
        " JOIN bench_topic AS t ON t.name = item.topic"
        " JOIN relatives_relation AS relation ON relation.resident_id = item.resident_id"
        f"  AND {shared_with('relation.id')}",
        user_id="relation.id",
        **what,
    )
    db.fill(
        GroupObjectPermission,
        "news_diaryentry AS item"
        " JOIN residents_resident AS resident ON resident.id = item.resident_id",
        group_id="resident.department_id",
        **what,
    )
    db.do("ANALYZE")


def _copy_table(db, table):
    """Like guardian's own, with its indexes."""
    if not db.lite:
        name = table.replace("guardian", "bench")
        db.do(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL"
            " AND type <> 'trigger' ORDER BY type DESC",
            [table],
        )
        for (sql,) in cursor.fetchall():
            cursor.execute(sql.replace("guardian", "bench"))


@require_safe
def newest(request):
    """The frame of a page, and the newest that the reader may see."""
    use_own_tables()
    items = (
        get_objects_for_user(request.user, "bench.see_item", Item)
        .select_related("resident")
        .order_by("-recorded_at", "-pk")[:A_PAGE]
    )
    rows = [Row(item.text, f"/everyday/{item.pk}/") for item in items]
    context = {"columns": [[Card("Newest", rows)]], "called": request.user.name}
    return render(request, "home.html", context)
