"""What it costs to bring a register in, against reading its files and adding the rows.

    python bench/register.py [rows]

Prints the seconds of both, their ratio, and the most memory that was used. The goal: a
ratio of at most 3, 30 seconds and 300 MB for 5,000 rows.
"""

import csv
import io
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPARTMENTS, SHARE_OF_STAFF, SHARE_OF_RESIDENTS = 10, 0.1, 0.25


def files(rows):
    """A register of so many rows as CSV: pairs of a name and bytes."""
    staff, residents = int(rows * SHARE_OF_STAFF), int(rows * SHARE_OF_RESIDENTS)
    relatives = rows - staff - residents - DEPARTMENTS
    tables = {
        "afdelinger": [
            ["Afdeling", "Telefon"],
            *([f"Hus {n}", f"86 12 34 {n:02}"] for n in range(DEPARTMENTS)),
        ],
        "medarbejdere": [
            ["Medarbejder-id", "Navn", "E-mail", "Stilling", "Afdeling", "Ansat fra"],
            *(
                [f"M-{n}", f"Mette Sørensen {n}", f"m{n}@example.dk", "pædagog"]
                + [f"Hus {n % DEPARTMENTS}", "01-08-2021"]
                for n in range(staff)
            ),
        ],
        "borgere": [
            ["Borger-id", "Fornavn", "Efternavn", "CPR-nummer", "Afdeling"]
            + ["Værelse", "Indflytningsdato", "Adressebeskyttelse"],
            *(
                [f"B-{n}", f"Bo {n}", "Åkjær Holm", f"0406{n % 90 + 10}-{n:04}"]
                + [f"Hus {n % DEPARTMENTS}", str(n), "01-02-2024", "nej"]
                for n in range(residents)
            ),
        ],
        "paaroerende": [
            ["Pårørende-id", "Fornavn", "Efternavn", "E-mail", "Telefon", "Adresse"]
            + ["Postnummer", "By", "Borger-id", "Relation"],
            *(
                [f"P-{n}", f"Anna {n}", "Bjørn Holm", f"a{n}@example.dk"]
                + [f"2030{n % 10_000:04}", f"Søndergade {n}", "8700", "Horsens"]
                + [f"B-{n % residents}", "søster"]
                for n in range(relatives)
            ),
        ],
    }
    for name, table in tables.items():
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(table)
        yield f"{name}.csv", text.getvalue().encode()


def plainly(home, found):
    """Read the files and add their rows, with no question asked."""
    from portal.models import Department, Employment, User  # noqa: PLC0415 -- after setup
    from relatives.models import Relation, Relative  # noqa: PLC0415 -- after setup
    from residents.models import Resident  # noqa: PLC0415 -- after setup

    tables = [
        list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))
        for _name, content in found
    ]
    departments, staff, residents, relatives = tables
    houses = Department.objects.bulk_create(
        Department(home=home, name=row["Afdeling"], phone=row["Telefon"])
        for row in departments
    )
    by_name = {house.name: house for house in houses}
    users = User.objects.bulk_create(
        User(email=row["E-mail"], name=row["Navn"]) for row in staff
    )
    Employment.objects.bulk_create(
        Employment(
            user=user,
            home=home,
            department=by_name[row["Afdeling"]],
            register_id=row["Medarbejder-id"],
        )
        for user, row in zip(users, staff, strict=True)
    )
    people = Resident.objects.bulk_create(
        Resident(
            home=home,
            department=by_name[row["Afdeling"]],
            given_name=row["Fornavn"],
            family_name=row["Efternavn"],
            born_on="1990-06-04",
            moved_in_on="2024-02-01",
            room=row["Værelse"],
            register_id=row["Borger-id"],
        )
        for row in residents
    )
    by_number = {person.register_id: person for person in people}
    kin = Relative.objects.bulk_create(
        Relative(
            home=home,
            given_name=row["Fornavn"],
            family_name=row["Efternavn"],
            email=row["E-mail"],
            phone=row["Telefon"],
            address=row["Adresse"],
            postcode=row["Postnummer"],
            city=row["By"],
            register_id=row["Pårørende-id"],
        )
        for row in relatives
    )
    Relation.objects.bulk_create(
        Relation(resident=by_number[row["Borger-id"]], relative=one, kind="sister")
        for one, row in zip(kin, relatives, strict=True)
    )


def timed(work):
    """Seconds of it, undone again."""
    from django.db import transaction  # noqa: PLC0415 -- after setup

    with transaction.atomic():
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    return seconds


def measure(rows=5_000, times=3):
    """Seconds of plain adding and of the import, and the most memory in MB."""
    from portal.models import Employment, Home, User  # noqa: PLC0415 -- after setup
    from relatives.register import actions  # noqa: PLC0415 -- after setup
    from relatives.register.sheets import read_register  # noqa: PLC0415 -- after setup

    home = Home.objects.create(name="Bench")
    manager = User.objects.create_user("manager@example.dk", "Manager")
    Employment.objects.create(user=manager, home=home, role="centre_manager")
    found = list(files(rows))

    def imported():
        register = read_register(found)
        actions.import_register(home=home, register=register, by=manager)

    plain = min(timed(lambda: plainly(home, found)) for _ in range(times))
    whole = min(timed(imported) for _ in range(times))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return plain, whole, memory


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"DEMO": "1", "DATA_DIR": data, "PYTHONWARNINGS": "ignore"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
        sys.path.insert(0, str(ROOT))
        import django  # noqa: PLC0415 -- after the environment
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        plain, whole, memory = measure(rows)
    print(f"rows {rows}: plainly {plain:.2f} s, imported {whole:.2f} s, ", end="")
    print(f"ratio {whole / plain:.2f} (goal 3), most memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
