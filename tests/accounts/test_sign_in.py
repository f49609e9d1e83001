"""Signing in: password, second factor, the pages around them, and what each leaves in the audit."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import sha256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from danban.accounts.actions import add_user, remove_second_factors
from danban.accounts.queries import password_link
from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.common import clock
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "cánh đồng lúa chín vàng 27"
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>")
_LEFT_IN_ENGLISH = re.compile(
    r"\b(Sign In|Sign Out|Password|Email|Activate|Deactivate|Authenticator|Security Key|Recovery|Confirm"
    r"|Cancel|Generate|Download|Remove|Enter|Please|Your|Are you sure)\b"
)


@pytest.fixture(autouse=True)
def _no_attempts_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer():
    return UserFactory(role=Role.DRAFTER)


def log_in(client, user, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def confirm_password(client):
    """The pages that change a second factor ask for the password once more."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def turn_on_totp(client):
    """As a person does: read the secret on the page, type the code the app shows; the secret."""
    confirm_password(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    return secret


def code_now(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def acts(user):
    return list(AuditEntry.objects.filter(actor=f"user:{user.pk}").values_list("action", flat=True))


def is_clean(page):
    """The content policy would block nothing on it, and no word of a library was left in English."""
    html = page.content.decode()
    assert page.status_code == 200
    assert not _SCRIPT.search(html)
    assert not re.search(r"\s(style|on\w+)=", html)
    assert html.count("<h1") == 1
    words = re.sub(r"<(script|head)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    assert not _LEFT_IN_ENGLISH.search(words), _LEFT_IN_ENGLISH.findall(words)
    return html


# --- by password ------------------------------------------------------------------------------


def test_an_officer_enters_with_address_and_password_and_it_is_on_record(client, officer):
    answer = log_in(client, officer)
    assert answer.url == "/can-bo/"
    entry = AuditEntry.objects.get(actor=f"user:{officer.pk}")
    assert (entry.action, entry.rows) == ("user.signed-in", [["accounts.User", officer.pk]])
    assert officer.email not in str(entry.details) + str(entry.rows)


def test_a_wrong_password_is_refused_in_vietnamese_and_leaves_nobody_signed_in(client, officer):
    page = log_in(client, officer, "không phải mật khẩu này")
    assert "Thư hoặc mật khẩu không đúng." in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert acts(officer) == []


def test_a_locked_person_does_not_enter(client, officer):
    officer.is_active = False
    officer.save()
    log_in(client, officer)
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_the_right_one_must_wait(client, officer, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
    for _ in range(5):
        log_in(client, officer, "sai")
    page = log_in(client, officer)
    assert "Đăng nhập sai quá nhiều lần" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    assert client.get("/can-bo/tai-khoan/dang-ky/").status_code == 404
    assert "signup" not in client.get(reverse("account_login")).content.decode()


def test_signing_out_ends_the_session(client, officer):
    log_in(client, officer)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


# --- passwords --------------------------------------------------------------------------------


def test_the_link_given_for_a_new_person_sets_a_password_once(client):
    user = add_user(email="moi@tinh.example", full_name="Người Mới")
    link = password_link(user)
    page = client.get(link, follow=True)
    is_clean(page)
    form = page.request["PATH_INFO"]
    done = client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)
    is_clean(done)
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert "user.password-changed" in acts(user)
    other = client.__class__()
    assert "Liên kết không dùng được" in other.get(link, follow=True).content.decode()


def test_a_short_password_is_refused_with_its_reason(client):
    user = add_user(email="moi@tinh.example", full_name="Người Mới")
    form = client.get(password_link(user), follow=True).request["PATH_INFO"]
    page = client.post(form, {"password1": "ngắn", "password2": "ngắn"})
    assert "cần ít nhất 12 ký tự" in page.content.decode()
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_the_letter_that_resets_a_password_is_ours_and_its_link_works(client, officer):
    answer = client.post(reverse("account_reset_password"), {"email": officer.email})
    assert answer.url == reverse("account_reset_password_done")
    (letter,) = mail.outbox
    assert letter.subject == "[Dân Bàn] Đặt lại mật khẩu"
    assert letter.to == [officer.email]
    link = re.search(r"https?://testserver(\S+)", letter.body).group(1)
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    officer.refresh_from_db()
    assert officer.check_password(NEW_PASSWORD)


def test_an_unknown_address_gets_the_same_page_and_no_letter(client, officer):
    known = client.post(reverse("account_reset_password"), {"email": officer.email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "la@o-dau.example"}, follow=True)
    assert len(mail.outbox) == 1
    assert known.redirect_chain == unknown.redirect_chain


def test_changing_the_password_tells_its_owner_by_letter(client, officer):
    log_in(client, officer)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    officer.refresh_from_db()
    assert officer.check_password(NEW_PASSWORD)
    assert acts(officer) == ["user.signed-in", "user.password-changed"]
    (letter,) = mail.outbox
    assert "vừa được đổi" in letter.body
    assert "Kính gửi" in letter.body


def test_a_mail_server_that_is_down_does_not_undo_the_change(client, officer, settings):
    log_in(client, officer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert answer.status_code == 302
    officer.refresh_from_db()
    assert officer.check_password(NEW_PASSWORD)


# --- second factor ----------------------------------------------------------------------------


def test_without_a_second_factor_every_page_leads_to_where_one_is_set_up(client, officer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, officer)
    for path in ("/can-bo/", reverse("accounts:people"), reverse("account_change_password")):
        assert client.get(path).url == reverse("mfa_index")
    is_clean(client.get(reverse("mfa_index")))


@pytest.mark.django_db(transaction=True)
def test_with_the_app_turned_on_the_officer_gets_in(client, officer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, officer)
    turn_on_totp(client)
    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()
    assert client.get("/can-bo/").status_code == 200
    change = AuditEntry.objects.get(action="user.second-factor-changed")
    assert (change.actor, change.details) == (f"user:{officer.pk}", {"change": "totp_activated"})
    (letter,) = mail.outbox
    assert letter.subject == "[Dân Bàn] Đã bật ứng dụng xác thực"
    assert officer.full_name not in letter.body


def test_an_address_allauth_never_verified_does_not_keep_the_app_from_being_turned_on(client, officer):
    EmailAddress.objects.create(user=officer, email=officer.email, verified=False, primary=True)
    log_in(client, officer)
    turn_on_totp(client)
    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()


def test_the_password_alone_is_then_not_enough(client, officer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, officer)
    secret = turn_on_totp(client)
    client.post(reverse("account_logout"))
    cache.clear()  # a code is taken once; forget that this one was

    assert log_in(client, officer).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert acts(officer).count("user.signed-in") == 1
    is_clean(client.get(reverse("mfa_authenticate")))
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert client.get("/can-bo/").status_code == 200
    assert acts(officer).count("user.signed-in") == 2


def test_a_recovery_code_opens_the_door_once(client, officer):
    log_in(client, officer)
    turn_on_totp(client)
    code = Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (True, False):
        client.post(reverse("account_logout"))
        log_in(client, officer)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) is expected


def test_turning_the_app_off_again_closes_the_door_in_the_same_session(client, officer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, officer)
    turn_on_totp(client)
    assert client.get("/can-bo/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/can-bo/").url == reverse("mfa_index")


def test_a_factor_that_was_removed_closes_a_running_session_within_minutes(client, officer, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    log_in(client, officer)
    turn_on_totp(client)
    assert client.get("/can-bo/").status_code == 200
    remove_second_factors(user=officer, by=UserFactory(role=Role.ADMIN))
    with clock.at(clock.now() + dt.timedelta(minutes=11)):
        assert client.get("/can-bo/").url == reverse("mfa_index")


# --- every page -------------------------------------------------------------------------------

SIGNED_OUT = [
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
SIGNED_IN = [
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]
WITH_THE_APP = [
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
]
WITH_A_KEY = ["mfa_index", "mfa_list_webauthn", "mfa_reauthenticate_webauthn"]


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_pages_before_signing_in(client, name):
    is_clean(client.get(reverse(name)))


@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_of_a_signed_in_officer(client, officer, name):
    log_in(client, officer)
    confirm_password(client)
    is_clean(client.get(reverse(name)))


@pytest.mark.parametrize("name", WITH_THE_APP)
def test_pages_of_an_officer_with_the_app(client, officer, name):
    log_in(client, officer)
    turn_on_totp(client)
    is_clean(client.get(reverse(name)))


def test_an_officer_with_a_key_is_asked_for_it(client, officer, key):
    assert log_in(client, officer).url == reverse("mfa_authenticate")
    assert 'id="webauthn_form"' in is_clean(client.get(reverse("mfa_authenticate")))


@pytest.mark.parametrize("name", WITH_A_KEY)
def test_pages_of_an_officer_with_a_key(sign_in, officer, key, name):
    client = sign_in(officer)
    confirm_password(client)
    is_clean(client.get(reverse(name)))


def test_a_key_is_renamed_and_removed(sign_in, officer, key):
    client = sign_in(officer)
    confirm_password(client)
    is_clean(client.get(reverse("mfa_edit_webauthn", args=[key.pk])))
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Khóa ở cơ quan"})
    key.refresh_from_db()
    assert key.data["name"] == "Khóa ở cơ quan"
    is_clean(client.get(reverse("mfa_remove_webauthn", args=[key.pk])))
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert acts(officer)[-1] == "user.second-factor-changed"


@pytest.fixture
def key(officer):
    """A security key as its registration leaves it in the table."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"the-key-of-a-test", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    about = AuthenticatorData.create(sha256(b"testserver"), flags, 0, credential)
    client_data = CollectedClientData.create("webauthn.create", b"challenge", "https://testserver")
    response = AuthenticatorAttestationResponse(
        client_data=client_data, attestation_object=AttestationObject.create("none", about, {})
    )
    made = RegistrationResponse(raw_id=credential.credential_id, response=response)
    return WebAuthn.add(officer, "Khóa USB", json.loads(json.dumps(dict(made)))).instance
