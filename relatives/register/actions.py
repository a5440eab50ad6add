"""Keeps what was uploaded, and writes what somebody has said yes to: all of it or nothing."""

from collections import defaultdict

from django.db import IntegrityError, transaction

from portal import audit, clock
from portal.models import Department, Employment, Home, User
from relatives.models import RegisterUpload, Relation, Relative, Representation
from relatives.register.plan import make_plan
from relatives.register.sheets import Register, read_register, shown_name
from residents.models import Resident

# Whatever points to another comes after it.
IN_ORDER = (
    Department,
    User,
    Employment,
    Resident,
    Relative,
    Relation,
    Representation,
)
AT_ONCE = 500


class NotImported(Exception):
    """Nothing was written. `plan` says what would be done now."""

    def __init__(self, plan):
        super().__init__("The register was not imported.")
        self.plan = plan


def keep_upload(*, home, files, by):
    """Read the files, pairs of a name and bytes, and keep what stands in them."""
    forget_old_uploads()
    return RegisterUpload.objects.create(
        home=home,
        by=by,
        read=read_register(files).as_json(),
        files=[shown_name(name) for name, _content in files],
    )


def forget_old_uploads():
    """What nobody has said yes to within a day."""
    RegisterUpload.objects.forgotten().delete()


def plan_of(upload):
    return make_plan(upload.home, Register.from_json(upload.read))


def forget_upload(upload):
    upload.delete()


def confirm(upload, *, seen, by):
    """Import what was uploaded, once, however often it is pressed.

    `seen` is the fingerprint of the plan that the person said yes to. Raises NotImported
    if the import would do anything else by now.
    """
    try:
        with transaction.atomic():
            Home.objects.select_for_update().get(pk=upload.home_id)
            upload = RegisterUpload.objects.select_for_update().get(pk=upload.pk)
            if upload.imported_at:
                return upload
            register = Register.from_json(upload.read)
            plan = import_register(
                home=upload.home, register=register, by=by, seen=seen
            )
            upload.imported_at = clock.now()
            upload.counts, upload.read, upload.files = plan.counts(), {}, []
            upload.save()
    except IntegrityError:
        # Somebody wrote the same person elsewhere in the same moment.
        raise NotImported(plan_of(upload)) from None
    return upload


@transaction.atomic
def import_register(*, home, register, by, seen=None):
    """Do what the files say, all of it. Returns the plan that was carried out.

    Raises NotImported if anything is wrong with the files, or if the plan is not the one
    that was `seen`.
    """
    # One import at a time in a home.
    Home.objects.select_for_update().get(pk=home.pk)
    plan = make_plan(home, register)
    if plan.errors or (seen is not None and plan.fingerprint != seen):
        raise NotImported(plan)
    _write(plan, by=by)
    audit.record(
        "register.imported", by=by, about=home, **plan.counts(), plan=plan.fingerprint
    )
    return plan


def _write(plan, *, by):
    for model in IN_ORDER:
        things = plan.to_add(model)
        if model is Representation:
            for thing in things:
                thing.recorded_by = by
        model.objects.bulk_create(things, batch_size=AT_ONCE)
        audit.record_many("register.added", by=by, about=things)
        _save(model, plan.save.get(model, {}), by=by)


def _save(model, changed, *, by):
    alike = defaultdict(list)
    for thing, fields in changed.items():
        alike[tuple(sorted(fields))].append(thing)
    for fields, things in alike.items():
        model.objects.bulk_update(things, fields, batch_size=AT_ONCE)
        audit.record_many("register.changed", by=by, about=things, fields=list(fields))
