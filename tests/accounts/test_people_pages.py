"""The administrator's pages of people and agencies: who may, which rows, what the audit keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danban.accounts.models import Agency, Membership, Succession, User
from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db

LISTS = ["accounts:people", "accounts:agencies"]
PAGES = [*LISTS, "accounts:add_person", "accounts:add_agency"]


@pytest.fixture
def admin():
    return UserFactory(role=Role.ADMIN)


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


def entries_of(user):
    return list(
        AuditEntry.objects.filter(actor=f"user:{user.pk}").order_by("pk").values_list("action", flat=True)
    )


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMIN])
@pytest.mark.parametrize("name", PAGES)
def test_only_an_administrator_sees_these_pages(sign_in, role, name):
    assert sign_in(UserFactory(role=role)).get(reverse(name)).status_code == 403


def test_whoever_is_not_signed_in_is_led_to_the_door(client):
    for name in PAGES:
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_no_other_role_changes_anything(sign_in):
    other = UserFactory(role=Role.APPROVER)
    client, held = sign_in(other), Membership.objects.get(user=other)
    for name, pk in (("deactivate", other.pk), ("end_role", held.pk), ("person", other.pk)):
        assert client.post(reverse(f"accounts:{name}", args=[pk])).status_code == 403
    other.refresh_from_db()
    assert other.is_active
    held.refresh_from_db()
    assert held.valid_to is None
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_asks_the_database_no_more_often(desk, admin, name):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert desk.get(reverse(name)).status_code == 200
        return len(asked)

    few = queries()
    for _ in range(3):
        UserFactory(role=Role.DRAFTER)
    assert queries() == few


def test_people_are_found_by_a_part_of_the_name(desk):
    for name in ("Trần Thị Lan", "Nguyễn Văn Bình"):
        UserFactory(full_name=name)
    page = desk.get(reverse("accounts:people"), {"q": "Lan"}).content.decode()
    assert "Trần Thị Lan" in page
    assert "Nguyễn Văn Bình" not in page


def test_adding_a_person_gives_a_link_a_role_and_two_entries_without_a_name(desk, admin):
    agency = AgencyFactory()
    page = desk.post(
        reverse("accounts:add_person"),
        {
            "full_name": "Trần Thị Lan",
            "email": "lan@tinh.example",
            "agency": agency.pk,
            "role": Role.DRAFTER,
        },
    )
    user = User.objects.get(email="lan@tinh.example")
    assert list(user.memberships.values_list("agency", "role")) == [(agency.pk, Role.DRAFTER)]
    assert f"{reverse('account_reset_password')}" in page.context["link"]
    assert entries_of(admin) == ["user.added", "membership.granted"]
    kept = str(list(AuditEntry.objects.values_list("details", "rows")))
    assert "Lan" not in kept
    assert "lan@" not in kept


def test_an_address_already_there_is_refused_and_what_was_typed_stays(desk, admin):
    page = desk.post(
        reverse("accounts:add_person"),
        {
            "full_name": "Người khác",
            "email": admin.email.upper(),
            "agency": AgencyFactory().pk,
            "role": Role.VIEWER,
        },
    ).content.decode()
    assert "Đã có người dùng với địa chỉ thư này." in page
    assert "Người khác" in page
    assert not AuditEntry.objects.exists()


def test_a_role_is_given_and_ended(desk, admin):
    user, agency = UserFactory(), AgencyFactory()
    desk.post(reverse("accounts:person", args=[user.pk]), {"agency": agency.pk, "role": Role.APPROVER})
    held = Membership.objects.get(user=user)
    assert (held.agency, held.role, held.valid_to) == (agency, Role.APPROVER, None)
    desk.post(reverse("accounts:end_role", args=[held.pk]))
    held.refresh_from_db()
    assert held.valid_to is not None
    assert entries_of(admin) == ["membership.granted", "membership.ended"]


def test_a_locked_person_is_out_at_once(desk, admin, client):
    user = UserFactory(role=Role.DRAFTER)
    other = client.__class__()
    other.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    desk.post(reverse("accounts:deactivate", args=[user.pk]))
    user.refresh_from_db()
    assert not user.is_active
    assert other.get("/can-bo/").status_code == 302
    assert entries_of(admin) == ["user.deactivated"]


def test_an_administrator_cannot_lock_themselves_out(desk, admin):
    desk.post(reverse("accounts:deactivate", args=[admin.pk]))
    admin.refresh_from_db()
    assert admin.is_active
    assert entries_of(admin) == []


def test_an_administrator_cannot_end_their_own_administration(desk, admin):
    held = admin.memberships.get()
    desk.post(reverse("accounts:end_role", args=[held.pk]))
    held.refresh_from_db()
    assert held.valid_to is None
    other = UserFactory(role=Role.ADMIN).memberships.get()
    desk.post(reverse("accounts:end_role", args=[other.pk]))
    other.refresh_from_db()
    assert other.valid_to is not None
    assert entries_of(admin) == ["membership.ended"]


def test_a_person_has_a_name_that_can_be_read(desk, admin):
    data = {
        "full_name": "\u200b",
        "email": "a@tinh.example",
        "agency": AgencyFactory().pk,
        "role": Role.VIEWER,
    }
    assert "Hãy ghi họ và tên." in desk.post(reverse("accounts:add_person"), data).content.decode()
    assert not User.objects.filter(email="a@tinh.example").exists()
    assert entries_of(admin) == []


@pytest.mark.parametrize("on", ["01/01/0001", "01/07/2025"])
def test_nobody_takes_over_before_there_was_anything(desk, admin, on):
    old, new = AgencyFactory(), AgencyFactory()
    page = desk.post(reverse("accounts:agency", args=[old.pk]), {"successor": new.pk, "on": on})
    assert "01/07/2025" in page.content.decode()
    assert not Succession.objects.exists()
    assert entries_of(admin) == []


def test_a_succession_is_recorded_once(desk, admin):
    old, new = AgencyFactory(), AgencyFactory()
    data = {"successor": new.pk, "on": "01/03/2026"}
    desk.post(reverse("accounts:agency", args=[old.pk]), data)
    again = desk.post(reverse("accounts:agency", args=[old.pk]), data)
    assert "đã được ghi" in again.content.decode()
    assert Succession.objects.count() == 1
    assert entries_of(admin) == ["agency.succeeded"]


def test_locking_and_ending_take_no_get(desk):
    user = UserFactory(role=Role.DRAFTER)
    assert desk.get(reverse("accounts:deactivate", args=[user.pk])).status_code == 405


def test_an_agency_is_added_and_succeeded(desk, admin):
    desk.post(
        reverse("accounts:add_agency"),
        {
            "code": "so-moi",
            "name": "Sở Nông nghiệp và Môi trường",
            "kind": "department",
            "level": "province",
            "valid_from": "01/03/2026",
        },
    )
    new, old = Agency.objects.get(code="so-moi"), AgencyFactory()
    assert new.valid_from == dt.date(2026, 3, 1)
    desk.post(
        reverse("accounts:agency", args=[old.pk]),
        {"successor": new.pk, "on": "01/03/2026", "legal_basis": ""},
    )
    assert Succession.objects.get().successor == new
    old.refresh_from_db()
    assert old.valid_to == dt.date(2026, 2, 28)
    assert entries_of(admin) == ["agency.added", "agency.succeeded"]
    assert "28/02/2026" in desk.get(reverse("accounts:agency", args=[old.pk])).content.decode()


def test_a_code_already_there_is_refused(desk, admin):
    AgencyFactory(code="so-moi")
    page = desk.post(
        reverse("accounts:add_agency"),
        {
            "code": "so-moi",
            "name": "Sở khác",
            "kind": "department",
            "level": "province",
            "valid_from": "01/03/2026",
        },
    )
    assert "Đã có cơ quan với mã này." in page.content.decode()
    assert Agency.objects.filter(code="so-moi").count() == 1
    assert entries_of(admin) == []


def test_a_new_district_cannot_be_chosen(desk):
    page = desk.get(reverse("accounts:add_agency")).content.decode()
    assert 'value="commune"' in page
    assert 'value="district"' not in page


def test_a_locked_person_is_let_in_again(desk, admin):
    user = UserFactory(role=Role.DRAFTER, is_active=False)
    desk.post(reverse("accounts:reactivate", args=[user.pk]))
    user.refresh_from_db()
    assert user.is_active
    assert entries_of(admin) == ["user.reactivated"]


def test_a_new_link_sets_a_password_and_is_kept_nowhere(desk, admin, client):
    user = UserFactory(role=Role.DRAFTER)
    link = desk.post(reverse("accounts:give_link", args=[user.pk])).context["link"]
    other = client.__class__()
    form = other.get(link, follow=True).request["PATH_INFO"]
    password = "cánh đồng lúa chín vàng 28"
    other.post(form, {"password1": password, "password2": password})
    user.refresh_from_db()
    assert user.check_password(password)
    assert entries_of(admin) == ["user.password-link-given"]
    assert link.rstrip("/").rpartition("-")[2] not in str(list(AuditEntry.objects.values_list("details")))


def test_no_link_for_a_locked_person(desk, admin):
    user = UserFactory(is_active=False)
    assert desk.post(reverse("accounts:give_link", args=[user.pk])).status_code == 302
    assert entries_of(admin) == []


def test_a_lost_phone_is_forgotten_by_another_administrator_only(desk, admin):
    user = UserFactory(role=Role.DRAFTER)
    for owner in (user, admin):
        Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
        desk.post(reverse("accounts:remove_factors", args=[owner.pk]))
    assert list(Authenticator.objects.values_list("user", flat=True)) == [admin.pk]
    assert entries_of(admin) == ["user.second-factor-removed"]


@pytest.mark.parametrize("name", ["add_person", "add_agency"])
def test_a_form_that_is_not_understood_is_not_a_success(desk, admin, name):
    page = desk.post(reverse(f"accounts:{name}"), {"full_name": "", "name": ""})
    assert page.status_code == 422
    assert "Xin điền mục này." in page.content.decode()
    assert entries_of(admin) == []


def test_a_circle_of_agencies_is_refused_and_a_succession_said(desk):
    old, new = AgencyFactory(), AgencyFactory()
    pairs = [(old, new), (new, old)]
    first, back = [
        desk.post(
            reverse("accounts:agency", args=[one.pk]),
            {"successor": other.pk, "on": "01/03/2026", "legal_basis": "Nghị quyết"},
            follow=True,
        )
        for one, other in pairs
    ]
    assert "Đã ghi cơ quan kế tục." in first.content.decode()
    assert back.status_code == 422
    assert not new.successions.exists()
