"""Which passwords may be chosen."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import UserFactory


@pytest.fixture
def anton(cast):
    return UserFactory(name="Anton Vestergaard", email="anton.vestergaard@example.dk")


def why_not(password, user):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {one.code for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "solskin-og-kaffe",
        "korrekt hest batteri",
        # No rule about kinds of letters, and none against any of them.
        "aldrigmereensomhed",
        "\u00e6bler & \u00f8rreder \U0001f41f",
        "otte gange fire er to og tredive, " * 4,
    ],
)
def test_a_few_words_that_have_nothing_to_do_with_each_other_are_a_password(
    anton, password
):
    assert why_not(password, anton) == set()


@pytest.mark.parametrize(
    "password",
    [
        # What anybody would try here: the portal, the field, the home, the person.
        "samspil-2026!",
        "Botilbud12345",
        "Velkommen2026",
        "\u00e5kanden-\u00e5kanden",
        "AntonVestergaard1",
        # From breaches and by the keyboard.
        "qwertyuiop123",
        "passwordpassword",
        "iloveyouforever",
        "123456789012345",
    ],
)
def test_what_is_easy_to_guess_is_no_password(anton, password):
    assert why_not(password, anton) & {
        "password_easy_to_guess",
        "password_too_common",
        "password_too_similar",
    }


def test_eleven_letters_are_too_few(anton):
    assert why_not("kq7-xw2.mz9", anton) == {"password_too_short"}
    assert why_not("kq7-xw2.mz9v", anton) == set()


def test_nothing_is_cut_off_and_capitals_count(anton):
    anton.set_password("Kaffe " * 30 + "a")

    assert not anton.check_password("Kaffe " * 30 + "b")
    assert not anton.check_password("kaffe " * 30 + "a")
    assert anton.check_password("Kaffe " * 30 + "a")
