"""The way through the browser: upload, look over, say yes, receipt."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal import clock
from portal.models import Employment
from relatives.models import RegisterUpload
from residents.models import Resident
from tests.factories import EmploymentFactory, HomeFactory
from tests.register.conftest import EXAMPLES, examples
from tests.register.test_import import BO, HOUSE

UPLOAD = reverse("relatives:register-upload")


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


def send(browser, *files, **data):
    files = [SimpleUploadedFile(name, content) for name, content in files]
    return browser.post(UPLOAD, {"files": files, **data}, follow=True)


def confirm(browser, response):
    upload = response.context["upload"]
    return browser.post(
        reverse("relatives:register-confirm", args=[upload.uuid]),
        {"seen": response.context["page"]["seen"]},
        follow=True,
    )


def test_the_journey(browser):
    looked = send(browser, *examples())
    assert looked.context["page"]["can_confirm"]
    assert not Resident.objects.exists()

    done = confirm(browser, looked)

    assert done.status_code == 200
    assert done.templates[0].name == "relatives/register_receipt.html"
    assert Resident.objects.count() == 24
    assert RegisterUpload.objects.get().read == {}


def test_pressing_twice_leads_to_the_same_receipt(browser):
    looked = send(browser, *examples())

    first, second = confirm(browser, looked), confirm(browser, looked)

    assert first.context["upload"] == second.context["upload"]
    assert second.templates[0].name == "relatives/register_receipt.html"
    assert Resident.objects.count() == 24


def test_errors_stand_with_their_file_line_and_column(browser):
    rows = BO.replace("04-06-1990", "31-02-1990")

    page = send(browser, ("borgere.csv", rows.encode()), ("hus.csv", HOUSE.encode()))

    assert [
        (e.file, e.line, e.column) for e in page.context["page"]["errors"].rows
    ] == [("borgere.csv", 2, "D · Fødselsdato")]
    assert not page.context["page"]["can_confirm"]
    assert "31-02-1990" in page.content.decode()
    assert b'name="seen"' not in page.content


def test_errors_cannot_be_confirmed_all_the_same(browser):
    page = send(browser, ("borgere.csv", BO.encode()))

    confirm(browser, page)

    assert not Resident.objects.exists()


def test_what_changed_since_is_shown_before_it_is_imported(browser, bring_in):
    bring_in(HOUSE, BO)
    looked = send(browser, ("borgere.csv", BO.replace(";12", ";14").encode()))
    Resident.objects.update(room="13")

    again = confirm(browser, looked)

    assert again.templates[0].name == "relatives/register_preview.html"
    assert again.context["page"]["changed"][0].rows[0].fields == [
        ("Værelse", "13", "14")
    ]
    assert Resident.objects.get().room == "13"


def test_the_files_can_be_forgotten(browser):
    upload = send(browser, *examples()).context["upload"]

    browser.post(reverse("relatives:register-forget", args=[upload.uuid]))

    assert not RegisterUpload.objects.exists()


def test_nobody_sees_what_another_manager_has_uploaded(browser, sign_in, home):
    upload = send(browser, *examples()).context["upload"]
    role = Employment.Role.CENTRE_MANAGER
    here = EmploymentFactory(home=home, department=None, role=role).user
    elsewhere = EmploymentFactory(home=HomeFactory(), department=None, role=role).user

    for other in (here, elsewhere):
        client = sign_in(other)
        for page in ("preview", "receipt"):
            address = reverse(f"relatives:register-{page}", args=[upload.uuid])
            assert client.get(address).status_code == 404
        for page in ("confirm", "forget"):
            address = reverse(f"relatives:register-{page}", args=[upload.uuid])
            assert client.post(address).status_code == 404


def test_whoever_no_longer_runs_the_home_sees_it_no_more(browser, manager):
    upload = send(browser, *examples()).context["upload"]
    manager.employments.update(ends_on=clock.today() - dt.timedelta(days=1))

    address = reverse("relatives:register-preview", args=[upload.uuid])

    assert browser.get(address).status_code == 403


def test_a_day_later_it_is_gone(browser, move_clock):
    upload = send(browser, *examples()).context["upload"]
    move_clock(clock.now() + dt.timedelta(days=1, minutes=1))

    address = reverse("relatives:register-preview", args=[upload.uuid])

    assert browser.get(address).status_code in (302, 404)


def test_whoever_runs_two_homes_says_which(browser, manager):
    other = HomeFactory()
    EmploymentFactory(
        user=manager, home=other, department=None, role=Employment.Role.CENTRE_MANAGER
    )

    assert send(browser, *examples()).context["form"].errors.keys() == {"home"}
    page = send(browser, *examples(), home=other.uuid)
    assert page.context["upload"].home == other
    stranger = send(browser, *examples(), home=HomeFactory().uuid)
    assert stranger.context["form"].errors.keys() == {"home"}


@pytest.mark.parametrize(
    "files",
    [
        [],
        [("a.csv", b"x" * (10 * 1024 * 1024 + 1))],
        [(f"{n}.csv", b"Afdeling\nHus") for n in range(11)],
        [(f"{n}.csv", b"x" * (9 * 1024 * 1024)) for n in range(3)],
    ],
    ids=["none", "too large", "too many", "too large together"],
)
def test_too_much_or_nothing_is_said_in_the_form(browser, files):
    page = send(browser, *files)

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"files"}
    assert not RegisterUpload.objects.exists()


@pytest.mark.parametrize("name", ["register", *("department", "relation")])
def test_an_empty_template_is_one_that_we_can_read(browser, name):
    response = browser.get(reverse("relatives:register-template", args=[name]))
    content = b"".join(response.streaming_content)

    page = send(browser, (response.filename, content)).context["page"]

    # Headings and nothing below them, and no column that we do not know.
    assert {e.column for e in page["errors"].rows} == {""}
    assert page["notes"].total == 0


def test_there_is_no_template_of_anything_else(browser):
    address = reverse("relatives:register-template", args=["secrets"])

    assert browser.get(address).status_code == 404


def test_the_template_workbook_has_a_sheet_for_each_list(browser):
    response = browser.get(reverse("relatives:register-template", args=["register"]))

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))

    assert len(book.sheetnames) == 5


def test_a_person_of_a_large_register_is_counted_where_not_shown(browser):
    rows = "".join(f"Hus {n}\n" for n in range(250))

    page = send(browser, ("hus.csv", ("Afdeling\n" + rows).encode())).context["page"]

    assert (len(page["new"][0].rows), page["new"][0].rest) == (200, 50)


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_asks_as_much_whatever_is_in_it(
    browser, count, django_assert_max_num_queries
):
    rows = "".join(
        BO.splitlines()[1].replace("B-1", f"B-{n}").replace("Bo", f"Bo{n}") + "\n"
        for n in range(count)
    )
    text = BO.splitlines()[0] + "\n" + rows
    upload = send(browser, ("b.csv", text.encode()), ("h.csv", HOUSE.encode()))
    address = reverse(
        "relatives:register-preview", args=[upload.context["upload"].uuid]
    )

    with django_assert_max_num_queries(13):
        browser.get(address)


def test_the_workbook_goes_the_same_way(browser):
    content = (EXAMPLES / "register.xlsx").read_bytes()

    confirm(browser, send(browser, ("register.xlsx", content)))

    assert Resident.objects.count() == 24
