"""The invitation on paper: who may print it, what it opens, for whom, and how often."""

import datetime as dt
import io
import json
import re
import shutil
import subprocess

import pytest
from django.urls import reverse
from django.utils import translation

from portal import clock, codes, invitations, letters, pdf
from portal.log_lines import WithoutSecrets
from portal.models import AuditEvent, Drawing, Invitation, Message, User
from relatives.models import Relative
from tests.papers import archival, silence, words
from tests.plain import HARDEST, lix, prose

GOOD = "tre grønne heste i regnvejr"
# Numbers that nobody has.
CPR, ANOTHERS = "010180-0000", "020280-0000"


@pytest.fixture
def hanne(cast):
    """Somebody whom staff have prepared, and who has never been in."""
    return User.objects.create_user("hanne@example.com", "Hanne Berg")


@pytest.fixture
def printed(cast, hanne):
    return invitations.print_for(hanne, by=cast.karen)


def way(code):
    return reverse("invitation", args=[code])


def come_in(client, code, **said):
    form = {"email": "hanne@example.com", "password": GOOD} | said
    return client.post(way(code), form)


def has_come_in(client, user):
    return client.get(reverse("my-account")).wsgi_request.user == user


def test_a_manager_prints_it_and_the_audit_log_says_who_and_when(cast, sign_in, caplog):
    Relative.objects.filter(pk=cast.jenss.relative_id).update(
        email="jens@example.com", user=None, address="Havnegade 4", city="Aarhus"
    )

    with silence(caplog):
        answer = sign_in(cast.karen).post(
            reverse("relatives:relative-letter", args=[cast.jenss.relative.uuid])
        )

    told, about = words(answer.content), archival(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    for said in ("Havnegade 4", "Aarhus", "Jens", cast.solgaarden.name):
        assert said in told
    assert "Side 1 af 1" in told
    assert cast.bo.given_name not in re.findall(r"\w+", told + about)
    event = AuditEvent.objects.get(verb="user.invitation_printed")
    assert (event.actor, event.facts) == (cast.karen, {})
    assert abs(event.at - clock.now()) < dt.timedelta(minutes=1)
    assert not Drawing.objects.exists()
    assert not Message.objects.exists()


def test_the_square_and_what_is_typed_lead_to_the_same_place(cast, hanne, tmp_path):
    invitation, code = invitations.print_for(hanne, by=cast.karen)
    told = letters.words(invitation, code)
    paper = pdf.render(letters.TEMPLATE, told)

    assert told["code"] in words(paper)
    assert told["typed"] in words(paper)
    if not shutil.which("zbarimg"):
        pytest.skip("Nothing here reads QR codes (Debian: zbar-tools).")
    page = tmp_path / "page"
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", "-", page],
        input=paper,
        check=True,
    )
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", f"{page}.png"], capture_output=True, check=True
    )
    assert read.stdout.decode().strip() == letters.address(code)


def test_whoever_has_the_letter_and_knows_the_address_comes_in_once(
    client, printed, hanne
):
    invitation, code = printed

    typed = client.post(
        reverse("invitation-code"), {"code": codes.in_groups(code).lower()}
    )
    page = client.get(typed["Location"])
    answer = come_in(client, codes.in_groups(code), email="Hanne@Example.com")

    # Whoever has found the letter learns nothing more by it.
    for secret in (hanne.name, hanne.email, "Hanne"):
        assert secret not in page.content.decode()
    assert answer.status_code == 302
    assert has_come_in(client, hanne)
    client.logout()
    assert come_in(client, code).status_code == 410


@pytest.mark.parametrize("email", ["", "another@example.com", "x"])
def test_whoever_has_found_the_letter_does_not_come_in(client, printed, hanne, email):
    _invitation, code = printed

    answer = come_in(client, code, email=email)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert hanne.email not in answer.content.decode()
    assert Invitation.objects.open().exists()
    assert not has_come_in(client, hanne)


@pytest.mark.parametrize(
    ("number", "comes_in"), [(CPR, True), (ANOTHERS, False), ("1", False), ("", False)]
)
def test_a_letter_for_one_cpr_number_is_for_nobody_else(
    client, cast, hanne, number, comes_in
):
    _invitation, code = invitations.print_for(
        hanne, by=cast.karen, cpr_number=CPR.replace("-", "")
    )

    answer = come_in(client, code, cpr=number)

    assert has_come_in(client, hanne) is comes_in
    assert CPR not in answer.content.decode()
    written = json.dumps(list(AuditEvent.objects.values("facts")))
    assert CPR[:6] not in written


def test_a_link_in_a_mail_for_one_cpr_number_asks_for_it_too(client, cast, hanne):
    link = invitations.link(
        invitations.invite(hanne, by=cast.karen, cpr_number=CPR.replace("-", ""))
    )
    path = link.removeprefix("http://127.0.0.1:8000")

    client.post(path, {"password": GOOD})
    assert not has_come_in(client, hanne)
    client.post(path, {"password": GOOD, "cpr": CPR})
    assert has_come_in(client, hanne)


