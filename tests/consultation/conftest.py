from __future__ import annotations

import uuid

import pytest

from danban.accounts.states import Role
from danban.audit.models import AuditEntry
from danban.consultation.actions import submit_comment
from danban.consultation.states import CommenterKind
from tests.factories import UserFactory, WindowFactory


@pytest.fixture
def window(db):
    return WindowFactory()


@pytest.fixture
def officer(window):
    """A drafter of the agency that asks for opinions."""
    return UserFactory(role=Role.DRAFTER, agency=window.dossier.agency)


@pytest.fixture
def approver(window):
    return UserFactory(role=Role.APPROVER, agency=window.dossier.agency)


@pytest.fixture
def submit(window):
    """``submit(text="…")`` sends a citizen's comment to the window."""

    def send(**given):
        values = {
            "window": window,
            "provision": None,
            "text": "Tôi đề nghị ghi rõ giờ thu gom.",
            "commenter_kind": CommenterKind.PERSON,
            "public_name": "",
            "contact": None,
            "wants_email": False,
            "idempotency_key": uuid.uuid4(),
        }
        return submit_comment(**values | given)

    return send


@pytest.fixture
def acts():
    """``acts()`` lists what was recorded: (action, actor) in order."""

    def listed():
        return list(AuditEntry.objects.order_by("id").values_list("action", "actor"))

    return listed
