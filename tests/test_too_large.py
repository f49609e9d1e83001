"""A file over the bound is named as such on every page that takes one; the form alone would say "none"."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danban.accounts.states import Role
from danban.common import uploads
from tests.factories import AgencyFactory, DossierFactory, TaskFactory, UserFactory, WindowFactory

# The page, who opens it, and the rows its address names.
PAGES = {
    "policies:upload": (Role.DRAFTER, lambda agency: [DossierFactory(agency=agency).pk]),
    "consultation:import": (
        Role.DRAFTER,
        lambda agency: [WindowFactory(version__dossier__agency=agency).pk],
    ),
    "plan:import_plan": (Role.JUSTICE, lambda agency: []),
    "plan:add_evidence": (Role.OFFICER, lambda agency: [TaskFactory(leads=[agency]).pk]),
    "training:import_register": (Role.JUSTICE, lambda agency: []),
}


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_file_over_the_bound_is_named_as_such(page, sign_in, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000
    monkeypatch.setattr(uploads, "MAX_FILE", uploads.MEGABYTE)
    role, rows = PAGES[page]
    agency = AgencyFactory()
    file = SimpleUploadedFile("to.docx", b"PK\x03\x04" + b"\x01" * uploads.MEGABYTE)
    answer = sign_in(UserFactory(role=role, agency=agency)).post(
        reverse(page, args=rows(agency)), {"viec": "tep", "note": "", "file": file}
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Tệp lớn hơn 1 MB" in said
