"""The demo's policies, what is said of them, a central bill, and one dossier far on its way.

The Council's decisions come with the Council. Everything goes through the same actions an officer uses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from danban.accounts.models import Agency, User
from danban.accounts.states import AgencyKind, Role
from danban.common import clock
from danban.consultation.actions import note_reply, open_window
from danban.consultation.models import OpinionRequest
from danban.consultation.states import Position
from danban.demo.dossiers import PAVEMENTS, SCHOOL_MEALS, WASTE
from danban.policies import actions
from danban.policies.models import ConsulteeRule, Dossier, Policy
from danban.policies.queries import released_versions
from danban.policies.screening import Said
from danban.policies.states import (
    DocumentType,
    DossierRole,
    Field,
    Question,
    Reply,
    Stage,
    WindowKind,
)

People = Mapping[tuple[str, str], User]

DEPARTMENTS = {
    "Sở Tài chính": "so-tai-chinh",
    "Sở Nội vụ": "so-noi-vu",
    "Sở Tư pháp": "so-tu-phap",
    "Sở Khoa học và Công nghệ": "so-khcn",
}

BASIS = (
    "Luật 64/2025/QH15 không còn thủ tục lập đề nghị cho văn bản này; coi là đáp ứng vì quy định điều mà "
    "trước đây phải lập đề nghị."
)
THIRD = "Hiểu bốn vế là “hoặc”: chỉ cần một vế có là đáp ứng."


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySeed:
    """A policy, the "no" and "unclear" among its answers with their reasons, and how both voices conclude."""

    title: str
    problem: str
    objective: str
    solutions: str
    doubts: Mapping[Question, tuple[Reply, str]]
    in_scope: bool
    reason: str
    review: str = ""
    reviewed_in_scope: bool | None = None


POLICIES: dict[str, tuple[PolicySeed, ...]] = {
    WASTE.title: (
        PolicySeed(
            title="Phân loại rác sinh hoạt tại nhà thành ba loại",
            problem="Rác để chung ở cả hai tỉnh cũ; bãi chôn lấp đầy, xe chở rác tái chế lẫn rác ướt.",
            objective="Đến hết năm sau, mọi hộ ở phường và trung tâm xã phân loại rác tại nhà.",
            solutions="Quy định ba loại; lịch thu gom riêng; sáu tháng đầu chỉ nhắc nhở.",
            doubts={
                Question.SENSITIVE: (Reply.NO, "Không đụng đến chuyện riêng tư, tín ngưỡng hay đất đai.")
            },
            in_scope=True,
            reason="Mọi hộ phải đổi nếp sinh hoạt; ý kiến ở hai tỉnh cũ khác nhau.",
            review="Đồng ý với đề xuất: tác động đến mọi hộ, cả tỉnh.",
        ),
        PolicySeed(
            title="Một biểu giá thu gom rác thay cho hai mức cũ",
            problem="Hai tỉnh cũ có hai mức giá; người dân cùng một phường mới trả khác nhau.",
            objective="Một biểu giá công bằng, đủ chi phí, có miễn giảm cho hộ khó khăn.",
            solutions="Giá theo nhóm hộ; lộ trình hai năm; ngân sách hỗ trợ hộ nghèo.",
            doubts={},
            in_scope=True,
            reason="Thay đổi số tiền mọi hộ phải trả.",
            review="Đồng ý. Cần truyền thông riêng ở nơi mức giá tăng.",
        ),
        PolicySeed(
            title="Mẫu sổ theo dõi của đơn vị thu gom",
            problem="Mỗi đơn vị ghi sổ một kiểu nên không cộng được số liệu.",
            objective="Một mẫu sổ chung.",
            solutions="Ban hành mẫu sổ kèm theo quyết định.",
            doubts={
                Question.RIGHTS_OR_DUTIES: (Reply.NO, "Chỉ là mẫu ghi chép của đơn vị thu gom."),
                Question.DIFFICULT: (Reply.NO, "Không có khó khăn nào được nêu."),
                Question.SENSITIVE: (Reply.NO, "Không."),
                Question.PUBLIC_CONCERN: (Reply.NO, "Chưa thấy dư luận nhắc đến."),
                Question.DIVIDED_OPINION: (Reply.NO, "Các đơn vị đều muốn có mẫu chung."),
                Question.THIRD_MET: (Reply.NO, "Không vế nào có."),
            },
            in_scope=False,
            reason="Không làm thay đổi quyền, nghĩa vụ của người dân.",
            review="Đồng ý: việc nội bộ của đơn vị thu gom.",
        ),
    ),
    SCHOOL_MEALS.title: (
        PolicySeed(
            title="Hỗ trợ tiền bữa ăn bán trú theo hoàn cảnh",
            problem="Nhiều trường có bếp nhưng cha mẹ ở vùng khó không đóng nổi tiền ăn.",
            objective="Trẻ mẫu giáo và học sinh tiểu học có bữa trưa ở trường.",
            solutions="Hai mức hỗ trợ mỗi bữa; đăng ký một lần; không nộp lại giấy tờ đã có.",
            doubts={Question.DIVIDED_OPINION: (Reply.UNCLEAR, "Chưa lấy ý kiến nên chưa biết.")},
            in_scope=True,
            reason="Liên quan đến hầu hết gia đình có con nhỏ và ngân sách tỉnh.",
        ),
    ),
    PAVEMENTS.title: (
        PolicySeed(
            title="Bán hàng ăn uống trên vỉa hè theo giờ",
            problem="Người bán và người đi bộ tranh nhau vỉa hè; mỗi phường xử lý một kiểu.",
            objective="Luôn còn lối đi; người bán biết trước nơi nào, giờ nào được bán.",
            solutions="Công bố tuyến phố và khung giờ; chừa 1,5 mét cho người đi bộ.",
            doubts={Question.WIDE_EFFECT: (Reply.NO, "Chỉ áp dụng ở các phường.")},
            in_scope=True,
            reason=(
                "Tuy chỉ áp dụng ở phường, nhưng phường có ở mọi vùng của tỉnh và người bán đến từ nhiều xã; "
                "đề nghị coi là toàn tỉnh."
            ),
            review="Chỉ tác động ở các phường, không phải toàn tỉnh. Đề nghị để Hội đồng cân nhắc.",
            reviewed_in_scope=False,
        ),
    ),
}

MEDIATION_POLICY = PolicySeed(
    title="Một mức chi cho hòa giải viên của hai tỉnh cũ",
    problem="Hai tỉnh cũ chi hai mức cho cùng một vụ hòa giải; hòa giải viên so bì, có người nghỉ việc.",
    objective="Cùng một việc, cùng một mức chi ở mọi xã, phường.",
    solutions="Một mức chi theo vụ; ngân sách tỉnh bù phần tăng cho xã khó khăn.",
    doubts={Question.SENSITIVE: (Reply.NO, "Không đụng đến chuyện riêng tư, tín ngưỡng hay đất đai.")},
    in_scope=True,
    reason="Hơn bốn nghìn hòa giải viên ở mọi thôn, tổ dân phố; ý kiến của hai tỉnh cũ khác nhau.",
    review="Đồng ý với đề xuất: đối tượng ở mọi xã, phường.",
)

BILL_POLICY = PolicySeed(
    title="Mở rộng việc tranh chấp được hòa giải ở cơ sở",
    problem="Nhiều tranh chấp nhỏ giữa hàng xóm phải ra tòa vì ngoài phạm vi hòa giải.",
    objective="Thêm loại việc được hòa giải ngay tại thôn, tổ dân phố.",
    solutions="Sửa phạm vi hòa giải; tăng thù lao cho hòa giải viên.",
    doubts={Question.DIFFICULT: (Reply.UNCLEAR, "Cơ quan trung ương chưa nêu.")},
    in_scope=True,
    reason="Tác động cả nước; tỉnh phối hợp truyền thông khi cơ quan trung ương lấy ý kiến.",
    review="Đồng ý, để ở nhóm văn bản trung ương.",
)


def load_screening(dossiers: Mapping[str, Dossier], bodies: Mapping[str, Agency], people: People) -> None:
    """Policies, proposals, reviews for the demo's dossiers (by title), a bill, a dossier on its way."""
    _choose_consultees(bodies, people)
    for title, seeds in POLICIES.items():
        for place, seed in enumerate(seeds):
            _screen(dossiers[title], seed, people, days_after=2 + place)
    _screen(_bill(bodies, people), BILL_POLICY, people, days_after=3)
    _screen(_far_on_its_way(bodies, people), MEDIATION_POLICY, people, days_after=4)
    _critique(dossiers[SCHOOL_MEALS.title], bodies, people)
    _positions()


