"""An agency with a drafter and an approver, an open window, and comments in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from danban.accounts.models import User
from danban.accounts.states import Role
from danban.answers import actions
from danban.consultation.models import Window
from tests.factories import CommentFactory, UserFactory, WindowFactory


@dataclass(frozen=True)
class Office:
    window: Window
    drafter: User
    approver: User

    def comments(self, n=1, **kwargs):
        return [CommentFactory(window=self.window, **kwargs) for _ in range(n)]

    def point(self, n=2, title="Giờ thu gom rác", provision=None, **kwargs):
        return actions.make_point(
            window=self.window,
            title=title,
            provision=provision,
            comments=self.comments(n, provision=provision, **kwargs),
            by=self.drafter,
        )

    def saved(self, point, disposition="accepted", reason="Bổ sung khung giờ tối.", **kwargs):
        by = kwargs.pop("by", self.drafter)
        return actions.save_answer(point=point, disposition=disposition, reason=reason, by=by, **kwargs)

    def submitted(self, point, **kwargs):
        return actions.submit_answer(answer=self.saved(point, **kwargs), by=self.drafter)

    def released(self, point, **kwargs):
        return actions.release_answer(answer=self.submitted(point, **kwargs), by=self.approver)


@pytest.fixture
def office(db):
    window = WindowFactory()
    agency = window.dossier.agency
    return Office(
        window=window,
        drafter=UserFactory(role=Role.DRAFTER, agency=agency),
        approver=UserFactory(role=Role.APPROVER, agency=agency),
    )
