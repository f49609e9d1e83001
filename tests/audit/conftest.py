from __future__ import annotations

from enum import StrEnum

import pytest
from django.db import transaction

from danban.audit.actions import SYSTEM, record


class Act(StrEnum):
    TRIED = "test.tried"


@pytest.fixture(autouse=True)
def _own_heads_file(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def write():
    """``write(3)`` records three entries, one transaction each, and gives them."""

    def entries(count):
        made = []
        for number in range(count):
            with transaction.atomic():
                made.append(record(Act.TRIED, actor=SYSTEM, number=number, note="tiếp thu"))
        return made

    return entries
