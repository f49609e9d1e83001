"""What shows, in the demo, that its policies of large impact were communicated: the draft on the portal and
the Council's workshop, at which socio-political organisations took part."""

from __future__ import annotations

from collections.abc import Mapping

from danban.accounts.models import User
from danban.accounts.states import Role
from danban.common import clock
from danban.plan import actions
from danban.plan.evidence import KINDS
from danban.plan.states import Purpose
from danban.policies.screening_queries import covered_at

SHOWN_BY = ((Purpose.COMMUNICATION, "posting"), (Purpose.COORDINATION, "event"))


def load_evidence(people: Mapping[tuple[str, str], User]) -> None:
    """Point each policy in scope that the province drafts to the newest record of its drafting agency."""
    for policy in covered_at(clock.now()).select_related("dossier__agency"):
        officer = people[policy.dossier.agency.code, Role.DRAFTER]
        for purpose, kind in SHOWN_BY:
            records = KINDS[kind].choices([policy.dossier.agency_id], "")
            for record in [one for one in records if one.shown_on][:1]:
                actions.add_record(policy=policy, purpose=purpose, kind=kind, record=record.pk, by=officer)
