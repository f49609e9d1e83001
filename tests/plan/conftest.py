from __future__ import annotations

import pytest

from danban.accounts.states import AgencyKind, Role
from danban.audit.models import AuditEntry
from tests.factories import AgencyFactory, TaskFactory, UserFactory


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def agency(db):
    return AgencyFactory(name="Sở Xây dựng")


@pytest.fixture
def front(db):
    return AgencyFactory(name="Mặt trận Tổ quốc tỉnh", kind=AgencyKind.FATHERLAND_FRONT)


@pytest.fixture
def officer(agency):
    return UserFactory(role=Role.OFFICER, agency=agency)


@pytest.fixture
def approver(agency):
    return UserFactory(role=Role.APPROVER, agency=agency)


@pytest.fixture
def justice(db):
    return UserFactory(role=Role.JUSTICE)


@pytest.fixture
def task(agency, front):
    return TaskFactory(leads=[agency], coordinating=[front])


@pytest.fixture
def acts():
    """``acts()`` lists what was recorded, in order."""

    def listed():
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))

    return listed