def test_nobody_tries_again_and_again_who_the_letter_is_for(client, printed, hanne):
    _invitation, code = printed
    for number in range(5):
        come_in(client, code, email=f"guess{number}@example.com")

    right = come_in(client, code)

    assert right.status_code == 200
    assert right.context["form"].errors
    assert not has_come_in(client, hanne)


def test_nobody_tries_codes_until_one_fits(client, db):
    answers = [
        client.get(way(codes.in_groups(codes.new()))).status_code for _ in range(61)
    ]

    assert set(answers[:60]) == {410}
    assert answers[60] == 429


def test_a_new_letter_or_mail_closes_the_earlier(client, cast, hanne):
    _first, one = invitations.print_for(hanne, by=cast.karen)
    _second, two = invitations.print_for(hanne, by=cast.karen)
    assert client.get(way(one)).status_code == 410
    assert client.get(way(two)).status_code == 200

    mailed = invitations.invite(hanne, by=cast.karen)
    assert client.get(way(two)).status_code == 410
    assert Message.objects.get().facts == {"invitation": mailed.pk}

    invitations.print_for(hanne, by=cast.karen)
    assert list(Invitation.objects.open().exclude(code_digest="")) == list(
        Invitation.objects.open()
    )


def test_a_letter_runs_out_after_four_weeks(client, printed, move_clock):
    _invitation, code = printed
    move_clock(clock.now() + dt.timedelta(days=28, minutes=-1))
    assert client.get(way(code)).status_code == 200
    move_clock(clock.now() + dt.timedelta(minutes=2))
    assert client.get(way(code)).status_code == 410


def test_the_code_is_written_down_nowhere(
    client, cast, sign_in, caplog, hanne, monkeypatch
):
    code = "K7QM3XPA9TRW"
    monkeypatch.setattr(codes, "new", lambda: code)
    Invitation.objects.all().delete()
    sign_in(cast.clara).post(reverse("employee-letter", args=[cast.mette.uuid]))
    come_in(client, codes.in_groups(code), email="wrong@example.com")
    # Django writes addresses that went wrong in its log; portal.log_lines masks them.
    logged = io.StringIO()
    for record in caplog.records:
        WithoutSecrets().filter(record)
        logged.write(record.getMessage())
    rows = [
        *Invitation.objects.values(),
        *AuditEvent.objects.values(),
        *Message.objects.values(),
        *Drawing.objects.values(),
    ]

    assert Invitation.objects.get().is_on_paper
    for secret in (code, codes.in_groups(code)):
        assert secret not in str(rows)
        assert secret not in logged.getvalue()


def test_where_no_paper_can_be_drawn_the_earlier_invitation_still_works(
    cast, sign_in, client, monkeypatch
):
    _earlier, code = invitations.print_for(cast.mette, by=cast.clara)

    def fails(*_about):
        raise pdf.Failed("memory")

    monkeypatch.setattr(pdf, "draw", fails)
    answer = sign_in(cast.clara).post(
        reverse("employee-letter", args=[cast.mette.uuid])
    )

    assert answer.status_code == 503
    assert client.get(way(code)).status_code == 200


def test_a_code_after_a_change_of_secret_still_opens(client, printed, settings):
    _invitation, code = printed
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one " * 6

    assert client.get(way(code)).status_code == 200


def test_who_has_no_e_mail_address_is_not_invited_and_nothing_is_printed(cast, sign_in):
    Relative.objects.filter(pk=cast.jenss.relative_id).update(email="", user=None)
    client = sign_in(cast.karen)

    answer = client.post(
        reverse("relatives:relative-letter", args=[cast.jenss.relative.uuid])
    )
    page = client.get(reverse("relatives:relative", args=[cast.jenss.relative.uuid]))

    assert answer.status_code == 302
    assert not Invitation.objects.exists()
    assert (
        reverse("relatives:relative-letter", args=[cast.jenss.relative.uuid])
        not in page.content.decode()
    )


@pytest.mark.parametrize("text", ["", "K7QM", "K7QM-3XPA-9TR0", "K" * 40, "\x00"])
def test_what_is_no_code_is_answered_in_words(client, db, text):
    answer = client.post(reverse("invitation-code"), {"code": text})

    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]


@pytest.mark.parametrize("has_cpr", [False, True])
def test_the_letter_is_easy_to_read(cast, hanne, has_cpr):
    number = CPR.replace("-", "") if has_cpr else ""
    told = letters.words(
        *invitations.print_for(hanne, by=cast.karen, cpr_number=number)
    )

    with translation.override("da"):
        said = prose(pdf.html(letters.TEMPLATE, told))
    assert len(said) > 5
    assert lix("\n".join(said)) <= HARDEST["relatives"]
