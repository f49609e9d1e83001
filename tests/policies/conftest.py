from __future__ import annotations

import pytest

from danban.accounts.states import Role
from danban.policies import actions
from tests.factories import AgencyFactory, DossierFactory, UserFactory
from tests.policies.files import FIRST, SECOND, docx


@pytest.fixture
def agency(db):
    return AgencyFactory()


@pytest.fixture
def drafter(agency):
    return UserFactory(role=Role.DRAFTER, agency=agency)


@pytest.fixture
def approver(agency):
    return UserFactory(role=Role.APPROVER, agency=agency)


@pytest.fixture
def dossier(agency, drafter):
    return DossierFactory(agency=agency, created_by=drafter)


@pytest.fixture
def upload(dossier, drafter):
    """``upload(text)`` gives a version in work."""

    def make(text=FIRST):
        return actions.upload_version(
            dossier=dossier, data=docx(text), file_name="du-thao.docx", note="", by=drafter
        )

    return make


@pytest.fixture
def release(drafter, approver):
    """``release(version)`` takes a version in work to the public."""

    def publish(version):
        actions.submit_version(version=version, by=drafter)
        return actions.release_version(version=version, by=approver)

    return publish


@pytest.fixture
def two_versions(upload, release):
    """The first version released, the second in work."""
    first = release(upload(FIRST))
    return first, upload(SECOND)
