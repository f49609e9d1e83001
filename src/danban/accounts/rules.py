"""Who may do what: one table. A role is held in an agency; the permission holds there.

JUSTICE, the department that monitors (Sở Tư pháp), LEADER and ADMIN see every agency.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from danban.accounts.states import Permission as P  # noqa: N817 - the table below is easier to read
from danban.accounts.states import Role

_LOOK = frozenset(
    {P.DOSSIER_VIEW, P.COMMENT_VIEW, P.PLAN_VIEW, P.TRAINING_VIEW, P.COUNCIL_VIEW, P.DASHBOARD_VIEW}
)
_TASKS = frozenset({P.TASK_WORK, P.TRAINING_MANAGE, P.REPORT_WRITE})

ROLE_PERMISSIONS: Mapping[str, frozenset[P]] = {
    Role.VIEWER: _LOOK,
    Role.LEADER: _LOOK | {P.REPORT_EXPORT},
    Role.OFFICER: _LOOK | _TASKS,
    Role.DRAFTER: _LOOK
    | _TASKS
    | {
        P.DOSSIER_EDIT,
        P.STAGE_MOVE,
        P.SCREENING_PROPOSE,
        P.VERSION_UPLOAD,
        P.WINDOW_OPEN,
        P.COMMENT_MODERATE,
        P.COMMENT_IMPORT,
        P.ANSWER_WRITE,
        P.REPORT_EXPORT,
    },
    Role.APPROVER: _LOOK
    | _TASKS
    | {
        P.STAGE_MOVE,
        P.SCREENING_PROPOSE,
        P.VERSION_RELEASE,
        P.WINDOW_OPEN,
        P.COMMENT_MODERATE,
        P.CONTACT_VIEW,
        P.PROPOSAL_DECIDE,
        P.ANSWER_WRITE,
        P.ANSWER_RELEASE,
        P.EVIDENCE_CHECK,
        P.REPORT_RELEASE,
        P.REPORT_EXPORT,
    },
    Role.JUSTICE: _LOOK
    | {
        P.DOSSIER_REASSIGN,
        P.SCREENING_REVIEW,
        P.PROPOSAL_DECIDE,
        P.PLAN_EDIT,
        P.EVIDENCE_CHECK,
        P.TRAINING_MANAGE,
        P.REGISTER_MANAGE,
        P.COUNCIL_MANAGE,
        P.REPORT_REQUEST,
        P.REPORT_EXPORT,
        P.AUDIT_VIEW,
        P.RULES_EDIT,
    },
    Role.ADMIN: frozenset({P.DOSSIER_VIEW, P.AUDIT_VIEW, P.JOBS_VIEW, P.RULES_EDIT, P.PEOPLE_MANAGE}),
}

EVERYWHERE = frozenset({Role.JUSTICE, Role.LEADER, Role.ADMIN})


def may(held: Iterable[tuple[str, int]], permission: P, agency_id: int | None = None) -> bool:
    """Whether roles held as (role, agency id) pairs give a permission, in an agency or anywhere."""
    return any(
        permission in ROLE_PERMISSIONS.get(role, frozenset())
        and (agency_id is None or role in EVERYWHERE or held_in == agency_id)
        for role, held_in in held
    )


def exists_on(valid_from: dt.date, valid_to: dt.date | None, day: dt.date) -> bool:
    """Whether something dated exists on a day; both ends belong to it."""
    return valid_from <= day and (valid_to is None or day <= valid_to)


def makes_a_circle(pairs: Iterable[tuple[int, int]], predecessor: int, successor: int) -> bool:
    """Whether adding predecessor → successor would let a body succeed itself."""
    follows: dict[int, list[int]] = {}
    for before, after in pairs:
        follows.setdefault(before, []).append(after)
    waiting, seen = [successor], set()
    while waiting:
        body = waiting.pop()
        if body == predecessor:
            return True
        if body not in seen:
            seen.add(body)
            waiting.extend(follows.get(body, []))
    return False
