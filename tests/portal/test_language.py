import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("back", "led_to"),
    [
        ("/news/?page=2", "/news/?page=2"),
        # redirect() would look these up as names of views.
        ("residents", "/"),
        ("home", "/"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("\x00", "/"),
        ("", "/"),
    ],
)
def test_whoever_chooses_a_language_is_led_back_to_a_page_of_ours(
    client, db, back, led_to
):
    answer = client.post(reverse("set-language"), {"language": "en", "back": back})

    assert (answer.status_code, answer.url) == (302, led_to)
    assert answer.cookies["django_language"].value == "en"
