"""There is no second way in beside the log-in (docs/decisions/0033)."""

import pytest
from django.apps import apps


@pytest.mark.parametrize("person", ["nobody", "sysse", "clara", "bos", "anna"])
def test_there_is_no_admin_for_anybody(cast, sign_in, person):
    client = sign_in(getattr(cast, person))

    for path in ("/admin/", "/admin/login/", "/admin/portal/user/"):
        assert client.get(path).status_code == 404
    assert not apps.is_installed("django.contrib.admin")
