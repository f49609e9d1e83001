"""What every test may ask for."""

from __future__ import annotations

import pytest


@pytest.fixture
def sign_in(client):
    """Sign a person in: ``sign_in(user)`` gives the client back."""

    def enter(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter
