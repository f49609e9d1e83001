from __future__ import annotations

import pytest

from danban.common import jobs


@pytest.fixture
def handlers(monkeypatch):
    """An empty table of handlers for the test to fill: ``handlers["name"] = function``."""
    table = {}
    monkeypatch.setattr(jobs, "HANDLERS", table)
    return table


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path):
    settings.DATA = tmp_path
