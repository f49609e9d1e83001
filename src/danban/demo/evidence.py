"""What shows, in the demo, that its policies of large impact were communicated: the draft on the portal and
the Council's workshop, at which socio-political organisations took part; before the portal, papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from danban.accounts.models import User
from danban.accounts.states import Role
from danban.common import clock
from danban.demo.docx import build_docx
from danban.plan import actions
from danban.plan.evidence import KINDS
from danban.plan.states import Purpose
from danban.policies.models import Policy
from danban.policies.screening_queries import covered_at

SHOWN_BY = {Purpose.COMMUNICATION: "posting", Purpose.COORDINATION: "event"}
# What a policy that was heard on paper can show: the name of the file and what stands in it.
PAPERS = {
    Purpose.COMMUNICATION: (
        "chuyen-muc-hoi-dap.docx",
        "Chuyên mục hỏi đáp trên Báo và Phát thanh, Truyền hình Sông Mây về dự thảo: {title}.",
    ),
    Purpose.COORDINATION: (
        "bien-ban-phoi-hop-mttq.docx",
        "Biên bản làm việc với Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức thành viên: {title}.",
    ),
}
PAPER_DAYS = 20


def load_evidence(people: Mapping[tuple[str, str], User]) -> None:
    """Point each policy in scope that the province drafts to the newest record of its drafting agency, or
    to a paper that a second person checked."""
    for policy in covered_at(clock.now()).select_related("dossier__agency"):
        agency = policy.dossier.agency
        officer, second = people[agency.code, Role.DRAFTER], people[agency.code, Role.APPROVER]
        on_portal = policy.dossier.versions.exists()
        for purpose, kind in SHOWN_BY.items():
            if on_portal:
                _by_record(policy, purpose, kind, officer)
            else:
                _by_paper(policy, purpose, officer, second)


def _by_record(policy: Policy, purpose: Purpose, kind: str, officer: User) -> None:
    records = KINDS[kind].choices([policy.dossier.agency_id], "")
    for record in [one for one in records if one.shown_on][:1]:
        actions.add_record(policy=policy, purpose=purpose, kind=kind, record=record.pk, by=officer)


def _by_paper(policy: Policy, purpose: Purpose, officer: User, second: User) -> None:
    name, words = PAPERS[purpose]
    evidence = actions.add_file(
        policy=policy,
        purpose=purpose,
        data=build_docx(words.format(title=policy.title)),
        file_name=name,
        shown_on=clock.today() - dt.timedelta(days=PAPER_DAYS),
        by=officer,
    )
    actions.check_file(evidence=evidence, by=second)
