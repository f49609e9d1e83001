"""Each test begins with a full bucket: the limit on one network lives in the process."""

from __future__ import annotations

import pytest

from danban.portal import throttle


@pytest.fixture(autouse=True)
def _full_bucket():
    throttle.comments._levels.clear()