@contextmanager
def _on(day: dt.date, hour: int = 9) -> Iterator[None]:
    """At an hour of a day, never ahead of the present."""
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
    with clock.at(min(moment, timezone.now())):
        yield


def _days_back(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _choose_consultees(bodies: Mapping[str, Agency], people: People) -> None:
    """The province says which of its bodies the words of the rules mean."""
    front = [
        body
        for body in bodies.values()
        if body.kind in (AgencyKind.FATHERLAND_FRONT, AgencyKind.SOCIO_POLITICAL) and body.valid_to is None
    ]
    by = people["so-tu-phap", Role.JUSTICE]
    for rule in ConsulteeRule.objects.order_by("pk"):
        chosen = [bodies[DEPARTMENTS[rule.name]]] if rule.name in DEPARTMENTS else front
        actions.choose_consultees(rule=rule, agencies=chosen, by=by)


def _answers(seed: PolicySeed) -> dict[str, Said]:
    reasons = {Question.PROPOSED_DOCUMENT: BASIS, Question.THIRD_MET: THIRD}
    plain = {question: (Reply.YES, reasons.get(question, "")) for question in Question}
    return {question.value: Said(*said) for question, said in {**plain, **seed.doubts}.items()}


def _screen(dossier: Dossier, seed: PolicySeed, people: People, *, days_after: int) -> Policy:
    agency, drafter = dossier.agency, people[dossier.agency.code, Role.DRAFTER]
    day = dossier.started_on + dt.timedelta(days=days_after)
    with _on(day, 10):
        policy = actions.add_policy(
            dossier=dossier, title=seed.title, problem=seed.problem, objective=seed.objective,
            solutions=seed.solutions, by=drafter,
        )  # fmt: skip
        actions.record_proposal(
            policy=policy, agency=agency, answers=_answers(seed), in_scope=seed.in_scope, reason=seed.reason,
            by=drafter,
        )  # fmt: skip
    if seed.review:
        reviewer = people["so-tu-phap", Role.JUSTICE]
        agreed = seed.in_scope if seed.reviewed_in_scope is None else seed.reviewed_in_scope
        with _on(day + dt.timedelta(days=2), 15):
            actions.record_review(
                policy=policy, agency=reviewer.memberships.get(role=Role.JUSTICE).agency,
                answers=_answers(seed), in_scope=agreed, reason=seed.review, by=reviewer,
            )  # fmt: skip
    return policy


def _bill(bodies: Mapping[str, Agency], people: People) -> Dossier:
    """A central bill: the province has no say on the text, it gathers and sends opinions."""
    day, drafter = _days_back(40), people["so-tu-phap", Role.DRAFTER]
    with _on(day, 8):
        bill = actions.open_dossier(
            title="Luật Hòa giải ở cơ sở (sửa đổi)",
            document_type=DocumentType.LAW,
            issuing_body=bodies["bo-tu-phap"],
            agency=bodies["so-tu-phap"],
            role=DossierRole.COORDINATES,
            field=Field.JUSTICE,
            started_on=day,
            about="Dự án luật của trung ương về hòa giải tranh chấp nhỏ ở thôn, tổ dân phố. Tỉnh góp ý.",
            affected="Người có tranh chấp nhỏ; hòa giải viên; Ủy ban nhân dân cấp xã.",
            changes="Thêm loại việc được hòa giải; thù lao hòa giải viên tăng.",
            question="Việc gì nên được hòa giải ở thôn, tổ mà hiện nay chưa được?",
            by=drafter,
        )
    with _on(_days_back(6), 14):
        actions.move_stage(
            dossier=bill, to=Stage.SENT_OPINION, on=clock.today(), note="Gửi Bộ Tư pháp.",
            document_number="412/STP-XDPB", despite="", by=drafter,
        )  # fmt: skip
    return bill


def _far_on_its_way(bodies: Mapping[str, Agency], people: People) -> Dossier:
    """Begun on paper before the system came: given back once, now before the People's Committee."""
    day, drafter = _days_back(150), people["so-tu-phap", Role.DRAFTER]
    paper = "Lấy ý kiến bằng văn bản giấy trước khi dùng hệ thống; bản tổng hợp kèm Báo cáo 88/BC-STP."
    with _on(day, 8):
        dossier = actions.open_dossier(
            title=(
                "Nghị quyết quy định mức chi cho công tác hòa giải ở cơ sở, phổ biến, giáo dục pháp luật "
                "trên địa bàn tỉnh Sông Mây"
            ),
            document_type=DocumentType.PROVINCIAL_RESOLUTION,
            issuing_body=bodies["hdnd-tinh"],
            agency=bodies["so-tu-phap"],
            role=DossierRole.DRAFTS,
            field=Field.JUSTICE,
            started_on=day,
            about="Một mức chi chung cho hòa giải viên và tuyên truyền viên của hai tỉnh cũ.",
            affected="Hòa giải viên, tuyên truyền viên pháp luật, Ủy ban nhân dân cấp xã.",
            changes="Hai mức chi cũ thay bằng một mức.",
            question="Mức chi có đủ để hòa giải viên đi lại, gặp gỡ các bên không?",
            by=drafter,
        )
    for days, to, number, note in (
        (90, Stage.SENT_FOR_APPRAISAL, "301/TTr-STP", ""),
        (78, Stage.DRAFTING, "55/BCTĐ-STP", "Bổ sung dự toán kinh phí theo số hòa giải viên mới."),
        (60, Stage.SENT_FOR_APPRAISAL, "340/TTr-STP", ""),
        (45, Stage.APPRAISED, "71/BCTĐ-STP", ""),
        (30, Stage.SUBMITTED_TO_COMMITTEE, "366/TTr-STP", ""),
    ):
        with _on(_days_back(days), 15):
            actions.move_stage(
                dossier=dossier, to=to, on=clock.today(), note=note, document_number=number, despite=paper,
                by=drafter,
            )  # fmt: skip
    return dossier


def _critique(dossier: Dossier, bodies: Mapping[str, Agency], people: People) -> None:
    """The Front chose to criticise the meals: its conference is announced, its paper has not come."""
    with _on(_days_back(2), 8):
        open_window(
            version=released_versions(dossier).get(),
            kind=WindowKind.SOCIAL_CRITIQUE,
            opens_on=clock.today(),
            closes_on=clock.today() + dt.timedelta(days=25),
            holder=bodies["mttq-tinh"],
            by=people[dossier.agency.code, Role.DRAFTER],
        )


def _positions() -> None:
    """Those that answered say where they stand; who sent comments agrees with remarks."""
    for request in OpinionRequest.objects.select_related("window__opened_by").order_by("pk"):
        if request.answered_on:
            note_reply(
                request=request, answered_on=request.answered_on, position=Position.AGREES_WITH_REMARKS,
                by=request.window.opened_by,
            )  # fmt: skip
