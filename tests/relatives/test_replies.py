"""Agreements as relatives read and answer them. One never learns of another."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from consent import actions as consent
from portal import clock, mail
from portal.drafts import new_slip
from portal.models import User
from relatives import actions
from relatives.models import Agreement, AgreementReply
from residents.access import readers, readers_by_topic
from residents.models import Resident
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import AgreementFactory, AgreementReplyFactory
from tests.letters import gathered, words_of


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def flu_jab(cast):
    """Bo shares his health with Anna and Rikke; nobody has answered this one."""
    return AgreementFactory(resident=cast.bo, text="Flu jab", recorded_by=cast.mette)


def at(name, row):
    return reverse(f"relatives:{name}", args=[row.uuid])


def confirm(client, agreement):
    return client.post(at("agreement-confirm", agreement))


def ask(client, user, agreement, text="Another day, please."):
    data = {"slip": new_slip(user), "text": text}
    return client.post(at("agreement-ask", agreement), data)


def new_version(agreement, by, text="New text", **changes):
    return actions.change_agreement(
        agreement,
        uuid=uuid.uuid4(),
        topic=changes.pop("topic", agreement.topic),
        text=text,
        by=by,
        **changes,
    )


def mine(client):
    response = client.get(reverse("relatives:my-agreements"))
    return [reading.agreement for reading in response.context["readings"]]


def cards(client):
    return {
        card.heading: [row.url for row in card.rows]
        for cards in client.get("/").context["columns"]
        for card in cards
    }


def test_a_relative_reads_what_each_resident_shares_and_nothing_else(cast, sign_in):
    assert mine(sign_in(cast.anna)) == [cast.dentist, cast.idas_rent]
    assert set(mine(sign_in(cast.rikke))) == {cast.dentist, cast.pocket_money}
    assert mine(sign_in(cast.jens)) == []


def test_a_resident_reads_all_about_themselves_and_confirms_nothing(cast, sign_in):
    client = sign_in(cast.bos)

    assert set(mine(client)) == {cast.dentist, cast.pocket_money}
    assert (
        "Read and agreed"
        not in client.get(at("agreement", cast.dentist)).content.decode()
    )


def test_withdrawing_consent_hides_the_agreement_at_once(cast, sign_in):
    client = sign_in(cast.anna)
    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    assert client.get(at("agreement", cast.dentist)).status_code == 404
    assert confirm(client, cast.dentist).status_code == 404
    assert mine(client) == [cast.idas_rent]


def test_a_relative_confirms_once(cast, sign_in, flu_jab):
    client = sign_in(cast.anna)

    confirm(client, flu_jab)
    confirm(client, flu_jab)

    [reply] = flu_jab.replies.all()
    assert (reply.kind, reply.relative) == ("agreed", cast.annas.relative)
    shown = client.get(at("agreement", flu_jab)).content.decode()
    assert "You have read this and agree" in shown
    assert "Read and agreed" not in shown


def test_whoever_has_agreed_can_still_ask_for_a_change(cast, sign_in, flu_jab):
    client = sign_in(cast.anna)
    confirm(client, flu_jab)

    ask(client, cast.anna, flu_jab)

    assert [reply.kind for reply in flu_jab.replies.all()] == ["change", "agreed"]
    assert (
        "You have asked for a change"
        in client.get(at("agreement", flu_jab)).content.decode()
    )


def test_a_new_version_is_confirmed_anew_and_shows_both_texts(cast, sign_in, flu_jab):
    client = sign_in(cast.anna)
    confirm(client, flu_jab)
    assert flu_jab not in Agreement.objects.waiting_for(cast.annas.relative)

    new = new_version(flu_jab, cast.mette, text="Flu jab in October")

    assert new in Agreement.objects.shared_with(cast.anna).waiting_for(
        cast.annas.relative
    )
    response = client.get(at("agreement", new))
    assert ("What we agree on", "Flu jab", "Flu jab in October") in response.context[
        "changed"
    ]
    assert "Do you agree to the new text?" in response.content.decode()


def test_the_old_text_is_shown_only_to_those_who_could_read_it(cast, sign_in):
    secret = AgreementFactory(resident=cast.bo, topic=Topic.ECONOMY, text="Old debts")
    new = new_version(secret, cast.mette, text="Dental bill", topic=Topic.HEALTH)

    response = sign_in(cast.anna).get(at("agreement", new))

    assert response.context["changed"] == []
    assert "Old debts" not in response.content.decode()
    assert "Old debts" in sign_in(cast.rikke).get(at("agreement", new)).content.decode()


def test_an_old_version_is_not_confirmed_by_mistake(cast, sign_in, flu_jab):
    new = new_version(flu_jab, cast.mette)

    response = confirm(sign_in(cast.anna), flu_jab)

    assert response.url == at("agreement", new)
    assert not AgreementReply.objects.filter(agreement__in=[flu_jab, new]).exists()


def test_who_asks_about_an_old_version_keeps_the_text_and_sees_the_new(
    cast, sign_in, flu_jab
):
    client = sign_in(cast.anna)
    new = new_version(flu_jab, cast.mette, text="Flu jab in October")

    response = ask(client, cast.anna, flu_jab, "November, please.")

    assert response.status_code == 409
    shown = response.content.decode()
    assert "Flu jab in October" in shown
    assert "November, please." in shown
    form = client.get(at("agreement-ask", new)).context["form"]
    assert form.initial["text"] == "November, please."


def test_a_wish_about_an_ended_agreement_is_not_lost_either(cast, sign_in, flu_jab):
    actions.end_agreement(flu_jab, by=cast.mette)

    response = ask(sign_in(cast.anna), cast.anna, flu_jab, "November, please.")

    assert response.status_code == 409
    assert "November, please." in response.content.decode()


def test_a_wish_is_sent_once_and_the_contact_person_hears_of_it(cast, sign_in, flu_jab):
    Resident.objects.filter(pk=cast.bo.pk).update(contact_person=cast.mette)
    client = sign_in(cast.anna)
    data = {"slip": new_slip(cast.anna), "text": "November, please."}

    for _time in range(2):
        client.post(at("agreement-ask", flu_jab), data)

    [wish] = flu_jab.replies.all()
    [message] = gathered().filter(template="agreement-change-asked")
    assert (message.to, message.facts) == (cast.mette, {"reply": wish.pk})
    assert "Mette answers by" in client.get(at("agreement", flu_jab)).content.decode()


@pytest.mark.parametrize("contact", ["tim", "liv", None])
def test_if_the_contact_person_does_not_work_there_the_manager_hears_of_it(
    cast, sign_in, flu_jab, contact
):
    person = contact and getattr(cast, contact)
    Resident.objects.filter(pk=cast.bo.pk).update(contact_person=person)

    ask(sign_in(cast.anna), cast.anna, flu_jab)

    asked = gathered().filter(template="agreement-change-asked")
    assert [message.to for message in asked] == [cast.karen]


def test_the_answer_is_shown_and_the_next_word_is_the_relatives(cast, sign_in):
    client = sign_in(cast.anna)
    assert cast.dentist not in Agreement.objects.waiting_for(cast.annas.relative)

    actions.answer_change(cast.wish, answer="We have found one.", by=cast.mette)

    shown = client.get(at("agreement", cast.dentist)).content.decode()
    assert "We have found one." in shown
    assert "Read and agreed" in shown
    assert cast.dentist in Agreement.objects.waiting_for(cast.annas.relative)


def test_one_relatives_reply_is_for_staff_and_resident_and_not_for_another(
    cast, sign_in
):
    text = cast.wish.text

    for person in (cast.mette, cast.bos, cast.anna):
        shown = sign_in(person).get(at("agreement", cast.dentist)).content.decode()
        assert text in shown
    shown = sign_in(cast.rikke).get(at("agreement", cast.dentist)).content.decode()
    assert text not in shown


def test_replies_close_with_the_consent(cast):
    seen = AgreementReply.objects.visible_to
    assert list(seen(cast.anna)) == [cast.wish]

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    assert list(seen(cast.anna)) == []
    assert list(seen(cast.rikke)) == []
    assert list(seen(cast.bos)) == [cast.wish]


def test_no_page_of_a_relative_names_another(cast, sign_in, flu_jab):
    """Rikke sees to it and has answered; Jens is there too. Anna learns of neither."""
    tell(cast.jenss, Topic.HEALTH, by=cast.mette)
    rikke = cast.rikkes.relative
    new = new_version(
        flu_jab, cast.mette, responsible="relative", responsible_relative=rikke
    )
    AgreementReplyFactory(agreement=flu_jab, relative=rikke, text="Rikke wishes")
    AgreementReplyFactory(agreement=new, relative=cast.jenss.relative, text="Jens too")
    client = sign_in(cast.anna)
    pages = [
        "/",
        reverse("relatives:my-agreements"),
        reverse("relatives:my-residents"),
        reverse("relatives:confidentiality"),
        at("agreement", new),
        at("agreement", flu_jab),
        at("agreement-ask", new),
        at("agreement-ask", flu_jab),
    ]

    for page in pages:
        html = client.get(page).content.decode()
        assert "Rikke" not in html
        assert "Jens" not in html
        assert "Another relative" in html or page not in pages[4:5]
        title = html[html.index("<title>") : html.index("</title>")]
        assert "Bo" not in title
    assert "You" in sign_in(cast.rikke).get(at("agreement", new)).content.decode()
    assert "Rikke" in sign_in(cast.bos).get(at("agreement", new)).content.decode()
    assert "Rikke" in sign_in(cast.mette).get(at("agreement", new)).content.decode()


def test_readers_are_those_who_can_see_and_do_not_work_there(cast):
    tell(
        cast.jenss,
        Topic.HEALTH,
        by=cast.mette,
        since=clock.now() + dt.timedelta(days=1),
    )
    everybody = User.objects.all()

    for agreement in Agreement.objects.all():
        seeing = {
            user
            for user in everybody
            if Agreement.objects.shared_with(user).filter(pk=agreement.pk)
            and user != agreement.resident.user
        }
        assert set(readers(agreement)) == seeing
    assert set(readers(cast.dentist)) == {cast.anna, cast.rikke}
    assert readers_by_topic(cast.bo)["economy"] == {cast.rikke.pk}


def told():
    return {(m.to, m.template) for m in gathered()}


def test_those_who_may_see_an_agreement_are_told_that_something_waits(cast):
    agreement = actions.record_agreement(
        resident=cast.bo, topic=Topic.HEALTH, text="Glasses", by=cast.mette
    )

    assert told() == {
        (cast.anna, "agreement-waiting"),
        (cast.rikke, "agreement-waiting"),
    }
    assert {m.facts["agreement"] for m in gathered()} == {agreement.pk}


def test_the_mail_is_empty_of_content_and_leaves_only_while_it_is_true(cast):
    actions.record_agreement(
        resident=cast.bo, topic=Topic.HEALTH, text="Glasses", by=cast.mette
    )
    message = gathered().get(to=cast.anna)

    letter = mail.compose(message)
    for word in ("Glasses", "Bo", "health"):
        assert word not in words_of(letter).replace("Solgården", "")

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)
    assert mail.compose(message) is None


def test_no_mail_about_what_has_been_answered_meanwhile(cast, flu_jab):
    Resident.objects.filter(pk=cast.bo.pk).update(contact_person=cast.mette)
    wish = actions.ask_for_change(
        flu_jab,
        uuid=uuid.uuid4(),
        relative=cast.annas.relative,
        text="?",
        by=cast.anna,
    )
    [message] = gathered()
    assert mail.compose(message) is not None

    actions.answer_change(wish, answer="Yes.", by=cast.karen)

    assert mail.compose(message) is None


def test_the_start_page_of_a_relative_says_what_waits(cast, sign_in, flu_jab):
    client = sign_in(cast.anna)

    assert cards(client)["It waits for you"] == [
        at("agreement", flu_jab),
        at("agreement", cast.idas_rent),
    ]
    confirm(client, flu_jab)
    assert cards(client)["It waits for you"] == [at("agreement", cast.idas_rent)]


def test_the_start_page_at_work_says_who_asks_and_what_is_overdue(cast, sign_in):
    yesterday = clock.today() - dt.timedelta(days=1)
    late = AgreementFactory(resident=cast.bo, due_on=yesterday)
    AgreementFactory(resident=cast.ida, due_on=yesterday)

    at_karens = cards(sign_in(cast.karen))
    assert at_karens["Relatives ask for a change"] == [at("agreement", cast.dentist)]
    assert at_karens["Overdue agreements"] == [at("agreement", late)]
    at_mettes = cards(sign_in(cast.mette))
    assert "Relatives ask for a change" in at_mettes
    assert "Overdue agreements" not in at_mettes
    Resident.objects.filter(pk=cast.bo.pk).update(contact_person=cast.mette)
    assert cards(sign_in(cast.mette))["Overdue agreements"] == [at("agreement", late)]


def test_new_is_what_came_since_the_last_visit(cast, sign_in, flu_jab):
    User.objects.filter(pk=cast.anna.pk).update(previous_login=clock.now())
    newer = AgreementFactory(resident=cast.bo, text="Since then")

    response = sign_in(cast.anna).get(reverse("relatives:my-agreements"))

    new = [r.agreement for r in response.context["readings"] if r.is_new]
    assert new == [newer]


@pytest.mark.parametrize(
    ("asked_on", "days", "by"),
    [
        (dt.date(2026, 11, 20), 3, dt.date(2026, 11, 25)),
        (dt.date(2026, 11, 21), 1, dt.date(2026, 11, 23)),
        (dt.date(2026, 11, 22), 0, dt.date(2026, 11, 23)),
        (dt.date(2026, 11, 23), 5, dt.date(2026, 11, 30)),
    ],
)
def test_a_home_answers_within_working_days(cast, asked_on, days, by):
    cast.solgaarden.answer_days = days

    assert cast.solgaarden.answers_by(asked_on) == by


@pytest.mark.parametrize("count", [1, 3])
def test_a_relatives_pages_ask_the_same_for_one_and_for_three(
    cast, sign_in, django_assert_num_queries, count
):
    for _number in range(count):
        AgreementFactory(
            resident=cast.bo,
            responsible="relative",
            responsible_relative=cast.rikkes.relative,
        )
    client = sign_in(cast.anna)

    with django_assert_num_queries(6):
        client.get(reverse("relatives:my-agreements"))
