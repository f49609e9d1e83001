import datetime as dt

import pytest

from danban.accounts import actions
from danban.accounts.models import Agency, Membership, Succession, User
from danban.accounts.queries import roles_held
from danban.accounts.states import AgencyKind, Level, Role
from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db


def entries():
    return list(AuditEntry.objects.order_by("id").values_list("action", "actor"))


def test_adding_a_person_records_who_added_them_and_no_name():
    admin = UserFactory(role=Role.ADMIN)
    user = actions.add_user(email="Lan@Tinh.example", full_name="Trần Thị Lan", by=admin)
    assert user.email == "lan@tinh.example"
    assert not user.has_usable_password()
    assert entries() == [("user.added", f"user:{admin.pk}")]
    assert "Lan" not in str(AuditEntry.objects.get().details)


def test_the_same_address_is_refused_whatever_its_case():
    actions.add_user(email="lan@tinh.example", full_name="Lan")
    with pytest.raises(Refused):
        actions.add_user(email="LAN@tinh.example", full_name="Lan khác")
    assert User.objects.count() == 1


def test_a_role_that_ended_gives_nothing_from_today():
    admin, user = UserFactory(role=Role.ADMIN), UserFactory(role=Role.DRAFTER)
    actions.end_role(membership=Membership.objects.get(user=user), by=admin)
    assert roles_held(user) == []
    assert entries()[-1] == ("membership.ended", f"user:{admin.pk}")


def test_no_role_in_a_body_that_no_longer_exists():
    gone = AgencyFactory(valid_from=dt.date(2010, 1, 1), valid_to=dt.date(2025, 2, 28))
    with pytest.raises(Refused):
        actions.grant_role(user=UserFactory(), agency=gone, role=Role.VIEWER)
    assert not Membership.objects.exists()


def test_a_district_is_taken_only_as_history():
    common = {"name": "UBND huyện Cũ", "kind": AgencyKind.PEOPLES_COMMITTEE, "level": Level.DISTRICT}
    with pytest.raises(Refused):
        actions.add_agency(code="moi", valid_from=dt.date(2026, 1, 1), **common)
    actions.add_agency(code="cu", valid_from=dt.date(2000, 1, 1), valid_to=dt.date(2025, 6, 30), **common)
    assert list(Agency.objects.values_list("code", flat=True)) == ["cu"]


def test_a_merger_ends_the_old_body_the_day_before_and_may_not_run_in_a_circle():
    old, new = AgencyFactory(), AgencyFactory()
    actions.record_succession(predecessor=old, successor=new, on=dt.date(2026, 3, 1))
    old.refresh_from_db()
    assert old.valid_to == dt.date(2026, 2, 28)
    with pytest.raises(Refused):
        actions.record_succession(predecessor=new, successor=old, on=dt.date(2026, 4, 1))
    assert Succession.objects.count() == 1


def test_nobody_locks_themselves_out():
    admin = UserFactory(role=Role.ADMIN)
    with pytest.raises(Refused):
        actions.deactivate_user(user=admin, by=admin)
    admin.refresh_from_db()
    assert admin.is_active


def test_a_role_that_ended_keeps_its_last_day():
    admin, user = UserFactory(role=Role.ADMIN), UserFactory(role=Role.DRAFTER)
    membership = Membership.objects.get(user=user)
    Membership.objects.filter(pk=membership.pk).update(valid_to=dt.date(2025, 12, 31))
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.end_role(membership=membership, by=admin)
    membership.refresh_from_db()
    assert membership.valid_to == dt.date(2025, 12, 31)
    assert entries() == []
