"""An officer signs in, turns on a security key and comes back with it alone; each page passes."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from danban.accounts.states import Role
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNT = "/can-bo/tai-khoan"


@pytest.fixture(autouse=True)
def _staff_need_a_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()


@pytest.fixture
def officer():
    return UserFactory(role=Role.ADMIN)


def put_in_a_key(window):
    """A security key that Chromium plays, with a finger always on it."""
    wire = window.context.new_cdp_session(window.page)
    wire.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": key})


def sign_in(window, officer):
    page = window.go(f"{ACCOUNT}/vao/")
    window.assert_good()
    page.fill("[name=login]", officer.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(wait_until="networkidle"):
        page.click("main form button[type=submit]")
    return page


def go_on(page, selector):
    with page.expect_navigation(wait_until="networkidle"):
        page.click(selector)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_look_right(screen, officer, width, scheme):
    window = screen(width=width, scheme=scheme)
    page = window.go(f"{ACCOUNT}/mat-khau/quen/")
    window.assert_good()
    page = sign_in(window, officer)
    assert page.url.endswith(f"{ACCOUNT}/hai-lop/")
    window.assert_good()
    window.go(f"{ACCOUNT}/hai-lop/totp/activate/")
    page.fill("main [name=password]", PASSWORD)
    window.assert_good()
    go_on(page, "main form button[type=submit]")
    assert page.url.endswith("/hai-lop/totp/activate/")
    window.assert_good()


def test_a_key_is_added_and_opens_the_door_by_itself(screen, officer):
    window = screen()
    put_in_a_key(window)
    page = sign_in(window, officer)
    window.go(f"{ACCOUNT}/hai-lop/webauthn/add/")
    page.fill("main [name=password]", PASSWORD)
    go_on(page, "main form button[type=submit]")
    window.assert_good()
    page.fill("[name=name]", "Máy ở cơ quan")
    page.check("[name=passwordless]")
    go_on(page, "#mfa_webauthn_add")
    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.WEBAUTHN).count() == 1
    window.go(f"{ACCOUNT}/hai-lop/webauthn/")
    assert "Máy ở cơ quan" in page.inner_text("main")
    window.assert_good()
    window.go("/can-bo/co-quan/")
    window.assert_good()

    go_on(page, ".office-me form button.link-button:has-text('Đăng xuất')")
    window.go(f"{ACCOUNT}/vao/")
    go_on(page, "#passkey_login")
    assert page.url.endswith("/can-bo/")
    window.assert_good()
